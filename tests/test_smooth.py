"""Motion: outlines, lines and the beam glide from step to step, and jump to the next row."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.subject import Subject
from conv_anim.drawing.drawing import MAX_GLIDE_MS, Glide, Line, Outline, Polygon, between, eased
from conv_anim.render.raster import SAMPLE_MS
from conv_anim.scene.scene import Box, Link
from conv_anim.views.registry import VIEWS
from tests.support.gifs import Blocks, frames
from tests.support.samples import NETWORK, SEPARABLE

LAYERS: dict[str, Subject] = {
    "slide": Standard(i=5, k=3, s=2, p=1),
    "stack": Pool(i=4, k=2),
    "field": NETWORK,
    "separable": SEPARABLE,
}


def smooth(view: str, **options: Any) -> Animation:
    layer: Subject = LAYERS.get(view, Transposed(i=2, k=2, s=2))
    return animate(layer, view=view, smooth=True, **options)


@pytest.mark.parametrize("view", VIEWS)
def test_items_glide_from_where_they_are_to_where_they_come(view: str) -> None:
    picture = smooth(view)
    frames = list(picture.drawing.frames)
    items: dict[str, Any] = {}
    n_glides = 0
    for frame, later in zip(frames, [*frames[1:], None], strict=True):
        items |= frame.items
        n_glides += len(frame.glides)
        for glide in frame.glides:
            assert glide.start == items[glide.key]
            assert later
            assert glide.end == later.items[glide.key]
    assert n_glides
    plain = list(replace_smooth(picture, smooth=False).drawing.frames)
    assert [frame.items for frame in frames] == [frame.items for frame in plain]
    assert not any(frame.glides for frame in plain)


def replace_smooth(picture: Animation, *, smooth: bool | None) -> Animation:
    return Animation(picture.layer, replace(picture.options, smooth=smooth))


def test_to_the_next_row_it_jumps() -> None:
    frames = list(smooth("slide").drawing.frames)
    assert [bool(frame.glides) for frame in frames] == [True, True, False] * 2 + [
        True, True, False
    ]  # fmt: skip
    keys = {glide.key for glide in frames[0].glides}
    assert keys == {"link 0 beam", "link 0 line 0", "link 0 line 1", "link 0 window", "link 0 cell"}


@pytest.mark.parametrize(
    ("moved", "glides"),
    [
        pytest.param((0, 1, 0, 1), True, id="along a row"),
        pytest.param((1, 0, 1, 0), True, id="down a column"),
        pytest.param((0, 1, 1, 0), True, id="each its own way"),
        pytest.param((1, 1, 1, 0), False, id="window to the next row"),
        pytest.param((0, 1, 1, 1), False, id="cell to the next row"),
    ],
)
def test_which_links_glide(moved: tuple[int, int, int, int], glides: bool) -> None:
    link = Link(Box("input", 2, 2, 3, 3), Box("output", 4, 4, 1, 1))
    down, right, below, aside = moved
    other = Link(Box("input", 2 + down, 2 + right, 3, 3), Box("output", 4 + below, 4 + aside, 1, 1))
    assert link.can_glide_to(other) == glides
    assert not link.can_glide_to(other._replace(tail=Box("matrix", 2, 2, 3, 3)))


ENDS = [
    (Outline("input", (0, 0, 3, 3), 2, "#000000"), Outline("input", (0, 2, 3, 3), 2, "#000000")),
    (Line((0, 0), (4, 4), 1, "#000000"), Line((2, 1), (4, 8), 1, "#000000")),
    (Polygon(((0, 0), (4, 0), (2, 2)), "#000000"), Polygon(((8, 0), (4, 0), (2, 1)), "#000000")),
]


@given(st.sampled_from(ENDS), st.floats(0, 1))
def test_what_glides_is_on_a_straight_way(ends: tuple[Any, Any], share: float) -> None:
    start, end = (_numbers(item) for item in ends)
    moved = between(Glide("key", *ends), share)
    np.testing.assert_allclose(_numbers(moved), start + eased(share) * (end - start))
    assert between(Glide("key", *ends), 0) == ends[0]
    assert between(Glide("key", *ends), 1) == ends[1]


def _numbers(item: Any) -> Any:
    if isinstance(item, Outline):
        return np.array(item.box, float)
    return np.array(item.points if isinstance(item, Polygon) else (item.start, item.end), float)


@pytest.mark.parametrize("step_ms", [80, 160, 480, 1000])
def test_a_smooth_file_lasts_as_long_and_shows_each_step(step_ms: int) -> None:
    picture = smooth("slide", step_ms=step_ms)
    plain = replace_smooth(picture, smooth=False)
    data, still_data = picture.to_bytes(), plain.to_bytes()
    durations, still_durations = (Blocks(file).delays_ms for file in (data, still_data))
    assert sum(durations) == sum(still_durations) == picture.duration_ms
    seen, still = frames(data), frames(still_data)
    starts = np.cumsum([0, *durations])[:-1].tolist()
    for number, start in enumerate(np.cumsum([0, *still_durations])[:-1].tolist()):
        assert (seen[starts.index(start)] == still[number]).all(), "each step's exact picture"
    n_samples = max(1, int(min(MAX_GLIDE_MS, step_ms / 2)) // SAMPLE_MS)
    assert len(seen) == 9 + 6 * (n_samples - 1)
    assert set(durations[1:n_samples]) <= {SAMPLE_MS}


def test_without_being_asked_a_gif_jumps() -> None:
    picture = animate(Standard())
    assert picture.to_bytes() == replace_smooth(picture, smooth=False).to_bytes()
    assert picture.to_bytes() != replace_smooth(picture, smooth=True).to_bytes()
