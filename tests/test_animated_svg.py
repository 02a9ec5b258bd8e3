"""Animated SVG: as text, in browsers against the raster frames, and in what knows no motion."""

import gzip
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.layer import Layer
from conv_anim.drawing.auto import AUTO
from conv_anim.drawing.colours import paired
from conv_anim.drawing.drawing import eased
from conv_anim.drawing.theme import THEMES
from conv_anim.render import animated_svg, svg_shapes
from conv_anim.scene.states import NOTHING, State
from conv_anim.views.registry import VIEWS
from tests.support.examples import examples
from tests.support.firefox import Firefox
from tests.support.frames import pixels, pixels_at
from tests.support.pictures import PICTURES, STANDARD, TRANSPOSED, picture
from tests.support.samples import NETWORK
from tests.support.scenes import played
from tests.support.svg import NAMESPACE, defined, parsed

ANIMATED = {f"{NAMESPACE}animate", f"{NAMESPACE}animateTransform"}
MOST_DIFFERENT, DIFFERENCE, MEAN_DIFFERENCE = 0.009, 60, 1.3
"""How many of the pixels may differ by more than so much in a channel; how much all on average."""
N_TIMES, N_APART = 10, 4
"""How many moments are compared; of these, every so many in an image, too."""
_SLOWER = 100_000
PAGE = "<style>:root{color-scheme:light dark}body{margin:0}img,svg{display:block}</style>"

pictures = pytest.mark.parametrize("name", PICTURES)
in_both_themes = pytest.mark.parametrize(
    ("name", "theme"),
    [
        pytest.param(name, theme, id=f"{name}, {theme}")
        for name, (_, own, _) in PICTURES.items()
        for theme in THEMES
        if theme == own.get("theme", "light") or name in ("process", *VIEWS)
    ],
)
"""One picture of every view is compared in both, the others in one."""


def written(name: str, **options: Any) -> str:
    return picture(name, **options)[0].to_bytes("svg").decode()


def animations(root: Element) -> list[Element]:
    return [part for part in root.iter() if part.tag in ANIMATED]


@pictures
def test_it_is_whole_in_itself(name: str) -> None:
    layer, own, _ = PICTURES[name]
    animation = animate(layer, **own)
    text = animation.to_bytes("svg").decode()
    root = parsed(text)
    found = [*root.iter()]
    assert {part.tag.removeprefix(NAMESPACE) for part in found} <= {
        *("svg", "title", "desc", "style", "defs", "rect", "g", "path", "use"),
        *("animate", "animateTransform"),
    }
    assert root.get("role") == "img"
    assert root.findtext(f"{NAMESPACE}title") == animation.scene.title
    assert root.findtext(f"{NAMESPACE}desc") == animation.alt_text
    ids = [part.attrib["id"] for part in found if "id" in part.attrib]
    assert len(ids) == len(set(ids))
    classes = {name for part in found for name in part.get("class", "").split()}
    (mark,) = {word[-5:] for word in (*ids, *classes)}
    assert re.fullmatch("[A-Z][0-9a-z]{4}", mark)
    used = {part.attrib["href"] for part in found if part.tag == f"{NAMESPACE}use"}
    for part in animations(root):
        values = set(part.attrib["values"].split(";"))
        used |= values if part.get("attributeName") == "href" else set()
        classes |= values if part.get("attributeName") == "class" else set()
    assert used == set(defined(root))  # nothing is defined in vain
    ruled = set(re.findall(rf"\.([a-z]\d*{mark})", root.findtext(f"{NAMESPACE}style") or ""))
    assert classes - {f"k1{mark}"} <= ruled <= classes | {f"k0{mark}"}
    assert not re.search(
        r"https?:(?!//www.w3.org/2000/svg\")|url\(|data:|@import|opacity|\bon\w+=", text
    )


@pictures
def test_animations_are_well_formed(name: str) -> None:
    animation = picture(name, loop=3)[0]
    root = parsed(animation.to_bytes("svg").decode())
    seconds = animation.duration_ms / 1000
    for part in animations(root):
        own = part.attrib
        assert own["attributeName"] in ("href", "transform", "d", "visibility", "class")
        times = [float(time) for time in own["keyTimes"].split(";")]
        values = own["values"].split(";")
        assert len(times) == len(values) > 1
        assert times[0] == 0
        assert all(a <= b <= 1 for a, b in pairwise(times))
        assert all(len(time.partition(".")[2]) <= 6 for time in own["keyTimes"].split(";"))
        assert own["dur"] == f"{seconds:g}s"
        assert (own["repeatCount"], own["fill"]) == ("3", "freeze")
        if own["attributeName"] in ("href", "visibility", "class"):
            assert own["calcMode"] == "discrete"
            assert all(a < b for a, b in pairwise(times))
            assert all(a != b for a, b in pairwise(values))
        if own["calcMode"] == "spline":
            assert len(own["keySplines"].split(";")) == len(times) - 1
            assert times[-1] == 1


@pytest.mark.parametrize(
    ("options", "ending"),
    [({}, 'repeatCount="indefinite"'), ({"loop": False}, 'repeatCount="1" fill="freeze"')],
)
def test_it_is_played_as_often_as_asked_for(options: dict[str, Any], ending: str) -> None:
    root = animate(STANDARD, **options).to_bytes("svg").decode()
    assert set(re.findall('repeatCount="[^"]*"(?: fill="[^"]*")?', root)) == {ending}


def test_a_single_frame_is_still() -> None:
    animation = animate(Standard(i=3), theme="light")
    root = parsed(animation.to_bytes("svg").decode())
    assert len(animation) == 1
    assert not animations(root)
    assert root.find(f"{NAMESPACE}style") is None
    assert not [part for part in root.iter() if part.get("display")]


def test_the_same_command_has_the_same_bytes() -> None:
    assert written("slide, values") == written("slide, values")


@given(st.floats(0, 1))
def test_splines_are_the_way_in_which_things_glide(share: float) -> None:
    (spline,) = set(re.findall(r"\.333 0 \.667 1", written("slide")))
    x1, y1, x2, y2 = map(float, spline.split())

    def at(part: float, first: float, second: float) -> float:
        return 3 * (1 - part) ** 2 * part * first + 3 * (1 - part) * part**2 * second + part**3

    assert at(share, x1, x2) == pytest.approx(share, abs=1e-3)
    assert at(share, y1, y2) == pytest.approx(eased(share))


@pytest.mark.parametrize("smooth", [None, True, False])
def test_without_smoothness_nothing_glides(smooth: bool | None) -> None:
    text = animate(STANDARD, smooth=smooth).to_bytes("svg").decode()
    assert ("spline" in text) == (smooth is not False)


def test_small_files_are_small() -> None:
    data = animate(TRANSPOSED).to_bytes("svg")
    assert len(data) <= 55_000
    assert len(gzip.compress(data, 9)) <= 9_000
    assert len(animate(Standard(i=32, k=3, p=1)).to_bytes("svg")) <= 1_500_000


def test_both_themes_have_the_same_shapes() -> None:
    light, dark = THEMES.values()
    for state, style in AUTO.styles.items():
        own = light.styles[state], dark.styles[state]
        assert style.face == paired(*(x.face for x in own))
        assert (style.edge, style.pattern) == (own[0].edge, own[0].pattern)
        assert (style.edge, style.pattern) == (own[1].edge, own[1].pattern)
    assert light.inks.keys() == dark.inks.keys() == AUTO.inks.keys()


@pytest.mark.parametrize("name", ["slide", "slide, shade", "process", "stack, values"])
def test_colours_that_differ_between_themes_are_classes(name: str) -> None:
    layer, own, _ = PICTURES[name]
    auto = animate(layer, **{**own, "theme": "auto"}).to_bytes("svg").decode()
    rules = re.findall(r"\{(fill|stroke):(#\w+);\1:light-dark\(\2,(#\w+)\)\}", auto)
    assert len(rules) == auto.count("light-dark(") > 5
    allowed = {colour for theme in THEMES.values() for colour in theme.inks.values()}
    assert {colour for _, *both in rules for colour in both} & allowed
    for theme in THEMES:
        plain = animate(layer, **{**own, "theme": theme}).to_bytes("svg").decode()
        assert "light-dark" not in plain
        assert len(animations(parsed(plain))) == len(animations(parsed(auto)))


def cells_drawn(root: Element, hrefs: dict[Element, str]) -> dict[Any, str]:
    """Return the colours of faces by where their cells are, as *hrefs* of uses say."""
    parts = defined(root)
    return {
        (use.get("x", "0"), use.get("y", "0")): parts[href][1].attrib["fill"]
        for use, href in hrefs.items()
        if len(parts[href]) > 1 and parts[href][0].get("shape-rendering") == "crispEdges"
    }


def cells_meant(animation: Animation) -> Iterator[dict[Any, str]]:
    """Yield the colours of faces by where their cells are, at each frame."""
    styles, drawing = animation.options.palette.styles, animation.drawing
    for grids in played(animation.scene):
        found = {}
        for role, cells in grids.items():
            for (row, column), state in np.ndenumerate(cells.states):
                if state != NOTHING:
                    at = drawing.planes[role].point(row, column)
                    x, y = map(svg_shapes.number, at)
                    found[x, y] = styles[State(int(state))].face
        yield found


def swatches(animation: Animation) -> set[tuple[str, str]]:
    """Return where cells are that belong to no grid."""
    drawing = animation.drawing
    others = [plane for key, plane in drawing.planes.items() if key not in animation.scene.grids]
    return {(svg_shapes.number(x), svg_shapes.number(y)) for x, y in (p.origin for p in others)}


def starts(animation: Animation) -> list[int]:
    """Return when frames begin, in milliseconds."""
    return [*accumulate(frame.duration_ms for frame in animation.drawing.frames)][:-1]


layers = st.one_of(
    st.builds(
        Standard, i=st.integers(3, 5), k=st.integers(1, 3), p=st.integers(0, 2), s=st.integers(1, 3)
    ),
    st.builds(Transposed, i=st.integers(1, 3), k=st.just(3), s=st.integers(1, 3)),
    st.builds(Pool, i=st.integers(2, 5), k=st.just(2)),
)
views = st.sampled_from(["slide", "stack", "matrix"])


def drawn(layer: Layer, view: str, theme: str) -> Animation:
    """Return a picture whose view shows such layers."""
    view = "slide" if isinstance(layer, Pool) and view == "matrix" else view
    return animate(layer, view=view, theme=theme, values=False)


def uses_of(
    root: Element,
) -> tuple[dict[Element, tuple[list[float], list[str]]], dict[Element, str]]:
    """Return what places use from which shares of the time on, and what they use at last."""
    stories: dict[Element, tuple[list[float], list[str]]] = {}
    ended: dict[Element, str] = {}
    for place in [part for part in root.iter() if part.tag in (f"{NAMESPACE}use", f"{NAMESPACE}g")]:
        jumps = place.find(f"{NAMESPACE}animate")
        if place in stories:
            pass  # one of those that a place chooses from
        elif place.tag == f"{NAMESPACE}use":
            at, hrefs = ["0"], [place.attrib["href"]]
            if jumps is not None:
                assert jumps.get("attributeName") == "href"
                at, hrefs = (jumps.attrib[key].split(";") for key in ("keyTimes", "values"))
                assert hrefs[0] == place.get("href")  # without animation, the first frame
            stories[place] = [*map(float, at)], hrefs
        elif jumps is not None:
            assert jumps.get("attributeName") == "class"
            uses = place.findall(f"{NAMESPACE}use")
            states = [int(found) for found in re.findall(r"k(\d+)[A-Z]", jumps.attrib["values"])]
            assert place.get("class") == jumps.attrib["values"].split(";")[0]
            shown = [number for number, use in enumerate(uses, 1) if not use.get("display")]
            assert shown == [number for number in states[:1] if number]
            times = [*map(float, jumps.attrib["keyTimes"].split(";"))]
            for number, use in enumerate(uses, start=1):
                own = use.attrib["href"]
                stories[use] = times, [own if number == state else "" for state in states]
            last = int(place.attrib["data-last"])
            ended |= {use: use.attrib["href"] for use in uses[last - 1 : last]}
    still = {use for part in root if part.get("display") for use in part.iter(f"{NAMESPACE}use")}
    ended |= {use: use.attrib["href"] for use in still}
    in_place = [use for use, (times, _) in stories.items() if len(times) == 1]
    ended |= {use: use.attrib["href"] for use in in_place}
    return {use: story for use, story in stories.items() if use not in still}, ended


def check_cells(animation: Animation) -> None:
    """Compare the colours of all cells at all steps with those of their states."""
    root = parsed(animation.to_bytes("svg").decode())
    own = swatches(animation)
    stories, ended = uses_of(root)
    for time, meant in zip([0, *starts(animation)], cells_meant(animation), strict=True):
        share = time / animation.duration_ms
        now = {
            use: hrefs[int(np.searchsorted(times, share, "right")) - 1]
            for use, (times, hrefs) in stories.items()
        }
        found = cells_drawn(root, {use: href for use, href in now.items() if href})
        assert {at: colour for at, colour in found.items() if at not in own} == meant
    found = cells_drawn(root, ended)
    assert {at: colour for at, colour in found.items() if at not in own} == meant


@given(layers, views, st.sampled_from([*THEMES]))
@examples(20)
def test_cells_have_the_colours_of_their_states(layer: Layer, view: str, theme: str) -> None:
    check_cells(drawn(layer, view, theme))


@pytest.mark.parametrize("theme", THEMES)
def test_cells_of_networks_have_the_colours_of_their_states(theme: str) -> None:
    check_cells(animate(NETWORK, theme=theme))


@given(layers, views, st.sampled_from([*THEMES]))
@examples(20)
def test_and_so_they_have_where_they_are_many(layer: Layer, view: str, theme: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(animated_svg, "_MANY", 0)
        check_cells(drawn(layer, view, theme))


def test_a_thousand_cells_are_chosen_from() -> None:
    text = animate(Standard(i=22, p=1), every=100).to_bytes("svg").decode()
    assert text.count('attributeName="class"') > 400
    assert 'attributeName="class"' not in written("slide")


@pytest.fixture(scope="module")
def context(browser: Any) -> Any:
    """Return a browser's context, larger than any picture."""
    return browser.new_context(viewport={"width": 2000, "height": 2000})


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """Return a page that asks for nothing and complains of nothing."""
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url))
    yield page
    page.close()
    assert [text for text in heard if not text.startswith("data:")] == []


# Browsers round what they are given: a millisecond later, a step has surely begun.
SEEK = """time => {
  for (const svg of document.querySelectorAll("svg")) {
    svg.pauseAnimations();
    svg.setCurrentTime((time + 1) / 1000);
  }
}"""


def as_image(text: str, time: int = 0) -> str:
    """Return an image element, in which an SVG is at a time and hardly goes on."""

    def slow(found: re.Match[str]) -> str:
        begin_s, duration_s = _SLOWER * (time + 1) / 1000, _SLOWER * float(found[1])
        return f'begin="-{begin_s:.1f}s" dur="{duration_s:.1f}s"'

    data = b64encode(re.sub(r'dur="([\d.]+)s"', slow, text).encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{data}">'


def shot(page: Any, animation: Animation) -> NDArray[np.uint8]:
    """Return what is seen where the picture is."""
    width, height = animation.size
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    image = Image.open(BytesIO(page.screenshot(clip=clip)))
    return np.asarray(image.convert("RGB"))


def check_alike(seen: NDArray[np.uint8], expected: NDArray[np.uint8], what: object) -> None:
    """Compare what is seen with a raster frame."""
    difference = abs(seen.astype(int) - expected)
    assert (difference.max(axis=2) > DIFFERENCE).mean() <= MOST_DIFFERENT, what
    assert difference.mean() <= MEAN_DIFFERENCE, what


def both(name: str, theme: str) -> tuple[Animation, str]:
    """Return a picture in a theme, smooth as an SVG is, and the SVG that follows the reader."""
    layer, own, _ = PICTURES[name]
    shown = animate(layer, **{**own, "theme": theme, "smooth": True, "scale": 2})
    auto = animate(layer, **{**own, "theme": "auto", "scale": 2})
    return shown, auto.to_bytes("svg").decode()


@in_both_themes
def test_chromium_shows_the_raster_frames(page: Any, name: str, theme: str) -> None:
    animation, text = both(name, theme)
    page.emulate_media(color_scheme=theme)
    moments = pixels_at(animation, N_TIMES)
    page.set_content(PAGE + text)
    for time, expected in moments.items():
        page.evaluate(SEEK, time)
        check_alike(shot(page, animation), expected, time)
    for time in [*moments][::N_APART]:
        page.set_content(PAGE + as_image(text, time))
        page.wait_for_function("document.images[0].complete")
        check_alike(shot(page, animation), moments[time], ("in an image", time))


@in_both_themes
def test_firefox_shows_the_raster_frames(
    firefox: Firefox, name: str, theme: str, tmp_path: Path
) -> None:
    animation, text = both(name, theme)
    firefox.set("layout.css.prefers-color-scheme.content-override", [*THEMES].index(theme) ^ 1)
    firefox.resize(*animation.size)
    path = tmp_path / "x.html"
    moments = pixels_at(animation, N_TIMES)

    def seen() -> NDArray[np.uint8]:
        return firefox.pixels()[: animation.size[1], : animation.size[0]]

    path.write_text(PAGE + text, "utf-8")
    firefox.show(path)
    for time, expected in moments.items():
        firefox.run(f"({SEEK})(arguments[0])", time)
        check_alike(seen(), expected, time)
    for time in [*moments][::N_APART]:
        path.write_text(PAGE + as_image(text, time), "utf-8")
        firefox.show(path)
        check_alike(seen(), moments[time], ("in an image", time))


USES = """times => {
  const svg = document.querySelector("svg");
  svg.pauseAnimations();
  const uses = [...svg.querySelectorAll(":scope > use, :scope > g:not([display]) use")];
  return times.map(time => {
    svg.setCurrentTime((time + 1) / 1000);
    return uses.map(use => getComputedStyle(use).display == "none" ? "" : use.href.animVal);
  });
}"""


def random_layers(count: int) -> Iterator[Animation]:
    """Yield pictures of layers of all kinds, the same every time."""
    draw = np.random.default_rng(0)
    for _ in range(count):
        size, kernel, padding, stride = (
            int(draw.integers(*x)) for x in ((3, 6), (1, 4), (0, 3), (1, 4))
        )
        made: list[Layer] = [
            Standard(i=size, k=kernel, p=padding, s=stride),
            Transposed(i=min(size, 4), k=3, s=min(stride, 3), p=padding % 2),
            Pool(i=size, k=2),
        ]
        layer = made[int(draw.integers(3))]
        view = ["slide", "stack", "matrix"][int(draw.integers(3))]
        yield drawn(layer, view, [*THEMES][int(draw.integers(2))])


def test_in_chromium_each_cell_is_what_it_should_be_at_every_step(page: Any) -> None:
    n_cells = 0
    for animation in random_layers(100):
        text = animation.to_bytes("svg").decode()
        page.set_content(text)
        root = parsed(text)
        times = [0, *starts(animation)]
        uses = [
            use
            for part in root
            if not part.get("display")
            for use in part.iter(f"{NAMESPACE}use")
            if part.tag != f"{NAMESPACE}defs"
        ]
        own = swatches(animation)
        meant = cells_meant(animation)
        for hrefs, expected in zip(page.evaluate(USES, times), meant, strict=True):
            shown = {use: href for use, href in zip(uses, hrefs, strict=True) if href}
            found = cells_drawn(root, shown)
            assert {at: colour for at, colour in found.items() if at not in own} == expected
            n_cells += len(expected)
    assert n_cells > 10_000


def test_two_on_a_page_do_not_mix(page: Any) -> None:
    page.emulate_media(color_scheme="light")
    pair = [both(name, "light") for name in ("slide", "slide, values")]
    boxes = "".join(f'<div style="height:1300px">{text}</div>' for _, text in pair)
    page.set_content(PAGE + boxes)
    page.evaluate(SEEK, 700)
    together = np.asarray(Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB"))
    for number, (animation, text) in enumerate(pair):
        width, height = animation.size
        top = 1300 * number
        page.set_content(PAGE + text)
        page.evaluate(SEEK, 700)
        alone = shot(page, animation).astype(int)
        assert abs(together[top : top + height, :width] - alone).max() <= 60


@pytest.mark.parametrize("name", ["slide", "slide, large", "process, moved", "stack, values"])
def test_who_wants_no_motion_sees_the_last_frame(page: Any, name: str) -> None:
    animation, text = both(name, "dark")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_content(PAGE + text)
    check_alike(shot(page, animation), pixels(animation, len(animation) - 1), name)


def test_who_wants_no_motion_sees_the_last_frame_in_an_image(
    firefox: Firefox, tmp_path: Path
) -> None:
    animation, text = both("slide", "light")
    firefox.set("layout.css.prefers-color-scheme.content-override", 1)
    firefox.set("ui.prefersReducedMotion", 1)
    firefox.resize(*animation.size)
    try:
        (tmp_path / "x.html").write_text(PAGE + as_image(text), "utf-8")
        firefox.show(tmp_path / "x.html")
        check_alike(firefox.pixels(), pixels(animation, len(animation) - 1), "still")
    finally:
        firefox.set("ui.prefersReducedMotion", 0)


def test_after_the_last_play_it_stays_as_it_is(page: Any) -> None:
    animation = animate(STANDARD, loop=2, theme="light", scale=2)
    page.emulate_media(color_scheme="light")
    page.set_content(PAGE + animation.to_bytes("svg").decode())
    for time, number in ((animation.duration_ms, 0), (5 * animation.duration_ms, -1)):
        page.evaluate(SEEK, time)
        check_alike(shot(page, animation), pixels(animation, number % len(animation)), time)


@pytest.mark.parametrize("name", ["slide", "slide, shade", "process", "stack, values", "matrix"])
def test_what_knows_no_animation_shows_the_first_frame(name: str, tmp_path: Path) -> None:
    program = shutil.which("rsvg-convert")
    if program is None:
        pytest.skip("no test with librsvg: it is not installed")
    layer, own, _ = PICTURES[name]
    animation = animate(layer, **{**own, "theme": "light", "scale": 2})
    auto = animate(layer, **{**own, "theme": "auto", "scale": 2})
    path = auto.save(tmp_path / "x.svg")
    subprocess.run([program, path, "-o", tmp_path / "x.png"], check=True)
    with Image.open(tmp_path / "x.png") as image:
        check_alike(np.asarray(image.convert("RGB")), pixels(animation, 0), name)
