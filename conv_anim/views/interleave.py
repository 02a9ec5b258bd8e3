"""How the two readings of a transposed layer keep in step, with i² stamps against o² steps.

After each stamp the kernel slides over those output cells that no later stamp reaches: they are
complete in both readings, and both have just added the same product.
"""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from conv_anim.core.parse import Pair
from conv_anim.core.transposed import Transposed


class Beat(NamedTuple):
    """One step of both: a stamp, and an output cell that it completes."""

    stamp: Pair
    """The input cell that stamps."""
    cell: Pair | None
    """The output cell that is filled; None if this stamp completes none."""

    def number(self, layer: Transposed) -> int:
        """Return the number of the stamp among all, from 0."""
        return self.stamp[0] * layer.i[1] + self.stamp[1]


def beats(layer: Transposed) -> Iterator[Beat]:
    """Yield all steps: stamps in the order of the input, with the cells that each completes."""
    rows, columns = _completed(layer, 0), _completed(layer, 1)
    for row, column in product(range(layer.i[0]), range(layer.i[1])):
        cells = list(product(rows[row], columns[column]))
        yield from (Beat((row, column), cell) for cell in cells)
        if not cells:
            yield Beat((row, column), None)


def n_beats(layer: Transposed) -> int:
    """Return the number of steps."""
    rows, columns = (sum(1 for cells in _completed(layer, axis) if cells) for axis in range(2))
    return layer.n_steps + layer.n_inputs - rows * columns


def _completed(layer: Transposed, axis: int) -> list[list[int]]:
    """Return for each input cell along an axis the output cells whose last stamp is its own.

    A cell that none reaches goes with the stamp that begins at it or last before it.
    """
    completed: list[list[int]] = [[] for _ in range(layer.i[axis])]
    stride, dilation = layer.s[axis], layer.d[axis]
    reach = dilation * (layer.k[axis] - 1)
    for cell in range(layer.output_size[axis]):
        place = cell + layer.p[axis][0]
        nearest = min(place // stride, layer.i[axis] - 1)
        reaching = (
            stamp
            for stamp in range(nearest, -1, -1)
            if place - stamp * stride <= reach and (place - stamp * stride) % dilation == 0
        )
        completed[next(reaching, nearest)].append(cell)
    return completed
