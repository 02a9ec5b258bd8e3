"""The stacked view: the sliding picture's cells, each where perspective puts it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.layer import Layer
from conv_anim.drawing.cell_shape import CellShape
from conv_anim.drawing.layout import Layout, lay_out
from conv_anim.drawing.theme import THEMES
from conv_anim.options import Options
from conv_anim.render.canvas import HALF, Canvas
from conv_anim.render.raster import Renderer
from conv_anim.scene.scene import Box, Scene
from conv_anim.scene.states import NOTHING, State
from tests.support.gifs import frames
from tests.support.layouts import boxes, place
from tests.support.scenes import played
from tests.support.slow import layers

PICTURES: dict[str, tuple[Layer, dict[str, Any]]] = {
    "standard": (Standard(i=5, p=1, s=2), {}),
    "never read": (Standard(i=7, k=2, s=3), {}),
    "dilated": (Standard(i=(5, 3), k=(3, 2), d=(2, 1)), {}),
    "strip": (Standard(i=8, p=1, ndim=1), {}),
    "transposed": (Transposed(op=1), {}),
    "cropped": (Transposed(i=3, k=2, p=2, s=3), {}),
    "pooled": (Pool(), {"values": False}),
    "in part": (Standard(i=5), {"frames": "2:8", "every": 3}),
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PICTURES)
def test_the_middle_of_each_cell_has_the_colour_of_its_state(name: str, theme: str) -> None:
    layer, options = PICTURES[name]
    picture = animate(layer, view="stack", theme=theme, **options)
    scene = picture.scene
    layout = lay_out(scene, 960)
    looks = THEMES[theme].looks
    link = bytes.fromhex(THEMES[theme].link[1:])
    seen = frames(picture.to_bytes())
    assert len(seen) == len(picture)
    hidden = 0
    for image, cells in zip(seen, played(scene), strict=True):
        for grid, shown in cells.items():
            for (row, column), state in np.ndenumerate(shown.states):
                x, y = place(layout, grid, row + 0.5, column + 0.5)
                colour = bytes(image[int(y), int(x)])
                expected = bytes.fromhex(looks[State(int(state))].face[1:])
                assert colour in (expected, link), (grid, row, column)
                hidden += colour != expected
    assert hidden <= len(seen) * 6, "links are thin"


@given(layers, st.sampled_from(["values", "shade"]))
@settings(max_examples=15)
def test_it_shows_what_the_sliding_picture_shows(layer: Layer, option: str) -> None:
    shown: dict[str, Any] = {option: True}
    slide, stack = (
        animate(layer, view=view, width=4000, **shown).scene for view in ("slide", "stack")
    )
    assert stack.legend == slide.legend
    assert stack.strings == slide.strings
    assert (stack.title, stack.parameters, stack.formulas) == (
        slide.title, slide.parameters, slide.formulas)  # fmt: skip
    for flat, stacked in zip(played(slide), played(stack), strict=True):
        for one, other in zip(flat.values(), stacked.values(), strict=True):
            for name in vars(one):
                assert np.array_equal(getattr(one, name), getattr(other, name)), name
    for frame, other_frame in zip(slide.frames, stack.frames, strict=True):
        assert (frame.counter, frame.sum, frame.duration_ms, frame.links) == (
            other_frame.counter, other_frame.sum, other_frame.duration_ms, other_frame.links
        )  # fmt: skip


@given(layers)
@settings(max_examples=40)
def test_nothing_overlaps_or_leaves_the_canvas(layer: Layer) -> None:
    scene = Animation(layer, Options(view="stack", width=4000)).scene
    layout = lay_out(scene, 960)
    assert layout.width <= 960
    things = list(boxes(layout).items())
    for name, box in things:
        assert 0 <= box.left < box.right <= layout.width, name
        assert 0 <= box.top < box.bottom <= layout.height, name
    for at, (name, a) in enumerate(things):
        for other, b in things[at + 1 :]:
            apart = a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top
            assert apart, (name, other)


def test_links_lead_from_the_corners_of_the_window_to_those_of_the_cell() -> None:
    layer = Standard(i=6, k=3, s=3)
    picture = animate(layer, view="stack")
    layout = lay_out(picture.scene, 960)
    frame = list(picture.scene.frames)[1]
    assert frame.links[0].tail == Box("input", 0, 3, 3, 3)
    assert frame.links[0].head == Box("output", 0, 1, 1, 1)
    image = frames(picture.to_bytes())[1]
    link = tuple(bytes.fromhex(THEMES["light"].link[1:]))
    for row, column in np.ndindex(2, 2):
        tail = place(layout, "input", 3 * row, 3 + 3 * column)
        head = place(layout, "output", row, 1 + column)
        for share in np.linspace(0.15, 0.85, 9):
            x, y = (a + share * (b - a) for a, b in zip(tail, head, strict=True))
            near = image[int(y) - 2 : int(y) + 3, int(x) - 3 : int(x) + 4].reshape(-1, 3)
            closest = min(sum(abs(int(c) - t) for c, t in zip(p, link, strict=True)) for p in near)
            assert closest < 200, (row, column, share)


def composed(scene: Scene, layout: Layout) -> list[NDArray[np.uint8]]:
    """Return all frames as they are drawn, as palette indexes."""
    canvas = np.zeros((layout.height, layout.width), np.uint8)
    seen = []
    for patch in Renderer(scene, layout, THEMES["light"]).patches():
        rows, columns = patch.indexes.shape
        canvas[patch.top : patch.top + rows, patch.left : patch.left + columns] = patch.indexes
        seen.append(canvas.copy())
    return seen


@pytest.mark.parametrize("process", [False, True], ids=["plain", "after the stages"])
def test_links_pass_below_numbers(process: bool) -> None:
    layer = Standard(i=5, k=3, p=1)
    scene = animate(layer, view="stack", process=process, kernel="gaussian").scene
    layout = lay_out(scene, 960)
    bare = replace(scene, frames=[replace(frame, links=()) for frame in scene.frames])
    sprites = Renderer(scene, layout, THEMES["light"])._sprites
    n_linked = n_written = 0
    for linked, plain, cells in zip(
        composed(scene, layout), composed(bare, layout), played(scene), strict=True
    ):
        for box, grid in zip(layout.grids.values(), cells.values(), strict=True):
            shifts = layout.tile.shifts(len(grid.states))
            if not (grid.states == NOTHING).any():
                flat = sprites.written(grid)
                written = np.zeros((len(flat), flat.shape[1] + shifts[0]), dtype=bool)
                for line, moved, shift in zip(flat, written, shifts, strict=True):
                    moved[shift : shift + len(line)] = line
                area = np.s_[box.top : box.bottom, box.left : box.left + written.shape[1]]
                assert np.array_equal(linked[area][written], plain[area][written])
                n_written += int(written.sum())
                n_linked += not np.array_equal(linked[area], plain[area])
    assert n_linked >= layer.n_steps, "links cross cells"
    assert n_written > 1000


@given(st.integers(6, 60), st.integers(1, 9))
def test_every_row_of_cells_is_slanted_alike(width: int, rows: int) -> None:
    tile = CellShape.of(width, is_slanted=True)
    shifts = tile.shifts(rows)
    one = tile.shifts(1)
    assert len(shifts) == rows * tile.height
    for row in range(rows):
        part = shifts[row * tile.height : (row + 1) * tile.height]
        assert part == [shift + (rows - 1 - row) * tile.slant for shift in one]
    for y, shift in enumerate(one):
        assert abs(shift - tile.shift(y + 0.5, 1)) <= 0.5


def test_each_line_is_put_where_it_is_shifted_to() -> None:
    canvas = Canvas(6, 4, background=0)
    canvas.patch(20)
    canvas.put(1, 1, np.array([[1, 2], [3, 4]], np.uint8), [3, 1])
    patch = canvas.patch(20)
    assert (patch.left, patch.top) == (2, 1)
    assert patch.indexes.tolist() == [[0, 0, 1, 2], [3, 4, 0, 0]]


def test_ink_is_smooth_on_the_background_and_hard_elsewhere() -> None:
    canvas = Canvas(4, 1, background=0)
    canvas.put(2, 0, np.array([[9, 9]], np.uint8))
    ramp = np.array([0] * 100 + [1] * 100 + [2] * 56, np.uint8)
    coverage = np.array([[HALF - 1, 255, HALF - 1, 255]], np.uint8)
    canvas.lay_ink(0, 0, coverage, ramp)
    assert canvas.patch(20).indexes.tolist() == [[1, 2, 9, 2]]
    canvas.lift()
    assert canvas.patch(20).indexes.tolist() == [[0, 0, 9, 9]]
