"""How large cells and their numbers are on a canvas of a given width; arithmetic alone.

The layout has its cells from here, and so has the check that they are not too small.
"""

from conv_anim.drawing.cell_shape import CellShape
from conv_anim.drawing.sizes import (
    MARGIN_PX,
    MAX_CELL_PX,
    MAX_NUMBER_PX,
    MAX_WIDTH_PX,
    MIN_CAPTION_PX,
    MIN_NUMBER_PX,
    PREFERRED_CELL_PX,
    PREFERRED_CORNER_PX,
    PREFERRED_NUMBER_PX,
    PREFERRED_NUMBERS_PX,
    PREFERRED_STACK_PX,
    PREFERRED_STRIP_PX,
    PREFERRED_WIDTH_PX,
)
from conv_anim.scene.arrangement import Arrangement


def captions_px(arrangement: Arrangement, width_px: int) -> dict[str, int]:
    """Return the room that each grid's captions may count on, however narrow the grid."""
    room = (width_px - 2 * MARGIN_PX) * 3 // (4 * len(arrangement.areas))
    return {
        role: max(min(area.caption_px, room), min(area.caption_px, MIN_CAPTION_PX))
        for role, area in arrangement.areas.items()
    }


def tile(
    arrangement: Arrangement, width_px: int, numbers_em: tuple[float, float] | None = None
) -> CellShape:
    """Return how large the cells of a picture are; one of 0 px if they don't fit at all.

    The grids take at most the canvas's width less its margins, and two thirds of it in height,
    so that with the texts the canvas gets no taller than about its width.
    """
    is_slanted = arrangement.is_stacked
    plain = PREFERRED_STACK_PX if is_slanted else PREFERRED_WIDTH_PX
    easy_width = PREFERRED_NUMBERS_PX if numbers_em else plain
    wanted = _numbers_cell_px(is_slanted, *numbers_em) if numbers_em else PREFERRED_CELL_PX
    if arrangement.height == 1:
        easy_width = PREFERRED_STRIP_PX
    pairs = len(arrangement.areas) / 2  # what has more grids, is wider anyway
    easy = int(easy_width * pairs // arrangement.width)
    if pairs > 1:
        easy = min(easy, PREFERRED_WIDTH_PX // arrangement.height)
    for width in range(max(wanted, min(MAX_CELL_PX, max(PREFERRED_CELL_PX, easy))), 0, -1):
        cell = CellShape.of(width, is_slanted=is_slanted)
        across, down = _extent(arrangement, cell, width_px)
        if across <= width_px - 2 * MARGIN_PX and down <= width_px * 2 // 3:
            return cell
    return CellShape(0, 0)


def _extent(arrangement: Arrangement, cell: CellShape, width_px: int) -> tuple[int, int]:
    """Return (width, height) that all grids take, in pixels."""
    gaps = sum(arrangement.gaps_px(cell.width))
    if arrangement.is_stacked:
        sizes = [cell.size(*shape) for _, shape, _ in arrangement.areas.values()]
        return max(width for width, _ in sizes), gaps + sum(height for _, height in sizes)
    captions = captions_px(arrangement, width_px)
    across = gaps + sum(
        max(area.shape[1] * cell.width, captions[role]) for role, area in arrangement.areas.items()
    )
    return across, arrangement.height * cell.height


def numbers_px(cell: CellShape, label_em: float, corner_em: float) -> tuple[float, float]:
    """Return the font sizes of the numbers in cells and of those in their corners.

    *label_em* and *corner_em* are how wide the widest of them are, in font sizes; 0 for none.
    """
    across, down = cell.width - 5 - cell.slant // 2, cell.height - 5  # clear of gaps and edges
    label = min(MAX_NUMBER_PX, down * (0.5 if corner_em else 0.75), across / max(label_em, 1))
    corner = min(MAX_NUMBER_PX * 0.6, down * 0.38, across / max(corner_em, 1))
    return int(2 * label) / 2, int(2 * corner) / 2


def _numbers_cell_px(is_slanted: bool, label_em: float, corner_em: float) -> int:
    """Return the width of the smallest cell in which numbers are easy to read."""
    for width in range(PREFERRED_CELL_PX, MAX_WIDTH_PX):
        label, corner = numbers_px(CellShape.of(width, is_slanted=is_slanted), label_em, corner_em)
        if label >= PREFERRED_NUMBER_PX and (corner >= PREFERRED_CORNER_PX or not corner_em):
            return width
    return MAX_WIDTH_PX


def is_legible(cell: CellShape, label_em: float, corner_em: float) -> bool:
    """Return whether numbers in cells can be read."""
    return least_number_px(cell, label_em, corner_em) >= MIN_NUMBER_PX


def least_number_px(cell: CellShape, label_em: float, corner_em: float) -> float:
    """Return the smaller font size of the numbers in cells."""
    label, corner = numbers_px(cell, label_em, corner_em)
    return min(label, corner) if corner_em else label
