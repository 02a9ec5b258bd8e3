"""From what was asked for in words, a layer and drawing options, to the animation."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from conv_anim.animation import Animation, animate
from conv_anim.core import arrays, parse
from conv_anim.errors import InputError
from conv_anim.frameworks import torch_text
from conv_anim.frameworks.build import build

MAX_NUMBERS = 2_000_000

Reader = Callable[[object, str, parse.Pair | None, Path | None], arrays.Numbers]
"""What gives the numbers that a value means, as ``arrays.read`` does."""


def reading_once() -> Reader:
    """Return a reader that reads each file once, and keeps its numbers once.

    It raises InputError when these are too many, all files together.
    """
    found: dict[tuple[object, ...], arrays.Numbers] = {}
    n_numbers = 0

    def read(
        value: object, name: str, size: parse.Pair | None, folder: Path | None
    ) -> arrays.Numbers:
        nonlocal n_numbers
        key = (value, name, size, folder)
        if not isinstance(value, str):
            return arrays.read(value, name, size, folder)
        if key not in found:
            found[key] = numbers = arrays.read(value, name, size, folder)
            rows, columns = numbers.size or (0, 0)
            n_numbers += rows * columns
            if n_numbers > MAX_NUMBERS:
                raise InputError(
                    f"‹{name}› {parse.shown(value)} and the numbers before it are more than "
                    f"{MAX_NUMBERS:,}: give smaller files, or make several specs"
                )
        return found[key]

    return read


def requested(
    kind: str | None,
    given: Mapping[str, object],
    text: str | None,
    options: Mapping[str, Any],
    folder: Path | None = None,
    reader: Reader = arrays.read,
) -> Animation:
    """Return the animation; numbers that are given say how large input and kernel are.

    Parameters
    ----------
    kind, given, text
        The layer, as ``build`` takes it.
    options
        The fields of ``Options``, those alone that were given.
    folder
        Where files of numbers are; the current one if it is not given.
    reader
        What reads them.

    Raises
    ------
    ValueError
        When anything is wrong with what was given.
    """
    sizes: dict[str, object] = {}
    read: dict[str, arrays.Numbers] = {}
    ndim = 1 if given.get("ndim") == 1 else 2
    said = torch_text.read(text) if text else None
    for letter, name in (("i", "input"), ("k", "kernel")):
        if name not in options:
            continue
        size = None
        if letter in given:
            size = parse.size(given[letter], letter, low=1, ndim=ndim)
        elif said and letter in said.sizes:
            size = parse.size(said.sizes[letter], letter, low=1, ndim=said.ndim)
        axes = said.ndim if said else ndim
        numbers = reader(options[name], name, size, folder).along(axes, name)
        read[name] = numbers
        if numbers.size and numbers.ndim in (None, axes) and (letter == "i" or text is None):
            sizes[letter] = numbers.size
    layer = build(kind, {**sizes, **given}, text)
    return animate(layer, **{**options, **read})
