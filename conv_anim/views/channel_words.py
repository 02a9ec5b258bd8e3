"""The words round a sliding picture with channels."""

from collections.abc import Sequence
from math import prod

from conv_anim.core.grouped import counted
from conv_anim.core.layer import Layer
from conv_anim.scene.scene import Chunks
from conv_anim.views import captions

_MOST_NAMED = 6


def title(layer: Layer) -> str:
    """Return the heading: what kind of layer it is as to its channels."""
    one_axis = ", 1-D" if layer.ndim == 1 else ""
    if not layer.has_weights:
        return f"{layer.heading}, plane by plane{one_axis}"
    name = "transposed convolution" if layer.inserts_zeros else "convolution"
    if layer.groups > 1:
        kind = "depthwise" if is_depthwise(layer) else "grouped"
        return f"{kind.capitalize()} {name}{one_axis}"
    if prod(layer.k) == 1 and not layer.inserts_zeros:
        return f"1×1 {name}" if layer.ndim == 2 else f"Convolution of one tap{one_axis}"
    return f"{name.capitalize()} over channels{one_axis}"


def is_depthwise(layer: Layer) -> bool:
    """Return whether each input channel has filters of its own."""
    return layer.groups == layer.in_channels > 1


def counter(layer: Layer, filter_: int, step: int, n_steps: int) -> str:
    """Return how far the animation is; filters, and the steps that each has, count from 1."""
    along = captions.counter(step, n_steps)
    if layer.out_channels == 1:
        return along
    word = "filter" if layer.has_weights else "channel"
    return f"{word} {filter_} / {layer.out_channels}, {along}"


def parameters(layer: Layer, *, drawn: bool = True) -> tuple[Chunks, ...]:
    """Return the sizes as they were given, what follows for the channels, and what is *drawn*."""
    sizes, *others = captions.parameters(layer, drawn=drawn)
    return sizes, *_channels(layer), *others


def plus(layer: Layer) -> str:
    """Return what is added to the products of all channels; nothing if nothing is."""
    return "+ bias" if n_biases(layer) else ""


def biases(layer: Layer) -> Chunks:
    """Return how many biases there are besides the weights, if there are any."""
    count = n_biases(layer)
    return (f"+ {counted(count, 'bias', 'es')}",) if count else ()


def n_biases(layer: Layer) -> int:
    """Return how many biases there are."""
    return layer.parameters - prod(layer.weight_shape or (0,))


def _channels(layer: Layer) -> tuple[Chunks, ...]:
    if not layer.has_weights:
        return ((f"{layer.in_channels} channels, each by itself",),)
    assert layer.weight_shape is not None
    read = "×".join(map(str, (*_kernel(layer), layer.channels_read)))
    first: Chunks = (
        f"{counted(layer.in_channels, 'input channel')},",
        f"{counted(layer.out_channels, 'filter')} of {read}:",
        f"weights {'·'.join(map(str, layer.weight_shape))} = {prod(layer.weight_shape):,}",
    )
    return tuple(filter(None, ((*first, *biases(layer)), _reads(layer))))


def _reads(layer: Layer) -> Chunks:
    """Return which channels a filter reads, if that is not all of them."""
    if is_depthwise(layer):
        several = layer.out_channels // layer.in_channels
        whose = "its own filter" if several == 1 else f"{several} filters of its own"
        return (f"depthwise: each channel has {whose}",)
    if layer.groups > 1:
        return (
            f"{layer.groups} groups: each filter reads {layer.channels_read} of "
            f"{layer.in_channels} channels",
        )
    if prod(layer.k) == 1 and not layer.inserts_zeros:
        return ("each output cell adds up the channels of one input cell",)
    return ()


def _kernel(layer: Layer) -> tuple[int, ...]:
    return layer.k[-layer.ndim :]


def of_channels(line: str, count: int) -> Chunks:
    """Return «input 5×5» with how many of them there are."""
    word, _, size = line.partition(" ")
    return (line,) if count == 1 else (word, f"{count} channels of {size}")


def drawn(channels: Sequence[int], count: int) -> Chunks:
    """Return which channels are drawn, from the front, unless these are all there are."""
    if len(channels) == count:
        return ()
    if len(channels) > _MOST_NAMED:
        return (f"{len(channels)} of them drawn",)
    names = ", ".join(str(channel + 1) for channel in channels)
    return (f"front to back: {names}" if len(channels) > 1 else f"drawn: {names}",)


def input_captions(layer: Layer) -> Chunks:
    """Return how many input channels there are, and their sizes as in other pictures."""
    first, *others = captions.input_captions(layer)
    return *of_channels(first, layer.in_channels), *others


def kernel_captions(layer: Layer, name: str) -> Chunks:
    """Return the size of a filter, what its kernels are called, and whether they are turned."""
    first, *others = captions.kernel_captions(layer, name)
    read = layer.channels_read
    if layer.out_channels == 1:  # no other line says that it is a filter
        first = f"filter, {first}"
    return (f"{first} each", *others) if read > 1 else (first, *others)


def output_captions(layer: Layer) -> Chunks:
    """Return how many output channels there are, and their size."""
    (line,) = captions.output_captions(layer)
    return of_channels(line, layer.out_channels)
