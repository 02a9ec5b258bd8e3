"""Numbers in arrays: of NumPy, of what NumPy accepts, and in NPY files."""

from io import BytesIO
from math import prod

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from conv_anim.core.parse import shown
from conv_anim.core.rows import Filters, check_count, check_ndim, check_size, checked, empty
from conv_anim.errors import InputError, reason

_MAX_HEAD_BYTES = 1_000  # an array of numbers has 128
_NOT_NUMBERS = {
    "c": "numbers that are real, such as its .real",
    "O": "numbers of one type, not of Python objects, such as its .astype(float)",
    "U": "numbers, not of texts",
    "S": "numbers, not of texts",
    "T": "numbers, not of texts",
    "M": "numbers, not of times",
    "m": "numbers, not of times",
}


def from_array(value: object, label: str, most: int) -> tuple[Filters, int]:
    """Return the numbers of an array, and its dimensions, at *most* so many."""
    try:
        array = np.asarray(value)
    except ValueError as error:  # ragged rows, for one
        raise _not_numbers(f"{label} is {shown(value)}") from error
    except (TypeError, RuntimeError) as error:
        raise _not_accepted(value, error, label) from error
    if array.dtype.kind not in "buif":
        kind = "" if array.dtype.kind == "O" and array.ndim == 0 else array.dtype.kind
        raise _not_numbers(f"{label} is {shown(value)}", kind, array.dtype.name)
    _check_shape(array.shape, label, most)
    return _filters(array, label), array.ndim


def from_npy(data: bytes, label: str, most: int) -> tuple[Filters, int]:
    """Return the same of the array in an NPY file, whose head is checked before all else."""
    file = BytesIO(data)
    try:
        major, _ = npy.read_magic(file)
        read = npy.read_array_header_1_0 if major == 1 else npy.read_array_header_2_0
        shape, by_columns, kind = read(file, max_header_size=_MAX_HEAD_BYTES)
    except Exception as error:  # a head is a Python literal, and what may be wrong has no end
        raise _no_npy(label) from error
    if kind.hasobject or not all(type(n) is int and n >= 0 for n in shape):
        raise _no_npy(label)
    if kind.kind not in "buif":
        raise _not_numbers(f"{label} has values of type {kind.name}", kind.kind, kind.name)
    _check_shape(shape, label, most)
    left = len(data) - file.tell()
    if prod(shape) * kind.itemsize > left:
        raise InputError(
            f"{label} is cut short: it has {left:,} bytes of numbers, and its head says "
            f"{prod(shape) * kind.itemsize:,}"
        )
    array = np.frombuffer(data, kind, prod(shape), file.tell())
    return _filters(array.reshape(shape, order="F" if by_columns else "C"), label), len(shape)


def _check_shape(shape: tuple[int, ...], label: str, most: int) -> None:
    check_ndim(len(shape), most, label)
    check_count(prod(shape), label)
    rows, columns = (1, *shape)[-2:]
    check_size(rows, columns, label)
    if not prod(shape):
        raise empty(label)


def _filters(array: NDArray[np.generic], label: str) -> Filters:
    with np.errstate(all="ignore"):  # what has no place among our numbers becomes inf
        numbers = array.astype(float).reshape((1,) * (4 - array.ndim) + array.shape)
    return tuple(tuple(checked(rows, label) for rows in planes) for planes in numbers.tolist())


def _not_numbers(what: str, kind: str = "", name: str = "") -> InputError:
    """Return the sentence for an array of another *kind*, the letter that NumPy has for it."""
    wanted = "numbers with one or two dimensions, or more for channels, its rows equally long"
    if kind == "V":
        wanted = f"numbers of a type that NumPy has, such as float32, not {name}"
    return InputError(f"{what}: give an array of {_NOT_NUMBERS.get(kind, wanted)}")


def _not_accepted(value: object, error: Exception, label: str) -> InputError:
    """Return the sentence for what NumPy doesn't accept, above all a tensor, with what helps."""
    device = str(getattr(getattr(value, "device", None), "type", "cpu"))
    kind = str(getattr(value, "dtype", "")).rpartition(".")[2]
    reasons = [
        (getattr(value, "requires_grad", False) is True, "requires a gradient", ".detach()"),
        ("sparse" in str(getattr(value, "layout", "")), "is sparse", ".to_dense()"),
        (device != "cpu", f"is on {device}", ".cpu()"),
        (kind.startswith(("bfloat", "float8")), f"has type {kind}", ".float()"),
    ]
    hindered = [(reason, call) for applies, reason, call in reasons if applies]
    if not hindered:
        return _not_numbers(
            f"{label} is {shown(value)}, which NumPy does not take ({reason(error)})"
        )
    words = " and ".join(reason for reason, _ in hindered)
    calls = "".join(call for _, call in hindered)
    return InputError(f"{label} {words}, and NumPy takes no such tensor: give its {calls}")


def _no_npy(label: str) -> InputError:
    return InputError(f"{label} is no NPY file with numbers: save an array of them with numpy.save")
