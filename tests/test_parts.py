"""What there is besides the grids, all of it or some."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.cli import commands
from conv_anim.cli.group import cli
from conv_anim.core.layer import Layer
from conv_anim.errors import InputError
from conv_anim.gallery import spec
from conv_anim.options import Options
from conv_anim.scene.parts import PARTS
from conv_anim.scene.scene import Frame, Scene
from tests.support.examples import examples
from tests.support.scenes import played

SHOWN: dict[str, tuple[Layer, dict[str, Any]]] = {
    "plain": (Standard(), {}),
    "numbers": (Standard(i=4), {"values": True}),
    "pool": (Pool(), {}),
    "shades": (Standard(i=4), {"shade": True}),
    "stages": (Transposed(), {"process": True, "values": True}),
    "stack": (Standard(i=4), {"view": "stack", "process": True}),
    "stamp": (Transposed(), {"view": "stamp", "values": True}),
    "overlap": (Transposed(), {"view": "overlap"}),
    "both": (Transposed(), {"view": "both"}),
    "matrix": (Standard(i=4), {"view": "matrix"}),
}
some_parts = st.sets(st.sampled_from(PARTS)).map(tuple)
each_picture = pytest.mark.parametrize("name", SHOWN)


def scene(name: str, **options: Any) -> Scene:
    layer, own = SHOWN[name]
    return animate(layer, width=2000, **own, **options).scene


def header(shown: Scene, frames: list[Frame]) -> object:
    noted = [frame.note for frame in frames if frame.note is not None]
    return shown.title, shown.parameters, shown.notes, noted


def captions(shown: Scene, frames: list[Frame]) -> object:
    lines = [line for grid in shown.grids.values() for line in (*grid.captions, *grid.heading)]
    captioned = [frame.caption for frame in frames if frame.caption is not None]
    return lines, shown.captions, captioned


def formula(shown: Scene, frames: list[Frame]) -> object:
    return (shown.formulas,)


def legend(shown: Scene, frames: list[Frame]) -> object:
    return (shown.shows_legend,)


def sums(shown: Scene, frames: list[Frame]) -> object:
    return shown.has_sums, [frame.sum for frame in frames if frame.sum]


def counter(shown: Scene, frames: list[Frame]) -> object:
    return shown.longest_counter, "".join(frame.counter for frame in frames)


OF_PARTS = {
    "header": header,
    "captions": captions,
    "formula": formula,
    "legend": legend,
    "sum": sums,
    "counter": counter,
}


@each_picture
@given(parts=some_parts)
@examples(15)
def test_what_is_left_out_is_empty_and_all_else_as_it_was(
    name: str, parts: tuple[str, ...]
) -> None:
    whole, some = scene(name), scene(name, parts=parts)
    all_frames, frames = list(whole.frames), list(some.frames)
    assert len(some.frames) == len(frames) == len(all_frames)
    for part, found in OF_PARTS.items():
        of_part: Any = found(some, frames)
        if part in parts:
            assert of_part == found(whole, all_frames)
        else:
            assert not any(of_part)
    lasting = {"note", "caption", "sum", "counter"}
    for frame, before in zip(frames, all_frames, strict=True):
        for field in fields(Frame):
            if field.name not in lasting:
                assert str(getattr(frame, field.name)) == str(getattr(before, field.name))


@each_picture
def test_a_bare_picture_has_the_same_cells(name: str) -> None:
    whole, bare = scene(name), scene(name, parts=())
    assert bare.legend == whole.legend  # from which renderers take their colours
    assert (bare.arrangement, bare.strings) == (whole.arrangement, whole.strings)
    assert (bare.numbers_em, bare.is_signed) == (whole.numbers_em, whole.is_signed)
    for cells, before in zip(played(bare), played(whole), strict=True):
        assert cells.keys() == before.keys()
        for role, grid in cells.items():
            for field, value in vars(grid).items():
                assert np.array_equal(value, getattr(before[role], field))


@pytest.mark.parametrize("name", ["shades", "overlap"])
@given(parts=some_parts)
@examples(15)
def test_a_colour_bar_is_there_with_captions_or_the_legend(
    name: str, parts: tuple[str, ...]
) -> None:
    whole, some = scene(name), scene(name, parts=parts)
    for role, grid in some.grids.items():
        has_bar = bool({"captions", "legend"} & {*parts})
        assert grid.scale == (whole.grids[role].scale if has_bar else None)
    assert any(grid.scale for grid in whole.grids.values())


def test_frames_can_be_asked_for_again() -> None:
    bare = scene("numbers", parts=())
    assert [frame.duration_ms for frame in bare.frames] == [500, 500, 500, 1500]
    assert [frame.counter for frame in bare.frames] == [""] * 4


def test_all_parts_are_there_by_themselves() -> None:
    assert {*OF_PARTS} == {*PARTS}
    picture = animate(Standard())
    assert picture == animate(Standard(), parts=PARTS)
    assert picture.scene.shows_legend


GIVEN = {
    "a text": ("formula,header", ("header", "formula")),
    "capitals and spaces": (" Formula , HEADER", ("header", "formula")),
    "a tuple": (("sum", "legend"), ("legend", "sum")),
    "a list": (["sum"], ("sum",)),
    "a set": ({"sum", "counter"}, ("sum", "counter")),
    "twice": ("sum,sum", ("sum",)),
    "none": ((), ()),
    "a word for none": (" None", ()),
    "a word for all": ("ALL", PARTS),
    "a list of a word": (["none"], ()),
    "all": (",".join(reversed(PARTS)), PARTS),
}


@pytest.mark.parametrize("name", GIVEN)
def test_however_they_are_given_they_are_in_one_order(name: str) -> None:
    given, parts = GIVEN[name]
    assert Options(parts=given).parts == parts


WORDS = "give header, captions, formula, legend, sum or counter"
REFUSED: dict[str, tuple[Any, str]] = {
    "mistyped": ("heder", f"parts has 'heder' in it: {WORDS}; did you mean header?"),
    "mistyped among others": (
        ("sum", "formulae"),
        f"parts has 'formulae' in it: {WORDS}; did you mean formula?",
    ),
    "a comma too many": ("sum,", f"parts has '' in it: {WORDS}"),
    "no words": ((1, 2), f"parts has 1 in it: {WORDS}"),
    "empty": ("", "parts is '': give some of header, captions, formula, legend, sum, counter, or "
                  "none of them with parts=()"),
    "none": (None, "parts is None: give some of header"),
    "a number": (5, "parts is 5: give some of header"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_part_is_refused(name: str) -> None:
    given, sentence = REFUSED[name]
    with pytest.raises(InputError) as caught:
        animate(Standard(), parts=given)
    assert str(caught.value).startswith(sentence)


def test_the_command_refuses_them_in_one_sentence(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["standard", "--parts", ""])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: --parts is '': give some of header, captions, formula, legend, sum, counter, "
        "or none of them with --bare\n"
    )
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("words", "parts", "slug"),
    [
        pytest.param(["--bare"], (), ("bare",), id="bare"),
        pytest.param(["--parts", "sum,header"], ("header", "sum"), ("parts-header-sum",), id="two"),
        pytest.param(["--parts", ",".join(PARTS)], PARTS, (), id="all"),
        pytest.param(["--parts", "sum", "--bare"], (), ("bare",), id="the last counts, bare"),
        pytest.param(["--bare", "--parts", "sum"], ("sum",), ("parts-sum",), id="the last counts"),
    ],
)
def test_commands_and_names_have_them(
    words: list[str],
    parts: tuple[str, ...],
    slug: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Animation] = []
    monkeypatch.setattr(commands, "draw", lambda animation, *rest: made.append(animation))
    assert CliRunner().invoke(cli, ["standard", *words]).exit_code == 0
    (animation,) = made
    assert animation.options == replace(Options(), parts=parts)
    assert animation.options.slug == slug
    assert CliRunner().invoke(cli, animation.command.split()[1:]).exit_code == 0
    assert made[1] == animation


def test_a_spec_may_have_them(folder: Path) -> None:
    path = folder / "x.toml"
    entry = '[[animation]]\nname = "{}"\nlayer = "standard"\n'
    path.write_text(
        "[defaults]\nbare = true\n"
        + entry.format("a")
        + entry.format("b")
        + "bare = false\n"
        + entry.format("c")
        + 'parts = "sum,header"\n'
    )
    found = [entry.animation.options.parts for entry in spec.read(path).entries]
    assert found == [(), PARTS, ("header", "sum")]
    path.write_text(entry.format("a") + 'parts = ""\n')
    with pytest.raises(InputError, match="or none of them with bare = true"):
        spec.read(path)
