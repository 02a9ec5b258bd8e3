"""How large cells and their numbers are: arithmetic alone, from what is known before drawing.

The layout has its cells from here and makes them no smaller, so that whether a picture fits is
known from here, too.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from conv_anim.drawing import column_sizes, volume_sizes
from conv_anim.drawing.sizes import (
    COLUMNS_HEIGHT_PT,
    GAP_CELLS,
    HEIGHT_PT,
    MARGIN_PT,
    MAX_CELL_PT,
    MAX_HEIGHT_PT,
    MAX_NUMBER_PT,
    MAX_STACKED_PT,
    MAX_WIDTH_PT,
    MIN_READABLE_PX,
    PREFERRED_CELL_PT,
    PREFERRED_CORNER_PT,
    PREFERRED_IN_COLUMNS_PT,
    PREFERRED_NUMBER_PT,
    STACK_HEIGHT_PT,
    WIDTH_PT,
    Pixels,
    Sizing,
)
from conv_anim.scene.arrangement import LABELLED_PT, Arrangement, Order

# Of cells in perspective, for each point of their width.
FLATNESS, SLANT, RISE = 0.48, 0.55, 0.24
_STRIP_CAPTION_PT = 200
_HEIGHTS_PT = {
    Order.BESIDE: HEIGHT_PT,
    Order.STRIPS: HEIGHT_PT,
    Order.LABELLED: HEIGHT_PT,
    Order.STACKED: STACK_HEIGHT_PT,
    Order.COLUMNS: COLUMNS_HEIGHT_PT,
    Order.VOLUMES: HEIGHT_PT,
}
"""How high grids get."""
PREFERRED_ROW_PT = 8

Numbers = tuple[float, float] | None
"""How wide the widest label and the widest corner are, in font sizes; 0 for none."""


class Cell(NamedTuple):
    """The size of a cell with the gap round it, in points."""

    width: float
    height: float
    slant: float = 0.0
    """How much further to the left each row of cells begins than the one behind it."""
    rise: float = 0.0
    """How much higher each cell of a row is than the one to its right."""

    @classmethod
    def of(cls, width: float, *, is_stacked: bool) -> "Cell":
        """Return a cell of this width."""
        if not is_stacked:
            return cls(width, width)
        return cls(width, FLATNESS * width, SLANT * width, RISE * width)

    def in_pixels(self, pixels: Pixels) -> "Cell":
        """Return the cell in whole pixels: no larger, and seen from about the same side."""
        width, height = map(pixels.at_most, self[:2])
        return Cell(width, height, *map(pixels.nearest, self[2:]))

    def size(self, rows: int, columns: int) -> tuple[float, float]:
        """Return (width, height) of the box round a grid."""
        return (
            columns * self.width + rows * self.slant,
            rows * self.height + columns * self.rise,
        )


class Plan(NamedTuple):
    """How large cells are, and how wide the canvas is at least."""

    cell: Cell
    gaps: tuple[float, ...]
    """Between neighbouring columns of grid and captions."""
    width: float
    """Of the canvas; texts make one narrower than usual wider, never one that is not."""

    near: float = 3.0
    """How near captions come to grids in perspective."""

    @property
    def may_widen(self) -> bool:
        """Whether the canvas is as wide as grids and texts want it, up to the usual width."""
        return self.width < WIDTH_PT


def plan(arrangement: Arrangement, numbers: Numbers = None) -> Plan:
    """Return how large the cells of a picture are, and what follows from it."""
    wanted = _number_cell(arrangement, numbers) if numbers else 0.0
    usual = PREFERRED_IN_COLUMNS_PT if arrangement.is_columns else PREFERRED_CELL_PT
    preferred = max(usual, wanted)
    is_stacked = arrangement.is_stacked
    most = max(MAX_STACKED_PT if is_stacked else MAX_CELL_PT, wanted)
    cell = _largest(arrangement, most, WIDTH_PT, _HEIGHTS_PT[arrangement.order])
    if cell < preferred:  # use all the room that there can be
        cell = max(cell, _largest(arrangement, preferred, MAX_WIDTH_PT, MAX_HEIGHT_PT))
    across, _ = extent(arrangement, cell)
    room = WIDTH_PT - 2 * MARGIN_PT
    least = arrangement.gaps_pt(cell)
    if is_stacked or arrangement.is_strips:
        gaps = tuple(least)
    else:
        gaps = _widened(least, room - across, GAP_CELLS * cell)
        across += sum(gaps) - sum(least)
    width = across + 2 * MARGIN_PT
    if cell < usual:
        width = max(width, WIDTH_PT)
    return Plan(Cell.of(cell, is_stacked=is_stacked), gaps, width)


def cell_px(arrangement: Arrangement, sizing: Sizing) -> float:
    """Return how many pixels a cell is high, on a canvas whose height does not matter.

    Where cells are small, the canvas's width in points is known without its texts; where it is
    not, they are large enough at any width.
    """
    found = plan(arrangement)
    scale = sizing.px_per_pt(max(found.width, WIDTH_PT), 1e-6)
    return int(found.cell.height * scale + 1e-6)


def most_rows() -> int:
    """Return how many labelled rows a picture has room for, so that cells can be told apart."""
    return int((MAX_HEIGHT_PT + LABELLED_PT) / (LABELLED_PT + PREFERRED_ROW_PT))


def columns(arrangement: Arrangement, cell: Cell) -> list[float]:
    """Return how wide the grids are, side by side, each with the room that its captions need."""

    def width(role: str) -> float:
        area = arrangement.areas[role]
        return max(cell.size(*area.shape)[0], area.caption_pt)

    upper = arrangement.upper
    return [
        max(width(role), width(upper[role]) if role in upper else 0) for role in arrangement.row
    ]


def extent(arrangement: Arrangement, width: float) -> tuple[float, float]:
    """Return (width, height) that all grids take when cells have a given width."""
    cell = Cell.of(width, is_stacked=arrangement.is_stacked)
    gaps = sum(arrangement.gaps_pt(width))
    if arrangement.is_volumes:
        across = sum(volume_sizes.widths(arrangement, cell))
        return gaps + across, volume_sizes.height(arrangement, cell)
    if arrangement.is_columns:
        across = sum(column_sizes.widths(arrangement, cell)) + sum(column_sizes.sides(arrangement))
        return gaps + across, column_sizes.height(arrangement, cell)
    if arrangement.is_strips:
        first, last = strip_ends(arrangement)
        down = len(arrangement.areas) * cell.height + gaps
        return max((last - first) * width, _STRIP_CAPTION_PT) + arrangement.labels_pt, down
    if arrangement.is_stacked:
        sizes = [cell.size(*area.shape) for area in arrangement.areas.values()]
        return max(across for across, _ in sizes), gaps + sum(down for _, down in sizes)
    above = max(
        (above_pt(arrangement, role, cell) for role in arrangement.upper.values()), default=0
    )
    return gaps + sum(columns(arrangement, cell)), above + arrangement.height * cell.height


def above_pt(arrangement: Arrangement, role: str, cell: Cell) -> float:
    """Return how far above the grid below it a grid begins, in points."""
    rows, _ = arrangement.areas[role].shape
    return rows * cell.height + arrangement.gap_above_pt(role, cell.width)


def _widened(gaps: list[float], spare: float, most: float) -> tuple[float, ...]:
    """Return gaps that take what room they can, in proportion, until the widest has *most*.

    All are at least as wide as they were.
    """
    total, widest = sum(gaps), max(gaps, default=0.0)
    if not total:
        return tuple(gaps)
    factor = max(1.0, min(1 + spare / total, most / widest))
    return tuple(gap * factor for gap in gaps)


def strip_ends(arrangement: Arrangement) -> tuple[float, float]:
    """Return where the first cell of any strip begins and the last one ends, in cells."""
    areas = arrangement.areas.values()
    ends = [area.start + (area.shape[1] - 1) * area.step + 1 for area in areas]
    return min(area.start for area in areas), max(ends)


def _largest(arrangement: Arrangement, most: float, width: float, height: float) -> float:
    """Return the largest width of cells, up to *most*, of which the grids fit."""

    def fits(cell: float) -> bool:
        across, down = extent(arrangement, cell)
        return across <= width - 2 * MARGIN_PT and down <= height

    return most if fits(most) else _bisected(fits, most)


def _bisected(fits: Callable[[float], bool], most: float) -> float:
    """Return about the largest number below *most* that fits; smaller ones do, too."""
    low, high = 0.0, most
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def numbers_pt(cell: Cell, label_em: float, corner_em: float) -> tuple[float, float]:
    """Return the font sizes of the numbers in cells and of those in their corners."""
    # Clear of gaps and edges, which small cells have less of.
    across, down = 0.88 * cell.width - 2 - cell.slant / 2, 0.9 * cell.height - 1
    label = min(MAX_NUMBER_PT, down * (0.5 if corner_em else 0.75), across / max(label_em, 1))
    corner = min(MAX_NUMBER_PT * 0.6, down * 0.32, across / max(corner_em, 1), 0.8 * label)
    return int(8 * label) / 8, int(8 * corner) / 8


def _number_cell(arrangement: Arrangement, numbers: tuple[float, float]) -> float:
    """Return the width of the smallest cell in which numbers are easy to read."""
    is_stacked = arrangement.is_stacked
    for width in range(PREFERRED_IN_COLUMNS_PT, MAX_WIDTH_PT):
        label, corner = numbers_pt(Cell.of(width, is_stacked=is_stacked), *numbers)
        if label >= PREFERRED_NUMBER_PT and (corner >= PREFERRED_CORNER_PT or not numbers[1]):
            return width
    return MAX_WIDTH_PT


def readable_pt(
    cell: Cell, ways: Iterable[tuple[float, float]], pixels: Pixels
) -> tuple[float, float] | None:
    """Return the font sizes of the first of some ways to write numbers that can be read."""
    for way in ways:
        label, corner = numbers_pt(cell, *way)
        if _least(label, corner, way) * pixels.per_pt >= MIN_READABLE_PX:
            return label, corner if way[1] else 0.0
    return None


def largest_px(cell: Cell, ways: Iterable[tuple[float, float]], pixels: Pixels) -> float:
    """Return how many pixels the smaller numbers have in that way in which they are largest."""
    sizes = (_least(*numbers_pt(cell, *way), way) for way in ways)
    return max(0.0, *sizes) * pixels.per_pt


def _least(label: float, corner: float, way: tuple[float, float]) -> float:
    return min(label, corner) if way[1] else label
