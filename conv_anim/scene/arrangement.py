"""How the grids of a picture are placed: side by side, or one above the other in perspective."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

Shape = tuple[int, int]
"""(rows, columns)."""

CAPTION_PX = 150
NARROW_PX = 60
_SIGN_PX, _CHARACTER_PX = 16, 10


class Area(NamedTuple):
    """What is known of a grid before anything is drawn."""

    words: str
    """What a sentence calls it."""
    shape: Shape
    """(rows, columns)."""
    caption_px: int = CAPTION_PX
    """The room that its captions may count on, however narrow the grid."""


@dataclass(frozen=True)
class Arrangement:
    """What is known of the grids of a picture before anything is drawn."""

    areas: Mapping[str, Area]
    """The grids by their roles, from left to right; stacked, from the lowest upwards."""
    gaps: tuple[float, ...]
    """The cells' widths that are left free between neighbours."""
    counted: str
    """The role of the grid above which the counter is placed."""
    signs: tuple[str, ...] = ()
    """What is written between neighbours, if anything is."""
    is_stacked: bool = False
    """Whether the grids lie one above the other, seen in perspective."""

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The grids' roles, in their order."""
        return tuple(self.areas)

    @property
    def is_counted_last(self) -> bool:
        """Whether the counter is above the last grid."""
        return self.counted == self.roles[-1]

    def gaps_px(self, cell_px: int) -> list[int]:
        """Return the gaps in pixels; a sign has its room however small cells are."""
        signs = self.signs or ("",) * len(self.gaps)
        return [
            max(int(gap * cell_px), _SIGN_PX + len(sign) * _CHARACTER_PX if sign else 0)
            for gap, sign in zip(self.gaps, signs, strict=True)
        ]

    @cached_property
    def height(self) -> int:
        """Rows of the tallest, side by side."""
        return max(area.shape[0] for area in self.areas.values())

    @property
    def width(self) -> float:
        """Columns of all and the gaps between them, side by side, in cells' widths."""
        return sum(area.shape[1] for area in self.areas.values()) + sum(self.gaps)

    def top(self, role: str) -> float:
        """Return how far below the tallest one's top a grid begins, in cells; side by side."""
        return (self.height - self.areas[role].shape[0]) / 2


def beside(areas: Mapping[str, Area]) -> Arrangement:
    """Return two grids side by side, the counter above the second."""
    gap = max(3, sum(area.shape[1] for area in areas.values()) // 12)
    return Arrangement(areas, (gap,), counted=[*areas][-1])
