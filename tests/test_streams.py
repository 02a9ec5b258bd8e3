"""Where the command writes: everything arrives, or one sentence says that it did not."""

import io
import os
import subprocess
import termios
from collections.abc import Iterator
from contextlib import redirect_stderr, suppress
from pathlib import Path

import pytest

from conv_anim import Standard, animate
from conv_anim.cli import shell
from tests.support.launch import MODULE, after

TIMEOUT_S = 60
GIF = animate(Standard()).to_bytes()
LINE = "9 frames, 5.5 s, 5×5 → 3×3, "
HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"
"""How a terminal is told to hide its cursor, and to show it again."""

buffered = pytest.mark.parametrize(
    "unbuffered", [pytest.param("", id="buffered"), pytest.param("1", id="unbuffered")]
)


pytestmark = pytest.mark.usefixtures("folder")


SMALL_FILES = "ulimit -f 9"  # blocks, of 512 or 1,024 bytes


def through_a_full_pipe(command: str, number: int, unbuffered: str) -> bytes:
    """Return what a command writes to stream *number*, a pipe that is full and does not wait."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    n_before = 0
    with suppress(BlockingIOError):
        while True:
            n_before += os.write(writer, b"." * 1000)
    with subprocess.Popen(
        [*MODULE, *command.split()],
        stdout=writer if number == 1 else subprocess.DEVNULL,
        stderr=writer if number == 2 else None,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    ) as process:
        os.close(writer)
        with open(reader, "rb", buffering=0) as file:
            seen = b""
            while piece := file.read(3000):
                seen += piece
        assert process.wait(TIMEOUT_S) in (0, 2)
    return seen[n_before:]


@buffered
def test_a_pipe_that_does_not_wait_gets_the_whole_picture(unbuffered: str) -> None:
    assert through_a_full_pipe("standard -q -o -", 1, unbuffered) == GIF


@buffered
@pytest.mark.parametrize(
    ("command", "number", "end"),
    [
        pytest.param("standard --help", 1, "--help", id="help"),
        pytest.param("explain standard --i 40 --k 9 --json", 1, "}", id="text"),
        pytest.param("standard --k 9", 2, "lower --k", id="sentence"),
    ],
)
def test_a_pipe_that_does_not_wait_gets_the_whole_text(
    command: str, number: int, end: str, unbuffered: str
) -> None:
    seen = through_a_full_pipe(command, number, unbuffered)
    plain = subprocess.run([*MODULE, *command.split()], capture_output=True, check=False)
    assert seen == (plain.stdout, plain.stderr)[number - 1]
    assert end in seen.decode()


@buffered
@pytest.mark.parametrize(
    ("output", "limit", "reason"),
    [
        pytest.param("/dev/full", "true", "No space left on device", id="full disk"),
        pytest.param("part", SMALL_FILES, "File too large", id="disk that gets full"),
    ],
)
@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        pytest.param(
            "standard -o -", "Error: standard output was not written whole: {}\n", id="picture"
        ),
        pytest.param("standard --help", "Error: {}\n", id="help"),
    ],
)
def test_what_cannot_be_written_whole_is_a_failure(
    command: str,
    sentence: str,
    output: str,
    limit: str,
    reason: str,
    unbuffered: str,
) -> None:
    if output == "part":
        Path("part").write_bytes(b"." * 4000)  # there is some room
    with open(output, "ab") as stdout:
        done = subprocess.run(
            after(limit, *MODULE, *command.split()),
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, sentence.format(reason))


@buffered
def test_a_file_that_cannot_be_written_whole_is_not_there(folder: Path, unbuffered: str) -> None:
    done = subprocess.run(
        after(SMALL_FILES, *MODULE, "standard", "-o", "x.gif"),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        check=False,
    )
    assert done.returncode == 1
    assert (done.stdout, done.stderr) == ("", "Error: x.gif was not written: File too large\n")
    assert not list(folder.iterdir())


def without(command: str, *closed: int) -> subprocess.CompletedProcess[bytes]:
    """Run a command with some of its standard streams closed."""
    closing = "exec " + " ".join(f"{number}>&-" for number in closed)
    return subprocess.run(
        after(closing, *MODULE, *command.split()), capture_output=True, check=False
    )


@pytest.mark.parametrize(
    "closed",
    [
        pytest.param((0,), id="input"),
        pytest.param((1,), id="output"),
        pytest.param((2,), id="errors"),
        pytest.param((0, 1, 2), id="all"),
    ],
)
def test_a_closed_stream_is_no_reason_to_fail(closed: tuple[int, ...]) -> None:
    done = without("standard -o x.gif", *closed)
    assert (done.returncode, done.stderr) == (0, b"")
    assert Path("x.gif").read_bytes() == GIF
    assert (LINE in done.stdout.decode()) == (1 not in closed)
    assert without("standard --k 9 -o y.gif", *closed).returncode == 2
    assert os.listdir() == ["x.gif"]


def test_a_picture_has_no_words_in_it_when_they_have_nowhere_to_go() -> None:
    done = without("standard -o -", 0, 2)
    assert (done.returncode, done.stdout) == (0, GIF)


def test_a_gallery_needs_no_streams() -> None:
    Path("few.toml").write_text('[[sweep]]\nlayer = "standard"\ntheme = "light"\ni = [5, 6]\n')
    done = without("gallery few.toml -o few --jobs 2", 0, 1, 2)
    assert done.returncode == 0
    assert len(list(Path().glob("few/*.gif"))) == 2
    assert GIF in [path.read_bytes() for path in Path().glob("few/*.gif")]


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
