"""Mistakes of the user's, each in one sentence: what click complains of, and what may be meant."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import IO, Any

import click

from conv_anim.core.parse import shortened
from conv_anim.errors import one_line

MOST_LETTERS = 200
"""Of a name, and of what others complain of."""
_OUTPUT_PADDING = re.compile("-op(?:=(.*)|(-?[0-9].*))?", re.DOTALL)


class Mistake(click.UsageError):
    """A mistake of the user's: one sentence, exit status 2."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence alone, without the usage lines that click adds."""
        click.echo(f"Error: {self.format_message()}", file=file, err=True)


def in_one_sentence(error: click.UsageError, ctx: click.Context) -> Mistake:
    """Return click's complaint in our form, with the option that may be meant."""
    if isinstance(error, click.NoSuchOption):
        message = _no_such_option(error.option_name, ctx)
    else:
        message = shortened(one_line(error.format_message().rstrip(".")), MOST_LETTERS)
    return Mistake(f"{message}: see {ctx.command_path} --help", ctx)


def no_such_command(name: str, ctx: click.Context, commands: Iterable[str]) -> Mistake:
    """Return the complaint about a command that is none, with the one that may be meant."""
    message = f"No such command {_quoted(name)}{_meant(name, commands)}"
    return Mistake(f"{message}: see {ctx.command_path} --help", ctx)


def _no_such_option(name: str, ctx: click.Context) -> str:
    from conv_anim.cli.parameters import TABLE  # mistakes are rare
    from conv_anim.core.parameter import vocabulary

    if name.lstrip("-") in vocabulary(TABLE):
        return f"No such option {_quoted(name)}, it has no meaning for {ctx.command_path}"
    options = [option for option in ctx.command.get_params(ctx) if isinstance(option, click.Option)]
    words = {word for option in options for word in (*option.opts, *option.secondary_opts)}
    long = sorted(word.removeprefix("--") for word in words if word.startswith("--"))
    meant = _meant(name.removeprefix("--"), long, "--") if name.startswith("--") else ""
    return f"No such option {_quoted(name)}{meant}"


def _meant(word: str, words: Iterable[str], dashes: str = "") -> str:
    from conv_anim.core.choices import closest

    found = closest(word, words)
    return f", did you mean {dashes}{found}" if found else ""


def _quoted(word: str) -> str:
    return shortened(one_line(repr(word)), MOST_LETTERS)


def with_output_padding(words: Sequence[str], options: Iterable[click.Parameter]) -> list[str]:
    """Return the words of a command line with --op for what click would read as -o.

    -op is the output padding when it stands alone or before a number, -op1 or -op=1, and the path
    of -o when it is followed by anything else, -opath.gif.
    """
    with_value = {word for option in options if _needs_value(option) for word in option.opts}
    found: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            return [*found, word, *rest]
        padding = _OUTPUT_PADDING.fullmatch(word)
        value = padding and (padding[2] if padding[1] is None else padding[1])
        found.append(word if not padding else "--op" if value is None else f"--op={value}")
        if found[-1] in with_value:
            found += islice(rest, 1)
    return found


def _needs_value(option: click.Parameter) -> bool:
    """Return whether the word after an option is its value, whatever it is."""
    return isinstance(option, click.Option) and not option.is_flag and not option.count
