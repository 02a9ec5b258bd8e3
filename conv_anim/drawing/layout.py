"""Boxes on whole pixels: from a scene and the widest canvas to where everything is placed.

Texts are measured, so that nothing is clipped and nothing overlaps: lines are broken between
their pieces, and a piece that is still too wide is set smaller.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from conv_anim.drawing import cell_size, placement
from conv_anim.drawing.cell_shape import CellShape
from conv_anim.drawing.fonts import Font, measure, own_settings, shrunk
from conv_anim.drawing.placement import Rect
from conv_anim.drawing.sizes import MARGIN_PX, MIN_CELL_PX
from conv_anim.drawing.text_flow import (
    FORMULA,
    NOTE,
    NOTE_GAP,
    PLAIN,
    SECTION_PX,
    TITLE,
    Bar,
    Swatch,
    Text,
    TextFlow,
    balanced,
    legend_width,
    merged,
)
from conv_anim.scene.scene import SHADES, Scene

MAX_HEIGHT_PX = 1000
SUM_PX = 460  # room for nine terms or so


@dataclass(frozen=True)
class Layout:
    """Where everything is placed on the canvas, in pixels."""

    width: int
    height: int
    tile: CellShape
    """How large each cell is."""
    grids: Mapping[str, Rect]
    """Where each grid is, by its role."""
    texts: tuple[Text, ...]
    """Texts that no frame changes."""
    swatches: tuple[Swatch, ...]
    counter: Text
    """The counter at its longest, above a grid; a shorter one starts at the same place."""
    link_rooms: Mapping[str, Rect]
    """The rooms between neighbouring grids, clear of captions and signs, by the left grid."""
    bars: tuple[Bar, ...] = ()
    notes: tuple[tuple[Text, ...], ...] = ()
    note_room: Rect | None = None
    """Where one of the notes is at a time."""
    captions: tuple[Text, ...] = ()
    """Captions of which one is shown at a time."""
    sum: tuple[int, int, int] | None = None
    """Where sums begin and how wide they may get: left, baseline, width."""
    label: Font | None = None
    corner: Font | None = None

    @property
    def line_px(self) -> float:
        """Width of a link."""
        return 1 if self.tile.width < 16 else 1.5


def lay_out(scene: Scene, max_width: int) -> Layout:
    """Place *scene* on a canvas of at most *max_width* pixels, and hardly more in height."""
    tile = cell_size.tile(scene.arrangement, max_width, scene.numbers_em)
    numbers_em = scene.numbers_em
    most = max(MAX_HEIGHT_PX, max_width)
    with own_settings:
        first = layout = _placed(scene, max_width, tile)
        has_numbers = numbers_em is not None and cell_size.is_legible(tile, *numbers_em)
        while layout.height > most or layout.width > max_width:
            tile = CellShape.of(tile.width - 1, is_slanted=scene.arrangement.is_stacked)
            if tile.height < MIN_CELL_PX:
                break
            if has_numbers and numbers_em and not cell_size.is_legible(tile, *numbers_em):
                break  # a large picture is better than numbers that can't be read
            layout = _placed(scene, max_width, tile)
    # Where texts are too wide for the canvas, small cells are no help.
    return first if layout.width > max_width and first.height <= most else layout


def _placed(scene: Scene, max_width: int, tile: CellShape) -> Layout:
    """Place *scene* with cells of a given size."""
    font = _caption_font(scene, tile, max_width)
    counter_font = _counter_font(scene, tile, max_width)
    columns = _columns(scene, tile, font, counter_font)
    grids_width = columns[scene.arrangement.roles[-1]][1]
    inner = _inner_width(scene, grids_width, max_width - 2 * MARGIN_PX)
    inner = max(inner, _even(grids_width))  # a colour bar's long numbers may need more
    flow = TextFlow(inner)
    flow.line((scene.title,), TITLE, gap=0)
    for line in scene.parameters:
        flow.line(line, PLAIN, gap=0.9)
    fonts = _number_fonts(scene, tile)
    if fonts and scene.if_legible:
        flow.line(scene.if_legible, PLAIN, gap=0.9)
    top = flow.y + SECTION_PX // 3
    notes = flow.notes(scene.notes)
    note_bottom = flow.y
    origin = MARGIN_PX + (inner - grids_width) // 2
    edges = {role: (origin + start, origin + end) for role, (start, end) in columns.items()}
    place = placement.stack if scene.arrangement.is_stacked else placement.row
    placed = place(scene, tile, font, counter_font, flow, edges)
    flow.skip(SECTION_PX)
    sums = flow.sum() if scene.has_sums else None
    for line in scene.formulas:
        flow.line(line, FORMULA, gap=0.35)
    flow.skip(SECTION_PX * 2 // 3)
    flow.legend(scene.legend)
    return Layout(
        width=inner + 2 * MARGIN_PX,
        height=_even(flow.y + MARGIN_PX * 3 // 4),
        tile=tile,
        grids=placed.grids,
        texts=tuple(flow.texts),
        swatches=tuple(flow.swatches),
        counter=placed.counter,
        link_rooms=placed.link_rooms,
        bars=tuple(placed.bars),
        notes=notes,
        captions=tuple(placed.caption(caption, tile, font) for caption in scene.captions),
        note_room=Rect(MARGIN_PX, top, MARGIN_PX + inner, note_bottom) if notes else None,
        sum=sums,
        **fonts,
    )


def _counter_font(scene: Scene, tile: CellShape, max_width: int) -> Font:
    """Return the font in which the counter keeps to its grid's room, if that is at an edge."""
    if not scene.arrangement.is_counted_last:
        return PLAIN  # there is room beside it
    counted = scene.arrangement.counted
    least = cell_size.captions_px(scene.arrangement, max_width)[counted]
    room = max(tile.size(*scene.grids[counted].states.shape)[0], least)
    return shrunk(scene.longest_counter, PLAIN, room - 1)


def _number_fonts(scene: Scene, tile: CellShape) -> dict[str, Font]:
    """Return the fonts of the numbers in cells."""
    if scene.numbers_em is None:
        return {}
    if not cell_size.is_legible(tile, *scene.numbers_em):
        return {}  # views number cells as far as there is room
    label, corner = cell_size.numbers_px(tile, *scene.numbers_em)
    fonts = {"label": Font(label)}
    return fonts | {"corner": Font(corner)} if scene.numbers_em[1] else fonts


def _even(pixels: int) -> int:
    return pixels + pixels % 2  # video encoders ask for even sizes


def _caption_font(scene: Scene, tile: CellShape, max_width: int) -> Font:
    """Return the font in which every caption keeps to its grid's room."""
    font = PLAIN
    captions = cell_size.captions_px(scene.arrangement, max_width)
    for role, grid in scene.grids.items():
        room = max(tile.size(*grid.states.shape)[0], captions[role]) - 1
        for line in _captions(scene, role):
            font = shrunk(line, font, room)
        if grid.scale:
            font = shrunk("  ".join((grid.scale.low, grid.scale.high)), font, room - 2 * SHADES)
    return font


def _captions(scene: Scene, grid: str) -> list[str]:
    """Return all lines that are ever below a grid."""
    changing = [caption.words for caption in scene.captions if caption.grid == grid]
    return [*changing, *scene.grids[grid].captions]


def _columns(
    scene: Scene, tile: CellShape, font: Font, counter_font: Font
) -> dict[str, tuple[int, int]]:
    """Return from where to where each grid and its texts reach, from the first one's start.

    Stacked grids have one column in common.
    """
    columns: dict[str, tuple[int, int]] = {}
    end = 0
    gaps = scene.arrangement.gaps_px(tile.width)
    for (role, grid), gap in zip(scene.grids.items(), (0, *gaps), strict=True):
        start = end + gap
        lines = _captions(scene, role)
        captions = max(int(measure(line, font).width) + 1 for line in lines)
        if grid.scale:
            ends = sum(measure(x, font).width for x in (grid.scale.low, grid.scale.high))
            captions = max(captions, int(ends + 2 * SHADES + font.px))
        if role == scene.arrangement.counted and scene.arrangement.is_counted_last:
            captions = max(captions, int(measure(scene.longest_counter, counter_font).width) + 1)
        end = start + max(tile.size(*grid.states.shape)[0], captions)
        columns[role] = start, end
    if scene.arrangement.is_stacked:
        return dict.fromkeys(columns, (0, max(end - start for start, end in columns.values())))
    return columns


def _inner_width(scene: Scene, grids_width: int, room: int) -> int:
    """Return the canvas's width without margins: as much as grids and texts want, if there is."""
    lines = [(line, PLAIN, 0.9) for line in scene.parameters]
    lines += [(line, NOTE, NOTE_GAP) for line in scene.notes]
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
    legend = [(mark, legend_width(mark)) for mark in merged(scene.legend)]
    two_lines = (width for width in range(least, room, 16) if len(balanced(legend, width)) <= 2)
    return next(two_lines, least)
