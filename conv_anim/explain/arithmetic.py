"""The arithmetic of a layer in words, numbers, JSON and the code of frameworks."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from conv_anim.core import steps
from conv_anim.core.layer import Layer
from conv_anim.core.pool import Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.explain.convolutions import StandardWords, TransposedWords
from conv_anim.explain.pooling import PoolWords
from conv_anim.explain.words import Words
from conv_anim.frameworks.jax import jax_call
from conv_anim.frameworks.keras import keras_call
from conv_anim.frameworks.torch import torch_call

_WORDS: Mapping[str, type[Words[Any]]] = {
    Standard.name: StandardWords,
    Transposed.name: TransposedWords,
    Pool.name: PoolWords,
}
_CALLS = {
    "PyTorch": ("torch", torch_call),
    "Keras": ("keras", keras_call),
    "JAX": ("jax", jax_call),
}


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
        **_words(layer).traits,
        **{key: call(layer).code for key, call in _CALLS.values()},
    }


def text(layer: Layer) -> str:
    """Return the arithmetic step by step, in words and numbers."""
    words = _words(layer)
    parts = [
        [layer.alt_text],
        [f"{number}. {stage}" for number, stage in enumerate(words.stages, 1)],
        words.notes,
        words.costs,
        [_unread(layer), *words.way_back],
        _calls(layer),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _words(layer: Layer) -> Words[Any]:
    """Return what there is to say of a layer of its kind."""
    return _WORDS[layer.name](layer)


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
    sentences = [sentence.format(count) for sentence, count in counted if count]
    return " ".join(sentences if never_read(layer) else ["Every input cell is read.", *sentences])


def _calls(layer: Layer) -> list[str]:
    lines = []
    for name, (_, call) in _CALLS.items():
        code, why_not, caution = call(layer)
        comment = f"  # but {caution}" if caution else ""
        lines.append(f"{name + ':':8} {code or f'no single call; {why_not}.'}{comment}")
    return lines
