"""The arithmetic of a layer in words, numbers, JSON and the code of frameworks."""

import math
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from conv_anim.core import steps
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Layer, minus
from conv_anim.core.parse import Pair
from conv_anim.core.pool import Pool
from conv_anim.core.transposed import Transposed
from conv_anim.frameworks.jax import jax_call, why_not_jax
from conv_anim.frameworks.keras import counts_copies, keras_call, why_not_keras
from conv_anim.frameworks.torch import torch_call, why_not_torch

AnyLayer = TypeVar("AnyLayer", bound=Layer)


def never_read(layer: Layer) -> int:
    """Return how many input cells no step reads, cropped ones included."""
    rows, columns = (int(np.count_nonzero(steps.input_read(layer, axis))) for axis in range(2))
    return layer.n_inputs - rows * columns


def unreached(layer: Layer) -> int:
    """Return how many output cells depend on no input cell."""
    return layer.n_steps - math.prod(steps.n_reached(layer, axis) for axis in range(2))


def padding_never_read(layer: Layer) -> int:
    """Return how many cells of the drawn padding no step reads, cropped ones included."""
    padded = [(0, axis.padded_size - axis.outside) for axis in layer.axes]
    stretched = [(axis.padding[0], axis.padding[0] + axis.stretched_size) for axis in layer.axes]
    unread = 0
    for sign, rectangle in ((1, padded), (-1, stretched)):  # the padding is what is between them
        cells = math.prod(last - first for first, last in rectangle)
        read = math.prod(
            steps.n_read(axis, *ends) for axis, ends in zip(layer.axes, rectangle, strict=True)
        )
        unread += sign * (cells - read)
    return unread


def facts(layer: Layer) -> dict[str, Any]:
    """Return everything as JSON takes it.

    Sizes are [rows, columns], paddings [[before, after], [before, after]], rows first. For a
    transposed layer ``drawn_padding`` is what is added round the stretched input, output padding
    included, and ``cropped`` what is then taken off. ``torch``, ``keras`` and ``jax`` are None
    where no single call gives the same numbers.
    """
    rows, columns = layer.axes
    return {
        "layer": layer.name,
        "input_size": list(layer.i),
        "kernel_size": list(layer.k),
        "padding": [list(sides) for sides in layer.p],
        "stride": list(layer.s),
        "dilation": list(layer.d),
        "output_padding": list(layer.output_padding),
        "output_size": list(layer.output_size),
        "drawn_size": [rows.size, columns.size],
        "inserted_zeros": [rows.inserted, columns.inserted],
        "drawn_padding": [list(rows.padding), list(columns.padding)],
        "cropped": [list(rows.cropped), list(columns.cropped)],
        "never_read": never_read(layer),
        "padding_never_read": padding_never_read(layer),
        "unreached": unreached(layer),
        "steps": layer.n_steps,
        **_traits(layer),
        "torch": torch_call(layer),
        "keras": keras_call(layer),
        "jax": jax_call(layer),
    }


def _traits(layer: Layer) -> dict[str, Any]:
    """Return what a layer has besides sizes, if it is not what most have."""
    if isinstance(layer, Pool):
        return {
            "mode": layer.mode,
            "ceil": layer.ceil,
            "count_include_pad": layer.count_include_pad,
        }
    found: dict[str, Any] = {"pad_mode": layer.padding_content} if layer.has_copies else {}
    if isinstance(layer, Channelled):
        names = "in_channels", "out_channels", "groups"
        channels = {name: getattr(layer, name) for name in names}
        if layer.has_bias or set(channels.values()) != {1}:
            found |= {**channels, "has_bias": layer.has_bias}
    return found


def text(layer: Layer) -> str:
    """Return the arithmetic step by step, in words and numbers."""
    stages = _transposed_stages(layer) if isinstance(layer, Transposed) else _sliding_stages(layer)
    lines = [layer.alt_text, ""]
    lines += [f"{number}. {stage}" for number, stage in enumerate(stages, 1)]
    if isinstance(layer, Channelled):
        lines += [""]
        lines += _in_one(layer) if isinstance(layer, Transposed) else []
        lines += [_turning(layer), *_channels(layer)]
    lines += ["", _unread(layer), *_way_back(layer), "", *_calls(layer)]
    return "\n".join(lines)


def _in_one(layer: Transposed) -> list[str]:
    """Return the output size in one formula, and those that other output paddings give."""
    uneven = any(before != after for before, after in layer.p)
    rule = f"s(i − 1) + K − {'(p₁ + p₂)' if uneven else '2p'} + op"
    return [
        f"At once: o = {rule} = {_each(layer, _closed_form)}.",
        f"Within reach: {_each(layer, _within_reach)}; for other sizes change k, p or s.",
    ]


def _closed_form(layer: Transposed, axis: int) -> str:
    i, s, op = layer.i[axis], layer.s[axis], layer.op[axis]
    before, after = layer.p[axis]
    less = f"2·{before}" if before == after else f"({before} + {after})"
    span = layer.axes[axis].span
    return f"{s}·({i} − 1) + {span} − {less} + {op} = {layer.output_size[axis]}"


def _within_reach(layer: Transposed, axis: int) -> str:
    sizes = layer.reachable[axis]
    op = sizes[0] - (layer.output_size[axis] - layer.op[axis])  # 0, if that leaves any cells
    if len(sizes) <= 4:
        return ", ".join(f"{size} with op = {op + more}" for more, size in enumerate(sizes))
    return f"{sizes[0]} to {sizes[-1]} with op = {op} to {op + len(sizes) - 1}"


def _turning(layer: Channelled) -> str:
    """Return what the word convolution means here."""
    if isinstance(layer, Transposed):
        return (
            "Layers cross-correlate, and call it convolution: they don't turn the kernel. Only "
            "with zeros inserted is it turned, as in a convolution of mathematics."
        )
    return (
        "The kernel is not turned, as it is in a convolution of mathematics: layers "
        "cross-correlate, and call it convolution."
    )


def _channels(layer: Channelled) -> list[str]:
    """Return what one of several channels has to do with the others."""
    if not layer.shown_channels:
        return []
    said, read = layer.shown_channels_text, layer.in_channels // layer.groups
    each = f"reads {read} input channels, each with a kernel of its own, and adds the results"
    if read == 1:
        each = "reads one input channel"
    bias = ", and has a bias" if layer.has_bias else ""
    return [f"{said[0].upper()}{said[1:]}; an output channel {each}{bias}."]


def _sliding_stages(layer: Layer) -> list[str]:
    """Return the stages of a standard or a pooling layer."""
    thing = "window" if isinstance(layer, Pool) else "kernel"
    padded = _change(layer, layer.i, _sizes(layer, "padded_size"))
    more = ""
    if isinstance(layer, Pool) and layer.outside != (0, 0):
        more = f", of which {layer.shown(layer.outside)} past the padding, for the last window"
    return [
        f"Pad: {_each(layer, _padding)}{more}; {padded}.",
        f"Slide the {thing}, which spans {layer.times(_sizes(layer, 'span'))}, by "
        f"{layer.shown(layer.s)}: {_each(layer, _standard_output)}; "
        f"{layer.times(layer.output_size)} output, {layer.steps_text}.",
    ]


def _transposed_stages(layer: Transposed) -> list[str]:
    stretched, padded = _sizes(layer, "stretched_size"), _sizes(layer, "padded_size")
    final = _sizes(layer, "size")
    crops = any(sum(axis.cropped) for axis in layer.axes)
    pads = any(sum(axis.padding) for axis in layer.axes)
    added = f"pad: {_each(layer, _padding)}; {_change(layer, stretched, padded)}"
    taken = f"crop: {_each(layer, _cropping)}; {_change(layer, padded, final)}"
    third = ", then ".join([*([added] if pads or not crops else []), *([taken] if crops else [])])
    return [
        f"Work out z and p′, which is not p: {_each(layer, _z_and_prime)}.",
        f"Insert z zeros between the cells; {_change(layer, layer.i, stretched)}.",
        f"{third[0].upper()}{third[1:]}.",
        f"Convolve with stride 1 and the kernel turned by 180°, which spans "
        f"{layer.times(_sizes(layer, 'span'))}: {_each(layer, _transposed_output)}; "
        f"{layer.times(layer.output_size)} output, {layer.steps_text}.",
    ]


def _each(layer: AnyLayer, say: Callable[[AnyLayer, int], str]) -> str:
    """Return what there is to say of each axis, once if it is the same."""
    rows, columns = say(layer, 0), say(layer, 1)
    if layer.ndim == 1 or rows == columns:
        return columns
    return f"rows {rows}, columns {columns}"


def _sizes(layer: Layer, name: str) -> Pair:
    """Return a size of the drawn grid on both axes."""
    rows, columns = (int(getattr(axis, name)) for axis in layer.axes)
    return rows, columns


def _change(layer: Layer, old: Pair, new: Pair) -> str:
    return f"{layer.times(old)} → {layer.times(new)}"


def _padding(layer: Layer, axis: int) -> str:
    return _both_sides(layer.axes[axis].padding)


def _cropping(layer: Layer, axis: int) -> str:
    return _both_sides(layer.axes[axis].cropped)


def _both_sides(sides: Pair) -> str:
    return f"{sides[0]} before and {sides[1]} after"


def _standard_output(layer: Layer, axis: int) -> str:
    drawn = layer.axes[axis]
    if isinstance(layer, Pool) and layer.ceil:
        size = drawn.size - drawn.outside
        dropped = " − 1" if layer.dropped[axis] else ""
        why = f", as the last window would begin {layer.dropped[axis]}" if dropped else ""
        return (
            f"o = ⌈({size} − {drawn.span})/{drawn.stride}⌉ + 1{dropped} = {drawn.output_size}{why}"
        )
    return (
        f"o = ⌊({drawn.size} − {drawn.span})/{drawn.stride}⌋ + 1 = {drawn.output_size}, "
        f"remainder {remainder(drawn)}"
    )


def _z_and_prime(layer: Transposed, axis: int) -> str:
    before, after = (minus(cells) for cells in layer.p_prime[axis])
    prime = before if before == after else f"{before} before and {after} after"
    more = f", and op = {layer.op[axis]} more at the end" if layer.op[axis] else ""
    return f"z = s − 1 = {layer.s[axis] - 1}, p′ = {layer.p_prime_rule} = {prime}{more}"


def _transposed_output(layer: Layer, axis: int) -> str:
    drawn = layer.axes[axis]
    return f"o = {drawn.size} − {drawn.span} + 1 = {drawn.output_size}"


def remainder(axis: SlidingAxis) -> int:
    """Return a, the cells at the end of a grid that no window reaches."""
    return (axis.size - axis.span) % axis.stride


def _unread(layer: Layer) -> str:
    """Return what no step reads, and which output cells no input cell reaches."""
    counted = (
        ("Never read: {} of " + f"{layer.n_inputs} input cells.", never_read(layer)),
        ("Never read, of the padding: {}.", padding_never_read(layer)),
        (
            "Out of reach of every input cell: {} of " + f"{layer.n_steps} output cells.",
            unreached(layer),
        ),
    )
    said = [sentence.format(count) for sentence, count in counted if count]
    return " ".join(said if never_read(layer) else ["Every input cell is read.", *said])


def _way_back(layer: Layer) -> list[str]:
    """Return how to get from the output's size back to the input's."""
    if isinstance(layer, Pool):
        return []
    if not isinstance(layer, Transposed):
        rows, columns = (remainder(axis) for axis in layer.axes)
        return [
            f"A transposed layer with the same sizes leads back to {layer.times(layer.i)} with "
            f"output padding {layer.shown((rows, columns))}."
        ]
    more = [layer.output_padding[axis] // layer.s[axis] for axis in range(2)]
    if any(more):
        larger = layer.i[0] + more[0], layer.i[1] + more[1]
        return [
            f"A standard layer with the same sizes does not lead back: output padding of a stride "
            f"or more makes it {layer.times(larger)}."
        ]
    return [f"A standard layer with the same sizes leads back to {layer.times(layer.i)}."]


def _calls(layer: Layer) -> list[str]:
    caution = "  # but not with PyTorch behind it" if counts_copies(layer) else ""
    return [
        f"PyTorch: {torch_call(layer) or f'no single call; {why_not_torch(layer)}.'}",
        f"Keras:   {keras_call(layer) or f'no single call; {why_not_keras(layer)}.'}{caution}",
        f"JAX:     {jax_call(layer) or f'no single call; {why_not_jax(layer)}.'}",
    ]
