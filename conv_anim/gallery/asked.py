"""What an entry's words ask for: a layer or a network, and how it is drawn."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from conv_anim import option_table
from conv_anim.animation import Animation
from conv_anim.core import choices
from conv_anim.core.layers import KINDS
from conv_anim.core.parameter import in_a_spec, vocabulary
from conv_anim.core.parse import shown
from conv_anim.core.separable import Separable
from conv_anim.errors import InputError, listed
from conv_anim.frameworks import parameters
from conv_anim.request import Reader, requested, requested_network

LAYERS = "layers"
"""The word of a network, whose value is a list."""
Words = Mapping[str, object]
"""An entry's words and their values: those of the command line, and some of its own."""

LAYER_WORDS = vocabulary(parameters.TABLE)
OPTION_WORDS = vocabulary(
    {name: row for name, row in option_table.TABLE.items() if name != "theme"}
)
_TABLE = {**parameters.TABLE, **option_table.TABLE}
spelled = partial(in_a_spec, _TABLE)
"""How messages write a parameter."""


def asked(words: Words, folder: Path, read: Reader) -> Callable[[dict[str, Any]], Animation]:
    """Return what makes the animation of an entry's layer, or network, with some options."""
    if LAYERS not in words:
        layer = _layer(words)
        return lambda options: requested(*layer, options, folder, read)
    if "layer" in words:
        raise InputError("layer and layers both say what is drawn: leave one out")
    found = words[LAYERS]
    if not isinstance(found, list) or not all(isinstance(layer, str) for layer in found):
        raise InputError(
            f"layers is {shown(found)}: give a list of texts, such as ['standard k=3', "
            f"'upsample 2']"
        )
    texts, own = [text(layer, LAYERS) for layer in found], _named(words, LAYER_WORDS)
    return lambda options: requested_network(texts, own, options)


def _layer(words: Words) -> tuple[str | None, dict[str, object], str | None]:
    """Return the kind of layer, its parameters, and a PyTorch layer's text."""
    kinds = [*KINDS, Separable.name, "the text of a PyTorch layer"]
    if "layer" not in words:
        raise InputError(f"it has no layer: give {listed(kinds)}, or layers = [...] of a network")
    layer = text(words["layer"], "layer")
    given = _named(words, LAYER_WORDS)
    kind = choices.find(layer, [*KINDS, Separable.name])
    if kind is not None:
        return kind, given, None
    if "(" not in layer:
        raise InputError(f"layer is {shown(layer)}: {choices.offer(layer, kinds)}")
    return None, given, layer


def options(words: Words) -> dict[str, Any]:
    """Return the drawing options, but for the theme."""
    return _named(words, OPTION_WORDS)


def _named(words: Words, names: Mapping[str, str]) -> dict[str, object]:
    """Return the values by the names that their words have in Python."""
    given: dict[str, object] = {}
    used: dict[str, str] = {}
    for word in words:
        if word not in names:
            continue
        name = names[word]
        if name in used:
            raise InputError(f"{used[name]} and {word} say the same: leave one out")
        used[name] = word
        given[name] = words[word]
        row = _TABLE[name]
        if word in row.switches:
            given[name] = row.meant(word, _flag(words[word], word))
    return given


def _flag(value: object, word: str) -> bool:
    if not isinstance(value, bool):
        raise InputError(f"{word} is {shown(value)}: give true or false")
    return value


def text(value: object, what: str) -> str:
    """Return a text on one line."""
    if not isinstance(value, str):
        raise InputError(f"{what} is {shown(value)}: give a text in quotes")
    line = " ".join(value.split())
    if not line.isprintable():
        raise InputError(f"{what} is {shown(line)}: give characters that can be printed")
    return line
