"""The numbers: what every drawn cell holds, and what each step makes of them.

Arrays have a leading channel axis; there is one channel for now.
"""

import random
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import kernels, steps
from conv_anim.core.arrays import Numbers
from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair
from conv_anim.core.pool import AVERAGE, MAX
from conv_anim.core.steps import Indexes
from conv_anim.errors import InputError

Array = NDArray[np.float64]

_MOST_RANDOM = {"input": 3, "kernel": 2}


@dataclass(frozen=True, eq=False)
class Values:
    """The numbers of a layer.

    ``input`` has shape (1, rows, columns), ``kernel`` (1, rows, columns) as the framework takes
    it, None for a pooling layer.
    """

    layer: Layer
    input: Array
    kernel: Array | None
    bias: float = 0.0

    @cached_property
    def origins(self) -> tuple[Indexes, Indexes]:
        """For each drawn row and column the input's from which its numbers come, or −1."""
        rows, columns = (steps.origins(self.layer, axis) for axis in range(2))
        return rows, columns

    @cached_property
    def drawn(self) -> Array:
        """What the grid that the kernel slides over holds, (1, rows, columns).

        Padding has zeros or copies; in max pooling it never counts, and is −∞.
        """
        rows, columns = self.origins
        copied = self.input[:, rows[:, np.newaxis], columns]
        return np.where((rows[:, np.newaxis] >= 0) & (columns >= 0), copied, self._least)

    @cached_property
    def weights(self) -> Array | None:
        """The kernel as it is drawn, (1, rows, columns): of a transposed layer turned by 180°."""
        if self.kernel is None or not self.layer.inserts_zeros:
            return self.kernel
        return self.kernel[:, ::-1, ::-1]

    @cached_property
    def output(self) -> Array:
        """What the layer computes, (1, rows, columns)."""
        taps = self._taps
        result: Array = np.full((1, *self.layer.output_size), self._least)
        for row, column in np.ndindex(*self.layer.k):
            under = self.drawn[:, taps[0][:, row, np.newaxis], taps[1][:, column]]
            if self._is_max:
                result = np.maximum(result, under)
            else:
                weight = 1.0 if self.weights is None else self.weights[0, row, column]
                result = result + under * weight
        return result / self.counted if self.kernel is None else result + self.bias

    @cached_property
    def counted(self) -> Array:
        """How many cells each mean is divided by, (rows, columns); 1 for what is no mean."""
        if self.layer.computes != AVERAGE:
            return np.ones(self.layer.output_size)
        sides = []
        for axis in self.layer.axes:
            counts = np.isin(steps.kinds(axis), self.layer.counted_kinds)
            sides.append(counts[steps.taps(axis)].sum(axis=1))
        counted: Array = np.outer(*sides).astype(np.float64)
        return counted

    def window(self, position: Indexes) -> Array:
        """Return what is under the taps at an output cell (row, column), shape *k*."""
        rows, columns = self.under(position)
        window: Array = self.drawn[0][rows[:, np.newaxis], columns]
        return window

    def under(self, position: Indexes) -> tuple[Indexes, Indexes]:
        """Return the rows and the columns that taps fall on at an output cell."""
        rows, columns = (taps[at] for taps, at in zip(self._taps, position, strict=True))
        return rows, columns

    @cached_property
    def _taps(self) -> list[Indexes]:
        return [steps.taps(axis) for axis in self.layer.axes]

    def winner(self, position: Indexes) -> Pair:
        """Return the drawn cell with the largest number at a step; the first of equal ones."""
        rows, columns = self.under(position)
        at = np.unravel_index(int(self.window(position).argmax()), (len(rows), len(columns)))
        return int(rows[at[0]]), int(columns[at[1]])

    @property
    def _is_max(self) -> bool:
        return self.layer.computes == MAX

    @property
    def _least(self) -> float:
        """What changes nothing if it is one more of the numbers of a window."""
        return -np.inf if self._is_max else 0.0


def make(layer: Layer, given: Numbers, kernel: Numbers, bias: float, seed: int) -> Values:
    """Return the numbers of a layer.

    Raises ValueError when there are more or fewer of them than cells or taps.
    """
    array = _array(given, layer.i, "input", seed, layer)
    if not layer.has_weights:
        return Values(layer, array, None)
    return Values(layer, array, _array(kernel, layer.k, "kernel", seed, layer), bias)


def stamped(values: Values) -> Array:
    """Return a transposed layer's output by stamping: every input cell adds its weighted kernel.

    The full canvas has (i − 1)s + K cells; p is cropped at the front and p − op at the end,
    where cells are added if that is negative. It is the other reading of what ``output``
    computes by zero insertion.
    """
    layer, kernel = values.layer, values.kernel
    assert kernel is not None
    full, cuts = [], []
    for axis in range(2):
        i, k, s, d, op = (
            x[axis] for x in (layer.i, layer.k, layer.s, layer.d, layer.output_padding)
        )
        before = layer.p[axis][0]
        full.append((i - 1) * s + d * (k - 1) + 1 + op)
        cuts.append(slice(before, before + layer.output_size[axis]))
    canvas = np.zeros((1, *full))
    for row, column in np.ndindex(*layer.k):
        starts = row * layer.d[0], column * layer.d[1]
        area = tuple(
            slice(start, start + (i - 1) * s + 1, s)
            for start, i, s in zip(starts, layer.i, layer.s, strict=True)
        )
        canvas[:, area[0], area[1]] += values.input * kernel[0, row, column]
    result: Array = canvas[:, cuts[0], cuts[1]] + values.bias
    return result


def _array(numbers: Numbers, size: Pair, name: str, seed: int, layer: Layer) -> Array:
    """Return the numbers as (1, rows, columns)."""
    numbers = numbers.along(layer.ndim, name)
    if numbers.size is None:
        return _from_word(numbers.text, size, name, seed)[np.newaxis]
    if numbers.ndim is not None and numbers.ndim != layer.ndim:
        raise InputError(
            f"‹{name}› has {_dimensions(numbers.ndim)} and the layer {layer.ndim}: give both the "
            f"same, such as an array of shape {size if layer.ndim == 2 else size[1:]}"
        )
    if numbers.size != size:
        raise InputError(
            f"‹{name}› has {layer.times(numbers.size)} numbers and ‹{name[0]}› is "
            f"{layer.times(size)}: leave one of them out, or give both the same size"
        )
    return np.array([numbers.rows], np.float64)


def _dimensions(ndim: int) -> str:
    return "1 dimension" if ndim == 1 else f"{ndim} dimensions"


def _from_word(word: str, size: Pair, name: str, seed: int) -> Array:
    """Return the numbers that a word stands for."""
    if word == "random":
        # Only random() is promised to give the same numbers in every version of Python.
        draw = random.Random(f"--{name} {seed}").random
        most = _MOST_RANDOM[name] + 1
        return np.array(
            [[int(draw() * most) for _ in range(size[1])] for _ in range(size[0])], float
        )
    if name == "kernel":
        return kernels.weights(word, size)
    if word == "ramp":
        return np.arange(1.0, size[0] * size[1] + 1).reshape(size)
    if word == "impulse":
        array = np.zeros(size)
        array[(size[0] - 1) // 2, (size[1] - 1) // 2] = 1
        return array
    return np.ones(size)
