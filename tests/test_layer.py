"""Sizes and refusals of layers."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim.layer import Layer, Standard, Transposed

# name: layer, output size, steps
TABLE = {
    "S1P0": (Standard(i=5, k=3, p=0, s=1), (3, 3), 9),
    "S1P1": (Standard(i=5, k=3, p=1, s=1), (5, 5), 25),
    "S2P0": (Standard(i=5, k=3, p=0, s=2), (2, 2), 4),
    "S2P1": (Standard(i=5, k=3, p=1, s=2), (3, 3), 9),
    "S2P3": (Standard(i=5, k=3, p=3, s=2), (5, 5), 25),
    "S3P2": (Standard(i=5, k=3, p=2, s=3), (3, 3), 9),
    "odd": (Standard(i=6, k=3, p=1, s=2), (3, 3), 9),
    "T-S1P0": (Transposed(i=3, k=3, p=0, s=1), (5, 5), 25),
    "T-S1P1": (Transposed(i=5, k=3, p=1, s=1), (5, 5), 25),
    "T-S2P0": (Transposed(i=2, k=3, p=0, s=2), (5, 5), 25),
    "T-S2P1": (Transposed(i=3, k=3, p=1, s=2), (5, 5), 25),
    "T-cropped": (Transposed(i=3, k=2, p=2, s=3), (4, 4), 16),
}


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


sizes = st.integers(1, 12)


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
        "the kernel has 9 cells (--k 9) but the padded input only 7 (5 + 2·1): "
        "lower --k, or raise --i or --p",
    ),
    "empty transposed output": (
        lambda: Transposed(i=3, k=3, p=4, s=2),
        "the output would have -1 cells along an axis (2·(3 − 1) + 3 − 2·4): "
        "lower --p, or raise --i or --k",
    ),
    "zero input": (lambda: Standard(i=0), "--i is 0: give a whole number from 1 to 10000"),
    "zero kernel": (lambda: Standard(k=0), "--k is 0: give a whole number from 1 to 10000"),
    "zero stride": (lambda: Standard(s=0), "--s is 0: give a whole number from 1 to 10000"),
    "negative padding": (lambda: Standard(p=-1), "--p is -1: give a whole number from 0 to 10000"),
    "negative text": (lambda: Standard(p="-1"), "--p is -1: give a whole number from 0 to 10000"),
    "too large": (lambda: Standard(i=10_001), "--i is 10001: give a whole number from 1 to 10000"),
    "huge text": (lambda: Standard(i="9" * 5000), f"--i is '{'9' * 35}…: give a whole number"),
    "word": (lambda: Standard(k="abc"), "--k is 'abc': give a whole number from 1 to 10000"),
    "other digits": (lambda: Standard(k="٣"), "--k is '٣': give a whole number"),
    "fraction": (lambda: Standard(k=2.5), "--k is 2.5: give a whole number"),
    "truth": (lambda: Standard(k=True), "--k is True: give a whole number"),
    "nothing": (lambda: Transposed(s=None), "--s is None: give a whole number"),
    "three axes": (lambda: Standard(i=(1, 2, 3)), "--i is (1, 2, 3): give one number for both"),
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
        "Transposed convolution, 1×2 input, 1×1 kernel, padding 0, stride 1×3, 1×4 output, 4 steps"
    )


@pytest.mark.parametrize("layer", [entry[0] for entry in TABLE.values()], ids=list(TABLE))
def test_a_layer_on_another_input_differs_in_nothing_else(layer: Layer) -> None:
    other = layer.with_input(9)
    assert other.i == (9, 9)
    assert other.with_input(layer.i[0]) == layer
