"""The arithmetic of a layer in words, numbers, JSON and the code of frameworks."""

import math
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from conv_anim.core import steps
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.layer import Layer, minus
from conv_anim.core.parse import Pair
from conv_anim.core.pool import Pool
from conv_anim.core.transposed import Transposed
from conv_anim.frameworks.torch import (
    has_copies,
    jax_call,
    keras_call,
    torch_call,
    why_not_jax,
    why_not_keras,
    why_not_torch,
)

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
    return {"pad_mode": layer.pad_mode} if has_copies(layer) else {}


def text(layer: Layer) -> str:
    """Return the arithmetic step by step, in words and numbers."""
    stages = _transposed_stages(layer) if isinstance(layer, Transposed) else _sliding_stages(layer)
    lines = [layer.alt_text, ""]
    lines += [f"{number}. {stage}" for number, stage in enumerate(stages, 1)]
    lines += ["", _unread(layer), *_way_back(layer), "", *_calls(layer)]
    return "\n".join(lines)


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
        why = ", as the last window would begin in the padding" if dropped else ""
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
    return [
        f"PyTorch: {torch_call(layer) or f'no single call; {why_not_torch(layer)}.'}",
        f"Keras:   {keras_call(layer) or f'no single call; {why_not_keras(layer)}.'}",
        f"JAX:     {jax_call(layer) or f'no single call; {why_not_jax(layer)}.'}",
    ]
