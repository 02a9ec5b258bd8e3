"""The text of a spec, read and parsed within limits: a small one may ask for much memory."""

import re
import tomllib
from typing import Any

from conv_anim.errors import InputError

MAX_BYTES = 1_000_000
MAX_PARTS = 8
MAX_TABLES = 50_000
MAX_DOTS = 10_000
_MAX_REASON = 160  # letters of the TOML reader's message, which may quote a whole key

# Strings and comments, in which nothing counts, then what does. An unclosed quote is an error to
# the TOML reader, too, and ends the count.
_TOKEN = re.compile(
    r"""
    (?P<quoted> \"{3} (?: [^"\\]++ | \\. | ""?(?!") )*+ \"{3,5}
              | '{3} (?: [^']++ | ''?(?!') )*+ '{3,5}
              | " (?: [^"\\\n]++ | \\[^\n] )*+ "
              | ' [^'\n]*+ ' )
    | (?P<open> [\[{] )
    | (?P<end> [\]},=\n] | \#[^\n]*+ )
    | (?P<number> (?<=[0-9]) \. (?=[0-9]) )
    | (?P<dot> \. )
    | (?P<unclosed> ["'] )
    | [^"'\[\]{},=\n\#.]++
    """,
    re.VERBOSE | re.DOTALL,
)


def parsed(text: str, name: str) -> dict[str, Any]:
    """Return the table of a TOML text.

    Raises InputError, in which the text is called *name*, when it is no TOML, or has so
    many tables, or keys that nest so deep, that reading it would take much more memory than the
    text itself.
    """
    _check(text, name)
    try:
        return tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, too
        reason = str(error)
        if len(reason) > _MAX_REASON:
            reason = f"{reason[: _MAX_REASON - 60]}…{reason[-50:]}"  # its end has the place
        raise InputError(f"{name} is not TOML: {reason}") from error


def _check(text: str, name: str) -> None:
    """Raise InputError when a text has too many tables and lists, or dots in its keys."""
    tables = dots = run = 0
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "unclosed":
                return
            case "open":
                tables += 1
                run = 0
            case "end":
                run = 0
            case "dot" | "number" as kind:
                run += 1
                dots += kind == "dot" or run > 1  # that of a number makes no table
            case _:
                continue
        if run >= MAX_PARTS:
            line = text.count("\n", 0, token.start()) + 1
            raise InputError(
                f"{name} has a key of more than {MAX_PARTS} parts in line {line:,}: two are "
                f"enough, such as defaults.i"
            )
        if dots > MAX_DOTS:
            raise InputError(
                f"{name} has more than {MAX_DOTS:,} dots in its keys: write tables, such as "
                f"[defaults]"
            )
        if tables > MAX_TABLES:
            raise InputError(
                f"{name} has more than {MAX_TABLES:,} tables and lists: make several specs of it"
            )
