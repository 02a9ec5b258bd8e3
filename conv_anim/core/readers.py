"""What reads the values of options: makes them uniform, or says what is wrong with them."""

import os
from collections.abc import Callable
from typing import Any
from unicodedata import category

from conv_anim.core import arrays, choices, parse, rows, tables
from conv_anim.core.arrays import Numbers
from conv_anim.errors import InputError, listed

MAX_PLAYS = 65_536
"""A GIF stores one less, in 16 bits."""
FOREVER = "forever"

Read = Callable[[object, str], Any]
"""Takes a value and its name for messages; raises InputError."""


def whole(low: int, high: int, multiple_of: int = 1) -> Read:
    """Return what reads a whole number."""
    return lambda value, name: parse.whole(value, name, low, high, multiple_of)


def whole_or(word: str, low: int, high: int, multiple_of: int = 1) -> Read:
    """Return what reads a whole number, or one word in any case."""

    def read(value: object, name: str) -> int | str:
        if choices.find(value, (word,)):
            return word
        try:
            return parse.whole(value, name, low, high, multiple_of)
        except InputError as error:
            raise InputError(f"{error.args[0]}, or {word}") from None

    return read


def number_or(words: tuple[str, ...]) -> Read:
    """Return what reads any whole number, or one of some words in any case, or None for none."""

    def read(value: object, name: str) -> int | str | None:
        if value is None:
            return None
        word = choices.find(value, words)
        number = parse.integer(value)
        if word is None and number is None:
            raise InputError(
                f"‹{name}› is {parse.shown(value)}: give a number from 1, {listed(words)}"
            )
        return number if word is None else word

    return read


def one_of(words: tuple[str, ...]) -> Read:
    """Return what reads one of some words, in any case."""
    return lambda value, name: choices.choice(value, name, words)


def some_of(words: tuple[str, ...]) -> Read:
    """Return what reads some of *words*, in any case: a text with commas, or a tuple, or none.

    «all» and «none» are words for all of them and for none.
    """

    def read(value: object, name: str) -> tuple[str, ...]:
        given = value.split(",") if isinstance(value, str) and value.strip() else value
        if not isinstance(given, tuple | list | set | frozenset):
            raise InputError(
                f"‹{name}› is {parse.shown(value)}: give some of {', '.join(words)}, or none of "
                f"them with ‹{name}=()›"
            )
        parts = [part.strip() if isinstance(part, str) else part for part in given]
        whole = {"all": words, "none": ()}
        if len(parts) == 1 and (word := choices.find(parts[0], whole)):
            return whole[word]
        found = set()
        for part in parts:
            word = choices.find(part, words)
            if word is None:
                raise InputError(
                    f"‹{name}› has {parse.shown(part)} in it: {choices.offer(part, words)}"
                )
            found.add(word)
        return tuple(word for word in words if word in found)

    return read


def flag(value: object, name: str) -> bool:
    """Return True or False."""
    if not isinstance(value, bool):
        raise InputError(f"‹{name}› is {parse.shown(value)}: give True or False")
    return value


def flag_or_none(value: object, name: str) -> bool | None:
    """Return True, False or None, which is neither."""
    return None if value is None else flag(value, name)


def or_none(read: Read) -> Read:
    """Return what reads None, too."""
    return lambda value, name: None if value is None else read(value, name)


def within(low: float, high: float) -> Read:
    """Return what reads a number between two others."""

    def read(value: object, name: str) -> float:
        number = parse.real(value, name)
        if not low <= number <= high:
            raise InputError(
                f"‹{name}› is {parse.shown(value)}: give a number from {low:g} to {high:g}"
            )
        return number

    return read


def canvas(low: int, high: int) -> Read:
    """Return what reads a width and a height in pixels, as text «1920x1080»."""

    def read(value: object, name: str) -> tuple[int, int]:
        parts = value.lower().split("x") if isinstance(value, str) else value
        if isinstance(parts, tuple | list) and len(parts) == 2:
            width, height = (parse.integer(part) for part in parts)
            if width and height and low <= min(width, height) and max(width, height) <= high:
                return width, height
        raise InputError(
            f"‹{name}› is {parse.shown(value)}: give a width and a height from {low} to {high} "
            f"pixels, such as ‹{name}=1920x1080›"
        )

    return read


def real(value: object, name: str) -> float:
    """Return a number from which no sum overflows."""
    number = parse.real(value, name)
    if abs(number) > rows.MAX_VALUE:
        raise InputError(f"‹{name}› is {value}: give a number up to {rows.MAX_VALUE:g}")
    return number


def biases(value: object, name: str) -> float | tuple[float, ...]:
    """Return a number from which no sum overflows, or several: an array, or text «1, 0»."""
    if isinstance(value, str):
        is_one = not tables.is_typed(value) or len(value.replace(",", " ").split()) == 1
        is_one = is_one and not tables.is_printed(value)
    else:
        is_one = not hasattr(value, "__len__") or getattr(value, "ndim", 1) == 0
    return real(value, name) if is_one else arrays.read_row(value, name)


def seconds(value: object, name: str) -> float | None:
    """Return a length of time, above 0, or None for none."""
    if value is None:
        return None
    number = real(value, name)
    if number <= 0:
        raise InputError(
            f"‹{name}› is {parse.shown(value)}: give a length in seconds above 0, such as "
            f"‹{name}=8›"
        )
    return number


def line(most: int) -> Read:
    """Return what reads one line of text, of so many letters at *most*, or None for none."""

    def read(value: object, name: str) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise InputError(f"‹{name}› is {parse.shown(value)}: give a text")
        text = "".join(" " if category(letter) == "Zs" else letter for letter in value).strip()
        if not text:
            raise InputError(
                f"‹{name}› is empty: give a text, or leave the heading out with ‹parts›"
            )
        if not text.isprintable():
            raise InputError(
                f"‹{name}› is {parse.shown(value)}: give one line, of characters that can be "
                f"printed"
            )
        if len(text) > most:
            raise InputError(f"‹{name}› has {len(text):,} letters, more than {most}: shorten it")
        return text

    return read


def plays(value: object, name: str) -> bool | int:
    """Return whether it plays for ever, True, or once, False, or else how often."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() == FOREVER:
        return True
    number = parse.integer(value)
    if number is None or not 0 <= number <= MAX_PLAYS:
        raise InputError(
            f"‹{name}› is {parse.shown(value)}: give how often it plays, from 1 to {MAX_PLAYS}, "
            f"or 0 or {FOREVER} for no end"
        )
    return number if number > 1 else number == 0


def numbers(value: object, name: str) -> str | Numbers:
    """Return numbers, or a text whose meaning depends on the layer."""
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    if isinstance(value, str):
        return value
    read = arrays.read(value, name)
    return read if read.filters else read.text


def span(value: object, name: str = "frames") -> tuple[int, int] | None:
    """Return the first and the last step, or None for all."""
    if value is None:
        return None
    parts = value.split(":") if isinstance(value, str) else value
    if isinstance(parts, tuple | list) and len(parts) == 2:
        first, last = (parse.integer(part) for part in parts)
        if first is not None and last is not None:
            return first, last
    raise InputError(
        f"‹{name}› is {parse.shown(value)}: give the first and the last step that are shown, "
        f"such as ‹{name}=3:9›"
    )
