"""From what was asked for in words, a layer and drawing options, to the animation."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from conv_anim import parse, sources, torch_text
from conv_anim.animation import Animation, animate
from conv_anim.build import build


def requested(
    kind: str | None,
    given: Mapping[str, object],
    text: str | None,
    options: Mapping[str, Any],
    folder: Path | None = None,
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

    Raises
    ------
    ValueError
        When anything is wrong with what was given.
    """
    sizes: dict[str, object] = {}
    read: dict[str, sources.Numbers] = {}
    ndim = 1 if given.get("ndim") == 1 else 2
    said = torch_text.read(text) if text else None
    for letter, name in (("i", "input"), ("k", "kernel")):
        if name not in options:
            continue
        size = None
        if letter in given:
            size = parse.size(given[letter], f"--{letter}", low=1, ndim=ndim)
        elif said and letter in said.sizes:
            size = parse.size(said.sizes[letter], f"--{letter}", low=1, ndim=said.ndim)
        axes, option = said.ndim if said else ndim, f"--{name}"
        numbers = sources.read(options[name], option, size, folder).along(axes, option)
        read[name] = numbers
        if numbers.size and numbers.ndim in (None, axes) and (letter == "i" or text is None):
            sizes[letter] = numbers.size
    layer = build(kind, {**sizes, **given}, text)
    return animate(layer, **{**options, **read})
