"""The layer as a matrix: its product is the layer's output, and a row stands for each step."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core import matrix as unrolled
from conv_anim.core.layer import Layer
from conv_anim.drawing.layout import lay_out
from conv_anim.drawing.sizes import Sizing
from conv_anim.options import Options
from conv_anim.scene.scene import Scene
from conv_anim.scene.states import State
from tests.support.examples import examples
from tests.support.refusals import check_refused
from tests.support.scenes import played, strings
from tests.support.slow import layers, transposed_layers
from tests.support.torch_values import CASES, build

MODES = st.sampled_from(["zeros", "reflect", "replicate", "circular"])

DRAWN, MATRIX, X, Y = "input", "matrix", "unrolled input", "unrolled output"


def scene(layer: Layer, **options: Any) -> Scene:
    return Animation(layer, Options(view="matrix", max_frames=100_000, width=4000, **options)).scene


def drawn(layer: Layer, kernel: Any) -> Any:
    """Return the kernel as it is drawn."""
    turned = isinstance(layer, Transposed)
    array = np.array(kernel, dtype=float).reshape(layer.k)
    return array[::-1, ::-1] if turned else array


def source(place: int, size: int, mode: str) -> int | None:
    """Return which of *size* cells a place in or beside them has its number from, step by step."""
    if mode == "replicate":
        return min(max(place, 0), size - 1)
    while not 0 <= place < size:
        if mode == "zeros":
            return None
        if mode == "circular":
            place += size if place < 0 else -size
        else:
            place = -place if place < 0 else 2 * (size - 1) - place
    return place


def slow_entries(layer: Layer) -> dict[tuple[int, int], list[int]]:
    """Return the taps of each entry by the rule a·s − p + u·d, one by one."""
    standard = isinstance(layer, Standard)
    mode = layer.pad_mode if isinstance(layer, Standard) else "zeros"
    many, few = (layer.output_size, layer.i) if standard else (layer.i, layer.output_size)
    found: dict[tuple[int, int], list[int]] = {}
    for a, b in np.ndindex(*many):
        for u, v in np.ndindex(*layer.k):
            row = source(a * layer.s[0] - layer.p[0][0] + u * layer.d[0], few[0], mode)
            column = source(b * layer.s[1] - layer.p[1][0] + v * layer.d[1], few[1], mode)
            if row is not None and column is not None:
                anchor, cell = a * many[1] + b, row * few[1] + column
                at = (anchor, cell) if standard else (cell, anchor)
                found.setdefault(at, []).append(u * layer.k[1] + v + 1)
    return found


def test_its_product_with_the_input_is_pytorchs_output() -> None:
    modes = set()
    for kind, sizes, x, w, bias, expected in CASES:
        if kind == "pool" or expected is None:
            continue
        layer = build(kind, sizes)
        matrix = unrolled.matrix(layer, drawn(layer, w))
        output = matrix @ np.array(x, dtype=float).ravel() + bias
        np.testing.assert_allclose(output, np.array(expected).ravel(), atol=1e-4)
        modes.add(getattr(layer, "pad_mode", kind))
    assert modes == {"zeros", "reflect", "replicate", "circular", "transposed"}


@given(layers)
def test_its_taps_are_where_the_rule_puts_them(layer: Layer) -> None:
    found = {at: list(numbers) for at, numbers in unrolled.taps_at(layer).items()}
    assert found == slow_entries(layer)


@given(transposed_layers(), st.integers(0, 99))
@examples(60)
def test_a_transposed_layers_matrix_is_that_of_the_way_back_transposed(
    layer: Transposed, seed: int
) -> None:
    sizes = {"k": layer.k, "p": layer.p, "s": layer.s, "d": layer.d}
    try:
        back = Standard(i=layer.output_size, **sizes)
    except ValueError:
        return  # there is no such layer
    lines = [text for line in scene(layer).parameters for text in line]
    if back.output_size != layer.i:
        assert any(op >= s for op, s in zip(layer.op, layer.s, strict=True))
        assert not any("transposed" in text for text in lines)
        return
    kernel = np.random.default_rng(seed).integers(-9, 9, layer.k)
    mine = unrolled.matrix(layer, drawn(layer, kernel))
    theirs = unrolled.matrix(back, drawn(back, kernel))
    assert np.array_equal(mine, theirs.T)


@given(layers, st.booleans())
@examples(40)
def test_the_row_in_use_is_what_the_kernel_reads(layer: Layer, values: bool) -> None:
    shown = scene(layer, values=values, bias=1.0 if values else 0.0)
    entries = slow_entries(layer)
    steps = played(shown)
    assert len(steps) == layer.n_steps
    for step, cells in enumerate(steps):
        for row, states in enumerate(cells[MATRIX].states):
            taps = {column for at, column in entries if at == row}
            lit = (State.KERNEL_ON_INPUT, State.KERNEL_ON_ZERO)
            kinds = lit if row == step else (State.WEIGHT, State.ZERO)
            expected = [kinds[column not in taps] for column in range(len(states))]
            assert states.tolist() == expected
            if row == step:
                used = np.flatnonzero(cells[X].states[0] == State.KERNEL_ON_INPUT)
                assert set(used.tolist()) == taps
        assert (cells[DRAWN].states == State.KERNEL_ON_INPUT).sum() == len(
            {column for at, column in entries if at == step}
        )
        assert cells[Y].states[step, 0] == State.NOW
        assert (cells[Y].states == State.NOW).sum() == 1


@given(layers, st.integers(0, 99))
@examples(30)
def test_what_its_cells_say_multiplies_to_what_the_output_says(layer: Layer, seed: int) -> None:
    shown = scene(layer, values=True, seed=seed, digits=0)

    def number(text: str) -> int:
        return int(text.replace("−", "-") or 0)

    final = played(shown)[-1]
    matrix = [[number(text) for text in row] for row in strings(shown, final[MATRIX].labels)]
    (row,) = strings(shown, final[X].labels)
    x = [number(text) for text in row]
    y = [number(text) for (text,) in strings(shown, final[Y].labels)]
    assert (np.array(matrix) @ np.array(x)).tolist() == y


@given(st.integers(2, 5), st.integers(1, 3), st.integers(1, 2), st.integers(1, 2), MODES)
@examples(40)
def test_taps_that_copies_bring_together_are_added(
    i: int, k: int, p: int, d: int, mode: str
) -> None:
    if (mode == "reflect" and p >= i) or d * (k - 1) + 1 > i + 2 * p:
        return
    layer = Standard(i=i, k=k, p=p, d=d, pad_mode=mode)
    expected = slow_entries(layer)
    assert {at: list(numbers) for at, numbers in unrolled.taps_at(layer).items()} == expected
    shown = scene(layer)
    for at, text in np.ndenumerate(np.array(strings(shown, shown.grids[MATRIX].labels))):
        numbers = expected.get((at[0], at[1]), [])
        assert text == ("" if not numbers else str(numbers[0]) if len(numbers) == 1 else "+")
    added = any(len(numbers) > 1 for numbers in expected.values())
    assert added == any("added: +" in text for line in shown.parameters for text in line)
    if mode != "zeros":
        assert any(f"{mode} padding" in text for line in shown.parameters for text in line)


def test_words_and_signs() -> None:
    shown = scene(Standard(i=4), bias=2.0)
    assert shown.arrangement.signs == ("", "+ b =")
    assert shown.arrangement.areas[X].sign == "×"
    assert [grid.captions for grid in shown.grids.values()] == [
        ("input 4×4",), ("matrix 4×16",), ("input 16×1", "unrolled row by row"), ("output 4×1",)
    ]  # fmt: skip
    assert scene(Standard(i=4)).arrangement.signs[-1] == "="
    picture = animate(Standard(i=4), view="matrix")
    assert picture.alt_text.endswith("as a matrix, row by row, 4 steps")


@pytest.mark.parametrize(
    ("layer", "last"),
    [
        pytest.param(Standard(i=4), "o·o = 2·2 = 4 rows, i·i = 4·4 = 16 columns", id="standard"),
        pytest.param(Transposed(i=2, k=2, p=0), "o·o = 4·4 = 16 rows, i·i = 2·2 = 4 columns",
                     id="transposed"),
        pytest.param(Standard(i=3), "o·o = 1·1 = 1 row, i·i = 3·3 = 9 columns", id="one row"),
        pytest.param(Transposed(i=1, k=2, p=0), "o·o = 2·2 = 4 rows, i·i = 1·1 = 1 column",
                     id="one column"),
        pytest.param(Standard(i=5, ndim=1), "o = 3 rows, i = 5 columns", id="1-D"),
        pytest.param(Standard(i=(4, 5)), "matrix: 2·3 = 6 rows, 4·5 = 20 columns", id="rectangle"),
        pytest.param(Standard(i=4, k=(1, 2)), "matrix: 4·3 = 12 rows, i·i = 4·4 = 16 columns",
                     id="axes of the kernel differ"),
    ],
)  # fmt: skip
def test_its_formula_says_the_sizes_that_it_has(layer: Layer, last: str) -> None:
    shown = scene(layer)
    assert shown.formulas[-1][-1] == last
    assert [re.split(r"[^0-9]+", side)[-2] for side in last.split(",")] == [
        str(size) for size in shown.grids[MATRIX].states.shape
    ]


@pytest.mark.parametrize("scale", [0.7, 1, 2])
@given(layer=layers)
@examples(15)
def test_every_cell_is_where_the_matrix_multiplies_it(layer: Layer, scale: float) -> None:
    picture = Animation(layer, Options(view="matrix", max_frames=100_000, scale=scale))
    planes = picture.drawing.planes
    matrix, x, y = planes[MATRIX], planes[X], planes[Y]
    n_rows, n_columns = matrix.shape
    for column in range(n_columns + 1):
        assert x.point(0, column)[0] == matrix.point(0, column)[0]
    for row in range(n_rows + 1):
        assert y.point(row, 0)[1] == matrix.point(row, 0)[1]
    assert x.point(1, 0)[1] < matrix.point(0, 0)[1]
    assert y.point(0, 0)[0] > matrix.point(0, n_columns)[0]


@pytest.mark.parametrize(
    "layer",
    [
        pytest.param(Standard(i=4), id="standard"),
        pytest.param(Standard(i=5, p=1, s=2), id="padded"),
        pytest.param(Standard(i=8, p=1, s=2), id="large"),
        pytest.param(Standard(i=7, p=1, s=2, ndim=1), id="1-D"),
        pytest.param(Transposed(), id="transposed"),
    ],
)
def test_it_fills_its_canvas(layer: Layer) -> None:
    drawing = animate(layer, view="matrix", every=1000).drawing
    left = min(plane.point(0, 0)[0] for plane in map(drawing.planes.get, (DRAWN, X)) if plane)
    right = drawing.planes[Y].point(0, 1)[0]
    assert right - left >= 0.6 * drawing.width


def test_a_picture_whose_taps_cannot_be_numbered_has_none() -> None:
    layer = Standard(i=9, k=3, s=3)
    shown = animate(layer, view="matrix").scene
    assert lay_out(shown, Sizing(width_px=960)).label is None
    assert lay_out(shown, Sizing(width_px=2400)).label is not None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("standard --view matrix --shade", "--shade has no meaning with --view matrix"),
        ("standard --view matrix --process", "--process has no meaning with --view matrix"),
        ("standard --view matrix --i 40", "the matrix 1444×1600, the unrolled input 1×1600"),
        ("standard --view matrix --i 40", "the largest input that fits is --i 1"),
        ("standard --view matrix --i 8 --values", "numbers would be"),
        ("pool --view matrix", "--view matrix shows standard and transposed layers, not pool"),
    ],
)
def test_mistakes(
    arguments: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_refused(arguments, sentence, tmp_path, monkeypatch)


def test_a_pooling_layer_has_no_matrix() -> None:
    with pytest.raises(ValueError, match="view='matrix' shows standard and transposed layers"):
        animate(Pool(), view="matrix")
