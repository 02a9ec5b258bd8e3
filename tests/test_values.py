"""The numbers: against PyTorch's own, slow ones, and each other in two readings."""

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.core import arrays, kernels
from conv_anim.core.arrays import Numbers
from conv_anim.core.layer import Layer
from conv_anim.core.plane import Plane
from conv_anim.core.sources import make
from conv_anim.core.values import Values, stamped
from tests.support.slow import layers, slow_values, transposed_layers
from tests.support.torch_values import CASES, build


def check(case: list[Any]) -> None:
    kind, sizes, x, w, bias, expected = case
    if (
        expected is None
        and kind == "pool"
        and any(
            p[0] > k // 2
            for p, k in zip(sizes["p"], sizes["k"], strict=True)
            if max(sizes["d"]) > 1
        )
    ):
        return  # PyTorch takes half of the kernel's size, and we half of its span
    if expected is None:
        with pytest.raises(ValueError, match=r"lower|give"):
            build(kind, sizes)
        return
    numbers: dict[str, Any] = {"input": x} if kind == "pool" else {"input": x, "kernel": w}
    if kind != "pool":
        numbers["bias"] = bias
    output = animate(build(kind, sizes), shade=True, **numbers).output
    assert output.shape == np.shape(expected), case
    assert np.allclose(output, expected, rtol=1e-12, atol=0), case


def test_numbers_are_pytorchs() -> None:
    for case in CASES:
        check(case)


def test_the_cases_have_everything_in_them() -> None:
    seen: Counter[Any] = Counter()
    for kind, sizes, _, _, bias, output in CASES:
        seen[kind, len(sizes["i"]), output is None] += 1
        if output is not None:
            axes = range(len(sizes["i"]))
            seen["mode"] += sizes.get("pad_mode") != "zeros" and any(map(any, sizes["p"]))
            seen[kind, sizes.get("mode"), sizes.get("ceil"), sizes.get("count_include_pad")] += 1
            seen["op", any(sizes.get("op", []))] += 1
            seen["dilation", any(d > 1 for d in sizes["d"])] += 1
            seen["rectangle", len({sizes["i"][axis] for axis in axes}) > 1] += 1
            seen["bias", bias != 0] += 1
            if kind == "pool":
                layer = build(kind, sizes)
                assert isinstance(layer, Pool)
                seen["outside", any(layer.outside)] += 1
                seen["dropped", any(layer.dropped)] += 1
    assert min(seen.values()) >= 5, seen


def test_fresh_cases_agree_with_pytorch() -> None:
    pytest.importorskip(
        "torch", reason="PyTorch is not installed; the committed cases were checked"
    )
    from tests.make_values import cases

    for case in cases(random.Random(2), 400):
        check(case)


numbers = st.integers(-5, 5)


def random_values(layer: Layer, seed: int, bias: float) -> Values:
    rng = np.random.default_rng(seed)
    x = rng.integers(-4, 5, layer.i).astype(float)
    w = rng.integers(-3, 4, layer.k).astype(float)
    return Values(layer, x[np.newaxis], w[np.newaxis, np.newaxis], np.array([bias]))


@given(layers, st.integers(0, 1000), numbers)
def test_numbers_are_those_computed_cell_by_cell(layer: Layer, seed: int, bias: int) -> None:
    values = random_values(layer, seed, bias)
    assert values.kernel is not None
    expected = slow_values(layer, values.input[0], values.kernel[0, 0]) + bias
    assert np.array_equal(values.output[0], expected)


@given(transposed_layers(), st.integers(0, 1000), numbers)
def test_both_readings_of_a_transposed_layer_are_equal(
    layer: Transposed, seed: int, bias: int
) -> None:
    values = random_values(layer, seed, bias)
    assert np.array_equal(stamped(values), values.output)


@given(layers, st.integers(0, 1000))
def test_each_window_sums_up_to_its_output_cell(layer: Layer, seed: int) -> None:
    plane = Plane(random_values(layer, seed, 0))
    assert plane.weights is not None
    for position in np.ndindex(*layer.output_size):
        window = plane.window(np.array(position))
        assert (window * plane.weights).sum() == plane.output[position]


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular"])
@given(st.integers(1, 6), st.integers(0, 5), st.integers(0, 5))
def test_copies_are_numpys(mode: str, size: int, before: int, after: int) -> None:
    words = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}
    try:
        layer = Standard(i=size, k=1, p=f"{before}:{after}", ndim=1, pad_mode=mode)
    except ValueError:
        assert max(before, after) > (size if mode == "circular" else size - 1)
        return
    x = np.arange(size, dtype=float)
    drawn = Values(layer, x[np.newaxis, np.newaxis], None, np.zeros(1)).drawn[0, 0]
    expected: NDArray[np.float64] = np.pad(x, (before, after), mode=words[mode])  # type: ignore[call-overload]
    assert np.array_equal(drawn, expected)


def test_the_largest_is_the_first_of_equal_ones() -> None:
    layer = Pool(i=3, k=2, s=1, p=1)
    x = np.array([[[1.0, 1, 0], [2, 2, 0], [0, 2, 3]]])
    values = Plane(Values(layer, x, None, np.zeros(1)))
    assert values.winner(np.array([0, 0])) == (1, 1)  # padding never is
    assert values.winner(np.array([1, 1])) == (2, 1)
    assert values.winner(np.array([3, 3])) == (3, 3)


WEIGHTS = {
    ("ones", (2, 3)): [[1, 1, 1], [1, 1, 1]],
    ("box", (2, 2)): [[0.25, 0.25], [0.25, 0.25]],
    ("gaussian", (3, 3)): [[1 / 16, 2 / 16, 1 / 16], [2 / 16, 4 / 16, 2 / 16],
                           [1 / 16, 2 / 16, 1 / 16]],
    ("sobel-x", (3, 3)): [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    ("sobel-y", (3, 3)): [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    ("sobel-x", (1, 5)): [[-1, -2, 0, 2, 1]],
    ("laplacian", (3, 3)): [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
    ("laplacian", (1, 3)): [[1, -2, 1]],
    ("sharpen", (3, 3)): [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    ("identity", (1, 3)): [[0, 1, 0]],
    ("bilinear", (4, 4)): np.outer([0.25, 0.75, 0.75, 0.25], [0.25, 0.75, 0.75, 0.25]),
    ("bilinear", (1, 3)): [[0.5, 1, 0.5]],
}  # fmt: skip


@pytest.mark.parametrize(("name", "size"), WEIGHTS, ids=str)
def test_kernels_with_names(name: str, size: tuple[int, int]) -> None:
    assert np.allclose(kernels.weights(name, size), np.array(WEIGHTS[name, size]), rtol=1e-15)


def test_names_are_known_where_they_are_read() -> None:
    assert {*arrays.KERNELS} == {"random", *kernels.FILTERS}


@pytest.mark.parametrize(
    ("name", "size"),
    [("sobel-x", (3, 2)), ("sobel-y", (1, 3)), ("laplacian", (5, 5)), ("laplacian", (1, 1)),
     ("sharpen", (2, 2)), ("identity", (3, 4))],
)  # fmt: skip
def test_kernels_that_have_no_such_size(name: str, size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=rf"kernel='{name}' has .*, and k is .*: give another"):
        kernels.weights(name, size)


@pytest.mark.parametrize("factor", [2, 3, 4])
def test_bilinear_upsampling_keeps_what_is_constant(factor: int) -> None:
    k = 2 * factor - factor % 2
    layer = Transposed(i=4, k=k, s=factor, p=(factor + factor % 2) // 2 if factor > 1 else 0)
    output = animate(layer, input="ones", kernel="bilinear", shade=True).output
    inside = output[factor:-factor, factor:-factor]
    assert np.allclose(inside, 1)


def test_words_for_inputs() -> None:
    def drawn(word: str, **options: Any) -> list[Any]:
        layer = Standard(i=(2, 3), k=1)
        output = animate(layer, input=word, kernel="ones", shade=True, **options).output
        return list(output.tolist())

    assert drawn("ones") == [[1, 1, 1], [1, 1, 1]]
    assert drawn("ramp") == [[1, 2, 3], [4, 5, 6]]
    assert drawn("impulse") == [[0, 1, 0], [0, 0, 0]]
    assert drawn("ramp", bias=-1.5) == [[-0.5, 0.5, 1.5], [2.5, 3.5, 4.5]]
    # As on the day on which they were drawn, whatever the versions.
    assert drawn("random") == [[1, 1, 2], [2, 1, 2]]
    assert drawn("random", seed=1) == [[3, 3, 3], [2, 3, 3]]


def test_output_has_the_dimensions_of_the_layer() -> None:
    assert animate(Standard(i=5, k=3)).output.shape == (3, 3)
    assert animate(Standard(i=5, k=3, ndim=1)).output.shape == (3,)
    assert animate(Pool(i=(4, 6)), input=np.ones((4, 6))).output.tolist() == [[1.0] * 3] * 2


@pytest.mark.parametrize(
    ("layer", "options", "sentence"),
    [
        (Standard(), {"input": np.ones((4, 5))}, "input has 4×5 numbers and i is 5×5: leave"),
        (Standard(), {"kernel": "1 2; 3 4"}, "kernel has 2×2 numbers and k is 3×3: leave one"),
        (Standard(), {"input": [1, 2, 3, 4, 5]}, "input has 1 dimension and the layer 2: give"),
        (Standard(ndim=1), {"input": np.ones((1, 1, 5))}, "input has 3 dimensions and the layer 1"),
        (Standard(), {"input": np.ones((1, 1, 5, 5))}, "input has 4 dimensions: give one to three"),
        (Standard(), {"input": np.array(3)}, "input has 0 dimensions: give one to three"),
        (Standard(), {"input": [[1, 2], [3]]}, "give an array of numbers with one or two dim"),
        (Standard(), {"input": [["a"]]}, "give an array of numbers"),
        (Standard(), {"input": [[1j]]}, "give an array of numbers"),
        (Standard(), {"input": None}, "input is None: give an array of numbers"),
        (Standard(), {"input": np.full((5, 5), np.nan)}, "input has nan in it: give finite"),
        (Standard(), {"kernel": np.full((3, 3), -np.inf)}, "kernel has -inf in it: give finite"),
        (Standard(), {"input": np.zeros((0, 3))}, "input is empty: give at least one number"),
        (Standard(), {"input": np.zeros((2000, 2000))}, "input has 4,000,000 numbers, and the"),
        (Standard(), {"kernel": "sobel-x", "values": True, "input": "ramps"}, "input is 'ramps'"),
        (Standard(), {"bias": "much"}, "bias is 'much': give a finite number, such as bias"),
        (Standard(), {"bias": float("inf")}, "bias is inf: give a finite number"),
        (Standard(), {"bias": True}, "bias is True: give a finite number"),
        (Standard(), {"seed": -1}, "seed is -1: give a whole number from 0"),
        (Standard(), {"digits": 7}, "digits is 7: give a whole number from 0 to 6"),
        (Standard(), {"values": 1}, "values is 1: give True or False"),
        (Standard(), {"shade": "no"}, "shade is 'no': give True or False"),
        (Pool(), {"kernel": "ones"}, "kernel has no meaning for a pool layer: leave it out"),
        (Pool(), {"bias": 1}, "bias has no meaning for a pool layer: leave it out"),
        (Standard(i=40), {"values": True},
         "cannot be read: give width=1500, shade instead of values or a smaller i"),
        (Standard(), {"input": np.full((5, 5), 1.23456), "width": 320, "digits": 6},
         "less than 7 px cannot be read"),
        (Transposed(i=9), {"view": "both", "input": np.ones((9, 9))}, "be read: give width"),
        (Standard(), {"input": np.array([[1j], [2]])}, "input is [[0.+1.j] [2.+0.j]]: give"),
    ],
)  # fmt: skip
def test_mistakes(layer: Layer, options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=r"give|leave|limit") as caught:
        animate(layer, **options)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_width_that_is_advised_is_enough() -> None:
    for layer in (Standard(i=12), Standard(i=16, k=5), Standard(i=20)):
        with pytest.raises(ValueError, match=r"width=(\d+)") as caught:
            animate(layer, values=True, width=320)
        width = int(str(caught.value).partition("width=")[2].split()[0].strip(","))
        animate(layer, values=True, width=width)
        with pytest.raises(ValueError, match=r"cannot be read"):
            animate(layer, values=True, width=width - 20)


def test_numbers_are_made_once_for_a_word() -> None:
    values = make(Standard(i=4, k=2), Numbers("ramp"), Numbers("ones"), 0.0, 0)
    assert values.output is values.output


def test_the_output_is_the_callers_own() -> None:
    animation = animate(Standard(), values=True)
    before = animation.output.copy()
    animation.output[:] = 0
    assert np.array_equal(animation.output, before)
