"""The stages before the kernel starts: what is there, where it stands, what is said of it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.layer import Layer
from conv_anim.drawing.theme import THEMES
from conv_anim.options import Options
from conv_anim.scene.scene import Scene
from conv_anim.scene.states import NOTHING, State
from conv_anim.views.stages import moments, n_stages
from tests.support.examples import examples
from tests.support.gifs import Blocks, frames
from tests.support.layouts import beginnings, laid_out, middle, place
from tests.support.refusals import check_refused
from tests.support.scenes import played
from tests.support.slow import layers, slow_states

views = st.sampled_from(["slide", "stack"])
Places = tuple[NDArray[np.float64], NDArray[np.float64]]

INPUT, OUTPUT = "input", "output"


def scene(layer: Layer, **options: Any) -> Scene:
    return Animation(layer, Options(width=4000, **options)).scene


def places(shown: Scene) -> list[Places]:
    """Return where rows and columns of input cells stand at each frame."""
    seen: list[Places] = []
    for frame in shown.frames:
        at = {move.grid: (move.rows, move.columns) for move in frame.moves}
        assert set(at) <= {INPUT}
        seen.append(at.get(INPUT) or seen[-1])
    return seen


def ends(layer: Layer) -> dict[int, int]:
    """Return the last frame of each stage before the kernel starts."""
    return {moment.stage: number for number, moment in enumerate(moments(layer))}


@given(layers, views, st.booleans())
@examples(50)
def test_the_last_stage_is_the_sliding_picture(layer: Layer, view: str, values: bool) -> None:
    whole = scene(layer, view=view, values=values, step_ms=300, process=True)
    sliding = scene(layer, view=view, values=values, step_ms=300)
    start = len(moments(layer))
    assert len(whole.frames) == start + len(sliding.frames)
    for mine, plain in zip(played(whole)[start:], played(sliding), strict=True):
        for one, other in zip(mine.values(), plain.values(), strict=True):
            for name in vars(one):
                assert np.array_equal(getattr(one, name), getattr(other, name)), name
    for frame, expected in zip(list(whole.frames)[start:], sliding.frames, strict=True):
        assert (frame.links, frame.counter, frame.duration_ms, frame.sum) == (
            expected.links, expected.counter, expected.duration_ms, expected.sum
        )  # fmt: skip
    for rows, columns in places(whole)[start:]:
        assert np.array_equal(rows, np.arange(layer.axes[0].padded_size))
        assert np.array_equal(columns, np.arange(layer.axes[1].padded_size))


@given(layers)
@examples(50)
def test_what_is_built_is_what_the_kernel_slides_over(layer: Layer) -> None:
    built = played(scene(layer, process=True))[len(moments(layer)) - 1][INPUT].states
    plain = {
        State.UNREAD_INPUT: State.INPUT,
        State.UNREAD_ZERO: State.ZERO,
        State.UNREAD_PADDING: State.PADDING,
    }  # while it is built, nobody knows what will not be read
    expected = [[plain.get(state, state) for state in row] for row in slow_states(layer)]
    assert built.tolist() == expected


@given(layers)
@examples(50)
def test_each_stage_ends_with_as_many_cells_as_the_formulas_say(layer: Layer) -> None:
    shown = played(scene(layer, process=True))
    rows, columns = layer.axes
    sizes = {1: layer.i}
    if isinstance(layer, Transposed):
        sizes[2] = rows.stretched_size, columns.stretched_size
    sizes[n_stages(layer) - 1] = rows.padded_size, columns.padded_size
    assert set(ends(layer)) == set(sizes)
    for stage, frame in ends(layer).items():
        states = shown[frame][INPUT].states
        there = states != NOTHING
        assert (there.any(axis=1).sum(), there.any(axis=0).sum()) == sizes[stage]
        assert there.sum() == sizes[stage][0] * sizes[stage][1]
        assert (states == State.INPUT).sum() + (states == State.CROPPED_INPUT).sum() == (
            layer.i[0] * layer.i[1]
        )


@given(layers)
@examples(50)
def test_cells_move_smoothly_and_stay_in_order(layer: Layer) -> None:
    shown = scene(layer, process=True)
    before: Places | None = None
    for (rows, columns), cells in zip(places(shown), played(shown), strict=True):
        there = cells[INPUT].states != NOTHING
        for axis, at in enumerate((rows, columns)):
            drawn = layer.axes[axis]
            assert (np.diff(at) >= 0).all()
            assert 0 <= at.min() <= at.max() <= drawn.padded_size - 1
            inputs = at[drawn.padding[0] :: drawn.inserted + 1][: drawn.input_size]
            assert (np.diff(inputs) >= 1).all(), "input cells never overlap"
            seen = at[there.any(axis=1 - axis)]
            assert (np.diff(seen) <= 1 + 1e-9).all(), "no gap is left open"
            if before is not None and not drawn.padding[0]:
                assert np.abs(at - before[axis]).max() <= max(1, drawn.stretched_size / 2)
        before = rows, columns


def test_the_input_lies_close_in_the_middle_before_zeros_are_inserted() -> None:
    rows, columns = places(scene(Transposed(i=3, k=3, p=1, s=3), process=True))[0]
    assert rows[1:-1:3].tolist() == columns[1:-1:3].tolist() == [3, 4, 5]
    assert len(rows) == 9


def test_padding_comes_before_cropping() -> None:
    layer = Transposed(i=3, k=1, p="0:2", s=2, op=1)  # p′ is 0 before and −2 after
    shown = played(scene(layer, process=True))
    states = shown[len(moments(layer)) - 1][INPUT].states
    assert (states[-1] == State.CROPPED_ZERO).sum() + (states[-1] == State.CROPPED_INPUT).sum() == 5
    layer = Transposed(i=(1, 3), k=(3, 1), p="0x0:2", s=2, op=(0, 1))
    sequence = [
        (bool((cells[INPUT].states == State.PADDING).any()),
         bool((cells[INPUT].states == State.CROPPED_INPUT).any()))
        for cells in played(scene(layer, process=True))[: len(moments(layer))]
    ]  # fmt: skip
    assert sequence.index((True, False)) < sequence.index((True, True))
    assert (False, True) not in sequence


def notes(layer: Layer) -> list[str]:
    shown = scene(layer, process=True)
    said = [" ".join(shown.notes[frame.note]) for frame in shown.frames if frame.note is not None]
    assert len(said) == len(shown.frames)
    return list(dict.fromkeys(said))


@pytest.mark.parametrize(
    ("layer", "lines"),
    [
        pytest.param(Standard(i=5, p=1, s=2), [
            "Stage 1 of 2: pad by p = 1: 5×5 → 7×7",
            "Stage 1 of 2: pad by p = 1: 5×5 → 7×7 (ring 1 of 1, 24 zeros in all)",
            "Stage 2 of 2: slide the kernel by s = 2: 7×7 → 3×3"], id="standard"),
        pytest.param(Standard(i=5), [
            "Stage 1 of 2: p = 0, nothing to pad: 5×5 → 5×5",
            "Stage 2 of 2: slide the kernel by s = 1: 5×5 → 3×3"], id="no padding"),
        pytest.param(Standard(i=3, p=1, pad_mode="circular"), [
            "Stage 1 of 2: pad by p = 1: 3×3 → 5×5",
            "Stage 1 of 2: pad by p = 1: 3×3 → 5×5 (ring 1 of 1, 16 cells in all)",
            "Stage 2 of 2: slide the kernel by s = 1: 5×5 → 3×3"], id="copies"),
        pytest.param(Transposed(i=3, k=3, p=1, s=2, op=1), [
            "Stage 1 of 4: work out z = s − 1 = 1, p′ = k − p − 1 = 1, and op = 1 more at the end",
            "Stage 2 of 4: insert z = s − 1 = 1 zero between cells: 3×3 → 5×5",
            "Stage 3 of 4: pad by p′ = 1, op = 1 at the end: 5×5 → 8×8",
            "Stage 3 of 4: pad by p′ = 1, op = 1 at the end: 5×5 → 8×8 "
            "(ring 1 of 1, 24 zeros in all)",
            "Stage 3 of 4: pad by p′ = 1, op = 1 at the end: 5×5 → 8×8 "
            "(op 1 of 1, 39 zeros in all)",
            "Stage 4 of 4: slide the kernel, turned by 180°, with stride 1: 8×8 → 6×6",
        ], id="transposed"),
        pytest.param(Transposed(i=3, k=2, p=2, s=3), [
            "Stage 1 of 4: work out z = s − 1 = 2, p′ = k − p − 1 = −1",
            "Stage 2 of 4: insert z = s − 1 = 2 zeros between cells: 3×3 → 7×7",
            "Stage 3 of 4: p′ = −1, crop 1 on each side: 7×7 → 5×5",
            "Stage 4 of 4: slide the kernel, turned by 180°, with stride 1: 5×5 → 4×4",
        ], id="cropped"),
        pytest.param(Transposed(i=3, k=1, p=1, s=2, op=1), [
            "Stage 1 of 4: work out z = s − 1 = 1, p′ = k − p − 1 = −1, "
            "and op = 1 more at the end",
            "Stage 2 of 4: insert z = s − 1 = 1 zero between cells: 3×3 → 5×5",
            "Stage 3 of 4: p′ = −1, op = 1 at the end, crop 1 before and 0 after: 5×5 → 4×4",
            "Stage 4 of 4: slide the kernel, turned by 180°, with stride 1: 4×4 → 4×4",
        ], id="cropped before"),
        pytest.param(Transposed(i=3, k=1, p=3, s=3, ndim=1), [
            "Stage 1 of 4: work out z = s − 1 = 2, p′ = k − p − 1 = −3",
            "Stage 2 of 4: insert z = s − 1 = 2 zeros between cells: 3 → 7",
            "Stage 3 of 4: p′ = −3, crop 3 on each side: 7 → 1 (1 of 3 cropped)",
            "Stage 3 of 4: p′ = −3, crop 3 on each side: 7 → 1 (2 of 3 cropped)",
            "Stage 3 of 4: p′ = −3, crop 3 on each side: 7 → 1 (3 of 3 cropped)",
            "Stage 4 of 4: slide the kernel, turned by 180°, with stride 1: 1 → 1",
        ], id="much cropped"),
        pytest.param(Standard(i=3, k=3, p="2:0", ndim=1), [
            "Stage 1 of 2: pad by p = 2:0: 3 → 5",
            "Stage 1 of 2: pad by p = 2:0: 3 → 5 (cell 1 of 2, 1 zero in all)",
            "Stage 1 of 2: pad by p = 2:0: 3 → 5 (cell 2 of 2, 2 zeros in all)",
            "Stage 2 of 2: slide the kernel by s = 1: 5 → 3"], id="1-D"),
        pytest.param(Transposed(i=3, k=1, p=0, s=1, ndim=1), [
            "Stage 1 of 4: work out z = s − 1 = 0, p′ = k − p − 1 = 0",
            "Stage 2 of 4: z = s − 1 = 0: no zeros to insert",
            "Stage 3 of 4: p′ = 0, nothing to pad: 3 → 3",
            "Stage 4 of 4: slide the kernel, turned by 180°, with stride 1: 3 → 3"], id="nothing"),
    ],
)  # fmt: skip
def test_captions_say_each_stage_with_its_numbers(layer: Layer, lines: list[str]) -> None:
    assert notes(layer) == lines


@given(layers)
@examples(50)
def test_stages_are_counted_and_the_word_step_is_the_kernels(layer: Layer) -> None:
    said = notes(layer)
    stages = n_stages(layer)
    assert [int(line.split()[1]) for line in said] == sorted(int(x.split()[1]) for x in said)
    assert {line.split()[1] for line in said} == {str(n) for n in range(1, stages + 1)}
    assert all(line.startswith(("Stage",)) and f"of {stages}:" in line for line in said)
    assert not any("step" in line for line in said)
    counters = [frame.counter for frame in scene(layer, process=True).frames]
    assert set(counters[: len(moments(layer))]) == {""}


def test_however_wide_the_padding_is_it_takes_a_few_frames() -> None:
    layer = Standard(i=5, p=40, k=50)
    assert len(moments(layer)) == 9
    assert [moment.counted for moment in moments(layer) if moment.rests][1:] == [
        "ring 10 of 40", "ring 20 of 40", "ring 30 of 40", "ring 40 of 40"
    ]  # fmt: skip


def test_the_end_of_each_stage_is_held() -> None:
    layer = Transposed(op=1)
    gif = animate(layer, process=True, step_ms=400, hold_ms=900).to_bytes()
    delays = Blocks(gif).delays_ms
    moving = [240, 40, 40, 40, 40]  # at rest for half of its time and more, then gliding
    assert delays[:18] == [900, *moving, 900, *moving, 400, *moving][:18]
    assert delays[18:20] == [900, 400]
    assert set(delays[19:-1]) == {400}
    assert delays[-1] == 900
    assert len(animate(layer, process=True)) == 7 + layer.n_steps


@pytest.mark.parametrize("view", ["slide", "stack"])
@pytest.mark.parametrize(
    "layer",
    [Standard(i=(3, 4), p="1:2x0:1"), Transposed(i=2, op=1), Transposed(i=3, k=2, p=2, s=3)],
    ids=["standard", "transposed", "cropped"],
)
@pytest.mark.parametrize("theme", THEMES)
def test_cells_are_drawn_where_they_stand(layer: Layer, view: str, theme: str) -> None:
    picture = animate(layer, process=True, view=view, theme=theme)
    shown = picture.scene
    drawing = picture.drawing
    styles = THEMES[theme].styles
    background = bytes.fromhex(THEMES[theme].background[1:])
    images = frames(picture.to_bytes())
    seen = [images[at] for at in beginnings(picture)[: len(moments(layer))]]
    for image, cells, at in zip(seen, played(shown), places(shown), strict=False):
        grid = cells[INPUT]
        rows, columns = at
        for (row, column), state in np.ndenumerate(grid.states):
            x, y = place(drawing, INPUT, float(rows[row]) + 0.28, float(columns[column]) + 0.5)
            colour = bytes(image[int(y), int(x)])
            if state == State.INPUT:  # these cover all others
                assert colour == bytes.fromhex(styles[State.INPUT].face[1:])
            elif state != NOTHING and np.array_equal(rows, np.arange(len(rows))):
                assert colour == bytes.fromhex(styles[State(int(state))].face[1:])
            elif state == NOTHING and np.array_equal(rows, np.arange(len(rows))):
                x, y = place(drawing, INPUT, row + 0.5, column + 0.5)
                assert bytes(image[int(y), int(x)]) == background


@given(layers)
@examples(20)
def test_the_legend_has_what_occurs(layer: Layer) -> None:
    shown = scene(layer, process=True)
    seen = {
        State(s)
        for cells in played(shown)
        for grid in cells.values()
        for s in np.unique(grid.states)
        if s != NOTHING
    }
    assert {mark.state for mark in shown.legend} == seen
    assert all((cells[OUTPUT].states != NOTHING).all() for cells in played(shown))


def captions(layer: Layer, **options: Any) -> list[tuple[str, float]]:
    """Return what is said below the input's grid at each frame, and below which row."""
    shown = scene(layer, process=True, **options)
    said = [shown.captions[frame.caption] for frame in shown.frames if frame.caption is not None]
    assert len(said) == len(shown.frames)
    assert {caption.grid for caption in said} == {INPUT}
    return [(caption.words, caption.below) for caption in said]


@pytest.mark.parametrize("view", ["slide", "stack"])
def test_the_size_below_the_input_is_that_of_what_stands_above_it(view: str) -> None:
    said = captions(Transposed(i=3, k=3, p=1, s=2), view=view)
    assert said[:5] == [
        ("input 3×3", 5),
        ("input 3×3", 6),
        ("zeros inserted 5×5", 6),
        ("zeros inserted 5×5", 7),
        ("padded 7×7", 7),
    ]
    assert set(said[5:]) == {("padded 7×7", 7)}


def test_a_caption_is_in_the_middle_of_what_stands_above_it() -> None:
    picture = animate(Transposed(i=3, k=3, p=1, s=2, op=1), process=True)
    shown = picture.scene
    assert [(caption.words, caption.aside) for caption in shown.captions if caption.aside] == [
        ("input 3×3", -0.5),
        ("input 3×3", -0.5),
        ("zeros inserted 5×5", -0.5),
        ("zeros inserted 5×5", -0.5),
        ("padded 7×7", -0.5),
    ]
    layout = laid_out(picture)
    first, last = layout.captions[0], layout.captions[-1]
    for text, aside in ((first, -0.5), (last, 0)):
        assert abs(middle(text) - layout.grids[INPUT].middle - aside * layout.cell.width) <= 1


@pytest.mark.parametrize(
    ("layer", "last"),
    [
        pytest.param(Standard(i=(3, 4), p="1:2x0:1"), ("padded 6×5", 6), id="sides"),
        pytest.param(Standard(i=5, p=0), ("input 5×5", 5), id="nothing to pad"),
        pytest.param(Transposed(i=3, k=2, p=2, s=3), ("cropped 5×5", 7), id="cropped"),
        pytest.param(Transposed(i=3, op=1), ("padded 8×8", 8), id="output padding"),
        pytest.param(Standard(i=6, p=2, ndim=1), ("padded 10", 1), id="strip"),
    ],
)
def test_the_kernel_slides_over_the_size_that_is_said_last(
    layer: Layer, last: tuple[str, float]
) -> None:
    assert captions(layer)[-1] == last


def test_lasting_captions_stand_below_the_changing_ones() -> None:
    shaded = scene(Standard(p=1), process=True, shade=True, input="ones")
    assert shaded.lines_below(INPUT) == ("", "all values are 1")


@pytest.mark.parametrize("layer", [Transposed(), Standard(p=1, pad_mode="reflect")], ids=str)
def test_what_the_stages_say_is_not_said_above_them(layer: Layer) -> None:
    said = [chunk for line in scene(layer, process=True).parameters for chunk in line]
    assert not any("p′" in chunk or "z =" in chunk for chunk in said)
    assert ("reflect padding" in said) == isinstance(layer, Standard)


@pytest.mark.parametrize("view", ["slide", "stack"])
def test_no_caption_is_left_behind(view: str) -> None:
    layer = Transposed(i=2, k=3, s=2, op=1)
    built, plain = (animate(layer, process=p, view=view) for p in (True, False))
    layout = laid_out(built)
    scale = layout.pixels.per_pt
    last = frames(built.to_bytes())[-1]
    background = last[0, 0]
    for text in layout.captions[:-1]:  # only cells and the last caption may be where it was
        for y, x in np.ndindex(16, 120):
            at = text.baseline - 12 + y, text.x + x
            inside = any(
                box.left - 3 <= at[1] < box.right + 3 and box.top <= at[0] < box.bottom + 3
                for box in layout.grids.values()
            )
            if not inside and at[0] < layout.captions[-1].baseline - 14:
                pixel = last[int(at[0] * scale), int(at[1] * scale)]
                assert np.array_equal(pixel, background), (text.string, at)
    assert len(plain) < len(built)


def test_it_has_a_name_a_command_and_words_of_its_own() -> None:
    picture = animate(Transposed(), process=True)
    assert picture.default_name == "transposed_i3_k3_p1_s2_process.gif"
    assert picture.command.endswith("--s 2 --process")
    assert picture.alt_text.endswith("25 steps, built stage by stage")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("pool --process", "No such option"),
        ("transposed --view stamp --process", "--process has no meaning with --view stamp"),
        (
            "standard --p 1 --s 2 --process --max-frames 11",
            "the animation would have 12 frames, more than",
        ),
    ],
)
def test_mistakes(
    arguments: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_refused(arguments, sentence, tmp_path, monkeypatch)


def test_a_pooling_layer_has_no_process() -> None:
    with pytest.raises(ValueError, match="process has no meaning for a pool layer"):
        animate(Pool(), process=True)
    with pytest.raises(ValueError, match="process is 1: give True or False"):
        animate(Standard(), **dict[str, Any](process=1))
