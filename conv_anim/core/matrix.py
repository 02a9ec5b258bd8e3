"""A layer as a matrix: what it makes of the unrolled input, row by row, is the unrolled output.

Chapter 4.1, arXiv 1603.07285. With *o* output and *i* input cells in all, the matrix has shape
(o, i); both are unrolled row by row. A transposed layer's is that of the standard layer with the
same sizes that leads back, transposed.
"""

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import steps
from conv_anim.core.layer import Layer
from conv_anim.core.steps import Indexes


def tap_numbers(layer: Layer) -> Indexes:
    """Return the kernel's taps as they are drawn, counted from 1 row by row, shape *k*.

    In the zero-insertion picture of a transposed layer the kernel is turned by 180°.
    """
    numbers = np.arange(1, layer.k[0] * layer.k[1] + 1).reshape(layer.k)
    return numbers[::-1, ::-1] if layer.inserts_zeros else numbers


def uses(layer: Layer, axis: int) -> NDArray[np.bool_]:
    """Return for every drawn tap, output and input cell of an axis whether that tap joins them.

    Shape (k, o, i). Padding that copies has its numbers from input cells, too.
    """
    drawn = layer.axes[axis]
    result = np.zeros((drawn.kernel_size, drawn.output_size, drawn.input_size), dtype=bool)
    sources = steps.origins(layer, axis)[steps.taps(drawn)]
    position, tap = np.nonzero(sources >= 0)
    result[tap, position, sources[position, tap]] = True
    return result


def matrix(layer: Layer, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the matrix with these *weights* of the taps as they are drawn, shape *k*."""
    rows, columns = uses(layer, 0), uses(layer, 1)
    result = np.zeros((rows.shape[1] * columns.shape[1], rows.shape[2] * columns.shape[2]))
    for row, column in np.ndindex(*layer.k):
        result += weights[row, column] * np.kron(rows[row], columns[column])
    return result


def taps_at(layer: Layer) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return the numbers of the taps of each entry that has any, in ascending order."""
    rows, columns = uses(layer, 0), uses(layer, 1)
    found: dict[tuple[int, int], list[int]] = {}
    for (row, column), number in np.ndenumerate(tap_numbers(layer)):
        for at in np.argwhere(np.kron(rows[row], columns[column])).tolist():
            found.setdefault((at[0], at[1]), []).append(int(number))
    return {at: tuple(sorted(numbers)) for at, numbers in found.items()}
