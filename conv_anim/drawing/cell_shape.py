"""A cell's share of the canvas, on whole pixels: a square, or in perspective a parallelogram."""

from typing import NamedTuple

# Of cells in perspective, for each pixel of their width.
_FLATNESS = 0.55
_SLANT = 0.35
_WIDE_GAP_PX = 20


class CellShape(NamedTuple):
    """The size of a cell with the gap round it, in pixels."""

    width: int
    height: int
    slant: int = 0
    """How much further to the left each row of cells begins than the one behind it."""

    @classmethod
    def of(cls, width: int, *, is_slanted: bool = False) -> "CellShape":
        """Return a cell of this width."""
        if not is_slanted:
            return cls(width, width)
        return cls(width, round(_FLATNESS * width), round(_SLANT * width))

    @property
    def face(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what is no gap, the latter two being outside."""
        across, down = (2 if size >= _WIDE_GAP_PX else 1 for size in self[:2])
        if self.slant:
            across = 2  # so that smooth edges keep to their own cell
        left, top = across // 2, down // 2
        return left, top, self.width - (across - left), self.height - (down - top)

    def size(self, rows: int, columns: int) -> tuple[int, int]:
        """Return (width, height) of the box round a grid."""
        return columns * self.width + rows * self.slant, rows * self.height

    def shift(self, y: float, rows: int) -> float:
        """Return how far to the right a point of a grid is, *y* pixels from its back edge."""
        return self.slant * (rows * self.height - y) / self.height

    def shifts(self, rows: int) -> list[int]:
        """Return the same for the middle of each line of pixels of a grid, in whole pixels."""
        double = 2 * self.height  # whole numbers, so that every row of cells has the same shape
        lines = rows * self.height
        return [(self.slant * (2 * (lines - y) - 1) + self.height) // double for y in range(lines)]
