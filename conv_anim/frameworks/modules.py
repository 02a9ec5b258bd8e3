"""Split the text of a PyTorch model into its layers: what ``print`` shows, or source."""

import re
from dataclasses import dataclass

from conv_anim.core.parse import shown
from conv_anim.errors import InputError

MAX_LENGTH = 1_000_000
MAX_MODULES = 10_000
SEQUENTIAL = "Sequential"

_SPACE = re.compile(r"(?:\s|,|\#[^\n]*)*")
_LABEL = re.compile(r"\([\w.-]+\):\s*")
_NAME = re.compile(r"([^\W\d][\w.]*)(\s*\()?")
_INNER = re.compile(
    r"""'(?:\\.|[^'\\\n]){0,200}' | "(?:\\.|[^"\\\n]){0,200}" | \#[^\n]* | [(\[{] | [)\]}]""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Module:
    """A layer in a text."""

    name: str
    """What it is called, without ``torch.nn.``."""
    source: str
    """The whole call, on one line."""


def split(text: str) -> list[Module]:
    """Return the layers of a text one after the other, those of a Sequential in its place.

    Raises InputError when it can't be read, or has a module with others in it that is no
    Sequential: only its code says how these follow.
    """
    if len(text) > MAX_LENGTH:
        raise _unreadable(text, f"it has {len(text):,} characters, and the limit is {MAX_LENGTH:,}")
    found: list[Module] = []
    depth = at = 0
    while True:
        at = _after(_SPACE, text, at)
        if at == len(text):
            break
        if text[at] == ")" and depth:
            depth, at = depth - 1, at + 1
            continue
        at = _after(_LABEL, text, at) if depth else at
        name = _NAME.match(text, at)
        if name is None:
            raise _unreadable(text, f"there is no layer at {shown(text[at : at + 20])}")
        short = name[1].rpartition(".")[2]
        if name[2] is None:
            found.append(Module(short, name[1]))
            at = name.end()
        elif short == SEQUENTIAL:
            depth, at = depth + 1, name.end()
        else:
            _check_whole(text, short, name.end())
            end = _end(text, name.end())
            found.append(Module(short, " ".join(text[at:end].split())))
            at = end
        if len(found) > MAX_MODULES:
            raise _unreadable(text, f"it has more than {MAX_MODULES:,} layers, the limit")
    if depth:
        raise _unreadable(text, "a bracket is not closed")
    return found


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _check_whole(text: str, name: str, at: int) -> None:
    """Raise InputError when a module that is no Sequential has others in it."""
    if _LABEL.match(text, _after(_SPACE, text, at)):
        raise InputError(
            f"{shown(name)} has layers of its own and is no Sequential, so that its text does not "
            f"say in which order they follow, or where they branch: give one path through it, "
            f"layer by layer"
        )


def _end(text: str, at: int) -> int:
    """Return where the brackets close that are open there."""
    depth = 1
    for token in _INNER.finditer(text, at):
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth -= 1
            if not depth:
                return token.end()
    raise _unreadable(text, "a bracket is not closed")


def _unreadable(text: str, why: str) -> InputError:
    return InputError(
        f"{shown(text)} can't be read as layers: {why}; give such as 'Conv2d(1, 8, 3)', or "
        f"'standard k=3 s=2'"
    )
