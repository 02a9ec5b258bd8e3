"""Where the command writes: everything arrives, or one sentence says that it did not."""

import io
import os
import termios
from collections.abc import Iterator
from contextlib import redirect_stderr

import pytest

from conv_anim.cli import shell

HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"
"""How a terminal is told to hide its cursor, and to show it again."""

# What is shown while it is drawn, on a terminal of any width or none.


class Terminal(io.StringIO):
    """Keeps what is written to a terminal of so many columns."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self._reader, self._writer = os.openpty()
        self.resize(columns)

    def resize(self, columns: int) -> None:
        termios.tcsetwinsize(self._writer, (24, columns))

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._writer

    def close(self) -> None:
        os.close(self._reader)
        os.close(self._writer)
        super().close()

    @property
    def lines(self) -> list[str]:
        """What was written, one line over the other."""
        seen = self.getvalue().replace(HIDE, "").replace(SHOW, "")
        return seen.replace("\n", "\r").split("\r")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(shell, "PATIENCE_S", 0)
    with Terminal(80) as terminal:
        yield terminal


counted = pytest.mark.parametrize("counted", [False, True], ids=["frames", "files"])


@counted
@pytest.mark.parametrize("told", [False, True], ids=["by the terminal", "by COLUMNS"])
@pytest.mark.parametrize("columns", [1, 5, 14, 15, 20, 30, 40, 60, 80, 200])
def test_a_bar_stays_on_its_line(
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    columns: int,
    told: bool,
    counted: bool,
) -> None:
    if told:
        monkeypatch.setenv("COLUMNS", str(columns))
    else:
        terminal.resize(columns)
    with redirect_stderr(terminal), shell.Progress(400, hidden=False, counted=counted) as progress:
        for _ in range(400):
            progress.advance()
    assert max(map(len, terminal.lines)) < columns
    assert any("#" in line for line in terminal.lines) == (columns >= (18 if counted else 15))


def test_a_bar_follows_the_terminal(terminal: Terminal) -> None:
    with redirect_stderr(terminal), shell.Progress(9, hidden=False) as progress:
        for columns in (80, 30, 20, 5, 40):
            terminal.resize(columns)
            n_before = len(terminal.lines)
            progress.advance()
            assert max(map(len, terminal.lines[n_before:]), default=0) < columns


@pytest.mark.parametrize(
    ("columns", "bar"),
    [
        pytest.param(80, f"Drawing  [{'#' * 36}]  100%", id="all of it"),
        pytest.param(30, f"Drawing  [{'#' * 12}]  100%", id="narrow"),
        pytest.param(20, f"  [{'#' * 9}]  100%", id="narrower"),
    ],
)
def test_a_bar_gets_what_its_words_leave(terminal: Terminal, columns: int, bar: str) -> None:
    terminal.resize(columns)
    with redirect_stderr(terminal), shell.Progress(1, hidden=False) as progress:
        progress.advance()
    assert bar in [line.rstrip() for line in terminal.lines]


def test_a_terminal_that_knows_no_codes_gets_none(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with redirect_stderr(terminal), shell.Progress(1, hidden=False) as progress:
        progress.advance()
    assert terminal.getvalue() == ""
