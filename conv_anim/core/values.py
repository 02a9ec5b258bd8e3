"""The numbers of a layer: what every drawn cell holds, and what the filters make of them.

A layer with one channel has arrays with one plane, and nothing else is different. Channels and
filters are counted from 0.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import steps
from conv_anim.core.layer import Layer
from conv_anim.core.pool import AVERAGE, MAX
from conv_anim.core.steps import Indexes

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Values:
    """The numbers of a layer.

    ``input`` has shape (in, rows, columns). ``kernel`` is in PyTorch's layout, (out, in / groups,
    rows, columns) or transposed (in, out / groups, rows, columns), a 1-D layer's with a single
    row; None for a pooling layer. ``bias`` has shape (out,).
    """

    layer: Layer
    input: Array
    kernel: Array | None
    bias: Array

    @cached_property
    def origins(self) -> tuple[Indexes, Indexes]:
        """For each drawn row and column the input's from which its numbers come, or −1."""
        rows, columns = (steps.origins(self.layer, axis) for axis in range(2))
        return rows, columns

    @cached_property
    def drawn(self) -> Array:
        """What the grid that the kernel slides over holds, (in, rows, columns).

        Padding has zeros or copies; in max pooling it never counts, and is −∞.
        """
        rows, columns = self.origins
        copied = self.input[:, rows[:, np.newaxis], columns]
        return np.where((rows[:, np.newaxis] >= 0) & (columns >= 0), copied, self._least)

    @cached_property
    def weights(self) -> Array | None:
        """The kernels as they are drawn, (out, in / groups, rows, columns).

        Those of a transposed layer are turned by 180°.
        """
        if self.kernel is None or not self.layer.inserts_zeros:
            return self.kernel
        return other_order(self.kernel, self.layer.groups)[:, :, ::-1, ::-1]

    @cached_property
    def output(self) -> Array:
        """What the layer computes, (out, rows, columns).

        Of each input channel the products with all taps are added, then those of all channels.
        """
        if self.weights is None:
            return self._pooled
        groups, n_read = self.layer.groups, self.layer.channels_read
        planes = self.drawn.reshape(groups, n_read, *self.drawn.shape[1:])
        weights = self.weights.reshape(groups, -1, *self.weights.shape[1:])
        total = np.zeros((*weights.shape[:2], *self.layer.output_size))
        for place in range(n_read):
            total += self._slid(planes[:, place, np.newaxis], weights[:, :, place])
        return total.reshape(-1, *self.layer.output_size) + self.bias[:, np.newaxis, np.newaxis]

    def products(self, filter_: int) -> Array:
        """Return what each channel that a filter reads adds, (in / groups, rows, columns).

        Their sum, and the filter's bias, is its output.
        """
        assert self.weights is not None
        reads = self.layer.reads(filter_)
        planes = self.drawn[reads.start : reads.stop, np.newaxis]
        return self._slid(planes, self.weights[filter_][:, np.newaxis])[:, 0]

    def _slid(self, planes: Array, weights: Array) -> Array:
        """Return what kernels make of planes, all those of a group of its plane.

        *planes* has shape (groups, 1, rows, columns), *weights* (groups, n, rows, columns), and
        the result (groups, n, rows, columns). It is added tap by tap, so that it is the same to
        the last bit on every machine.
        """
        result = np.zeros((*weights.shape[:2], self.layer.n_steps))
        product = np.empty_like(result)
        for row, column in np.ndindex(*self.layer.k):
            under = self._under(planes, (row, column)).reshape(len(planes), 1, -1)
            np.multiply(under, weights[:, :, row, column, np.newaxis], out=product)
            result += product
        return result.reshape(*weights.shape[:2], *self.layer.output_size)

    def _under(self, planes: Array, tap: tuple[int, ...]) -> Array:
        """Return what is under a tap at every step, (…, rows, columns) of the output."""
        rows, columns = (
            axis.cells_under(number) for axis, number in zip(self.layer.axes, tap, strict=True)
        )
        return planes[..., rows, columns]

    @property
    def _pooled(self) -> Array:
        """The largest of each window, or its mean, plane by plane."""
        is_max = self.layer.computes == MAX
        result = np.full((len(self.drawn), *self.layer.output_size), self._least)
        for tap in np.ndindex(*self.layer.k):
            under = self._under(self.drawn, tap)
            result = np.maximum(result, under) if is_max else result + under
        return result / self.counted

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

    @property
    def _least(self) -> float:
        """What changes nothing if it is one more of the numbers of a window."""
        return -np.inf if self.layer.computes == MAX else 0.0


def other_order(kernels: Array, groups: int) -> Array:
    """Return kernels by filters, (out, in / groups, …), as (in, out / groups, …), or back."""
    first, second, *size = kernels.shape
    by_group = kernels.reshape(groups, first // groups, second, *size)
    return by_group.swapaxes(1, 2).reshape(groups * second, first // groups, *size)


def stamped(values: Values) -> Array:
    """Return a transposed layer's output by stamping: every input cell adds its weighted kernels.

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
    canvas = np.zeros((layer.out_channels, *full))
    by_group = canvas.reshape(layer.groups, -1, *full)
    for channel, plane in enumerate(values.input):
        stamps = by_group[channel // layer.channels_read]
        for row, column in np.ndindex(*layer.k):
            starts = row * layer.d[0], column * layer.d[1]
            rows, columns = (
                slice(start, start + (i - 1) * s + 1, s)
                for start, i, s in zip(starts, layer.i, layer.s, strict=True)
            )
            stamps[:, rows, columns] += plane * kernel[channel, :, row, column, None, None]
    result: Array = canvas[:, cuts[0], cuts[1]] + values.bias[:, np.newaxis, np.newaxis]
    return result
