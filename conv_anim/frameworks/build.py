"""From what was asked for, by options or by the text of a layer, to the layer."""

from collections.abc import Container, Mapping

from conv_anim.core import parse
from conv_anim.core.layer import Layer
from conv_anim.core.layers import KINDS
from conv_anim.core.parse import shown
from conv_anim.core.pool import Pool
from conv_anim.errors import InputError
from conv_anim.frameworks import torch_text
from conv_anim.frameworks.parameters import TABLE, parameters


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
    given = with_channels(given)
    if text is None:
        if kind is None:
            raise InputError(f"no layer is named: give {', '.join(KINDS)}, or ‹layer›")
        return _make(kind, given)
    found = torch_text.read(text)
    if kind not in (None, found.kind):
        raise InputError(f"‹layer› is a {found.kind} layer, not a {kind} one: use {found.kind}")
    if given.get("ndim", found.ndim) != found.ndim:
        raise InputError("‹ndim=1› contradicts ‹layer›, which has two axes: leave one of them out")
    sizes = {**found.sizes, "ndim": found.ndim}
    letters = [letter for letter in ("k", "p", "s", "d", "op") if letter in sizes]
    layer_options = {name: value for name, value in given.items() if name != "to"}
    plain = _make(found.kind, {**layer_options, **sizes})
    if "to" in given:
        sizes.pop("op", None)  # it follows
        letters = [letter for letter in letters if letter != "op" or "op" in found.stated]
    layer = _make(found.kind, {**sizes, **given})
    for name in found.sizes.keys() & given.keys():
        if TABLE[name].letter:
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


def with_channels(given: Mapping[str, object]) -> Mapping[str, object]:
    """Return parameters with ``in_channels`` and ``out_channels`` for ``c``, «IN:OUT»."""
    if "c" not in given:
        return given
    parts = str(given["c"]).split(":")
    numbers = [parse.integer(part) for part in parts]
    if len(parts) > 2 or None in numbers:
        raise InputError(
            f"‹c› is {shown(given['c'])}: give the channels that go in and those that come out, "
            f"such as ‹c=3:64›, or one number for both"
        )
    channels = {"in_channels": numbers[0], "out_channels": numbers[-1]}
    for name in sorted(channels.keys() & given.keys()):
        raise InputError(f"‹c› and ‹{name}› say the same: leave one out")
    return {**{name: value for name, value in given.items() if name != "c"}, **channels}


def _make(kind: str, given: Mapping[str, object]) -> Layer:
    """Return the layer of a kind, refusing what is another kind's."""
    known = parameters(kind)
    if kind == Pool.name and given.get("out_channels") == given.get("in_channels"):
        given = {name: value for name, value in given.items() if name != "out_channels"}
    check_known(given, known, f"{kind} layer")
    return KINDS[kind](**given)


def check_known(given: Mapping[str, object], known: Container[str], what: str) -> None:
    """Raise InputError when a parameter is given that *what* does not have."""
    for name, value in given.items():
        if name not in known:
            raise InputError(f"‹{name}› {shown(value)} has no meaning for a {what}: leave it out")
