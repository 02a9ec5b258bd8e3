"""The tables of what may be given, and what follows from them for every front end."""

import inspect
from collections.abc import Callable
from dataclasses import fields
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.cli.commands import make
from conv_anim.cli.parameters import TABLE, TableOption
from conv_anim.core import choices
from conv_anim.core.layers import KINDS
from conv_anim.core.parameter import GROUPS, Parameter, vocabulary
from conv_anim.core.pool import MODES
from conv_anim.core.subject import Subject
from conv_anim.errors import InputError
from conv_anim.frameworks import parameters
from conv_anim.option_table import TABLE as OPTIONS
from conv_anim.option_table.idle import where_idle
from conv_anim.options import Options
from conv_anim.views.registry import VIEWS
from tests.support.samples import NETWORK


def test_the_signature_of_animate_is_that_of_the_options() -> None:
    signature = inspect.signature(animate)
    assert str(signature).startswith(
        "(layer: conv_anim.core.subject.Subject, *, theme: str = 'auto'"
    )
    assert [*signature.parameters] == ["layer", *(field.name for field in fields(Options))]
    for name, parameter in signature.parameters.items():
        if name != "layer":
            assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
            assert parameter.default is OPTIONS[name].default
    assert all(name in (animate.__doc__ or "") for name in OPTIONS)
    assert animate.__name__ == "animate"


def test_a_layer_may_be_a_keyword() -> None:
    call: Callable[..., Animation] = animate
    assert call(layer=Standard(), theme="dark") == animate(Standard(), theme="dark")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("widht", "there is no option widht: did you mean width?", id="mistyped"),
        pytest.param("Theme", "there is no option Theme: did you mean theme?", id="in capitals"),
        pytest.param("stepms", "there is no option stepms: did you mean step_ms?", id="joined"),
        pytest.param("xyz", "there is no option xyz", id="like none"),
        pytest.param("bare", "there is no option bare: give parts=()", id="a switch"),
        pytest.param("no_smooth", "there is no option no_smooth: give smooth=False", id="its no"),
        pytest.param(
            "s", "there is no option s: give it to the layer, as in Standard(s=…)", id="a layer's"
        ),
        pytest.param(
            "mode",
            "there is no option mode: give it to such a layer, as in Pool(mode=…)",
            id="another layer's",
        ),
        pytest.param("x" * 999, f"there is no option {'x' * 999}", id="long"),
    ],
)
def test_a_name_that_is_no_option(name: str, sentence: str) -> None:
    options: dict[str, Any] = {name: 400}
    with pytest.raises(TypeError) as caught:
        animate(Standard(), **options)
    assert str(caught.value) == sentence


def test_type_checkers_know_the_options() -> None:
    with pytest.raises(TypeError):
        animate(Standard(), widht=400)  # type: ignore[call-arg]  # strict checks find it needless
    with pytest.raises(ValueError, match="width is 'wide': give a whole number from"):
        animate(Standard(), width="wide")  # type: ignore[arg-type]  # otherwise


def test_options_are_given_by_name_alone() -> None:
    words: list[Any] = ["dark"]
    with pytest.raises(TypeError):
        Options(*words)
    with pytest.raises(TypeError):
        animate(Standard(), *words)


def test_every_row_is_in_a_group_and_has_words() -> None:
    for name, row in TABLE.items():
        assert row.name == name
        assert row.group in GROUPS
        assert row.all_words
        assert row.metavar or row.switches
        assert all(row.meaning([kind]) for kind in KINDS if row.is_for(kind))
    words = [word for row in TABLE.values() for word in row.all_words]
    assert len(words) == len(set(words)) == len(vocabulary(TABLE))


@pytest.mark.parametrize("kind", KINDS)
def test_layers_are_made_of_the_rows_of_their_kind(kind: str) -> None:
    own = inspect.signature(KINDS[kind]).parameters
    assert set(own) == set(parameters.parameters(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_command_has_the_options_that_mean_something(kind: str) -> None:
    names = {option.name for option in make(kind).params if isinstance(option, TableOption)}
    expected = {name for name in OPTIONS if not where_idle(name, kind, None)}
    assert names - {*parameters.TABLE, "layer"} == expected
    expected = {*parameters.parameters(kind), *parameters.SHORT_FOR}
    assert names & {*parameters.TABLE} == expected


NOT_DEFAULT: dict[str, Any] = {
    "theme": "dark", "scale": 2.0, "width": 500, "size": (640, 480),
    "step_ms": 100, "duration": 8, "hold_ms": 100, "smooth": True, "loop": 2,
    "frames": (1, 1), "every": 2, "max_frames": 900, "max_bytes": 9000, "values": True,
    "input": "ramp", "kernel": "ones", "gray": True, "bias": 0.5, "seed": 1, "shade": True,
    "view": "stack", "axis": "rows", "process": True, "digits": 3, "title": "Edges",
    "parts": "legend,Header", "hide": "output", "background": "transparent", "still": "last",
    "channels": (1, 2), "channel": (2, 1), "order": "position",
}  # fmt: skip


def test_help_in_python_is_in_its_words() -> None:
    lines = [line for line in (animate.__doc__ or "").splitlines() if set(line) != {"-"}]
    assert not [line for line in lines if "--" in line or "‹" in line]
    assert "    How long one play takes, instead of step_ms." in lines
    (views,) = (line for before, line in pairwise(lines) if before == "view")
    assert all(f"{name}: " in views for name in VIEWS)


OF_CHANNELS = "channels", "channel", "order"
"""They have tests of their own: what they mean follows from the layer's channels, too."""


@pytest.mark.parametrize("name", [name for name in OPTIONS if name not in OF_CHANNELS])
@pytest.mark.parametrize(
    "layer", [Standard(i=4), Transposed(), Pool(), NETWORK], ids=[*KINDS, "network"]
)
@pytest.mark.parametrize("view", VIEWS)
def test_an_option_is_refused_where_the_table_says_so(view: str, layer: Subject, name: str) -> None:
    view = NOT_DEFAULT["view"] if name == "view" else view
    if layer.name not in VIEWS[view].kinds:
        return
    size = {} if name in ("scale", "size") else {"width": 4000}
    options: dict[str, Any] = {"view": view, **size, name: NOT_DEFAULT[name]}
    where = where_idle(name, layer.name, options["view"])
    if not where:
        animate(layer, **options)
        return
    with pytest.raises(InputError) as caught:
        animate(layer, **options)
    assert str(caught.value) == str(InputError(f"‹{name}› has no meaning {where}: leave it out"))


def test_every_value_but_the_default_is_in_the_name_and_the_command() -> None:
    assert {*NOT_DEFAULT} == {*OPTIONS}
    options = Options(**NOT_DEFAULT | {"duration": None, "scale": 1.0, "size": None})
    assert options.slug == (
        "dark", "transparent", "w500", "stack", "rows", "process", "title-7e6b22b1",
        "parts-header-legend", "hide-output", "channels1-2", "channel2to1", "by-position",
        "values", "input-ramp", "kernel-ones", "gray", "bias0.5", "seed1", "shade", "digits3",
        "step100", "hold100", "smooth", "loop2", "frames1-1", "every2",
        "still-last",
    )  # fmt: skip
    assert options.arguments == (
        "--theme", "dark", "--background", "transparent", "--width", "500", "--view", "stack",
        "--axis", "rows", "--process", "--title", "Edges",
        "--parts", "header,legend", "--hide", "output",
        "--channels", "1,2", "--channel", "2:1", "--order", "position",
        "--values", "--input", "ramp", "--kernel", "ones",
        "--gray", "--bias", "0.5", "--seed", "1", "--shade", "--digits", "3",
        "--step-ms", "100", "--hold-ms", "100", "--smooth", "--loop", "2", "--frames", "1:1",
        "--every", "2", "--still", "last",
    )  # fmt: skip
    assert (Options().slug, Options().arguments) == ((), ())
    assert (Options(scale=1.5).slug, Options(scale=1.5).arguments) == (
        ("x1.5",),
        ("--scale", "1.5"),
    )
    canvas = Options(**dict[str, Any](size="640X480"))
    assert (canvas.slug, canvas.arguments) == (("size640x480",), ("--size", "640x480"))


@pytest.mark.parametrize(
    "names", [("scale", "width"), ("scale", "size"), ("width", "size"), ("scale", "width", "size")]
)
def test_the_size_is_said_once(names: tuple[str, ...]) -> None:
    with pytest.raises(
        InputError, match=r"(both|all) say how large the picture is: give one of them"
    ):
        Options(**{name: NOT_DEFAULT[name] for name in names})
    assert Options(values=False).slug == ("no-values",)
    options = Options(duration=NOT_DEFAULT["duration"])  # which is instead of a step's time
    assert (options.slug, options.arguments) == (("duration8",), ("--duration", "8"))


words = st.text(st.characters(codec="utf-8"), max_size=80)


@given(words)
def test_what_is_no_choice_is_refused_with_all_of_them(value: str) -> None:
    if choices.find(value, MODES) is None:
        with pytest.raises(InputError, match=r"^mode is .*: give max or average"):
            choices.choice(value, "mode", MODES)


@given(st.sampled_from([word for row in TABLE.values() for word in row.choices_for(KINDS)]))
def test_choices_are_found_in_any_case(word: str) -> None:
    for given_as in (word, word.upper(), word.title()):
        assert choices.find(given_as, [word, "other"]) == word


def test_defaults_in_help_are_those_in_python() -> None:
    row = Parameter(name="x", group=GROUPS[0], help="", metavar="N", default=3)
    assert row.default_in_words(["pool"]) == "3"
    assert TABLE["i"].default_in_words(KINDS) == "standard 5, transposed 3, pool 4"
    assert TABLE["i"].default_in_words(["transposed"]) == "3"
    assert TABLE["shade"].default_in_words(["pool"]) == ""
