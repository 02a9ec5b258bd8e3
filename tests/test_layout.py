"""Nothing is clipped, nothing overlaps, and pictures are as large as they are asked to be."""

import re
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Network, Pool, Separable, animate
from conv_anim.animation import Animation
from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Layer
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.drawing import cell_size, fit
from conv_anim.drawing.compose import compose
from conv_anim.drawing.drawing import Drawing, Text
from conv_anim.drawing.layout import lay_out
from conv_anim.drawing.sizes import MAX_SIDE_PX, MIN_CELL_PX, MIN_READABLE_PX, MIN_TEXT_PT, Sizing
from conv_anim.errors import InputError
from conv_anim.render import agg
from conv_anim.scene.parts import PARTS
from conv_anim.views.registry import VIEWS
from conv_anim.views.slide import arrange as sliding
from tests.support.boxes import (
    Boxes,
    crosses,
    lasting,
    of_plane,
    of_text,
    of_texts,
    overlap,
    shown,
)
from tests.support.examples import examples
from tests.support.networks import networks
from tests.support.slow import all_layers, layers, pooling_layers

LAYERS = {
    "1×1": Standard(i=1, k=1),
    "1×1 transposed": Transposed(i=1, k=1, p=0, s=1),
    "wide": Standard(i=(1, 40), k=(1, 3)),
    "tall": Standard(i=(40, 1), k=(3, 1)),
    "64×64": Standard(i=64, k=3, p=1),
    "64×64 kernel": Standard(i=64, k=64),
    "64×64 transposed": Transposed(i=64),
    "axes that differ": Transposed(i=(3, 9), k=(2, 5), p=(2, 0), s=(3, 1)),
}

ENDS = 1_000_000
"""Of every so many steps one is shown: the first and the last."""


def faults(drawing: Drawing) -> list[str]:
    """Return what overlaps, leaves the canvas or cannot be read, once for each pair of things."""
    slack = 0.5 / drawing.px_per_pt  # what lies on whole pixels may be that far off
    last = lasting(drawing)
    found = [*_outside(last, drawing, slack), *_illegible(drawing.items)]
    pairs = combinations(last, 2)
    found += [f"{a} overlaps {b}" for a, b in pairs if _meet(last, last, a, b, slack)]
    known: set[tuple[str, object]] = set()
    for items, there in shown(drawing):
        fresh = {key: item for key, item in items.items() if (key, item) not in known}
        known |= set(fresh.items())
        now = of_texts(fresh)
        found += [*_outside(now, drawing, slack), *_illegible(fresh)]
        others = last | there
        found += [
            f"{a} overlaps {b}" for a in now for b in others if _meet(now, others, a, b, slack)
        ]
        every = of_texts(items)
        found += [
            f"{a} overlaps {b}"
            for a in now
            for b in every
            if a != b and _meet(now, every, a, b, slack)
        ]
        texts = {key: box for key, box in {**last, **every}.items() if "plane" not in key}
        found += [
            f"{key} crosses {name}"
            for key, item in fresh.items()
            for name, box in texts.items()
            if crosses(item, box, drawing)
        ]
    return [*dict.fromkeys(found)]


def _meet(one: Boxes, other: Boxes, a: str, b: str, slack: float) -> bool:
    return overlap(one[a], other[b]) > slack


def _outside(things: Boxes, drawing: Drawing, slack: float) -> list[str]:
    return [
        f"{name} leaves the canvas"
        for name, box in things.items()
        if min(box.left, box.top) < -slack
        or box.right > drawing.width + slack
        or box.bottom > drawing.height + slack
    ]


def _illegible(items: Any) -> list[str]:
    return [
        f"{item.string} has {item.font.pt} points"
        for item in items.values()
        if isinstance(item, Text) and item.font.pt < MIN_TEXT_PT
    ]


@pytest.mark.parametrize("sizing", [{}, {"width": 433}, {"scale": 2}, {"scale": 0.8}], ids=str)
def test_steps_aside_are_laid_out_as_they_are_rounded(sizing: dict[str, Any]) -> None:
    long = Transposed(i=16, k=1, p="1:2", s=4, d=2, ndim=1)
    picture = animate(long, view="stack", process=True, every=ENDS, **sizing)
    assert not faults(picture.drawing)


@pytest.mark.parametrize(("size", "channels"), [((1, 2), None), ((1, 4), "2:2"), (2, None)])
def test_kernels_may_be_higher_than_planes(size: Any, channels: str | None) -> None:
    layer = Transposed(i=size, k=(5, 3), p=0, s=2, in_channels=9, out_channels=9)
    picture = animate(layer, view="stamp", channels=channels, every=5)
    assert not faults(picture.drawing)


@pytest.mark.parametrize("size", [(4, 6), 5, 9])
def test_a_line_leads_on_from_the_bias(size: Any) -> None:
    sizes: dict[str, Any] = {"i": size, "p": (2, (4, 3)), "s": 2, "has_bias": True}
    layer = Standard(k=(1, 4), in_channels=9, out_channels=9, **sizes)
    for values in (False, True):
        assert not faults(animate(layer, values=values, every=9).drawing)


def test_any_number_of_planes_can_be_stacked() -> None:
    picture = animate(Standard(i=5, k=3), view="stack")
    scene = picture.scene
    areas, grids = scene.arrangement.areas, scene.grids
    three = {"input": "input", "hidden": "input", "output": "output"}
    arrangement = replace(
        scene.arrangement,
        areas={role: areas[like] for role, like in three.items()},
        gaps=scene.arrangement.gaps * 2,
    )
    more = replace(
        scene,
        arrangement=arrangement,
        grids={role: grids[like] for role, like in three.items()},
    )
    drawing = compose(more, lay_out(more, Sizing()), picture.options.palette)
    # Links are those between the outer two, which nobody would draw past the one between them.
    assert not [fault for fault in faults(drawing) if not fault.startswith("link")]
    planes = [drawing.planes[role] for role in three]
    assert [plane.order for plane in planes] == sorted(plane.order for plane in planes)
    boxes = [of_plane(plane) for plane in planes]
    assert all(lower.top > upper.bottom for lower, upper in pairwise(boxes))


sizings = st.one_of(
    st.just({}),
    st.builds(lambda scale: {"scale": scale}, st.sampled_from([0.5, 0.8, 1.5, 2, 3.3])),
    st.builds(lambda width: {"width": width}, st.integers(320, 1600)),
    st.builds(lambda *size: {"size": size}, *[st.one_of(st.integers(100, 2000), st.just(700))] * 2),
)


words: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.just({}),
    st.builds(lambda title: {"title": title}, st.sampled_from(["", "W" * 60, "Word " * 20, "o"])),
    st.builds(lambda parts: {"parts": sorted(parts)}, st.sets(st.sampled_from(PARTS))),
    st.just({"hide": "output"}),
)


@st.composite
def strips(draw: st.DrawFn) -> Layer:
    """1-D layers; those that can't be are left out."""
    few, pads = st.integers(1, 4), st.tuples(*[st.integers(0, 3)] * 2)
    kinds: list[Any] = [Standard, Transposed]
    kind = draw(st.sampled_from(kinds))
    sizes = {"i": draw(st.integers(1, 20)), "p": (draw(pads),)}
    sizes |= {name: draw(few) for name in "ksd"}
    layer: Layer
    try:
        layer = kind(ndim=1, **sizes)
    except InputError:
        layer = kind(i=5, ndim=1)
    return layer


@st.composite
def drawn_pictures(draw: st.DrawFn) -> Animation | None:
    """A picture of a layer in any view and of any size; None if there can be none."""
    layer = draw(st.one_of(layers, all_layers, pooling_layers(), strips()))
    view = draw(st.sampled_from([view for view in VIEWS.values() if layer.name in view.kinds]))
    options: dict[str, Any] = {}
    if isinstance(layer, Channelled) and view.name != "stack" and draw(st.booleans()):
        planes, filters, groups = draw(
            st.sampled_from([(3, 2, 1), (2, 4, 2), (9, 9, 1), (1, 5, 1), (24, 6, 6)])
        )
        layer = layer.with_channels(planes, filters, groups)
        layer = layer.with_bias() if draw(st.booleans()) else layer
        options["channels"] = draw(st.sampled_from([None, None, "2:2", "1,7:1,2"]))
    options |= {"view": view.name, "every": draw(st.sampled_from([ENDS, 5]))}
    for name in ("values", "shade", "process"):
        if name not in view.without and (name != "process" or layer.has_weights):
            options[name] = draw(st.booleans())
    options |= draw(words)
    try:
        return animate(layer, **options, **draw(sizings))
    except InputError:
        return None


@examples(400)
@given(drawn_pictures())
def test_everything_has_its_place_in_any_picture(picture: Animation | None) -> None:
    if picture:
        assert not faults(picture.drawing), picture.command


@examples(60)
@given(networks(most_layers=9), sizings, words)
def test_everything_has_its_place_in_any_network(
    network: Network, sizing: dict[str, Any], options: dict[str, Any]
) -> None:
    try:
        picture = animate(network, every=5, **sizing, **options)
    except InputError:
        return  # its cells would be too small
    assert not faults(picture.drawing), picture.command


@st.composite
def separable_pictures(draw: st.DrawFn) -> Animation | None:
    """A picture of a separable convolution; None if there can be none."""
    ndim, k = draw(st.integers(1, 2)), draw(st.integers(1, 3))
    sizes = {"i": draw(st.integers(k, 9)), "k": k, "p": draw(st.integers(0, 2)), "ndim": ndim}
    channels = [draw(st.sampled_from([1, 2, 3, 9, 64])) for _ in range(2)]
    layers = Separable(**sizes, in_channels=channels[0], out_channels=channels[1])
    shown: dict[str, Any] = draw(
        st.sampled_from([{}, {"values": True}, {"shade": True}, {"values": True, "shade": True}])
    )
    shown |= draw(st.sampled_from([{}, {"bias": -2.5}, {"kernel": "box", "digits": 4}]))
    try:
        return animate(layers, every=ENDS, **shown, **draw(words), **draw(sizings))
    except InputError:
        return None


@examples(60)
@given(separable_pictures())
def test_everything_has_its_place_in_any_separable_picture(picture: Animation | None) -> None:
    if picture:
        assert not faults(picture.drawing), picture.command


@pytest.mark.parametrize("width", [None, 320, 500, 2000])
@pytest.mark.parametrize("name", LAYERS)
def test_everything_has_its_place(name: str, width: int | None) -> None:
    sizing = Sizing(width_px=width)
    if cell_size.cell_px(sliding(LAYERS[name]), sizing) < MIN_CELL_PX:
        with pytest.raises(InputError, match="smaller than 3 px"):
            animate(LAYERS[name], width=width)
        return
    picture = animate(LAYERS[name], width=width, every=ENDS, max_frames=20_000)
    assert not faults(picture.drawing)


@pytest.mark.parametrize(
    ("layer", "options"),
    [
        pytest.param(Standard(i=6, p=1, s=2), {}, id="a line below a smaller output"),
        pytest.param(
            Transposed(i=5, k=(2, 1), p=((17, 0), (0, 6)), s=(4, 2), op=1),
            {"view": "both", "every": 5},
            id="a second line, later",
        ),
        pytest.param(
            Standard(i=(6, 10), k=4, p=((3, 1), (3, 0)), s=(2, 5), d=(1, 3)),
            {"shade": True, "size": (133, 700)},
            id="a bar of less than a pixel a level",
        ),
        pytest.param(
            Standard(i=2, k=1),
            {"shade": True, "input": "1000000.5 -1000000.25; 3 4", "digits": 3, "width": 420},
            id="long ends of a bar",
        ),
        pytest.param(
            Transposed(i=(57, 9), k=(9, 5), p="1:0x4:2", s=2, d=3, op=(0, 1)),
            {"every": ENDS},
            id="tall",
        ),
    ],
)
def test_everything_has_its_place_where_it_once_had_not(
    layer: Layer, options: dict[str, Any]
) -> None:
    assert not faults(animate(layer, **options).drawing)


@examples(15)
@given(layers, st.sampled_from([0.5, 1, 1.7]))
def test_texts_are_drawn_whole_where_they_were_measured(layer: Layer, scale: float) -> None:
    drawing = animate(layer, scale=scale, every=ENDS).drawing
    px = drawing.px_per_pt
    for text in drawing.items.values():
        assert isinstance(text, Text)
        ink, box = agg.text(text, px), of_text(text)
        rows, columns = ink.shape.rows + ink.top, ink.shape.columns + ink.left
        assert box.left * px - 2 <= columns.min()
        assert columns.max() < box.right * px + 2
        assert box.top * px - 2 <= rows.min()
        assert rows.max() < box.bottom * px + 2


@pytest.mark.parametrize("name", [name for name in LAYERS if name != "64×64 transposed"])
def test_scales_and_sizes_are_those_that_are_asked_for(name: str) -> None:
    layer = LAYERS[name]
    options: dict[str, Any] = {"every": ENDS}
    usual = animate(layer, **options).layout
    for scale in (1.5, 2, 4):
        scaled = animate(layer, scale=scale, **options)
        assert scaled.size == (round(scale * usual.width), round(scale * usual.height))
        other = scaled.layout
        assert (other.texts, other.grids, other.cell) == (usual.texts, usual.grids, usual.cell)
        assert scaled.drawing.px_per_pt == scale
    for width in (700, 1600):
        wide = animate(layer, width=width, **options)
        assert wide.size[0] == width
        assert wide.size[1] == round(width * usual.height / usual.width)
    for size in ((1200, 500), (500, 900), (1000, 1000)):
        placed = animate(layer, size=size, **options)
        assert placed.size == size
        drawing = placed.drawing
        boxes = lasting(drawing)
        left, top = (min(box[side] for box in boxes.values()) for side in (0, 1))
        right, bottom = (max(box[side] for box in boxes.values()) for side in (2, 3))
        assert (left, top) >= (0, 0)
        own = usual.width * drawing.px_per_pt, usual.height * drawing.px_per_pt
        assert max(a / b for a, b in zip(own, size, strict=True)) == pytest.approx(1)
        assert right <= drawing.width
        assert bottom <= drawing.height
        if own[0] < size[0]:  # in the middle
            assert left - 30 == pytest.approx((size[0] - own[0]) / 2 / drawing.px_per_pt, abs=10)


def test_numbers_stay_legible_in_tall_pictures() -> None:
    n_drawn = 0
    for rows in range(20, 60, 3):
        try:
            drawing = animate(Pool(i=(rows, 1), k=(2, 1)), every=ENDS).drawing
        except InputError:
            continue  # cells have no room for them
        label = drawing.planes["input"].label
        assert label
        assert label.pt * drawing.px_per_pt >= MIN_READABLE_PX
        n_drawn += 1
    assert n_drawn >= 5


@pytest.mark.parametrize(
    ("layer", "width", "way_out"),
    [
        pytest.param(Standard(i=400, p=1), 760, "the largest input that fits is i", id="fits"),
        pytest.param(
            Standard(i=2000), 760, "is i=[0-9]+, or i=[0-9]+ with width=4000", id="never whole"
        ),
        pytest.param(Standard(i=(400, 2), k=(1, 2)), 400, r"is i=.[0-9]", id="rectangle"),
        pytest.param(Standard(i=3000, ndim=1), 760, "the largest input that fits is i", id="1-D"),
        pytest.param(
            Standard(i=3000, k=3000), 760, "no input fits: lower k, d or p$", id="never fits"
        ),
    ],
)
def test_cells_too_small_name_the_largest_input(layer: Layer, width: int, way_out: str) -> None:
    sizing = Sizing(width_px=width)
    with pytest.raises(ValueError, match=way_out) as caught:
        fit.check_cells(layer, sizing, sliding)
    if found := re.search(r"fits is i='?(\w+)", str(caught.value)):
        largest = type(layer)(**{**vars(layer), "i": found[1]})
        fit.check_cells(largest, sizing, sliding)
        with pytest.raises(ValueError, match="smaller than 3 px"):
            fit.check_cells(layer.with_input_up_to(max(largest.i) + 1), sizing, sliding)


def test_a_wider_canvas_is_the_way_out_that_the_message_says() -> None:
    with pytest.raises(ValueError, match=f"give a larger width .up to {MAX_SIDE_PX}"):
        fit.check_cells(Standard(i=300, p=1), Sizing(), sliding)
    fit.check_cells(Standard(i=300, p=1), Sizing(width_px=MAX_SIDE_PX), sliding)


@pytest.mark.parametrize(
    "layer",
    [
        pytest.param(Standard(i=14, k=2, s=5, ndim=1), id="far apart"),
        pytest.param(Standard(i=7, k=1, s=7, p=1, ndim=1), id="one tap"),
        pytest.param(Pool(i=9, k=2, s=5, ndim=1), id="pool"),
    ],
)
def test_strips_with_wide_strides_are_drawn(layer: Layer) -> None:
    picture = animate(layer)
    width, height = picture.size
    for patch in picture.renderer.patches():
        rows, columns = patch.indexes.shape
        assert 0 <= patch.left <= patch.left + columns <= width
        assert 0 <= patch.top <= patch.top + rows <= height


@pytest.mark.parametrize("title", ["Свёртка", "∗ ≥ ε", "$5 $x$"])
def test_any_title_is_drawn(title: str) -> None:
    assert animate(Standard(i=2, k=2), title=title).to_bytes()
