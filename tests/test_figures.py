"""The numbers in pictures: in the scene, as drawn, and in the finished file."""

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.cli.group import cli
from conv_anim.core.layer import Layer
from conv_anim.drawing.fonts import Font, measure
from conv_anim.drawing.shades import ink_on, shade_colours
from conv_anim.drawing.styles import SHADED, Edge, Pattern
from conv_anim.drawing.sums import elided
from conv_anim.drawing.text_flow import LETTERS, merged
from conv_anim.drawing.theme import THEMES
from conv_anim.options import Options
from conv_anim.scene.scene import SHADES, Scale, Scene, Sum
from conv_anim.scene.states import State
from conv_anim.views import number_format
from conv_anim.views.annotations import What, annotate
from conv_anim.views.slide import slide
from tests.support.colours import contrast
from tests.support.gifs import frames
from tests.support.layouts import laid_out, middles, samples, without_links
from tests.support.scenes import played
from tests.support.slow import layers

INPUT, OUTPUT = "input", "output"

PICTURES: dict[str, tuple[Layer, dict[str, Any]]] = {
    "standard": (Standard(i=4, k=3, p=1, s=2), {"values": True}),
    "dilated": (Standard(i=5, k=2, p=(1, 0), d=2), {"values": True, "kernel": "gaussian"}),
    "transposed": (Transposed(i=2, k=3, s=2, op=1), {"kernel": "1 2 3; 4 5 6; 7 8 -9"}),
    "cropped": (Transposed(i=3, k=2, p=2, s=3), {"values": True}),
    "strip": (Standard(i=6, k=3, p=1, ndim=1), {"values": True, "bias": 0.5}),
    "circular": (Standard(i=3, k=3, p=2, pad_mode="circular"), {"values": True}),
    "reflect": (Standard(i=4, k=2, p="1:0", pad_mode="reflect"), {"values": True}),
    "max": (Pool(i=4, k=3, s=2, p=1, ceil=True), {}),
    "average": (Pool(i=4, k=2, s=3, mode="average", ceil=True), {}),
    "not counted": (Pool(i=3, k=2, p=1, mode="average", count_include_pad=False), {}),
    "shaded": (Standard(i=4, k=2), {"shade": True, "values": True, "input": "ramp"}),
}
pictures = pytest.mark.parametrize("name", PICTURES)


def animation(name: str, theme: str = "light") -> Animation:
    layer, options = PICTURES[name]
    return animate(layer, theme=theme, **options)


def scene_of(picture: Animation) -> Scene:
    options = picture.options
    numbers = options.shows_numbers(picture.layer)
    shown = annotate(picture.shown, What(options.digits, numbers=numbers, shade=options.shade))
    return slide(picture.layer.single(), options.steps(picture.layer), 500, 1500, shown)


@pictures
def test_cells_say_what_was_computed(name: str) -> None:
    picture = animation(name)
    values, scene = picture.shown, scene_of(picture)
    digits = picture.options.digits

    def said(value: float) -> str:
        return number_format.written(float(value), digits)

    for step, (cells, frame) in enumerate(zip(played(scene), scene.frames, strict=True)):
        grid, result = cells[INPUT], cells[OUTPUT]
        assert ("kernel" in cells) == (values.weights is not None)
        if values.weights is not None:
            shown = [scene.strings[label] for label in cells["kernel"].labels.ravel()]
            assert shown == [said(weight) for weight in values.weights.ravel()]
        for at in np.ndindex(*grid.states.shape):
            text = scene.strings[grid.labels[at]]
            outside = grid.states[at] == State.OUTSIDE
            assert text == ("" if outside else said(values.drawn[*at]))
        done = np.arange(picture.layer.single().n_steps).reshape(result.states.shape) <= step
        for at in np.ndindex(*result.states.shape):
            text = scene.strings[result.labels[at]]
            assert text == (said(values.output[*at]) if done[at] else "")
        corners = {scene.strings[place] for place in np.unique(grid.corners)} - {""}
        position = np.array(np.unravel_index(step, picture.layer.output_size))
        rows, columns = values.under(position)
        if values.weights is None:
            assert not corners
            continue
        for (a, row), (b, column) in itertools.product(enumerate(rows), enumerate(columns)):
            weight = said(values.weights[a, b])
            assert scene.strings[grid.corners[row, column]] == f"×{weight}"
        assert np.count_nonzero(grid.corners) == len(rows) * len(columns)
        assert frame.sum is not None
        assert frame.sum.end.endswith(said(values.output[tuple(position)]))


def evaluated(total: Sum) -> float:
    """Return what a sum says to be, worked out from its own terms."""
    text = total.start + total.joint.join(total.terms) + total.end.rpartition(" ")[0]
    python = text.rstrip("=≈ ").replace("·", "*").replace("−", "-").replace("max(", "max(-9e9,")
    return float(eval(python))


@given(layers, st.integers(0, 99), st.sampled_from([-1.0, 0.0, 2.0]))
def test_sums_come_to_what_they_say(layer: Layer, seed: int, bias: float) -> None:
    picture = Animation(layer, Options(shade=True, seed=seed, bias=bias, max_frames=100_000))
    shown = annotate(picture.shown, What(2, numbers=True, shade=False))
    for position in itertools.islice(np.ndindex(*layer.output_size), 12):
        total = shown.sum(np.array(position))
        assert total is not None
        assert " = " in total.end
        assert evaluated(total) == picture.values.output[0][position]


@pytest.mark.parametrize("name", ["max", "average", "not counted"])
def test_sums_of_pools_come_to_what_they_say(name: str) -> None:
    picture = animation(name)
    scene = scene_of(picture)
    for position, frame in zip(np.ndindex(*picture.layer.output_size), scene.frames, strict=True):
        assert frame.sum is not None
        expected = picture.values.output[0][position]
        assert evaluated(frame.sum) == pytest.approx(expected, rel=1e-12)
        assert ("≈" in frame.sum.end) == (round(expected, 2) != expected)


def test_sums_as_they_are_written() -> None:
    def sums(layer: Layer, **options: Any) -> list[str]:
        found = [frame.sum for frame in scene_of(animate(layer, **options)).frames]
        return [x.start + x.joint.join(x.terms) + x.end for x in found if x]

    strip = Standard(i=3, k=2, ndim=1)
    assert sums(strip, input="1 -2 0", kernel="3 -1", bias=-1) == [
        "1·3 + (−2)·(−1) + (−1) = 4", "(−2)·3 + 0·(−1) + (−1) = −7"
    ]  # fmt: skip
    assert sums(strip, input="0.125 1 2", kernel="1 1") == ["0.12·1 + 1·1 ≈ 1.12", "1·1 + 2·1 = 3"]
    assert sums(Pool(i=3, k=2, p=1, ndim=1), input="-1 5 2") == ["max(−1) = −1", "max(5, 2) = 5"]
    average = Pool(i=3, k=2, s=2, mode="average", ceil=True, ndim=1)
    assert sums(average, input="1 2 4") == ["(1 + 2) / 2 = 1.5", "(4) / 1 = 4"]


def sum_width(text: str) -> float:
    return measure(text, Font(LETTERS.pt)).width


def test_sums_that_do_not_fit_lose_their_middle() -> None:
    total = Sum("", tuple(f"{n}·2" for n in range(1, 10)), " + ", " = 90")
    whole = " + ".join(total.terms) + total.end
    assert elided(total, 10_000)[0] == whole
    for room in range(1 + round(sum_width("… = 90")), round(sum_width(whole)), 7):
        text, _ = elided(total, room)
        assert sum_width(text) <= room
        terms = text.removesuffix(" = 90").split(" + ")
        first, _, last = "|".join(terms).partition("…")
        assert "|".join(total.terms).startswith(first)
        assert "|".join(total.terms).endswith(last)
    assert elided(total, 1)[0] == "… = 90"


@pytest.mark.parametrize(
    ("window", "kernel", "room", "expected"),
    [
        pytest.param(
            "0 0 9; 0 0 9; 0 0 9", "sobel-x", 40, "9·1 + 9·2 + 9·1 = 36", id="zeros leave first"
        ),
        pytest.param(
            "0 0 9; 0 0 9; 0 0 9", "sobel-x", 16, "9·1 + … + 9·1 = 36", id="then the middle"
        ),
        pytest.param(
            "0 0 0; 0 0 0; 0 0 0", "ones", 18, "0·1 + … + 0·1 = 0", id="nothing but zeros"
        ),
        pytest.param(
            "0 9; 0 9",
            "ones",
            99,
            "0·1 + 9·1 + 0·1 + 9·1 = 18",
            id="all of them where there is room",
        ),
    ],
)
def test_products_with_zero_leave_a_sum_first(
    window: str, kernel: str, room: int, expected: str
) -> None:
    size = len(window.split(";"))
    values = animate(Standard(i=size, k=size), input=window, kernel=kernel).shown
    total = annotate(values, What(2, numbers=True, shade=False)).sum(np.zeros(2, np.intp))
    assert total is not None
    assert elided(total, room * sum_width("0"))[0] == expected


def test_means_leave_out_nothing_that_counts() -> None:
    values = animate(Pool(i=2, k=2, mode="average"), input="0 4; 0 8").shown
    total = annotate(values, What(2, numbers=True, shade=False)).sum(np.zeros(2, np.intp))
    assert total is not None
    assert elided(total, sum_width("(4 + 8) / 4 = 3"))[0] == "(4 + 8) / 4 = 3"


@pictures
@pytest.mark.parametrize("theme", THEMES)
def test_finished_files_show_these_numbers(name: str, theme: str) -> None:
    picture = without_links(animation(name, theme))
    drawing = picture.drawing
    shown: dict[tuple[int, ...], NDArray[np.uint8]] = {}
    for cells, image in zip(played(picture.scene), frames(picture.to_bytes()), strict=True):
        for role, grid in cells.items():
            half = int(drawing.planes[role].cell[0] / 2) - 3
            for (row, column), (x, y) in zip(
                np.ndindex(*grid.states.shape), middles(drawing, role).reshape(-1, 2), strict=True
            ):
                tile = image[y - half : y + half, x - half : x + half]
                arrays = (grid.states, grid.levels, grid.labels, grid.corners)
                key = tuple(int(array[row, column]) for array in arrays)
                key = (*key, int(grid.has_corners))
                assert np.array_equal(shown.setdefault(key, tile), tile), (key, row, column)
    # What says something else, looks different; what says nothing, has no ink of numbers in it.
    for (one, first), (other, second) in itertools.combinations(shown.items(), 2):
        if one[:4] != other[:4]:
            assert one[:2] != other[:2] or not np.array_equal(first, second), (one, other)


def test_a_caption_says_the_value_that_all_cells_have() -> None:
    scene = scene_of(animate(Standard(i=3, k=2), shade=True, input="ones", kernel="ones"))
    assert [grid.captions for grid in scene.grids.values()] == [
        ("input 3×3", "all values are 1"),
        ("kernel 2×2", "all values are 1"),
        ("output 2×2", "all values are 4"),
    ]
    assert [grid.scale for grid in scene.grids.values()] == [None, None, None]


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_can_be_read_on_every_cell(theme: str) -> None:
    for look in THEMES[theme].styles.values():
        assert contrast(ink_on(look.face), look.face) >= 4.5


def test_shaded_kinds_of_cells_differ_in_shape() -> None:
    for side in (True, False):
        shapes = [
            shape
            for state, shape in SHADED.items()
            if (state >= State.TO_COME) == side and state is not State.WEIGHT
        ]  # weights have a grid of their own
        assert len(set(shapes)) == len(shapes)
    assert SHADED[State.DONE] == SHADED[State.INPUT] == (Edge.NONE, Pattern.NONE)


def test_shades_go_with_the_values() -> None:
    picture = animate(Standard(i=5, k=1, p=1), shade=True, input="ramp", kernel="ones")
    scene = scene_of(picture)
    levels = scene.grids[INPUT].levels
    assert levels is not None
    assert levels[1:-1, 1:-1].ravel().tolist() == sorted(levels[1:-1, 1:-1].ravel().tolist())
    assert (levels[1, 1], levels[-2, -2]) == (0, SHADES - 1)
    assert (levels[0] == -1).all()  # padding is no value of the input
    assert scene.grids[INPUT].scale == Scale("1", "25")
    last = played(scene)[-1][OUTPUT].levels
    assert (last.min(), last.max()) == (0, SHADES - 1)
    assert scene.numbers_em is None
    assert not scene.has_sums


SIGNED = {
    "both": ("-4 0; 1 2", [0, 12, 15, 18], Scale("−4", "2", 0, 18)),
    "more above": ("-1 0; 3 12", [11, 12, 15, 24], Scale("−1", "12", 11, 24)),
    "all below": ("-1 -2; -3 -6", [10, 8, 6, 0], Scale("−6", "−1", 0, 10)),
    "the same": ("-5 -5; -5 -5", [0, 0, 0, 0], None),
}


@pytest.mark.parametrize("name", SIGNED)
def test_zero_is_in_the_middle_of_signed_shades(name: str) -> None:
    numbers, levels, scale = SIGNED[name]
    scene = scene_of(animate(Standard(i=2, k=1), shade=True, input=numbers, kernel="ones"))
    assert scene.is_signed
    for grid in (scene.grids[INPUT], played(scene)[-1][OUTPUT]):
        assert grid.levels is not None
        assert grid.levels.ravel().tolist() == levels
    assert (scene.grids[INPUT].scale, scene.grids[OUTPUT].scale) == (scale, scale)


def test_both_grids_have_the_same_colours() -> None:
    picture = animate(Standard(i=3, k=2), shade=True, input="ramp", kernel="1 0; 0 -3")
    scene = scene_of(picture)
    assert scene.is_signed
    levels = scene.grids[INPUT].levels
    assert levels is not None
    assert levels.min() > SHADES // 2  # nothing of the input is below 0
    colours = shade_colours(is_signed=True)
    assert contrast(colours[SHADES // 2], "#ffffff") < contrast(colours[0], "#ffffff")
    seen = {bytes(pixel).hex() for pixel in frames(picture.to_bytes())[-1].reshape(-1, 3)}
    assert {colour[1:] for colour in np.array(colours)[np.unique(levels)]} <= seen


def test_shades_without_a_number_below_zero_are_one_sided() -> None:
    scene = scene_of(animate(Standard(i=3, k=2), shade=True, input="ramp", kernel="ones"))
    assert not scene.is_signed


LEGENDS: dict[str, tuple[Layer, dict[str, Any]]] = {
    "plain": (Standard(i=5, k=3, p=1, s=2), {}),
    "copies": (Standard(i=6, s=2, d=2, p=3, pad_mode="circular"), {"kernel": "laplacian"}),
    "cropped": (Transposed(i=3, k=2, p=2, s=3, op=1), {"kernel": "1 2; 3 -4"}),
    "max": (Pool(i=4, k=3, s=2, p=1, ceil=True), {}),
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("values", [True, False])
@pytest.mark.parametrize("name", LEGENDS)
def test_samples_of_a_shaded_legend_are_told_apart(name: str, values: bool, theme: str) -> None:
    layer, options = LEGENDS[name]
    picture = animate(layer, shade=True, values=values, theme=theme, **options)
    shaded = {mark.state for mark in picture.scene.legend if mark.is_shaded}
    kinds = [swatch.state for swatch in laid_out(picture).swatches]
    # Themes' tests see to the others.
    drawn = [
        x.astype(int) for x, kind in zip(samples(picture), kinds, strict=True) if kind in shaded
    ]
    assert len(drawn) >= 2
    for one, other in itertools.combinations(drawn, 2):
        differing = np.abs(one - other).max(axis=2) > 60
        assert differing.sum() >= 12


def test_kinds_of_cells_that_look_alike_share_a_sample() -> None:
    scene = scene_of(animate(Standard(i=4, k=2), shade=True, input="ramp"))
    said = [mark.words for mark in merged(scene.legend)]
    assert said == ["input / done", "kernel on input / now", "to come"]


def test_shading_keeps_to_the_colours_of_a_file() -> None:
    picture = animate(
        Standard(i=8, k=3, p=1, d=2, pad_mode="circular"), shade=True, values=True, input="ramp"
    )
    seen = np.array(frames(picture.to_bytes())).astype(int) @ [1, 256, 65536]
    colours = np.unique(seen)
    assert SHADES < len(colours) < 256


@pytest.mark.parametrize("width", [320, 400, 500, 960])
def test_colour_bars_with_long_numbers_have_room(width: int) -> None:
    numbers: dict[str, Any] = {
        "input": "1234.56 -1234.56; 1.5 2",
        "kernel": "-1.123456",
        "digits": 6,
    }
    picture = animate(Standard(i=2, k=1), shade=True, width=width, values=False, **numbers)
    layout = laid_out(picture)
    assert all(grid.left >= 0 for grid in layout.grids.values())
    assert all(text.x >= 0 for text in layout.texts)
    assert picture.to_bytes()


def test_what_is_all_the_same_has_no_colour_bar() -> None:
    scene = scene_of(animate(Standard(i=4, k=2), shade=True, input="ones", kernel="ones"))
    assert [grid.scale for grid in scene.grids.values()] == [None, None, None]


def test_padding_shows_which_cells_it_copies() -> None:
    layer = Standard(i=4, k=3, p=1, pad_mode="circular", ndim=1)
    states = [cells[INPUT].states[0].tolist() for cells in played(scene_of(animate(layer)))]
    pad, cell, tap, copied, source = (
        State.PADDING, State.INPUT, State.KERNEL_ON_INPUT, State.KERNEL_ON_ZERO, State.SOURCE
    )  # fmt: skip
    assert states[0] == [copied, tap, tap, cell, source, pad]
    assert states[1] == [pad, tap, tap, tap, cell, pad]
    assert states[3] == [pad, source, cell, tap, tap, copied]
    words = {mark.state: mark.words for mark in scene_of(animate(layer)).legend}
    assert words[copied] == "kernel on padding"


def test_a_cell_that_padding_copies_is_read() -> None:
    plain = Standard(i=5, k=2, p="2:0", s=6, ndim=1)
    assert not (scene_of(animate(plain)).grids[INPUT].states == State.INPUT).any()
    circular = Standard(i=5, k=2, p="2:0", s=6, ndim=1, pad_mode="circular")
    states = scene_of(animate(circular)).grids[INPUT].states[0]
    assert [state == State.INPUT for state in states[2:]] == [False, False, False, True, True]


@pytest.mark.parametrize("name", ["max", "circular", "average", "dilated"])
def test_the_legend_has_just_the_kinds_that_occur(name: str) -> None:
    scene = scene_of(animation(name))
    seen = {
        int(s) for cells in played(scene) for grid in cells.values() for s in np.unique(grid.states)
    }
    assert {int(mark.state) for mark in scene.legend} == seen


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (3.0, 2, "3"), (-3.0, 2, "−3"), (0.0, 2, "0"), (-0.0, 2, "0"), (0.25, 2, "0.25"),
        (0.125, 2, "0.12"), (2.5, 0, "2"), (0.001, 2, "1e-3"), (-0.0004, 3, "−4e-4"),
        (12345678.0, 2, "1.2e7"), (9999999.0, 2, "9999999"), (0.1 + 0.2, 6, "0.3"),
        (float("-inf"), 2, "−∞"), (100.0, 0, "100"), (0.4, 0, "4e-1"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_written(value: float, digits: int, text: str) -> None:
    assert number_format.written(value, digits) == text.replace("e-", "e−")


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_written_numbers_are_near(value: float, digits: int) -> None:
    text = number_format.written(value, digits).replace("−", "-")
    assert abs(float(text) - value) <= max(0.5 * 10.0**-digits, abs(value) * 0.5)
    assert number_format.is_exact(value, digits) == (float(text) == value)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("standard --values", "standard_i5_k3_p0_s1_values.gif"),
        ("pool", "pool_i4_k2_p0_s2_max.gif"),
        ("pool --no-values", "pool_i4_k2_p0_s2_max_no-values.gif"),
        ("pool --mode average --k 3 --i 5 --s 1 --no-count-include-pad --p 1 --ceil",
         "pool_i5_k3_p1_s1_average_ceil_nopad.gif"),
        ("standard --kernel sobel-x --shade", "standard_i5_k3_p0_s1_kernel-sobel-x_shade.gif"),
        ("standard --input ramp --bias -0.5 --seed 3 --digits 1",
         "standard_i5_k3_p0_s1_input-ramp_bias-0.5_seed3_digits1.gif"),
        ("standard --input 1,2;3,4 --k 1", "standard_i2_k1_p0_s1_input-4e94bec7.gif"),
        ("standard --p 1 --pad-mode reflect", "standard_i5_k3_p1_s1_reflect.gif"),
        ("transposed --layer nn.ConvTranspose2d(1,1,2) --kernel 1,2;3,4",
         "transposed_i3_k2_p0_s1_kernel-4e94bec7.gif"),
    ],
)  # fmt: skip
def test_commands_with_numbers(
    command: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, command.split())
    assert result.exit_code == 0, result.output
    assert [path.name for path in tmp_path.iterdir()] == [name]
