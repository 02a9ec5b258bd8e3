"""The stacked view: the sliding picture's cells, each where perspective puts it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.core.layer import Layer
from conv_anim.drawing.drawing import Look
from conv_anim.drawing.theme import THEMES
from conv_anim.render import agg
from conv_anim.render.canvas import Canvas
from conv_anim.scene.scene import Box
from conv_anim.scene.states import State
from tests.support.examples import examples
from tests.support.gifs import frames
from tests.support.layouts import middles, place, without_links
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
    picture = without_links(animate(layer, view="stack", theme=theme, **options))
    styles = THEMES[theme].styles
    seen = frames(picture.to_bytes())
    assert len(seen) == len(picture)
    for image, cells in zip(seen, played(picture.scene), strict=True):
        for role, shown in cells.items():
            at = middles(picture.drawing, role, bare=True)
            for (row, column), state in np.ndenumerate(shown.states):
                x, y = at[row, column]
                expected = bytes.fromhex(styles[State(int(state))].face[1:])
                assert bytes(image[y, x]) == expected, (role, row, column)


@given(layers, st.sampled_from(["values", "shade"]))
@examples(15)
def test_it_shows_what_the_sliding_picture_shows(layer: Layer, option: str) -> None:
    shown: dict[str, Any] = {option: True}
    slide, stack = (
        animate(layer, view=view, width=4000, **shown).scene for view in ("slide", "stack")
    )
    assert stack.legend == tuple(mark for mark in slide.legend if mark.words)
    assert stack.strings == slide.strings
    assert (stack.title, stack.parameters, stack.formulas) == (
        slide.title, slide.parameters, slide.formulas)  # fmt: skip
    for flat, stacked in zip(played(slide), played(stack), strict=True):
        for role, other in stacked.items():
            for name in vars(other):
                assert np.array_equal(getattr(flat[role], name), getattr(other, name)), name
    for frame, other_frame in zip(slide.frames, stack.frames, strict=True):
        assert (frame.counter, frame.sum, frame.duration_ms, frame.links) == (
            other_frame.counter, other_frame.sum, other_frame.duration_ms, other_frame.links
        )  # fmt: skip


def test_links_lead_from_the_corners_of_the_window_to_those_of_the_cell() -> None:
    layer = Standard(i=6, k=3, s=3)
    picture = animate(layer, view="stack")
    frame = list(picture.scene.frames)[1]
    assert frame.links[0].tail == Box("input", 0, 3, 3, 3)
    assert frame.links[0].head == Box("output", 0, 1, 1, 1)
    image = frames(picture.to_bytes())[1]
    link = tuple(bytes.fromhex(THEMES["light"].outline[1:]))
    lowest = place(picture.drawing, "output", 2, 2)[1]
    for row, column in np.ndindex(2, 2):
        tail = place(picture.drawing, "input", 3 * row, 3 + 3 * column)
        head = place(picture.drawing, "output", row, 1 + column)
        seen = (lowest - tail[1]) / (head[1] - tail[1])  # the rest may be under the output
        assert seen > 0.25
        for share in np.linspace(0.15 * seen, 0.95 * seen, 6):
            x, y = (a + share * (b - a) for a, b in zip(tail, head, strict=True))
            near = image[int(y) - 2 : int(y) + 3, int(x) - 3 : int(x) + 4].reshape(-1, 3)
            closest = min(sum(abs(int(c) - t) for c, t in zip(p, link, strict=True)) for p in near)
            assert closest < 200, (row, column, share)


@pytest.mark.parametrize("process", [False, True], ids=["plain", "after the stages"])
def test_links_pass_below_numbers(process: bool) -> None:
    layer = Standard(i=5, k=3, p=1)
    picture = animate(layer, view="stack", process=process, kernel="gaussian")
    drawing, sprites = picture.drawing, picture.renderer.sprites
    bare = without_links(picture)
    n_linked = n_written = 0
    for linked, plain, cells in zip(
        frames(picture.to_bytes())[-layer.n_steps :],
        frames(bare.to_bytes())[-layer.n_steps :],
        played(picture.scene)[-layer.n_steps :],
        strict=True,
    ):
        n_linked += not np.array_equal(linked, plain)
        for role, grid in cells.items():
            for row, column in np.ndindex(grid.states.shape):
                label = picture.scene.strings[int(grid.labels[row, column])]
                style = THEMES["light"].styles[State(int(grid.states[row, column]))]
                _, written = sprites[role].drawn(Look(style, label))
                x, y = (round(at) for at in place(drawing, role, row, column))
                box = sprites[role].footprint
                area = np.s_[
                    y + box.top : y + box.top + written.shape[0],
                    x + box.left : x + box.left + written.shape[1],
                ]
                inside = written & box.mask
                assert np.array_equal(linked[area][inside], plain[area][inside])
                n_written += int(inside.sum())
    assert n_linked >= layer.n_steps, "links cross cells"
    assert n_written > 1000


steps = st.tuples(st.integers(6, 40), st.integers(-5, 5))


@given(steps, steps)
def test_cells_share_out_all_pixels(across: tuple[int, int], below: tuple[int, int]) -> None:
    down = below[1], below[0]  # a row's height is never small
    area = across[0] * down[1] - across[1] * down[0]
    print_ = agg.footprint(across, down)
    assert print_.mask.sum() == area
    counts = np.zeros((200, 200), int)
    for row, column in np.ndindex(3, 3):
        x = 60 + print_.left + column * across[0] + row * down[0]
        y = 60 + print_.top + column * across[1] + row * down[1]
        height, width = print_.mask.shape
        counts[y : y + height, x : x + width] += print_.mask
    assert counts.max() == 1
    assert counts.sum() == 9 * area


def ink(*levels: int) -> agg.Ink:
    coverage = np.array([[255 * level // 3 for level in levels]], np.uint8)
    return agg.Ink(0, 0, agg.Shape.of(coverage))


def test_what_is_laid_is_lifted_and_what_stays_is_not() -> None:
    table = np.array([[0, 1, 2, 3]] * 4, np.uint8)
    canvas = Canvas(4, 1, background=0)
    canvas.lay(ink(3, 3, 0, 0), 20, table, stays=True)
    assert canvas.patch(20).indexes.tolist() == [[3, 3, 0, 0]]
    canvas.lay(ink(1, 2, 3, 0), 20, table)
    assert canvas.patch(20).indexes.tolist() == [[1, 2, 3, 0]]
    canvas.lift()
    assert canvas.patch(20).indexes.tolist() == [[3, 3, 0, 0]]
