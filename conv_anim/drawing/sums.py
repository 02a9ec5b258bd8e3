"""Sums that are longer than their line: what of them is left out."""

from collections.abc import Sequence

from conv_anim.drawing.fonts import Font, measure
from conv_anim.drawing.text_flow import LETTERS
from conv_anim.scene.scene import Sum

_FONT = Font(LETTERS.pt)
PART_JOINT = ", "

Parts = Sequence[tuple[str, Sequence[str]]]
"""What is written before terms, and these."""


def elided(total: Sum, room: float) -> tuple[str, Font]:
    """Return what a step computes, as many terms of it as there is room for, and its font.

    If all are too many, first those that add nothing go, unless there are no others, and then, as
    «…», of each part those in the middle, so that the first and the last stay as long as any do.
    A part with a name, of which all terms go, is 0.
    """

    def written(parts: Parts) -> str:
        texts = (name + total.joint.join(terms) for name, terms in parts if terms)
        return total.start + PART_JOINT.join(texts) + total.end

    def is_too_long(text: str) -> bool:
        return measure(text, _FONT).width > room

    parts = _parts(total, frozenset())
    text = written(parts)
    if is_too_long(text) and len(total.zeros) < len(total.terms):
        parts = _parts(total, total.zeros)
        text = written(parts)
    longest = max(len(terms) for _, terms in parts)
    for shown in range(longest - 1, -1, -1):
        if not is_too_long(text):
            break
        text = written([(name, _some(terms, shown)) for name, terms in parts])
    return text, _FONT


def _parts(total: Sum, without: frozenset[int]) -> Parts:
    """Return the terms of each part, but for those in some places."""
    found, start = [], 0
    for name, count in total.parts or (("", len(total.terms)),):
        places = range(start, start + count)
        terms = [total.terms[place] for place in places if place not in without]
        found.append((name, terms or ["0"] * bool(name)))
        start += count
    return found


def _some(terms: Sequence[str], count: int) -> Sequence[str]:
    """Return so many of more terms, and «…» for those in the middle."""
    if len(terms) <= count:
        return terms
    first = (count + 1) // 2
    return [*terms[:first], "…", *terms[len(terms) - (count - first) :]]
