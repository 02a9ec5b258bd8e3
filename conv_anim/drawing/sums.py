"""Sums that are longer than their line: what of them is left out."""

from collections.abc import Sequence

from conv_anim.drawing.fonts import Font, measure
from conv_anim.drawing.text_flow import LETTERS
from conv_anim.scene.scene import Sum

_FONT = Font(LETTERS.pt)


def elided(total: Sum, room: float) -> tuple[str, Font]:
    """Return what a step computes, as many terms of it as there is room for, and its font.

    If all are too many, first those that add nothing go, unless there are no others, and then, as
    «…», those in the middle, so that the first and the last stay as long as any do.
    """

    def written(terms: Sequence[str]) -> str:
        return total.start + total.joint.join(terms) + total.end

    def is_too_long(text: str) -> bool:
        return measure(text, _FONT).width > room

    terms: Sequence[str] = total.terms
    text = written(terms)
    if is_too_long(text) and len(total.zeros) < len(terms):
        terms = [term for place, term in enumerate(terms) if place not in total.zeros]
        text = written(terms)
    for shown in range(len(terms) - 1, -1, -1):
        if not is_too_long(text):
            break
        first = (shown + 1) // 2
        text = written([*terms[:first], "…", *terms[len(terms) - (shown - first) :]])
    return text, _FONT
