"""Rows of numbers: how many there may be, and how large."""

from collections.abc import Sequence
from math import isfinite

from conv_anim.core.parse import MAX_SIZE
from conv_anim.errors import InputError

MAX_NUMBERS = 1_000_000
MAX_VALUE = 1e100  # so that no product or sum overflows

Rows = tuple[tuple[float, ...], ...]


def checked(rows: Sequence[Sequence[float]], label: str) -> Rows:
    """Return rows if they are numbers of a rectangle; *label* is what a sentence calls them."""
    if not any(rows):
        raise empty(label)
    lengths = sorted({len(row) for row in rows})
    if len(lengths) > 1:
        raise InputError(
            f"{label} has rows of {lengths[0]} and of {lengths[-1]} numbers: make them equally long"
        )
    check_size(len(rows), lengths[0], label)
    for row in rows:
        for number in row:
            if abs(number) > MAX_VALUE and isfinite(number):
                raise InputError(f"{label} has {number:g} in it: give numbers up to {MAX_VALUE:g}")
            if not isfinite(number):
                raise InputError(f"{label} has {number} in it: give finite numbers alone")
    return tuple(map(tuple, rows))


def check_size(rows: int, columns: int, label: str) -> None:
    """Raise InputError when there are no numbers, or more than a layer could have."""
    if not rows * columns:
        raise empty(label)
    if rows * columns > MAX_NUMBERS:
        raise InputError(
            f"{label} has {rows * columns:,} numbers, and the limit is {MAX_NUMBERS:,}: give fewer"
        )
    if max(rows, columns) > MAX_SIZE:
        raise InputError(
            f"{label} has {rows}×{columns} numbers, and the limit along an axis is {MAX_SIZE:,}: "
            f"give fewer"
        )


def check_below(count: int, limit: int, what: str, label: str) -> None:
    """Raise InputError when there are more than a limit of what is being counted."""
    if count > limit:
        raise InputError(f"{label} has more than {limit:,} {what}, the limit: give fewer")


def empty(label: str) -> InputError:
    """Return what is wrong with numbers of which there are none."""
    return InputError(f'{label} is empty: give at least one number, such as "1 2; 3 4"')
