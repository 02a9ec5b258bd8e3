"""Still SVG: as text, and in a real browser, where there is one, against the raster frames."""

import re
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path
from PIL import Image

from conv_anim import Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.layer import Layer
from conv_anim.drawing import fonts, shades
from conv_anim.drawing.drawing import Line, Outline, Text
from conv_anim.drawing.fonts import Font
from conv_anim.drawing.marks import Stroke, marks
from conv_anim.drawing.shown import shown
from conv_anim.drawing.styles import CellStyle
from conv_anim.render import svg, svg_glyphs, svg_parts, svg_shapes
from conv_anim.scene.states import NOTHING
from tests.support.examples import examples
from tests.support.frames import pixels
from tests.support.pictures import PICTURES, STANDARD, picture
from tests.support.scenes import played
from tests.support.svg import NAMESPACE, defined, parsed, points

MOST_DIFFERENT, DIFFERENCE, MEAN_DIFFERENCE = 0.002, 60, 0.75
"""How many of the pixels may differ by more than so much in a channel; how much all on average.

Letters begin on quarters of pixels in a raster frame, and their edges have four levels; slanted
edges of cells have three."""

pictures = pytest.mark.parametrize("name", PICTURES)


def body(root: Element) -> list[Element]:
    """Return what is painted, in order, after the background."""
    tags = [part.tag for part in root]
    return [*root][tags.index(f"{NAMESPACE}rect") + 1 :]


def is_face(part: Element) -> bool:
    """Return whether a definition is that of a cell without its numbers."""
    return len(part) > 0 and part[0].get("shape-rendering") == "crispEdges"


def is_numbers(part: Element) -> bool:
    """Return whether a definition is that of a cell's numbers."""
    return len(part) > 0 and "transform" in part[0].attrib


@pictures
def test_it_is_whole_in_itself(name: str) -> None:
    animation, number = picture(name)
    text = animation.still_svg(number)
    root = parsed(text)
    width, height = animation.size
    assert (root.get("width"), root.get("height")) == (str(width), str(height))
    assert root.get("viewBox") == f"0 0 {width} {height}"
    assert root.get("role") == "img"
    found = [*root.iter()]
    assert {part.tag.removeprefix(NAMESPACE) for part in found} == {
        *("svg", "title", "desc", "defs", "rect", "g", "path", "use")
    }
    ids = [part.attrib["id"] for part in found if "id" in part.attrib]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[a-z]+[A-Z][0-9a-z]{4}", name) for name in ids)
    (mark,) = {name[-5:] for name in ids}
    assert (
        len({mark, *re.findall(r"#[a-z]+([A-Z][0-9a-z]{4})\b", animation.still_svg(number - 1))})
        == 2
    )
    hrefs = {part.attrib["href"] for part in found if part.tag == f"{NAMESPACE}use"}
    assert hrefs == set(defined(root))  # nothing is defined in vain
    assert not re.search(
        r"https?:(?!//www.w3.org/2000/svg\")|url\(|data:|rgba|opacity|\bon\w+=", text
    )
    for key in ("x", "y", "transform", "viewBox", "stroke-width", "stroke-dasharray"):
        for part in found:
            for written in re.findall(r"[^\sA-Za-z()]+", part.get(key, "")):
                assert written == svg_shapes.number(float(written), 5)
    assert "\n\n" not in text


def test_the_same_drawing_has_the_same_bytes() -> None:
    first, number = picture("slide, values")
    other, _ = picture("slide, values")
    assert first.still_svg(number) == first.still_svg(number) == other.still_svg(number)


def test_what_it_says_is_escaped() -> None:
    drawing = picture("slide")[0].drawing
    title, description = "</title><script>1</script>\"'&amp;\0", "<b>\ud800\x1b\uffff ⌊𝑥⌋"
    text = svg.still(drawing, 0, title, description)
    root = parsed(text.encode().decode())
    assert "<script" not in text
    assert root.findtext(f"{NAMESPACE}title") == title.replace("\0", "\ufffd")
    assert root.findtext(f"{NAMESPACE}desc") == "<b>\ufffd\ufffd\ufffd ⌊𝑥⌋"


def test_it_says_what_it_shows() -> None:
    root = parsed(picture("slide")[0].still_svg(-1))
    assert root.findtext(f"{NAMESPACE}title") == (
        "Standard convolution, 4×4 input, 3×3 kernel, padding 1, stride 2, 2×2 output, 4 steps"
    )
    assert root.findtext(f"{NAMESPACE}desc") == "frame 4 of 4"


@pytest.mark.parametrize(
    ("frame", "number"), [(0, 0), (3, 3), (-1, 3), (-4, 0), (np.int64(-2), 2), (True, 1)]
)
def test_frames_are_counted_from_either_end(frame: int, number: int) -> None:
    animation = animate(STANDARD)
    assert f"frame {number + 1} of 4<" in animation.still_svg(frame)


@pytest.mark.parametrize("frame", [4, -5, 10**30])
def test_a_frame_that_is_not_there(frame: int) -> None:
    animation = animate(STANDARD)
    with pytest.raises(ValueError, match="there is no frame=") as caught:
        animation.still_svg(frame)
    assert str(caught.value) == (
        f"there is no frame={frame} of 4: give one from 0 to 3, or from -1, the last, to -4"
    )
    assert "drawing" not in vars(animation)


@pytest.mark.parametrize("frame", [1.0, "1", None])
def test_a_frame_is_a_whole_number(frame: Any) -> None:
    with pytest.raises(TypeError, match="integer"):
        animate(STANDARD).still_svg(frame)


layers = st.one_of(
    st.builds(
        Standard, i=st.integers(3, 5), k=st.integers(1, 3), p=st.integers(0, 2), s=st.integers(1, 3)
    ),
    st.builds(Transposed, i=st.integers(1, 3), k=st.just(3), s=st.integers(1, 3)),
)


@given(
    layers,
    st.sampled_from(["slide", "stack", "matrix"]),
    st.sampled_from(["light", "dark"]),
    st.booleans(),
    st.integers(0, 99),
)
@examples(15)
def test_cells_have_the_styles_of_their_states(
    layer: Layer, view: str, theme: str, shade: bool, number: int
) -> None:
    animation = animate(layer, view=view, theme=theme, shade=shade and view != "matrix")
    number %= len(animation)
    scene, drawing = animation.scene, animation.drawing
    root = parsed(animation.still_svg(number))
    parts = defined(root)
    uses = {
        (use.get("x"), use.get("y")): use.attrib["href"]
        for use in body(root)
        if use.tag == f"{NAMESPACE}use" and is_face(parts[use.attrib["href"]])
    }
    styles = shades.cell_styles(scene, animation.options.palette)
    drawn: dict[tuple[str, tuple[float, float]], CellStyle] = {}
    for role, cells in played(scene)[number].items():
        plane = drawing.planes[role]
        for (row, column), state in np.ndenumerate(cells.states):
            x, y = map(svg_shapes.number, plane.point(row, column))
            if state == NOTHING:
                assert (x, y) not in uses
                continue
            level = int(cells.levels[row, column])
            style = styles.get((int(state), level)) or styles[int(state), -1]
            href = uses.pop((x, y))
            footprint, face, *rest = parts[href]
            assert footprint.get("fill") == drawing.background
            corners = [plane.place(*at) for at in ((0, 0), plane.cell)]
            assert [*corners[0], *corners[1]] == pytest.approx(
                [x for at in points(footprint.get("d"))[0:3:2] for x in at], abs=1e-3
            )
            assert face.get("fill") == style.face
            lines = [mark for mark in marks(style, plane, 1) if isinstance(mark, Stroke)]
            assert {line.colour for line in lines} == {part.get("stroke") for part in rest} - {None}
            assert drawn.setdefault((href, plane.cell), style) == style
    others = [key for key in drawing.planes if key not in scene.grids]
    assert len(uses) == sum(drawing.planes[key].shape[1] for key in others)


@pictures
def test_every_character_is_there_as_an_outline(name: str) -> None:
    animation, number = picture(name)
    root = parsed(animation.still_svg(number))
    parts = defined(root)
    groups = {part.get("transform"): part for part in body(root) if part.get("transform")}
    texts = [
        item for item in shown(animation.drawing, number).items.values() if isinstance(item, Text)
    ]
    assert len(texts) == len(groups) > 5
    for text in texts:
        place = f"translate({svg_shapes.pair((text.x, text.baseline))})"
        group = groups[f"{place} scale({svg_shapes.number(text.font.pt / svg_glyphs.EM, 5)})"]
        assert group.get("fill") == text.colour
        outlined = [parts[use.attrib["href"]] for use in group]
        if fonts.is_math(text.string, text.font):
            (formula,) = outlined
            shapes = [*fonts.formula(text.string, text.font.bold)]
            paths = [part.get("d") for part in formula]
        else:
            shapes = [fonts.outline(one, text.font) for one in text.string if one != " "]
            paths = [part.get("d") for part in outlined]
            last = text.string.rstrip()
            end = fonts.measure(last, Font(1, text.font.bold)).width
            own = fonts.measure(last[-1], Font(1, text.font.bold)).width
            at = float(group[-1].get("x", 0)) / svg_glyphs.EM
            assert at == pytest.approx(end - own, abs=1e-3)
        for shape, path in zip(shapes, paths, strict=True):
            np.testing.assert_allclose(points(path), corners(shape), atol=1.501)


def corners(shape: fonts.Outline) -> list[tuple[float, float]]:
    """Return the points of an outline as it is written, but for lines that lead nowhere."""
    found: list[tuple[float, float]] = []
    scaled = (shape.vertices * (svg_glyphs.EM, -svg_glyphs.EM)).tolist()
    for (x, y), code in zip(scaled, shape.codes, strict=True):
        is_same = found and [*map(round, found[-1])] == [round(x), round(y)]
        if code != Path.CLOSEPOLY and not (code == Path.LINETO and is_same):
            found.append((x, y))
    return found


def test_letters_are_kerned() -> None:
    drawing = picture("slide")[0].drawing
    definitions = svg_parts.Definitions()
    item = Text("AV", Font(10, bold=True), 0, 0, drawing.background)
    group = parsed(svg_parts.TextParts(definitions).text(item).replace(svg_shapes.HASH, ""))
    apart = fonts.measure("A", Font(1, bold=True)).width
    assert 0.5 * apart < float(group[1].attrib["x"]) / svg_glyphs.EM < 0.95 * apart


@pytest.mark.parametrize("name", ["slide, values", "stack, values"])
def test_lines_lie_between_cells_and_their_numbers(name: str) -> None:
    animation, number = picture(name)
    root = parsed(animation.still_svg(number))
    parts = defined(root)
    state = shown(animation.drawing, number)
    links = {item.colour for item in state.items.values() if isinstance(item, Line | Outline)}
    is_stacked = name.startswith("stack")
    kinds = []
    for part in body(root):
        if part.tag == f"{NAMESPACE}use":
            kinds.append("face" if is_face(parts[part.attrib["href"]]) else "numbers")
            assert kinds[-1] == "face" or is_numbers(parts[part.attrib["href"]])
        elif part.tag == f"{NAMESPACE}path":
            is_link = {part.get("fill"), part.get("stroke")} & links
            is_casing = {part.get("fill"), part.get("stroke")} & {animation.drawing.background}
            kinds.append("link" if is_link or is_casing else "beam")
        else:
            kinds.append("text")
    order = [kind for kind, before in zip(kinds, [None, *kinds], strict=False) if kind != before]
    level = ["face", "link", "numbers"]
    assert order == ([*level, *level] if is_stacked else ["beam"] * ("beam" in kinds) + level) + [
        "text"
    ]


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (-0.0004, "0"),
        (0.0006, ".001"),
        (-0.5, "-.5"),
        (1.0, "1"),
        (10, "10"),
        (100.25, "100.25"),
        (-10.1, "-10.1"),
        (0.9999, "1"),
        (-0.9999, "-1"),
        (2 / 3, ".667"),
        (1e6, "1000000"),
    ],
)
def test_numbers_are_short(x: float, text: str) -> None:
    assert svg_shapes.number(x) == text


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    """Return a page with two pixels a point."""
    return browser.new_context(device_scale_factor=2).new_page()


def seen(page: Any, animation: Animation, number: int) -> Any:
    """Return the pixels of a still in a browser, as many as a raster frame has."""
    width, height = (side / 2 for side in animation.size)
    page.set_content(
        f"<style>body {{ margin: 0 }} svg {{ display: block; width: {width}px; "
        f"height: {height}px }}</style>{animation.still_svg(number)}"
    )
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    image = Image.open(BytesIO(page.screenshot(clip=clip, full_page=True)))
    return np.asarray(image.convert("RGB"))


@pictures
def test_a_browser_shows_the_raster_frame(page: Any, name: str) -> None:
    animation, number = picture(name, scale=2)
    expected = pixels(animation, number).astype(int)
    difference = abs(seen(page, animation, number) - expected)
    share = (difference.max(axis=2) > DIFFERENCE).mean()
    assert share <= MOST_DIFFERENT
    assert difference.mean() <= MEAN_DIFFERENCE
