"""Pictures of layers with channels: planes, kernels of filters, and what these add."""

import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import colors

from conv_anim import Pool, Separable, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.cli.group import cli
from conv_anim.core.layer import Layer
from conv_anim.drawing.drawing import LINE, Outline
from conv_anim.drawing.fonts import Font, measure
from conv_anim.drawing.sums import elided
from conv_anim.drawing.text_flow import LETTERS
from conv_anim.errors import InputError
from conv_anim.scene.playback import Cells, occurring, played
from conv_anim.scene.scene import Box, Sum
from conv_anim.scene.states import NOTHING, State
from tests.support.examples import examples
from tests.support.refusals import check_refused
from tests.support.slow import (
    layers,
    slow_outputs,
    slow_states,
    slow_windows,
)

UNDER = {State.INPUT: State.KERNEL_ON_INPUT, State.OUTSIDE: State.OUTSIDE}
TINTS = {1: State.RED, 2: State.GREEN, 3: State.INPUT}


@st.composite
def channelled(draw: st.DrawFn) -> tuple[Layer, dict[str, Any]]:
    """A layer with a few channels, none of them left out, and how it is drawn."""
    layer = draw(layers)
    planes = draw(st.integers(1, 4))
    options = {"order": draw(st.sampled_from(["filter", "position"]))}
    groups = draw(st.sampled_from([1, planes]))
    filters = groups * draw(st.integers(1, 4 // groups))
    layer = layer.with_channels(planes, filters, groups)
    return layer, options if filters > 1 else {}


def steps(layer: Layer, options: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return filter and place of each step, the filters counted from 1."""
    filters, places = range(1, layer.out_channels + 1), range(layer.n_steps)
    if options.get("order") == "position":
        return [(filter_, place) for place in places for filter_ in filters]
    return [(filter_, place) for filter_ in filters for place in places]


def resting(layer: Layer, channel: int, *, is_read: bool) -> list[list[State]]:
    """Name the cells of a plane, one by one."""
    tint = State.INPUT
    if isinstance(layer, Standard) and layer.in_channels == 3:
        tint = TINTS[channel]
    own = tint if is_read else State.IDLE
    return [[own if state is State.INPUT else state for state in row] for row in slow_states(layer)]


VIEWS = st.sampled_from(["slide", "stack"])


@given(channelled(), VIEWS)
@examples(20)
def test_states_at_every_step_are_those_of_the_rules(
    drawn: tuple[Layer, dict[str, Any]], view: str
) -> None:
    layer, options = drawn
    if not layer.has_channels:
        return
    if view == "stack" and not options and layer.out_channels > 1:
        options = {"order": "filter"}  # of itself it goes by position
    ways: dict[str, Any] = {"values": False, "width": 4000, "max_frames": 10_000, "view": view}
    picture = animate(layer, **ways, **options)
    windows, (before, after) = slow_windows(layer), slow_outputs(layer)
    n_done = dict.fromkeys(range(1, layer.out_channels + 1), 0)
    frames = played(picture.scene.grids, picture.scene.frames)
    for (filter_, place), grids in zip(steps(layer, options), frames, strict=True):
        per_group = layer.out_channels // layer.groups
        group = (filter_ - 1) // per_group
        read = layer.in_channels // layer.groups
        for channel in range(1, layer.in_channels + 1):
            is_read = group * read < channel <= (group + 1) * read
            cells = resting(layer, channel, is_read=is_read)
            if is_read:
                for row, column in windows[place].taps:
                    state = cells[row][column]
                    is_input = state in (State.INPUT, State.RED, State.GREEN)
                    under = State.KERNEL_ON_INPUT if is_input else State.KERNEL_ON_ZERO
                    cells[row][column] = UNDER.get(state, under)
            found = grids[f"input {channel}"].states
            assert found.tolist() == cells
            weight = State.WEIGHT if is_read else NOTHING
            if view == "slide":
                assert (grids[f"kernel {channel}"].states == weight).all()
            elif channel <= read:
                assert (grids[f"kernel {channel}"].states == State.WEIGHT).all()
        for other, count in n_done.items():
            states = [*after[:count], *before[count:]]
            if other == filter_:
                states[place] = State.NOW
            assert grids[f"output {other}"].states.ravel().tolist() == states
        n_done[filter_] += 1


@given(channelled())
@examples(40)
def test_the_legend_has_just_the_kinds_that_occur(drawn: tuple[Layer, dict[str, Any]]) -> None:
    layer, options = drawn
    if not layer.has_channels:
        return
    n_steps = layer.n_steps * layer.out_channels
    for frames in (None, (n_steps // 2 + 1, n_steps)):
        picture = animate(
            layer, values=False, width=4000, max_frames=10_000, frames=frames, **options
        )
        scene = picture.scene
        named = {entry.state for entry in scene.legend}
        assert named == occurring(scene.grids, scene.frames)


def terms_of(total: Sum) -> list[str]:
    return [*total.terms]


def numbers(picture: Animation, cells: Cells, box: Box) -> list[str]:
    strings = picture.scene.strings
    return [strings[label] for label in cells.labels[box.area].ravel().tolist()]


@pytest.mark.parametrize("order", ["filter", "position"])
@pytest.mark.parametrize(
    "layer",
    [
        pytest.param(Standard(i=4, p=1, s=2, in_channels=3, out_channels=2), id="colours"),
        pytest.param(Standard(i=4, k=2, in_channels=4, out_channels=4, groups=2), id="groups"),
        pytest.param(Transposed(i=2, in_channels=2, out_channels=2), id="transposed"),
        pytest.param(Standard(i=5, ndim=1, d=2, in_channels=2, out_channels=3), id="1-D, dilated"),
    ],
)
def test_every_product_of_a_sum_is_a_pair_of_outlined_cells(layer: Layer, order: str) -> None:
    picture = animate(layer, values=True, bias=1, order=order, width=2000)
    frames = [*picture.scene.frames]
    for frame, grids in zip(frames, played(picture.scene.grids, frames), strict=True):
        assert frame.sum is not None
        assert frame.joint is not None
        products = []
        for link in frame.links:
            tail = grids[link.tail.grid]
            taps = np.isin(tail.states, [State.KERNEL_ON_INPUT, State.KERNEL_ON_ZERO])
            strings = picture.scene.strings
            window = [strings[label] for label in tail.labels[taps].tolist()]
            assert taps[link.tail.area].sum() == taps.sum()  # they are what is outlined
            kernel = numbers(picture, grids[link.head.grid], link.head)
            assert link.head.n_cells == kernel.__len__() == len(window)
            products += [f"{a}·{b}" for a, b in zip(window, kernel, strict=True)]
        assert terms_of(frame.sum) == products
        assert frame.joint.tails == tuple(link.head for link in frame.links)
        (result,) = numbers(picture, grids[frame.joint.head.grid], frame.joint.head)
        assert frame.sum.end == f" + bias 1 = {result}"
        assert eval("+".join(products).replace("·", "*")) + 1 == int(result)


def text_of(total: Sum, room: float = 1e6) -> str:
    return elided(total, room)[0]


def test_a_sum_keeps_channels_apart() -> None:
    picture = animate(
        Standard(i=2, k=2, in_channels=3, out_channels=2),
        input="1 0; 2 0 | 0 0; 0 3 | 1 1; 1 1",
        kernel="2 1; 0 0 | 0 0; 0 1 | 0 0; 1 0 || 1 1; 1 1 | 1 1; 1 1 | 0 0; 0 0",
        bias="1, 0",
    )
    first, second = (frame.sum for frame in picture.scene.frames)
    assert first is not None
    assert second is not None
    assert text_of(first) == (
        "R: 1·2 + 0·1 + 2·0 + 0·0, G: 0·0 + 0·0 + 0·0 + 3·1, B: 1·0 + 1·0 + 1·1 + 1·0 + bias 1 = 7"
    )
    font = Font(LETTERS.pt)
    width = measure(text_of(first), font).width
    assert text_of(first, width - 1) == "R: 1·2, G: 3·1, B: 1·1 + bias 1 = 7"
    width = measure(text_of(second), font).width
    assert text_of(second, width - 1) == "R: 1·1 + 2·1, G: 3·1, B: 0 = 6"
    assert text_of(second, 100) == "R: …, G: …, B: … = 6"


@pytest.mark.parametrize("channels", [(64, 512), (512, 64), (9, 9)])
def test_of_many_channels_some_are_drawn_and_the_others_counted(
    channels: tuple[int, int],
) -> None:
    n_in, n_out = channels
    layer = Standard(i=4, in_channels=n_in, out_channels=n_out)
    picture = animate(layer, frames="1:1")
    areas = picture.scene.arrangement.areas
    assert [role for role in areas if not role.startswith("kernel")] == [
        "input 1", "input 2", f"input {n_in}", "output 1", "output 2", f"output {n_out}",
    ]  # fmt: skip
    assert {role: area.more for role, area in areas.items() if area.more} == {
        "input 2": f"{n_in - 3} more", "output 2": f"{n_out - 3} more",
    }  # fmt: skip
    assert f"{n_in} input channels, {n_out} output channels, 3 of" in picture.alt_text
    counters = [frame.counter for frame in animate(layer).scene.frames]
    assert counters[4:9:4] == [
        f"filter 2 / {n_out}, step 1 / 4",
        f"filter {n_out} / {n_out}, step 1 / 4",
    ]


GROUPS = {
    "two": ((64, 64, 2), "1 32 33 64", "1 2 64"),
    "few channels in each": ((6, 6, 3), "1 2 5 6", "1 2 6"),
    "many": ((64, 8, 8), "1 9 57", "1 2 8"),
    "depthwise": ((64, 64, 64), "1 2 64", "1 2 64"),
    "several filters a channel": ((64, 128, 64), "1 64", "1 2 128"),
    "few channels": ((4, 8, 2), "1 2 3 4", "1 2 8"),
}


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("view", ["slide", "stack"])
def test_every_filter_reads_something_that_is_drawn(name: str, view: str) -> None:
    channels, inputs, outputs = GROUPS[name]
    layer = Standard(i=3, k=2).with_channels(*channels)
    picture = animate(layer, view=view)
    roles = picture.scene.arrangement.roles
    assert [role.split()[1] for role in roles if role.startswith("input")] == inputs.split()
    assert [role.split()[1] for role in roles if role.startswith("output")] == outputs.split()
    assert all(frame.links for frame in picture.scene.frames)


@pytest.mark.parametrize(("channels", "theme"), [((4, 4, 2), "light"), ((1, 4, 1), "dark")])
def test_in_a_volume_what_is_in_work_is_seen_through_what_hides_it(
    channels: tuple[int, int, int], theme: str
) -> None:
    picture = animate(Standard().with_channels(*channels), view="stack", theme=theme)
    drawing = picture.drawing
    ink = np.array(colors.to_rgb(picture.options.palette.outline)) * 255
    for number, seen in enumerate(picture):
        for column in picture.scene.arrangement.columns:
            points = [x for role in column for x in drawing.planes[role].corners]
            (left, top), (right, bottom) = np.min(points, 0), np.max(points, 0)
            volume = seen[int(top) : int(bottom) + 2, int(left) : int(right) + 2]
            assert (volume == np.rint(ink)).all(axis=2).sum() > 20, (number, column)


def test_through_numbers_no_outline_is_drawn() -> None:
    picture = animate(Standard().with_channels(1, 4, 1), view="stack", values=True)
    planes = picture.drawing.planes
    for frame in picture.drawing.frames:
        for item in frame.items.values():
            assert not isinstance(item, Outline) or item.order == planes[item.plane].order + LINE


def test_the_sign_is_there_where_something_is_added() -> None:
    def signs(picture: Animation) -> list[bool]:
        found, items = [], dict[str, object]()
        for frame in picture.drawing.frames:
            items |= frame.items
            found.append(items.get("joint circle") is not None)
        return found

    separable = animate(Separable(i=3, k=2, in_channels=2, out_channels=1))
    assert signs(separable) == [False] * 8 + [True] * 4
    stamps = animate(Transposed(i=2, in_channels=2), view="stamp")
    assert signs(stamps) == [True] * 4 + [False]


RESULTS: dict[str, Animation] = {
    "columns": animate(Standard(i=(3, 8), in_channels=2, out_channels=6), values=True),
    "stamps": animate(Transposed(i=2, in_channels=2, out_channels=2), view="stamp", values=True),
    "depthwise": animate(Standard(i=4, in_channels=3, out_channels=3, groups=3), values=True),
    "separable": animate(Separable(i=4), values=True),
    "no numbers": animate(Standard(i=(3, 8), in_channels=2, out_channels=6)),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_line_leads_to_each_result_and_through_no_number(name: str) -> None:
    picture = RESULTS[name]
    planes = picture.drawing.planes
    items: dict[str, Any] = {}
    for frame, drawn in zip(picture.scene.frames, picture.drawing.frames, strict=True):
        items |= drawn.items
        if frame.joint is None:
            continue
        box, plane = frame.joint.head, planes[frame.joint.head.grid]
        expected = plane.point(box.row + box.rows / 2, box.column)
        if name != "no numbers":
            expected = plane.origin[0] - 3, expected[1]
        line = items[max(key for key in items if key.startswith("joint line") and items[key])]
        assert line.end == pytest.approx(expected, abs=1)


def with_plus(picture: Animation) -> list[bool]:
    """Return in which frames a bias is added after the sign, by a line on each side of it."""
    found, items = [], dict[str, Any]()
    for frame in picture.drawing.frames:
        items |= frame.items
        text = items.get("joint plus")
        found.append(text is not None)
        if text:
            assert text.string == "+ bias"
            keys = sorted(key for key in items if key.startswith("joint line") and items[key])
            *_, before, after = (items[key] for key in keys)
            ring = max(x for x, _ in items["joint circle"].points)
            end = text.x + measure(text.string, text.font).width
            assert ring <= before.start[0] + 0.1 < before.end[0] < text.x
            assert end < after.start[0] < after.end[0]
            middle = text.baseline - text.font.pt * 0.35
            assert [before.end[1], after.start[1]] == [pytest.approx(middle, abs=1)] * 2
    return found


def test_after_the_sum_comes_the_bias() -> None:
    layer = Standard(i=3, k=2, in_channels=3, out_channels=2)
    assert with_plus(animate(layer.with_bias())) == [True] * 8
    assert with_plus(animate(layer, values=True, bias=(0, 1))) == [True] * 8
    assert with_plus(animate(layer)) == with_plus(animate(layer, values=True)) == [False] * 8
    assert with_plus(animate(layer.with_bias(), parts=())) == [False] * 8
    one_each = layer.with_channels(2, 2, 2).with_bias()
    assert with_plus(animate(one_each)) == [False] * 8  # nothing is added
    narrow = Standard(i=9, in_channels=9, out_channels=2, has_bias=True)
    few = animate(narrow, channels="1,2,3,4,5,6,7:1", every=99)
    assert with_plus(few) == [False] * 2  # there is no room


def test_at_the_end_kernels_are_still_those_of_the_last_filter() -> None:
    picture = animate(Transposed(i=1, in_channels=2, out_channels=3), view="stamp")
    assert [frame.caption for frame in picture.scene.frames] == [0, 1, 2, 2]


def test_pooled_planes_are_level_with_those_that_they_come_from() -> None:
    planes = animate(Pool(i=4, k=2, in_channels=9)).drawing.planes
    for channel in (1, 2, 9):
        middles = [
            np.mean(planes[f"{kind} {channel}"].corners, axis=0)[1] for kind in ("input", "output")
        ]
        assert middles[0] == pytest.approx(middles[1], abs=1)


def test_a_volume_says_which_of_its_channels_are_drawn() -> None:
    def written(channels: object) -> list[str]:
        layer = Standard(in_channels=20, out_channels=2)
        picture = animate(layer, view="stack", channels=channels)
        grids = picture.scene.grids
        first = [roles[0] for roles in picture.scene.arrangement.columns]
        return [grids[role].captions[-1] for role in (first[0], first[-1])]

    assert written(None) == ["front to back: 1, 2, 20", "2 channels of 3×3"]
    assert written("3,5,7:2") == ["front to back: 3, 5, 7", "drawn: 2"]
    assert written([[*range(1, 8)], None])[0] == "7 of them drawn"


def test_a_filter_that_reads_nothing_that_is_drawn_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for channels, groups, drawn, sentence in (
        ("6:6", 2, "1,2:1,6", "6, which comes from input channels 4 to 6: add one of those, or"),
        ("4:4", 4, "1:2", "2, which comes from input channel 2: add that, or leave out the output"),
    ):
        check_refused(
            f"standard -c {channels} --groups {groups} --channels {drawn}",
            f"--channels has output channel {sentence}",
            folder,
            monkeypatch,
        )
    check_refused(
        "pool -c 3 --channels 1:3", "--channels has output channel 3, which comes from input "
        "channel 3: add that, or leave out the output channel", folder, monkeypatch,
    )  # fmt: skip


def test_channels_before_the_first_that_is_drawn_are_counted() -> None:
    layer = Standard(i=3, k=2, in_channels=8, out_channels=3)
    areas = animate(layer, channels="3,5:2").scene.arrangement.areas
    assert {role: (area.more_above, area.more) for role, area in areas.items() if area.more} == {
        "input 3": ("2 more", "1 more"), "input 5": ("", "3 more"), "output 2": ("1 more", "1 more")
    }  # fmt: skip


def test_what_is_left_out_is_in_the_sum() -> None:
    layer = Standard(i=3, in_channels=40, out_channels=1)
    picture = animate(layer, values=True)
    (frame,) = picture.scene.frames
    assert frame.sum is not None
    assert [name for name, _ in frame.sum.parts] == ["1: ", "2: ", "40: ", "37 more: "]
    total = sum(eval(term.replace("·", "*")) for term in frame.sum.terms)
    assert frame.sum.end == f" = {total}"
    assert picture.output.tolist() == [[[total]]]


def test_channels_can_be_chosen() -> None:
    layer = Standard(i=3, k=2, in_channels=8, out_channels=8)
    picture = animate(layer, channels="2,5:1,8")
    roles = picture.scene.arrangement.roles
    assert roles == ("input 2", "input 5", "kernel 2", "kernel 5", "output 1", "output 8")
    assert len(picture) == 2 * 4
    assert picture == animate(layer, channels=[[5, 2], [1, 8]])
    assert picture.command.endswith("--channels 2,5:1,8")
    assert picture.default_name == "standard_i3_k2_p0_s1_in8_out8_channels2-5to1-8.gif"
    areas = picture.scene.arrangement.areas
    assert [areas[role].more for role in ("input 2", "input 5", "output 1", "output 8")] == [
        "2 more", "3 more", "6 more", "",
    ]  # fmt: skip
    grouped = Standard(i=3, k=2, in_channels=8, out_channels=16, groups=8)
    roles = animate(grouped, channels=3).scene.arrangement.roles
    assert roles == ("input 3", "kernel 3", "output 5", "output 6")  # those that read it


HEADERS = [
    (Standard(in_channels=3, out_channels=2), "Convolution over channels",
     "3 input channels, 2 filters of 3×3×3: weights 2·3·3·3 = 54"),
    (Standard(in_channels=4, out_channels=4, groups=4, has_bias=True), "Depthwise convolution",
     "4 input channels, 4 filters of 3×3×1: weights 4·1·3·3 = 36 + 4 biases / "
     "depthwise: each channel has its own filter"),
    (Standard(in_channels=2, out_channels=4, groups=2), "Depthwise convolution",
     "2 input channels, 4 filters of 3×3×1: weights 4·1·3·3 = 36 / "
     "depthwise: each channel has 2 filters of its own"),
    (Standard(in_channels=4, out_channels=2, groups=2), "Grouped convolution",
     "4 input channels, 2 filters of 3×3×2: weights 2·2·3·3 = 36 / "
     "2 groups: each filter reads 2 of 4 channels"),
    (Standard(k=1, in_channels=2, out_channels=1, has_bias=True), "1×1 convolution",
     "2 input channels, 1 filter of 1×1×2: weights 1·2·1·1 = 2 + 1 bias / "
     "each output cell adds up the channels of one input cell"),
    (Transposed(in_channels=2, out_channels=3), "Transposed convolution over channels",
     "2 input channels, 3 filters of 3×3×2: weights 2·3·3·3 = 54"),
    (Standard(ndim=1, in_channels=2), "Convolution over channels, 1-D",
     "2 input channels, 1 filter of 3×2: weights 1·2·3 = 6"),
    (Pool(in_channels=3), "Max pooling, plane by plane", "3 channels, each by itself"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("layer", "title", "lines"), HEADERS, ids=[x[1] + x[2][:9] for x in HEADERS]
)
def test_the_header_says_what_follows_from_the_sizes(layer: Layer, title: str, lines: str) -> None:
    scene = animate(layer).scene
    assert scene.title == title
    said = [" ".join(line) for line in scene.parameters[1:]]
    assert said[: len(lines.split(" / "))] == lines.split(" / ")


REFUSED = {
    "order of one filter": (["-c", "3:1", "--order", "position"],
        "--order position has no meaning where one filter is drawn: leave it out"),
    "order of one channel": (["--order", "position"],
        "--order position has no meaning for a layer with one channel: leave it out"),
    "channels of one channel": (["--channels", "1"],
        "--channels 1 has no meaning for a layer with one channel: leave it out"),
    "channels of a pair": (["-c", "3:2", "--view", "matrix", "--channels", "1"],
        "--channels 1 has no meaning where the view shows one pair, which --channel gives"),
    "a pair of all": (["-c", "3:2", "--channel", "2:1"],
        "--channel 2:1 has no meaning where several are drawn, which --channels gives"),
    "no such pair": (["-c", "3:2", "--channel", "9:1", "--view", "matrix"],
        "--channel is 9:1, and the layer has 3 input channels: give one from 1 to 3"),
    "no such output": (["-c", "3:2", "--channel", "1:3", "--view", "matrix"],
        "--channel is 1:3, and the layer has 2 output channels: give one from 1 to 2"),
    "a pair apart": (["-c", "4:4", "--groups", "2", "--channel", "1:3", "--view", "matrix"],
        "--channel is 1:3, and filter 3 reads input channels 3 to 4: give one of those"),
    "no pair": (["-c", "3:2", "--channel", "2", "--view", "matrix"],
        "--channel is 2: give an input and an output channel, counted from 1, such as"),
    "no such channels": (["-c", "3:2", "--channels", "1,4"],
        "--channels has input channel 4, and the layer has 3: give some from 1 to 3"),
    "no such filters": (["-c", "3:2", "--channels", "1:5"],
        "--channels has output channel 5, and the layer has 2: give some from 1 to 2"),
    "no channels": (["-c", "3:2", "--channels", "all"],
        "--channels is 'all': give input channels, counted from 1, such as --channels 1,2,5"),
    "none at all": (["-c", "3:2", "--channels", ":"], "--channels is ':': give input channels"),
    "cells too small": (["-c", "8:8", "--channels", "1,2,3,4,5,6,7,8", "--i", "40", "--values"],
        "would be smaller than"),
    "numbers too small": (
        ["-c", "8:8", "--channels", "1,2,3,4,5,6,7,8:1,2", "--i", "12", "--values"],
        "give --width 3560, up to 2 of each side with --channels, --shade instead of --values or"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused(name: str) -> None:
    arguments, sentence = REFUSED[name]
    result = CliRunner().invoke(cli, ["standard", *arguments, "-o", "x.gif"])
    assert result.exit_code == 2
    assert sentence in re.sub(r"\s+", " ", result.stderr.replace("\n", " "))


@pytest.mark.parametrize("mode", ["max", "average"])
def test_pooling_goes_over_plane_after_plane(mode: str) -> None:
    planes = np.arange(32.0).reshape(2, 4, 4)
    picture = animate(Pool(i=4, mode=mode), input=planes)
    frames = [*picture.scene.frames]
    assert [frame.counter for frame in frames] == [
        f"channel {channel} / 2, step {step} / 4" for channel in (1, 2) for step in (1, 2, 3, 4)
    ]
    alone = [[*animate(Pool(i=4, mode=mode), input=plane).scene.frames] for plane in planes]
    assert [frame.sum for frame in frames] == [frame.sum for each in alone for frame in each]
    for number, grids in enumerate(played(picture.scene.grids, frames)):
        now, other = (1, 2) if number < 4 else (2, 1)
        assert (grids[f"input {other}"].states == State.IDLE).all()
        has_largest = (grids[f"input {now}"].states == State.MARKED).sum() == 1
        assert has_largest == (mode == "max")
        (link,) = frames[number].links
        assert (link.tail.grid, link.head.grid) == (f"input {now}", f"output {now}")


def test_the_output_can_be_hidden() -> None:
    picture = animate(Standard(i=3, k=2, in_channels=2, out_channels=2), values=True, hide="output")
    for frame, grids in zip(
        picture.scene.frames, played(picture.scene.grids, picture.scene.frames), strict=True
    ):
        assert frame.sum is not None
        assert frame.sum.end == " = ?"
        for role in ("output 1", "output 2"):
            assert not grids[role].labels.any()
            assert set(np.unique(grids[role].states)) <= {State.TO_COME, State.NOW}


def test_the_stages_are_those_of_one_pair() -> None:
    layer = Transposed(i=2, in_channels=3, out_channels=2)
    picture = animate(layer, process=True, channel="3:2", values=True)
    assert "input channel 3 of 3 and output channel 2 of 2 are shown" in picture.alt_text
    assert {*picture.scene.grids} == {"input", "kernel", "output"}
    assert np.array_equal(picture.shown.input, picture.values.input[2])


def test_numbers_that_cannot_be_read_are_shaded_unasked() -> None:
    layer = Standard(i=30, in_channels=2, out_channels=2)
    picture = animate(layer, input=np.ones((2, 30, 30)), every=500)
    assert picture.options.shade
    with pytest.raises(InputError, match="number"):
        animate(layer, values=True, every=500)


def test_a_volume_fills_a_column_of_its_output_at_each_place() -> None:
    layer = Standard(i=3, k=2, in_channels=2, out_channels=3)
    picture = animate(layer, view="stack")
    assert [frame.counter for frame in picture.scene.frames][:4] == [
        "filter 1 / 3, step 1 / 4", "filter 2 / 3, step 1 / 4", "filter 3 / 3, step 1 / 4",
        "filter 1 / 3, step 2 / 4",
    ]  # fmt: skip
    by_filter = animate(layer, view="stack", order="filter")
    assert [frame.counter for frame in by_filter.scene.frames] == [
        frame.counter for frame in animate(layer).scene.frames
    ]
    assert by_filter != picture
    assert animate(layer, view="stack", order="position") != picture  # though it looks the same


@pytest.mark.parametrize("values", [False, True])
def test_planes_in_front_hide_those_behind(values: bool) -> None:
    layer = Standard(i=4, k=2, in_channels=3, out_channels=2)
    picture = animate(layer, view="stack", values=values, smooth=True)
    drawing = picture.drawing
    planes = [drawing.planes[f"input {channel}"] for channel in (1, 2, 3)]
    assert [plane.order - planes[-1].order for plane in planes] == [60, 30, 0]
    corners = [plane.point(0, 0) for plane in planes]
    assert all(a[0] < b[0] and a[1] > b[1] for a, b in pairwise(corners))
    frames = [*picture.scene.frames]
    for grids in played(picture.scene.grids, frames):
        behind = grids["input 2"].labels
        assert not behind[1:, :-1].any()  # half a number is none
        assert behind[0].any() == behind[:, -1].any() == values
        assert grids["input 1"].labels.all() == values


def test_a_volume_has_as_many_kernels_as_a_filter_has() -> None:
    grouped = Standard(i=3, k=2, in_channels=4, out_channels=2, groups=2)
    roles = animate(grouped, view="stack").scene.arrangement.roles
    assert [role for role in roles if role.startswith("kernel")] == ["kernel 1", "kernel 2"]
    picture = animate(grouped, view="stack", values=True, order="filter")
    labels = [
        grids["kernel 1"].labels[0, 0]
        for grids in played(picture.scene.grids, picture.scene.frames)
    ]
    numbers = picture.values.kernel
    assert numbers is not None
    strings = picture.scene.strings
    assert [float(strings[label]) for label in labels] == [
        *[numbers[0, 0, 0, 0]] * 4, *[numbers[1, 0, 0, 0]] * 4
    ]  # fmt: skip


@pytest.mark.parametrize("view", ["slide", "stack"])
@pytest.mark.parametrize(
    "layer",
    [
        pytest.param(Standard(i=4, in_channels=3, out_channels=2), id="colours"),
        pytest.param(Standard(i=3, k=2, in_channels=4, out_channels=4, groups=2), id="groups"),
        pytest.param(Pool(i=4, in_channels=2), id="pooling"),
    ],
)
def test_values_have_one_scale_for_all_channels(layer: Layer, view: str) -> None:
    picture = animate(layer, view=view, shade=True, seed=1)
    picture.to_bytes()
    scene = picture.scene
    scales = [role for role, grid in scene.grids.items() if grid.scale]
    assert len(scales) == len({role.split()[0] for role in scene.grids})  # one a column
    values = picture.values.input
    low, high = values.min(), values.max()
    shades: dict[float, int] = {}
    for plane, (role, grid) in zip(values, scene.grids.items(), strict=False):
        assert role.startswith("input")
        assert grid.levels is not None
        for value, level in zip(plane.ravel(), grid.levels.ravel(), strict=True):
            assert shades.setdefault(value, int(level)) == level
    assert (shades[low], shades[high]) == (0, 24)
    assert not {State.RED, State.GREEN} & {entry.state for entry in scene.legend}


@pytest.mark.parametrize("order", ["filter", "position"])
@pytest.mark.parametrize(
    "layer",
    [
        pytest.param(Transposed(i=2, in_channels=2, out_channels=2), id="cropped"),
        pytest.param(Transposed(i=2, k=2, s=3, op=1, in_channels=4, out_channels=4, groups=2),
                     id="groups"),
        pytest.param(Transposed(i=4, k=3, s=1, p=0, d=2, ndim=1, in_channels=3, out_channels=2),
                     id="1-D, dilated"),
        pytest.param(Transposed(i=2, k=3, p=2, in_channels=9, out_channels=2), id="some drawn"),
    ],
)  # fmt: skip
def test_stamps_of_all_channels_add_up_to_the_output(layer: Transposed, order: str) -> None:
    picture = animate(layer, view="stamp", values=True, bias=2, order=order, seed=3, width=3000)
    frames = [*picture.scene.frames]
    shown = picture.view.channels
    assert shown is not None
    assert len(frames) == len(picture) == len(shown.outputs) * layer.n_inputs + 1
    strings = picture.scene.strings
    n_filters = len(shown.outputs)
    for step, (frame, grids) in enumerate(
        zip(frames[:-1], played(picture.scene.grids, frames), strict=False)
    ):
        cell, number = divmod(step, n_filters)
        if order == "filter":
            number, cell = divmod(step, layer.n_inputs)
        filter_ = shown.outputs[number]
        row, column = divmod(cell, layer.i[1])
        read = [f"input {channel + 1}" for channel in shown.read(filter_)]
        assert [link.tail for link in frame.links] == [
            Box(role, row, column, 1, 1) for role in read
        ]
        for channel in shown.inputs:
            states = grids[f"input {channel + 1}"].states
            if f"input {channel + 1}" in read:
                assert np.argwhere(states == State.KERNEL_ON_INPUT).tolist() == [[row, column]]
                kernel = grids[f"kernel {channel + 1}"].labels
                value = picture.values.input[channel, row, column]
                assert picture.values.kernel is not None
                weights = picture.values.kernel[channel, filter_ % layer.filters_per_group]
                assert [strings[label] for label in kernel.ravel()] == [
                    f"{value:g}·{weight:g}" for weight in weights.ravel()
                ]
            else:
                assert (states == State.IDLE).all()
                assert (grids[f"kernel {channel + 1}"].states == NOTHING).all()
        assert frame.joint is not None
        assert frame.joint.head.grid == f"full output {filter_ + 1}"
        assert (grids[frame.joint.head.grid].states == State.NOW).sum() == np.prod(layer.k)
    *_, last = played(picture.scene.grids, frames)
    for filter_ in shown.outputs:
        cells = last[f"full output {filter_ + 1}"]
        kept = cells.states != State.CROPPED_ZERO
        found = [strings[label] for label in cells.labels[kept].tolist()]
        assert found == [f"{value:g}" for value in picture.values.output[filter_].ravel()]


def test_kernels_larger_than_the_planes_beside_them_have_room() -> None:
    picture = animate(Transposed(i=1, k=4, in_channels=2), view="stamp")
    planes = picture.drawing.planes
    boxes = [planes[f"kernel {channel}"] for channel in (1, 2)]
    assert boxes[0].point(4, 0)[1] < boxes[1].point(0, 0)[1]
    one, other = (planes[f"{kind} 2"] for kind in ("input", "kernel"))
    middles = one.point(0.5, 0)[1], other.point(2, 0)[1]
    assert abs(middles[0] - middles[1]) <= 1 / picture.drawing.px_per_pt


def test_many_planes_one_behind_another_are_told_apart() -> None:
    layer = Standard(i=3, k=2, in_channels=12)
    picture = animate(layer, view="stack", channels=[*range(1, 13)], width=2000)
    planes = [picture.drawing.planes[f"input {channel}"] for channel in range(1, 13)]
    frame = picture.frame(0).astype(int)
    scale = picture.drawing.px_per_pt
    for plane in planes[1:]:  # of the ones behind, the first row is seen
        x, y = (round(at * scale) for at in plane.point(0.5, 2.5))
        assert frame[y, x].tolist() == [0x8A, 0xB8, 0xE6]
    x, y = (round(at * scale) for at in planes[0].point(1.5, 0.5))  # nothing hides the first
    assert frame[y, x].tolist() == [0xE1, 0x6C, 0x2F]
