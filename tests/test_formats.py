"""Formats are found by suffix, and one row adds one."""

import sys
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import pytest

import conv_anim
from conv_anim import Standard, animate
from conv_anim.formats import registry
from conv_anim.formats.picture import Picture
from conv_anim.formats.registry import DEFAULT, FORMATS, Format

WING = Path(conv_anim.__file__).parent / "formats"


def test_each_row_has_its_module_and_each_module_its_row() -> None:
    shared = {"__init__", "atomic", "picture", "registry", "text", "video"}
    modules = {path.stem for path in WING.glob("*.py")} - shared
    assert modules == {row.module for row in FORMATS.values()}
    for row in FORMATS.values():
        if row.needs and not find_spec(row.needs):
            continue
        assert not row.has_frames or callable(row.writer)
        assert not row.has_stills or callable(row.still_writer)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_format_is_found_by_the_suffix_in_any_case(suffix: str) -> None:
    assert registry.by_word(suffix.upper().removeprefix(".")) is FORMATS[suffix]
    assert registry.of_path(f"folder.x/x.y{suffix.title()}") is FORMATS[suffix]


@pytest.mark.parametrize("word", ["bmp", ".gif", "", None])
def test_an_unknown_format_is_refused_with_those_that_there_are(word: Any) -> None:
    with pytest.raises(
        ValueError, match=r"^format is .*: give gif, webp, png, svg, html, mp4, webm or pdf"
    ) as caught:
        animate(Standard()).to_bytes(word)
    assert repr(word) in str(caught.value)


def test_what_is_not_like_any_suffix_is_refused_with_all_of_them() -> None:
    with pytest.raises(
        ValueError, match=r"only \.gif, \.webp, .* \.webm and \.pdf are written, give"
    ):
        registry.of_path("x.bmp")


@pytest.fixture
def text(monkeypatch: pytest.MonkeyPatch) -> Format:
    """Give a row for a format of text, which has the size of the canvas."""

    def write(file: BinaryIO, picture: Picture, *, progress: object) -> None:
        file.write(f"{picture.drawing.size_px} {picture.plays}".encode())

    module = ModuleType("conv_anim.formats.plain")
    monkeypatch.setattr(module, "write", write, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    row = Format(suffix=".txt", name="text", media_type="text/plain", module="plain", most_plays=9)
    monkeypatch.setitem(FORMATS, row.suffix, row)
    return row


def test_one_row_adds_a_format(text: Format, tmp_path: Path) -> None:
    picture = animate(Standard(), loop=False)
    expected = f"{picture.size} 1".encode()
    assert picture.save(tmp_path / "x.TXT").read_bytes() == expected
    assert picture.to_bytes("txt") == expected
    file = BytesIO()
    picture.write(file, text.word)
    assert file.getvalue() == expected
    assert picture.save(tmp_path / "x.gif").read_bytes() == picture.to_bytes()
    with pytest.raises(ValueError, match=r"only .*\.pdf and \.txt are written, give a name such"):
        registry.of_path("x.bmp")
    assert picture.default_name.endswith(DEFAULT.suffix)
