"""What stamps leave in the cells of the full output: running sums, counts, or numbers of taps.

The full output has (i − 1)s + K cells along an axis, and more where output padding reaches
further; input cell a stamps tap u onto cell a·s + u·d.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from conv_anim.core.plane import Plane
from conv_anim.core.steps import Indexes
from conv_anim.core.transposed import Transposed
from conv_anim.core.values import Array
from conv_anim.scene.scene import SHADES, Chunks, Grid, Scale
from conv_anim.scene.states import State
from conv_anim.views.string_table import Strings


@dataclass(frozen=True, eq=False)
class Stamped:
    """The texts and shades of the cells of the full output; all are places in *strings*."""

    strings: tuple[str, ...]
    after: "NDArray[np.intp] | _RunningCounts | None" = None
    """What each stamp's cells say after it, by its step, shape *k*."""
    final: NDArray[np.intp] | None = None
    """What all cells say at the end, (rows, columns)."""
    texts: tuple[Indexes, ...] = ()
    """Places among which all are that cells say, for their width."""
    stays: bool = True
    """Whether cells say it still after the next stamp."""
    input: NDArray[np.intp] | None = None
    weights: NDArray[np.intp] | None = None
    """The corners of a stamp's cells, shape *k*."""
    levels: NDArray[np.int8] | None = None
    """Shades of the numbers in ``after``, by their places in *strings*."""
    scale: Scale | None = None
    kernel: Grid | None = None
    """The kernel's own grid, while nothing is stamped, if it has one."""
    products: NDArray[np.intp] | None = None
    """What it says at each step, (steps, *k*)."""

    def shades(self, places: Indexes) -> NDArray[np.int8] | None:
        """Return the shades of cells that say this."""
        return None if self.levels is None else self.levels[places]


def places(layer: Transposed, axis: int) -> Indexes:
    """Return the cells of the canvas that each input cell's taps fall on, (i, k)."""
    anchors = np.arange(layer.i[axis])[:, np.newaxis] * layer.s[axis]
    return anchors + np.arange(layer.k[axis]) * layer.d[axis]


class _RunningCounts:
    """How often the cells of each stamp have been stamped after it, shape *k*.

    A stamp (a, b) follows all of the rows before a, and in row a those up to b.
    """

    def __init__(self, layer: Transposed) -> None:
        self._width = layer.i[1]
        self._places = places(layer, 0), places(layer, 1)
        self._counts = [
            np.cumsum(_is_stamped(layer, axis), axis=0, dtype=np.intp) for axis in range(2)
        ]

    def __getitem__(self, step: int) -> Indexes:
        at = divmod(step, self._width)
        rows, columns = (places[cell] for places, cell in zip(self._places, at, strict=True))
        above = self._counts[0][at[0], rows] - 1
        in_row, in_all = (self._counts[1][until, columns] for until in (at[1], -1))
        counts: Indexes = in_row + np.multiply.outer(above, in_all)
        return counts

    @property
    def final(self) -> Indexes:
        """How often all cells have been stamped at the end, (rows, columns)."""
        final: Indexes = np.multiply.outer(self._counts[0][-1], self._counts[1][-1])
        return final


def _is_stamped(layer: Transposed, axis: int) -> NDArray[np.bool_]:
    """Return which cells of the canvas each input cell's stamp falls on, (i, cells)."""
    stamped = np.zeros((layer.i[axis], layer.canvas_size[axis]), dtype=bool)
    np.put_along_axis(stamped, places(layer, axis), True, axis=1)
    return stamped


def running(
    layer: Transposed, products: Array, bias: float
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Return what each stamp's cells hold after it, what all do at the end, and which say it.

    *products* is what each input cell stamps, (input cells, *k*), and so is the first array; the
    others are (rows, columns) of the canvas.
    """
    rows, columns = places(layer, 0), places(layer, 1)
    sums = np.zeros(layer.canvas_size)
    after = np.zeros((layer.n_inputs, *layer.k))
    for step, (row, column) in enumerate(np.ndindex(*layer.i)):
        at = np.ix_(rows[row], columns[column])
        sums[at] += products[step]
        after[step] = sums[at]
    kept = inside(layer)
    return after, np.where(kept, sums + bias, sums), is_reached(layer) | kept


def running_sums(layer: Transposed, values: Plane, strings: Strings) -> Stamped:
    """Return the sums after each step as they are written, «» where nothing is stamped."""
    assert values.kernel is not None
    products = values.input.reshape(-1, 1, 1) * values.kernel
    sums, results, has_text = running(layer, products, values.bias)
    after = strings.written(sums)
    final = np.where(has_text, strings.written(results), 0)
    return Stamped(
        after=after,
        final=final,
        texts=(after, final),
        input=strings.written(values.input),
        weights=strings.written(values.kernel, "×"),
        strings=strings.all,
    )


def with_kernel(sums: Stamped, values: Plane, strings: Strings, captions: Chunks) -> Stamped:
    """Return *sums* with a grid for the kernel that says what is added, instead of in corners.

    It has the weights, and at each step their products with the input cell: «1·2».
    """
    assert values.kernel is not None
    weights = values.kernel
    products = strings.products(values.input, weights)
    at_rest = strings.written(weights)
    kernel = Grid(
        np.full(weights.shape, State.WEIGHT, np.uint8), captions, labels=at_rest, is_outlined=True
    )
    return replace(
        sums,
        kernel=kernel,
        products=products.reshape(-1, *weights.shape),
        weights=None,
        strings=strings.all,
    )


def numbered(layer: Transposed, taps: Indexes, strings: tuple[str, ...]) -> Stamped:
    """Return what the *taps* say, shape *k*, on each stamp for as long as it is made."""
    return Stamped(
        after=np.broadcast_to(taps, (layer.n_inputs, *layer.k)),
        final=np.zeros(layer.canvas_size, np.intp),
        texts=(taps,),
        stays=False,
        strings=strings,
    )


def is_reached(layer: Transposed) -> NDArray[np.bool_]:
    """Return which cells of the canvas any stamp falls on."""
    return np.logical_and.outer(*(_is_stamped(layer, axis).any(axis=0) for axis in range(2)))


def inside(layer: Transposed) -> NDArray[np.bool_]:
    """Return which cells of the canvas are the output."""
    sides = []
    for axis, size in enumerate(layer.canvas_size):
        place, before = np.arange(size), layer.p[axis][0]
        sides.append((place >= before) & (place < before + layer.output_size[axis]))
    return np.logical_and.outer(*sides)


def counts(layer: Transposed) -> Stamped:
    """Return how often cells are stamped, as numbers and as shades."""
    running = _RunningCounts(layer)
    most = int(running.final.max())
    numbers = np.arange(most + 1)
    only = SHADES * 2 // 3  # as the legend has it
    shade = (numbers - 1) * (SHADES - 1) // (most - 1) if most > 1 else only
    shades = np.where(numbers > 0, shade, -1)
    return Stamped(
        strings=("", *map(str, numbers[1:])),
        after=running,
        final=running.final,
        texts=(running.final,),
        levels=shades.astype(np.int8),
        scale=Scale("1", str(most)) if most > 1 else None,
    )
