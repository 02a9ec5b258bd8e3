"""Find layers in a text that someone has pasted: lines of source, or what a model prints."""

import re
from collections.abc import Collection
from dataclasses import dataclass

# Strings, comments, names with dots, brackets; what is in the first two counts for nothing.
_TOKEN = re.compile(
    r"""
    '(?:\\.|[^'\\\n]){0,200}' | "(?:\\.|[^"\\\n]){0,200}" | \#[^\n]* |
    (?P<name>[^\W\d][\w.]*)(?P<call>\s*\()? | (?P<open>[(\[{]) | (?P<close>[)\]}])
    """,
    re.VERBOSE,
)
_LABEL = re.compile(r"\(\w+\):\s*$")  # of a layer in a printed model


@dataclass(frozen=True)
class Found:
    """A layer's call in a text."""

    source: str
    """From its name to its closing bracket."""
    label: str
    """What comes before it in a printed model, «(0): »."""
    in_model: bool
    """Whether the model is printed round it."""
    is_closed: bool

    @property
    def line(self) -> str:
        """The call as it is in the text, on one line."""
        return " ".join(f"{self.label}{self.source}".split())


def find(text: str, names: Collection[str]) -> list[Found]:
    """Return the calls of these *names* in the order of the text; none is sought in another."""
    found = []
    depth = 0
    begun: tuple[int, int] | None = None  # where a call of ours began, and how deep
    for token in _TOKEN.finditer(text):
        ours = token["call"] and token["name"].rpartition(".")[2] in names
        if ours and begun is None:
            begun = token.start(), depth
        if token["call"] or token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(depth - 1, 0)
            if begun and depth == begun[1]:
                found.append(_found(text, begun[0], token.end(), depth))
                begun = None
    if begun:
        found.append(_found(text, begun[0], len(text), begun[1], is_closed=False))
    return found


def _found(text: str, start: int, end: int, depth: int, *, is_closed: bool = True) -> Found:
    label = _LABEL.search(text[max(start - 100, 0) : start])
    return Found(text[start:end], label[0] if label else "", bool(label) and depth > 0, is_closed)
