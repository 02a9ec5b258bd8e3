"""The quick way of drawing against a plain one that draws every picture whole, thing by thing."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Network, Pool, Standard, Transposed, animate
from conv_anim.core.layer import Layer
from conv_anim.drawing.drawing import Drawing, Glide, Line, Outline, Polygon
from conv_anim.drawing.theme import THEMES
from conv_anim.errors import InputError
from conv_anim.render.raster import Renderer
from conv_anim.views.registry import VIEWS
from tests.support.examples import examples
from tests.support.samples import NETWORK, OF_LAYERS
from tests.support.slow import layers, pooling_layers
from tests.support.slow_drawing import moments, paint

LAYERS: dict[str, Layer] = {
    "standard": Standard(i=4, k=2, p=1, s=3),
    "small cells": Standard(i=40, k=10, s=10),
    "pooled": Pool(i=4, k=2),
    "mean": Pool(i=3, k=2, s=1, mode="average", p=1),
    "never read": Standard(i=6, k=3, p=1, s=2),
    "far apart": Standard(i=7, k=2, s=4),
    "dilated": Standard(i=5, k=2, p=1, d=2, s=2),
    "unread within": Standard(i=5, k=2, s=2, d=2),
    "axes differ": Standard(i=(3, 5), k=(3, 2), p=((0, 1), (2, 0)), s=(2, 3)),
    "copied padding": Standard(i=3, k=3, p=1, s=2, pad_mode="reflect"),
    "1-D": Standard(i=6, ndim=1),
    "one cell": Standard(i=1, k=1),
    "transposed": Transposed(i=2, k=2, p=0, s=2, op=1),
    "cropped": Transposed(i=2, k=2, p=2, s=3),
    "padded": Transposed(i=2, k=3, p=0, s=1),
    "transposed 1-D": Transposed(i=3, k=3, ndim=1),
}

WAYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "values": {"values": True},
    "shaded": {"shade": True},
    "shaded values": {"shade": True, "values": True},
    "process": {"process": True},
    "process in numbers": {"process": True, "values": True},
}
SCALES = {1: (0.5, 1), 1.5: (0.6,), 2: (1,)}
"""After which shares of a drawing in a scale its pictures are compared."""


def can_be_drawn(layer: Layer, options: dict[str, Any]) -> bool:
    """Return whether there is such a picture: stages have kernels, numbers need room."""
    try:
        animate(layer, **options)
    except InputError:
        return False
    return True


def pictures() -> Iterator[Any]:
    """Yield every way of drawing in every view, in two scales, of one layer after the other."""
    themes, scales = cycle(THEMES), cycle(SCALES)
    for view in map(VIEWS.__getitem__, OF_LAYERS):
        names = cycle(name for name, layer in LAYERS.items() if layer.name in view.kinds)
        for way, options in WAYS.items():
            if {*options} & {*view.without}:
                continue
            for scale in islice(scales, 2):  # the next way has the third
                given = {"view": view.name, "theme": next(themes), "scale": scale, **options}
                name = next(name for name in names if can_be_drawn(LAYERS[name], given))
                words = f"{view.name}, {way}, {name}, {given['theme']}, ×{scale}"
                yield pytest.param(LAYERS[name], given, id=words)


def check(drawing: Drawing, *shares: float) -> None:
    """Compare the pictures after some shares of a drawing, of which 1 is the last."""
    renderer = Renderer(drawing)
    n_moments = sum(1 for _ in moments(drawing))
    compared = {round(share * (n_moments - 1)) for share in shares}
    canvas = np.zeros(renderer.size[::-1], np.uint8)
    patches = renderer.patches()
    for number, (patch, moment) in enumerate(zip(patches, moments(drawing), strict=True)):
        height, width = patch.indexes.shape
        assert number or patch.indexes.shape == canvas.shape
        canvas[patch.top : patch.top + height, patch.left : patch.left + width] = patch.indexes
        assert patch.duration_ms == moment.duration_ms
        if number in compared:
            seen, expected = renderer.palette[canvas], paint(drawing, moment, renderer.palette)
            differs = np.argwhere((seen != expected).any(axis=2))
            assert not len(differs), (
                f"picture {number}: {len(differs)} pixels differ, from row and column "
                f"{differs.min(axis=0)} to {differs.max(axis=0)}"
            )


@pytest.mark.parametrize(("layer", "options"), [*pictures()])
def test_what_is_drawn_piece_by_piece_is_what_is_drawn_whole(
    layer: Layer, options: dict[str, Any]
) -> None:
    check(animate(layer, **options).drawing, *SCALES[options["scale"]])


@examples(8)
@given(st.one_of(layers, pooling_layers()), st.data())
def test_any_layer_is_drawn_as_a_whole(layer: Layer, data: st.DataObject) -> None:
    view = data.draw(st.sampled_from([one for one in VIEWS.values() if layer.name in one.kinds]))
    options = data.draw(st.sampled_from([*WAYS.values()]))
    kept = {name: options[name] for name in options if name not in view.without}
    if not layer.has_weights:
        kept.pop("process", None)
    scale = data.draw(st.sampled_from([0.5, 0.8, 1, 1.3]))
    theme = data.draw(st.sampled_from([*THEMES]))
    try:
        picture = animate(layer, view=view.name, scale=scale, theme=theme, every=40, **kept)
    except InputError:
        return  # its numbers would be too small
    check(picture.drawing, 0.8)


def test_every_layer_of_the_table_is_drawn() -> None:
    drawn = [picture.values[0] for picture in pictures()]
    assert not [name for name, layer in LAYERS.items() if layer not in drawn]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", SCALES)
def test_networks_are_drawn_as_a_whole(scale: float, theme: str) -> None:
    check(animate(NETWORK, scale=scale, theme=theme).drawing, 0.3, 1)


def test_networks_glide_as_a_whole() -> None:
    network = Network([Standard(k=2, d=d, p="causal", ndim=1) for d in (1, 2)], i=5)
    drawing = animate(network, smooth=True, step_ms=240).drawing
    kinds = {type(glide.start) for frame in drawing.frames for glide in frame.glides}
    assert kinds == {Outline, Polygon, Line}
    check(drawing, *np.linspace(0, 1, 5))


@pytest.mark.parametrize("view", OF_LAYERS)
def test_smooth_steps_are_drawn_as_a_whole(view: str) -> None:
    layer = Transposed(i=2, k=2, s=2, op=1, p=0)
    drawing = animate(layer, view=view, smooth=True, frames="1:3", step_ms=240).drawing
    glides = [glide for frame in drawing.frames for glide in frame.glides]
    assert {type(glide.start) for glide in glides} >= {Outline}
    check(drawing, *np.linspace(0, 1, 7))


@pytest.mark.parametrize("view", ["slide", "stack"])
def test_glides_are_drawn_as_a_whole(view: str) -> None:
    layer = Transposed(i=2, k=2, p=0, s=3)
    drawing = animate(layer, view=view, process=True, values=True, step_ms=160).drawing
    frames = [
        one._replace(glides=(Glide("input", one.places[0], other.places[0]),))
        for one, other in pairwise(drawing.frames)
        if one.places and other.places
    ]
    assert len(frames) >= 4
    n_pictures = sum(1 for _ in moments(replace(drawing, frames=frames)))
    assert n_pictures >= 2 * len(frames), "they are in between"
    check(replace(drawing, frames=frames), *np.linspace(0, 1, 7))
