"""How commands behave in a shell: mistakes in one sentence, exit statuses, progress."""

import os
import sys
import time
from contextlib import ExitStack
from typing import Any

import click

from conv_anim.cli.mistakes import (
    MOST_LETTERS,
    Mistake,
    in_one_sentence,
    no_such_command,
    with_output_padding,
)
from conv_anim.core import signals
from conv_anim.core.parse import shortened
from conv_anim.errors import InputError, reason

PATIENCE_S = 1.0
BAR_COLUMNS = 36
LEAST_BAR_COLUMNS = 4
USUAL_COLUMNS = 80
END_OF_BAR = "\033[?25h\n"
"""What shows a terminal's cursor again, which click hides while there is a bar."""


class Command(click.Command):
    """A command whose mistakes are one sentence each, and whose options are in groups."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, with click's own complaints in our form."""
        try:
            return super().parse_args(ctx, with_output_padding(args, self.params))
        except click.UsageError as error:
            raise in_one_sentence(error, ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run, with exit status 2 for a mistake."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            from conv_anim.cli.parameters import spelled

            raise Mistake(error.spelled(spelled), ctx) from error

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options by their groups."""
        from conv_anim.core.parameter import GROUPS, OUTPUT

        groups: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
        for option in self.get_params(ctx):
            record = option.get_help_record(ctx) if isinstance(option, click.Option) else None
            if record:
                groups[getattr(option, "group", OUTPUT)].append(record)
        formatter.write_paragraph()
        for group, records in groups.items():
            if records:  # one group right after the other: all is to be on one screen
                formatter.write_heading(group)
                with formatter.indentation():
                    formatter.write_dl(records)


class Group(click.Group):
    """The same for the command that the others belong to."""

    command_class = Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, with click's own complaints in our form."""
        try:
            return super().parse_args(ctx, args)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise in_one_sentence(error, ctx) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, with click's complaint in our form."""
        try:
            return super().resolve_command(ctx, args)
        except Mistake:
            raise
        except click.UsageError as error:
            raise no_such_command(args[0], ctx, self.list_commands(ctx)) from error


def say(text: str, err: bool = False) -> None:
    """Print *text*; a reader who has gone doesn't matter, the work is done."""
    try:
        click.echo(text, err=err)
    except BrokenPipeError:
        stream = sys.stderr if err else sys.stdout
        # What is still in the stream's buffer must not be tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def printable(name: str) -> str:
    """Return a file's name as it can be shown, whatever is in it and however long it is."""
    name = click.format_filename(name)
    return shortened(name if name.isprintable() else repr(name), MOST_LETTERS)


def why(error: OSError) -> str:
    """Return what an error of the system says, on one line."""
    return error.strerror or reason(error)


class Progress:
    """A progress bar on standard error that appears when the work takes a while on a terminal."""

    def __init__(self, length: int, hidden: bool, *, counted: bool = False) -> None:
        self._length = length
        self._counted = counted
        self._hidden = hidden or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb"
        self._begun = time.monotonic()
        self._done = 0
        self._bar: Any = None  # click does not export the type
        self._stack = ExitStack()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def advance(self) -> None:
        """Note that one more frame, or file, is done."""
        self._done += 1
        if self._hidden or time.monotonic() - self._begun < PATIENCE_S:
            return
        if self._bar is None:
            self._stack.enter_context(signals.Duty(lambda: signals.write(END_OF_BAR)))
            bar = click.progressbar(
                length=self._length, label="Drawing", show_pos=self._counted, file=sys.stderr
            )
            self._fit(bar)
            self._bar = self._stack.enter_context(bar)
        self._fit(self._bar)
        self._bar.update(self._done - self._bar.pos)

    def _fit(self, bar: Any) -> None:
        """Give the bar what its words leave of a line, whose width may change meanwhile."""
        line = _columns() - 1  # in the last one, some terminals go on to the next line
        count = f"{self._length}/{self._length}" if self._counted else "100%"
        bar.hidden = False
        for bar.label, bar.show_eta in (("Drawing", True), ("Drawing", False), ("", False)):
            words = f"{bar.label}  []  {count}" + "  1d 00:00:00" * bar.show_eta
            bar.width = min(BAR_COLUMNS, line - len(words))
            if bar.width >= LEAST_BAR_COLUMNS:
                break
        else:
            bar.hidden = True
        if bar.max_width is not None:  # up to there it clears what it wrote before
            bar.max_width = min(bar.max_width, line)


def _columns() -> int:
    """Return how many letters fit on a line of the terminal that shows the progress."""
    try:
        given = int(os.environ.get("COLUMNS", "0"))
        return given or os.get_terminal_size(sys.stderr.fileno()).columns or USUAL_COLUMNS
    except (ValueError, OSError):
        return USUAL_COLUMNS
