"""Make what a user may give for a number or a size uniform, or say what is wrong with it.

Python callers give integers and tuples, the command line gives text; both pass through
here, once, so that both hear the same sentence.
"""

import operator
import re
from math import isfinite

from conv_anim.errors import InputError

MAX_SIZE = 10_000

Pair = tuple[int, int]
"""(row, column), or (before, after) along one axis."""
Pads = tuple[Pair, Pair]
"""((before, after) of the rows, (before, after) of the columns)."""

# No number of ours has more digits, and Python refuses to convert very long ones.
_NUMBER = re.compile(r"\s*-?[0-9]{1,18}\s*", re.ASCII)


def whole(value: object, name: str, low: int, high: int, multiple_of: int = 1) -> int:
    """Return *value*, an integer or its decimal text, checked to lie in *low* … *high*.

    *name* is what the value is called in Python, such as ``step_ms``.
    """
    number = integer(value)
    if number is None or not low <= number <= high or number % multiple_of:
        kind = "a whole number" if multiple_of == 1 else f"a multiple of {multiple_of}"
        raise InputError(f"‹{name}› is {shown(value)}: give {kind} from {low} to {high}")
    return number


def size(value: object, name: str, low: int, ndim: int = 2) -> Pair:
    """Return a size as (row, column); a single number means both axes.

    With *ndim* 1 there is one number, and its row is *low*: that axis is trivial.
    """
    parts = _axes(value, name, ndim, trivial=low)
    also = ", or rows and columns such as 5x7" if ndim == 2 else ""
    numbers = [_part(part, value, name, low, also) for part in parts]
    return (numbers[0], numbers[-1]) if ndim == 2 else (low, numbers[0])


def padding(value: object, name: str, ndim: int = 2) -> Pads:
    """Return a padding as pairs (before, after) of rows and columns.

    Each axis may have one number for both sides or two, as text «before:after». With *ndim* 1,
    a tuple of two numbers is those of the one axis.
    """
    also = ", before:after such as 0:1" + (", or both axes such as 0:1x2" if ndim == 2 else "")
    sides = []
    axes = [value] if _is_one_axis(value, ndim) else _axes(value, name, ndim, trivial=(0, 0))
    for axis in axes:
        parts = axis.split(":") if isinstance(axis, str) else axis
        parts = parts if isinstance(parts, tuple | list) else [parts]
        if len(parts) not in (1, 2):
            raise InputError(
                f"‹{name}› is {shown(value)}: give one number for both sides of an axis, "
                f"or before:after"
            )
        before, after = (_part(part, value, name, 0, also) for part in (parts[0], parts[-1]))
        sides.append((before, after))
    return (sides[0], sides[-1]) if ndim == 2 else ((0, 0), sides[0])


def _is_one_axis(value: object, ndim: int) -> bool:
    """Return whether what was given are the two sides of the one axis that there is."""
    if ndim != 1 or not isinstance(value, tuple | list) or len(value) != 2:
        return False
    return not any(isinstance(side, tuple | list) for side in value)


def _axes(value: object, name: str, ndim: int, trivial: object) -> list[object]:
    """Split what was given into its parts for rows and columns, or its single part for both."""
    if isinstance(value, str):
        parts: list[object] = list(re.split("[xX×]", value))
    else:
        parts = list(value) if isinstance(value, tuple | list) else [value]
    if len(parts) == 1 or len(parts) == ndim:
        return parts
    if ndim == 1 and len(parts) == 2 and parts[0] == trivial:
        return parts[1:]  # as the layer itself keeps and shows it
    if ndim == 1:
        raise InputError(
            f"‹{name}› is {shown(value)}: a 1-D layer takes one size, for its axis, "
            f"such as ‹{name}=3› (a padding also ‹p=1:2›)"
        )
    raise InputError(
        f"‹{name}› is {shown(value)}: give one number for both axes, or rows and columns, "
        f"such as ‹{name}=5x7›"
    )


def _part(part: object, value: object, name: str, low: int, also: str) -> int:
    """Return one number of a size; a complaint quotes the *value* that it is a part of."""
    number = integer(part)
    if number is None or not low <= number <= MAX_SIZE:
        raise InputError(
            f"‹{name}› is {shown(value)}: give a whole number from {low} to {MAX_SIZE}{also}"
        )
    return number


def real(value: object, name: str) -> float:
    """Return *value*, a finite number or its decimal text."""
    try:
        number = float("nan") if isinstance(value, bool) else float(value)  # type: ignore[arg-type]  # that is the question
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not isfinite(number):
        raise InputError(f"‹{name}› is {shown(value)}: give a finite number, such as ‹{name}=0.5›")
    return number


def integer(value: object) -> int | None:
    """Return an integer or what its decimal text says, or None if *value* is neither."""
    if isinstance(value, str):
        return int(value) if _NUMBER.fullmatch(value) else None
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]  # that is the question
    except TypeError:
        return None


def integers(text: str) -> list[int]:
    """Return all whole numbers in a text, by which texts of sizes can be sorted."""
    return [int(digits) for digits in re.findall(r"[0-9]+", text)]


def shown(value: object) -> str:
    """Return *value* as a message quotes it, however long it is."""
    quoted = isinstance(value, str) and integer(value) is None
    try:
        text = repr(value) if quoted else str(value)
    except ValueError:  # Python does not print integers of thousands of digits
        text = "a very large number"
    text = " ".join(text.split())  # a message is one line
    return text if len(text) <= 40 else f"{text[:36]}…"


def quoted(path: object) -> str:
    """Return a file's name as a message quotes it, on one line, however long it is."""
    return shortened(repr(str(path)), 100)


def shortened(text: str, most: int) -> str:
    """Return *text* in at most so many letters, without its middle if it has more."""
    half = (most - 1) // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"
