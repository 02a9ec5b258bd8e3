"""What each drawn cell is, where the kernel stands at each step, which cells its taps touch.

Everything is worked out along one axis and combined by broadcasting. Positions count the cells
of the padded grid, the cropped ones included, from 0.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import padding
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.layer import Layer
from conv_anim.core.standard import Standard
from conv_anim.frameworks.torch import has_copies
from conv_anim.scene.states import State

Indexes = NDArray[np.intp]
States = NDArray[np.uint8]


def kinds(axis: SlidingAxis) -> States:
    """Return INPUT, ZERO, PADDING or OUTSIDE for every cell along an axis, (padded_size,)."""
    place = np.arange(axis.padded_size) - axis.padding[0]
    inside = (place >= 0) & (place < axis.stretched_size)
    on_input = inside & (place % (axis.inserted + 1) == 0)
    outside = np.arange(axis.padded_size) >= axis.padded_size - axis.outside
    return np.select(
        [on_input, inside, outside],
        [np.uint8(State.INPUT), np.uint8(State.ZERO), np.uint8(State.OUTSIDE)],
        np.uint8(State.PADDING),
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
    # Each tap reads a run of cells, from where it stands first; there may be 10⁸ of them.
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
    if has_copies(layer):
        read |= is_copied(layer, axis)[before : before + drawn.input_size]
    return read


def origins(layer: Layer, axis: int) -> Indexes:
    """Return for each drawn cell along an axis the input cell whose number it has, or −1."""
    drawn = layer.axes[axis]
    place = np.arange(drawn.padded_size) - drawn.padding[0]
    size = drawn.input_size
    mode = layer.pad_mode if isinstance(layer, Standard) else padding.ZEROS
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
    padded = (kinds(drawn) == State.PADDING) & (readings(drawn) > 0) & (source >= 0)
    read[drawn.padding[0] + source[padded]] = True
    return read


def counts(layer: Layer, chosen: Sequence[int]) -> tuple[Indexes, Indexes]:
    """Return how often the *chosen* steps read each cell, and how often their windows cover it.

    Both have shape (rows, columns). A window goes from the first tap to the last, holes included.
    """
    rows, columns = layer.axes
    row, column = positions(layer)[np.asarray(chosen)].T
    anchors = np.zeros((rows.padded_size, columns.padded_size), dtype=np.intp)
    anchors[rows.cropped[0] + row * rows.stride, columns.cropped[0] + column * columns.stride] = 1
    read = _spread(
        _spread(anchors, rows.kernel_size, rows.dilation).T, columns.kernel_size, columns.dilation
    ).T
    covered = _spread(_spread(anchors, rows.span, 1).T, columns.span, 1).T
    return read, covered


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
    if has_copies(layer):
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
    """Return for every cell along an axis whether it is taken off before the kernel slides."""
    place = np.arange(axis.padded_size)
    return (place < axis.cropped[0]) | (place >= axis.padded_size - axis.cropped[1])


def resting_states(layer: Layer) -> States:
    """Return what every cell is while the kernel is elsewhere, shape (rows, columns)."""
    rows, columns = layer.axes
    states = np.maximum.outer(kinds(rows), kinds(columns))
    is_read = np.logical_and.outer(*(readings(axis) > 0 for axis in layer.axes))
    if has_copies(layer):  # an input cell is read, too, where padding that is read copies it
        is_used = np.logical_and.outer(
            *((readings(axis) > 0) | is_copied(layer, at) for at, axis in enumerate(layer.axes))
        )
        is_read |= is_used & (states == State.INPUT)
    is_cropped = np.logical_or.outer(cropped(rows), cropped(columns))
    unread = np.array(
        [State.UNREAD_INPUT, State.UNREAD_ZERO, State.UNREAD_PADDING, State.OUTSIDE], np.uint8
    )
    gone = np.array(
        [State.CROPPED_INPUT, State.CROPPED_ZERO, State.CROPPED_ZERO, State.OUTSIDE], np.uint8
    )
    result: States = np.select([is_cropped, ~is_read], [gone[states], unread[states]], states)
    return result


def under_kernel(resting: States) -> States:
    """Return what cells of these resting states are while a tap stands on them."""
    return np.select(
        [resting == State.INPUT, resting == State.OUTSIDE],  # what is outside does not count
        [np.uint8(State.KERNEL_ON_INPUT), np.uint8(State.OUTSIDE)],
        np.uint8(State.KERNEL_ON_ZERO),
    )


def between_taps(resting: States) -> States:
    """Return what cells of these resting states are while they lie between taps."""
    on_input = np.isin(resting, [State.INPUT, State.UNREAD_INPUT])
    return np.select(
        [on_input, resting == State.OUTSIDE],
        [np.uint8(State.HOLE_ON_INPUT), np.uint8(State.OUTSIDE)],
        np.uint8(State.HOLE_ON_ZERO),
    )


def output_states(layer: Layer) -> tuple[States, States]:
    """Return what every output cell is before its step and after it, shape (rows, columns).

    The rows and columns of the output padding are told apart, and so is, once it is done, what
    no input reaches.
    """
    rows, columns = (np.arange(size) for size in layer.output_size)
    extra = np.logical_or.outer(
        rows >= len(rows) - layer.output_padding[0],
        columns >= len(columns) - layer.output_padding[1],
    )
    reach = np.logical_and.outer(*(reached(layer, axis) for axis in range(2)))
    before = np.where(extra, np.uint8(State.EXTRA_TO_COME), np.uint8(State.TO_COME))
    after = np.where(extra, np.uint8(State.EXTRA_DONE), np.uint8(State.DONE))
    return before, np.where(reach, after, np.uint8(State.UNREACHED_DONE))


def positions(layer: Layer) -> Indexes:
    """Return the output cell of every step, (n_steps, 2), rows (row, column), row by row."""
    return np.stack(np.unravel_index(np.arange(layer.n_steps), layer.output_size), axis=1)
