"""Channels: kept in the calls, and said to be more than the one that is drawn."""

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import animate
from conv_anim.cli.group import cli
from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Layer
from conv_anim.core.pool import Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.explain import arithmetic, comparison
from conv_anim.frameworks.build import build
from conv_anim.frameworks.jax import jax_call
from conv_anim.frameworks.keras import keras_call
from conv_anim.frameworks.torch import torch_call
from conv_anim.gallery import page, spec
from conv_anim.views.registry import VIEWS

TEXT = "nn.Conv2d(6, 64, 3, padding=1, groups=2)"
MANY = Standard(i=5, p=1, in_channels=6, out_channels=64, groups=2, has_bias=True)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@st.composite
def channelled(draw: st.DrawFn) -> Standard | Transposed:
    groups = draw(st.integers(1, 4))
    channels: dict[str, object] = {
        "in_channels": groups * draw(st.integers(1, 3)),
        "out_channels": groups * draw(st.integers(1, 3)),
        "groups": groups,
        "has_bias": draw(st.booleans()),
    }
    return Standard(**channels) if draw(st.booleans()) else Transposed(**channels)


@given(channelled())
def test_the_command_makes_the_same_layer(layer: Channelled) -> None:
    command = ["explain", *layer.arguments, "--json"]
    facts = json.loads(run(*command))
    assert facts == arithmetic.facts(layer)
    names = ("in_channels", "out_channels", "groups", "has_bias")
    assert [facts[name] for name in names] == [getattr(layer, name) for name in names]


@given(channelled(), channelled())
def test_layers_with_other_channels_are_others(one: Channelled, other: Channelled) -> None:
    assert (one == other) == (one.arguments == other.arguments)
    if one == other:
        assert hash(one) == hash(other)
    if (one.name, one.channels_text) != (other.name, other.channels_text):
        assert one.slug != other.slug  # nor do their files have the same name


def test_a_text_keeps_its_channels() -> None:
    assert build("standard", {"i": 5}, TEXT) == MANY
    call = "torch.nn.Conv2d(6, 64, kernel_size=3, padding=1, groups=2)"
    assert torch_call(MANY).code == call
    assert build(None, {"i": 5}, call) == MANY
    assert animate(MANY).command == (
        "conv-anim standard --i 5 --k 3 --p 1 --s 1 --in-channels 6 --out-channels 64 --groups 2 "
        "--has-bias"
    )
    assert animate(MANY).default_name == "standard_i5_k3_p1_s1_in6_out64_g2.gif"


def test_without_channels_nothing_is_said() -> None:
    facts = arithmetic.facts(Standard())
    assert [facts[name] for name in ("in_channels", "out_channels", "groups")] == [1, 1, 1]
    assert facts["torch"] == "torch.nn.Conv2d(1, 1, kernel_size=3, bias=False)"
    assert "channel" not in arithmetic.text(Standard()) + Standard().alt_text
    for layer in (Standard(has_bias=True), Pool()):
        assert not layer.channels_text + layer.pair_text(1, 1)


PHRASES = {
    "64 input channels, 64 output channels in 64 groups": (
        {"in_channels": 64, "out_channels": 64, "groups": 64}, (7, 7),
        "channel 7 of 64 is shown"),
    "1 input channel, 64 output channels": (
        {"out_channels": 64}, (1, 64), "output channel 64 of 64 is shown"),
    "3 input channels, 1 output channel": (
        {"in_channels": 3}, (2, 1), "input channel 2 of 3 is shown"),
    "3 input channels, 64 output channels": (
        {"in_channels": 3, "out_channels": 64}, (3, 1),
        "input channel 3 of 3 and output channel 1 of 64 are shown"),
}  # fmt: skip


@pytest.mark.parametrize("phrase", PHRASES)
def test_how_many_there_are_and_which_is_shown(phrase: str) -> None:
    channels, pair, shown = PHRASES[phrase]
    layer = Standard(**channels)
    assert layer.channels_text == phrase
    assert phrase in layer.alt_text
    assert layer.pair_text(*pair) == shown
    assert "\nAn output channel reads" in arithmetic.text(layer)
    picture = animate(layer, view="matrix", channel=pair)
    assert shown in picture.alt_text
    assert shown in [" ".join(line) for line in picture.scene.parameters]


@pytest.mark.parametrize(
    ("view", "layer"),
    [
        pytest.param(view.name, kind(in_channels=3, out_channels=64), id=f"{view.name}, {name}")
        for view in VIEWS.values()
        for name, kind in (("standard", Standard), ("transposed", Transposed))
        if name in view.kinds and view.over_channels is None
    ],
)
def test_a_picture_of_one_pair_says_so(view: str, layer: Layer) -> None:
    lines = [" ".join(line) for line in animate(layer, view=view).scene.parameters]
    assert "input channel 1 of 3 and output channel 1 of 64 are shown" in lines


def test_the_line_after_drawing_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.gif"
    said = run("standard", "--layer", TEXT, "--i", "5", "-o", str(path))
    assert said.endswith(
        "bytes; 6 input channels, 64 output channels in 2 groups, 4 of 6 and 3 of 64 drawn\n"
    )
    again = tmp_path / "y.gif"
    run(*shlex.split(animate(MANY).command)[1:], "-o", str(again))
    assert path.read_bytes() == again.read_bytes()
    assert run("standard", "--i", "5", "-o", str(path)).endswith("bytes\n")


def test_calls_of_other_frameworks() -> None:
    assert keras_call(MANY).code == (
        "keras.layers.Conv2D(64, kernel_size=3, padding='same', groups=2)"
    )
    assert jax_call(MANY).code == (
        "jax.lax.conv_general_dilated(x, w, window_strides=(1, 1), padding=[(1, 1), (1, 1)], "
        "feature_group_count=2) + b[:, None, None]"
    )
    up = Transposed(in_channels=4, out_channels=2, has_bias=True, p=0)
    assert (
        keras_call(up).code
        == "keras.layers.Conv2DTranspose(2, kernel_size=3, strides=2, padding='valid')"
    )
    assert str(jax_call(up).code).endswith("transpose_kernel=True) + b")
    grouped = Transposed(in_channels=4, out_channels=2, groups=2)
    text = arithmetic.text(grouped)
    assert "Keras:   no single call; its transposed layers have no groups." in text
    assert "JAX:     no single call; jax.lax.conv_transpose has no groups." in text


def test_a_gallery_prints_the_call_with_its_channels(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(f'[[animation]]\nname = "x"\ni = 5\nlayer = "{TEXT}"\n', "utf-8")
    gallery = spec.read(path)
    assert gallery.entries[0].animation.layer == MANY
    assert f"<code>{torch_call(MANY).code}</code>" in page.rendered(gallery)["README.md"]
    path.write_text('[[animation]]\nname = "x"\nlayer = "standard"\nhas-bias = true\n', "utf-8")
    assert spec.read(path).entries[0].animation.layer == Standard(has_bias=True)


def test_counterparts_read_what_the_other_makes() -> None:
    standard, transposed = comparison.pair(MANY)
    assert standard == MANY
    assert (transposed.in_channels, transposed.out_channels, transposed.groups) == (64, 6, 2)
    assert ("channels", "6 → 64", "64 → 6") in comparison.rows(MANY)
    assert ("groups", "2", "2") in comparison.rows(MANY)


REFUSED = {
    "standard --groups 2": "--groups is 2: it must divide both in_channels and out_channels",
    "transposed --in-channels 0": "--in-channels is 0: give a whole number from 1 to 1000000",
    "explain pool --out-channels 2": "--out-channels 2 has no meaning for a pool layer",
    "explain --layer nn.Conv2d(3,4,3) --in-channels 2": (
        "--in-channels 2 contradicts --layer, which says 3: leave one of them out"
    ),
}


@pytest.mark.parametrize("command", REFUSED)
def test_mistakes(command: str) -> None:
    result = CliRunner().invoke(cli, command.split())
    assert result.exit_code == 2
    assert REFUSED[command] in result.stderr


def test_has_bias_is_a_truth() -> None:
    with pytest.raises(ValueError, match="has_bias is 1: give True or False"):
        Standard(has_bias=1)
