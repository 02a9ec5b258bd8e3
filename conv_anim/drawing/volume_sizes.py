"""Planes one behind another, such as the channels of an array: how much room they take together."""

from collections.abc import Sequence
from typing import Protocol

from conv_anim.scene.arrangement import Arrangement

ASIDE, UP = 1.3, 1.0
"""How much further to the right and up each plane is than the one before it, in cells."""


class Sized(Protocol):
    """Cells of some size."""

    def size(self, rows: int, columns: int) -> tuple[float, float]:
        """Return (width, height) of the box round a grid."""


def shift(cell: Sized) -> tuple[float, float]:
    """Return how far each plane is behind the one before it, to the right and up, in points."""
    width, height = cell.size(1, 1)
    return ASIDE * width, UP * height


def size(arrangement: Arrangement, roles: Sequence[str], cell: Sized) -> tuple[float, float]:
    """Return (width, height) of the box round planes one behind another."""
    across, down = cell.size(*arrangement.areas[roles[0]].shape)
    aside, up = shift(cell)
    behind = len(roles) - 1
    return across + behind * aside, down + behind * up


def widths(arrangement: Arrangement, cell: Sized) -> list[float]:
    """Return how wide volumes are, each with the room that its captions need."""
    return [
        max(size(arrangement, roles, cell)[0], arrangement.areas[roles[0]].caption_pt)
        for roles in arrangement.columns
    ]


def height(arrangement: Arrangement, cell: Sized) -> float:
    """Return how high the highest volume is."""
    return max(size(arrangement, roles, cell)[1] for roles in arrangement.columns)
