"""Sizes and refusals of layers."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim.core.layer import Layer
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from tests.support.table import TABLE

# name: layer, output size, steps


@pytest.mark.parametrize("name", TABLE)
def test_the_table_comes_out(name: str) -> None:
    layer, output_size, n_steps = TABLE[name]
    assert layer.output_size == output_size
    assert layer.n_steps == n_steps


def test_defaults_are_the_documented_ones() -> None:
    assert Standard() == Standard(i=5, k=3, p=0, s=1)
    assert Transposed() == Transposed(i=3, k=3, p=1, s=2)


def test_sizes_are_kept_as_pairs_whatever_they_came_as() -> None:
    assert Standard(i=np.int64(5), k="3", s=(2, 1)) == Standard(i=(5, 5), k=(3, 3), s=(2, 1))


FORMS: dict[str, tuple[Layer, Layer]] = {
    "text for both axes": (
        Standard(i="5x7", k="3X2", s="2×1", p="1x0"),
        Standard(i=(5, 7), k=(3, 2), s=[2, 1], p=(1, 0)),
    ),
    "sides alike": (Standard(p="0:1"), Standard(p=((0, 1), (0, 1)))),
    "sides of each axis": (Standard(p="0:1x2:2"), Standard(p=((0, 1), 2))),
    "1-D": (Standard(i="9", p="0:1", ndim=1), Standard(i=(9,), p=[(0, 1)], ndim=1)),
    "output size": (Transposed(to=6), Transposed(op=1)),
    "output sizes": (Transposed(to="5x6"), Transposed(op=(0, 1))),
    "output size in 1-D": (Transposed(to=6, ndim=1), Transposed(op=1, ndim=1)),
    "valid": (Standard(p="valid"), Standard(p=0)),
    "full": (Standard(k=3, d=2, p="full"), Standard(k=3, d=2, p=4)),
    "half": (Standard(k=(3, 5), p="half"), Standard(k=(3, 5), p=(1, 2))),
    "half, dilated": (Standard(i=9, k=4, d=2, p="half"), Standard(i=9, k=4, d=2, p=3)),
    "half, transposed": (Transposed(k=3, p="half"), Transposed(k=3, p=1)),
    "same": (Standard(k=4, p="same"), Standard(k=4, p="1:2")),
    "same, dilated": (Standard(k=2, d=3, p="same"), Standard(k=2, d=3, p="1:2")),
    "same, tf": (
        Standard(i=6, k=3, s=2, p="same", convention="tf"),
        Standard(i=6, k=3, s=2, p="0:1"),
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_forms_that_mean_the_same(name: str) -> None:
    one, other = FORMS[name]
    assert one == other
    assert hash(one) == hash(other)


def test_sizes_are_pairs_and_paddings_pairs_of_pairs() -> None:
    layer = Transposed(i=9, p="0:1", op=1, ndim=1)
    assert (layer.i, layer.k, layer.p, layer.s) == ((1, 9), (1, 3), ((0, 0), (0, 1)), (1, 2))
    assert (layer.d, layer.op, layer.output_size) == ((1, 1), (0, 1), (1, 19))


@pytest.mark.parametrize("layer", [Standard(i=(5, 6), p="0:1", d=2), Transposed(op=1, ndim=1)])
def test_layers_can_be_shown_and_copied(layer: Layer) -> None:
    assert eval(repr(layer)) == layer
    assert dataclasses.replace(layer) == layer
    assert dataclasses.replace(layer.with_input_up_to(9), i=layer.i) == layer
    with pytest.raises(dataclasses.FrozenInstanceError):
        layer.i = (1, 1)  # type: ignore[misc]


# The paper's examples: its names, the layer, and its transposed counterpart, which leads back.
PAPER: dict[str, tuple[Standard, int, Transposed]] = {
    "no_padding_no_strides": (Standard(i=4, k=3), 2, Transposed(i=2, k=3, p=0, s=1)),
    "arbitrary_padding_no_strides": (
        Standard(i=5, k=4, p=2), 6, Transposed(i=6, k=4, p=2, s=1),
    ),
    "same_padding_no_strides": (
        Standard(i=5, k=3, p="half"), 5, Transposed(i=5, k=3, p="half", s=1),
    ),
    "full_padding_no_strides": (
        Standard(i=5, k=3, p="full"), 7, Transposed(i=7, k=3, p="full", s=1),
    ),
    "no_padding_strides": (Standard(i=5, k=3, s=2), 2, Transposed(i=2, k=3, p=0, s=2)),
    "padding_strides": (Standard(i=5, k=3, p=1, s=2), 3, Transposed(i=3, k=3, p=1, s=2)),
    "padding_strides_odd": (
        Standard(i=6, k=3, p=1, s=2), 3, Transposed(i=3, k=3, p=1, s=2, op=1),
    ),
    "dilation": (Standard(i=7, k=3, d=2), 3, Transposed(i=3, k=3, p=0, s=1, d=2)),
}  # fmt: skip


@pytest.mark.parametrize("name", PAPER)
def test_the_papers_examples_come_out_and_lead_back(name: str) -> None:
    layer, output, back = PAPER[name]
    assert layer.output_size == (output, output)
    assert back.output_size == layer.i


def test_the_odd_examples_extra_cells_are_at_the_bottom_and_right() -> None:
    even, odd = (Transposed(i=3, k=3, p=1, s=2, op=op).axes[0] for op in (0, 1))
    assert (even.padding, odd.padding) == ((1, 1), (1, 2))


# i, k, s, d: before, after. TensorFlow's rule, worked by hand: the output has ⌈i/s⌉ cells, the
# total is what the last window reaches past the end, and the smaller half goes before.
TF_SAME = {
    (5, 3, 1, 1): (1, 1),
    (6, 3, 2, 1): (0, 1),
    (5, 3, 2, 1): (1, 1),
    (7, 4, 3, 1): (1, 2),
    (4, 2, 1, 1): (0, 1),
    (10, 2, 3, 1): (0, 1),
    (9, 2, 3, 1): (0, 0),
    (8, 5, 4, 1): (0, 1),
    (5, 3, 1, 2): (2, 2),
    (6, 2, 1, 3): (1, 2),
}


@pytest.mark.parametrize("sizes", TF_SAME, ids=str)
def test_same_padding_is_tensorflows(sizes: tuple[int, int, int, int]) -> None:
    i, k, s, d = sizes
    layer = Standard(i=i, k=k, s=s, d=d, p="same", convention="tf")
    assert layer.p == (TF_SAME[sizes],) * 2


sizes = st.integers(1, 12)


@given(i=sizes, k=sizes, s=st.integers(1, 6), d=st.integers(1, 3))
def test_same_padding_is_the_least_that_gives_its_output(i: int, k: int, s: int, d: int) -> None:
    layer = Standard(i=i, k=k, s=s, d=d, p="same", convention="tf")
    before, after = layer.p[0]
    assert layer.output_size[0] == -(-i // s)
    assert 0 <= after - before <= 1
    span = d * (k - 1) + 1
    reach = [start * s + span for start in range(-(-i // s))]
    assert before + after == max(max(reach) - i, 0)


@given(i=sizes, k=sizes, p=st.integers(0, 8), s=st.integers(1, 6))
def test_a_standard_output_counts_the_windows_that_fit(i: int, k: int, p: int, s: int) -> None:
    fitting = [start for start in range(0, i + 2 * p, s) if start + k <= i + 2 * p]
    if fitting:
        assert Standard(i=i, k=k, p=p, s=s).output_size == (len(fitting),) * 2
    else:
        with pytest.raises(ValueError, match="kernel"):
            Standard(i=i, k=k, p=p, s=s)


@given(i=sizes, k=sizes, p=st.integers(0, 12), s=st.integers(1, 6))
def test_a_transposed_output_is_what_the_stamps_reach_less_the_crop(
    i: int, k: int, p: int, s: int
) -> None:
    # The full output goes from the first cell of the first stamp to the last of the last one.
    full = max(start * s + tap for start in range(i) for tap in range(k)) + 1
    if full - 2 * p >= 1:
        assert Transposed(i=i, k=k, p=p, s=s).output_size == (full - 2 * p,) * 2
    else:
        with pytest.raises(ValueError, match="output"):
            Transposed(i=i, k=k, p=p, s=s)


BAD: dict[str, tuple[Callable[[], Layer], str]] = {
    "kernel larger than the padded input": (
        lambda: Standard(i=5, k=9, p=1),
        "the kernel has 9 cells (k=9) but the padded input only 7 (5 + 2·1): "
        "lower k, or raise i or p",
    ),
    "empty transposed output": (
        lambda: Transposed(i=3, k=3, p=4, s=2),
        "the output would have −1 cells along an axis (2·(3 − 1) + 3 − 2·4): "
        "lower p, or raise i or k",
    ),
    "zero input": (lambda: Standard(i=0), "i is 0: give a whole number from 1 to 10000"),
    "zero kernel": (lambda: Standard(k=0), "k is 0: give a whole number from 1 to 10000"),
    "zero stride": (lambda: Standard(s=0), "s is 0: give a whole number from 1 to 10000"),
    "negative padding": (lambda: Standard(p=-1), "p is -1: give a whole number from 0 to 10000"),
    "negative text": (lambda: Standard(p="-1"), "p is -1: give a whole number from 0 to 10000"),
    "too large": (lambda: Standard(i=10_001), "i is 10001: give a whole number from 1 to 10000"),
    "huge text": (lambda: Standard(i="9" * 5000), f"i is '{'9' * 35}…: give a whole number"),
    "word": (lambda: Standard(k="abc"), "k is 'abc': give a whole number from 1 to 10000"),
    "other digits": (lambda: Standard(k="٣"), "k is '٣': give a whole number"),
    "fraction": (lambda: Standard(k=2.5), "k is 2.5: give a whole number"),
    "truth": (lambda: Standard(k=True), "k is True: give a whole number"),
    "nothing": (lambda: Transposed(s=None), "s is None: give a whole number"),
    "half a size": (lambda: Standard(i="5x"), "i is '5x': give a whole number from 1 to 10000"),
    "a zero among sizes": (lambda: Standard(k="0x3"), "k is '0x3': give a whole number from 1"),
    "three sizes": (
        lambda: Standard(i="3x3x3"),
        "i is '3x3x3': give one number for both axes, or rows and columns, such as i='5x7'",
    ),
    "half a padding": (
        lambda: Standard(p="1:"),
        "p is '1:': give a whole number from 0 to 10000, before:after",
    ),
    "three sides": (lambda: Standard(p="1:2:3"), "p is '1:2:3': give one number for both sides"),
    "a side of a size": (lambda: Standard(i="5:5"), "i is '5:5': give a whole number from 1"),
    "two numbers in 1-D": (
        lambda: Standard(i="5x7", ndim=1),
        "i is '5x7': a 1-D layer takes one size, for its axis, such as i=3",
    ),
    "three dimensions": (lambda: Standard(ndim=3), "ndim is 3: give a whole number from 1 to 2"),
    "an enormous integer": (lambda: Standard(i=10**5000), "i is a very large number: give"),
    "an array": (lambda: Standard(i=np.array([5, 7])), "i is [5 7]: give a whole number"),
    "output padding of the stride": (
        lambda: Transposed(op=2),
        "op is 2: it must be smaller than the stride or the dilation (s=2, d=1): "
        "lower it, or raise s or d",
    ),
    "dilated kernel too large": (
        lambda: Standard(i=7, k=3, d=4),
        "the kernel spans 9 cells (4·(3 − 1) + 1) but the padded input only 7 (7 + 2·0): "
        "lower k or d, or raise i or p",
    ),
    "unequal padding too small": (
        lambda: Standard(i=2, k=4, p="0:1"),
        "the kernel has 4 cells (k=4) but the padded input only 3 (2 + 0 + 1): lower k",
    ),
    "dilated and empty": (
        lambda: Transposed(i=1, k=2, d=2, p="1:3", s=1, op=1),
        "the output would have 0 cells along an axis (1·(1 − 1) + 2·(2 − 1) + 1 − (1 + 3) + 1): ",
    ),
    "same with a stride": (
        lambda: Standard(p="same", s=2),
        "p='same' needs stride 1 in PyTorch's convention, and s is 2: "
        "give p in cells, or convention='tf'",
    ),
    "half of an even kernel": (
        lambda: Standard(k=4, p="half"),
        "p='half' needs a kernel that spans an odd number of cells, and this one spans 4: "
        "give p in cells, such as p=2, or change k",
    ),
    "unknown name": (lambda: Standard(p="reflect"), "p is 'reflect': give cells, such as p=1"),
    "same, transposed": (
        lambda: Transposed(p="same"),
        "p is 'same', which PyTorch has not in transposed layers: give cells; Keras's, "
        "TensorFlow's and JAX's makes the output i·s = 6×6 and is p='0:1', and ONNX's SAME_LOWER "
        "p='1:0'",
    ),
    "unknown convention": (
        lambda: Standard(convention="jax"),
        "convention is 'jax': give torch or tf",
    ),
    "a wanted size without any output": (
        lambda: Transposed(i=1, k=1, p=3, s=2, to=1),
        "the output would have −5 cells along an axis (2·(1 − 1) + 1 − 2·3): lower p, or raise",
    ),
    "unreachable size": (
        lambda: Transposed(i=3, to=9),
        "to is 9, which no output padding gives: with these sizes the output can have "
        "5 to 6 cells along an axis",
    ),
    "unreachable sizes": (
        lambda: Transposed(i=(3, 4), s=(2, 1), to="6x5"),
        "to is 6x5, which no output padding gives: with these sizes the output can have "
        "5 to 6 by 4 cells along an axis",
    ),
    "size and output padding": (
        lambda: Transposed(to=6, op=1),
        "op and to both say how large the output is: leave one out",
    ),
    "three axes": (lambda: Standard(i=(1, 2, 3)), "i is (1, 2, 3): give one number for both"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_sizes_are_refused_with_one_sentence(name: str) -> None:
    make, sentence = BAD[name]
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the text is compared below
        make()
    assert str(caught.value).startswith(sentence)


def test_alt_text_tells_the_whole_layer() -> None:
    assert Standard(i=5, k=3, p=1, s=2).alt_text == (
        "Standard convolution, 5×5 input, 3×3 kernel, padding 1, stride 2, 3×3 output, 9 steps"
    )
    assert Transposed(i=(1, 2), k=1, p=0, s=(1, 3)).alt_text == (
        "Transposed convolution, 1×2 input, 1×1 kernel, padding 0, stride (1, 3), "
        "1×4 output, 4 steps"
    )


@pytest.mark.parametrize("layer", [entry[0] for entry in TABLE.values()], ids=list(TABLE))
def test_a_layer_on_another_input_differs_in_nothing_else(layer: Layer) -> None:
    larger = dataclasses.replace(layer, i=(20, 20))
    assert larger.with_input_up_to(layer.i[0]) == layer
    assert larger.with_input_up_to(99) == larger
    assert dataclasses.replace(layer, i=(20, 4)).with_input_up_to(9).i == (9, 4)
