"""The field view: rows at their own pitch, what of them a cell sees, and what is drawn of it."""

import json
import shlex
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Network, Pool, Standard, Transposed, Upsample, animate
from conv_anim.cli.group import cli
from conv_anim.drawing.theme import THEMES
from conv_anim.errors import InputError
from conv_anim.frameworks.torch import torch_call
from conv_anim.gallery import page, spec
from conv_anim.scene.scene import Box, Scene
from conv_anim.scene.states import State
from conv_anim.views.field_rows import rows
from tests.support.examples import examples
from tests.support.networks import networks
from tests.support.scenes import played

THREE = Network([Standard(k=3, p=1), Standard(k=3, s=2, p=1), Pool(k=2)], i=16)
CAUSAL = Network([Standard(k=2, d=d, p="causal", ndim=1) for d in (1, 2, 4, 8)], i=16)
HOLES = Network([Standard(k=3, d=2)] * 2, i=13)
SEEN = (State.KERNEL_ON_INPUT, State.MARKED)
ON_THE_WAY = (State.DONE, State.EXTRA_DONE)
SEEING_NOTHING = Network([Transposed(k=2, s=3, p=0, ndim=1), Standard(k=3, ndim=1)], i=3)


def scene(network: Network, **options: Any) -> Scene:
    return animate(network, **options).scene


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["network", *arguments])


@given(networks(), st.booleans())
@examples(60)
def test_what_lights_up_is_what_the_cell_sees(network: Network, is_down: bool) -> None:
    axis = 0 if is_down and network.ndim == 2 else 1
    picture = animate(network, axis="columns" if axis else "rows", width=4000, max_frames=9000)
    found = rows(picture.layer)  # type: ignore[arg-type]  # it is a network
    sections = picture.scene
    for cell, cells in enumerate(played(sections)):
        at = (cell, 0) if axis == 0 else (0, cell)
        seen = network.fields_along(at if network.ndim == 2 else cell)
        for number, row in enumerate(found):
            states = cells[row.role].states[0]
            real = states[row.padding[0] : row.padding[0] + row.size]
            lit = (State.NOW,) if row.role == "output" else ON_THE_WAY if number else SEEN
            assert (np.isin(real, lit) == seen[number][axis]).all()
        if network.ndim == 1:
            states = cells["input"].states[0][found[0].padding[0] :][: found[0].size]
            assert ((states == State.MARKED) == (network.paths(cell) > 1)).all()


@given(networks())
@examples(60)
def test_what_sees_no_input_is_told_apart(network: Network) -> None:
    found = rows(network)
    drawn = played(scene(network, width=4000, max_frames=9000))
    for number, layer in enumerate(network.layers, 1):
        part = Network(network.layers[:number], i=network.i)
        row, size = found[number], layer.output_size[1]
        for column in range(size):
            sees = part.fields_along(column if network.ndim == 1 else (0, column))[0][1].any()
            for cells in drawn:
                state = State(cells[row.role].states[0, row.padding[0] + column])
                apart = (State.EXTRA_TO_COME, State.EXTRA_DONE)
                assert state is State.NOW or (state in apart) == (not sees)


def test_a_cell_that_sees_nothing_has_an_outline() -> None:
    alone = Network([Transposed(k=2, s=3, p=0, ndim=1)], i=3)
    frames = [*scene(alone).frames]
    assert [frame.joint is not None for frame in frames] == [False, False, True] * 2 + [False] * 2
    assert frames[2].joint
    assert (frames[2].joint.head, frames[2].links) == (Box("output", 0, 2, 1, 1), ())
    words = {entry.state: entry.words for entry in scene(SEEING_NOTHING).legend}
    assert words[State.EXTRA_TO_COME] == "cell that sees no input"
    assert words[State.EXTRA_DONE] == "on the way, sees no input"


@given(networks())
@examples(60)
def test_links_lead_from_row_to_row(network: Network) -> None:
    found = rows(network)
    for frame in scene(network, width=4000, max_frames=9000).frames:
        for link, row, below in zip(frame.links, found[::-1], found[-2::-1], strict=False):
            assert (link.head.grid, link.tail.grid) == (row.role, below.role)
            places = range(below.size + sum(below.padding))
            assert link.tail.column in places
            assert link.tail.column + link.tail.columns - 1 in places
            assert link.threads is not None
            heads = {head for _, head in link.threads}
            tails = {tail for tail, _ in link.threads}
            assert heads <= {*range(link.head.column, link.head.column + link.head.columns)}
            assert tails <= {*range(link.tail.column, link.tail.column + link.tail.columns)}
        assert [link.is_framed[1] for link in frame.links[1:]] == [False] * len(frame.links[1:])


PITCHES: dict[str, tuple[Network, list[str], list[str]]] = {
    "stride and pooling": (THREE, ["1", "1", "2", "4"], ["0", "0", "0", "1"]),
    "causal": (CAUSAL, ["1"] * 5, ["0"] * 5),
    "no padding": (HOLES, ["1", "1", "1"], ["0", "2", "4"]),
    "up": (Network([Upsample(2), Pool(k=2)], i=4), ["1", "1/2", "1"], ["0", "-1/4", "0"]),
    "transposed": (Network([Transposed(k=2, s=2, p=0)], i=4), ["1", "1/2"], ["0", "-1/4"]),
    "there and back": (
        Network([Standard(k=2, s=2), Transposed(k=2, s=2, p=0)], i=8),
        ["1", "2", "1"],
        ["0", "1/2", "0"],
    ),
}


@pytest.mark.parametrize("name", PITCHES)
def test_rows_have_their_own_pitch(name: str) -> None:
    network, pitches, places = PITCHES[name]
    found = rows(network)
    assert [row.pitch for row in found] == [*map(Fraction, pitches)]
    assert [row.at for row in found] == [*map(Fraction, places)]


def test_cells_of_a_closed_form_are_over_the_middle_of_what_they_see() -> None:
    for number, row in enumerate(rows(THREE)[1:]):
        reach = THREE.reaches_of_layers[number][1]
        assert not isinstance(reach, str)
        assert row.at == reach.start + Fraction(reach.size - 1, 2)
        assert row.pitch == reach.jump


def test_the_header_says_r_jump_and_start() -> None:
    lines = [" ".join(line) for line in scene(THREE).parameters]
    assert lines == [
        "r = 7 jump = 4 start = −2 i = 16 o = 4 along the columns",
        "each output cell sees 7 input cells, holes and padding included; its neighbour's begin 4 "
        "further",
    ]
    assert "along" not in " ".join(scene(CAUSAL).parameters[0])
    (_, line) = scene(Network([Upsample(2)], i=4)).parameters
    assert line[0].startswith(
        "no closed form for r and jump: layer 1, upsample 2: it makes 2 cells"
    )
    rows_alone = Network([Standard(k=(3, 2)), Transposed(k=(1, 2), s=(1, 2), p=0)], i=8)
    assert scene(rows_alone, axis="rows").parameters[0][0] == "r = 3"
    assert scene(rows_alone).parameters[0][0] == "i = 8"


def test_each_row_says_which_layer_makes_it() -> None:
    found = {role: grid.captions for role, grid in scene(THREE).grids.items()}
    assert found == {
        "output": ("pool max k=2", "→ 4×4"),
        "layer 2": ("standard k=3 s=2 p=1", "→ 8×8"),
        "layer 1": ("standard k=3 p=1", "→ 16×16"),
        "input": ("input 16×16",),
    }
    counters = [frame.counter for frame in scene(THREE).frames]
    assert counters == [f"output cell {number} / 4" for number in range(1, 5)]


def test_ways_are_written_where_there_are_several() -> None:
    found = scene(Network([Standard(k=3)] * 3, i=9))
    cells = played(found)[1]["input"]
    said = [found.strings[label] for label in cells.labels[0]]
    assert said == ["", "1", "3", "6", "7", "6", "3", "1", ""]
    assert scene(CAUSAL).strings == ("",)
    many = scene(Network([Standard(k=3, p=1)] * 9, i=9))
    assert max(map(len, many.strings)) == 3
    assert "" in [many.strings[label] for label in played(many)[4]["input"].labels[0]]


def test_lines_show_where_there_are_holes() -> None:
    frame = next(iter(scene(HOLES).frames))
    assert frame.links[0].threads == ((0, 0), (2, 0), (4, 0))
    assert frame.links[1].tail == Box("input", 0, 0, 1, 9)
    assert {tail for tail, _ in frame.links[1].threads or ()} == {0, 2, 4, 6, 8}
    assert not any(link.threads for frame in scene(THREE).frames for link in frame.links)


def test_what_is_never_seen_is_told_apart() -> None:
    found = scene(Network([Standard(k=2, s=3), Standard(k=1, s=2)], i=10))
    states = [[State(state) for state in grid.states[0]] for grid in found.grids.values()]
    unread, unneeded = State.UNREAD_INPUT, State.UNREACHED_DONE
    assert states[2] == [
        *[State.INPUT, State.INPUT, unread] + [unread] * 3,
        *[State.INPUT, State.INPUT, unread, unread],
    ]
    assert states[1] == [State.TO_COME, unneeded, State.TO_COME]
    assert {entry.state for entry in found.legend} >= {unread, unneeded}


def test_padding_that_is_read_ends_the_way() -> None:
    network = Network([Standard(k=1, ndim=1), Standard(k=3, p=2, ndim=1)], i=3)
    first = played(scene(network))[0]
    assert first["layer 1"].states[0].tolist() == [
        State.KERNEL_ON_ZERO, State.KERNEL_ON_ZERO, State.DONE, State.TO_COME, State.TO_COME,
        State.PADDING, State.PADDING,
    ]  # fmt: skip
    assert first["input"].states[0].tolist() == [State.KERNEL_ON_INPUT, *[State.INPUT] * 2]
    nothing = Network([Standard(k=1, p=2, ndim=1), Standard(k=1, ndim=1)], i=2)
    assert len(next(iter(scene(nothing).frames)).links) == 2
    nothing = Network([Standard(k=1, ndim=1), Standard(k=1, p=2, ndim=1)], i=2)
    assert len(next(iter(scene(nothing).frames)).links) == 1


def test_what_is_past_the_padding_does_not_count() -> None:
    last = played(scene(Network([Pool(k=3, s=2, p=1, ceil=True, ndim=1)], i=4)))[-1]["input"]
    assert last.states[0].tolist() == [
        State.PADDING, *[State.INPUT] * 3, State.KERNEL_ON_INPUT, State.KERNEL_ON_ZERO,
        State.OUTSIDE,
    ]  # fmt: skip


def test_alt_text_name_and_command() -> None:
    picture = animate(THREE, axis="rows", view="field")
    assert picture.alt_text == (
        "Receptive field of a network, 16×16 input, standard k=3 p=1, standard k=3 s=2 p=1, "
        "pool max k=2, 4×4 output, along the rows, r = 7, jump 4, start −2, 4 steps"
    )
    assert picture.default_name == (
        "network_i16_standard-k3-p1_standard-k3-s2-p1_pool-max-k2_rows.gif"
    )
    assert picture.command == (
        "conv-anim network 'standard k=3 p=1' 'standard k=3 s=2 p=1' 'pool max k=2' --i 16 "
        "--axis rows"
    )
    many = animate(Network([Standard(k=3, p=1, ndim=1)] * 12, i=9))
    assert "9 input, 12 layers, 9 output" in many.alt_text
    assert many.default_name.startswith("network_1d_i9_12-layers-")
    assert animate(THREE) == animate(THREE, view="field")
    assert animate(THREE) != animate(THREE, axis="rows")


@pytest.mark.parametrize("suffix", [".gif", ".svg", ".webp", ".png", ".html"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_command_makes_the_same_file(suffix: str, theme: str, folder: Path) -> None:
    network = Network([Standard(k=3, p=1, out_channels=2), Pool(k=2)], i=6)
    path = animate(network, theme=theme).save(f"x{suffix}")
    command = shlex.split(animate(network, theme=theme).command)[1:]
    result = CliRunner().invoke(cli, [*command, "-o", f"y{suffix}"])
    assert result.exit_code == 0, result.stderr
    assert Path(f"y{suffix}").read_bytes() == path.read_bytes()
    assert "frames, 2.5 s, 6×6 → 3×3, " in result.stdout


def test_what_is_passed_over_is_said(folder: Path) -> None:
    model = "Sequential(\n  (0): Conv2d(1, 4, kernel_size=(3, 3), stride=(1, 1))\n  (1): ReLU()\n)"
    Path("model.txt").write_text(model, "utf-8")
    result = run("--model", "model.txt", "--i", "6", "-o", "x.gif")
    assert result.stdout.endswith("bytes; passed over: ReLU\n")


def test_the_command_is_among_the_others() -> None:
    assert "network" in CliRunner().invoke(cli, ["--help"]).stdout
    said = run("--help").stdout
    assert "--axis rows|columns" in said
    assert "[default: 32]" in said
    assert "--values" not in said


REFUSED = {
    "too many layers": (
        ["standard k=3 p=1"] * 500,
        "a picture has room for 18 layers, and the network has 500: draw some of them, or have "
        "all explained by «explain network»",
    ),
    "too many cells": (
        ["standard k=3", "--i", "900"],
        "cells would be smaller than 3 px: the input has 900 cells, and the picture is 960 px "
        "wide; the largest input that fits is --i 239, or give a larger --width (up to 4000)",
    ),
    "no layer": ([], "a network has at least one layer, and there is none: give some"),
    "another view": (
        ["standard k=3", "--view", "slide"],
        "--view slide shows layers, not networks: give field",
    ),
    "an axis that isn't there": (
        ["standard 1d k=3", "--axis", "rows"],
        "--axis rows has no meaning for a network with one axis: leave it out",
    ),
    "another axis": (["standard", "--axis", "depth"], "--axis is 'depth': give rows or columns"),
    "numbers": (["standard k=3", "--values"], "No such option '--values', it has no meaning for"),
    "a size of a layer": (["standard", "--k", "3"], "No such option '--k', it has no meaning for"),
    "steps that aren't there": (
        ["standard k=3", "--i", "5", "--frames", "1:4"],
        "--frames is 1:4, and the network has 3 steps: give the first and the last step",
    ),
    "a model that is not there": (["--model", "x"], "--model 'x' cannot be read: No such file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name: str, folder: Path) -> None:
    arguments, sentence = REFUSED[name]
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {sentence}")
    assert not [*folder.iterdir()]


def test_as_many_layers_as_fit_are_drawn() -> None:
    picture = animate(Network([Standard(k=3, p=1)] * 18, i=9))
    assert picture.layout.cell.height * picture.layout.pixels.per_pt >= 3
    assert picture.to_bytes("png")


def test_what_networks_do_not_have() -> None:
    with pytest.raises(InputError, match="values has no meaning for a network: leave it out"):
        animate(THREE, values=True)
    with pytest.raises(InputError, match="view='field' shows networks, not layers: give slide"):
        animate(Standard(), view="field")
    with pytest.raises(InputError, match="axis has no meaning for a standard layer"):
        animate(Standard(), axis="rows")
    with pytest.raises(InputError, match="a network has no numbers, only what its cells see"):
        animate(THREE).output  # noqa: B018 - asking is the test
    with pytest.raises(TypeError, match="or a Network of layers, not Upsample"):
        animate(Upsample(2))


def test_a_spec_has_networks(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(
        'defaults = { layer = "standard", k = 3, i = 9, process = true }\n'
        '[[animation]]\nname = "a"\n'
        'layers = ["Conv2d(1, 8, 3)", "ReLU()", "pool max k=2"]\naxis = "rows"\n'
        '[[animation]]\nname = "b"\n'
        '[[sweep]]\nlayers = ["standard k=2 p=causal", "standard k=3"]\n1d = true\ni = [8, 12]\n',
        "utf-8",
    )
    gallery = spec.read(path)
    found = {entry.name: entry.animation for entry in gallery.entries}
    assert [*found] == ["a", "b", "network_i8", "network_i12"]
    network = Network([Standard(k=3, out_channels=8, has_bias=True), Pool(k=2)], i=9)
    assert found["a"].layer == network
    assert found["a"].remarks == ("passed over: ReLU",)
    assert found["b"].options.process
    assert found["network_i12"].layer.i == (1, 12)
    readme = page.rendered(gallery)["README.md"]
    code = "torch.nn.Sequential(torch.nn.Conv2d(1, 8, kernel_size=3), torch.nn.MaxPool2d(kernel"
    assert str(torch_call(network).code).startswith(code)
    assert code in readme
    index = page.rendered(gallery)["index.html"]
    assert "No single PyTorch call: layer 1: it pads both sides of an axis alike" in index


SPECS = {
    'layers = ["standard k=3"]\nlayer = "standard"': "layer and layers both say what is drawn",
    'layers = "standard k=3"': "layers is 'standard k=3': give a list of texts, such as",
    "layers = [3]": "layers is [3]: give a list of texts, such as",
    "layers = []": "a network has at least one layer, and there is none",
    'layers = ["standard k=3"]\nk = 3': "k 3 has no meaning for a network: give it with a layer",
    'layers = ["standard k=3"]\nshade = true': "shade has no meaning for a network: leave it out",
    'layers = ["standard k"]': "layer 1, 'standard k': 'k' has no meaning for a standard layer",
    "i = 3": "it has no layer: give standard, transposed, pool, separable or the text of a PyTorch",
}


@pytest.mark.parametrize("words", SPECS)
def test_a_spec_with_mistakes(words: str, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(f'[[animation]]\nname = "a"\n{words}\n', "utf-8")
    with pytest.raises(InputError) as caught:
        spec.read(path)
    assert SPECS[words] in str(caught.value)


def test_the_built_in_gallery_has_a_section_of_networks() -> None:
    found = {
        entry.name: entry.animation.layer
        for entry in spec.read().sections["Networks: what a cell sees"]
    }
    three, one = found["network_three_3x3"], found["network_one_7x7"]
    assert isinstance(three, Network)
    assert isinstance(one, Network)
    assert three.receptive_field == one.receptive_field == (7, 7)
    assert len(found) == 6
    assert json.dumps([*found])
