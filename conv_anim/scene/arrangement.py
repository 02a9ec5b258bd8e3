"""How the grids of a picture are placed: side by side, or one above the other in perspective."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

Shape = tuple[int, int]
"""(rows, columns)."""

CAPTION_PT = 96
NARROW_PT = 60
_SIGN_PT, _CHARACTER_PT = 24, 12
_STRIP_GAP, _LOW_GAP = 1.7, 1.0
_STRIP_PT = 36
_LABELLED_GAP, LABELLED_PT = 1.3, 26
"""Between labelled rows: in cells, and at least so many points."""
_ABOVE_GAP = 0.9
_COLUMN_GAP, _JOINT_GAP = 2.2, 2.4
_VOLUME_GAP = 1.1


class Area(NamedTuple):
    """What is known of a grid before anything is drawn."""

    words: str
    """What a sentence calls it."""
    shape: Shape
    """(rows, columns)."""
    caption_pt: int = CAPTION_PT
    """The room that its captions may count on, however narrow the grid."""
    step: float = 1
    """In a strip, from one cell to the next, in cells' widths."""
    start: float = 0.0
    """In a strip, where the first cell begins, in cells' widths."""
    above: str = ""
    """The role of the grid over whose columns it is, of those side by side; empty for none."""
    sign: str = ""
    """What is written between it and the grid that it is above."""
    column: int = 0
    """In columns or volumes, in which one it is."""
    beside: str = ""
    """In columns, the role of the grid beside whose middle its own is; empty for none."""
    name: str = ""
    """In columns, what is written to the left of it."""
    more: str = ""
    """In columns, what is written below it of those that are left out."""
    more_above: str = ""
    """The same, above it."""


class Order(Enum):
    """How the grids of a picture are placed."""

    BESIDE = "beside"
    """Side by side, from left to right; one may be above another, column over column."""
    STACKED = "stacked"
    """One above the other, seen in perspective, the lowest first."""
    STRIPS = "strips"
    """Single rows below each other, what belongs together at the same place."""
    LABELLED = "labelled"
    """The same, with what is written of each at its left."""
    COLUMNS = "columns"
    """Side by side in columns of several, such as the planes of an array."""
    VOLUMES = "volumes"
    """Side by side, those of a column one behind another, the first in front."""


@dataclass(frozen=True)
class Arrangement:
    """What is known of the grids of a picture before anything is drawn."""

    areas: Mapping[str, Area]
    """The grids by their roles, in their order."""
    gaps: tuple[float, ...]
    """The cells' widths that are left free between neighbours."""
    signs: tuple[str, ...] = ()
    """What is written between neighbours, if anything is."""
    order: Order = Order.BESIDE
    joint: int | None = None
    """In columns, the gap in which a sign says that what leads to it is added; None for none."""

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The grids' roles, in their order."""
        return tuple(self.areas)

    @cached_property
    def row(self) -> tuple[str, ...]:
        """The roles of the grids of which none is above another."""
        return tuple(role for role, area in self.areas.items() if not area.above)

    @cached_property
    def upper(self) -> Mapping[str, str]:
        """The roles of the grids above others, by those of the grids below them."""
        return {area.above: role for role, area in self.areas.items() if area.above}

    @property
    def is_stacked(self) -> bool:
        """Whether the grids are seen in perspective."""
        return self.order is Order.STACKED

    @property
    def is_strips(self) -> bool:
        """Whether the grids are single rows below each other."""
        return self.order in (Order.STRIPS, Order.LABELLED)

    @property
    def labels_pt(self) -> float:
        """The room at the left of all grids for what is written of them."""
        if self.order is not Order.LABELLED:
            return 0.0
        return max(area.caption_pt for area in self.areas.values())

    @property
    def is_columns(self) -> bool:
        """Whether the grids are in columns."""
        return self.order is Order.COLUMNS

    @property
    def is_volumes(self) -> bool:
        """Whether the grids of a column are one behind another."""
        return self.order is Order.VOLUMES

    def depth(self, role: str) -> int:
        """Return how many grids are behind one; none but in volumes."""
        if not self.is_volumes:
            return 0
        column = self.columns[self.areas[role].column]
        return len(column) - 1 - column.index(role)

    @cached_property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """The roles of the grids by their columns, from left to right, each from the top."""
        n_columns = 1 + max(area.column for area in self.areas.values())
        return tuple(
            tuple(role for role, area in self.areas.items() if area.column == number)
            for number in range(n_columns)
        )

    def gaps_pt(self, cell_pt: float) -> list[float]:
        """Return the least gaps in points; a sign has its room however small cells are."""
        if self.is_strips:
            least = LABELLED_PT if self.labels_pt else _STRIP_PT
            return [max(gap * cell_pt, least) for gap in self.gaps]
        signs = self.signs or ("",) * len(self.gaps)
        return [_with_sign(gap * cell_pt, sign) for gap, sign in zip(self.gaps, signs, strict=True)]

    def gap_above_pt(self, role: str, cell_pt: float) -> float:
        """Return the gap below a grid that is above another, in points."""
        return _with_sign(_ABOVE_GAP * cell_pt, self.areas[role].sign)

    @cached_property
    def height(self) -> int:
        """Rows of the tallest, side by side."""
        return max(self.areas[role].shape[0] for role in self.row)

    def top(self, role: str) -> float:
        """Return how far below the tallest one's top a grid begins, in cells; side by side.

        Where one has another above it, none begins further up than it: what leads to it then
        stays clear of the other.
        """
        among = self.upper or self.row
        middle = max(self.areas[below].shape[0] for below in among) / 2
        return max(0.0, middle - self.areas[role].shape[0] / 2)


def _with_sign(gap_pt: float, sign: str) -> float:
    """Return a gap in points that has room for a sign."""
    return max(gap_pt, _SIGN_PT + len(sign) * _CHARACTER_PT if sign else 0)


def in_columns(areas: Mapping[str, Area], joint: int | None) -> Arrangement:
    """Return grids in columns, with room between them for what leads from one to the next."""
    n_gaps = max(area.column for area in areas.values())
    gaps = [_COLUMN_GAP + _JOINT_GAP * (number == joint) for number in range(n_gaps)]
    return Arrangement(areas, tuple(gaps), order=Order.COLUMNS, joint=joint)


def in_volumes(areas: Mapping[str, Area], signs: tuple[str, ...]) -> Arrangement:
    """Return volumes side by side, with signs between them."""
    return Arrangement(areas, (_VOLUME_GAP,) * len(signs), signs=signs, order=Order.VOLUMES)


def beside(areas: Mapping[str, Area]) -> Arrangement:
    """Return grids side by side."""
    gap = max(3, sum(area.shape[1] for area in areas.values()) // 12)
    return Arrangement(areas, (gap,))


def strips(areas: Mapping[str, Area], *others: tuple[str, Area]) -> Arrangement:
    """Return single rows below each other, with room for what leads from one to the next.

    The *others* come below, where nothing leads to.
    """
    gaps = (*[_STRIP_GAP] * (len(areas) - 1), *[_LOW_GAP] * len(others))
    return Arrangement({**areas, **dict(others)}, gaps, order=Order.STRIPS)


def labelled(areas: Mapping[str, Area]) -> Arrangement:
    """Return single rows below each other, with room at their left for what is written of them."""
    return Arrangement(areas, (_LABELLED_GAP,) * (len(areas) - 1), order=Order.LABELLED)
