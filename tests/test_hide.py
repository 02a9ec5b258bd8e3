"""The output hidden: what is left of it to be seen, and that all else is as it was."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.cli.group import cli
from conv_anim.core.layer import Layer
from conv_anim.options import Options
from conv_anim.scene.scene import Scene
from conv_anim.scene.states import NOTHING, State
from conv_anim.views.registry import VIEWS
from tests.support.examples import examples
from tests.support.samples import OF_LAYERS
from tests.support.scenes import played
from tests.support.slow import all_layers, layers, transposed_layers

OUTPUTS = {
    "slide": {"output"},
    "stack": {"output"},
    "stamp": {"full output"},
    "overlap": {"full output"},
    "both": {"output", "full output"},
    "matrix": {"unrolled output"},
}
TO_COME = {State.TO_COME, State.EXTRA_TO_COME}


def scene(layer: Layer, **options: Any) -> Scene:
    return Animation(layer, Options(width=4000, max_frames=100_000, **options)).scene


def states(array: Any) -> set[State]:
    return {State(value) for value in np.unique(array) if value != NOTHING}


def check_hidden(layer: Layer, **options: Any) -> None:
    """Check that nothing of the output can be seen but which cell's turn it is."""
    hidden, shown = scene(layer, hide="output", **options), scene(layer, **options)
    outputs = OUTPUTS[options.get("view", "slide")]
    seen = set()
    for cells, plain in zip(played(hidden), played(shown), strict=True):
        for role, grid in cells.items():
            seen |= states(grid.states)
            if role not in outputs:
                is_winner = (plain[role].states == State.MARKED) & (role == "input")
                same = (grid.states == plain[role].states) | is_winner
                assert same.all()
                assert State.MARKED not in states(grid.states[is_winner])
                for name in ("levels", "labels", "corners"):
                    assert np.array_equal(getattr(grid, name), getattr(plain[role], name))
                continue
            assert not grid.labels.any()
            assert (grid.levels == -1).all()
            assert np.array_equal(grid.corners, plain[role].corners)
            before = hidden.grids[role].states
            passing = {State.NOW, State.MARKED, State.CROPPED_ZERO}
            stands_out = np.isin(plain[role].states, [*passing])
            assert np.array_equal(grid.states, np.where(stands_out, plain[role].states, before))
            assert states(before) <= TO_COME
    assert {entry.state for entry in hidden.legend} == seen
    assert [entry.state for entry in hidden.legend] == sorted(seen)
    words = {entry.state: entry for entry in shown.legend}
    for entry in hidden.legend:  # what is of the output has no shade any more
        usual = words.get(entry.state, entry)
        is_shaded = usual.is_shaded and entry.state < State.TO_COME
        assert entry == usual._replace(is_shaded=is_shaded)
    assert len(hidden.frames) == len(shown.frames)
    for frame, plain_frame in zip(hidden.frames, shown.frames, strict=True):
        assert (frame.links, frame.counter, frame.duration_ms, frame.note, frame.caption) == (
            plain_frame.links, plain_frame.counter, plain_frame.duration_ms, plain_frame.note,
            plain_frame.caption,
        )  # fmt: skip
        assert (frame.sum is None) == (plain_frame.sum is None)
        if frame.sum and plain_frame.sum:
            assert frame.sum._replace(end=plain_frame.sum.end) == plain_frame.sum
            assert frame.sum.end.endswith("= ?")
            assert "≈" not in frame.sum.end
    assert (hidden.arrangement, hidden.title, hidden.parameters, hidden.formulas) == (
        shown.arrangement, shown.title, shown.parameters, shown.formulas
    )  # fmt: skip
    for role in outputs:
        assert hidden.grids[role].scale is None


@given(all_layers, st.sampled_from(["slide", "stack"]), st.booleans())
@examples(25)
def test_the_sliding_picture(layer: Layer, view: str, values: bool) -> None:
    check_hidden(layer, view=view, values=values)


@given(layers, st.booleans())
@examples(15)
def test_the_stages_before_it(layer: Layer, values: bool) -> None:
    check_hidden(layer, process=True, values=values)


@given(transposed_layers(), st.sampled_from(["stamp", "both", "matrix"]), st.booleans())
@examples(25)
def test_a_transposed_layer(layer: Layer, view: str, values: bool) -> None:
    check_hidden(layer, view=view, values=values)


@given(transposed_layers())
@examples(10)
def test_how_often_cells_are_stamped(layer: Layer) -> None:
    check_hidden(layer, view="overlap")


CASES: dict[str, tuple[Layer, dict[str, Any]]] = {
    "largest": (Pool(), {}),
    "largest, stacked": (Pool(p=1), {"view": "stack"}),
    "mean": (Pool(mode="average"), {}),
    "matrix": (Standard(i=4), {"view": "matrix", "values": True}),
    "bias": (Standard(i=4), {"bias": 0.125, "digits": 1}),
    "the last step": (Standard(), {"frames": (9, 9)}),
    "one cell": (Standard(i=3), {"values": True}),
    "a strip": (Standard(i=5, ndim=1), {"values": True}),
}


@pytest.mark.parametrize("name", CASES)
def test_more_of_its_kind(name: str) -> None:
    layer, options = CASES[name]
    check_hidden(layer, **options)


def test_every_view_can_hide_it() -> None:
    assert {*OF_LAYERS} == {*OUTPUTS}
    assert not any("hide" in view.without for view in VIEWS.values())


def sums(layer: Layer, **options: Any) -> list[str]:
    found = [frame.sum for frame in scene(layer, hide="output", **options).frames if frame.sum]
    return [f"{x.start}{x.joint.join(x.terms)}{x.end}" for x in found]


@pytest.mark.parametrize(
    ("layer", "options", "first"),
    [
        pytest.param(Standard(i=2, k=2), {"input": "ramp", "kernel": "ones", "bias": 1.0},
                     "1·1 + 2·1 + 3·1 + 4·1 + 1 = ?", id="with a bias"),
        pytest.param(Standard(i=2, k=2), {"input": "ramp", "kernel": "box"},
                     "1·0.25 + 2·0.25 + 3·0.25 + 4·0.25 = ?", id="exact"),
        pytest.param(Standard(i=2, k=2), {"input": "ramp", "kernel": "box", "digits": 1},
                     "1·0.2 + 2·0.2 + 3·0.2 + 4·0.2 = ?", id="rounded"),
        pytest.param(Pool(i=2), {"input": "ramp"}, "max(1, 2, 3, 4) = ?", id="largest"),
        pytest.param(Pool(i=2, mode="average"), {"input": "ramp"}, "(1 + 2 + 3 + 4) / 4 = ?",
                     id="mean"),
    ],
)  # fmt: skip
def test_a_sum_does_not_say_what_it_comes_to(
    layer: Layer, options: dict[str, Any], first: str
) -> None:
    assert sums(layer, **options)[0] == first


def test_shades_give_nothing_away() -> None:
    layer = Standard(i=4)
    check_hidden(layer, shade=True)
    grids = scene(layer, shade=True, hide="output", input="ones", kernel="ones").grids
    assert grids["input"].captions == ("input 4×4", "all values are 1")
    assert grids["output"].captions == ("output 2×2",)


def test_the_legend_has_what_is_to_come_though_it_had_not() -> None:
    plain, hidden = (scene(Standard(), frames=(9, 9), hide=word) for word in ("none", "output"))
    assert State.TO_COME not in {entry.state for entry in plain.legend}
    (entry,) = (entry for entry in hidden.legend if entry.state == State.TO_COME)
    assert (entry.words, entry.is_shaded) == ("to come", False)


def test_it_is_said_in_words_and_in_the_name() -> None:
    layer = Transposed()
    pictures: list[dict[str, Any]] = [{}, {"view": "stamp"}]
    for options in pictures:
        shown, hidden = animate(layer, **options), animate(layer, **options, hide="OUTPUT")
        assert hidden.alt_text == f"{shown.alt_text}, the output hidden"
        assert shown.alt_text == animate(layer, **options, hide="none").alt_text
    picture = animate(layer, hide="output")
    assert picture.default_name == "transposed_i3_k3_p1_s2_hide-output.gif"
    assert picture.command.endswith(" --hide output")


@pytest.mark.parametrize("word", ["input", "outputs", ""])
def test_nothing_else_can_be_hidden(word: str, folder: Path) -> None:
    result = CliRunner().invoke(cli, ["standard", "--hide", word])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: --hide is {word!r}: give none or output")
    assert result.stderr.count("\n") == 1
    assert not list(folder.iterdir())


def test_a_picture_that_hides_it_can_be_drawn() -> None:
    pictures: list[dict[str, Any]] = [
        {"values": True},
        {"shade": True},
        {"view": "stamp"},
        {"process": True},
    ]
    for options in pictures:
        assert animate(Transposed(i=2), hide="output", **options).to_bytes()
