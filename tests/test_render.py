"""The quick way of drawing against a plain one that draws every frame whole, thing by thing."""

import functools
import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from conv_anim.core.layer import Layer
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.drawing.cell_shape import CellShape
from conv_anim.drawing.fonts import measure
from conv_anim.drawing.layout import Layout, lay_out
from conv_anim.drawing.sizes import SWATCH_PX
from conv_anim.drawing.styles import Theme
from conv_anim.drawing.text_flow import Text
from conv_anim.drawing.theme import THEMES
from conv_anim.render import agg
from conv_anim.render.palette import SHADES
from conv_anim.render.raster import Renderer
from conv_anim.scene.scene import Frame
from conv_anim.scene.states import State
from conv_anim.views.slide import slide
from tests.support.scenes import played_states

Picture = NDArray[np.uint8]

LAYERS = {
    "S1P0": Standard(),
    "S2P1": Standard(p=1, s=2),
    "never read": Standard(i=6, p=1, s=2),
    "far apart": Standard(i=7, k=2, s=4),
    "dilated": Standard(i=7, k=3, p=1, d=2),
    "unread within": Standard(i=7, k=2, s=2, d=2),
    "axes differ": Standard(i=(5, 7), k=(3, 2), p=((0, 1), (2, 2)), s=(2, 1)),
    "1-D": Standard(i=9, ndim=1),
    "one cell": Standard(i=1, k=1),
    "transposed": Transposed(),
    "output padding": Transposed(p=0, op=1),
    "cropped": Transposed(i=3, k=2, p=2, s=3),
    "transposed 1-D": Transposed(i=4, to=8, ndim=1),
    "small cells": Standard(i=40, k=5, s=5),
}


cell = functools.cache(agg.cell)
letters = functools.cache(agg.text)


def rgb(colour: str) -> NDArray[np.int_]:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])


def ink(picture: Picture, left: int, top: int, coverage: Picture, colours: tuple[str, str]) -> None:
    """Put ink where there is coverage, in a few shades."""
    under, over = (rgb(colour) for colour in colours)
    share = (coverage.astype(int) * (SHADES - 1) // 255 / (SHADES - 1))[:, :, np.newaxis]
    height, width = coverage.shape
    picture[top : top + height, left : left + width] = (under + share * (over - under)).round()


def write(picture: Picture, text: Text, theme: Theme) -> None:
    coverage, above = letters(text.string, text.font)
    colour = theme.muted if text.font.muted else theme.ink
    ink(picture, text.left, text.baseline - above, coverage, (theme.background, colour))


def plain(layout: Layout, theme: Theme, frame: Frame, grids: list[NDArray[np.uint8]]) -> Picture:
    """Draw a frame whole: texts, legend, cell by cell, links, counter."""
    picture = np.empty((layout.height, layout.width, 3), np.uint8)
    picture[:] = rgb(theme.background)
    for text in layout.texts:
        write(picture, text, theme)
    for swatch in layout.swatches:
        area = np.s_[swatch.top : swatch.top + SWATCH_PX, swatch.left : swatch.left + SWATCH_PX]
        picture[area] = cell(theme.looks[swatch.state], theme.background, CellShape.of(SWATCH_PX))
    size = layout.tile.width
    near, _, far, _ = layout.tile.face
    for box, states in zip(layout.grids.values(), grids, strict=True):
        for row, column in np.ndindex(states.shape):
            y, x = box.top + row * size, box.left + column * size
            look = theme.looks[State(int(states[row, column]))]
            picture[y : y + size, x : x + size] = cell(look, theme.background, layout.tile)
    room = layout.link_rooms["input"]
    width, height = room.right - room.left, room.bottom - room.top
    segments = []
    for link in frame.links:
        ends = []
        for part in link:
            top = layout.grids[part.grid].top + part.row * size - room.top
            ends.append((top + near, top + (part.rows - 1) * size + far))
        (tail_top, tail_bottom), (head_top, head_bottom) = ends
        segments.append(((0, tail_top), (width, head_top)))
        segments.append(((0, tail_bottom), (width, head_bottom)))
    coverage = agg.lines(segments, width, height, layout.line_px)
    ink(picture, room.left, room.top, coverage, (theme.background, theme.link))
    return picture


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", LAYERS)
def test_what_is_drawn_piece_by_piece_is_what_is_drawn_whole(name: str, theme: str) -> None:
    layer: Layer = LAYERS[name]
    scene = slide(layer, range(layer.n_steps), 500, 1500)
    layout = lay_out(scene, 960)
    renderer = Renderer(scene, layout, THEMES[theme])
    canvas = np.zeros((layout.height, layout.width), np.uint8)
    states = played_states(scene)
    steps = zip(renderer.patches(), scene.frames, states, strict=True)
    for patch, frame, grids in itertools.islice(steps, 8):
        height, width = patch.indexes.shape
        canvas[patch.top : patch.top + height, patch.left : patch.left + width] = patch.indexes
        seen = renderer.palette[canvas]
        expected = plain(layout, THEMES[theme], frame, grids)
        counter = layout.counter
        extent = measure(counter.string, counter.font)
        # The counter's letters are set one by one, so where it stands is compared apart.
        rows = slice(counter.baseline - int(extent.ascent) - 4, counter.baseline + 8)
        columns = slice(counter.left, counter.left + int(extent.width) + 8)
        assert len(np.unique(seen[rows, columns].reshape(-1, 3), axis=0)) > 2
        seen[rows, columns] = expected[rows, columns]
        # A shade in between two levels may be rounded either way.
        np.testing.assert_allclose(seen.astype(int), expected.astype(int), atol=1)
