"""Layers put one after the other: each on what the one before makes, or why that can't be."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from conv_anim.core import parse
from conv_anim.core.layer import Layer
from conv_anim.core.layer_words import label
from conv_anim.core.parse import MAX_SIZE, Pair
from conv_anim.errors import InputError


def chained(layers: Iterable[Layer], i: object) -> tuple[Layer, ...]:
    """Return the layers, the first on an input of size *i*, with the planes that it has.

    Raises ValueError and TypeError as ``Network`` does.
    """
    if not isinstance(layers, Iterable):
        raise TypeError(f"Network() takes layers in a list, such as [Standard(k=3)], not {layers}")
    given = [*layers]
    for layer in given:
        if not isinstance(layer, Layer):
            raise TypeError(f"Network() takes layers such as Standard(k=3), not {layer!r}")
    if not given:
        raise InputError("a network has at least one layer, and there is none: give some")
    _check_axes(given)
    size = parse.size(i, "i", low=1, ndim=given[0].ndim)
    channelled = _with_planes(given)
    found: list[Layer] = []
    for number, layer in enumerate(channelled, 1):
        _check_own(layer, number, size)
        try:
            found.append(layer.on(size))
        except InputError as error:
            first = found[0].i if found else size
            raise _nothing_to_slide_over(channelled, number, first, size, error) from error
        size = found[-1].output_size
        if max(size) > MAX_SIZE:
            raise InputError(
                f"layer {number}, {label(layer)}, makes {layer.times(size)} cells, and along an "
                f"axis can be at most {MAX_SIZE}: lower ‹i›, or leave layers out"
            )
    return tuple(found)


def _check_axes(layers: Sequence[Layer]) -> None:
    """Raise InputError unless all layers have as many axes."""
    for number, layer in enumerate(layers, 1):
        if layer.ndim != layers[0].ndim:
            raise InputError(
                f"layer {number}, {label(layer)}, is {layer.ndim}-D, and those before it are "
                f"{layers[0].ndim}-D: give all layers one axis, or all two"
            )


def _with_planes(layers: Sequence[Layer]) -> list[Layer]:
    """Return the layers with the planes that they read, or raise InputError.

    What works plane by plane takes what comes.
    """
    read = next((layer.in_channels for layer in layers if _has_planes(layer)), 1)
    found = [layers[0].with_planes(read)]
    for number, layer in enumerate(layers[1:], 2):
        n_made = found[-1].out_channels
        fitted = layer.with_planes(n_made)
        if fitted.in_channels != n_made:
            reads = f"{fitted.in_channels} channel{'s' * (fitted.in_channels > 1)}"
            raise InputError(
                f"layer {number}, {label(layer)}, reads {reads}, and layer {number - 1}, "
                f"{label(found[-1])}, makes {n_made}: give them the same number"
            )
        found.append(fitted)
    return found


def _has_planes(layer: Layer) -> bool:
    """Return whether a layer says how many channels there are before it."""
    return layer.has_weights or layer.in_channels > 1


def _check_own(layer: Layer, number: int, size: Pair) -> None:
    """Raise InputError when a layer was made for another input."""
    if layer.is_bound and layer.i != size:
        whose = "the network's input is" if number == 1 else f"layer {number - 1} makes"
        raise InputError(
            f"layer {number}, {label(layer)}, has an input of {layer.times(layer.i)} of its own, "
            f"and {whose} {layer.times(size)}: leave its ‹i› out"
        )


def _nothing_to_slide_over(
    layers: Sequence[Layer], number: int, first: Pair, size: Pair, error: InputError
) -> InputError:
    """Return the complaint about a layer that has no output: on what, why, and what would fit."""
    layer = layers[number - 1]
    why = error.spelled(_in_words).rpartition(": ")[0]
    where = f"layer {number}, {label(layer)}, on {layer.times(size)} cells: {why}"
    least = bisect_left(range(MAX_SIZE), True, key=lambda cells: _fit(layers, first, cells))
    if least == MAX_SIZE:
        return InputError(f"{where}: change the layer, for no ‹i› is large enough")
    return InputError(f"{where}: change it, or give ‹i={layer.written(_raised(first, least))}›")


def _fit(layers: Sequence[Layer], first: Pair, least: int) -> bool:
    """Return whether all layers have an output if the input has at least so many cells.

    What layers make grows with their input.
    """
    size = _raised(first, least)
    try:
        for layer in layers:
            size = layer.on(size).output_size
    except InputError:
        return False
    return True


def _raised(size: Pair, least: int) -> Pair:
    return max(size[0], least), max(size[1], least)


def _in_words(name: str, value: str | None) -> str:
    """Return a parameter as it is written for a layer of a network."""
    return name if value is None else f"{name}={value}"
