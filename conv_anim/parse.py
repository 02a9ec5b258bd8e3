"""Make what a user may give for a number or a size uniform, or say what is wrong with it.

Python callers give integers and tuples, the command line gives text; both pass through
here, once, so that both hear the same sentence.
"""

import operator
import re
from typing import SupportsIndex

from conv_anim.errors import InputError

MAX_SIZE = 10_000

Pair = tuple[int, int]
"""(row, column), or (before, after) along one axis."""

# No number of ours has more digits, and Python refuses to convert very long ones.
_NUMBER = re.compile(r"\s*-?[0-9]{1,18}\s*", re.ASCII)


def whole(value: object, option: str, low: int, high: int, multiple_of: int = 1) -> int:
    """Return *value*, an integer or its decimal text, checked to lie in *low* … *high*.

    *option* is what the value is called on the command line, such as ``--step-ms``.
    """
    number: int | None = None
    if isinstance(value, str):
        if _NUMBER.fullmatch(value):
            number = int(value)
    elif isinstance(value, SupportsIndex) and not isinstance(value, bool):
        number = operator.index(value)
    if number is None or not low <= number <= high or number % multiple_of:
        kind = "a whole number" if multiple_of == 1 else f"a multiple of {multiple_of}"
        raise InputError(f"{option} is {shown(value)}: give {kind} from {low} to {high}")
    return number


def size(value: object, option: str, low: int) -> Pair:
    """Return a size as (row, column); a single number means both axes."""
    rows, columns = _axes(value, option)
    return whole(rows, option, low, MAX_SIZE), whole(columns, option, low, MAX_SIZE)


def _axes(value: object, option: str) -> tuple[object, object]:
    """Split what was given into its row part and its column part."""
    parts = value if isinstance(value, tuple | list) else [value]
    if len(parts) == 1:
        return parts[0], parts[0]
    if len(parts) == 2:
        return parts[0], parts[1]
    raise InputError(
        f"{option} is {shown(value)}: give one number for both axes, or two for rows and columns"
    )


def shown(value: object) -> str:
    """Return *value* as a message quotes it, however long it is."""
    quoted = isinstance(value, str) and not _NUMBER.fullmatch(value)
    text = repr(value) if quoted else str(value)
    return text if len(text) <= 40 else f"{text[:36]}…"
