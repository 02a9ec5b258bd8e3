"""What the cells of the grid are that a kernel slides over."""

from enum import IntEnum


class Kind(IntEnum):
    """What a cell is, whether the kernel is on it or not; arrays of them are ``uint8``.

    They are in this order so that the kind of a cell is the larger of its row's and its column's.
    """

    INPUT = 0
    ZERO = 1
    PADDING = 2
    OUTSIDE = 3
