"""Write from top to bottom: lines of text, captions, colour bars, the legend."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from conv_anim.drawing.fonts import Font, measure, shrunk
from conv_anim.drawing.sizes import (
    FORMULA_PT,
    LEGEND_PT,
    LETTERS_PT,
    MARGIN_PT,
    MIN_TEXT_PT,
    SWATCH_PT,
    TEXT_PT,
    TITLE_PT,
)
from conv_anim.drawing.styles import SHADED
from conv_anim.scene.scene import Chunks, LegendEntry, Scale
from conv_anim.scene.states import State

LEADING = 1.4  # from baseline to baseline, in font sizes
_LEGEND_GAP_PT = 16
_LEGEND_LINE_PT = 24
_SWATCH_GAP_PT = 7
LEAST_LEVEL_PT = 1.0
"""How wide each level of a colour bar is at least."""
_LETTER = re.compile(r"(i|k|s|p|d|op|o|z|p′) (= .*)", re.DOTALL)

TITLE = Font(TITLE_PT, bold=True)
LETTERS = Font(LETTERS_PT, ink="muted")
PLAIN = Font(TEXT_PT, ink="muted")
NOTE = Font(LETTERS_PT)
HEADING = Font(TEXT_PT)
FORMULA = Font(FORMULA_PT, math=True)
LEGEND = Font(LEGEND_PT, ink="muted")
LETTERS_GAP, PLAIN_GAP, FORMULA_GAP = 1.2, 0.32, 0.32
"""Between the pieces of a line, in font sizes."""

Sized = tuple[LegendEntry, float]
"""An entry of the legend, and the room that it takes."""


class Rect(NamedTuple):
    """A rectangle, in points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Half way from left to right."""
        return (self.left + self.right) / 2


class Written(NamedTuple):
    """One piece of text on the canvas."""

    string: str
    font: Font
    x: float
    baseline: float


class Swatch(NamedTuple):
    """A sample of a kind of cell, in the legend."""

    state: State
    x: float
    y: float


class Bar(NamedTuple):
    """A colour bar: where its levels are, side by side."""

    x: float
    y: float
    level: float
    """How wide each level is."""
    height: float
    first: int
    last: int


def pieces(chunk: str, font: Font) -> Iterator[tuple[str, Font]]:
    """Yield the parts of a piece of text: a letter has the colour of the cells it speaks of."""
    found = _LETTER.fullmatch(chunk) if font is LETTERS else None
    if found:
        yield found[1], replace(font, bold=True, ink=found[1])
        yield " " + found[2], font
    else:
        yield chunk, font


def width_of(line: Iterable[str], font: Font, gap: float) -> float:
    """Return how wide a line is, its pieces *gap* font sizes apart."""
    widths = [sum(measure(*piece).width for piece in pieces(chunk, font)) for chunk in line]
    return sum(widths) + gap * font.pt * max(0, len(widths) - 1)


def legend_width(marks: Iterable[LegendEntry]) -> float:
    """Return how wide a legend on one line is."""
    return max(0.0, sum(_entry_width(mark) for mark in merged(marks)) - _LEGEND_GAP_PT)


def _entry_width(mark: LegendEntry) -> float:
    return SWATCH_PT + _SWATCH_GAP_PT + measure(mark.words, LEGEND).width + _LEGEND_GAP_PT


class TextFlow:
    """Writes from top to bottom, between the margins."""

    def __init__(self, inner: float, left: float = MARGIN_PT, top: float = MARGIN_PT * 3 / 4):
        self.inner, self.left, self.y = inner, left, top
        self.texts: list[Written] = []
        self.swatches: list[Swatch] = []

    def skip(self, points: float) -> None:
        """Leave room."""
        self.y += points

    def line(self, chunks: Chunks, font: Font, gap: float) -> None:
        """Write pieces side by side, *gap* font sizes apart, on as many lines as they need."""
        lines: list[list[tuple[str, Font, float]]] = [[]]
        x = 0.0
        for chunk in self._broken(chunks, font):
            fitting = shrunk(chunk, font, self.inner)
            width = width_of((chunk,), fitting, 0)
            if lines[-1] and x + width > self.inner:
                lines.append([])
                x = 0.0
            start = x
            for string, own in pieces(chunk, fitting):
                lines[-1].append((string, own, start))
                start += measure(string, own).width
            x += width + gap * font.pt
        for line in filter(None, lines):
            extents = [measure(string, own) for string, own, _ in line]
            ascent = max(font.pt * 0.95, *(extent.ascent for extent in extents))
            descent = max(font.pt * 0.3, *(extent.descent for extent in extents))
            baseline = self.y + ascent
            for string, own, start in line:
                self.texts.append(Written(string, own, self.left + start, baseline))
            self.y = baseline + descent + font.pt * (0.35 if font is FORMULA else 0.2)

    def _broken(self, chunks: Chunks, font: Font) -> Iterator[str]:
        """Break pieces of running text that are too long for a line, at their spaces."""
        for chunk in chunks:
            if font is FORMULA:
                yield chunk  # formulas are set smaller instead, and so are headings, at first
                continue
            least = replace(font, pt=MIN_TEXT_PT) if font is TITLE else font
            start, *others = chunk.split(" ")
            for word in others:
                if measure(f"{start} {word}", least).width > self.inner:
                    yield start
                    start = word
                else:
                    start += f" {word}"
            yield start

    def notes(self, notes: Iterable[Chunks]) -> tuple[tuple[Written, ...], ...]:
        """Place texts of which one is shown at a time; they are no part of ``texts``."""
        texts, self.texts = self.texts, []
        placed, start, bottom = [], self.y + 8, self.y
        for note in notes:
            self.y = start
            self.line(note, NOTE, PLAIN_GAP)
            placed.append(tuple(self.texts))
            bottom = max(bottom, self.y)
            self.texts = []
        self.texts, self.y = texts, bottom
        return tuple(placed)

    def captions(self, lines: Iterable[str], font: Font, slot: Rect, middle: float) -> float:
        """Write lines below a slot's top, centred as far as it goes; return the next baseline."""
        baseline = first_baseline(slot.top, font)
        for line in lines:
            if line:  # or it is left free
                self.texts.append(centred(line, font, slot, middle, baseline))
            baseline += font.pt * LEADING
        self.y = max(self.y, baseline - font.pt * (LEADING - 0.3))
        return baseline

    def sign(self, sign: str, middle: float, height: float) -> None:
        """Write a sign between grids, centred on a point; the flow stays where it is."""
        if sign:
            font = replace(FORMULA, pt=FORMULA.pt * 1.3, ink="muted")
            x = middle - measure(sign, font).width / 2
            self.texts.append(Written(sign, font, x, height + font.pt * 0.35))

    def bar(self, scale: Scale, font: Font, slot: Rect, middle: float, baseline: float) -> Bar:
        """Write the ends of a colour bar beside it, centred on *middle*."""
        gap = font.pt * 0.4
        low, high = (measure(text, font).width for text in (scale.low, scale.high))
        level = max(LEAST_LEVEL_PT, min(6.0, (slot.width - low - high - 2 * gap) / scale.n_levels))
        height = round(font.pt * 0.75)
        baseline += font.pt * 0.3
        total = level * scale.n_levels + low + high + 2 * gap
        start = min(max(middle - total / 2, slot.left), slot.right - total)
        bar = Bar(start + low + gap, baseline - height, level, height, scale.first, scale.last)
        self.texts.append(Written(scale.low, font, start, baseline))
        self.texts.append(Written(scale.high, font, start + total - high, baseline))
        self.y = max(self.y, baseline + font.pt * 0.3)
        return bar

    def sum(self) -> tuple[float, float, float]:
        """Leave a line for the sums, between the margins: left, baseline, width."""
        baseline = self.y + LETTERS.pt
        self.y = baseline + LETTERS.pt * 0.3 + 4
        return self.left, baseline, self.inner

    def legend(self, marks: Iterable[LegendEntry]) -> None:
        """Draw a sample and its words for each kind of cell, on as many lines as they need."""
        entries = [(mark, _entry_width(mark)) for mark in merged(marks)]
        for line in balanced(entries, self.inner):
            self._legend_line(line, self.left, self.y + _LEGEND_LINE_PT / 2)
            self.y += _LEGEND_LINE_PT

    def legend_beside(self, marks: Iterable[LegendEntry], middle: float) -> None:
        """Draw the legend on one line, at the right margin, about a height."""
        entries = [(mark, _entry_width(mark)) for mark in merged(marks)]
        x = self.left + self.inner + _LEGEND_GAP_PT - sum(width for _, width in entries)
        self._legend_line(entries, x, middle)

    def _legend_line(self, line: Iterable[Sized], x: float, middle: float) -> None:
        for mark, width in line:
            self.swatches.append(Swatch(mark.state, x, middle - SWATCH_PT / 2))
            start = x + SWATCH_PT + _SWATCH_GAP_PT
            self.texts.append(Written(mark.words, LEGEND, start, middle + LEGEND.pt * 0.36))
            x += width


def first_baseline(bottom: float, font: Font) -> float:
    """Return the baseline of a caption's first line below *bottom*."""
    return bottom + font.pt * 1.5


def centred(string: str, font: Font, slot: Rect, middle: float, baseline: float) -> Written:
    """Return a text whose middle is *middle*, or as near to it as the slot lets it."""
    width = measure(string, font).width
    x = max(slot.left, min(middle - width / 2, slot.right - width))
    return Written(string, font, x, baseline)


def filled(chunks: Iterable[str], font: Font, room: float) -> list[str]:
    """Return pieces of a caption on as few lines as they need, with commas between them."""
    lines: list[str] = []
    for chunk in chunks:
        longer = f"{lines[-1]}, {chunk}" if lines else chunk
        if lines and measure(longer, font).width <= room:
            lines[-1] = longer
        else:
            lines[-1:] = [f"{line}," for line in lines[-1:]]
            lines.append(chunk)
    return lines


def merged(marks: Iterable[LegendEntry]) -> list[LegendEntry]:
    """Return a legend in which kinds of cells that look alike have one sample.

    In colours of values these are kinds of different grids, such as input and output.
    """
    kept: dict[object, LegendEntry] = {}
    for mark in marks:
        if not mark.words:
            continue
        look = SHADED[mark.state] if mark.is_shaded else mark.state
        first = kept.get(look)
        kept[look] = first._replace(words=f"{first.words} / {mark.words}") if first else mark
    return list(kept.values())


def balanced(items: list[Sized], room: float) -> list[list[Sized]]:
    """Break a legend into as few lines as there must be, and these about equally long."""

    def broken(limit: float) -> list[list[Sized]]:
        lines: list[list[Sized]] = [[]]
        for mark, width in items:
            if lines[-1] and sum(taken for _, taken in lines[-1]) + width > limit:
                lines.append([])
            lines[-1].append((mark, width))
        return lines

    room += _LEGEND_GAP_PT  # there is no gap after the last one
    fewest = len(broken(room))
    limits = (min(limit, room) for limit in range(0, int(room) + 16, 8))
    return next(lines for limit in limits if len(lines := broken(limit)) == fewest)
