"""Channels as they are asked for: some of each side, or one of each, counted from 1."""

from conv_anim.core import parse
from conv_anim.errors import InputError

Numbers = tuple[int, ...]
Some = tuple[Numbers | None, Numbers | None]
"""Of the input and of the output; None where nothing is asked for."""


def some(value: object, name: str) -> Some | None:
    """Read channels: «1,2,5» of the input, «:1,2» of the output, or both with a colon.

    In Python it may be a number, a list, or a pair of such lists.
    """
    if value is None:
        return None
    if isinstance(value, str):
        sides: list[object] = [side.strip() or None for side in value.split(":")]
    elif isinstance(value, list | tuple) and any(isinstance(x, list | tuple) for x in value):
        sides = list(value)
    else:
        sides = [value]
    if len(sides) <= 2 and any(side is not None for side in sides):
        inputs, outputs = (_numbers(side, value, name) for side in (*sides, None)[:2])
        return inputs, outputs
    raise _not_some(value, name)


def _numbers(side: object, value: object, name: str) -> Numbers | None:
    if side is None:
        return None
    parts = side.split(",") if isinstance(side, str) else side
    if not isinstance(parts, list | tuple):
        parts = [parts]
    numbers = [parse.integer(part) for part in parts]
    found = tuple(number for number in numbers if number is not None and number > 0)
    if not numbers or len(found) < len(numbers):
        raise _not_some(value, name)
    return tuple(sorted(set(found)))


def _not_some(value: object, name: str) -> InputError:
    return InputError(
        f"‹{name}› is {parse.shown(value)}: give input channels, counted from 1, such as "
        f"‹{name}=1,2,5›, and after a colon output channels, such as ‹{name}=1,2,5:1,8›"
    )


def written(given: Some) -> str:
    """Return channels as a user gives them."""
    inputs, outputs = (",".join(map(str, side or ())) for side in given)
    return f"{inputs}:{outputs}" if outputs else inputs


def pair(value: object, name: str) -> tuple[int, int]:
    """Read an input and an output channel, «2:1»."""
    parts = value.split(":") if isinstance(value, str) else value
    if isinstance(parts, tuple | list) and len(parts) == 2:
        first, second = (parse.integer(part) for part in parts)
        if first is not None and second is not None and min(first, second) > 0:
            return first, second
    raise InputError(
        f"‹{name}› is {parse.shown(value)}: give an input and an output channel, counted from 1, "
        f"such as ‹{name}=2:1›"
    )
