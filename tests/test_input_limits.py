"""No file of numbers, whatever it is, makes the command hang or take much memory."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from conv_anim.core import arrays
from conv_anim.errors import InputError
from tests.support.limits import check_refused_in_limits

LIMIT = 20_000_000


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        pytest.param("x.csv", lambda: b"1,2\n" * (LIMIT // 4), "more than 10,000 rows", id="rows"),
        pytest.param("x.csv", lambda: b"1," * (LIMIT // 2), "10,000 numbers in a row", id="row"),
        pytest.param(
            "x.csv", lambda: b'"1",' * (LIMIT // 4), "10,000 numbers in a row", id="quotes"),
        pytest.param("x.txt", lambda: b"1 " * (LIMIT // 2), "10,000 numbers in a row", id="spaces"),
        pytest.param(
            "x.csv", lambda: (b"1," * 1999 + b"1\n") * 2000, "more than 1,000,000 numbers", id="all"
        ),
        pytest.param("x.csv", lambda: b"1" * LIMIT, "not a number", id="digits"),
        pytest.param("x.csv", lambda: b"1" * (LIMIT - 1) + b"x", "not a number", id="no digit"),
        pytest.param("x.csv", lambda: b"\n" * (LIMIT // 4), "is empty", id="lines"),
        pytest.param("x.csv", lambda: b"1" * (LIMIT + 1), "more than 20,000,000 bytes", id="bytes"),
        pytest.param(
            "x.txt", lambda: b"[" * (LIMIT // 8) + b"]", "has 2500000 dimensions", id="brackets"),
        pytest.param(
            "x.txt", lambda: b"[" + b"1," * (LIMIT // 8) + b"]", "1,000,000 numbers", id="printed"),
        pytest.param(
            "x.npy", lambda: b"\x93NUMPY\2\0\0\0\0\1" + b"(" * (LIMIT - 20), "is no NPY", id="head"
        ),
        pytest.param("x", lambda: b"\0" * 40_000_001, "more than 40,000,000 bytes", id="picture"),
    ],
)  # fmt: skip
def test_large_files_are_refused_in_little_memory(
    name: str, make: Callable[[], bytes], sentence: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(make())
    check_refused_in_limits(["standard", "--input", name], sentence, tmp_path)


def test_the_most_numbers_are_refused_in_little_memory(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.random.default_rng(0).random((1000, 1000)))
    too_many = "cells would be smaller than 3 px"
    check_refused_in_limits(["standard", "--input", "x.npy"], too_many, tmp_path)


def test_a_huge_size_that_a_file_states_is_believed(tmp_path: Path) -> None:
    for name in ("x.csv", "x.npy", "x.png"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(10**12)  # takes no room
        check_refused_in_limits(["standard", "--input", name], "bytes, the limit", tmp_path)
        (tmp_path / name).unlink()


@pytest.mark.parametrize("name", ["x.csv", "x.npy", "x.png", "x"])
@pytest.mark.parametrize("option", ["--input", "--kernel"])
def test_only_regular_files_are_read(name: str, option: str, tmp_path: Path) -> None:
    path = tmp_path / name
    sentence = f"{option} {name!r} is not a regular file: copy what it gives to one"
    os.mkfifo(path)  # reading it would wait for somebody who writes
    check_refused_in_limits(["standard", option, name], sentence, tmp_path)
    path.unlink()
    path.symlink_to("/dev/zero")  # which has no end
    check_refused_in_limits(["standard", option, name], sentence, tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("x" * 5000, id="long"),
        pytest.param("folder/" * 700 + "x.csv", id="deep"),
        pytest.param("x\0.csv", id="zero"),
        pytest.param("x\n.csv", id="two lines"),
    ],
)
def test_a_name_that_no_file_can_have_is_quoted_in_short(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        arrays.read(name, "input", folder=tmp_path)
    assert str(caught.value).startswith("input is '")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


def test_a_long_name_is_quoted_in_short(tmp_path: Path) -> None:
    name = "x" * 200 + ".csv"
    (tmp_path / name).write_bytes(b"a")
    with pytest.raises(InputError, match=r"^input 'xxxxx.*… has 'a' in it") as caught:
        arrays.read(name, "input", folder=tmp_path)
    assert len(str(caught.value)) < 200
