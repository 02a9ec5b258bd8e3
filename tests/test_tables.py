"""Numbers in text: typed, printed by other programs, and in tables."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Standard, animate
from conv_anim.cli.group import cli
from conv_anim.core import arrays
from conv_anim.errors import InputError


@pytest.fixture(autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("folder"))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("[[1, 2], [3, 4]]", [[1, 2], [3, 4]], id="nested lists"),
        pytest.param("[(1, 2), (3, 4)]", [[1, 2], [3, 4]], id="tuples in a list"),
        pytest.param("[1, 2, 3]", [[1, 2, 3]], id="list"),
        pytest.param("[[1 2]\n [3 4]]", [[1, 2], [3, 4]], id="NumPy"),
        pytest.param("[1. 2.\n 3.]", [[1, 2, 3]], id="NumPy's long row"),
        pytest.param("[[ True False]]", [[1, 0]], id="truths"),
        pytest.param("array([[1, 2],\n       [3, 4]], dtype=uint8)", [[1, 2], [3, 4]], id="array"),
        pytest.param("[np.float64(1.5), np.int64(2)]", [[1.5, 2]], id="NumPy's numbers"),
        pytest.param("tensor([[1., 2.],\n        [3., 4.]])", [[1, 2], [3, 4]], id="tensor"),
        pytest.param(
            "tensor([[1., -2.5e-01]], device='cuda:0', dtype=torch.float64, grad_fn=<AddBackward>)",
            [[1, -0.25]],
            id="tensor and what is said of it",
        ),
        pytest.param(
            "Parameter containing:\ntensor([[1.]], requires_grad=True)", [[1]], id="parameter"
        ),
        pytest.param(
            "tf.Tensor(\n[[1. 2.]\n [3. 4.]], shape=(2, 2), dtype=float32)",
            [[1, 2], [3, 4]],
            id="TensorFlow",
        ),
        pytest.param(
            "<tf.Tensor: shape=(1, 2), dtype=float32, numpy=array([[1., 2.]], dtype=float32)>",
            [[1, 2]],
            id="TensorFlow's repr",
        ),
        pytest.param("Array([[1., 2.]], dtype=float32)", [[1, 2]], id="JAX"),
        pytest.param("k = [1 2; 3 4;];", [[1, 2], [3, 4]], id="rows apart by semicolons"),
    ],
)
def test_arrays_as_they_are_printed(text: str, rows: list[list[float]]) -> None:
    assert [list(row) for row in arrays.read(text, "input").rows] == rows
    Path("x.txt").write_text(text, "utf-8")
    assert [list(row) for row in arrays.read("x.txt", "input").rows] == rows


@given(st.lists(st.lists(st.floats(-1e99, 1e99), min_size=3, max_size=3), min_size=1, max_size=5))
def test_whatever_is_printed_whole_is_read_as_it_was(rows: list[list[float]]) -> None:
    expected = tuple(map(tuple, rows))
    array = np.array(rows)
    for text in (str(rows), repr(array), str([list(row) for row in array])):
        assert np.allclose(arrays.read(text, "input").rows, expected, rtol=1e-7)
    assert arrays.read(str(rows), "input").rows == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            "[[1 2 ... 3 4]]", "--input leaves numbers out where «...» stands: print", id="elided"
        ),
        pytest.param("[[[[1]]]]", "--input has 4 dimensions: give one to three", id="four axes"),
        pytest.param("[[1, 2], [3]]", "--input has rows of 1 and of 2 numbers", id="ragged"),
        pytest.param("[[1, 2], 3]", "--input has brackets that don't fit together", id="mixed"),
        pytest.param("[1, [2, 3]]", "--input has brackets that don't fit together", id="deeper"),
        pytest.param("[[1, 2], [3, 4]", "--input has brackets that don't fit", id="unclosed"),
        pytest.param("[[1, 2]], [[3, 4]]", "--input has brackets that don't fit", id="two arrays"),
        pytest.param("[[1, 2; 3]]", "--input has brackets that don't fit together", id="both"),
        pytest.param("tensor([])", "--input is empty: give at least one number", id="empty"),
        pytest.param("[[1, nan]]", "--input has nan in it: give finite numbers", id="endless"),
        pytest.param("[1.+2.j]", "--input has '1.+2.j' in it, which is not a number", id="complex"),
        pytest.param("[" * 9000 + "]" * 9000, "--input has 9000 dimensions", id="deep"),
        pytest.param("[1].csv", "--input is '[1].csv': give random, ones", id="a file's name"),
    ],
)
def test_arrays_that_cannot_be_read(text: str, sentence: str) -> None:
    result = CliRunner().invoke(cli, ["standard", "--input", text])
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith(f"Error: {sentence}")
    assert result.stderr.count("\n") == 1
    assert not list(Path().iterdir())


def test_a_file_whose_name_has_brackets_is_a_file() -> None:
    Path("x[1].csv").write_text("1 2\n3 4")
    assert arrays.read("x[1].csv", "input").is_file


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        pytest.param("x.csv", "1,5;2,5\n", "has '1,5' in it, which is not a number with a decimal "
                     "comma: write a point, as in 1.5", id="semicolons between"),
        pytest.param("x.tsv", "1\t-1.234,5\n", "has '-1.234,5' in it, which is not a number with "
                     "a decimal comma", id="tabs between"),
        pytest.param("x.csv", '"1,5","2,5"\n', "has '1,5' in it, which is not a number with a "
                     "decimal comma", id="quoted"),
        pytest.param("x.csv", '"1,5"\n"2,5"\n', "has '1,5' in it, which is not a number with a "
                     "decimal comma", id="a quoted column"),
        pytest.param("x.txt", "1,5 2,5\n", "has '5 2' in it, which is not a number but several: "
                     "separate numbers by commas alone, and write decimals with a point",
                     id="spaces between"),
    ],
)  # fmt: skip
def test_a_decimal_comma_is_named(name: str, text: str, sentence: str) -> None:
    Path(name).write_text(text)
    with pytest.raises(InputError) as caught:
        arrays.read(name, "input")
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1\n2\n3\n4\n", id="column"),
        pytest.param("1,2,3,4\n", id="row"),
        pytest.param("[[1], [2], [3], [4]]", id="printed column"),
    ],
)
@pytest.mark.parametrize("layer", ["--1d", "--layer=nn.Conv1d(1,1,3)"])
def test_a_column_lies_along_the_only_axis(text: str, layer: str) -> None:
    Path("x.txt").write_text(text)
    for size in ([], ["--i", "4"]):
        words = ["standard", layer, "--input", "x.txt", "--kernel", "1; 1; 1", *size, "-o", "x.gif"]
        result = CliRunner().invoke(cli, words)
        assert result.exit_code == 0, result.stderr
    animation = animate(Standard(i=4, k=3, ndim=1), input="x.txt", kernel="1; 1; 1")
    assert animation.output.tolist() == [6, 9]


def test_a_column_of_an_npy_file_lies_along_the_only_axis_too() -> None:
    np.save("x.npy", np.arange(4.0).reshape(4, 1))
    animation = animate(Standard(i=4, k=3, ndim=1), input="x.npy", kernel="ones")
    assert animation.output.tolist() == [3, 6]


@pytest.mark.parametrize("size", [pytest.param("", id="no size"), pytest.param(" --i 3", id="i")])
def test_several_rows_and_columns_have_no_place_on_one_axis(size: str) -> None:
    Path("x.csv").write_text("1,5\n2,5\n3,5\n")
    result = CliRunner().invoke(cli, f"standard --1d --input x.csv{size}".split())
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: --input has 3×2 numbers, and the layer one axis: give one row or one column "
        "(decimals have a point, not a comma)\n"
    )
