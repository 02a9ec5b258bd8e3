"""What each drawn cell is, where the kernel is at each step, which cells its taps touch.

Everything is worked out along one axis and combined by broadcasting. Positions count the cells
of the padded grid, the cropped ones included, from 0.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import padding
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.kinds import Kind
from conv_anim.core.layer import Layer

Indexes = NDArray[np.intp]
Kinds = NDArray[np.uint8]


def kinds(axis: SlidingAxis) -> Kinds:
    """Return INPUT, ZERO, PADDING or OUTSIDE for every cell along an axis, (padded_size,)."""
    place = np.arange(axis.padded_size) - axis.padding[0]
    inside = (place >= 0) & (place < axis.stretched_size)
    on_input = inside & (place % (axis.inserted + 1) == 0)
    outside = np.arange(axis.padded_size) >= axis.padded_size - axis.outside
    return np.select(
        [on_input, inside, outside],
        [np.uint8(Kind.INPUT), np.uint8(Kind.ZERO), np.uint8(Kind.OUTSIDE)],
        np.uint8(Kind.PADDING),
    )


def taps(axis: SlidingAxis) -> Indexes:
    """Return the cell that every tap falls on at every position, shape (output_size, k).

    Tap u of position a falls on a·s + u·d, counted from the first cell that is not cropped.
    """
    anchors = np.arange(axis.output_size)[:, np.newaxis] * axis.stride
    return axis.cropped[0] + anchors + np.arange(axis.kernel_size) * axis.dilation


def readings(axis: SlidingAxis) -> Indexes:
    """Return for every cell along an axis at how many positions a tap falls on it."""
    counts = np.zeros(axis.padded_size, dtype=np.intp)
    # One loop over taps or positions, whichever are fewer: their product may be 10⁸.
    many, few = sorted(
        [(axis.output_size, axis.stride), (axis.kernel_size, axis.dilation)], reverse=True
    )
    reach = (many[0] - 1) * many[1] + 1
    for number in range(few[0]):
        start = axis.cropped[0] + number * few[1]
        counts[start : start + reach : many[1]] += 1
    return counts


def n_read(axis: SlidingAxis, first: int, last: int) -> int:
    """Return how many of the cells from *first* to before *last* any tap ever falls on."""
    if axis.stride > 1:
        return int(np.count_nonzero(readings(axis)[first:last]))
    # Each tap reads a run of cells, from where it is first; there may be 10⁸ of them.
    start = axis.cropped[0] + np.arange(axis.kernel_size) * axis.dilation
    run = np.full(axis.kernel_size, min(axis.output_size, axis.dilation))
    run[-1] = axis.output_size
    return int(np.maximum(np.minimum(start + run, last) - np.maximum(start, first), 0).sum())


def input_read(layer: Layer, axis: int) -> NDArray[np.bool_]:
    """Return for every input cell along an axis whether any step reads it, or a copy, (i,)."""
    drawn = layer.axes[axis]
    before = drawn.padding[0]
    place = before - drawn.cropped[0] + np.arange(drawn.input_size) * (drawn.inserted + 1)
    read = np.zeros(drawn.input_size, dtype=bool)
    for tap in range(drawn.kernel_size):  # which position has this tap on the cell, if any?
        position, past = np.divmod(place - tap * drawn.dilation, drawn.stride)
        read |= (past == 0) & (position >= 0) & (position < drawn.output_size)
    if layer.has_copies:
        read |= is_copied(layer, axis)[before : before + drawn.input_size]
    return read


def origins(layer: Layer, axis: int) -> Indexes:
    """Return for each drawn cell along an axis the input cell whose number it has, or −1."""
    drawn = layer.axes[axis]
    place = np.arange(drawn.padded_size) - drawn.padding[0]
    size = drawn.input_size
    mode = layer.padding_content
    if mode == padding.CIRCULAR:
        return place % size
    if mode == padding.REPLICATE:
        return np.clip(place, 0, size - 1)
    if mode == padding.REFLECT:
        return np.abs((place + size - 1) % max(1, 2 * size - 2) - (size - 1))
    inside = (place >= 0) & (place < drawn.stretched_size) & (place % (drawn.inserted + 1) == 0)
    return np.where(inside, place // (drawn.inserted + 1), -1)


def is_copied(layer: Layer, axis: int) -> NDArray[np.bool_]:
    """Return for every drawn cell along an axis whether padding that is read copies it."""
    drawn, source = layer.axes[axis], origins(layer, axis)
    read = np.zeros(drawn.padded_size, dtype=bool)
    padded = (kinds(drawn) == Kind.PADDING) & (readings(drawn) > 0) & (source >= 0)
    read[drawn.padding[0] + source[padded]] = True
    return read


def times_read(layer: Layer, chosen: Sequence[int]) -> Indexes:
    """Return how often the *chosen* steps read each cell, shape (rows, columns)."""
    rows, columns = layer.axes
    row, column = positions(layer)[np.asarray(chosen)].T
    anchors = np.zeros((rows.padded_size, columns.padded_size), dtype=np.intp)
    anchors[rows.cropped[0] + row * rows.stride, columns.cropped[0] + column * columns.stride] = 1
    return _spread(
        _spread(anchors, rows.kernel_size, rows.dilation).T, columns.kernel_size, columns.dilation
    ).T


def _spread(array: Indexes, taps: int, distance: int) -> Indexes:
    """Return the sum of *array* and its copies moved down, tap by tap."""
    result = array.copy()
    for tap in range(1, taps):
        result[tap * distance :] += array[: -tap * distance]
    return result


def reached(layer: Layer, axis: int) -> NDArray[np.bool_]:
    """Return for every position along an axis whether a tap falls on an input cell or a copy."""
    sources = origins(layer, axis)[taps(layer.axes[axis])]
    result: NDArray[np.bool_] = sources.max(axis=1) >= 0
    return result


def n_reached(layer: Layer, axis: int) -> int:
    """Return how many positions are ``reached``, without a list of them: there may be 10⁸.

    A position is counted with the last of the taps that fall on input cells there. The next tap
    that can do so is z + 1 over its common factor with d further on, z being the zeros inserted.
    """
    drawn = layer.axes[axis]
    if layer.has_copies:
        return drawn.output_size
    apart = drawn.inserted + 1
    common = math.gcd(apart, drawn.dilation)
    tap = np.arange(drawn.kernel_size)
    # Tap u of position a is on input cell c where a·s + u·d − start = c·(z + 1).
    start = drawn.padding[0] - drawn.cropped[0]
    has_next = tap + apart // common < drawn.kernel_size
    low = np.where(has_next, max(0, drawn.input_size - drawn.dilation // common), 0) * apart
    high = (drawn.input_size - 1) * apart
    if drawn.stride == 1:  # count the input cells, which are further apart
        last = (drawn.output_size - 1) + tap * drawn.dilation - start
        first_cell = np.maximum(low, tap * drawn.dilation - start)
        counts = np.minimum(high, last) // apart + (-first_cell) // apart + 1
    else:  # there are no zeros between them: count the positions
        first = low + start - tap * drawn.dilation
        last = np.minimum(
            (high + start - tap * drawn.dilation) // drawn.stride, drawn.output_size - 1
        )
        counts = last - np.maximum(-(-first // drawn.stride), 0) + 1
    return int(np.maximum(counts, 0).sum())


def cropped(axis: SlidingAxis) -> NDArray[np.bool_]:
    """Return for every cell along an axis whether it is cropped before the kernel slides."""
    place = np.arange(axis.padded_size)
    return (place < axis.cropped[0]) | (place >= axis.padded_size - axis.cropped[1])


def drawn_kinds(layer: Layer) -> Kinds:
    """Return the kind of every drawn cell, shape (rows, columns)."""
    result: Kinds = np.maximum.outer(*(kinds(axis) for axis in layer.axes))
    return result


def is_read(layer: Layer) -> NDArray[np.bool_]:
    """Return for every drawn cell whether any step reads it, shape (rows, columns).

    An input cell is read, too, where padding that is read copies it.
    """
    read: NDArray[np.bool_] = np.logical_and.outer(*(readings(axis) > 0 for axis in layer.axes))
    if layer.has_copies:
        is_used = np.logical_and.outer(
            *((readings(axis) > 0) | is_copied(layer, at) for at, axis in enumerate(layer.axes))
        )
        read |= is_used & (drawn_kinds(layer) == Kind.INPUT)
    return read


def is_cropped(layer: Layer) -> NDArray[np.bool_]:
    """Return for every drawn cell whether it is cropped, shape (rows, columns)."""
    result: NDArray[np.bool_] = np.logical_or.outer(*(cropped(axis) for axis in layer.axes))
    return result


def positions(layer: Layer) -> Indexes:
    """Return the output cell of every step, (n_steps, 2), rows (row, column), row by row."""
    return np.stack(np.unravel_index(np.arange(layer.n_steps), layer.output_size), axis=1)
