"""From the numbers that are given, or words for them, to the values of a layer."""

import random
from collections.abc import Sequence
from dataclasses import replace
from math import prod

import numpy as np

from conv_anim.core import kernels
from conv_anim.core.arrays import Numbers
from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair
from conv_anim.core.plane import Plane
from conv_anim.core.values import Array, Values, other_order
from conv_anim.errors import InputError

Bias = float | tuple[float, ...]
"""One for all filters, or one a filter."""

Sources = tuple[Numbers, Numbers, Bias, int]
"""Input, kernel, biases, and the seed of what is random."""

MAX_NUMBERS = 4_000_000
"""Of input, of the drawn input, of the weights, of the output."""
MAX_MULTIPLICATIONS = 4_000_000_000

_MOST_RANDOM = {"input": 3, "kernel": 2}


def make(
    layer: Layer, given: Numbers, kernel: Numbers, bias: Bias, seed: int, n_used: int | None = None
) -> Values:
    """Return all numbers of a layer, of whose filters so many are used; all, if that isn't given.

    Raises InputError when there are more or fewer of them than cells, taps or filters, or more
    than can be worked out in a few seconds.
    """
    _check_amount(layer, layer.out_channels if n_used is None else n_used)
    array = _input(layer, given, seed)
    return Values(layer, array, _kernel(layer, kernel, seed), _all_biases(layer, bias))


def make_in_turn(layers: Sequence[Layer], sources: Sources) -> list[Values]:
    """Return the numbers of layers, each of which reads what the one before makes.

    The kernel is the first one's, and biases are the last one's; all other weights are random.
    Raises InputError as ``make`` does.
    """
    given, kernel, bias, seed = sources
    first, *others = layers
    found = [make(first, given, kernel, 0.0 if others else bias, seed)]
    for number, layer in enumerate(others, 1):
        _check_amount(layer, layer.out_channels)
        weights = _kernel(layer, Numbers("random"), seed + number)
        own = bias if number == len(others) else 0.0
        found.append(Values(layer, found[-1].output, weights, _all_biases(layer, own)))
    return found


def make_pair(layer: Layer, sources: Sources, channel: int, filter_: int) -> Plane:
    """Return the numbers of an input channel, and what a filter makes of it.

    Both count from 0. They are those of ``make``; of the first ones no more are made than these.
    Raises InputError when there are more or fewer of them than cells, taps or filters.
    """
    if channel or filter_:
        return Plane(make(layer, *sources), channel, filter_)
    given, kernel, bias, seed = sources
    one = layer.of_one_channel()
    biases = _biases(layer, bias)
    values = Values(
        one,
        _input(one, _first(_fitting(layer, given, "input")), seed),
        _kernel(one, _first(_fitting(layer, kernel, "kernel")), seed),
        np.array(biases[:1] if layer.channels_read == 1 else [0.0]),
    )
    return Plane(values)


def _first(numbers: Numbers) -> Numbers:
    """Return the first plane of numbers."""
    return replace(numbers, filters=((numbers.rows,),) if numbers.filters else (), ndim=None,
                   has_channels=False)  # fmt: skip


def _check_amount(layer: Layer, n_filters: int) -> None:
    """Raise InputError when there are too many numbers to be worked out by so many filters."""
    rows, columns = layer.axes
    n_drawn = layer.in_channels * rows.padded_size * columns.padded_size
    n_out = n_filters * layer.n_steps
    counts = {
        "input cells": layer.in_channels * layer.n_inputs,
        "cells of the drawn input": n_drawn,
        "weights": prod(layer.weight_shape or (0,)),
        "output cells": n_out,
    }
    limits = dict.fromkeys(counts, MAX_NUMBERS) | {"multiplications": MAX_MULTIPLICATIONS}
    counts["multiplications"] = n_out * layer.channels_read * prod(layer.k)
    for what, count in counts.items():
        if count > limits[what]:
            raise InputError(
                f"the layer has {count:,} {what}, and numbers are worked out for up to "
                f"{limits[what]:,}: lower ‹i›{_less_channels(layer)}"
            )


def _less_channels(layer: Layer) -> str:
    return " or the channels" if layer.has_channels else " or ‹k›"


def _all_biases(layer: Layer, bias: Bias) -> Array:
    """Return the bias of each filter."""
    return np.broadcast_to(np.array(_biases(layer, bias)), layer.out_channels)


def _biases(layer: Layer, bias: Bias) -> Sequence[float]:
    """Return one bias for all filters, or one a filter."""
    if not isinstance(bias, tuple):
        return (bias,)
    if len(bias) != layer.out_channels:
        several = len(bias) > 1
        raise InputError(
            f"‹bias› has {len(bias)} number{'s' * several}, and the layer {layer.out_channels} "
            f"filter{'s' * (layer.out_channels > 1)}: give one number for all, or one a filter"
        )
    return bias


def _input(layer: Layer, numbers: Numbers, seed: int) -> Array:
    """Return the input, (in, rows, columns)."""
    numbers = _fitting(layer, numbers, "input")
    if numbers.filters:
        planes = np.array(numbers.filters[0], np.float64)
        return np.broadcast_to(planes, (layer.in_channels, *layer.i))
    return _from_word(numbers.text, layer.i, "input", seed, layer.in_channels)


def _kernel(layer: Layer, numbers: Numbers, seed: int) -> Array | None:
    """Return the kernels in PyTorch's layout, a 1-D layer's with a single row."""
    if layer.weight_shape is None:
        return None
    shape = *layer.weight_shape[:2], *layer.k
    numbers = _fitting(layer, numbers, "kernel")
    if not numbers.filters:
        made = _from_word(numbers.text, layer.k, "kernel", seed, shape[0] * shape[1])
        return made.reshape(shape)
    array = np.array(numbers.filters, np.float64)
    if numbers.has_channels and numbers.ndim is None and layer.inserts_zeros:
        array = other_order(array, layer.groups)  # typed ones are by filters
    return np.broadcast_to(array, shape)


def _fitting(layer: Layer, numbers: Numbers, name: str) -> Numbers:
    """Return numbers along the layer's axes, if they have its shape."""
    numbers = numbers.along(layer.ndim, name)
    if numbers.size is None:
        return numbers
    size = layer.i if name == "input" else layer.k
    if not numbers.fits(layer.ndim):
        raise InputError(
            f"‹{name}› has {_dimensions(numbers.ndim)} and the layer {layer.ndim}: give both the "
            f"same, such as an array of shape {_shown(size[-layer.ndim :])}, or with channels "
            f"{_shown(_shape(layer, name))}"
        )
    if not numbers.has_channels and numbers.size != size:
        raise InputError(
            f"‹{name}› has {layer.times(numbers.size)} numbers and ‹{name[0]}› is "
            f"{layer.times(size)}: leave one of them out, or give both the same size"
        )
    if numbers.has_channels:
        _check_channels(layer, numbers, name)
    return numbers


def _check_channels(layer: Layer, numbers: Numbers, name: str) -> None:
    """Raise InputError when numbers with channels have not the shape of the layer's."""
    assert numbers.size is not None
    size = layer.i if name == "input" else layer.k
    filters, planes = numbers.shape
    if name == "input":
        if (planes, numbers.size) != (layer.in_channels, size):
            raise InputError(
                f"‹input› has {_counted(planes, 'plane')} of {layer.times(numbers.size)} numbers, "
                f"and the layer reads {_counted(layer.in_channels, 'plane')} of "
                f"{layer.times(size)}: give an array of shape {_shown(_shape(layer, name))}, or "
                f"‹in_channels={planes}›, ‹i={layer.written(numbers.size)}›"
            )
        return
    assert layer.weight_shape is not None
    if numbers.ndim is None:  # typed: by filters
        if (filters, planes, numbers.size) != (layer.out_channels, layer.channels_read, size):
            raise InputError(
                f"‹kernel› has {_counted(filters, 'filter')} of {_counted(planes, 'plane')} of "
                f"{layer.times(numbers.size)} numbers, and the layer "
                f"{_counted(layer.out_channels, 'filter')} of "
                f"{_counted(layer.channels_read, 'plane')} of {layer.times(size)}: put | between "
                f"planes, || between filters"
            )
        return
    shape = filters, planes, *numbers.size[-layer.ndim :]
    if shape != layer.weight_shape:
        letters = (
            "in_channels, out_channels" if layer.inserts_zeros else "out_channels, in_channels"
        )
        raise InputError(
            f"‹kernel› has shape {_shown(shape)}, and the layer's weights have "
            f"{_shown(layer.weight_shape)}, that is ({letters} / groups, "
            f"{'rows, columns' if layer.ndim == 2 else 'columns'}): give an array of that shape"
        )


def _shape(layer: Layer, name: str) -> Sequence[int]:
    """Return the shape of an array with channels."""
    if name == "kernel" and layer.weight_shape is not None:
        return layer.weight_shape
    return layer.in_channels, *layer.i[-layer.ndim :]


def _shown(shape: Sequence[int]) -> str:
    return str(tuple(shape))


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"


def _dimensions(ndim: int | None) -> str:
    return "1 dimension" if ndim == 1 else f"{ndim} dimensions"


def _from_word(word: str, size: Pair, name: str, seed: int, count: int) -> Array:
    """Return as many planes as are wanted of what a word stands for, (count, rows, columns)."""
    shape = count, *size
    if word == "random":
        # Only random() is promised to give the same numbers in every version of Python.
        draw = random.Random(f"--{name} {seed}").random
        most = _MOST_RANDOM[name] + 1
        return np.array([int(draw() * most) for _ in range(prod(shape))], float).reshape(shape)
    if name == "input" and word == "ramp":  # it goes on from plane to plane
        return np.arange(1.0, prod(shape) + 1).reshape(shape)
    plane = kernels.weights(word, size) if name == "kernel" else _plane(word, size)
    return np.broadcast_to(plane, shape)


def _plane(word: str, size: Pair) -> Array:
    """Return a plane of which all are alike."""
    if word == "ones":
        return np.ones(size)
    array = np.zeros(size)
    array[(size[0] - 1) // 2, (size[1] - 1) // 2] = 1  # an impulse
    return array
