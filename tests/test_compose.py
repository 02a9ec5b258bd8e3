"""From scenes to drawings: every frame's cells, texts and lines are those that the scene says."""

from collections.abc import Mapping
from itertools import product
from operator import attrgetter
from typing import Any

import numpy as np
import pytest
from matplotlib.path import Path
from numpy.typing import NDArray

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.layer import Layer
from conv_anim.drawing.drawing import NUMBER, Item, Line, Outline, Polygon, Text
from conv_anim.drawing.fonts import measure
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.shades import ink_on, shade_colours
from conv_anim.drawing.theme import THEMES
from conv_anim.scene.scene import SHADES, Box, Link
from conv_anim.scene.states import NOTHING, State
from tests.support.scenes import played
from tests.support.slow_drawing import moments

PICTURES: dict[str, tuple[Layer, dict[str, Any]]] = {
    "slide": (Standard(i=4, k=2, p=1, s=2), {}),
    "slide, values": (Standard(i=5, k=3, d=2), {"values": True, "theme": "dark"}),
    "slide, shaded": (Standard(i=4, k=2, s=2), {"shade": True}),
    "slide, signed": (Standard(i=2, k=1), {"shade": True, "input": "-1 0; 2 5", "values": True}),
    "process": (Transposed(i=2, k=3, s=2), {"process": True}),
    "process, values": (Standard(i=3, p=1), {"process": True, "values": True}),
    "pool": (Pool(i=4, k=2), {}),
    "strip": (Standard(i=12, ndim=1), {}),
    "stack": (Transposed(i=2, k=2), {"view": "stack"}),
    "stack, process": (Standard(i=3, p=1), {"view": "stack", "process": True, "values": True}),
    "stamp": (Transposed(i=2, k=3, p=1), {"view": "stamp", "values": True}),
    "overlap": (Transposed(i=2, k=3, p=1), {"view": "overlap"}),
    "both": (Transposed(i=2, k=2), {"view": "both", "theme": "dark"}),
    "matrix": (Standard(i=3, k=2), {"view": "matrix", "values": True}),
}

pictures = pytest.mark.parametrize(
    "picture", [pytest.param(animate(layer, **given), id=name) for name, (layer, given) in
                PICTURES.items()],
)  # fmt: skip


def items(picture: Animation) -> list[dict[str, Item]]:
    """Return what each frame shows besides what lasts, by its key."""
    found: list[dict[str, Item]] = []
    for frame in picture.drawing.frames:
        shown = dict(found[-1]) if found else {}
        shown |= {key: item for key, item in frame.items.items() if item}
        gone = {key for key, item in frame.items.items() if item is None}
        found.append({key: item for key, item in shown.items() if key not in gone})
    return found


@pictures
def test_cells_have_the_look_of_what_they_are(picture: Animation) -> None:
    scene, drawing, theme = picture.scene, picture.drawing, picture.options.palette
    shaded = {entry.state for entry in scene.legend if entry.is_shaded}
    colours = shade_colours(is_signed=scene.is_signed)
    shows_numbers = picture.layout.label is not None
    shown = (moment for moment in moments(drawing) if not moment.sample)
    for moment, cells in zip(shown, played(scene), strict=True):
        for role, grid in cells.items():
            for at, state in np.ndenumerate(grid.states):
                look = drawing.looks[moment.cells[role, *at]]
                if state == NOTHING:
                    assert look is None
                    continue
                assert look
                level = int(grid.levels[at])
                is_shaded = level >= 0 and State(int(state)) in shaded
                plain = theme.styles[State(int(state))]
                assert look.style.face == (colours[level] if is_shaded else plain.face), (role, at)
                assert look.style == plain or is_shaded
                if shows_numbers:
                    assert look.label == scene.strings[grid.labels[at]]
                    assert look.corner == scene.strings[grid.corners[at]]
                assert look.rank == state


@pictures
def test_frames_show_what_the_scene_says_for_as_long(picture: Animation) -> None:
    scene, drawing, layout = picture.scene, picture.drawing, picture.layout
    longest = layout.counter
    right = longest.x + measure(longest.string, longest.font).width
    for frame, drawn, shown in zip(scene.frames, drawing.frames, items(picture), strict=True):
        assert drawn.duration_ms == frame.duration_ms
        texts = {key: item for key, item in shown.items() if isinstance(item, Text)}
        written = {key: text.string for key, text in texts.items()}
        assert written.get("counter", "") == frame.counter
        if frame.counter:
            width = measure(frame.counter, texts["counter"].font).width
            assert texts["counter"].x + width == pytest.approx(right)
        notes = [written[key] for key in written if key.startswith("note")]
        said = layout.notes[frame.note] if frame.note is not None else ()
        assert notes == [text.string for text in said]
        caption = scene.captions[frame.caption].words if frame.caption is not None else ""
        assert written.get("caption", "") == caption
        assert written.get("sum", "").endswith(frame.sum.end if frame.sum else "")
        assert ("sum" in written) == (frame.sum is not None)
    assert drawn.duration_ms == picture.options.hold_ms


@pictures
def test_links_are_round_their_boxes_over_cells_and_under_numbers(picture: Animation) -> None:
    drawing = picture.drawing
    planes = {role: drawing.planes[role] for role in picture.scene.grids}
    lasting = [item for item in drawing.items.values() if isinstance(item, Outline)]
    n_links = 0
    for frame, shown in zip(picture.scene.frames, items(picture), strict=True):
        outlines = [item for item in shown.values() if isinstance(item, Outline)]
        ends = [(box.grid, box[1:]) for link in frame.links for box in link[:2]]
        assert sorted((outline.plane, outline.box) for outline in outlines) == sorted(ends)
        for outline in (*outlines, *lasting):
            order = planes[outline.plane].order
            assert order < outline.order < order + NUMBER
        lowest = min(plane.order for plane in planes.values())
        lines = [item for item in shown.values() if isinstance(item, Line)]
        assert all(lowest < line.order < lowest + NUMBER for line in lines)
        drawn = {(*line.start, *line.end) for line in lines}
        expected = {ends for link in frame.links for ends in line_ends(link, planes)}
        pixel = 1 / drawing.px_per_pt  # level lines are moved by half of one to be sharp
        assert sorted(drawn) == [pytest.approx(ends, abs=pixel) for ends in sorted(expected)]
        n_links += len(frame.links)
    assert n_links


def line_ends(link: Link, planes: Mapping[str, Plane]) -> list[tuple[float, ...]]:
    """Return where the lines of a link begin and end: x, y, x, y."""
    tail, head = planes[link.tail.grid], planes[link.head.grid]

    def corner(box: Box, down: int, across: int) -> Point:
        plane = planes[box.grid]
        x, y = plane.point(box.row + down * box.rows, box.column + across * box.columns)
        return x + (-plane.spare if across else plane.spare), y

    if link.taps:
        top = head.point(1, link.head.column + 0.5)
        return [(*tail.point(0, tap + 0.5), *top) for tap in link.taps]
    if tail.is_slanted:
        return [
            (*corner(link.tail, *at), *corner(link.head, *at)) for at in product((0, 1), repeat=2)
        ]
    low, high = sorted((tail.origin[0], head.origin[0]))
    if any(low < plane.origin[0] < high for plane in planes.values()):
        return []
    right = int(tail.origin[0] < head.origin[0])
    lines = [
        (corner(link.tail, down, right), corner(link.head, down, 1 - right)) for down in (0, 1)
    ]
    if not tail.label:
        return [(*start, *end) for start, end in lines]
    # Where there are numbers, lines are outside the grids only, and 3 points away from them.
    ends: list[tuple[float, ...]] = []
    for line in lines:
        points = np.linspace(*line, 20_001)
        is_clear = np.ones(len(points), bool)
        for plane in (tail, head):
            near, far = np.subtract(plane.origin, 3), np.add(plane.point(*plane.shape), 3)
            is_clear &= ((points < near) | (points > far)).any(axis=1)
        clear = points[is_clear]
        ends += [(*clear[0], *clear[-1])] if len(clear) else []
    return ends


BEAMS: dict[str, Animation] = {
    "matrix": animate(Transposed(i=3), view="matrix", values=True),
    "wide matrix": animate(Standard(i=5, s=2), view="matrix"),
    "pool": animate(Pool(i=7, k=2, s=1)),
    "both": animate(Transposed(i=3, k=2), view="both", values=True),
    "stamp": animate(Transposed(i=4, k=2, s=1), view="stamp", values=True),
    "no background": animate(Standard(i=7, k=2), background="transparent"),
}


def is_over(plane: Plane, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which points a grid is at."""
    (left, top), (right, bottom) = plane.origin, plane.point(*plane.shape)
    x, y = points.T
    return np.array((left < x) & (x < right) & (top < y) & (y < bottom), bool)


@pytest.mark.parametrize("name", BEAMS)
def test_beams_are_what_is_between_the_lines_and_beside_the_grids(name: str) -> None:
    picture = BEAMS[name]
    planes = {role: picture.drawing.planes[role] for role in picture.scene.grids}
    across, down = (np.arange(0, size, 3.7) for size in picture.size)
    points = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    n_seen = 0
    for frame, shown in zip(picture.scene.frames, items(picture), strict=True):
        beams = [item for item in shown.values() if isinstance(item, Polygon)]
        links = [link for link in frame.links if line_ends(link, planes)]
        assert len(beams) == len(links)
        for beam, link in zip(beams, links, strict=True):
            tail, head = planes[link.tail.grid], planes[link.head.grid]
            sides = [(link.tail, tail), (link.head, head)]
            if tail.origin[0] > head.origin[0]:
                sides.reverse()
            (first, left), (last, right) = sides
            x = first.column + first.columns
            whole = Path([
                left.point(first.row, x), right.point(last.row, last.column),
                right.point(last.row + last.rows, last.column),
                left.point(first.row + first.rows, x),
            ])  # fmt: skip
            inside = np.array([
                whole.contains_points(points + shift)
                & ~is_over(tail, points + shift)
                & ~is_over(head, points + shift)
                for shift in product((-2, 0, 2), repeat=2)
            ])  # fmt: skip
            found = Path(beam.points).contains_points(points)
            assert found[inside.all(axis=0)].all()
            assert not found[~inside.any(axis=0)].any()
            n_seen += int(found.sum())
    assert n_seen > 100


@pytest.mark.parametrize("numbers", ["1 2; 3 4", "-4 -2; -1 0", "-1 0; 2 5"])
def test_colour_bars_go_from_the_lowest_value_to_the_highest(numbers: str) -> None:
    picture = animate(Standard(i=2, k=1), shade=True, input=numbers, kernel="1")
    scale = picture.scene.grids["input"].scale
    assert scale
    drawing = picture.drawing
    (block,) = (cells for cells in drawing.cells if cells.plane == "bar 0")
    looks = [drawing.looks[look] for look in block.looks[0]]
    colours = shade_colours(is_signed=picture.scene.is_signed)
    assert [look.style.face for look in looks if look] == colours[scale.first : scale.last + 1]
    plane = drawing.planes["bar 0"]
    assert plane.across[0] > 0
    top, bottom = plane.origin[1], plane.point(1, 0)[1]
    beside = [
        text
        for text in drawing.items.values()
        if isinstance(text, Text) and top < text.baseline < bottom + 3
    ]
    low, high, *_ = sorted(beside, key=attrgetter("x"))
    assert (low.string, high.string) == (scale.low, scale.high)
    assert low.x < plane.origin[0] < plane.point(0, plane.shape[1])[0] <= high.x
    assert len(looks) <= SHADES


@pytest.mark.parametrize("theme", THEMES)
def test_texts_have_the_colours_of_what_they_speak_of(theme: str) -> None:
    drawing = animate(Standard(i=4, k=2), theme=theme).drawing
    texts = [item for item in drawing.items.values() if isinstance(item, Text)]
    colours = {text.string: text.colour for text in texts}
    inks = THEMES[theme].inks
    assert {letter: colours[letter] for letter in "iks"} == {name: inks[name] for name in "iks"}
    assert colours["Standard convolution"] == inks["ink"]


def test_numbers_have_the_ink_that_shows_on_their_cell() -> None:
    assert (ink_on("#ffffff"), ink_on("#000000")) == ("#000000", "#ffffff")


@pytest.mark.parametrize(
    "layer",
    [
        pytest.param(Pool(i=1, k=2, p=1, s=1, d=2), id="nothing else"),
        pytest.param(Pool(i=2, k=2, p=2, s=1, d=3), id="and numbers"),
        pytest.param(Pool(i=(1, 2), k=2, p=((1, 1), (1, 1)), s=1, d=2), id="in one row"),
    ],
)
def test_the_largest_of_nothing_has_a_shade(layer: Layer) -> None:
    picture = animate(layer, shade=True, values=False)
    levels = [cells["output"].levels for cells in played(picture.scene)][-1]
    assert not np.isfinite(picture.output).all()
    assert ((levels >= 0) & (levels < SHADES)).all()
    assert levels[~np.isfinite(picture.output)].max() == levels.min()
