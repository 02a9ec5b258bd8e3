"""How the grids of a picture stand: side by side, or one above the other in perspective."""

from dataclasses import dataclass

from conv_anim.core.parse import Pair

CAPTION_PX = 150
NARROW_PX = 60
_SIGN_PX, _CHARACTER_PX = 16, 10


@dataclass(frozen=True)
class Arrangement:
    """What is known of the grids of a picture before anything is drawn."""

    names: tuple[str, ...]
    """What a sentence calls each grid."""
    shapes: tuple[Pair, ...]
    """(rows, columns) of each, from left to right; stacked, from the lowest upwards."""
    gaps: tuple[float, ...]
    """The cells' widths that are left free between neighbours."""
    captions_px: tuple[int, ...]
    """The room that each one's captions may count on, however narrow the grid."""
    signs: tuple[str, ...] = ()
    """What stands between neighbours, if anything does."""
    counted: int = -1
    """Which grid the counter stands above."""
    is_stacked: bool = False
    """Whether the grids lie one above the other, seen in perspective."""

    def gaps_px(self, cell_px: int) -> list[int]:
        """Return the gaps in pixels; a sign has its room however small cells are."""
        signs = self.signs or ("",) * len(self.gaps)
        return [
            max(int(gap * cell_px), _SIGN_PX + len(sign) * _CHARACTER_PX if sign else 0)
            for gap, sign in zip(self.gaps, signs, strict=True)
        ]

    @property
    def height(self) -> int:
        """Rows of the tallest, side by side."""
        return max(rows for rows, _ in self.shapes)

    @property
    def width(self) -> float:
        """Columns of all and the gaps between them, side by side, in cells' widths."""
        return sum(columns for _, columns in self.shapes) + sum(self.gaps)

    def top(self, grid: int) -> float:
        """Return how far below the tallest one's top a grid begins, in cells; side by side."""
        return (self.height - self.shapes[grid][0]) / 2
