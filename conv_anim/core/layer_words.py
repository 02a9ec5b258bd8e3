"""A layer in our own words, as networks are written: «standard k=3 s=2 p=1»."""

from functools import cache

from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pads, Pair
from conv_anim.core.pool import Pool
from conv_anim.core.upsample import Upsample

_TRIVIAL = {"p": ((0, 0), (0, 0)), "s": (1, 1), "d": (1, 1), "op": (0, 0)}
_CHANNELS = ("--in-channels", "--out-channels")
_BIAS = "--has-bias"
_OF_CHANNELS = (*_CHANNELS, "--groups", _BIAS)


def words(layer: Layer) -> str:
    """Return everything that a network takes of a layer: all but the size of its input."""
    dims = ["1d"] if layer.ndim == 1 else []
    channels = [f"c={layer.in_channels}:{layer.out_channels}"]
    if not layer.has_weights or not layer.has_channels:  # those of the layer before
        channels = []
    others = [*channels, *_others(layer, _CHANNELS)]
    return " ".join([layer.name, *_modes(layer), *dims, *_sizes(layer), *others])


def label(layer: Layer, *, has_groups: bool = False) -> str:
    """Return what tells a layer from others of a network: the same without axes and channels.

    With *has_groups*, it says in how many these are.
    """
    others = _others(layer, (*_CHANNELS, _BIAS) if has_groups else _OF_CHANNELS)
    return " ".join([layer.name, *_modes(layer), *_sizes(layer), *others])


def _modes(layer: Layer) -> list[str]:
    return [layer.computes] if isinstance(layer, Pool) else []


def _sizes(layer: Layer) -> list[str]:
    if isinstance(layer, Upsample):
        return [layer.written(layer.f)]
    trivial = {**_TRIVIAL, "s": layer.k} if isinstance(layer, Pool) else _TRIVIAL
    plain = _defaults(type(layer))
    found = {x: size for x, size in layer.sizes.items() if x != "i"}
    return [
        f"{letter}={layer.written(size)}"
        for letter, size in sorted(found.items(), key=lambda item: "kspdo".find(item[0][0]))
        if size != trivial.get(letter)
        or (letter in plain and plain[letter] not in (size, plain["k"]))
    ]


@cache
def _defaults(kind: type[Layer]) -> dict[str, Pair | Pads]:
    """Return the sizes that a kind of layer has by itself."""
    return kind().sizes


def _others(layer: Layer, without: tuple[str, ...]) -> list[str]:
    """Return what a layer has besides sizes: what is given by a word alone, and the rest."""
    found = []
    for trait in layer.traits:
        word, *value = trait.arguments
        if word in without or word == "--mode":
            continue
        found.append("=".join([word.removeprefix("--"), *value]))
    return found
