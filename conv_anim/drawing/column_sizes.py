"""Grids in columns, such as the planes of an array: how wide and high they are together."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol

from conv_anim.scene.arrangement import Area, Arrangement

NAME_PT = 30
"""The room for what is written beside a grid."""
MORE_BESIDE_PT = 76
"""The same if it is of grids that are left out: what leads to a grid would cross it below one."""
MORE_PT = 30
"""The room for what is written of grids that are left out."""
_GAP_CELLS, _LEAST_GAP_PT = 0.5, 12


class Sized(Protocol):
    """Cells of some size."""

    def size(self, rows: int, columns: int) -> tuple[float, float]:
        """Return (width, height) of the box round a grid."""


def widths(arrangement: Arrangement, cell: Sized) -> list[float]:
    """Return how wide columns are, each with the room that its captions need."""
    return [
        max(max(cell.size(*area.shape)[0], area.caption_pt) for area in _areas(arrangement, column))
        for column in arrangement.columns
    ]


def sides(arrangement: Arrangement) -> tuple[float, float]:
    """Return how much room what is written beside grids takes at the left and at the right."""
    first, last = (_areas(arrangement, arrangement.columns[place]) for place in (0, -1))
    left, right = (NAME_PT * any(area.name for area in areas) for areas in (first, last))
    if any(is_lower(arrangement, role) and _has_more(arrangement.areas[role])
           for role in arrangement.columns[0]):  # fmt: skip
        left = MORE_BESIDE_PT
    return left, MORE_BESIDE_PT if any(map(_has_more, last)) else right


def is_lower(arrangement: Arrangement, role: str) -> bool:
    """Return whether a grid is lower than one beside it: what leads there goes above and below."""
    rows = arrangement.areas[role].shape[0]
    return any(area.beside == role and area.shape[0] > rows for area in arrangement.areas.values())


def _has_more(area: Area) -> bool:
    return bool(area.more or area.more_above)


def height(arrangement: Arrangement, cell: Sized) -> float:
    """Return how high the highest column is."""
    return max(_height(arrangement, column, cell) for column in arrangement.columns)


def tops(arrangement: Arrangement, cell: Sized) -> dict[str, float]:
    """Return where grids begin, from where the highest column does; all have one middle."""
    whole = height(arrangement, cell)
    found: dict[str, float] = {}
    for column in arrangement.columns:
        start = (whole - _height(arrangement, column, cell)) / 2
        for role, top in zip(column, _starts(arrangement, column, cell), strict=False):
            own = cell.size(*arrangement.areas[role].shape)[1]
            found[role] = start + top + (_room(arrangement, role, cell) - own) / 2
    for role, area in arrangement.areas.items():
        if area.beside:
            other = arrangement.areas[area.beside]
            lower = cell.size(*other.shape)[1] - cell.size(*area.shape)[1]
            found[role] = found[area.beside] + lower / 2
    return found


def below(area: Area) -> float:
    """Return the room that what is written below the last grid of a column takes."""
    return MORE_PT * bool(area.more)


def _areas(arrangement: Arrangement, column: Sequence[str]) -> list[Area]:
    return [arrangement.areas[role] for role in column]


def _height(arrangement: Arrangement, column: Sequence[str], cell: Sized) -> float:
    """Return how high a column is by itself; grids beside others add nothing."""
    areas = _areas(arrangement, column)
    if any(area.beside for area in areas):
        return 0.0
    end = _starts(arrangement, column, cell)[-1] - _least_gap(cell)
    return end + below(areas[-1])


def _starts(arrangement: Arrangement, column: Sequence[str], cell: Sized) -> list[float]:
    """Return where the grids of a column begin, and one more would."""
    areas = _areas(arrangement, column)
    steps = (
        _room(arrangement, role, cell) + _gap(area, cell)
        for role, area in zip(column, areas, strict=True)
    )
    return [*accumulate(steps, initial=MORE_PT * bool(areas[0].more_above))]


def _room(arrangement: Arrangement, role: str, cell: Sized) -> float:
    """Return how high a grid is, or the one beside it if that is higher."""
    areas = [arrangement.areas[role]]
    areas += [area for area in arrangement.areas.values() if area.beside == role]
    return max(cell.size(*area.shape)[1] for area in areas)


def _gap(area: Area, cell: Sized) -> float:
    """Return the room below a grid."""
    return _least_gap(cell) + below(area)


def _least_gap(cell: Sized) -> float:
    _, one = cell.size(1, 1)
    return max(_GAP_CELLS * one, _LEAST_GAP_PT)
