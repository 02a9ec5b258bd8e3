"""The sliding view: the state of every cell at every step, and the words round the grids."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim.core.layer import Layer
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.scene.states import State
from conv_anim.views.slide import slide
from tests.support.scenes import played_states, whole
from tests.support.slow import layers, slow_outputs, slow_states, slow_windows


@given(layers)
def test_states_at_every_step_are_those_of_the_rules(layer: Layer) -> None:
    resting = slow_states(layer)
    frames = played_states(whole(layer))
    windows = slow_windows(layer)
    assert len(frames) == len(windows)
    before, after = slow_outputs(layer)
    for step, (window, (drawn, output)) in enumerate(zip(windows, frames, strict=True)):
        expected = [line[:] for line in resting]
        for row, column in window.taps:
            on_input = resting[row][column] == State.INPUT
            kernel = State.KERNEL_ON_INPUT if on_input else State.KERNEL_ON_ZERO
            expected[row][column] = kernel
        np.testing.assert_array_equal(drawn, expected)
        expected_output = [*after[:step], State.NOW, *before[step + 1 :]]
        assert output.ravel().tolist() == expected_output


@given(layers)
def test_the_legend_has_just_the_kinds_that_occur(layer: Layer) -> None:
    scene = whole(layer)
    seen = {
        State(value)
        for grids in played_states(scene)
        for grid in grids
        for value in np.unique(grid)
    }
    assert {mark.state for mark in scene.legend} == seen
    assert [mark.state for mark in scene.legend] == sorted(seen)


@given(layers, st.data())
def test_chosen_steps_are_what_all_steps_show_then(layer: Layer, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, layer.n_steps - 1))
    last = data.draw(st.integers(first, layer.n_steps - 1))
    chosen = range(first, last + 1, data.draw(st.integers(1, 7)))
    scene = slide(layer, chosen, 500, 1500)
    some, all_steps = played_states(scene), played_states(whole(layer))
    assert len(some) == len(scene.frames) == len(chosen)
    for grids, step in zip(some, chosen, strict=True):
        for seen, expected in zip(grids, all_steps[step], strict=True):
            np.testing.assert_array_equal(seen, expected)
    counters = [frame.counter for frame in scene.frames]
    assert counters == [f"step {step + 1} / {layer.n_steps}" for step in chosen]
    seen_states = {State(value) for grids in some for grid in grids for value in np.unique(grid)}
    assert {mark.state for mark in scene.legend} == seen_states


@given(layers)
def test_links_lead_from_the_rows_of_the_window_to_the_row_of_the_output(layer: Layer) -> None:
    scene = whole(layer)
    for step, (frame, window) in enumerate(zip(scene.frames, slow_windows(layer), strict=True)):
        (link,) = frame.links
        rows = {row for row, _ in window.taps + window.holes}
        assert set(range(link.tail.row, link.tail.row + link.tail.rows)) == rows
        assert (link.head.row, link.head.rows) == (step // layer.output_size[1], 1)


def test_only_the_last_frame_is_held() -> None:
    scene = slide(Standard(), range(9), step_ms=30, hold_ms=70)
    assert [frame.duration_ms for frame in scene.frames] == [30] * 8 + [70]
    assert [frame.counter for frame in scene.frames][::4] == [
        "step 1 / 9",
        "step 5 / 9",
        "step 9 / 9",
    ]
    assert len(scene.frames) == 9


def test_frames_can_be_asked_for_again() -> None:
    scene = whole(Transposed())
    assert str(played_states(scene)) == str(played_states(scene))


def words(layer: Layer) -> list[str]:
    scene = whole(layer)
    lines = [scene.title, *map(" ".join, scene.parameters), *map(" ".join, scene.formulas)]
    return lines + [caption for grid in scene.grids.values() for caption in grid.captions]


def test_words_of_a_standard_layer() -> None:
    assert words(Standard(i=5, k=3, p=1, s=2)) == [
        "Standard convolution",
        "i = 5 k = 3 p = 1 s = 2 o = 3",
        r"$o = \,\left\lfloor\frac{i + 2p − k}{s}\right\rfloor + 1$ "
        r"$= \,\left\lfloor\frac{5 + 2{\cdot}1 − 3}{2}\right\rfloor + 1$ = 3",
        "input 5×5",
        "padded 7×7",
        "output 3×3",
    ]


def test_words_of_a_transposed_layer_name_both_paddings() -> None:
    assert words(Transposed(i=3, k=3, p=1, s=2)) == [
        "Transposed convolution",
        "i = 3 k = 3 p = 1 s = 2 o = 5",
        "drawn with stride 1: z = s − 1 = 1 zero between cells, p′ = k − p − 1 = 1, "
        "kernel turned by 180°",
        "o = s(i − 1) + k − 2p = 2·(3 − 1) + 3 − 2·1 = 5",
        "input 3×3",
        "zeros inserted 5×5",
        "padded 7×7",
        "output 5×5",
    ]


@pytest.mark.parametrize(
    ("layer", "lines"),
    [
        pytest.param(Standard(i=5, k=3), ["input 5×5", "output 3×3"], id="no padding"),
        pytest.param(
            Transposed(i=3, k=2, p=2, s=3),
            ["input 3×3", "zeros inserted 7×7", "cropped 5×5", "output 4×4"],
            id="cropped",
        ),
    ],
)
def test_captions_name_only_the_stages_there_are(layer: Layer, lines: list[str]) -> None:
    assert words(layer)[-len(lines) :] == lines


def test_a_negative_drawn_padding_says_so() -> None:
    assert "p′ = k − p − 1 = −1" in words(Transposed(i=3, k=2, p=2, s=3))[2]


def test_axes_that_differ_get_a_formula_each() -> None:
    scene = whole(Standard(i=(5, 7), k=(3, 2), s=(2, 1)))
    assert scene.parameters[0] == ("i = 5×7", "k = 3×2", "p = 0", "s = (2, 1)", "o = 2×6")
    assert [line[0] for line in scene.formulas[1:]] == ["rows:", "columns:"]
    assert [line[-1] for line in scene.formulas[1:]] == ["= 2", "= 6"]
