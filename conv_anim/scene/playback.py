"""The player: turns frames into what every cell is at each of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from conv_anim.scene.scene import Box, Change, Frame, Grid
from conv_anim.scene.states import State


@dataclass(eq=False)
class Cells:
    """What the cells of a grid are at one moment, each array (rows, columns)."""

    states: NDArray[np.uint8]
    levels: NDArray[np.int8]
    labels: NDArray[np.intp]
    corners: NDArray[np.intp]
    has_corners: bool = False
    """Whether any cell of the grid ever has a number in its corner."""

    @classmethod
    def of(cls, grid: Grid) -> "Cells":
        """Return the cells before the first frame."""
        shape = grid.states.shape
        return cls(
            grid.states.copy(),
            np.full(shape, -1, np.int8) if grid.levels is None else grid.levels.copy(),
            np.zeros(shape, np.intp) if grid.labels is None else grid.labels.copy(),
            np.zeros(shape, np.intp),
            grid.has_corners,
        )

    def change(self, change: Change) -> None:
        """Change cells."""
        at = change.rows, change.columns
        self.states[at] = change.states
        if change.labels is not None:
            self.labels[at] = change.labels
        if change.corners is not None:
            self.corners[at] = change.corners
        if change.levels is not None:
            self.levels[at] = change.levels

    def undoing(self, change: Change) -> Change:
        """Return the change that takes back a change which has not been made yet."""
        at = change.rows, change.columns
        return change._replace(
            states=self.states[at],
            labels=None if change.labels is None else self.labels[at],
            corners=None if change.corners is None else self.corners[at],
            levels=None if change.levels is None else self.levels[at],
        )

    def block(self, rows: slice = slice(None), columns: slice = slice(None)) -> "Cells":
        """Return a rectangle of cells; it changes with them."""
        at = rows, columns
        arrays = self.states[at], self.levels[at], self.labels[at], self.corners[at]
        return Cells(*arrays, self.has_corners)

    def copy(self) -> "Cells":
        """Return the same cells, which stay as they are."""
        arrays = self.states.copy(), self.levels.copy(), self.labels.copy(), self.corners.copy()
        return Cells(*arrays, self.has_corners)


class Player:
    """Shows frames one after another; ``cells`` are what the frame shown last makes of them."""

    def __init__(self, grids: Mapping[str, Grid]) -> None:
        self.cells = {role: Cells.of(grid) for role, grid in grids.items()}
        self._undoing: list[tuple[Change, Box]] = []
        """What takes back that which the last frame alone shows, the latest first."""

    def show(self, frame: Frame) -> list[Box]:
        """Show the next frame; return the rectangles in which cells may have become different."""
        boxes = []
        for change, box in self._undoing:
            self.cells[change.grid].change(change)
            boxes.append(box)
        for change in frame.changes:
            self.cells[change.grid].change(change)
            boxes.append(_box(change))
        self._undoing = []
        for change in frame.shows:
            cells, box = self.cells[change.grid], _box(change)
            self._undoing.insert(0, (cells.undoing(change), box))
            cells.change(change)
            boxes.append(box)
        return _joined(boxes)


def _box(change: Change) -> Box:
    """Return the rectangle round the cells that change."""
    top, left = int(change.rows.min()), int(change.columns.min())
    rows, columns = int(change.rows.max()) + 1 - top, int(change.columns.max()) + 1 - left
    return Box(change.grid, top, left, rows, columns)


def _joined(boxes: Iterable[Box]) -> list[Box]:
    """Return fewer boxes: of a grid's, neighbours are joined where that takes no more cells."""
    joined: dict[str, list[Box]] = {}
    for box in boxes:
        mine = joined.setdefault(box.grid, [])
        if mine and (both := mine[-1].with_other(box)).n_cells <= mine[-1].n_cells + box.n_cells:
            mine[-1] = both
        else:
            mine.append(box)
    return [box for mine in joined.values() for box in mine]


def played(grids: Mapping[str, Grid], frames: Iterable[Frame]) -> Iterator[dict[str, Cells]]:
    """Yield the cells of all grids, by their roles, at each frame."""
    player = Player(grids)
    for frame in frames:
        player.show(frame)
        yield {role: cells.copy() for role, cells in player.cells.items()}


def occurring(grids: Mapping[str, Grid], frames: Iterable[Frame]) -> set[State]:
    """Return the kinds of cells that occur in any frame."""
    player = Player(grids)
    whole = [Box(role, 0, 0, *grid.states.shape) for role, grid in grids.items()]
    seen = np.zeros(256, dtype=bool)
    for number, frame in enumerate(frames):
        changed = player.show(frame)
        for box in changed if number else whole:
            states = player.cells[box.grid].states[box.area]
            seen |= np.bincount(states.ravel(), minlength=256) > 0
    return {state for state in State if seen[state]}
