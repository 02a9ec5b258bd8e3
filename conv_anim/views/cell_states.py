"""What drawn cells are seen as: their kinds, what the kernel does to them, what it never reads."""

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import steps
from conv_anim.core.layer import Layer
from conv_anim.scene.states import State

States = NDArray[np.uint8]

# By the numbers of core's kinds: input, inserted zero, padding, outside.
PLAIN = np.array([State.INPUT, State.ZERO, State.PADDING, State.OUTSIDE], np.uint8)
UNREAD = np.array(
    [State.UNREAD_INPUT, State.UNREAD_ZERO, State.UNREAD_PADDING, State.OUTSIDE], np.uint8
)
CROPPED = np.array(
    [State.CROPPED_INPUT, State.CROPPED_ZERO, State.CROPPED_ZERO, State.OUTSIDE], np.uint8
)

INPUTS = State.INPUT, State.RED, State.GREEN
"""What input cells are while nothing else is to be seen of them."""


def resting_states(layer: Layer) -> States:
    """Return what every cell is while the kernel is elsewhere, shape (rows, columns)."""
    kinds = steps.drawn_kinds(layer)
    result: States = np.select(
        [steps.is_cropped(layer), ~steps.is_read(layer)],
        [CROPPED[kinds], UNREAD[kinds]],
        PLAIN[kinds],
    )
    return result


def under_kernel(resting: States) -> States:
    """Return what cells of these resting states are while a tap stands on them."""
    return np.select(
        [np.isin(resting, INPUTS), resting == State.OUTSIDE],  # what is outside does not count
        [np.uint8(State.KERNEL_ON_INPUT), np.uint8(State.OUTSIDE)],
        np.uint8(State.KERNEL_ON_ZERO),
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
    reach = np.logical_and.outer(*(steps.reached(layer, axis) for axis in range(2)))
    before = np.where(extra, np.uint8(State.EXTRA_TO_COME), np.uint8(State.TO_COME))
    after = np.where(extra, np.uint8(State.EXTRA_DONE), np.uint8(State.DONE))
    return before, np.where(reach, after, np.uint8(State.UNREACHED_DONE))
