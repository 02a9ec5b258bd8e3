"""Which cells of a layer's input an output cell depends on, and the other way round, exactly.

Everything is worked out along one axis: a cell depends on the rows and columns that its own row
and column depend on. Only real cells are kept, so that padding in the middle of a network is no
input, and copies in the padding are the cells that they are copied from.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import steps
from conv_anim.core.layer import Layer

Cells = NDArray[np.bool_]
"""Whether each cell along an axis, or of a plane, is one of some."""
Counts = NDArray[Any]
"""How many ways lead to each: int64, or Python's integers (object) where those may be too small."""

_MOST = 2**63 - 1


def back(layer: Layer, axis: int, found: Cells) -> Cells:
    """Return for each input cell along an axis whether any *found* output cell depends on it."""
    drawn, sources = layer.axes[axis], steps.origins(layer, axis)
    first = np.flatnonzero(found) * drawn.stride + drawn.cropped[0]
    reached = np.zeros(drawn.input_size + 1, dtype=bool)  # the last is what is no input cell
    for tap in range(drawn.kernel_size):
        reached[sources[first + tap * drawn.dilation]] = True
    return reached[:-1]


def forward(layer: Layer, axis: int, found: Cells) -> Cells:
    """Return for each output cell along an axis whether it depends on any *found* input cell."""
    drawn = layer.axes[axis]
    on_drawn = np.append(found, False)[steps.origins(layer, axis)]
    reached = np.zeros(drawn.output_size, dtype=bool)
    for tap in range(drawn.kernel_size):
        reached |= on_drawn[drawn.cells_under(tap)]
    return reached


def ways_back(layer: Layer, axis: int, counts: Counts) -> Counts:
    """Return how many ways lead to each input cell along an axis.

    *counts* are those that lead to each output cell.
    """
    drawn, sources = layer.axes[axis], steps.origins(layer, axis)
    at = np.flatnonzero(counts)
    most = int(counts.sum()) * drawn.kernel_size
    ways = np.zeros(drawn.input_size + 1, dtype=np.int64 if most <= _MOST else object)
    first, each = at * drawn.stride + drawn.cropped[0], counts[at].astype(ways.dtype)
    for tap in range(drawn.kernel_size):
        np.add.at(ways, sources[first + tap * drawn.dilation], each)
    return ways[:-1]


def crossed(rows: Counts, columns: Counts) -> Counts:
    """Return how many ways lead to each cell of a plane, from those along rows and columns.

    They are int64 only if all of them can be added as such.
    """
    most = int(rows.sum()) * int(columns.sum())
    kind = np.int64 if most <= _MOST else object
    ways: Counts = np.multiply.outer(rows.astype(kind), columns.astype(kind))
    return ways


def one(size: int, at: int) -> Cells:
    """Return one of *size* cells."""
    found = np.zeros(size, dtype=bool)
    found[at] = True
    return found


def ends(found: Cells) -> tuple[int, int] | None:
    """Return the first and the last of the cells along an axis, if there are any."""
    at = np.flatnonzero(found)
    return (int(at[0]), int(at[-1])) if len(at) else None
