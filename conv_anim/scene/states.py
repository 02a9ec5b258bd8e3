"""The kinds of cells that a picture distinguishes, and what its legend calls them."""

from enum import IntEnum

NOTHING = 255
"""In arrays of states: no cell is there."""


class State(IntEnum):
    """What a cell is at one moment; arrays of them are ``uint8``.

    INPUT, ZERO, PADDING and OUTSIDE are in this order so that the kind of a cell is the larger
    of its row's and its column's, and so that input covers zeros, and these padding, where cells
    are on their way. The legend has kinds in the order of their numbers.
    """

    INPUT = 0
    ZERO = 1
    PADDING = 2
    OUTSIDE = 3
    UNREAD_INPUT = 4
    UNREAD_ZERO = 5
    UNREAD_PADDING = 6
    CROPPED_INPUT = 7
    CROPPED_ZERO = 8
    KERNEL_ON_INPUT = 9
    MARKED = 10
    KERNEL_ON_ZERO = 11
    SOURCE = 12
    WEIGHT = 13
    TO_COME = 14
    EXTRA_TO_COME = 15
    NOW = 16
    DONE = 17
    EXTRA_DONE = 18
    UNREACHED_DONE = 19
    RED = 20
    GREEN = 21
    IDLE = 22

    @property
    def words(self) -> str:
        """What the legend calls such a cell."""
        return _WORDS[self]


_WORDS = {
    State.INPUT: "input",
    State.ZERO: "inserted zero",
    State.PADDING: "padding",
    State.OUTSIDE: "outside, not counted",
    State.UNREAD_INPUT: "input, never read",
    State.UNREAD_ZERO: "zero, never read",
    State.UNREAD_PADDING: "padding, never read",
    State.CROPPED_INPUT: "input, cropped",
    State.CROPPED_ZERO: "zero, cropped",
    State.KERNEL_ON_INPUT: "kernel on input",
    State.MARKED: "the largest",
    State.KERNEL_ON_ZERO: "kernel on zeros",
    State.SOURCE: "copied by padding now",
    State.WEIGHT: "weight",
    State.TO_COME: "to come",
    State.EXTRA_TO_COME: "output padding to come",
    State.NOW: "now",
    State.DONE: "done",
    State.EXTRA_DONE: "output padding, done",
    State.UNREACHED_DONE: "done, out of reach",
    State.RED: "red",
    State.GREEN: "green",
    State.IDLE: "not read by this filter",
}
