"""The kinds of cells that a picture tells apart, and what its legend calls them."""

from enum import IntEnum


class State(IntEnum):
    """What a cell is at one moment; arrays of them are ``uint8``.

    INPUT, ZERO and PADDING are in this order so that the kind of a cell is the larger of its
    row's and its column's.
    """

    INPUT = 0
    ZERO = 1
    PADDING = 2
    UNREAD_INPUT = 3
    UNREAD_ZERO = 4
    UNREAD_PADDING = 5
    CROPPED_INPUT = 6
    CROPPED_ZERO = 7
    KERNEL_ON_INPUT = 8
    KERNEL_ON_ZERO = 9
    HOLE_ON_INPUT = 10
    HOLE_ON_ZERO = 11
    TO_COME = 12
    EXTRA_TO_COME = 13
    NOW = 14
    DONE = 15
    EXTRA_DONE = 16
    UNREACHED_DONE = 17

    @property
    def words(self) -> str:
        """What the legend calls such a cell."""
        return _WORDS[self]


_WORDS = {
    State.INPUT: "input",
    State.ZERO: "inserted zero",
    State.PADDING: "padding",
    State.UNREAD_INPUT: "input, never read",
    State.UNREAD_ZERO: "zero, never read",
    State.UNREAD_PADDING: "padding, never read",
    State.CROPPED_INPUT: "input, cropped",
    State.CROPPED_ZERO: "zero, cropped",
    State.KERNEL_ON_INPUT: "kernel on input",
    State.KERNEL_ON_ZERO: "kernel on zeros",
    State.HOLE_ON_INPUT: "input between taps",
    State.HOLE_ON_ZERO: "zero between taps",
    State.TO_COME: "output to come",
    State.EXTRA_TO_COME: "output padding to come",
    State.NOW: "now",
    State.DONE: "done",
    State.EXTRA_DONE: "output padding, done",
    State.UNREACHED_DONE: "done, out of reach",
}
