"""Write and leave room from top to bottom: lines of text, captions, colour bars, the legend."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from conv_anim.drawing.fonts import Font, measure, shrunk
from conv_anim.drawing.sizes import FORMULA_PX, MARGIN_PX, SWATCH_PX, TEXT_PX, TITLE_PX
from conv_anim.drawing.styles import SHADED
from conv_anim.scene.scene import Chunks, LegendEntry, Scale
from conv_anim.scene.states import State

SECTION_PX = 24
_LEADING = 1.45  # from baseline to baseline, in font sizes
_LEGEND_GAP_PX = 22
_LEGEND_LINE_GAP_PX = 10

TITLE = Font(TITLE_PX, bold=True)
PLAIN = Font(TEXT_PX, muted=True)
FORMULA = Font(FORMULA_PX)
NOTE = Font(TEXT_PX)
NOTE_GAP = 0.5

Sized = tuple[LegendEntry, int]
"""An entry of the legend, and the pixels that it takes."""


class Text(NamedTuple):
    """One piece of text on the canvas."""

    string: str
    font: Font
    left: int
    baseline: int


class Swatch(NamedTuple):
    """A sample of a kind of cell, in the legend."""

    state: State
    left: int
    top: int


class Bar(NamedTuple):
    """A colour bar: where its levels are, side by side."""

    left: int
    top: int
    level_px: int
    """How wide each level is."""
    height: int
    first: int
    last: int


def legend_width(mark: LegendEntry) -> int:
    """Return the pixels that a kind of cell takes in the legend, with the gap after it."""
    return SWATCH_PX + 8 + int(measure(mark.words, PLAIN).width) + _LEGEND_GAP_PX


class TextFlow:
    """Writes from top to bottom, between the margins."""

    def __init__(self, inner: int) -> None:
        self.inner = inner
        self.y = MARGIN_PX * 3 // 4
        self.texts: list[Text] = []
        self.swatches: list[Swatch] = []

    def skip(self, pixels: int) -> None:
        """Leave room."""
        self.y += pixels

    def line(self, chunks: Chunks, font: Font, gap: float) -> None:
        """Write pieces side by side, *gap* font sizes apart, on as many lines as they need."""
        lines: list[list[tuple[str, Font, float]]] = [[]]
        x = 0.0
        for chunk in self._broken(chunks, font):
            fitting = shrunk(chunk, font, self.inner)
            width = measure(chunk, fitting).width
            if lines[-1] and x + width > self.inner:
                lines.append([])
                x = 0.0
            lines[-1].append((chunk, fitting, x))
            x += width + gap * font.px
        for pieces in lines:
            extents = [measure(chunk, font) for chunk, font, _ in pieces]
            ascent = max(font.px * 0.95, *(extent.ascent for extent in extents))
            descent = max(font.px * 0.3, *(extent.descent for extent in extents))
            baseline = self.y + round(ascent)
            for chunk, fitting, x in pieces:
                self.texts.append(Text(chunk, fitting, MARGIN_PX + round(x), baseline))
            self.y = baseline + round(descent + font.px * 0.3)

    def _broken(self, chunks: Chunks, font: Font) -> Iterator[str]:
        """Break pieces of running text that are too long for a line, at their spaces."""
        for chunk in chunks:
            if font not in (PLAIN, NOTE):
                yield chunk  # formulas and headings are set smaller instead
                continue
            start, *others = chunk.split(" ")
            for word in others:
                if measure(f"{start} {word}", font).width > self.inner:
                    yield start
                    start = word
                else:
                    start += f" {word}"
            yield start

    def notes(self, notes: Iterable[Chunks]) -> tuple[tuple[Text, ...], ...]:
        """Place texts of which one is shown at a time; they are no part of ``texts``."""
        texts, self.texts = self.texts, []
        placed, start, bottom = [], self.y + SECTION_PX // 3, self.y
        for note in notes:
            self.y = start
            self.line(note, NOTE, NOTE_GAP)
            placed.append(tuple(self.texts))
            bottom = max(bottom, self.y)
            self.texts = []
        self.texts, self.y = texts, bottom
        return tuple(placed)

    def captions(self, lines: Chunks, font: Font, middle: float, bottom: int) -> int:
        """Write lines, centred on *middle*, below *bottom*; return the next line's baseline."""
        baseline = first_baseline(bottom, font)
        for line in lines:
            if line:  # or it is left free
                self.texts.append(centred(line, font, middle, baseline))
            baseline += round(font.px * _LEADING)
        self.y = max(self.y, baseline - round(font.px * (_LEADING - 0.3)))
        return baseline

    def sign(self, sign: str, middle: float, height: float) -> None:
        """Write a sign between grids, centred on a point; the flow stays where it is."""
        if sign:
            left = round(middle - measure(sign, FORMULA).width / 2)
            self.texts.append(Text(sign, FORMULA, left, round(height + FORMULA.px * 0.3)))

    def bar(self, scale: Scale, font: Font, middle: float, baseline: int, room: int) -> Bar:
        """Write the ends of a colour bar beside it, centred on *middle*."""
        gap = round(font.px * 0.4)
        low, high = (round(measure(text, font).width) for text in (scale.low, scale.high))
        level = max(2, min(6, (room - low - high - 2 * gap) // scale.n_levels))
        height = round(font.px * 0.75)
        baseline += round(font.px * 0.3)
        start = round(middle - (level * scale.n_levels + low + high + 2 * gap) / 2)
        bar = Bar(start + low + gap, baseline - height, level, height, scale.first, scale.last)
        self.texts.append(Text(scale.low, font, start, baseline))
        end = bar.left + level * scale.n_levels + gap
        self.texts.append(Text(scale.high, font, end, baseline))
        self.y = max(self.y, baseline + round(font.px * 0.3))
        return bar

    def sum(self) -> tuple[int, int, int]:
        """Leave a line for the sums, between the margins."""
        baseline = self.y + round(PLAIN.px)
        self.y = baseline + round(PLAIN.px * 0.3) + SECTION_PX * 2 // 3
        return MARGIN_PX, baseline, self.inner

    def legend(self, marks: Iterable[LegendEntry]) -> None:
        """Draw a swatch and its words for each kind of cell, on as many lines as they need."""
        lines = balanced([(mark, legend_width(mark)) for mark in merged(marks)], self.inner)
        for line in lines:
            left = MARGIN_PX
            baseline = self.y + round(SWATCH_PX / 2 + PLAIN.px * 0.36)
            for mark, width in line:
                self.swatches.append(Swatch(mark.state, left, self.y))
                self.texts.append(Text(mark.words, PLAIN, left + SWATCH_PX + 8, baseline))
                left += width
            self.y += SWATCH_PX + _LEGEND_LINE_GAP_PX
        self.y -= _LEGEND_LINE_GAP_PX


def first_baseline(bottom: int, font: Font) -> int:
    """Return the baseline of a caption's first line below *bottom*."""
    return bottom + round(font.px * 1.5)


def centred(string: str, font: Font, middle: float, baseline: int) -> Text:
    """Return a text whose middle is *middle*."""
    return Text(string, font, round(middle - measure(string, font).width / 2), baseline)


def merged(marks: Iterable[LegendEntry]) -> list[LegendEntry]:
    """Return a legend in which kinds of cells that look alike have one sample.

    In colours of values these are kinds of different grids, such as input and output.
    """
    kept: dict[object, LegendEntry] = {}
    for mark in marks:
        look = SHADED[mark.state] if mark.is_shaded else mark.state
        first = kept.get(look)
        kept[look] = first._replace(words=f"{first.words} / {mark.words}") if first else mark
    return list(kept.values())


def balanced(items: list[Sized], room: int) -> list[list[Sized]]:
    """Break a legend into as few lines as there must be, and these about equally long."""

    def broken(limit: int) -> list[list[Sized]]:
        lines: list[list[Sized]] = [[]]
        for mark, width in items:
            if lines[-1] and sum(taken for _, taken in lines[-1]) + width > limit:
                lines.append([])
            lines[-1].append((mark, width))
        return lines

    room += _LEGEND_GAP_PX  # there is no gap after the last one
    fewest = len(broken(room))
    return next(
        lines for limit in range(0, room + 8, 8) if len(lines := broken(min(limit, room))) == fewest
    )
