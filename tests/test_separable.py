"""Separable convolutions: a depthwise layer and a 1×1 layer are one dense layer, and drawn so."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from conv_anim import Separable, Standard, animate
from conv_anim.cli.group import cli
from conv_anim.core.separable import dense_kernel
from conv_anim.core.values import Array, Values
from conv_anim.errors import InputError
from conv_anim.gallery import spec
from conv_anim.request import requested
from conv_anim.scene.playback import played
from conv_anim.scene.scene import SHADES
from conv_anim.scene.states import NOTHING, State
from conv_anim.views.number_format import written
from conv_anim.views.separable import both
from tests.support.examples import examples


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(0, 2**32 - 1))
@examples(60)
def test_both_layers_are_one_dense_layer(
    channels: int, several: int, filters: int, seed: int
) -> None:
    draw = np.random.default_rng(seed)
    i, k, s, d = (int(draw.integers(low, high)) for low, high in ((4, 8), (1, 3), (1, 3), (1, 3)))
    sizes = {"i": i, "k": k, "s": s, "d": d, "p": int(draw.integers(0, 2))}
    depthwise = Standard(
        **sizes, in_channels=channels, out_channels=channels * several, groups=channels
    )
    mixing = Standard(
        i=depthwise.output_size, k=1, in_channels=channels * several, out_channels=filters
    )
    dense = Standard(**sizes, in_channels=channels, out_channels=filters)
    x = draw.integers(-3, 4, (channels, i, i)).astype(float)
    first = draw.integers(-3, 4, (channels * several, 1, k, k)).astype(float)
    second = draw.integers(-3, 4, (filters, channels * several, 1, 1)).astype(float)
    between = Values(depthwise, x, first, np.zeros(channels * several)).output
    mixed = Values(mixing, between, second, np.zeros(filters)).output
    kernel = dense_kernel(first, second, channels)
    assert kernel.shape == dense.weight_shape
    assert np.array_equal(mixed, Values(dense, x, kernel, np.zeros(filters)).output)


def test_its_costs_are_those_of_the_layers() -> None:
    layers = Separable(i=5, k=3, in_channels=3, out_channels=4)
    assert layers.costs == (
        "weights: 27 depthwise + 12 of 1×1 = 39; one dense layer has 108",
        "multiplications: 243 depthwise + 108 of 1×1 = 351; one dense layer has 972",
    )
    lines = [" ".join(line) for line in animate(layers).scene.parameters]
    assert lines[1:3] == [*layers.costs]
    assert (layers.output_size, layers.dense.parameters) == ((3, 3), 108)


def test_first_each_channel_is_filtered_and_then_they_are_mixed() -> None:
    layers = Separable(i=3, k=2, s=1, in_channels=2, out_channels=3)
    picture = animate(layers)
    frames = [*picture.scene.frames]
    assert len(frames) == len(picture) == 2 * 4 + 3 * 4
    assert [frame.counter for frame in frames[3::8]] == [
        "depthwise: filter 1 / 2, step 4 / 4", "1×1: filter 1 / 3, step 4 / 4",
        "1×1: filter 3 / 3, step 4 / 4",
    ]  # fmt: skip
    assert [frame.duration_ms for frame in frames[6:9]] == [500] * 3
    for number, grids in enumerate(played(picture.scene.grids, frames)):
        channel, place = divmod(min(number, 8), 4)
        for other in (0, 1):
            done = [State.DONE] * 4 if other < channel else [State.TO_COME] * 4
            if other == channel:
                done = [State.DONE] * place + [State.NOW] + [State.TO_COME] * (3 - place)
            if number >= 8:
                done = [State.DONE] * 4
                done[(number - 8) % 4] = State.KERNEL_ON_INPUT
            assert grids[f"between {other + 1}"].states.ravel().tolist() == done
            is_in_work = number < 8 and other == channel
            kernel = State.WEIGHT if is_in_work else State.IDLE if number >= 8 else NOTHING
            assert (grids[f"kernel {other + 1}"].states == kernel).all()
            mixing = State.WEIGHT if number >= 8 else State.IDLE
            assert (grids[f"mixing {other + 1}"].states == mixing).all()
            is_idle = (grids[f"input {other + 1}"].states == State.IDLE).any()
            assert is_idle == (number < 8 and other != channel)
        filter_, cell = divmod(number - 8, 4)
        for other in (0, 1, 2):
            filled = grids[f"output {other + 1}"].states.ravel().tolist()
            if number < 8 or other > filter_:
                assert filled == [State.TO_COME] * 4
            elif other == filter_:
                expected = [State.DONE] * cell + [State.NOW] + [State.TO_COME] * (3 - cell)
                assert filled == expected


@pytest.mark.parametrize("frames", ["1:3", "9:12", "5:14"])
def test_some_of_its_steps_are_what_all_of_them_show_then(frames: str) -> None:
    layers = Separable(i=3, k=2, in_channels=2, out_channels=2)
    first, last = map(int, frames.split(":"))
    whole, some = animate(layers), animate(layers, frames=frames)
    expected = [*played(whole.scene.grids, whole.scene.frames)][first - 1 : last]
    found = [*played(some.scene.grids, some.scene.frames)]
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        for role in other:
            if role.split()[0] in ("between", "output", "input"):
                assert np.array_equal(one[role].states, other[role].states), role


def test_the_command_draws_it(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["separable", "-c", "3:4", "--i", "4", "--s", "2"])
    assert result.exit_code == 0, result.stderr
    (path,) = folder.iterdir()
    assert path.name == "separable_i4_k3_p0_s2_in3_out4.gif"
    picture = animate(Separable(i=4, s=2))
    assert picture.command == (
        "conv-anim separable --i 4 --k 3 --p 0 --s 2 --in-channels 3 --out-channels 4"
    )
    assert path.read_bytes() == picture.to_bytes()
    assert picture.alt_text == (
        "Depthwise separable convolution, 4×4 input, 3×3 kernel, padding 0, stride 2, 1×1 output, "
        "3 input channels, 4 output channels, depthwise and then 1×1"
    )
    Path("x.toml").write_text(
        '[[animation]]\nname = "x"\nlayer = "separable"\nc = "3:4"\ni = 4\ns = 2\n', "utf-8"
    )
    (entry,) = spec.read("x.toml").entries
    assert entry.animation.layer == picture.layer


REFUSED = {
    "a kernel too large": (["--k", "9"], "standard k=9, on 5×5 cells: the kernel has 9 cells"),
    "stages": (["--process"], "No such option '--process', it has no meaning for cli separable"),
    "another number of kernels": (
        ["--kernel", "1 2; 3 4 | 1 1; 1 1"],
        "--kernel has 1 filter of 2",
    ),
    "another number of biases": (
        ["--bias", "1,2"],
        "--bias has 2 numbers, and the layer 4 filters",
    ),
    "groups": (["--groups", "2"], "No such option '--groups', it has no meaning for cli separable"),
    "no channels": (["-c", "0:4"], "in-channels is 0"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused(name: str, folder: Path) -> None:
    arguments, sentence = REFUSED[name]
    result = CliRunner().invoke(cli, ["separable", *arguments])
    assert result.exit_code == 2
    assert sentence in re.sub(r"\s+", " ", result.stderr)
    assert not [*folder.iterdir()]


def test_a_spec_may_not_give_what_is_for_others(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('[[animation]]\nname = "x"\nlayer = "separable"\ngroups = 3\n', "utf-8")
    with pytest.raises(InputError, match="groups 3 has no meaning for a separable convolution"):
        spec.read(path)


NUMBERS: dict[str, tuple[Separable, dict[str, Any]]] = {
    "plain": (Separable(i=4, k=3), {}),
    "padded and dilated": (Separable(i=5, k=2, p=1, s=2, d=2, in_channels=2, out_channels=3), {}),
    "1-D": (Separable(i=6, k=3, ndim=1, in_channels=3, out_channels=2), {}),
    "biases": (Separable(i=3, k=2, out_channels=2), {"bias": (1, -2), "seed": 5}),
    "many channels": (Separable(i=3, k=2, in_channels=9, out_channels=7), {"bias": 1}),
    "decimals": (Separable(i=3, k=2, in_channels=2), {"input": "0.5 1 2; 3 -4 5; 6 7 8.25"}),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_its_numbers_are_those_of_the_dense_layer(name: str) -> None:
    layers, options = NUMBERS[name]
    picture = animate(layers, values=True, **options)
    first, second = picture.values_in_turn
    assert first.kernel is not None
    assert second.kernel is not None
    assert not first.bias.any()
    kernel = dense_kernel(first.kernel, second.kernel, layers.depthwise.in_channels)
    dense = Values(layers.dense, first.input, kernel, second.bias)
    expected = dense.output[:, 0] if layers.ndim == 1 else dense.output
    np.testing.assert_allclose(picture.output, expected, rtol=0, atol=1e-9)
    biases = options.get("bias", 0)
    assert second.bias.tolist() == list(np.broadcast_to(biases, layers.mixing.out_channels))


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("frames", [None, "half"])
def test_cells_and_sums_say_the_numbers(name: str, frames: str | None) -> None:
    layers, options = NUMBERS[name]
    whole = animate(layers, values=True, **options)
    n_first = len(both(layers)[0].outputs) * layers.depthwise.n_steps
    start = n_first + 2 if frames else 1
    picture = animate(layers, values=True, frames=f"{start}:{len(whole)}", **options)
    scene, values = picture.scene, picture.values_in_turn
    strings = scene.strings
    frames_seen = [*scene.frames]
    for frame, grids in zip(frames_seen, played(scene.grids, frames_seen), strict=True):
        assert frame.sum
        assert frame.joint
        head = frame.joint.head
        kind, _, channel = head.grid.partition(" ")
        expected = values[kind == "output"].output[int(channel) - 1]
        assert kind in ("between", "output")
        now = strings[grids[head.grid].labels[head.row, head.column]]
        assert now == written(expected[head.row, head.column], 2)
        assert frame.sum.end.endswith(f" {now}")
    for at, kind in enumerate(("between", "output")):
        for number in both(layers)[at].outputs:
            grid = grids[f"{kind} {number + 1}"]
            texts = np.vectorize(lambda place: strings[place])(grid.labels)
            found = np.vectorize(lambda x: written(x, 2))(values[at].output[number])
            assert texts.tolist() == found.tolist()
    weights = values[0].kernel
    assert weights is not None
    for number in both(layers)[0].inputs:
        texts = [strings[x] for x in grids[f"kernel {number + 1}"].labels.ravel()]
        assert texts == [written(x, 2) for x in weights[number, 0].ravel()]


SHADED: dict[str, tuple[Separable, dict[str, Any]]] = {
    **NUMBERS,
    "negative between": (
        Separable(i=4, k=2),
        {"input": "ramp", "kernel": "1 0; 0 -9", "bias": 9e4},
    ),
    "negative after": (Separable(i=4, k=2), {"bias": -99}),
}


def shades(values: Array, *, is_signed: bool) -> Array:
    """Return the shade of each value, worked out anew."""
    low, high = values.min(), values.max()
    level: Array = np.full(values.shape, SHADES // 2, float)
    if is_signed:
        level += np.rint(values / (max(high, -low) or 1) * (SHADES // 2))
    elif high > low:
        level = np.floor(np.minimum((values - low) / (high - low) * SHADES, SHADES - 1))
    return level


@pytest.mark.parametrize("name", SHADED)
@pytest.mark.parametrize("half", [0, 1], ids=["depthwise", "1×1"])
def test_each_column_is_shaded_by_its_own_values(name: str, half: int) -> None:
    layers, options = SHADED[name]
    shown = both(layers)
    n_first, n_second = (channels.n_steps for channels in shown)
    frames = f"{n_first + 3}:{n_first + n_second}" if half else f"1:{n_first}"
    picture = animate(layers, shade=True, frames=frames, **options)
    first, second = picture.values_in_turn
    assert first.kernel is not None
    assert second.kernel is not None
    read, made = [*shown[0].outputs], [*shown[1].outputs]
    arrays = {
        "input": first.input[read],
        "kernel": first.kernel[read, 0],
        "between": first.output[read],
        "mixing": second.kernel[made][:, read],
        "output": second.output[made],
    }
    is_signed = any((values < 0).any() for values in arrays.values())
    assert picture.scene.is_signed == is_signed
    expected = {kind: shades(values, is_signed=is_signed) for kind, values in arrays.items()}
    *_, last = played(picture.scene.grids, picture.scene.frames)
    top, left = layers.depthwise.p[0][0], layers.depthwise.p[1][0]
    for place, channel in enumerate(read):
        levels = last[f"input {channel + 1}"].levels[top:, left:]
        rows, columns = first.input.shape[1:]
        assert np.array_equal(levels[:rows, :columns], expected["input"][place])
        assert np.array_equal(last[f"between {channel + 1}"].levels, expected["between"][place])
        levels = last[f"mixing {channel + 1}"].levels
        assert np.array_equal(levels, expected["mixing"][-1, place] if half else [[-1]])
    for place, channel in enumerate(made):
        levels = last[f"output {channel + 1}"].levels
        assert np.array_equal(levels, expected["output"][place]) if half else (levels == -1).all()
    if not half:
        levels = last[f"kernel {read[-1] + 1}"].levels
        assert np.array_equal(levels, expected["kernel"][-1])


def test_its_kernel_is_that_of_the_depthwise_layer() -> None:
    picture = animate(Separable(), kernel="sobel-x")
    kernel, mixing = (values.kernel for values in picture.values_in_turn)
    assert kernel is not None
    assert kernel.tolist() == [[[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]]] * 3
    expected = animate(Separable(), values=True).values.kernel
    assert mixing is not None
    assert expected is not None
    assert mixing.tolist() == expected.tolist()
    assert [grid.captions for grid in picture.scene.grids.values()][5] == (
        "depthwise", "kernel sobel-x 3×3",
    )  # fmt: skip


def test_shades_say_which_values_they_are() -> None:
    picture = animate(Separable(in_channels=1, out_channels=1), shade=True, kernel="ones")
    grids = picture.scene.grids
    weight = picture.values_in_turn[1].kernel
    assert weight is not None
    assert grids["kernel 1"].captions[-1] == "all values are 1"
    assert grids["mixing 1"].captions == ("1×1 kernels", f"all values are {int(weight.item())}")
    for name in ("input 1", "between 1", "output 1"):
        assert grids[name].scale, name
    shaded = {entry.state for entry in picture.scene.legend if entry.is_shaded}
    assert shaded == {
        State.INPUT, State.KERNEL_ON_INPUT, State.WEIGHT, State.NOW, State.DONE,
    }  # fmt: skip


def test_a_photo_is_shaded(folder: Path) -> None:
    Image.effect_noise((24, 24), 60).convert("RGB").save("x.png")
    picture = requested("separable", {}, None, {"input": "x.png"})
    assert picture.remarks == ("shaded, as the image's numbers would be too small to be read",)
    assert picture.layer == Separable(i=24)
    gray = requested("separable", {}, None, {"input": "x.png", "gray": True}).values_in_turn[0]
    assert (gray.input[1:] == gray.input[0]).all()
    assert [path.name for path in folder.iterdir()] == ["x.png"]


def test_the_input_says_how_large_it_is(folder: Path) -> None:
    planes = "1 2 3; 4 5 6; 7 8 9 | 0 1 0; 1 0 1; 0 1 0"
    picture = requested("separable", {"k": 2}, None, {"input": planes})
    assert picture.layer == Separable(i=3, k=2, in_channels=2)
    assert picture.values_in_turn[0].input[1].tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    Image.new("RGB", (4, 3), (1, 2, 3)).save("x.png")
    picture = requested("separable", {"k": 2}, None, {"input": "x.png"})
    assert picture.layer == Separable(i=(3, 4), k=2)
    assert [plane.max() for plane in picture.values_in_turn[0].input] == [1, 2, 3]
