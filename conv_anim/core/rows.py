"""Numbers in rows, planes and filters: how many there may be, and how large."""

from collections.abc import Sequence
from math import isfinite

from conv_anim.core.parse import MAX_SIZE
from conv_anim.errors import InputError

MAX_NUMBERS = 1_000_000
MAX_VALUE = 1e100  # so that no product or sum overflows

Rows = tuple[tuple[float, ...], ...]
Filters = tuple[tuple[Rows, ...], ...]
"""Filters of planes of rows; an input is a single filter."""

_COUNTS = {1: "one", 2: "one or two", 3: "one to three", 4: "one to four"}


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


def checked_filters(filters: Sequence[Sequence[Rows]], label: str) -> Filters:
    """Return filters of planes, each of them ``checked``, if all are alike."""
    if not filters or not all(filters):
        raise empty(label)
    planes = [plane for planes in filters for plane in planes]
    sizes = sorted({(len(rows), len(rows[0])) for rows in planes})
    if len(sizes) > 1:
        (first, second), (third, fourth) = sizes[0], sizes[-1]
        raise InputError(
            f"{label} has planes of {first}×{second} and of {third}×{fourth} numbers: make them "
            f"equally large"
        )
    counts = sorted({len(planes) for planes in filters})
    if len(counts) > 1:
        raise InputError(
            f"{label} has filters of {counts[0]} and of {counts[-1]} planes: give each as many"
        )
    check_count(len(planes) * sizes[0][0] * sizes[0][1], label)
    return tuple(map(tuple, filters))


def check_ndim(ndim: int, most: int, label: str) -> None:
    """Raise InputError when there are more dimensions than *most*, or none."""
    if not 1 <= ndim <= most:
        raise InputError(f"{label} has {ndim} dimensions: give {_COUNTS[most]}")


def check_count(count: int, label: str) -> None:
    """Raise InputError when there are more numbers than may be given."""
    if count > MAX_NUMBERS:
        raise InputError(
            f"{label} has {count:,} numbers, and the limit is {MAX_NUMBERS:,}: give fewer"
        )


def check_size(rows: int, columns: int, label: str) -> None:
    """Raise InputError when there are no numbers, or more than a layer could have."""
    if not rows * columns:
        raise empty(label)
    check_count(rows * columns, label)
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
