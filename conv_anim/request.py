"""From what was asked for in words, a layer and drawing options, to the animation."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from conv_anim.animation import Animation, animate
from conv_anim.core import arrays, parse
from conv_anim.core.pool import Pool
from conv_anim.core.separable import Separable
from conv_anim.core.transposed import Transposed
from conv_anim.errors import InputError
from conv_anim.frameworks import network_text, torch_text
from conv_anim.frameworks.build import build, check_known, with_channels

MAX_NUMBERS = 2_000_000


class Reader(Protocol):
    """What gives the numbers that a value means, as ``arrays.read`` does."""

    def __call__(
        self,
        value: object,
        name: str,
        size: parse.Pair | None,
        folder: Path | None,
        in_colour: bool,
    ) -> arrays.Numbers:
        """Return the numbers."""


def reading_once() -> Reader:
    """Return a reader that reads each file once, and keeps its numbers once.

    It raises InputError when these are too many, all files together.
    """
    found: dict[tuple[object, ...], arrays.Numbers] = {}
    n_numbers = 0

    def read(
        value: object,
        name: str,
        size: parse.Pair | None,
        folder: Path | None,
        in_colour: bool,
    ) -> arrays.Numbers:
        nonlocal n_numbers
        key = (value, name, size, folder, in_colour)
        if not isinstance(value, str):
            return arrays.read(value, name, size, folder, in_colour)
        if key not in found:
            found[key] = numbers = arrays.read(value, name, size, folder, in_colour)
            n_numbers += numbers.n_numbers
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

    They also say how many channels there are, unless that is given.

    Parameters
    ----------
    kind, given, text
        The layer, as ``build`` takes it, or a separable convolution by its name.
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
    given = with_channels(given)
    sizes: dict[str, object] = {}
    read: dict[str, arrays.Numbers] = {}
    ndim = 1 if given.get("ndim") == 1 else 2
    said = torch_text.read(text) if text else None
    known = {**(said.sizes if said else {}), **given}
    if kind == Separable.name:
        known = {"in_channels": Separable.own_channels[0], **known}
    in_colour = _is_three(known.get("in_channels")) and options.get("gray") is not True
    for letter, name in (("i", "input"), ("k", "kernel")):
        if name not in options:
            continue
        size = None
        if letter in given:
            size = parse.size(given[letter], letter, low=1, ndim=ndim)
        elif said and letter in said.sizes:
            size = parse.size(said.sizes[letter], letter, low=1, ndim=said.ndim)
        axes = said.ndim if said else ndim
        has_colours = in_colour and name == "input"
        numbers = reader(options[name], name, size, folder, has_colours).along(axes, name)
        read[name] = numbers
        if numbers.size and numbers.fits(axes) and (letter == "i" or text is None):
            sizes[letter] = numbers.size
    if text is None:
        sizes |= _channels(kind, given, read)
    sizes |= given
    layer = _separable(sizes) if kind == Separable.name else build(kind, sizes, text)
    return animate(layer, **{**options, **read})


def _separable(given: Mapping[str, object]) -> Separable:
    """Return a separable convolution, refusing what is for others."""
    check_known(given, Separable.made_of, Separable.noun)
    return Separable(**given)


def requested_network(
    texts: Sequence[str], given: Mapping[str, object], options: Mapping[str, Any]
) -> Animation:
    """Return the animation of a network; what was passed over is among its remarks.

    Parameters
    ----------
    texts, given
        The layers, as ``network_text.read`` takes them.
    options
        The fields of ``Options``, those alone that were given.

    Raises
    ------
    ValueError
        When anything is wrong with what was given.
    """
    read = network_text.read(texts, given)
    animation = animate(read.network, **options)
    if read.passed_over:
        names = network_text.counted(read.passed_over)
        animation.remarks = (*animation.remarks, f"passed over: {names}")
    return animation


def _is_three(number: object) -> bool:
    return parse.integer(number) == arrays.N_COLOURS


def _channels(
    kind: str | None, given: Mapping[str, object], read: Mapping[str, arrays.Numbers]
) -> dict[str, object]:
    """Return how many channels the numbers have that give them by themselves."""
    found: dict[str, object] = {}
    kernel = read.get("kernel")
    if kernel and kernel.has_channels and kind != Pool.name:
        first, second = kernel.shape
        groups = parse.integer(given.get("groups", 1)) or 1
        by_inputs = kind == Transposed.name and kernel.ndim is not None  # as PyTorch has them
        names = ("in_channels", "out_channels") if by_inputs else ("out_channels", "in_channels")
        found = dict(zip(names, (first, second * groups), strict=True))
    if "input" in read and read["input"].has_channels:
        found["in_channels"] = read["input"].shape[1]
    return found
