"""The stamping view: sums, counts, what is cropped, and that it ends in what slides to."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.layer import Layer
from conv_anim.drawing.sizes import PREFERRED_NUMBER_PT
from conv_anim.options import Options
from conv_anim.scene.scene import Scene
from conv_anim.scene.states import State
from conv_anim.views import number_format
from conv_anim.views.overlap import is_even
from tests.support.gifs import Blocks
from tests.support.refusals import check_refused
from tests.support.scenes import played, strings
from tests.support.slow import inside, transposed_layers
from tests.support.torch_values import CASES, build

INPUT, KERNEL, CANVAS = "input", "kernel", "full output"


def scene(layer: Layer, view: str, **options: Any) -> Scene:
    picture = Animation(layer, Options(view=view, max_frames=100_000, width=4000, **options))
    return picture.scene


def slow_counts(layer: Transposed) -> dict[tuple[int, int], int]:
    """Count stamps on the canvas, one by one."""
    counts: dict[tuple[int, int], int] = {}
    for a, b in np.ndindex(*layer.i):
        for u, v in np.ndindex(*layer.k):
            at = a * layer.s[0] + u * layer.d[0], b * layer.s[1] + v * layer.d[1]
            counts[at] = counts.get(at, 0) + 1
    return counts


@given(transposed_layers(), st.integers(0, 99))
def test_sums_end_in_what_the_sliding_picture_ends_in(layer: Transposed, seed: int) -> None:
    options = {"values": True, "seed": seed, "bias": 1.0, "digits": 0}
    shown = scene(layer, "stamp", **options)
    final = strings(shown, played(shown)[-1][CANVAS].labels[inside(layer)])
    sliding = scene(layer, "slide", **options)
    assert final == strings(sliding, played(sliding)[-1]["output"].labels)


@given(transposed_layers(), st.integers(0, 99))
def test_the_products_of_a_stamp_are_what_sums_grow_by(layer: Transposed, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, w = (rng.integers(-4, 5, size).astype(float) for size in (layer.i, layer.k))
    shown = scene(layer, "stamp", input=x, kernel=w)
    sums = np.zeros(layer.canvas_size, int)
    *frames, last = played(shown)
    for at, cells in zip(np.ndindex(*layer.i), frames, strict=True):
        taps = [
            (np.arange(k) * d + a * s)
            for a, k, s, d in zip(at, layer.k, layer.s, layer.d, strict=True)
        ]
        products = strings(shown, cells[KERNEL].labels)
        assert products == [
            [f"{x[at]:g}·{f'({n:g})' if n < 0 else f'{n:g}'}".replace("-", "−") for n in row]
            for row in w
        ]
        sums[np.ix_(*taps)] += (x[at] * w).astype(int)
        said = strings(shown, cells[CANVAS].labels[np.ix_(*taps)])
        assert said == [[f"{n}".replace("-", "−") for n in row] for row in sums[np.ix_(*taps)]]
    assert strings(shown, last[KERNEL].labels) == [
        [f"{n:g}".replace("-", "−") for n in row] for row in w
    ]


def test_long_products_leave_sums_large() -> None:
    short, long = (
        {role: plane.label.pt for role, plane in picture.drawing.planes.items() if plane.label}
        for picture in (
            animate(Transposed(), view="stamp", values=True, kernel=kernel)
            for kernel in ("1 1 1; 1 1 1; 1 1 1", "1 1 1; 1 -1 1; 1 1 1")
        )
    )
    assert short[INPUT] == short[KERNEL] == short[CANVAS]
    assert long[INPUT] == long[CANVAS] >= 1.5 * long[KERNEL]
    assert long[KERNEL] >= PREFERRED_NUMBER_PT


def test_a_product_too_long_to_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match=r"numbers would be .* px high, .* fewer digits"):
        animate(Transposed(i=8), view="stamp", kernel="box", width=320)


def test_sums_end_in_pytorchs_numbers() -> None:
    for kind, sizes, x, w, bias, expected in CASES:
        if kind != "transposed" or expected is None:
            continue
        layer = build(kind, sizes)
        assert isinstance(layer, Transposed)
        shown = scene(layer, "stamp", input=x, kernel=w, bias=bias)
        final = strings(shown, played(shown)[-1][CANVAS].labels[inside(layer)])
        written = [[number_format.written(v, 2) for v in row] for row in np.atleast_2d(expected)]
        assert final == written


@given(transposed_layers())
def test_counts_are_those_of_stamps_one_by_one(layer: Transposed) -> None:
    shown = scene(layer, "overlap")
    expected = slow_counts(layer)
    final = strings(shown, played(shown)[-1][CANVAS].labels)
    for at in np.ndindex(*layer.canvas_size):
        assert final[at[0]][at[1]] == (str(expected[at]) if at in expected else "")


@given(st.integers(1, 6), st.integers(1, 4), st.integers(1, 4))
def test_overlap_is_even_when_all_counts_inside_are_the_same(k: int, s: int, d: int) -> None:
    i = 30  # enough for an inside that every remainder of the stride is in
    layer = Transposed(i=i, k=k, s=s, d=d, p=0, ndim=1)
    counts = slow_counts(layer)
    margin = d * (k - 1)
    middle = [counts.get((0, at), 0) for at in range(margin, (i - 1) * s + 1)]
    assert is_even(layer, 1) == (len(set(middle)) == 1), (middle, k, s, d)


@pytest.mark.parametrize(
    ("layer", "lines"),
    [
        (Transposed(i=3, k=3, s=2),
         ["overlap inside the output is uneven: s = 2 does not divide k = 3"]),
        (Transposed(i=3, k=4, s=2), ["overlap inside the output is even: s = 2 divides k = 4"]),
        (Transposed(i=3, k=2, s=2, d=2),
         ["overlap inside the output is uneven: s = 2 and d = 2 have a factor in common"]),
        (Transposed(i=3, k=2, s=2, d=3), [
            "overlap inside the output is even: s = 2 divides k = 2 and has no factor in common "
            "with d = 3"]),
        (Transposed(i=3, k=(3, 4), s=2), [
            "overlap of rows is uneven: s = 2 does not divide k = 3,",
            "of columns even: s = 2 divides k = 4"]),
    ],
    ids=["checkerboard", "even", "dilated alike", "dilated otherwise", "axes differ"],
)  # fmt: skip
def test_the_caption_says_why(layer: Transposed, lines: list[str]) -> None:
    assert [text for line in scene(layer, "overlap").parameters[1:] for text in line] == lines


def test_the_checkerboard_and_its_absence() -> None:
    shown = scene(Transposed(i=3, k=3, s=2, p=0, ndim=1), "overlap")
    assert strings(shown, played(shown)[-1][CANVAS].labels) == [["1", "1", "2", "1", "2", "1", "1"]]
    shown = scene(Transposed(i=3, k=4, s=2, p=0, ndim=1), "overlap")
    assert strings(shown, played(shown)[-1][CANVAS].labels) == [["1", "1"] + ["2"] * 4 + ["1", "1"]]
    levels = played(shown)[-1][CANVAS].levels[0]
    assert levels[0] < levels[2] == levels[5]


def test_cells_say_what_happens() -> None:
    layer = Transposed(i=2, k=2, s=3, p="1:0", op=1, ndim=1)
    shown = scene(layer, "stamp", input="2 3", kernel="1 -1", bias=5)
    come, now, done = State.TO_COME, State.NOW, State.DONE
    frames = played(shown)
    assert [cells[CANVAS].states[0].tolist() for cells in frames] == [
        [now, now, come, come, come, State.EXTRA_TO_COME],
        [done, done, come, now, now, State.EXTRA_TO_COME],
        [State.CROPPED_ZERO, done, State.UNREACHED_DONE, done, done, State.UNREACHED_DONE],
    ]
    assert [strings(shown, cells[CANVAS].labels)[0] for cells in frames] == [
        ["2", "−2", "", "", "", ""], ["2", "−2", "", "3", "−3", ""],
        ["2", "3", "5", "8", "2", "5"],
    ]  # fmt: skip
    assert [strings(shown, cells[KERNEL].labels)[0] for cells in frames] == [
        ["2·1", "2·(−1)"], ["3·1", "3·(−1)"], ["1", "−1"],
    ]  # fmt: skip
    assert not any(cells[grid].corners.any() for cells in frames for grid in (KERNEL, CANVAS))
    assert [cells[INPUT].states[0].tolist() for cells in frames] == [
        [State.KERNEL_ON_INPUT, State.INPUT], [State.INPUT, State.KERNEL_ON_INPUT],
        [State.INPUT, State.INPUT],
    ]  # fmt: skip
    assert [frame.counter for frame in shown.frames] == [
        "step 1 / 2", "step 2 / 2", "cropped by 1:−1"
    ]  # fmt: skip
    assert not shown.has_sums
    assert shown.parameters[-1] == (
        "every input cell stamps the kernel; sums add up;", "at the end b = 5 is added"
    )  # fmt: skip
    assert [frame.duration_ms for frame in shown.frames] == [500, 500, 1500]


@given(transposed_layers(), st.sampled_from(["stamp", "overlap"]))
def test_the_legend_has_just_the_kinds_that_occur(layer: Transposed, view: str) -> None:
    shown = scene(layer, view)
    frames = played(shown)
    assert len(frames) == len(shown.frames)
    seen = {State(s) for cells in frames for grid in cells.values() for s in np.unique(grid.states)}
    assert {mark.state for mark in shown.legend} == seen


@pytest.mark.parametrize(
    ("options", "n_frames"),
    [({}, 10), ({"frames": "2:5"}, 4), ({"every": 4}, 4), ({"frames": "9:9"}, 2)],
    ids=["all", "some", "every fourth", "the last"],
)
def test_frames_can_be_chosen(options: dict[str, Any], n_frames: int) -> None:
    picture = animate(Transposed(), view="stamp", values=True, **options)
    assert len(picture) == n_frames
    delays = Blocks(picture.to_bytes()).delays_ms
    assert sum(delays) == 500 * (n_frames - 1) + 1500
    whole = played(scene(picture.layer.single(), "stamp", values=True))
    part = played(picture.scene)
    first = picture.options.steps(picture.layer)[0]
    assert np.array_equal(part[0][CANVAS].labels, whole[first][CANVAS].labels)


def test_it_has_an_alt_text_and_a_command_of_its_own() -> None:
    picture = animate(Transposed(i=3), view="overlap")
    assert picture.alt_text == (
        "Transposed convolution, 3×3 input, 3×3 kernel, padding 1, stride 2, 5×5 output, "
        "how often cells are stamped, 9 steps"
    )
    assert picture.command.endswith("--s 2 --view overlap")
    assert picture.default_name == "transposed_i3_k3_p1_s2_overlap.gif"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("transposed --view stack3", "--view is 'stack3': give slide, stack, stamp, overlap"),
        ("transposed --view overlap --values", "--values has no meaning with --view overlap"),
        ("transposed --view overlap --kernel ones", "--kernel has no meaning with --view overlap"),
        ("transposed --view stamp --shade", "--shade has no meaning with --view stamp"),
        ("transposed --view stamp --frames 1:10", "--frames is 1:10, and the layer has 9 steps"),
        ("transposed --view stamp --i 400", "cells would be smaller than 3 px"),
        ("standard --view stamp", "--view stamp shows transposed layers, not standard ones"),
    ],
)
def test_mistakes(
    arguments: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_refused(arguments, sentence, tmp_path, monkeypatch)


def test_other_layers_are_refused_by_name() -> None:
    for layer in (Standard(), Pool()):
        with pytest.raises(ValueError, match=r"view='stamp' shows transposed .*: give slide"):
            animate(layer, view="stamp")
