"""Sizes that transposed layers reach, paddings by other frameworks' names, and causal ones."""

import re
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conv_anim.cli.group import cli
from conv_anim.core import padding
from conv_anim.core.layer import Layer
from conv_anim.core.pool import Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.explain import arithmetic
from tests.support.refusals import check_refused
from tests.support.slow import transposed_layers

small = st.integers(1, 6)


@given(st.tuples(small, small), st.tuples(small, small), st.tuples(small, small), st.data())
def test_the_change_that_is_named_reaches_the_size_and_no_smaller_one_does(
    i: tuple[int, int], k: tuple[int, int], s: tuple[int, int], data: st.DataObject
) -> None:
    p = data.draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))
    to = data.draw(st.tuples(st.integers(1, 40), st.integers(1, 40)))
    sizes: dict[str, tuple[int, int]] = {"i": i, "k": k, "s": s, "p": p}

    def reaches(**changes: object) -> bool:
        try:
            return Transposed(**{**sizes, **changes}, to=to).output_size == to
        except ValueError:
            return False

    try:
        assert Transposed(**sizes, to=to).output_size == to
    except ValueError as error:
        ways = re.findall(r"--([ksp]) (\d+)(?:x(\d+))?(?=,| or |$)", str(error).partition(";")[2])
        for letter, row, column in ways:
            new = int(row), int(column or row)
            assert reaches(**{letter: new})
            for axis in range(2):
                for nearer in range(abs(new[axis] - sizes[letter][axis])):
                    for by in (nearer, -nearer):
                        other = list(new)
                        other[axis] = sizes[letter][axis] + by
                        assert not reaches(**{letter: tuple(other)})


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        pytest.param("transposed --to 30",
                     "5 to 6 cells along an axis; the nearest change that reaches it is --s 10 or "
                     "--k 27", id="far"),
        pytest.param("transposed --to 7", "is --k 4, --s 3 or --p 0", id="near"),
        pytest.param("transposed --to 30x5", "is --s 10x2 or --k 27x3", id="one axis"),
        pytest.param("transposed --to 1", "is --p 3", id="smaller, by the padding alone"),
        pytest.param("transposed --1d --i 4 --k 2 --p 0:3 --to 9", "is --s 3 or --k 5",
                     id="unequal sides"),
        pytest.param("standard --p causal",
                     "--p causal is for layers with one axis, along which time goes: add --1d, or "
                     "give the cells of each axis, such as --p 0x2:0 for the columns alone",
                     id="causal in two axes"),
        pytest.param("transposed --p same --op 1",
                     "--p is 'same', which PyTorch has not in transposed layers: give cells; "
                     "Keras's with this output padding makes the output 6×6 and is --p 0:1 --op 0",
                     id="same with output padding"),
        pytest.param("transposed --p same --to 5",
                     "TensorFlow's with this output size makes the output 5×5 and is --p 1",
                     id="same with an output size"),
        pytest.param("transposed --1d --p same --k 2 --s 3",
                     "makes the output i·s = 9 and is --p 0 --op 1", id="same, more than full"),
        pytest.param("transposed --p valid --k 2 --s 3",
                     "makes the output 9×9 and is --p 0 --op 1", id="valid"),
    ],
)  # fmt: skip
def test_mistakes(
    command: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_refused(command, sentence, tmp_path, monkeypatch)


@given(transposed_layers())
def test_the_closed_formula_and_the_sizes_within_reach(layer: Transposed) -> None:
    text = arithmetic.text(layer)
    line = re.search(r"^At once: o = s\(i − 1\) \+ K − .*$", text, re.MULTILINE)
    assert line
    formulas = re.findall(r"(\d+·\([^=]*) = (\d+)", line[0])
    for formula, output in formulas:
        python = formula.replace("·", "*").replace("−", "-")
        assert eval(python) == int(output)
    outputs = [int(output) for _, output in formulas]
    assert outputs in ([layer.output_size[1]], list(layer.output_size))
    same = {letter: getattr(layer, letter) for letter in "ikpsd"}
    for axis in range(2):
        for op in range(max(layer.s[axis], layer.d[axis])):
            ops = tuple(op if n == axis else layer.op[n] for n in range(2))
            size = layer.output_size[axis] - layer.op[axis] + op
            assert (size in layer.reachable[axis]) == (size > 0)
            if size > 0:
                assert Transposed(**same, op=ops).output_size[axis] == size


def test_sizes_within_reach_are_listed() -> None:
    assert "Within reach: 5 with op = 0, 6 with op = 1;" in arithmetic.text(Transposed())
    assert "Within reach: 5 to 10 with op = 0 to 5;" in arithmetic.text(
        Transposed(i=1, s=6, k=5, p=0)
    )
    assert "Within reach: 1 with op = 1, 2 with op = 2;" in arithmetic.text(
        Transposed(i=1, k=2, p=1, s=3, op=1)
    )
    text = arithmetic.text(Transposed(s=(2, 1)))
    assert "Within reach: rows 5 with op = 0, 6 with op = 1, columns 3 with op = 0;" in text


@pytest.mark.parametrize("name", ["same", "valid"])
def test_what_is_named_for_other_frameworks_is_what_they_do(name: str) -> None:
    own: list[int | None] = [None, 0, 1, 2]
    for i, k, s, wanted in product(range(1, 5), range(1, 6), range(1, 5), own):
        if wanted is not None and wanted >= s:
            continue
        pads, more = padding.transposed(name, i=i, k=k, s=s, d=1, op=wanted, to=None)
        layer = Transposed(i=i, k=k, s=s, p=[pads], op=more, ndim=1)
        full = (i - 1) * s + k
        # Keras's documentation of output sizes: deconv_output_length.
        if name == "valid":
            expected = full + (max(s - k, 0) if wanted is None else wanted)
        else:
            expected = i * s if wanted is None else full - 2 * (k // 2) + wanted
        if expected > 0:
            assert layer.output_size[1] == expected
        assert layer.p[1][0] == max(full - layer.output_size[1], 0) // 2 * (name == "same")


@pytest.mark.parametrize(
    ("layer", "p"),
    [
        pytest.param(Standard(i=9, k=3, d=4, s=2, p="causal", ndim=1), (8, 0), id="causal"),
        pytest.param(Standard(i=9, k=9, p=(8, 0), ndim=1), (8, 0), id="before and after"),
        pytest.param(Standard(i=9, p=[0, 2], ndim=1), (0, 2), id="in a list"),
        pytest.param(Standard(i=9, p=((0, 0), (8, 0)), ndim=1), (8, 0), id="as the layer has it"),
        pytest.param(Standard(i=9, p=[(8, 0)], ndim=1), (8, 0), id="of each axis"),
        pytest.param(Transposed(p=(2, 0), ndim=1), (2, 0), id="transposed"),
        pytest.param(Pool(k=4, p=(2, 2), ndim=1), (2, 2), id="pool"),
    ],
)
def test_two_sides_of_one_axis(layer: Layer, p: tuple[int, int]) -> None:
    assert layer.p == ((0, 0), p)


def test_in_two_axes_they_are_rows_and_columns() -> None:
    assert Standard(p=(8, 0)).p == ((8, 8), (0, 0))


def test_no_output_of_a_causal_layer_depends_on_what_comes_later() -> None:
    layer = Standard(i=7, k=3, d=2, p="causal", ndim=1)
    assert layer.output_size == (1, 7)
    for at in range(7):
        assert max(at - layer.p[1][0] + tap * 2 for tap in range(3)) == at


def test_words_are_explained_where_people_look() -> None:
    runner = CliRunner()
    for arguments in (["--help"], ["explain", "standard"], ["explain", "transposed"]):
        text = " ".join(runner.invoke(cli, arguments).stdout.split())
        assert "layers cross-correlate, and call it convolution" in text.replace("Layers", "layers")
    assert "cross-correlate" not in runner.invoke(cli, ["explain", "pool"]).stdout
