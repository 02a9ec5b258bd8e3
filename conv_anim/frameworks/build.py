"""From what was asked for, by options or by the text of a layer, to the layer."""

from collections.abc import Mapping

from conv_anim.core.layer import Layer
from conv_anim.core.parse import shown
from conv_anim.core.pool import Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.errors import InputError
from conv_anim.frameworks import torch_text

KINDS: Mapping[str, type[Standard] | type[Transposed] | type[Pool]] = {
    layer.name: layer for layer in (Standard, Transposed, Pool)
}

WORDS = {
    "i": "input-size",
    "k": "kernel-size",
    "p": "padding",
    "s": "stride",
    "d": "dilation",
    "op": "output-padding",
}
"""The words that may be said for letters."""

CHANNELS = ("in_channels", "out_channels", "groups", "has_bias")
"""What a layer has that has channels."""


def parameters(kind: str) -> tuple[str, ...]:
    """Return what may be given for a layer of this kind."""
    own = {
        Standard.name: ("convention", "pad_mode", *CHANNELS),
        Transposed.name: ("op", "to", *CHANNELS),
        Pool.name: ("mode", "ceil", "count_include_pad"),
    }
    return ("i", "k", "p", "s", "d", *own[kind], "ndim")


def build(kind: str | None, given: Mapping[str, object], text: str | None = None) -> Layer:
    """Return the layer.

    Parameters
    ----------
    kind
        ``standard`` or ``transposed``; may be left to *text*.
    given
        Parameters of the layer by their names, those alone that were given.
    text
        A PyTorch layer, from which the rest is taken.

    Raises
    ------
    ValueError
        When anything is wrong with a value, or *text* says another thing than the rest.
    """
    if text is None:
        if kind is None:
            raise InputError(f"no layer is named: give {', '.join(KINDS)}, or ‹layer›")
        return _make(kind, given)
    said = torch_text.read(text)
    if kind not in (None, said.kind):
        raise InputError(f"‹layer› is a {said.kind} layer, not a {kind} one: use {said.kind}")
    if given.get("ndim", said.ndim) != said.ndim:
        raise InputError("‹ndim=1› contradicts ‹layer›, which has two axes: leave one of them out")
    sizes = {**said.sizes, "ndim": said.ndim}
    letters = [letter for letter in ("k", "p", "s", "d", "op") if letter in sizes]
    layer_options = {name: value for name, value in given.items() if name != "to"}
    plain = _make(said.kind, {**layer_options, **sizes})
    if "to" in given and said.kind == Transposed.name:
        sizes.pop("op", None)  # it follows
        if "op" not in said.stated:
            letters.remove("op")
    layer = _make(said.kind, {**sizes, **given})
    for name in said.sizes.keys() & given.keys():
        if name in WORDS:
            continue
        ours, theirs = getattr(layer, name, given[name]), getattr(plain, name, sizes[name])
        if ours != theirs:
            raise InputError(
                f"‹{name}› {shown(given[name])} contradicts ‹layer›, which says "
                f"{shown(theirs)}: leave one of them out"
            )
    for letter in letters:
        ours, theirs = getattr(layer, letter), getattr(plain, letter)
        if ours != theirs:
            raise InputError(
                f"‹{letter}={layer.written(ours)}› contradicts ‹layer›, which says "
                f"{layer.written(theirs)}: leave one of them out"
            )
    return layer


def _make(kind: str, given: Mapping[str, object]) -> Layer:
    """Return the layer of a kind, refusing what is another kind's."""
    for name, value in given.items():
        if name not in parameters(kind):
            raise InputError(f"‹{name}› {shown(value)} has no meaning for a {kind} layer")
    return KINDS[kind](**given)
