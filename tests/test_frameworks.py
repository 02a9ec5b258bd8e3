"""The one-liners for frameworks, run where the framework is installed."""

import os
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from conv_anim.core.axis import SlidingAxis
from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Layer
from conv_anim.core.pool import MODES, Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.frameworks.calls import Answer
from conv_anim.frameworks.jax import jax_call
from conv_anim.frameworks.keras import keras_call
from conv_anim.frameworks.torch import torch_call
from tests.support.examples import examples
from tests.support.slow import layers, pooling_layers, slow_pool, slow_values

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
    # With one step along an axis, another stride does the same.
    Standard(i=3, k=4, p="1:0", ndim=1),
    Standard(i=1, k=2, p="0:1", s=2),
    Standard(i=(3, 6), k=3, s=2, p=((0, 0), (0, 1))),
    Standard(i=5, k=3, d=2, s=3),
    Standard(i=2, k=3, s=2, p="2:0", ndim=1),
    Standard(i=4, k=1, s=5, p="0:2", pad_mode="reflect"),
    Transposed(i=1, k=3, s=1, p="1:0", ndim=1),
    Transposed(i=3, k=1, s=1, p="1:0", ndim=1),
    Transposed(i=1, k=2, s=1, p=0, op=0),
]


# A few of each kind with channels; what the numbers are does not depend on the geometry.
CHANNELS = [
    *(
        kind(i=4, in_channels=c_in, out_channels=c_out, groups=groups, has_bias=has_bias, ndim=ndim)
        for kind in (Standard, Transposed)
        for c_in, c_out, groups, has_bias in ((3, 2, 1, True), (2, 4, 2, False), (3, 3, 3, True))
        for ndim in (1, 2)
    ),
    Standard(i=6, k=2, p=1, d=2, in_channels=2, out_channels=6, groups=2, has_bias=True),
    Standard(i=(5, 6), p="same", s=2, convention="tf", in_channels=4, out_channels=6, groups=2),
    Standard(i=7, k=3, p="2:0", ndim=1, in_channels=2, out_channels=4, groups=2),
    Transposed(i=2, k=2, p=0, s=3, op=1, in_channels=4, out_channels=6, groups=2, has_bias=True),
    Transposed(i=(2, 3), k=3, p="0:1", in_channels=2, out_channels=3),
]

POOLS = [
    *(
        Pool(i=i, k=k, s=s, p=p, ceil=ceil, mode=mode, count_include_pad=mode == "max")
        for i in (4, 5)
        for k, s, p in ((2, 2, 0), (3, 2, 1), (3, 3, 0), (2, 1, 1))
        for ceil in (False, True)
        for mode in MODES
    ),
    Pool(i=5, k=2, ceil=True, ndim=1),
    Pool(i=3, k=4, p=2, s=5, ndim=1),
    Pool(i=5, k=1, s=2, mode="average"),
    Pool(i=5, k=2, in_channels=3),
    Pool(i=5, k=3, s=1, mode="average", ndim=1, in_channels=2),
]


class Numbers:
    """An input, weights and biases, and the output, computed cell by cell.

    Weights are in PyTorch's order: (out, in / groups, …), transposed (in, out / groups, …).
    """

    def __init__(self, layer: Layer) -> None:
        rng = np.random.default_rng(0)
        c_in, c_out, groups = layer.in_channels, layer.out_channels, layer.groups
        turned = isinstance(layer, Transposed)
        shape = (c_in, c_out // groups) if turned else (c_out, c_in // groups)
        self.x = rng.integers(-5, 6, (c_in, *layer.i)).astype(float)
        self.w = rng.integers(-5, 6, (*shape, *layer.k)).astype(float)
        has_bias = isinstance(layer, Channelled) and layer.has_bias
        self.b = rng.integers(-5, 6, c_out) * float(has_bias)
        if isinstance(layer, Pool):
            self.y = np.stack([slow_pool(layer, plane) for plane in self.x])
            return
        self.y = np.zeros((c_out, *layer.output_size)) + self.b[:, np.newaxis, np.newaxis]
        for c, a in np.ndindex(c_out, c_in):
            group, place = divmod(a, c_in // groups)
            if c // (c_out // groups) == group:
                kernel = self.w[a, c % (c_out // groups)] if turned else self.w[c, place]
                self.y[c] += slow_values(layer, self.x[a], kernel)


def no_trivial(array: Array, layer: Layer) -> Array:
    """Drop the rows of a 1-D layer."""
    return array[..., 0, :] if layer.ndim == 1 else array


def last(array: Array, n_moved: int = 1) -> Array:
    """Move the first axes behind the others, in the opposite order."""
    return array.transpose(*range(n_moved, array.ndim), *reversed(range(n_moved)))


def compare(result: Any, expected: Array) -> None:
    np.testing.assert_allclose(np.asarray(result).reshape(expected.shape), expected, atol=1e-4)


def check_torch(layer: Layer) -> None:
    import torch

    call = torch_call(layer).code
    if call is None:
        return
    numbers = Numbers(layer)
    module = eval(call, {"torch": torch})
    with torch.no_grad():
        if not isinstance(layer, Pool):
            module.weight[:] = torch.tensor(no_trivial(numbers.w, layer))
            if module.bias is not None:
                module.bias[:] = torch.tensor(numbers.b)
        x = torch.tensor(no_trivial(numbers.x, layer)[np.newaxis], dtype=torch.float32)
        result = module(x)
    compare(result, numbers.y)


def check_keras(layer: Layer) -> None:
    import keras

    call, _, caution = keras_call(layer)
    if call is None or (keras.backend.backend() == "torch" and caution):
        return
    numbers = Numbers(layer)
    module = eval(call, {"keras": keras})
    batch = last(no_trivial(numbers.x, layer))[np.newaxis].astype("float32")
    if not isinstance(layer, Pool):
        module.build(batch.shape)
        biases = [numbers.b] if module.use_bias else []
        module.set_weights([last(no_trivial(numbers.w, layer), 2), *biases])
    result = keras.ops.convert_to_numpy(module(batch))
    compare(np.moveaxis(result, -1, 1), numbers.y)


def check_jax(layer: Layer) -> None:
    import jax

    call = jax_call(layer).code
    if call is None:
        return
    numbers = Numbers(layer)
    x, w = no_trivial(numbers.x, layer)[np.newaxis], no_trivial(numbers.w, layer)
    turned = isinstance(layer, Transposed)
    if turned:
        x, w = np.moveaxis(x, 1, -1), last(w, 2)
    arrays = {"x": x.astype("float32"), "w": w.astype("float32"), "b": numbers.b.astype("float32")}
    result = np.asarray(eval(call, {"jax": jax, **arrays}))
    compare(np.moveaxis(result, -1, 1) if turned else result, numbers.y)


CHECKS = {"torch": check_torch, "keras": check_keras, "jax": check_jax}


def backend() -> str:
    """Return what is there for Keras to run on."""
    found = [name for name in ("tensorflow", "torch", "jax") if find_spec(name)]
    return found[0] if found else "tensorflow"


@pytest.mark.filterwarnings("ignore")  # of the frameworks' own
@pytest.mark.parametrize("framework", CHECKS)
def test_calls_give_the_same_numbers(framework: str) -> None:
    os.environ.setdefault("KERAS_BACKEND", backend())
    pytest.importorskip(framework, exc_type=ImportError)

    @examples(60)
    @given(st.one_of(layers, pooling_layers()))
    def check_any(layer: Layer) -> None:
        CHECKS[framework](layer)

    for layer in [*SPECIAL, *CHANNELS, *POOLS]:
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
    assert [call(layer).code for call in (torch_call, keras_call, jax_call)] == calls


class Unpool(Layer):
    """A kind of layer that no framework has a function for."""

    name = "unpool"

    def _axis(self, axis: int) -> SlidingAxis:
        raise NotImplementedError

    def _check_axis(self, axis: int) -> None:
        raise NotImplementedError


@pytest.mark.parametrize("call", [torch_call, keras_call, jax_call], ids=["torch", "keras", "jax"])
def test_a_kind_of_layer_that_frameworks_do_not_know(call: Callable[[Layer], Answer]) -> None:
    assert call(Unpool()) == Answer(why_not="it has no unpool layer")


PADS_COPIES = Standard(p=1, pad_mode="reflect")
GROUPED = Transposed(in_channels=2, out_channels=2, groups=2)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        pytest.param(torch_call(Standard(p="0:1")), "it pads both sides of an axis alike; "
                     "torch.nn.functional.pad must come first", id="torch, uneven"),
        pytest.param(torch_call(Standard(i=6, p="0:1", s=2)), "it pads both sides of an axis "
                     "alike; and it has no 'same' with a stride; torch.nn.functional.pad must "
                     "come first", id="torch, same with a stride"),
        pytest.param(torch_call(Transposed(p="0:1")), "it crops both sides of an axis alike, so "
                     "the output must be cropped afterwards", id="torch, cropped"),
        pytest.param(torch_call(Pool(i=7, k=3, d=2, p=2)), "it pads at most half of the kernel's "
                     "size, whatever the dilation", id="torch, dilated pooling"),
        pytest.param(keras_call(PADS_COPIES), "its layers pad with zeros alone; keras.ops.pad "
                     "must come first", id="keras, copies"),
        pytest.param(keras_call(GROUPED), "its transposed layers have no groups",
                     id="keras, groups"),
        pytest.param(keras_call(Standard(d=2, s=2, i=7)), "it has no dilation together with a "
                     "stride or in a transposed layer", id="keras, dilation and stride"),
        pytest.param(keras_call(Transposed(d=2, s=1)), "it has no dilation together with a "
                     "stride or in a transposed layer", id="keras, dilated transposed"),
        pytest.param(keras_call(Standard(p=2)), "none of its paddings comes to this one",
                     id="keras, padding"),
        pytest.param(keras_call(Pool(i=7, d=2)), "its pooling has no dilation",
                     id="keras, dilated pooling"),
        pytest.param(keras_call(Pool(i=6, k=3, s=2, p=1)), "its pooling has padding 'valid' and "
                     "'same' alone", id="keras, padded pooling"),
        pytest.param(keras_call(Pool(i=5, k=3, s=2, p=1, mode="average")), "its pooling has "
                     "padding 'valid' and 'same' alone, and no padding counts", id="keras, mean"),
        pytest.param(jax_call(PADS_COPIES), "its convolutions pad with zeros alone; "
                     "jax.numpy.pad must come first", id="jax, copies"),
        pytest.param(jax_call(GROUPED), "jax.lax.conv_transpose has no groups", id="jax, groups"),
        pytest.param(jax_call(Pool(mode="average")), "a sum by jax.lax.reduce_window must be "
                     "divided afterwards", id="jax, mean"),
    ],
)  # fmt: skip
def test_why_there_is_no_call(answer: Answer, why: str) -> None:
    assert answer == Answer(why_not=why)
