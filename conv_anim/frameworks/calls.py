"""What the calls of all frameworks have in common: how sizes are written, which paddings agree.

A call agrees with a layer if its windows begin at the same places and are as many. Where there is
but one window along an axis, its stride changes nothing, and may be another than the layer's.
"""

from collections.abc import Sequence
from typing import NamedTuple

from conv_anim.core import padding
from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair
from conv_anim.core.subject import Subject


class Answer(NamedTuple):
    """What a framework has for a layer; each has a function that is registered for each kind."""

    code: str | None = None
    """The call that gives the layer's numbers; None where no single one does."""
    why_not: str = ""
    """Why there is none."""
    caution: str = ""
    """Where the numbers are others after all."""


def unknown(layer: Subject) -> Answer:
    """Return what a framework has for a kind of layer that none of its functions is for."""
    return Answer(why_not=f"it has no {layer.name} layer")


def argument(layer: Layer, size: Sequence[int]) -> str:
    """Return a size as an argument: one number where that is enough."""
    return str(size[-1]) if layer.ndim == 1 or size[0] == size[1] else str(tuple(size))


def needs_copies(layer: Layer) -> bool:
    """Return whether a window reads padding that has copies of input cells in it."""
    return layer.has_copies and any(
        axis.padding[0] or (axis.output_size - 1) * axis.stride + axis.span > axis.input_size
        for axis in layer.axes
    )


def stride(layer: Layer, axis: int, padded: int) -> int | None:
    """Return with which stride an axis *padded* to so many cells has the layer's steps, if any.

    It is the layer's own if that does it, or else, for a single step, the smallest.
    """
    drawn = layer.axes[axis]
    room = padded - drawn.span
    if room < 0:
        return None
    if room // drawn.stride + 1 == drawn.output_size:
        return drawn.stride
    return room + 1 if drawn.output_size == 1 else None


def same_strides(layer: Layer, convention: str) -> Pair | None:
    """Return the strides with which ``same`` in a convention gives the layer's steps, if any.

    A single step needs a stride of 1 in PyTorch, and in TensorFlow one as large as the input.
    """
    strides = []
    for axis in (0, 1):
        i, k, s, d = (size[axis] for size in (layer.i, layer.k, layer.s, layer.d))
        output = layer.output_size[axis]
        if output == 1:
            s = 1 if convention == padding.TORCH else max(s, i)
        if output != -(-i // s) or (convention == padding.TORCH and s != 1):
            return None
        before, _ = padding.named("same", i=i, k=k, s=s, d=d, convention=convention)
        if layer.p[axis][0] != before:
            return None
        strides.append(s)
    return strides[0], strides[1]
