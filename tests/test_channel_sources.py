"""Numbers for channels: typed, in arrays and files, in colour; and what of them is refused."""

import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.cli.group import cli
from conv_anim.core import arrays
from conv_anim.core.layer import Layer
from conv_anim.frameworks.torch import torch_call
from conv_anim.gallery import page, spec
from conv_anim.request import requested
from tests.support.limits import check_refused_in_limits, run_limited


@pytest.fixture(autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("folder"))


X = "1 2; 3 4 | 0 1; 1 0"
INPUT = [[[1, 2], [3, 4]], [[0, 1], [1, 0]]]
KERNEL = [[[[1, 0]], [[0, 1]]], [[[2, 0]], [[0, 3]]], [[[4, 4]], [[5, 5]]]]
K = "1 0 | 0 1 || 2 0 | 0 3 || 4 4 | 5 5"


def asked(kind: str, numbers: dict[str, Any], **given_words: Any) -> Animation:
    """Return what the command line makes of numbers."""
    return requested(kind, given_words, None, {"values": False, **numbers})


def test_planes_say_how_many_channels_there_are() -> None:
    picture = asked("standard", {"input": X, "kernel": K})
    layer = picture.layer
    assert layer == Standard(i=2, k=(1, 2), in_channels=2, out_channels=3)
    assert picture.values.kernel is not None
    assert picture.values.kernel.tolist() == KERNEL
    same = animate(layer, input=INPUT, kernel=KERNEL, values=False)
    assert np.array_equal(picture.output, same.output)
    assert picture.output.tolist() == [[[2], [3]], [[5], [6]], [[17], [33]]]


def test_filters_of_a_transposed_layer_are_by_output_channel() -> None:
    typed = asked("transposed", {"input": X, "kernel": K}, p=0)
    assert typed.layer == Transposed(i=2, k=(1, 2), p=0, in_channels=2, out_channels=3)
    by_inputs = np.array(KERNEL).swapaxes(0, 1)
    assert typed.values.kernel is not None
    assert np.array_equal(typed.values.kernel, by_inputs)
    as_array = asked("transposed", {"input": X, "kernel": str(by_inputs.tolist())}, p=0)
    assert as_array.layer == typed.layer
    assert np.array_equal(as_array.output, typed.output)


def test_filters_of_groups() -> None:
    words = {"input": X, "kernel": "1 | 2 | 3", "bias": "1, 0, 2"}
    with pytest.raises(ValueError, match="groups is 2: it must divide both in_channels and out"):
        asked("standard", words, groups=2)
    picture = asked("standard", {"input": X, "kernel": "1 || 2"}, groups=2)
    layer = picture.layer.single()
    assert (layer.in_channels, layer.out_channels) == (2, 2)
    assert picture.output.tolist() == [[[1, 2], [3, 4]], [[0, 2], [2, 0]]]


def test_a_plane_without_channels_is_that_of_all() -> None:
    layer = Standard(i=2, k=1, in_channels=2, out_channels=2)
    for one in ("1 2; 3 4", np.array([[1, 2], [3, 4]])):
        output = animate(layer, input=one, kernel="ones", values=False).output
        assert output.tolist() == [[[2, 4], [6, 8]]] * 2
    kernel = animate(layer, input=INPUT, kernel=[[3]], values=False).values.kernel
    assert kernel is not None
    assert kernel.tolist() == [[[[3]], [[3]]]] * 2


def test_words_for_several_planes() -> None:
    layer = Standard(i=(1, 2), k=1, in_channels=2)
    for word, expected in (
        ("ones", [[[1, 1]], [[1, 1]]]),
        ("ramp", [[[1, 2]], [[3, 4]]]),
        ("impulse", [[[1, 0]], [[1, 0]]]),
    ):
        assert animate(layer, input=word, values=False).values.input.tolist() == expected


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([[1, 2, 3], [4, 5, 6]], id="array"),
        pytest.param("1 2 3 | 4 5 6", id="typed"),
        pytest.param("1; 2; 3 | 4; 5; 6", id="typed as columns"),
        pytest.param("[[1, 2, 3], [4, 5, 6]]", id="printed"),
        pytest.param("x.npy", id="NPY"),
    ],
)
def test_channels_of_one_axis(value: object) -> None:
    np.save("x.npy", [[1, 2, 3], [4, 5, 6]])
    picture = asked("standard", {"input": value, "kernel": "1 0 | 0 1"}, ndim=1)
    assert picture.layer == Standard(i=3, k=2, ndim=1, in_channels=2)
    assert picture.output.tolist() == [[1 + 5, 2 + 6]]
    kernel = np.array([[[1, 0], [0, 1]]])
    same = animate(picture.layer, input=value, kernel=kernel, values=False)
    assert same.output.tolist() == picture.output.tolist()


def test_npy_files_have_channels() -> None:
    np.save("x.npy", np.asfortranarray(INPUT))
    np.save("k.npy", np.array(KERNEL, ">i2"))
    picture = asked("standard", {"input": "x.npy", "kernel": "k.npy"})
    assert np.array_equal(picture.output, asked("standard", {"input": X, "kernel": K}).output)


@pytest.mark.parametrize(
    ("layer", "numbers"),
    [
        pytest.param(Standard(i=2, k=(1, 2), in_channels=2, out_channels=3),
                     {"input": INPUT, "kernel": KERNEL, "bias": (1.0, -0.5, 0.0)}, id="arrays"),
        pytest.param(Transposed(i=2, k=(1, 2), in_channels=3, out_channels=2),
                     {"kernel": KERNEL}, id="transposed"),
        pytest.param(Standard(i=3, k=2, ndim=1, in_channels=2),
                     {"input": [[1, 2, 3], [4, 5, 6]], "kernel": [[[1, 0], [0, 1]]]}, id="1-D"),
        pytest.param(Transposed(i=3, k=2, ndim=1, in_channels=2, out_channels=2, groups=2),
                     {"input": [[1, 2, 3], [4, 5, 6]], "kernel": [[[1, 0]], [[0, 1]]]},
                     id="1-D, transposed"),
        pytest.param(Pool(i=2), {"input": INPUT}, id="pool"),
        pytest.param(Pool(i=3, ndim=1), {"input": [[1, 2, 3], [4, 5, 6]]}, id="1-D pool"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("values", [None, False])
def test_the_command_makes_the_same(
    layer: Layer, numbers: dict[str, Any], values: bool | None
) -> None:
    picture = animate(layer, values=values, **numbers)
    kind, *words = shlex.split(picture.command)[1:]
    result = CliRunner().invoke(cli, [kind, *words, "-o", "x.gif"])
    assert result.exit_code == 0, result.stderr
    assert Path("x.gif").read_bytes() == picture.to_bytes()


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=4))
def test_biases_are_read_as_they_are_written(biases: list[float]) -> None:
    layer = Standard(out_channels=len(biases))
    picture = animate(layer, bias=biases)
    again = animate(layer, bias=picture.options.arguments[1])
    assert np.array_equal(again.values.bias, biases)
    assert animate(layer, bias=np.array(biases)).options == picture.options
    assert picture.default_name.isascii()
    assert len(picture.default_name) < 80


def test_a_single_bias_is_for_all_filters() -> None:
    layer = Standard(out_channels=2)
    assert animate(layer, bias=2).values.bias.tolist() == [2, 2]
    assert animate(layer, bias="1 0").values.bias.tolist() == [1, 0]
    assert animate(layer, bias="[1, 0]").values.bias.tolist() == [1, 0]
    assert animate(layer, bias="1; 0").options.slug == ("bias1-0",)


def test_a_pool_takes_what_planes_it_is_given() -> None:
    for given_planes in (INPUT, X):
        picture = animate(Pool(i=2), input=given_planes)
        assert picture.layer == Pool(i=2, in_channels=2)
        assert picture.output.tolist() == [[[4]], [[1]]]
    assert asked("pool", {"input": X}).layer == Pool(i=2, in_channels=2)
    assert "2 channels, 2 steps" in picture.alt_text
    assert picture.default_name.startswith("pool_i2_k2_p0_s2_max_in2_")


def coloured(mode: str = "RGBA") -> NDArray[np.uint8]:
    pixels = np.random.default_rng(0).integers(0, 256, (2, 3, len(mode)), dtype=np.uint8)
    Image.fromarray(pixels, mode).save("x.png")
    return pixels


def test_colours_are_three_planes_when_the_layer_has_three() -> None:
    pixels = coloured()
    for given_words in ({"in_channels": 3}, {"c": "3:1"}):
        picture = asked("standard", {"input": "x.png", "kernel": "ones"}, k=1, **given_words)
        expected = pixels[..., :3].astype(float)
        assert picture.layer.i == (2, 3)
        assert np.array_equal(picture.values.input, np.moveaxis(expected, -1, 0))
        assert np.array_equal(picture.output[0], expected.sum(axis=-1))
    layer = Standard(i=(2, 3), k=1, in_channels=3)
    assert np.array_equal(animate(layer, input="x.png", kernel="ones").output, picture.output)


@pytest.mark.parametrize(("channels", "is_said"), [("4:1", True), ("2:1", True), ("1:2", False)])
def test_an_image_in_other_planes_is_grey_and_that_is_said(channels: str, is_said: bool) -> None:
    coloured()
    picture = requested("standard", {"k": 1, "c": channels}, None, {"input": "x.png"})
    word = f"each of the {picture.layer.single().in_channels} planes is the image in grey"
    assert (word in picture.remarks) == is_said
    assert (picture.values.input == picture.values.input[0]).all()
    words = f"standard -c {channels} --k 1 --input x.png -o x.gif"
    assert (f"; {word}; " in CliRunner().invoke(cli, words.split()).stdout) == is_said


def test_an_alpha_plane_is_dropped_and_that_is_said() -> None:
    coloured()
    words = "standard -c 3:1 --k 1 --input x.png"
    said = CliRunner().invoke(cli, [*words.split(), "-o", "x.gif"]).stdout
    assert "; the image's alpha plane is dropped; " in said
    said = CliRunner().invoke(cli, [*words.split(), "--gray", "-o", "y.gif"]).stdout
    assert "alpha" not in said
    coloured("RGB")
    assert "alpha" not in CliRunner().invoke(cli, [*words.split(), "-o", "z.gif"]).stdout


def test_colours_of_a_large_picture_take_little_memory(tmp_path: Path) -> None:
    Image.new("RGBA", (3700, 4000), (9, 8, 7, 6)).save(tmp_path / "x.png", compress_level=1)
    words = "standard -c 3:1 --i 3 --k 1 --input x.png -o x.gif"
    result = run_limited(words.split(), tmp_path)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("suffix", ["png", "gif", "jpg", "bmp", "webp", "tif", "ppm"])
def test_all_formats_have_colours(suffix: str) -> None:
    Image.new("RGB", (4, 4), (255, 0, 0)).save(f"x.{suffix}")
    read = arrays.read(f"x.{suffix}", "input", (2, 2), in_colour=True)
    assert read.shape == (1, 3)
    assert np.abs(np.array(read.filters[0]) - [[[255]], [[0]], [[0]]]).max() <= 3
    assert arrays.read(f"x.{suffix}", "input", (2, 2)).shape == (1, 1)


def test_gray_is_one_plane_for_all() -> None:
    coloured("RGB")
    for numbers in ({"gray": True}, {}):
        picture = asked("standard", {"input": "x.png", **numbers}, k=1, in_channels=3)
        planes = picture.values.input
        assert (np.ptp(planes, axis=0) == 0).all() == bool(numbers)
        names = [area.name for area in picture.view.arrange(picture.layer).areas.values()]
        assert names[:3] == (["1", "2", "3"] if numbers else ["R", "G", "B"])
    assert picture.command != asked("standard", {"input": "x.png", "gray": True}, k=1, c=3).command
    Image.new("L", (3, 2), 7).save("x.png")
    grey = asked("standard", {"input": "x.png"}, k=1, in_channels=3).values.input
    assert (grey == 7).all()


ONES = "1 1 1; 1 1 1; 1 1 1"
REFUSED = {
    "groups": (
        "standard -c 4:6 --groups 4",
        "--groups is 4: it must divide both in_channels and out_channels (--in-channels 4, "
        "--out-channels 6): change one of them, or give --groups 1",
    ),
    "kernels of another shape": (
        "standard -c 3:4 --kernel '[[[[1]]], [[[2]]]]' --k 1",
        "--kernel has shape (2, 1, 1, 1), and the layer's weights have (4, 3, 1, 1), that is "
        "(out_channels, in_channels / groups, rows, columns): give an array of that shape",
    ),
    "transposed ones": (
        "transposed -c 4:6 --groups 2 --kernel '[[[[1]]], [[[2]]]]' --k 1",
        "--kernel has shape (2, 1, 1, 1), and the layer's weights have (4, 3, 1, 1), that is "
        "(in_channels, out_channels / groups, rows, columns): give an array of that shape",
    ),
    "1-D ones": (
        "standard --1d -c 3:4 --kernel '[[[1], [2]]]' --k 1",
        "--kernel has shape (1, 2, 1), and the layer's weights have (4, 3, 1), that is "
        "(out_channels, in_channels / groups, columns): give an array of that shape",
    ),
    "three dimensions": (
        "standard --k 2 -c 2:1 --kernel '[[[1, 2], [2, 4]], [[3, 4], [5, 6]]]'",
        "--kernel has 3 dimensions and the layer 2: give both the same, such as an array of shape "
        "(2, 2), or with channels (1, 2, 2, 2)",
    ),
    "filters": (
        "standard -c 2:3 --k 1 --kernel '1 | 2 || 3 | 4'",
        "--kernel has 2 filters of 2 planes of 1×1 numbers, and the layer 3 filters of 2 planes of "
        "1×1: put | between planes, || between filters",
    ),
    "another size": (
        "standard -c 2:1 --k 2 --kernel '1 | 2'",
        "--kernel has 1 filter of 2 planes of 1×1 numbers, and the layer 1 filter of 2 planes of "
        "2×2: put",
    ),
    "planes": (
        "standard -c 3:1 --i 1 --k 1 --input '1 | 2'",
        "--input has 2 planes of 1×1 numbers, and the layer reads 3 planes of 1×1: give an array "
        "of shape (3, 1, 1), or --in-channels 2, --i 1",
    ),
    "bias": (
        "standard -c 1:2 --bias '1, 2, 3'",
        "--bias has 3 numbers, and the layer 2 filters: give one number for all, or one a filter",
    ),
    "one bias of several": (
        "standard -c 1:2 --bias '[3]'",
        "--bias has 1 number, and the layer 2 filters: give one number for all, or one a filter",
    ),
    "several for one": (
        "standard --bias '1 2'",
        "--bias has 2 numbers, and the layer 1 filter: give one number for all",
    ),
    "rows of biases": ("standard --bias '1 2; 3 4'", "--bias is '1 2; 3 4': give a single row of"),
    "no bias": ("standard --bias '1, x'", "--bias is '1, x': give a finite number, such as"),
    "planes of different sizes": (
        "standard --input '1 2; 3 4 | 1 2 3'",
        "--input has planes of 1×3 and of 2×2 numbers: make them equally large",
    ),
    "filters of different planes": (
        "standard --kernel '1 | 2 || 3'",
        "--kernel has filters of 1 and of 2 planes: give each as many",
    ),
    "an empty plane": (
        "standard --input '1 2 |'",
        "--input has an empty plane: give numbers on both sides of each |",
    ),
    "an empty filter": (
        "standard --kernel '1 2 || | 3'",
        "--kernel has an empty plane: give numbers on both sides of each |",
    ),
    "filters of an input": (
        "standard --input '1 2 || 3 4'",
        "--input has || in it, which is between filters: put | between planes",
    ),
    "no numbers": ("standard --input '1 | x'", "--input is '1 | x': give random, ones, ramp"),
    "ragged planes": (
        "standard --input '[[[1, 2]], [[1], [2]]]'",
        "--input has planes of 1×2 and of 2×1 numbers: make them equally large",
    ),
    "brackets": ("standard --input '[[[1, 2]], [3]]'", "--input has brackets that don't fit toget"),
    "both words": ("standard -c 3:4 --out-channels 4", "--c and --out-channels say the same: leav"),
    "no channels": ("standard -c 3x4", "--c is '3x4': give the channels that go in and those that"),
    "a pool's": ("pool -c 3:4", "--out-channels 4 has no meaning for a pool layer"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_mistakes(name: str) -> None:
    command, sentence = REFUSED[name]
    result = CliRunner().invoke(cli, [*shlex.split(command), "--values"])
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith(f"Error: {sentence}")
    assert result.stderr.count("\n") == 1
    assert not list(Path().iterdir())


def test_wrong_numbers_are_refused_where_they_would_be_shaded() -> None:
    with pytest.raises(ValueError, match=r"input has 1 plane of 4×4 numbers, and the layer reads"):
        animate(Standard(in_channels=2), input=np.ones((1, 4, 4)))


def test_many_channels_are_explained_at_once() -> None:
    command = "explain standard -c 1000000:1000000 --groups 1000000 --k 4x3 --json"
    result = CliRunner().invoke(cli, command.split())
    assert '"parameters": 12000000,' in result.stdout
    command = "explain transposed -c 10000:10000 --groups 50"
    text = CliRunner().invoke(cli, command.split()).stdout
    assert "Filters 1 to 200 read channels 1 to 200, filters 201 to 400 read channels" in text
    assert ", …, filters 9801 to 10000 read channels 9801 to 10000." in text


def test_a_picture_of_many_channels_makes_no_more_numbers_than_it_shows() -> None:
    layer = Standard(in_channels=1_000_000, out_channels=10)
    picture = animate(layer, values=True, view="matrix")
    assert picture.shown.output.tolist() == animate(Standard(), values=True).output.tolist()
    with pytest.raises(ValueError, match=r"the layer has 25,000,000 input cells, and numbers are"):
        picture.values  # noqa: B018 - asking is the test


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [
        (Standard(i=1, k=1, in_channels=3000, out_channels=3000), "has 9,000,000 weights, and num"),
        (Standard(i=40, k=1, out_channels=4000), "has 6,400,000 output cells, and numbers are wor"),
        (
            Transposed(i=5, s=30, in_channels=500),
            "has 7,564,500 cells of the drawn input, and numb",
        ),
        (
            Standard(i=60, in_channels=400, out_channels=400),
            "has 4,844,160,000 multiplications, and num",
        ),
    ],
    ids=["weights", "output", "drawn", "multiplications"],
)
def test_what_is_too_large_is_refused(layer: Layer, sentence: str) -> None:
    with pytest.raises(ValueError, match="lower i or the channels") as caught:
        animate(layer, values=False, width=4000, max_frames=1_000_000).output  # noqa: B018 - asking is the test
    assert sentence in str(caught.value)


def test_a_large_array_is_refused_in_little_memory(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.zeros((101, 100, 100), np.uint8))
    sentence = "--input 'x.npy' has 1,010,000 numbers, and the limit is 1,000,000: give fewer"
    check_refused_in_limits(["standard", "--input", "x.npy"], sentence, tmp_path)


SPEC = """
[defaults]
c = "2:4"

[[animation]]
name = "x"
layer = "standard"
input = "ones"
bias = "1, 0, 0, 2"

[[animation]]
name = "y"
layer = "standard"
in-channels = 3

[[sweep]]
layer = "pool"
c = ["2:2", 3]
"""


def test_specs_have_the_same_words() -> None:
    Path("x.toml").write_text(SPEC, "utf-8")
    gallery = spec.read("x.toml")
    layers = [entry.animation.layer for entry in gallery.entries]
    assert layers == [
        Standard(in_channels=2, out_channels=4),
        Standard(in_channels=3),
        Pool(in_channels=2),
        Pool(in_channels=3),
    ]
    readme = page.rendered(gallery)["README.md"]
    assert torch_call(layers[0]).code == "torch.nn.Conv2d(2, 4, kernel_size=3, bias=False)"
    assert "<code>torch.nn.Conv2d(2, 4, kernel_size=3)</code>" in readme  # it has a bias
    assert "<code>torch.nn.Conv2d(3, 1, kernel_size=3, bias=False)</code>" in readme
