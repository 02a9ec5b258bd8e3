"""The arithmetic of a layer in words, numbers, JSON and the code of frameworks."""

from typing import Any

import numpy as np

from conv_anim import steps
from conv_anim.cells import State
from conv_anim.frameworks import jax_call, keras_call, torch_call
from conv_anim.layer import Layer, SlidingAxis, Transposed, minus
from conv_anim.parse import Pair


def never_read(layer: Layer) -> int:
    """Return how many input cells no step reads, cropped ones included."""
    read = [
        np.count_nonzero((steps.kinds(axis) == State.INPUT) & (steps.readings(axis) > 0))
        for axis in layer.axes
    ]
    return int(layer.i[0] * layer.i[1] - read[0] * read[1])


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
        "steps": layer.n_steps,
        "torch": torch_call(layer),
        "keras": keras_call(layer),
        "jax": jax_call(layer),
    }


def text(layer: Layer) -> str:
    """Return the arithmetic step by step, in words and numbers."""
    stages = _transposed_stages(layer) if isinstance(layer, Transposed) else _standard_stages(layer)
    lines = [layer.alt_text, ""]
    lines += [f"{number}. {stage}" for number, stage in enumerate(stages, 1)]
    lines += ["", _unread(layer), *_way_back(layer), "", *_calls(layer)]
    return "\n".join(lines)


def _standard_stages(layer: Layer) -> list[str]:
    return [
        f"Pad: {_each(layer, _padding)}; {_change(layer, layer.i, _sizes(layer, 'padded_size'))}.",
        f"Slide the kernel, which spans {layer.times(_sizes(layer, 'span'))}, by "
        f"{layer.shown(layer.s)}: {_each(layer, _standard_output)}; "
        f"{layer.times(layer.output_size)} output, {_steps(layer)}.",
    ]


def _transposed_stages(layer: Transposed) -> list[str]:
    stretched, padded = _sizes(layer, "stretched_size"), _sizes(layer, "padded_size")
    final = _sizes(layer, "size")
    crops = any(sum(axis.cropped) for axis in layer.axes)
    added = f"pad: {_each(layer, _padding)}; {_change(layer, stretched, padded)}"
    taken = f", then crop: {_each(layer, _cropping)}; {_change(layer, padded, final)}"
    return [
        f"Work out z and p′, which is not p: {_each(layer, _z_and_prime)}.",
        f"Insert z zeros between the cells; {_change(layer, layer.i, stretched)}.",
        f"{added.capitalize()}{taken if crops else ''}.",
        f"Convolve with stride 1 and the kernel turned by 180°, which spans "
        f"{layer.times(_sizes(layer, 'span'))}: {_each(layer, _transposed_output)}; "
        f"{layer.times(layer.output_size)} output, {_steps(layer)}.",
    ]


def _each(layer: Layer, say: Any) -> str:
    """Return what there is to say of each axis, once if it is the same."""
    rows, columns = say(layer, 0), say(layer, 1)
    if layer.ndim == 1 or rows == columns:
        return str(columns)
    return f"rows {rows}, columns {columns}"


def _sizes(layer: Layer, name: str) -> Pair:
    """Return a size of the drawn grid on both axes."""
    rows, columns = (int(getattr(axis, name)) for axis in layer.axes)
    return rows, columns


def _change(layer: Layer, old: Pair, new: Pair) -> str:
    return f"{layer.times(old)} → {layer.times(new)}"


def _steps(layer: Layer) -> str:
    return "1 step" if layer.n_steps == 1 else f"{layer.n_steps} steps"


def _padding(layer: Layer, axis: int) -> str:
    before, after = layer.axes[axis].padding
    return f"{before} before and {after} after"


def _cropping(layer: Layer, axis: int) -> str:
    before, after = layer.axes[axis].cropped
    return f"{before} before and {after} after"


def _standard_output(layer: Layer, axis: int) -> str:
    drawn = layer.axes[axis]
    return (
        f"o = ⌊({drawn.size} − {drawn.span})/{drawn.stride}⌋ + 1 = {drawn.output_size}, "
        f"remainder {remainder(drawn)}"
    )


def _z_and_prime(layer: Layer, axis: int) -> str:
    k, d, s = layer.k[axis], layer.d[axis], layer.s[axis]
    op = layer.output_padding[axis]
    before, after = (minus(d * (k - 1) - cells) for cells in layer.p[axis])
    prime = before if before == after else f"{before} before and {after} after"
    rule = "k − p − 1" if layer.d == (1, 1) else "d(k − 1) − p"
    more = f", and op = {op} more after" if op else ""
    return f"z = s − 1 = {s - 1}, p′ = {rule} = {prime}{more}"


def _transposed_output(layer: Layer, axis: int) -> str:
    drawn = layer.axes[axis]
    return f"o = {drawn.size} − {drawn.span} + 1 = {drawn.output_size}"


def remainder(axis: SlidingAxis) -> int:
    """Return a, the cells at the end of a grid that no window reaches."""
    return (axis.size - axis.span) % axis.stride


def _unread(layer: Layer) -> str:
    count, cells = never_read(layer), layer.i[0] * layer.i[1]
    return f"Never read: {count} of {cells} input cells." if count else "Every input cell is read."


def _way_back(layer: Layer) -> list[str]:
    """Return how to get from the output's size back to the input's."""
    if not isinstance(layer, Transposed):
        rows, columns = (remainder(axis) for axis in layer.axes)
        return [
            f"A transposed layer with the same sizes leads back to {layer.times(layer.i)} with "
            f"output padding {layer.shown((rows, columns))}."
        ]
    more = [layer.output_padding[axis] // layer.s[axis] for axis in range(2)]
    if any(more):
        return []
    return [f"A standard layer with the same sizes leads back to {layer.times(layer.i)}."]


def _calls(layer: Layer) -> list[str]:
    uneven = any(before != after for before, after in layer.p)
    why_torch = (
        "it pads both sides of an axis alike, so torch.nn.functional.pad must come first"
        if not isinstance(layer, Transposed)
        else "it crops both sides of an axis alike, so the output must be cropped afterwards"
    )
    if uneven and layer.s != (1, 1) and not isinstance(layer, Transposed):
        why_torch += ", and it has no 'same' with a stride"
    why_keras = (
        "it has no dilation together with a stride or in a transposed layer"
        if layer.d != (1, 1) and (layer.s != (1, 1) or isinstance(layer, Transposed))
        else "its paddings 'valid' and 'same' are both others"
    )
    return [
        f"PyTorch: {torch_call(layer) or f'no single call; {why_torch}.'}",
        f"Keras:   {keras_call(layer) or f'no single call; {why_keras}.'}",
        f"JAX:     {jax_call(layer)}",
    ]
