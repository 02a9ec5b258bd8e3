"""The receptive field of a network in three numbers along an axis, where they say it all.

Araujo et al., «Computing receptive fields of convolutional neural networks», Distill 2019.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from conv_anim.core.layer import Layer
from conv_anim.core.layer_words import label
from conv_anim.core.padding import ZEROS


class Reach(NamedTuple):
    """What the cells of a layer see along an axis of the network's input, but for its edges.

    Cell a depends on no cells but those from start + a·jump to start + a·jump + size − 1; both
    ends are among them where no padding is read on the way.
    """

    size: int = 1
    jump: int = 1
    start: int = 0


def why_none(layer: Layer, axis: int) -> str:
    """Return why the cells of a layer don't see the same, each its neighbour's moved by a jump.

    Empty where they do.
    """
    drawn = layer.axes[axis]
    if drawn.inserted:
        return (
            f"it makes {layer.s[axis]} cells for each cell of its input, so that fields don't all "
            f"move by the same whole jump"
        )
    if layer.padding_content != ZEROS and any(layer.p[axis]):
        return f"its {layer.padding_content} padding copies cells from elsewhere"
    return ""


def reaches(layers: Sequence[Layer], axis: int) -> Iterator[Reach | str]:
    """Return what the cells of each layer see, or why no three numbers say it."""
    found: Reach | str = Reach()
    for number, layer in enumerate(layers, 1):
        why = why_none(layer, axis) if isinstance(found, Reach) else found
        if why and isinstance(found, Reach):
            found = f"layer {number}, {label(layer)}: {why}"
        if isinstance(found, Reach):
            drawn = layer.axes[axis]
            size, jump, start = found
            found = Reach(
                size + (drawn.span - 1) * jump,
                jump * drawn.stride,
                start + (drawn.cropped[0] - drawn.padding[0]) * jump,
            )
        yield found
