"""Nothing is clipped, nothing overlaps, and cells are as large as the canvas lets them be."""

import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conv_anim import Pool, animate
from conv_anim.core.layer import Layer
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.drawing import cell_size, fit
from conv_anim.drawing.fonts import measure
from conv_anim.drawing.layout import lay_out
from conv_anim.drawing.sizes import MAX_WIDTH_PX, MIN_CELL_PX, MIN_NUMBER_PX, MIN_TEXT_PX
from conv_anim.render import agg
from conv_anim.scene.scene import Scene
from conv_anim.views.registry import VIEWS
from conv_anim.views.slide import arrange as sliding
from tests.support.layouts import boxes
from tests.support.scenes import whole
from tests.support.slow import layers

SIZES = {
    "1×1": Standard(i=1, k=1),
    "1×1 transposed": Transposed(i=1, k=1, p=0, s=1),
    "wide": Standard(i=(1, 40), k=(1, 3)),
    "tall": Standard(i=(40, 1), k=(3, 1)),
    "64×64": Standard(i=64, k=3, p=1),
    "64×64 kernel": Standard(i=64, k=64),
    "64×64 transposed": Transposed(i=64),
    "axes that differ": Transposed(i=(3, 9), k=(2, 5), p=(2, 0), s=(3, 1)),
}


def check(scene: Scene, width: int) -> None:
    layout = lay_out(scene, width)
    assert layout.width <= width
    things = boxes(layout)
    for name, box in things.items():
        inside = (
            box.left >= 0
            and box.top >= 0
            and box.right <= layout.width
            and box.bottom <= layout.height
        )
        assert inside, f"{name} leaves the canvas"
        assert box.left < box.right, name
        assert box.top < box.bottom, name
    for (one, a), (other, b) in combinations(things.items(), 2):
        apart = a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top
        assert apart, f"{one} overlaps {other}"
    assert all(text.font.px >= MIN_TEXT_PX for text in layout.texts)
    for grid, box in zip(scene.grids.values(), layout.grids.values(), strict=True):
        size = layout.tile.size(*grid.states.shape)
        assert (box.right - box.left, box.bottom - box.top) == size
    for note in layout.notes:
        for text in note:
            room = layout.note_room
            assert room is not None
            extent = measure(text.string, text.font)
            assert room.left <= text.left
            assert text.left + extent.width <= room.right
            assert room.top <= text.baseline - extent.ascent
            assert text.baseline + extent.descent <= room.bottom


@pytest.mark.parametrize("width", [320, 500, 960, 2000])
@pytest.mark.parametrize("name", SIZES)
def test_everything_has_its_place(name: str, width: int) -> None:
    if cell_size.tile(sliding(SIZES[name]), width).height < MIN_CELL_PX:
        with pytest.raises(ValueError, match="smaller than 3 px"):
            fit.check_cells(SIZES[name], width, sliding)
    else:
        fit.check_cells(SIZES[name], width, sliding)
        check(whole(SIZES[name]), width)


@settings(max_examples=250)
@given(layers, st.sampled_from([*VIEWS]), st.booleans(), st.booleans(), st.data())
def test_everything_has_its_place_in_any_picture(
    layer: Layer, view: str, values: bool, process: bool, data: st.DataObject
) -> None:
    width = data.draw(st.integers(320, 1200))
    without = VIEWS[view].without
    given = {"values": values and "values" not in without}
    given["process"] = process and "process" not in without
    try:
        scene = animate(layer, view=view, width=width, max_frames=100_000, **given).scene
    except ValueError:
        return  # the picture would be too small, or the view is not for such layers
    check(scene, width)


@settings(max_examples=15)
@given(layers, st.integers(320, 1200))
def test_texts_are_drawn_whole_where_they_were_measured(layer: Layer, width: int) -> None:
    if cell_size.tile(sliding(layer), width).height < MIN_CELL_PX:
        return
    for text in lay_out(whole(layer), width).texts:
        coverage, above = agg.text(text.string, text.font)
        extent = measure(text.string, text.font)
        inked = np.argwhere(coverage)
        (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0)
        assert left >= 0
        assert right < extent.width + 2
        assert above - extent.ascent - 2 <= top
        assert bottom < above + extent.descent + 2
        assert right < coverage.shape[1] - 1, "the text has a margin, so nothing is cut off"


def test_default_canvases_stay_under_a_thousand_pixels() -> None:
    tall = Transposed(i=(57, 9), k=(9, 5), p="1:0x4:2", s=2, d=3, op=(0, 1))
    for layer in [*SIZES.values(), tall]:
        layout = lay_out(whole(layer), 960)
        assert max(layout.width, layout.height) <= 1000, layer


def test_numbers_stay_legible_in_tall_pictures() -> None:
    n_drawn = 0
    for rows in range(20, 60):
        try:
            scene = animate(Pool(i=(rows, 1), k=(2, 1))).scene
        except ValueError:
            continue  # cells have no room for them at this width
        label = lay_out(scene, 960).label
        assert label is not None
        assert label.px >= MIN_NUMBER_PX
        n_drawn += 1
    assert n_drawn >= 10


def test_long_ends_of_a_colour_bar_keep_to_the_width() -> None:
    for shade in ("1000000.5 -1000000.25; 3 4", "0 99999.125; 1 2"):
        picture = animate(Standard(i=2, k=1), input=shade, shade=True, digits=3, width=420)
        assert lay_out(picture.scene, 420).width <= 420


def test_a_canvas_is_widened_for_the_legend_only_to_save_lines() -> None:
    layout = lay_out(whole(Standard(i=9, k=3, d=3, p=1)), 960)
    assert len({swatch.top for swatch in layout.swatches}) == 2


@pytest.mark.parametrize(
    ("layer", "width", "way_out"),
    [
        pytest.param(Standard(i=300, p=1), 960, "the largest input that fits is i", id="fits"),
        pytest.param(
            Standard(i=1000), 960, "is i=138, or i=[0-9]+ with width=4000", id="never whole"
        ),
        pytest.param(Standard(i=(300, 2), k=(1, 2)), 960, r"is i=.2", id="rectangle"),
        pytest.param(Standard(i=3000, ndim=1), 960, "the largest input that fits is i", id="1-D"),
        pytest.param(
            Standard(i=3000, k=3000), 960, "no input fits: lower k, d or p$", id="never fits"
        ),
    ],
)
def test_cells_too_small_name_the_largest_input(layer: Layer, width: int, way_out: str) -> None:
    with pytest.raises(ValueError, match=way_out) as caught:
        fit.check_cells(layer, width, sliding)
    if found := re.search(r"fits is i='?(\w+)", str(caught.value)):
        largest = type(layer)(**{**vars(layer), "i": found[1]})
        fit.check_cells(largest, width, sliding)
        with pytest.raises(ValueError, match="smaller than 3 px"):
            fit.check_cells(layer.with_input_up_to(max(largest.i) + 1), width, sliding)


def test_a_wider_canvas_is_the_way_out_that_the_message_says() -> None:
    fit.check_cells(Standard(i=300, p=1), MAX_WIDTH_PX, sliding)
