"""Boxes on whole pixels: from a scene and the widest canvas to where everything stands.

Texts are measured, so that nothing is clipped and nothing overlaps: lines are broken between
their pieces, and a piece that is still too wide is set smaller.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from conv_anim import fit
from conv_anim.cells import State
from conv_anim.lettering import Font, measure, own_settings, shrunk
from conv_anim.scene import SHADES, Chunks, Grid, Mark, Scene
from conv_anim.theme import (
    FORMULA_PX,
    MARGIN_PX,
    MIN_CELL_PX,
    SWATCH_PX,
    TEXT_PX,
    TITLE_PX,
)

MAX_HEIGHT_PX = 1000
SUM_PX = 460  # room for nine terms or so
LINK_CLEARANCE_PX = 3
_LEADING = 1.45  # from baseline to baseline, in font sizes
_LEGEND_GAP_PX = 22
_LEGEND_LINE_GAP_PX = 10
_SECTION_PX = 24


class Rect(NamedTuple):
    """A rectangle of pixels; *right* and *bottom* are the first ones outside."""

    left: int
    top: int
    right: int
    bottom: int


TITLE = Font(TITLE_PX, bold=True)
PLAIN = Font(TEXT_PX, muted=True)
FORMULA = Font(FORMULA_PX)


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
    """A colour bar: where its levels stand side by side."""

    left: int
    top: int
    level_px: int
    """How wide each level is."""
    height: int


@dataclass(frozen=True)
class Layout:
    """Where everything stands on the canvas, in pixels."""

    width: int
    height: int
    cell_px: int
    grids: tuple[Rect, ...]
    texts: tuple[Text, ...]
    """Texts that no frame changes."""
    swatches: tuple[Swatch, ...]
    counter: Text
    """The counter at its longest, above the last grid; a shorter one starts at the same place."""
    link_room: Rect
    """The room between the grids, clear of their captions."""
    bars: tuple[Bar, ...] = ()
    sum: tuple[int, int, int] | None = None
    """Where sums begin and how wide they may get: left, baseline, width."""
    label: Font | None = None
    corner: Font | None = None

    @property
    def line_px(self) -> float:
        """Width of a link."""
        return 1 if self.cell_px < 16 else 1.5


def lay_out(scene: Scene, max_width: int) -> Layout:
    """Place *scene* on a canvas of at most *max_width* pixels, and hardly more in height."""
    left, right = (grid.states.shape for grid in scene.grids)
    shapes = (left[0], left[1]), (right[0], right[1])
    cell = fit.cell_px(*shapes, max_width, scene.numbers_em)
    with own_settings():
        layout = _placed(scene, max_width, cell)
        while layout.height > max(MAX_HEIGHT_PX, max_width) and cell > MIN_CELL_PX:
            cell -= 1
            layout = _placed(scene, max_width, cell)
    return layout


def _placed(scene: Scene, max_width: int, cell: int) -> Layout:
    """Place *scene* with cells of a given size."""
    caption_font = _caption_font(scene.grids, cell, fit.caption_px(max_width))
    columns = _columns(scene, cell, caption_font)
    grids_width = columns[-1][1]
    inner = _inner_width(scene, grids_width, max_width - 2 * MARGIN_PX)
    inner = max(inner, _even(grids_width))  # a colour bar's long numbers may need more
    pen = _Pen(inner)
    pen.line((scene.title,), TITLE, gap=0)
    for line in scene.parameters:
        pen.line(line, PLAIN, gap=0.9)
    counter_px = round(1.5 * PLAIN.px)  # it stands above the last grid
    pen.skip(max(_SECTION_PX, counter_px + _SECTION_PX // 2 - int(scene.grids[-1].row * cell)))
    origin = MARGIN_PX + (inner - grids_width) // 2
    grids: list[Rect] = []
    bars: list[Bar] = []
    top = pen.y
    for grid, (start, end) in zip(scene.grids, columns, strict=True):
        rows, width = grid.states.shape
        x = origin + start + (end - start - width * cell) // 2
        y = top + int(grid.row * cell)
        grids.append(Rect(x, y, x + width * cell, y + rows * cell))
        middle = origin + (start + end) / 2
        bottom = pen.captions(grid.captions, caption_font, middle, grids[-1].bottom)
        if grid.scale:
            bars.append(pen.bar(grid.scale, caption_font, middle, bottom, end - start))
    above = origin + sum(columns[-1]) / 2
    counter = Text(
        scene.longest_counter,
        PLAIN,
        round(above - measure(scene.longest_counter, PLAIN).width / 2),
        grids[-1].top - round(PLAIN.px * 0.7),
    )
    link_room = _link_room(grids, [(origin + start, origin + end) for start, end in columns])
    pen.skip(_SECTION_PX)
    sums = pen.sum() if scene.has_sums else None
    for line in scene.formulas:
        pen.line(line, FORMULA, gap=0.35)
    pen.skip(_SECTION_PX * 2 // 3)
    pen.legend(scene.legend)
    return Layout(
        width=inner + 2 * MARGIN_PX,
        height=_even(pen.y + MARGIN_PX * 3 // 4),
        cell_px=cell,
        grids=tuple(grids),
        texts=tuple(pen.texts),
        swatches=tuple(pen.swatches),
        counter=counter,
        link_room=link_room,
        bars=tuple(bars),
        sum=sums,
        **_number_fonts(scene, cell),
    )


def _number_fonts(scene: Scene, cell: int) -> dict[str, Font]:
    """Return the fonts of the numbers in cells."""
    if scene.numbers_em is None:
        return {}
    label, corner = fit.numbers_px(cell, *scene.numbers_em)
    fonts = {"label": Font(label)}
    return fonts | {"corner": Font(corner)} if scene.numbers_em[1] else fonts


def _link_room(grids: list[Rect], columns: list[tuple[int, int]]) -> Rect:
    """Return the room between the outer grids; next to a lower one, clear of its texts."""
    top, bottom = min(box.top for box in grids), max(box.bottom for box in grids)
    left, right = (
        edge if (box.top, box.bottom) == (top, bottom) else column
        for box, edge, column in (
            (grids[0], grids[0].right, columns[0][1]),
            (grids[-1], grids[-1].left, columns[-1][0]),
        )
    )
    return Rect(left + LINK_CLEARANCE_PX, top, right - LINK_CLEARANCE_PX, bottom)


def _even(pixels: int) -> int:
    return pixels + pixels % 2  # video encoders ask for even sizes


def _caption_font(grids: Iterable[Grid], cell: int, least: int) -> Font:
    """Return the font in which every caption keeps to its grid's room."""
    font = PLAIN
    for grid in grids:
        room = max(grid.states.shape[1] * cell, least)
        for line in grid.captions:
            font = shrunk(line, font, room)
    return font


def _columns(scene: Scene, cell: int, font: Font) -> list[tuple[int, int]]:
    """Return from where to where each grid and its texts reach, from the first one's start."""
    columns: list[tuple[int, int]] = []
    free = 0.0  # the cells' column at which the last grid ended
    end = 0
    for grid in scene.grids:
        start = end + int((grid.column - free) * cell)
        captions = max(int(measure(line, font).width) + 1 for line in grid.captions)
        if grid.scale:
            ends = sum(measure(text, font).width for text in grid.scale)
            captions = max(captions, int(ends + 2 * SHADES + font.px))
        if grid is scene.grids[-1]:
            captions = max(captions, int(measure(scene.longest_counter, PLAIN).width) + 1)
        end = start + max(grid.states.shape[1] * cell, captions)
        free = grid.column + grid.states.shape[1]
        columns.append((start, end))
    return columns


def _inner_width(scene: Scene, grids_width: int, room: int) -> int:
    """Return the canvas's width without margins: as much as grids and texts want, if there is."""
    lines = [(line, PLAIN, 0.9) for line in scene.parameters]
    lines += [(line, FORMULA, 0.35) for line in scene.formulas]
    wanted = [
        grids_width,
        *([SUM_PX] if scene.has_sums else []),
        measure(scene.title, TITLE).width,
        *(
            sum(measure(chunk, font).width for chunk in line) + font.px * gap * (len(line) - 1)
            for line, font, gap in lines
        ),
    ]
    least = min(room - room % 2, _even(int(max(wanted)) + 1))
    # Make it wider for the legend if that saves lines: two are as good as one.
    legend = [(mark, _legend_width(mark)) for mark in scene.legend]
    two_lines = (width for width in range(least, room, 16) if len(_balanced(legend, width)) <= 2)
    return next(two_lines, least)


def _legend_width(mark: Mark) -> int:
    return SWATCH_PX + 8 + int(measure(mark.words, PLAIN).width) + _LEGEND_GAP_PX


class _Pen:
    """Writes from top to bottom, between the margins."""

    def __init__(self, inner: int) -> None:
        self.inner = inner
        self.y = MARGIN_PX * 3 // 4
        self.texts: list[Text] = []
        self.swatches: list[Swatch] = []

    def skip(self, pixels: int) -> None:
        self.y += pixels

    def line(self, chunks: Chunks, font: Font, gap: float) -> None:
        """Write pieces side by side, *gap* font sizes apart, on as many lines as they need."""
        lines: list[list[tuple[str, Font, float]]] = [[]]
        x = 0.0
        for chunk in chunks:
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

    def captions(self, lines: Chunks, font: Font, middle: float, bottom: int) -> int:
        """Write lines, centred on *middle*, below *bottom*; return the next line's baseline."""
        baseline = bottom + round(font.px * 1.5)
        for line in lines:
            left = round(middle - measure(line, font).width / 2)
            self.texts.append(Text(line, font, left, baseline))
            baseline += round(font.px * _LEADING)
        self.y = max(self.y, baseline - round(font.px * (_LEADING - 0.3)))
        return baseline

    def bar(
        self, scale: tuple[str, str], font: Font, middle: float, baseline: int, room: int
    ) -> Bar:
        """Write the ends of a colour bar beside it, centred on *middle*."""
        gap = round(font.px * 0.4)
        low, high = (round(measure(text, font).width) for text in scale)
        level = max(2, min(6, (room - low - high - 2 * gap) // SHADES))
        height = round(font.px * 0.75)
        baseline += round(font.px * 0.3)
        start = round(middle - (level * SHADES + low + high + 2 * gap) / 2)
        bar = Bar(start + low + gap, baseline - height, level, height)
        self.texts.append(Text(scale[0], font, start, baseline))
        self.texts.append(Text(scale[1], font, bar.left + level * SHADES + gap, baseline))
        self.y = max(self.y, baseline + round(font.px * 0.3))
        return bar

    def sum(self) -> tuple[int, int, int]:
        """Leave a line for the sums, between the margins."""
        baseline = self.y + round(PLAIN.px)
        self.y = baseline + round(PLAIN.px * 0.3) + _SECTION_PX * 2 // 3
        return MARGIN_PX, baseline, self.inner

    def legend(self, marks: Iterable[Mark]) -> None:
        """Draw a swatch and its words for each kind of cell, on as many lines as they need."""
        lines = _balanced([(mark, _legend_width(mark)) for mark in marks], self.inner)
        for line in lines:
            left = MARGIN_PX
            baseline = self.y + round(SWATCH_PX / 2 + PLAIN.px * 0.36)
            for mark, width in line:
                self.swatches.append(Swatch(mark.state, left, self.y))
                self.texts.append(Text(mark.words, PLAIN, left + SWATCH_PX + 8, baseline))
                left += width
            self.y += SWATCH_PX + _LEGEND_LINE_GAP_PX
        self.y -= _LEGEND_LINE_GAP_PX


def _balanced(items: list[tuple[Mark, int]], room: int) -> list[list[tuple[Mark, int]]]:
    """Break a legend into as few lines as there must be, and these about equally long."""

    def broken(limit: int) -> list[list[tuple[Mark, int]]]:
        lines: list[list[tuple[Mark, int]]] = [[]]
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
