"""From texts of layers, or of a printed model, to a network."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from conv_anim.core import choices
from conv_anim.core.layer import Layer
from conv_anim.core.layers import IN_NETWORKS, KINDS
from conv_anim.core.network import Network
from conv_anim.core.parse import shown
from conv_anim.errors import InputError, listed
from conv_anim.frameworks import modules, own_words, passed_over, torch_text, upsample_text
from conv_anim.frameworks.build import build
from conv_anim.frameworks.signatures import TextLayer

T = TypeVar("T")

OWN = ("i", "ndim")
"""The parameters of a layer that a network has, too."""
_PADS = frozenset(
    f"{kind}Pad{ndim}d"
    for kind in ("Zero", "Constant", "Reflection", "Replication", "Circular")
    for ndim in (1, 2)
)


@dataclass(frozen=True)
class Read:
    """A network, and what its text had besides."""

    network: Network
    passed_over: tuple[str, ...]
    """The names of the layers that move no cell, in order, each as often as it is there."""


@dataclass(frozen=True)
class _Part:
    """A layer's text, and what it says."""

    source: str
    found: TextLayer


def read(texts: Sequence[str], given: Mapping[str, object]) -> Read:
    """Return the network.

    Parameters
    ----------
    texts
        Layers in our own words, «standard k=3 s=2», or texts of PyTorch layers or of a
        Sequential, printed or as source; activations, norms and dropout are passed over.
    given
        The network's ``i``, and ``ndim`` 1 for layers in our words that have one axis; those
        alone that were given.

    Raises
    ------
    ValueError
        When a text can't be read, or the layers don't make a network.
    """
    for name, value in given.items():
        if name not in OWN:
            raise InputError(
                f"‹{name}› {shown(value)} has no meaning for a network: give it with a layer, such "
                f"as 'standard k=3 s=2'"
            )
    parts, passed = _parts(texts)
    if not parts and passed:
        raise InputError(
            f"a network has at least one layer that moves cells, and {counted(passed)} "
            f"move{'s' * (len(passed) == 1)} none: give one such as 'standard k=3'"
        )
    layers = _layers(parts, _axes(parts, given))
    return Read(Network(layers, given.get("i")), tuple(passed))


def _parts(texts: Sequence[str]) -> tuple[list[_Part], list[str]]:
    """Return what texts say of layers, and the names of those that are passed over."""
    parts: list[_Part] = []
    passed: list[str] = []
    known: dict[str, TextLayer] = {}  # many layers of a network are alike
    for text in texts:
        if own_words.is_ours(text):
            parts.append(_Part(text, _in_place(text, len(parts), own_words.read)))
            continue
        if "(" not in text and len(text.split()) > 1:
            first = text.split()[0]
            raise InputError(
                f"layer {len(parts) + 1} is {shown(text)}: begin with {listed([*IN_NETWORKS])}, or "
                f"give a PyTorch layer such as 'Conv2d(1, 8, 3)'{choices.meant(first, IN_NETWORKS)}"
            )
        for module in modules.split(text):
            if module.name in passed_over.NAMES:
                passed.append(module.name)
                continue
            if module.source not in known:
                known[module.source] = _of_module(module, len(parts))
            parts.append(_Part(module.source, known[module.source]))
    return parts, passed


def _layers(parts: Sequence[_Part], ndim: int) -> list[Layer]:
    """Return the layers; those whose text does not say how many axes there are have *ndim*."""
    layers: list[Layer] = []
    made: dict[tuple[str, int], Layer] = {}
    for part in parts:
        before = layers[-1] if layers else None
        key = part.source, before.out_channels if before else 0
        if key not in made:
            made[key] = _made(part, len(layers) + 1, ndim, before)
        layers.append(made[key])
    return layers


def _of_module(module: modules.Module, before: int) -> TextLayer:
    """Return what a PyTorch layer says; *before* is how many layers come before it."""
    if module.name in torch_text.NAMES:
        return _in_place(module.source, before, torch_text.read)
    if module.name in upsample_text.NAMES:
        return _in_place(
            module.source, before, lambda source: upsample_text.read(source, module.name)
        )
    if module.name in _PADS:
        raise InputError(
            f"layer {before + 1} is {shown(module.source)}, and padding here is the next layer's: "
            f"give it there, as padding or p"
        )
    known = sorted(torch_text.NAMES | upsample_text.NAMES | passed_over.NAMES)
    offer = choices.meant(module.name, [*known, *IN_NETWORKS])
    raise InputError(
        f"layer {before + 1} is {shown(module.source)}, and a network here has convolutions, "
        f"pooling and nearest upsampling alone (activations, norms and dropout are passed over): "
        f"leave it out, or give one such as 'standard k=3'{offer}"
    )


def _axes(parts: Sequence[_Part], given: Mapping[str, object]) -> int:
    """Return how many axes layers have whose text doesn't say it."""
    stated = [(number, part) for number, part in enumerate(parts, 1) if part.found.ndim]
    if given.get("ndim") != 1:
        return stated[0][1].found.ndim if stated else 2
    for number, part in stated:
        if part.found.ndim == 2:
            raise InputError(
                f"‹ndim=1› contradicts layer {number}, {shown(part.source)}, which has two axes: "
                f"leave it out, or change the layer"
            )
    return 1


def _made(part: _Part, number: int, ndim: int, before: Layer | None) -> Layer:
    """Return the layer; channels that its text doesn't say are those of the layer *before*."""
    found = part.found
    sizes = {**found.sizes, "ndim": found.ndim or ndim}
    if before is not None and "in_channels" in found.unknown:
        sizes["in_channels"] = before.out_channels
    if "out_channels" in found.unknown:
        sizes["out_channels"] = sizes.get("in_channels", sizes.get("groups", 1))

    def make(_: str) -> Layer:
        if found.kind in KINDS:
            return build(found.kind, sizes)
        return IN_NETWORKS[found.kind](**sizes)

    layer = _in_place(part.source, number - 1, make)
    return layer if before is None else layer.with_planes(before.out_channels)


def _in_place(text: str, before: int, read: Callable[[str], T]) -> T:
    """Return what *read* makes of a text, whose refusals say which layer it is."""
    try:
        return read(text)
    except InputError as error:
        said = error.spelled(_spelled)
        if said.startswith("it is "):
            raise InputError(f"layer {before + 1}: {said}") from error
        raise InputError(f"layer {before + 1}, {shown(text)}: {said}") from error


def _spelled(name: str, value: str | None) -> str:
    """Return a parameter as it is written for a layer of a network."""
    if name == "layer":
        return "it"
    return name if value is None else f"{name}={value}"


def counted(names: Iterable[str]) -> str:
    """Return names with how often each is there: «ReLU (3), BatchNorm2d»."""
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return ", ".join(name if n == 1 else f"{name} ({n})" for name, n in found.items())
