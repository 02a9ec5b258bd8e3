"""The sizes that pictures have in common: in points, or where the name says so, in pixels."""

from typing import NamedTuple

MIN_SCALE, MAX_SCALE = 0.5, 4.0
"""Pixels a point that can be asked for."""
MIN_SIDE_PX, MAX_SIDE_PX = 100, 4000
"""The smallest and the largest sides of a canvas that can be asked for."""
MIN_WIDTH_PX = 320
"""The narrowest canvas that can be asked for by its width alone."""

WIDTH_PT = 760
"""How wide a picture usually is."""
MAX_WIDTH_PT = 960
"""How wide it gets where cells would be small."""
HEIGHT_PT, MAX_HEIGHT_PT = 400, 640
"""How high grids get, and how high where cells would be small."""
STACK_HEIGHT_PT = 460
"""How high grids get in perspective, which has fewer points for a cell."""
COLUMNS_HEIGHT_PT = 460
"""How high columns of grids get."""
MARGIN_PT = 36

MIN_CELL_PX = 3
PREFERRED_CELL_PT = 28
"""Cells get no smaller than this to keep the canvas narrow, only to fit it."""
PREFERRED_IN_COLUMNS_PT = 20
"""The same in columns, where there are many."""
MAX_CELL_PT, MAX_STACKED_PT = 48, 62
GAP_CELLS = 4.4
"""How far grids move apart where there is room, in cells' widths."""
SWATCH_PT = 15

TITLE_PT = 23
LETTERS_PT = 16
TEXT_PT = 14
LEGEND_PT = 13
FORMULA_PT = 17
MIN_TEXT_PT = 9
MIN_READABLE_PX = 7
PREFERRED_NUMBER_PT = 10
PREFERRED_CORNER_PT = 8
MAX_NUMBER_PT = 18


class Pixels(NamedTuple):
    """The pixels that points become: what has to be sharp is placed on whole ones."""

    per_pt: float

    def nearest(self, points: float) -> float:
        """Return the place of the nearest edge between pixels."""
        return round(points * self.per_pt) / self.per_pt

    def at_most(self, points: float) -> float:
        """Return the most whole pixels that are no longer than this, and at least one."""
        return max(1, int(points * self.per_pt + 1e-6)) / self.per_pt

    def line(self, points: float) -> float:
        """Return the width of a line, at least a pixel."""
        return max(1, round(points * self.per_pt)) / self.per_pt

    def middle(self, points: float, width: float) -> float:
        """Return the middle of a line of whole pixels, as near as they let it be."""
        return self.nearest(points) + round(width * self.per_pt) % 2 / 2 / self.per_pt


class Sizing(NamedTuple):
    """How large a picture is to be: one of the three, or a pixel a point."""

    scale: float = 1.0
    """Pixels a point."""
    width_px: int | None = None
    """How wide the canvas is."""
    size_px: tuple[int, int] | None = None
    """How wide and how high the canvas is."""

    def px_per_pt(self, width: float, height: float) -> float:
        """Return the scale of a picture of this size in points."""
        if self.size_px:
            return min(self.size_px[0] / width, self.size_px[1] / height)
        return self.width_px / width if self.width_px else self.scale

    def canvas_px(self, width: float, height: float) -> tuple[int, int]:
        """Return how many pixels the canvas of such a picture has, (width, height)."""
        scale = self.px_per_pt(width, height)
        across = self.width_px or round(width * scale)
        return self.size_px or (across, round(height * scale))


def even(side_px: int) -> int:
    """Return how long a side is in formats of which sides are even."""
    return side_px + side_px % 2
