"""Keras's pooling by its documented rule: a call that is named gives the same, no other is missed.

Padding never counts in it: ``valid`` has none, ``same`` makes the output ⌈i/s⌉ cells, with
max((o − 1)s + k − i, 0) cells of padding, the smaller half before.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim.core.parse import Pair
from conv_anim.core.pool import AVERAGE, MAX, MODES, Pool
from conv_anim.frameworks.jax import jax_call
from conv_anim.frameworks.keras import keras_call
from conv_anim.views import captions
from conv_anim.views.formulas import formulas

Readings = list[frozenset[int]]


@cache
def keras_readings(name: str, i: int, k: int, s: int) -> Readings | None:
    """Return the cells that each window along an axis reads, or None where Keras refuses."""
    if name == "valid":
        if k > i:
            return None
        starts = range(0, i - k + 1, s)
    else:
        total = max((-(-i // s) - 1) * s + k - i, 0)
        starts = range(-(total // 2), -(-i // s) * s - total // 2, s)
    return [frozenset(range(i)) & frozenset(range(start, start + k)) for start in starts]


def readings(layer: Pool, axis: int) -> tuple[Readings, list[int]]:
    """Return the cells that each window of ours reads, and how many it counts."""
    i, k, s, d, p = layer.i[axis], layer.k[axis], layer.s[axis], layer.d[axis], layer.p[axis][0]
    cells, counted = [], []
    for start in range(-p, layer.output_size[axis] * s - p, s):
        taps = [start + u * d for u in range(k)]
        cells.append(frozenset(tap for tap in taps if 0 <= tap < i))
        inside = [tap for tap in taps if -p <= tap < i + p]
        padding_counts = layer.mode == AVERAGE and layer.count_include_pad
        counted.append(len(inside if padding_counts else cells[-1]))
    return cells, counted


def ways(layer: Pool, axis: int, name: str) -> list[Pair]:
    """Return every size and stride with which Keras reads the same along an axis."""
    cells, counted = readings(layer, axis)
    if not all(cells) or [len(window) for window in cells] != counted:
        return []
    i, k, s = layer.i[axis], layer.k[axis], layer.s[axis]
    return [
        (k, s)
        for k, s in product(range(1, max(2 * i + 2, k) + 1), range(1, max(i + 1, s) + 1))
        if keras_readings(name, i, k, s) == cells
    ]


def sizes(call: str, word: str) -> Sequence[int] | None:
    found = re.search(rf"{word}=(?:\((\d+), (\d+)\)|(\d+))", call)
    return found and [int(found[1] or found[3]), int(found[2] or found[3])]


def check(layer: Pool) -> None:
    axes = range(2 - layer.ndim, 2)
    call = keras_call(layer).code
    possible = {name: all(ways(layer, axis, name) for axis in axes) for name in ("valid", "same")}
    assert (call is not None) == any(possible.values()), layer
    if call is None:
        return
    size = sizes(call, "pool_size")
    assert size
    stride = sizes(call, "strides") or size
    name = "same" if "padding='same'" in call else "valid"
    assert possible[name]
    for axis in axes:
        assert (size[axis], stride[axis]) in ways(layer, axis, name), (layer, call)
        own = layer.k[axis], layer.s[axis]
        assert (size[axis], stride[axis]) == own or own not in ways(layer, axis, name)


def made(**sizes: object) -> list[Pool]:
    try:
        return [Pool(**sizes, ndim=1)]
    except ValueError:
        return []


@pytest.mark.parametrize("mode", MODES)
def test_all_small_layers(mode: str) -> None:
    count = 0
    for i, k, s, p, ceil in product(range(1, 6), range(1, 5), range(1, 5), (0, 1, 2), (0, 1)):
        for d, pads in ((1, True), (1, False), (2, True)):
            if mode == AVERAGE or pads:
                more = {"d": d, "ceil": bool(ceil), "mode": mode, "count_include_pad": pads}
                for layer in made(i=i, k=k, s=s, p=p, **more):
                    check(layer)
                    count += 1
    assert count > 300


two = st.tuples(st.integers(1, 6), st.integers(1, 6))
small = st.tuples(st.integers(1, 4), st.integers(1, 4))


@given(two, small, small, st.tuples(st.booleans(), st.booleans()), st.booleans(), st.booleans())
def test_axes_that_differ(
    i: Pair, k: Pair, s: Pair, padded: tuple[bool, bool], ceil: bool, is_max: bool
) -> None:
    p = tuple(size // 2 if wanted else 0 for size, wanted in zip(k, padded, strict=True))
    i = max(i[0], k[0]), max(i[1], k[1])
    check(Pool(i=i, k=k, s=s, p=p, ceil=ceil, mode=MAX if is_max else AVERAGE))


@pytest.mark.parametrize(
    ("layer", "call"),
    [
        pytest.param(Pool(i=5, k=2, ceil=True),
                     "keras.layers.MaxPooling2D(pool_size=2, padding='same')", id="rounded up"),
        pytest.param(Pool(i=6, k=3, s=2, p=1),
                     None, id="padding before alone, which same has not"),
        pytest.param(Pool(i=5, k=3, s=2, p=1),
                     "keras.layers.MaxPooling2D(pool_size=3, strides=2, padding='same')",
                     id="same padding in cells"),
        pytest.param(Pool(i=5, k=3, s=2, p=1, mode="average"), None, id="zeros count in a mean"),
        pytest.param(
            Pool(i=5, k=3, s=2, p=1, mode="average", count_include_pad=False),
            "keras.layers.AveragePooling2D(pool_size=3, strides=2, padding='same')",
            id="zeros don't count"),
        pytest.param(Pool(i=5, k=2, ceil=True, mode="average"),
                     "keras.layers.AveragePooling2D(pool_size=2, padding='same')",
                     id="what is outside counts in no mean"),
        pytest.param(Pool(i=4, k=5, p=1, s=2),
                     "keras.layers.MaxPooling2D(pool_size=4, strides=2)", id="one window of all"),
        pytest.param(Pool(i=7, k=2, s=2, d=2), None, id="dilated"),
    ],
)  # fmt: skip
def test_calls(layer: Pool, call: str | None) -> None:
    assert keras_call(layer).code == call


def test_means_for_which_keras_backends_differ() -> None:
    assert keras_call(Pool(i=5, k=2, ceil=True, mode="average")).caution
    assert not keras_call(Pool(i=5, k=2, ceil=True)).caution
    assert not keras_call(Pool(i=4, k=2, mode="average")).caution
    assert not keras_call(Pool(i=5, k=3, s=2, p=1, mode="average", count_include_pad=False)).caution


def test_a_mean_of_single_cells_is_their_maximum() -> None:
    assert jax_call(Pool(i=5, k=1, s=2, mode="average")).code == (
        "jax.lax.reduce_window(x, -float('inf'), jax.lax.max, (1, 1, 1, 1), (1, 1, 2, 2), "
        "[(0, 0), (0, 0), (0, 0), (0, 0)])"
    )
    assert jax_call(Pool(i=5, k=2, mode="average")).code is None


def test_large_layers_are_answered_at_once() -> None:
    assert keras_call(Pool(i=10_000, k=2, s=1, p=1)).code is None
    assert keras_call(Pool(i=9_999, k=2, ceil=True)).code == (
        "keras.layers.MaxPooling2D(pool_size=2, padding='same')"
    )
    assert keras_call(Pool(i=10_000, k=5_000, s=10_000, p=2_500, ceil=True)).code == (
        "keras.layers.MaxPooling2D(pool_size=2500, strides=7500)"
    )


DROPPED = [
    pytest.param(Pool(i=2, k=1, s=2, ceil=True), "past the input", id="no padding"),
    pytest.param(Pool(i=3, k=2, p=1, ceil=True), "in the padding", id="in the padding"),
    pytest.param(Pool(i=4, k=2, p=1, s=3, ceil=True), "past the padding", id="past the padding"),
    pytest.param(Pool(i=(2, 4), k=(1, 2), s=2, ceil=True), "past the input", id="of rows alone"),
    pytest.param(Pool(i=(2, 3), k=(1, 2), s=2, p=(0, 1), ceil=True),
                 "past the input or in the padding", id="at two places"),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "place"), DROPPED)
def test_where_the_window_that_is_dropped_would_begin(layer: Pool, place: str) -> None:
    said = f"the window that would begin {place} is dropped"
    assert (said,) in captions.parameters(layer)
    for axis in range(2):
        start = layer.output_size[axis] * layer.s[axis] - layer.p[axis][0]
        if layer.dropped[axis]:
            assert start >= layer.i[axis]
            in_padding = start < layer.i[axis] + layer.p[axis][1]
            assert ("padding" in layer.dropped[axis]) == (layer.p[axis][1] > 0)
            assert ("in" in layer.dropped[axis].split()) == in_padding


@pytest.mark.parametrize(("layer", "place"), DROPPED)
def test_a_formula_equates_what_is_equal(layer: Pool, place: str) -> None:
    lines = [" ".join(line) for line in formulas(layer)]
    if len(lines) == 1:
        general, numbers, _ = lines[0].split("$ − 1")
        assert general.startswith("$o = ")
        assert numbers.startswith(" $= ")
    else:
        assert lines[0].endswith("− 1" if all(layer.dropped) else "− 1 where a window is dropped")
        for line, fewer, size in zip(lines[1:], layer.dropped, layer.output_size, strict=True):
            assert line.endswith(f"$ {'− 1 ' if fewer else ''}= {size}")
