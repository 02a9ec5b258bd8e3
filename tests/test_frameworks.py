"""The one-liners for frameworks, run where the framework is installed."""

import os
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from conv_anim.core.layer import Layer
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.frameworks.torch import jax_call, keras_call, torch_call
from tests.support.slow import layers, slow_values

Array = NDArray[np.float64]

# Layers whose paddings the frameworks have a word or a rule for, which random ones rarely hit.
SPECIAL = [
    Standard(i=6, k=3, p="same", s=2, convention="tf"),
    Standard(i=7, k=4, p="same", s=3, convention="tf"),
    Standard(i=5, k=4, p="same"),
    Standard(i=9, k=2, p="same", d=3),
    Standard(i=(5, 8), k=(2, 3), p="same", s=(3, 1), convention="tf"),
    Standard(i=8, k=3, p="same", s=2, convention="tf", ndim=1),
    Standard(i=8, k=3, d=2),
    Standard(i=8, k=2, d=2, ndim=1),
    *(
        Transposed(i=i, k=k, s=s, p=p, op=op)
        for i in (1, 3)
        for k in (1, 2, 3, 4)
        for s in (1, 2, 3)
        for p in (0, 1, ((0, 1), (0, 1)), ((1, 0), (1, 0)), ((1, 2), (1, 2)))
        for op in range(s)
        if s * (i - 1) + k + op > 3
    ),
    *(
        Standard(i=i, k=k, s=s, p=(p, p))
        for i in (5, 6, 7)
        for k in (2, 3)
        for s in (2, 3)
        for p in ((0, 1), (1, 0), (0, 2))
    ),
    Standard(i=5, k=1, s=2, d=2),
    Standard(i=6, k=3, p="2:0", ndim=1),
    Standard(i=7, k=2, p="1:0", s=3, ndim=1),
    Standard(i=8, k=3, p="4:0", d=2, ndim=1),
    Standard(i=4, k=2, p="1:2", s=3, ndim=1),
    *(Transposed(i=(i, 3), k=k, s=s, p=k // 2) for i in (2, 4) for k in (3, 5, 2) for s in (2, 3)),
    Transposed(i=4, k=3, s=3, p="0:1", op=2, ndim=1),
    Transposed(i=4, k=1, s=2, d=2, p=0),
    Transposed(i=4, k=3, s=2, p=0, op=1, ndim=1),
    Transposed(i=4, k=2, s=3, p=0, op=1, ndim=1),
    Transposed(i=4, k=5, s=2, p=[(1, 2)], ndim=1),
    Transposed(i=(2, 3), k=(3, 2), s=(2, 1), p=0, op=(1, 0)),
    Transposed(i=1, k=1, s=5, p=2, op=4),
    Transposed(i=3, k=1, p=1, s=2, op=1),
]


def numbers(layer: Layer) -> tuple[Array, Array, Array]:
    """Return an input, a kernel, and the output, computed cell by cell."""
    rng = np.random.default_rng(0)
    x, w = (rng.integers(-5, 6, size).astype(float) for size in (layer.i, layer.k))
    return x, w, slow_values(layer, x, w)


def shaped(array: Array, layer: Layer, *where: int) -> Array:
    """Drop the trivial axis in 1-D, and insert axes of one channel."""
    return np.expand_dims(array[0] if layer.ndim == 1 else array, where)


def compare(layer: Layer, result: Any, expected: Array) -> None:
    np.testing.assert_allclose(np.asarray(result).reshape(expected.shape), expected, atol=1e-4)


def check_torch(layer: Layer) -> None:
    import torch

    call = torch_call(layer)
    if call is None:
        return
    x, w, expected = numbers(layer)
    module = eval(call, {"torch": torch})
    with torch.no_grad():
        module.weight[:] = torch.tensor(shaped(w, layer, 0, 1))
        result = module(torch.tensor(shaped(x, layer, 0, 1), dtype=torch.float32))
    compare(layer, result, expected)


def check_keras(layer: Layer) -> None:
    import keras

    call = keras_call(layer)
    if call is None:
        return
    x, w, expected = numbers(layer)
    module = eval(call, {"keras": keras})
    batch = shaped(x, layer, 0, -1).astype("float32")
    module.build(batch.shape)
    module.set_weights([shaped(w, layer, -1, -2)])
    compare(layer, keras.ops.convert_to_numpy(module(batch)), expected)


def check_jax(layer: Layer) -> None:
    import jax

    x, w, expected = numbers(layer)
    if isinstance(layer, Transposed):
        x, w = shaped(x, layer, 0, -1), shaped(w, layer, -1, -2)
    else:
        x, w = shaped(x, layer, 0, 1), shaped(w, layer, 0, 1)
    names = {"jax": jax, "x": x.astype("float32"), "w": w.astype("float32")}
    compare(layer, eval(jax_call(layer) or "", names), expected)


CHECKS = {"torch": check_torch, "keras": check_keras, "jax": check_jax}


@pytest.mark.filterwarnings("ignore")  # of the frameworks' own
@pytest.mark.parametrize("framework", CHECKS)
def test_calls_give_the_same_numbers(framework: str) -> None:
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    pytest.importorskip(framework, exc_type=ImportError)

    @settings(max_examples=60)
    @given(layers)
    def check_any(layer: Layer) -> None:
        CHECKS[framework](layer)

    for layer in SPECIAL:
        CHECKS[framework](layer)
    check_any()


CALLS = {
    "plain": (
        Standard(i=6, k=3, p=1, s=2),
        "torch.nn.Conv2d(1, 1, kernel_size=3, stride=2, padding=1, bias=False)",
        None,
        "jax.lax.conv_general_dilated(x, w, window_strides=(2, 2), padding=[(1, 1), (1, 1)])",
    ),
    "same with a stride": (
        Standard(i=6, k=3, p="same", s=2, convention="tf"),
        None,
        "keras.layers.Conv2D(1, kernel_size=3, strides=2, padding='same', use_bias=False)",
        "jax.lax.conv_general_dilated(x, w, window_strides=(2, 2), padding=[(0, 1), (0, 1)])",
    ),
    "same without": (
        Standard(i=6, k=2, p="same", d=3),
        "torch.nn.Conv2d(1, 1, kernel_size=2, padding='same', dilation=3, bias=False)",
        "keras.layers.Conv2D(1, kernel_size=2, padding='same', dilation_rate=3, use_bias=False)",
        "jax.lax.conv_general_dilated(x, w, window_strides=(1, 1), padding=[(1, 2), (1, 2)], "
        "rhs_dilation=(3, 3))",
    ),
    "uneven, the last cell never read": (
        Standard(i=6, k=3, p="1:0", s=2),
        "torch.nn.Conv2d(1, 1, kernel_size=3, stride=2, padding=1, bias=False)",
        None,
        "jax.lax.conv_general_dilated(x, w, window_strides=(2, 2), padding=[(1, 0), (1, 0)])",
    ),
    "causal": (
        Standard(i=6, k=3, p="2:0", s=2, ndim=1),
        None,
        "keras.layers.Conv1D(1, kernel_size=3, strides=2, padding='causal', use_bias=False)",
        "jax.lax.conv_general_dilated(x, w, window_strides=(2,), padding=[(2, 0)])",
    ),
    "transposed": (
        Transposed(),
        "torch.nn.ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1, bias=False)",
        "keras.layers.Conv2DTranspose(1, kernel_size=3, strides=2, padding='same', "
        "output_padding=0, use_bias=False)",
        "jax.lax.conv_transpose(x, w, strides=(2, 2), padding=[(1, 1), (1, 1)], "
        "transpose_kernel=True)",
    ),
    "transposed, 1-D": (
        Transposed(i=4, k=3, p=1, s=2, op=1, ndim=1),
        "torch.nn.ConvTranspose1d(1, 1, kernel_size=3, stride=2, padding=1, output_padding=1, "
        "bias=False)",
        None,
        "jax.lax.conv_transpose(x, w, strides=(2,), padding=[(1, 2)], transpose_kernel=True)",
    ),
    "transposed, unequal": (
        Transposed(i=3, k=3, p="0:1", s=2),
        None,
        "keras.layers.Conv2DTranspose(1, kernel_size=3, strides=2, padding='same', use_bias=False)",
        "jax.lax.conv_transpose(x, w, strides=(2, 2), padding=[(2, 1), (2, 1)], "
        "transpose_kernel=True)",
    ),
    "transposed, less off the end": (
        Transposed(i=3, k=3, p="1:0", s=2),
        "torch.nn.ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1, output_padding=1, "
        "bias=False)",
        None,
        "jax.lax.conv_transpose(x, w, strides=(2, 2), padding=[(1, 2), (1, 2)], "
        "transpose_kernel=True)",
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_calls_are_written_as_they_were_tried(name: str) -> None:
    layer, *calls = CALLS[name]
    assert [torch_call(layer), keras_call(layer), jax_call(layer)] == calls
