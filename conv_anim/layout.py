"""Boxes on whole pixels: from a scene and the widest canvas to where everything stands.

Texts are measured, so that nothing is clipped and nothing overlaps: lines are broken between
their pieces, and a piece that is still too wide is set smaller.
"""

from dataclasses import dataclass
from typing import NamedTuple

from conv_anim import fit
from conv_anim.lettering import Font, measure, own_settings, shrunk
from conv_anim.pen import (
    FORMULA,
    PLAIN,
    SECTION_PX,
    TITLE,
    Bar,
    Pen,
    Swatch,
    Text,
    balanced,
    legend_width,
)
from conv_anim.scene import SHADES, Scene
from conv_anim.theme import (
    MARGIN_PX,
    MIN_CELL_PX,
)

MAX_HEIGHT_PX = 1000
SUM_PX = 460  # room for nine terms or so
LINK_CLEARANCE_PX = 3


class Rect(NamedTuple):
    """A rectangle of pixels; *right* and *bottom* are the first ones outside."""

    left: int
    top: int
    right: int
    bottom: int


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
    link_rooms: tuple[Rect, ...]
    """The rooms between neighbouring grids, clear of their captions."""
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
    cell = fit.cell_px(scene.arrangement, max_width, scene.numbers_em)
    with own_settings():
        layout = _placed(scene, max_width, cell)
        while layout.height > max(MAX_HEIGHT_PX, max_width) and cell > MIN_CELL_PX:
            cell -= 1
            layout = _placed(scene, max_width, cell)
    return layout


def _placed(scene: Scene, max_width: int, cell: int) -> Layout:
    """Place *scene* with cells of a given size."""
    caption_font = _caption_font(scene, cell, max_width)
    columns = _columns(scene, cell, caption_font)
    grids_width = columns[-1][1]
    inner = _inner_width(scene, grids_width, max_width - 2 * MARGIN_PX)
    inner = max(inner, _even(grids_width))  # a colour bar's long numbers may need more
    pen = Pen(inner)
    pen.line((scene.title,), TITLE, gap=0)
    for line in scene.parameters:
        pen.line(line, PLAIN, gap=0.9)
    counter_px = round(1.5 * PLAIN.px)  # it stands above the last grid
    pen.skip(max(SECTION_PX, counter_px + SECTION_PX // 2 - int(scene.arrangement.top(-1) * cell)))
    origin = MARGIN_PX + (inner - grids_width) // 2
    grids: list[Rect] = []
    bars: list[Bar] = []
    top = pen.y
    for number, (grid, (start, end)) in enumerate(zip(scene.grids, columns, strict=True)):
        rows, width = grid.states.shape
        x = origin + start + (end - start - width * cell) // 2
        y = top + int(scene.arrangement.top(number) * cell)
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
    edges = [(origin + start, origin + end) for start, end in columns]
    neighbours = [slice(at, at + 2) for at in range(len(grids) - 1)]
    pen.skip(SECTION_PX)
    sums = pen.sum() if scene.has_sums else None
    for line in scene.formulas:
        pen.line(line, FORMULA, gap=0.35)
    pen.skip(SECTION_PX * 2 // 3)
    pen.legend(scene.legend)
    return Layout(
        width=inner + 2 * MARGIN_PX,
        height=_even(pen.y + MARGIN_PX * 3 // 4),
        cell_px=cell,
        grids=tuple(grids),
        texts=tuple(pen.texts),
        swatches=tuple(pen.swatches),
        counter=counter,
        link_rooms=tuple(_link_room(grids[two], edges[two]) for two in neighbours),
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
    """Return the room between two grids; next to a lower one, clear of its texts."""
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


def _caption_font(scene: Scene, cell: int, max_width: int) -> Font:
    """Return the font in which every caption keeps to its grid's room."""
    font = PLAIN
    captions = fit.captions_px(scene.arrangement, max_width)
    for grid, least in zip(scene.grids, captions, strict=True):
        room = max(grid.states.shape[1] * cell, least)
        for line in grid.captions:
            font = shrunk(line, font, room)
    return font


def _columns(scene: Scene, cell: int, font: Font) -> list[tuple[int, int]]:
    """Return from where to where each grid and its texts reach, from the first one's start."""
    columns: list[tuple[int, int]] = []
    end = 0
    for grid, gap in zip(scene.grids, (0, *scene.arrangement.gaps), strict=True):
        start = end + int(gap * cell)
        captions = max(int(measure(line, font).width) + 1 for line in grid.captions)
        if grid.scale:
            ends = sum(measure(text, font).width for text in grid.scale)
            captions = max(captions, int(ends + 2 * SHADES + font.px))
        if grid is scene.grids[-1]:
            captions = max(captions, int(measure(scene.longest_counter, PLAIN).width) + 1)
        end = start + max(grid.states.shape[1] * cell, captions)
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
    legend = [(mark, legend_width(mark)) for mark in scene.legend]
    two_lines = (width for width in range(least, room, 16) if len(balanced(legend, width)) <= 2)
    return next(two_lines, least)
