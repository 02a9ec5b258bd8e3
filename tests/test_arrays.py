"""Arrays, tensors and NPY files, and the right reason for those that are none of numbers."""

import struct
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.lib import format as npy

from conv_anim import Standard, animate
from conv_anim.core import arrays
from conv_anim.errors import InputError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Tensor:
    """What looks like PyTorch's tensor, and is refused by NumPy as that is."""

    def __init__(self, **attributes: object) -> None:
        self.dtype = "torch.float32"
        self.layout = "torch.strided"
        self.__dict__ |= attributes

    def __array__(self, dtype: object = None, copy: object = None) -> None:
        raise (TypeError if self.dtype == "torch.bfloat16" else RuntimeError)("no\n\x1b[way")


CUDA = SimpleNamespace(type="cuda")


@pytest.mark.parametrize(
    ("tensor", "sentence"),
    [
        pytest.param(
            Tensor(requires_grad=True),
            "input requires a gradient, and NumPy takes no such tensor: give its .detach()",
            id="gradient",
        ),
        pytest.param(
            Tensor(dtype="torch.bfloat16"),
            "input has type bfloat16, and NumPy takes no such tensor: give its .float()",
            id="bfloat16",
        ),
        pytest.param(
            Tensor(device=CUDA),
            "input is on cuda, and NumPy takes no such tensor: give its .cpu()",
            id="CUDA",
        ),
        pytest.param(
            Tensor(layout="torch.sparse_coo"),
            "input is sparse, and NumPy takes no such tensor: give its .to_dense()",
            id="sparse",
        ),
        pytest.param(
            Tensor(requires_grad=True, dtype="torch.bfloat16", device=CUDA),
            "input requires a gradient and is on cuda and has type bfloat16, and NumPy takes no "
            "such tensor: give its .detach().cpu().float()",
            id="all at once",
        ),
    ],
)
def test_tensors_get_the_right_reason(tensor: object, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        animate(Standard(), input=tensor)
    assert str(caught.value) == sentence


def test_a_refusal_of_unknown_reason_is_quoted() -> None:
    with pytest.raises(
        InputError, match=r", which NumPy does not take \(no \?\[way\): give an array"
    ):
        arrays.read(Tensor(), "input")


def test_tensors_of_pytorch() -> None:
    torch = pytest.importorskip("torch")
    assert arrays.read(torch.ones(1, 2), "input").rows == ((1, 1),)
    for tensor, call in (
        (torch.ones(2, 2, requires_grad=True), "detach"),
        (torch.ones(2, 2, dtype=torch.bfloat16), "float"),
        (torch.ones(2, 2).to_sparse(), "to_dense"),
    ):
        with pytest.raises(
            InputError, match=rf"NumPy takes no such tensor: give its \.{call}\(\)$"
        ):
            arrays.read(tensor, "input")
        assert arrays.read(getattr(tensor, call)(), "input").size == (2, 2)


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        pytest.param(np.array([[1j]]), "give an array of numbers that are real", id="complex"),
        pytest.param(
            np.array([[1, None]]),
            "input is [[1 None]]: give an array of numbers of one type, not of Python objects",
            id="objects",
        ),
        pytest.param(np.array([["1"]]), "give an array of numbers, not of texts", id="texts"),
        pytest.param(np.array([[b"1"]]), "give an array of numbers, not of texts", id="bytes"),
        pytest.param(
            np.array([["2020-01-01"]], "datetime64[D]"), "of numbers, not of times", id="times"
        ),
        pytest.param(
            np.array([(1, 2)], [("a", int), ("b", int)]),
            "give an array of numbers of a type that NumPy has",
            id="records",
        ),
    ],
)
def test_arrays_of_something_else_get_the_right_reason(array: object, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        animate(Standard(), input=array)
    assert sentence in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("error", [ZeroDivisionError("!"), IndexError(), KeyError("k")], ids=repr)
def test_whatever_an_array_raises_is_one_sentence(error: Exception) -> None:
    class Broken:
        def __array__(self, dtype: object = None, copy: object = None) -> None:
            raise error

    with pytest.raises(InputError, match=r"^input cannot be read \(.*\): save it again, whole$"):
        arrays.read(Broken(), "input")


@pytest.mark.parametrize(
    "array",
    [
        pytest.param(np.asfortranarray(np.arange(6.0).reshape(2, 3)), id="by columns"),
        pytest.param(np.arange(6, dtype=">i2").reshape(2, 3), id="big-endian"),
        pytest.param(np.array([[1.5, 2]], np.longdouble), id="long"),
        pytest.param(np.array([1.5, 2], np.float16), id="one axis"),
    ],
)
@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)], ids=str)
def test_npy_files(array: np.ndarray[tuple[int, ...]], version: tuple[int, int]) -> None:
    with Path("x.npy").open("wb") as file:
        npy.write_array(file, array, version)
    assert np.array_equal(arrays.read("x.npy", "input").rows, np.atleast_2d(array))


def test_numbers_too_large_for_ours_are_refused_without_a_warning() -> None:
    huge = np.array([[np.finfo(np.longdouble).max]])  # more than a float, where that is longer
    np.save("x.npy", huge)
    for given in ("x.npy", huge):
        with pytest.raises(InputError, match=r"has (inf|1\.79769e\+308) in it: give"):
            arrays.read(given, "input")


def head(text: str, minor: int = 0) -> bytes:
    return b"\x93NUMPY\1" + bytes([minor]) + struct.pack("<H", len(text)) + text.encode()


def described(kind: str, shape: str, order: str = "False") -> bytes:
    return head(f"{{'descr': {kind}, 'fortran_order': {order}, 'shape': {shape}}}") + bytes(64)


NO_NPY = "is no NPY file with numbers: save an array of them with numpy.save"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(lambda: head("{(1"), NO_NPY, id="open bracket"),
        pytest.param(lambda: head("-" * 9000), NO_NPY, id="dashes"),
        pytest.param(lambda: head("(" * 900), NO_NPY, id="nested"),
        pytest.param(lambda: head("0x3or 1"), NO_NPY, id="what Python warns of"),
        pytest.param(lambda: head("{'descr': '\\d'}"), NO_NPY, id="escape"),
        pytest.param(lambda: head("x" * 500)[:100], NO_NPY, id="cut head"),
        pytest.param(lambda: b"\x93NUMPY\2\0" + b"\xff" * 50, NO_NPY, id="4 GB of head"),
        pytest.param(lambda: head("{}", 9), NO_NPY, id="no version"),
        pytest.param(lambda: described("'<f8'", "(True, True)"), NO_NPY, id="shape of truths"),
        pytest.param(lambda: described("'<f8'", "(-1, 2)"), NO_NPY, id="negative shape"),
        pytest.param(lambda: described("'<f8'", "(2, 2)", "3"), NO_NPY, id="no order"),
        pytest.param(lambda: described("'|O'", "(2, 2)"), NO_NPY, id="objects"),
        pytest.param(lambda: described("'<x9'", "(2, 2)"), NO_NPY, id="no type"),
        pytest.param(
            lambda: described("'<U1'", "(1, 1)") + b"\xff" * 9, "has values of type str32: give",
            id="beyond Unicode"),
        pytest.param(
            lambda: described("[('a', '<f8')]", "(1, 1)"), "has values of type void64", id="records"
        ),
        pytest.param(
            lambda: described("'<f8'", "(3, 3)"),
            "is cut short: it has 64 bytes of numbers, and its head says 72", id="cut short"),
        pytest.param(
            lambda: described("'<f8'", "(10**9, 10**9)"), NO_NPY, id="shape to be computed"),
        pytest.param(
            lambda: described("'<f8'", "(1000000000, 1000000000)"),
            "has 1,000,000,000,000,000,000 numbers, and the limit is 1,000,000", id="huge shape"),
        pytest.param(
            lambda: described("'<f8'", "(1, 10001)"),
            "has 1×10001 numbers, and the limit along an axis is 10,000", id="long row"),
        pytest.param(lambda: described("'<f8'", "()"), "has 0 dimensions: give one", id="scalar"),
        pytest.param(lambda: described("'<f8'", "(0, 3)"), "is empty: give at least", id="empty"),
    ],
)  # fmt: skip
def test_damaged_npy_files(
    make: Callable[[], bytes], sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("x.npy").write_bytes(make())
    with pytest.raises(InputError) as caught:
        arrays.read("x.npy", "input")
    assert str(caught.value).startswith(f"input 'x.npy' {sentence}")
    assert capfd.readouterr() == ("", "")
