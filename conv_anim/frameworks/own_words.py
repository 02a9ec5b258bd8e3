"""Read a layer in our own words, as networks are written: «standard k=3 s=2 p=1»."""

from collections.abc import Mapping
from typing import Any

from conv_anim.core import choices, pool
from conv_anim.core.layers import IN_NETWORKS, KINDS
from conv_anim.core.parameter import LAYER, Parameter, Table, vocabulary
from conv_anim.core.parse import shown
from conv_anim.core.pool import Pool
from conv_anim.core.upsample import Upsample
from conv_anim.errors import InputError
from conv_anim.frameworks import parameters
from conv_anim.frameworks.build import with_channels
from conv_anim.frameworks.signatures import TextLayer

_INPUT = "i"
_FACTOR = Parameter(name="f", group=LAYER, help="", words=("f", "factor"), metavar="N")
_OF_UPSAMPLING = ("in_channels", "ndim")
_CHANNELS = frozenset({"in_channels", "out_channels"})


def _rows(kind: str) -> Table:
    """Return what may be given for a kind of layer."""
    table = parameters.TABLE
    if kind == Upsample.name:
        return {_FACTOR.name: _FACTOR, **{name: table[name] for name in _OF_UPSAMPLING}}
    return {name: row for name, row in table.items() if row.is_for(kind)}


_ROWS: Mapping[str, Table] = {kind: _rows(kind) for kind in IN_NETWORKS}


def is_ours(text: str) -> bool:
    """Return whether a text begins like a layer in our words."""
    return choices.find(_first(text), IN_NETWORKS) is not None


def _first(text: str) -> str:
    return next(iter(text.split()), "")


def read(text: str) -> TextLayer:
    """Return what a text that ``is_ours`` says; 0 axes where it says nothing of them.

    Raises InputError when a word has no meaning.
    """
    kind = choices.find(_first(text), IN_NETWORKS) or ""
    given: dict[str, Any] = {}
    for word in text.split()[1:]:
        name, value = _meant(word, kind)
        if name in given:
            raise InputError(f"‹{name}› is given twice: leave one out")
        given[name] = value
    given = dict(with_channels(given))
    ndim = given.pop("ndim", 0)
    unknown = _CHANNELS - given.keys() if kind in KINDS and kind != Pool.name else frozenset()
    return TextLayer(kind, ndim, given, frozenset(given), unknown)


def _meant(word: str, kind: str) -> tuple[str, object]:
    """Return the parameter that a word gives, and its value."""
    rows = _ROWS[kind]
    words = vocabulary(rows)
    left, sign, value = word.partition("=")
    name = words.get(left.replace("_", "-").lower())
    if name == _INPUT:
        raise InputError(
            "‹i› of a layer is what the one before makes: leave it out, and give the network's"
        )
    if name is not None:
        row = rows[name]
        is_switch = left.replace("_", "-").lower() in row.switches
        if is_switch and not sign:
            return name, row.meant(left.replace("_", "-").lower())
        if not is_switch and sign and value:
            return name, value
    elif not sign:
        mode = choices.find(word, pool.MODES, pool.ALIASES) if kind == Pool.name else None
        if mode is not None:
            return "mode", mode
        if kind == Upsample.name and word[:1].isdigit():
            return _FACTOR.name, word
    known = [word for name, row in rows.items() if name != _INPUT for word in row.all_words]
    example = "2" if kind == Upsample.name else "k=3"
    raise InputError(
        f"{shown(word)} has no meaning for {'an' if kind[0] in 'aeiou' else 'a'} {kind} layer: "
        f"give such as {example}{'' if name else choices.meant(left, known)}"
    )
