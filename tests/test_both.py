"""Both readings of a transposed layer: in step, by the same taps, to the same output."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.drawing.drawing import Polygon
from conv_anim.drawing.layout import lay_out
from conv_anim.drawing.sizes import Sizing
from conv_anim.options import Options
from conv_anim.scene.scene import Scene
from conv_anim.scene.states import State
from conv_anim.views import number_format
from conv_anim.views.interleave import beats, n_beats
from tests.support.examples import examples
from tests.support.gifs import Blocks
from tests.support.refusals import check_refused
from tests.support.scenes import played, strings
from tests.support.slow import inside, transposed_layers
from tests.support.torch_values import CASES, build

DRAWN, FILLED, STAMPED, STAMPS = "drawn input", "output", "full output", "input"


def scene(layer: Transposed, **options: Any) -> Scene:
    return Animation(layer, Options(view="both", max_frames=100_000, width=4000, **options)).scene


def reach(layer: Transposed, cell: tuple[int, int]) -> dict[tuple[int, ...], int]:
    """Return which stamps reach an output cell, each with the number of its tap, one by one."""
    found = {}
    for stamp in np.ndindex(*layer.i):
        for tap in np.ndindex(*layer.k):
            place = tuple(
                a * s + u * d - p[0]
                for a, s, u, d, p in zip(stamp, layer.s, tap, layer.d, layer.p, strict=True)
            )
            if place == cell:
                found[stamp] = tap[0] * layer.k[1] + tap[1] + 1
    return found


@given(transposed_layers())
def test_every_stamp_and_every_cell_has_its_step(layer: Transposed) -> None:
    steps = list(beats(layer))
    assert len(steps) == n_beats(layer)
    cells = [beat.cell for beat in steps if beat.cell]
    assert sorted(cells) == list(np.ndindex(*layer.output_size))
    stamps = [beat.stamp for beat in steps]
    assert stamps == sorted(stamps)
    assert list(dict.fromkeys(stamps)) == list(np.ndindex(*layer.i))


@given(transposed_layers())
@examples(40)
def test_a_cell_is_filled_when_no_later_stamp_reaches_it(layer: Transposed) -> None:
    for stamp, cell in beats(layer):
        if cell and (reached := reach(layer, cell)):
            assert max(reached) == stamp


@given(transposed_layers(), st.integers(0, 99))
@examples(40)
def test_both_say_the_same_number_whenever_a_cell_is_filled(layer: Transposed, seed: int) -> None:
    shown = scene(layer, values=True, seed=seed, digits=0)
    steps, frames = list(beats(layer)), played(shown)
    assert len(frames) == len(steps) + 1
    for (_, cell), cells in zip(steps, frames, strict=False):
        if cell:
            left = strings(shown, cells[FILLED].labels)[cell[0]][cell[1]]
            right = strings(shown, cells[STAMPED].labels[inside(layer)])[cell[0]][cell[1]]
            assert left == (right or "0")
    final = frames[-1]
    assert strings(shown, final[FILLED].labels) == strings(
        shown, final[STAMPED].labels[inside(layer)]
    )


def test_both_end_in_pytorchs_numbers() -> None:
    for kind, sizes, x, w, bias, expected in CASES[::3]:
        if kind != "transposed" or expected is None:
            continue
        layer = build(kind, sizes)
        assert isinstance(layer, Transposed)
        shown = scene(layer, input=x, kernel=w, bias=bias)
        written = [[number_format.written(v, 2) for v in row] for row in np.atleast_2d(expected)]
        final = played(shown)[-1]
        assert strings(shown, final[FILLED].labels) == written
        assert strings(shown, final[STAMPED].labels[inside(layer)]) == written


@given(transposed_layers(), st.booleans())
@examples(40)
def test_the_marked_product_has_the_same_tap_on_both_sides(layer: Transposed, values: bool) -> None:
    picture = Animation(layer, Options(view="both", values=values, width=4000))
    shown = picture.scene
    weights = picture.shown.kernel
    assert weights is not None
    for (stamp, cell), cells in zip(beats(layer), played(shown), strict=False):
        marks = [np.argwhere(grid.states == State.MARKED).tolist() for grid in cells.values()]
        number = reach(layer, cell).get(stamp) if cell else None
        if number is None or cell is None:
            assert marks == [[], [], [], []], cell
            continue
        rows, columns = layer.axes
        drawn = [axis.padding[0] + a * (axis.inserted + 1)
                 for axis, a in zip((rows, columns), stamp, strict=True)]  # fmt: skip
        place = [c + p[0] for c, p in zip(cell, layer.p, strict=True)]
        assert marks == [[drawn], [], [], [place]]
        for grid, at in ((DRAWN, drawn), (STAMPED, place)):
            taps = cells[grid].corners if values else cells[grid].labels
            said_there = shown.strings[taps[tuple(at)]]
            if not values:
                assert said_there == str(number)
            else:
                weight = weights[divmod(number - 1, layer.k[1])]
                assert said_there == f"×{number_format.written(float(weight), 2)}"


def test_taps_are_turned_on_the_left_and_in_order_on_the_right() -> None:
    shown = scene(Transposed(i=2, k=(2, 3), p=0, s=2, d=2))
    cells = played(shown)[0]
    left, right = (strings(shown, cells[grid].labels) for grid in (DRAWN, STAMPED))
    assert [text for row in left[:3:2] for text in row[:5:2]] == ["6", "5", "4", "3", "2", "1"]
    assert [text for row in right[:3:2] for text in row[:5:2]] == ["1", "2", "3", "4", "5", "6"]
    assert sum(bool(text) for row in left for text in row) == 6


def test_a_stamp_that_completes_nothing_has_a_step_of_its_own() -> None:
    layer = Transposed(i=3, k=1, p=1, s=1, ndim=1)
    assert [beat.cell for beat in beats(layer)] == [None, (0, 0), None]
    frames = list(scene(layer).frames)
    assert [frame.counter for frame in frames] == [
        "stamp 1 / 3", "stamp 2 / 3, step 1 / 1", "stamp 3 / 3, step 1 / 1",
        "cropped by p = 1"
    ]  # fmt: skip
    assert [len(frame.links) for frame in frames] == [1, 2, 2, 0]


@given(transposed_layers())
@examples(40)
def test_the_legend_has_just_the_kinds_that_occur(layer: Transposed) -> None:
    shown = scene(layer)
    seen = {
        State(s)
        for cells in played(shown)
        for grid in cells.values()
        for s in np.unique(grid.states)
    }
    assert {mark.state for mark in shown.legend} == seen


def test_at_the_end_everything_is_at_rest() -> None:
    shown = scene(Transposed(op=1))
    final = played(shown)[-1]
    assert not final[DRAWN].labels.any()
    assert np.array_equal(final[DRAWN].states, shown.grids[DRAWN].states)
    assert (final[STAMPS].states == State.INPUT).all()
    assert {State(s) for s in np.unique(final[FILLED].states)} == {State.DONE, State.EXTRA_DONE}


@pytest.mark.parametrize(
    ("options", "n_frames"),
    [({}, 26), ({"frames": "2:5"}, 4), ({"every": 4}, 8), ({"frames": "25:25"}, 2)],
    ids=["all", "some", "every fourth", "the last"],
)
def test_frames_can_be_chosen(options: dict[str, Any], n_frames: int) -> None:
    picture = animate(Transposed(), view="both", **options)
    assert len(picture) == n_frames
    assert sum(Blocks(picture.to_bytes()).delays_ms) == 500 * (n_frames - 1) + 1500
    assert len(Blocks(picture.to_bytes()).delays_ms) == n_frames


@given(transposed_layers(), st.integers(1, 6), st.booleans(), st.data())
@examples(40)
def test_chosen_steps_are_what_all_steps_show_then(
    layer: Transposed, every: int, values: bool, data: st.DataObject
) -> None:
    n_steps = n_beats(layer)
    first = data.draw(st.integers(1, n_steps))
    last = data.draw(st.integers(first, n_steps))
    given = Options(view="both", values=values, width=4000, frames=(first, last), every=every)
    picture = Animation(layer, given)
    whole, part = played(scene(layer, values=values)), played(picture.scene)
    steps = [*picture.options.steps(layer)]
    if steps[-1] == n_steps - 1:
        steps.append(n_steps)
    assert len(part) == len(steps) == len(picture)
    drawing = [bool(beat.cell) for beat in beats(layer)]
    for cells, step in zip(part, steps, strict=True):
        expected = whole[step]
        for grid in (FILLED, STAMPED, STAMPS):
            states = cells[grid].states.copy()
            if grid == FILLED and step < n_steps and not drawing[step]:
                # The kernel stays where it was seen last: there, «now» may be older.
                states[expected[grid].states == State.NOW] = State.NOW
            assert np.array_equal(states, expected[grid].states), grid
            for name in ("labels", "corners"):
                assert np.array_equal(getattr(cells[grid], name), getattr(expected[grid], name))


def test_numbers_of_taps_are_left_out_where_they_could_not_be_read() -> None:
    small = animate(Transposed(i=8, k=5, p=0, s=2, d=2), view="both")
    assert lay_out(small.scene, Sizing(width_px=960)).label is None
    assert lay_out(small.scene, Sizing(width_px=2400)).label is not None
    with pytest.raises(ValueError, match=r"numbers would be .* width"):
        animate(small.layer, view="both", values=True)


@pytest.mark.parametrize("values", [False, True], ids=["taps", "values"])
def test_each_half_leads_from_its_input_to_its_output(values: bool) -> None:
    picture = animate(Transposed(), view="both", values=values)
    halves = (DRAWN, FILLED), (STAMPS, STAMPED)
    assert picture.scene.arrangement.roles == (*halves[0], *halves[1])
    planes, beams = picture.drawing.planes, [0, 0]
    (first, start), (end, last) = (
        (planes[left].point(0, 0)[0], planes[right].point(0, planes[right].shape[1])[0])
        for left, right in halves
    )
    assert first < start < end < last
    gaps = [
        planes[right].origin[0] - planes[left].point(0, planes[left].shape[1])[0]
        for left, right in pairwise(picture.scene.arrangement.roles)
    ]
    assert gaps[1] > 1.4 * max(gaps[0], gaps[2])
    for frame in picture.drawing.frames:
        for item in frame.items.values():
            if isinstance(item, Polygon):
                xs = [x for x, _ in item.points]
                is_left, is_right = max(xs) < start, min(xs) > end
                assert is_left or is_right
                beams[is_right] += 1
    assert all(beams)


@pytest.mark.parametrize("values", [False, True], ids=["taps", "values"])
def test_two_lines_are_above_and_each_half_has_a_heading(values: bool) -> None:
    picture = animate(Transposed(), view="both", values=values)
    headings = [" ".join(grid.heading) for grid in picture.scene.grids.values() if grid.heading]
    assert headings == [
        "zero insertion: the kernel, turned by 180°, slides",
        "stamping: each input cell stamps",
    ]
    top = min(box.top for box in picture.layout.grids.values())
    above = [text for text in picture.layout.texts if text.baseline < top]
    baselines = {text.baseline for text in above if text.string not in " ".join(headings)}
    assert len(baselines) == 2, above
    (letters,) = picture.scene.parameters
    assert letters[-2:] == ("z = s − 1 = 1", "p′ = k − p − 1 = 1")


def test_it_has_words_of_its_own() -> None:
    picture = animate(Transposed(), view="both")
    assert picture.alt_text == (
        "Transposed convolution, 3×3 input, 3×3 kernel, padding 1, stride 2, 5×5 output, "
        "both readings, in step, 25 steps"
    )
    assert picture.default_name == "transposed_i3_k3_p1_s2_both.gif"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("transposed --view both --shade", "--shade has no meaning with --view both"),
        ("transposed --view both --process", "--process has no meaning with --view both"),
        ("transposed --view both --i 200", "cells would be smaller than 3 px"),
        ("standard --view both", "--view both shows transposed layers, not standard ones"),
    ],
)
def test_mistakes(
    arguments: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_refused(arguments, sentence, tmp_path, monkeypatch)


def test_other_layers_are_refused_by_name() -> None:
    for layer in (Standard(), Pool()):
        with pytest.raises(ValueError, match=r"view='both' shows transposed layers, not"):
            animate(layer, view="both")
