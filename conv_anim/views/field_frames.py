"""The frames of the field view: from each output cell the way down, layer by layer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import fields, steps
from conv_anim.core.fields import Cells, Counts
from conv_anim.core.layer import Layer
from conv_anim.core.network import Network
from conv_anim.core.steps import Indexes
from conv_anim.scene.scene import Box, Change, Chunks, Frame, Grid, Joint, Link
from conv_anim.scene.states import State
from conv_anim.views.field_rows import Row, counter, rows, spreads
from conv_anim.views.string_table import Strings

MOST_THREADS = 80
"""Lines between two rows; where there were more, none is drawn."""
_MOST_WAYS = 999
"""What can be written in a cell."""


class Level(NamedTuple):
    """What of a row an output cell depends on, and what leads to it from above."""

    ways: Counts
    """How many ways lead to each real cell."""
    read: Indexes
    """The cells of the row that are read, padding among them, by their places in it."""
    threads: tuple[tuple[int, int], ...]
    """Pairs of places, in this row and in the one above: which is read for which."""


def levels(network: Network, found: Sequence[Row], cell: int) -> list[Level]:
    """Return the rows' levels for an output cell, the input first."""
    axis = network.axis
    along: Counts = fields.one(network.output_size[axis], cell).astype(np.int64)
    levels = [Level(along, np.array([cell]), ())]
    for number in range(len(network.layers) - 1, -1, -1):
        layer, above = network.layers[number], found[number + 1].padding[0]
        pairs = _read(layer, axis, np.flatnonzero(along))
        along = fields.ways_back(layer, axis, along)
        threads = tuple((int(place), int(head) + above) for place, head in pairs)
        levels.append(Level(along, np.unique(pairs[:, 0]), threads))
    return levels[::-1]


def _read(layer: Layer, axis: int, heads: Indexes) -> Indexes:
    """Return (place, head) for all cells that are read for some cells above, padding among them."""
    drawn = layer.axes[axis]
    tap = np.arange(drawn.kernel_size) * drawn.dilation
    places = drawn.cropped[0] + np.add.outer(heads * drawn.stride, tap)
    above = np.broadcast_to(heads[:, np.newaxis], places.shape)
    if spreads(layer, axis):
        places = steps.origins(layer, axis)[places]
    pairs: Indexes = np.stack([places[places >= 0], above[places >= 0]], axis=1)
    return pairs


def ways_written(
    network: Network, chosen: Sequence[int]
) -> tuple[tuple[str, ...], dict[int, Indexes]]:
    """Return the texts of all numbers of ways, and each number's place among them.

    There are none where every way is the only one.
    """
    found = rows(network)
    numbers: set[int] = set()
    for cell in chosen:
        for level in levels(network, found, cell):
            numbers.update(int(number) for number in set(level.ways.tolist()))
    strings = Strings(0)
    if max(numbers) < 2:
        return strings.all, {}
    written = [number for number in sorted(numbers) if 0 < number <= _MOST_WAYS]
    places = {number: np.array(strings.place(str(number))) for number in written}
    return strings.all, places


def grids(
    network: Network, found: Sequence[Row], captions: Mapping[str, Chunks]
) -> dict[str, Grid]:
    """Return the rows as they are before anything is seen, by their roles."""
    axis = network.axis
    needed = [np.ones(network.output_size[axis], bool)]
    for layer in reversed(network.layers):
        needed.append(fields.back(layer, axis, needed[-1]))
    all_cells = zip(needed[::-1], seeing(network), strict=True)
    return {
        row.role: Grid(_resting(network, number, row, *cells), captions[row.role])
        for number, (row, cells) in enumerate(zip(found, all_cells, strict=True))
    }


def seeing(network: Network) -> list[Cells]:
    """Return which cells of each row see any of the input's, which all see themselves."""
    found: list[Cells] = [np.ones(network.i[network.axis], bool)]
    for layer in network.layers:
        found.append(fields.forward(layer, network.axis, found[-1]))
    return found


def _resting(
    network: Network, number: int, row: Row, is_needed: Cells, sees: Cells
) -> NDArray[np.uint8]:
    used, unused = State.TO_COME, State.UNREACHED_DONE
    if number == 0:
        used, unused = State.INPUT, State.UNREAD_INPUT
    states = np.where(is_needed, np.uint8(used), np.uint8(unused))
    states[~sees] = State.EXTRA_TO_COME
    padded = np.full(row.length, State.PADDING, np.uint8)
    padded[row.padding[0] : row.padding[0] + row.size] = states
    if sum(row.padding):
        drawn = network.layers[number].axes[network.axis]
        padded[row.length - row.outside :] = State.OUTSIDE
        unread = (steps.readings(drawn) == 0) & (padded == State.PADDING)
        padded[unread] = State.UNREAD_PADDING
    return padded[np.newaxis]


@dataclass(frozen=True, eq=False)
class FieldFrames:
    """One frame for each of the *chosen* output cells, made one at a time."""

    network: Network
    rows: Sequence[Row]
    chosen: Sequence[int]
    step_ms: int
    hold_ms: int
    places: Mapping[int, Indexes]
    """Of the texts of numbers of ways."""

    def __len__(self) -> int:
        return len(self.chosen)

    def __iter__(self) -> Iterator[Frame]:
        for cell in self.chosen:
            found = levels(self.network, self.rows, cell)
            # What nothing leads to has an outline all the same.
            head = Box("output", 0, cell, 1, 1)
            yield Frame(
                changes=(),
                shows=tuple(self._shows(found)),
                links=tuple(self._links(found)),
                counter=counter(cell + 1, self.network.n_steps),
                duration_ms=self.hold_ms if cell == self.chosen[-1] else self.step_ms,
                joint=None if len(found[-2].read) else Joint((), head, is_sum=False),
            )

    @cached_property
    def _seeing(self) -> list[Cells]:
        return seeing(self.network)

    def _shows(self, found: Sequence[Level]) -> Iterator[Change]:
        """Yield what of each row is seen."""
        rows = zip(self.rows, found, self._seeing, strict=True)
        for number, (row, level, sees) in enumerate(rows):
            counted = level.read[level.read < row.length - row.outside]
            if len(counted):
                yield _change(row.role, counted, np.uint8(State.KERNEL_ON_ZERO))
            at = np.flatnonzero(level.ways)
            if not len(at):
                continue
            states = np.where(sees[at], np.uint8(State.DONE), np.uint8(State.EXTRA_DONE))
            if number == 0:
                is_many = level.ways[at] > 1
                states = np.where(is_many, np.uint8(State.MARKED), np.uint8(State.KERNEL_ON_INPUT))
            elif number == len(found) - 1:
                states[:] = State.NOW
            labels = None
            if self.places and number < len(found) - 1:
                texts = [int(self.places.get(int(ways), np.array(0))) for ways in level.ways[at]]
                labels = np.array(texts, np.intp)
            yield _change(row.role, at + row.padding[0], states, labels)

    def _links(self, found: Sequence[Level]) -> Iterator[Link]:
        """Yield what leads from each row that is seen down to the next one."""
        last = len(found) - 1
        is_threaded = any(self._has_holes(layer) for layer in self.network.layers)
        for number in range(last, 0, -1):
            row, below = self.rows[number], self.rows[number - 1]
            head, tail = np.flatnonzero(found[number].ways), found[number - 1].read
            if not len(head) or not len(tail):
                return
            threads = found[number - 1].threads
            yield Link(
                _box(below.role, tail),
                _box(row.role, head + row.padding[0]),
                threads=threads if is_threaded and len(threads) <= MOST_THREADS else (),
                is_framed=(number == 1, number == last),
            )

    def _has_holes(self, layer: Layer) -> bool:
        axis = self.network.axis
        return layer.d[axis] > 1 and layer.k[axis] > 1


def _change(
    role: str,
    columns: Indexes,
    states: NDArray[np.uint8] | np.uint8,
    labels: Indexes | None = None,
) -> Change:
    return Change(role, np.zeros_like(columns), columns, states, labels)


def _box(role: str, columns: Indexes) -> Box:
    """Return the rectangle round cells of a row."""
    first, last = int(columns.min()), int(columns.max())
    return Box(role, 0, first, 1, last - first + 1)
