"""The page to step through: as text, and driven in a real browser, where there is one."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from conv_anim import Separable, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.scene.visits import visits, words
from tests.support.firefox import Firefox
from tests.support.frames import pixels
from tests.support.samples import PICTURES

LAYER = Standard(i=5, k=3, p=1, s=2)
GO = """
    const scrubber = document.getElementById("scrubber");
    scrubber.value = arguments[0];
    scrubber.dispatchEvent(new Event("input"));
"""
PLAY = """() => {
    document.getElementById("play").click();
    return document.getElementById("words").textContent;
}"""
PLACE = """
    const box = document.querySelector("#picture > svg").getBoundingClientRect();
    return [box.left, box.top, box.width, box.height];
"""
STEPS = [f"step {number} of 9" for number in range(1, 10)]


def page_of(animation: Animation) -> str:
    return animation.to_bytes("html").decode()


def test_it_lets_in_its_own_script_and_styles_alone() -> None:
    page = page_of(animate(LAYER))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "unsafe" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (*styles, *scripts)
    ]
    assert re.findall(r"sha256-([^']+)'", policy) == digests
    assert (len(scripts), len(styles)) == (1, 2)
    assert not re.search(r'\b(?:src|srcset|action)=|\bstyle="|\son\w+=|@import|url\(', page)


def test_titles_are_escaped() -> None:
    title = "</title></script><script>alert(1)</script> & <!--"
    page = page_of(animate(LAYER, title=title))
    assert "<script>alert" not in page
    assert page.count("</script>") == 2
    assert html.escape(title, quote=False)[:40] in page


def test_what_its_script_knows() -> None:
    animation = animate(LAYER, step_ms=400, hold_ms=1000, loop=2)
    (text,) = re.findall(
        r'<script type="application/json" id="story">(.*?)</script>', page_of(animation)
    )
    story = json.loads(text)
    assert story["starts"] == [*range(0, 3600, 400)]
    assert (story["end"], story["plays"]) == (4200, 2)
    assert story["words"] == STEPS
    (grid,) = story["grids"]
    assert grid["frames"] == [[[0], [1], [2]], [[3], [4], [5]], [[6], [7], [8]]]
    plane = animation.drawing.planes["output"]
    assert [grid["origin"], grid["across"], grid["down"]] == [
        [*plane.origin], [*plane.across], [*plane.down]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "first", "last"),
    [
        pytest.param({}, "step 1 of 25", "step 25 of 25", id="steps"),
        pytest.param({"process": True}, "Stage 1 of 4", "step 25 of 25", id="process"),
        pytest.param({"parts": ()}, "step 1 of 25", "step 25 of 25", id="bare"),
        pytest.param({"view": "stamp"}, "step 1 of 9", "cropped by p = 1", id="stamp"),
    ],
)
def test_each_frame_has_words(options: dict[str, Any], first: str, last: str) -> None:
    animation = animate(Transposed(i=3, k=3, p=1, s=2), **options)
    story = re.search(r'id="story">(.*?)</script>', page_of(animation))
    assert story
    found = json.loads(story[1])["words"]
    assert found == [*words(animation.whole_scene)]
    assert len(found) == len(animation)
    assert (found[0], found[-1]) == (first, last)


def test_a_cell_that_is_stamped_often_belongs_to_several_frames() -> None:
    (cells,) = visits(animate(Transposed(i=2, k=3, s=2), view="stamp").scene).values()
    assert cells[0, 0] == [0]
    assert cells[2, 2] == [0, 1, 2, 3]


@pytest.mark.parametrize("view", ["slide", "stack", "stamp", "overlap", "both", "matrix"])
def test_in_every_view_output_cells_lead_to_frames(view: str) -> None:
    animation = animate(Transposed(i=2, k=2, p=0, s=2), view=view)
    found = visits(animation.scene)
    assert sum(map(len, found.values())) >= 16


def test_a_notebook_has_it_in_a_frame() -> None:
    animation = animate(LAYER)
    player = animation.player()
    shown = player._repr_html_()
    assert player.page == page_of(animation)
    (inside,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert html.unescape(inside) == player.page
    assert 'sandbox="allow-scripts"' in shown


OWN_SIZE = """(() => {
  const picture = document.querySelector("#picture > svg");
  picture.style.width = picture.getAttribute("width") + "px";
  picture.style.maxWidth = picture.style.maxHeight = "none";
})()"""


class Driven:
    """A player in a browser."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def open(self, animation: Animation) -> None:
        self.page.set_content(page_of(animation))

    def show_own_size(self) -> None:
        """Give the picture its own size, as in the raster."""
        self.page.evaluate(OWN_SIZE)

    def click(self, x: float, y: float) -> None:
        """Click on a point of the drawing."""
        self.page.mouse.click(*self.place(x, y))

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where in the window a point of the drawing is."""
        box = self.page.locator("#picture > svg").bounding_box()
        left, top, width, height = self.page.get_attribute("#picture > svg", "viewBox").split()
        assert (left, top) == ("0", "0")
        scale = min(box["width"] / float(width), box["height"] / float(height))
        start = (box["width"] - scale * float(width)) / 2
        return box["x"] + start + scale * x, box["y"] + scale * y

    @property
    def words(self) -> str:
        return str(self.page.inner_text("#words"))

    @property
    def is_playing(self) -> bool:
        return bool(self.page.get_attribute("#play", "aria-label") == "Pause")

    def press(self, key: str) -> str:
        self.page.keyboard.press(key)
        return self.words


@pytest.fixture(scope="module")
def context(browser: Any) -> Any:
    return browser.new_context(viewport={"width": 1000, "height": 900})


@pytest.fixture
def player(context: Any) -> Iterator[Driven]:
    """Return a player on a page that asks for nothing and complains of nothing."""
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url))
    yield Driven(page)
    page.close()
    assert [text for text in heard if not text.startswith(("data:", "file:"))] == []


def test_keys_go_to_steps(player: Driven) -> None:
    player.open(animate(LAYER))
    assert player.is_playing
    assert player.press("Home") == STEPS[0]
    assert not player.is_playing
    assert [player.press("ArrowRight") for _ in range(9)] == [*STEPS[1:], STEPS[-1]]
    assert player.press("ArrowLeft") == STEPS[7]
    assert player.press("PageUp") == STEPS[6]
    assert player.press("PageDown") == STEPS[7]
    assert player.press("End") == STEPS[8]
    assert player.page.inner_text("#status") == STEPS[8]
    assert player.page.get_attribute("#scrubber", "aria-valuetext") == STEPS[8]
    player.press(" ")
    assert player.is_playing
    player.press(" ")
    assert not player.is_playing


@pytest.mark.parametrize("by_pointer", [True, False], ids=["pointer", "keys"])
def test_keys_are_the_pictures_when_the_speed_is_chosen_by_pointer(
    player: Driven, by_pointer: bool
) -> None:
    player.open(animate(LAYER))
    player.press("Home")
    player.page.focus("#speed")
    if by_pointer:
        player.page.dispatch_event("#speed", "pointerdown")
    player.page.select_option("#speed", "2")
    is_left = player.page.evaluate("document.activeElement === document.body")
    assert is_left == by_pointer
    if by_pointer:
        assert player.press("ArrowRight") == STEPS[1]


def test_buttons_and_the_scrubber_go_to_steps(player: Driven) -> None:
    player.open(animate(LAYER))
    player.page.fill("#scrubber", "4")
    assert player.words == STEPS[4]
    player.page.click("#forth")
    assert player.words == STEPS[5]
    player.page.click("#back")
    player.page.click("#back")
    assert player.words == STEPS[3]
    player.page.click("#play")
    assert player.is_playing
    player.page.keyboard.press(" ")  # on the button, where it is one click, not two
    assert not player.is_playing
    player.page.select_option("#speed", "4")
    player.page.click("#restart")
    assert player.is_playing
    player.page.locator("#words", has_text=STEPS[5]).wait_for()


def test_each_step_shows_its_frame(player: Driven) -> None:
    animation = animate(LAYER, theme="light", process=True)
    player.open(animation)
    player.show_own_size()
    player.press("Home")
    for number in range(len(animation)):
        box = player.page.locator("#picture > svg").bounding_box()
        assert (box["width"], box["height"]) == animation.size
        image = Image.open(BytesIO(player.page.screenshot(clip=box))).convert("RGB")
        difference = abs(np.asarray(image).astype(int) - pixels(animation, number))
        assert (difference.max(axis=2) > 60).mean() < 0.006, number
        player.press("ArrowRight")


def beside_all(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return where there is nothing, nor at any pixel next to it."""
    nothing: NDArray[np.bool_] = (picture == 255).all(axis=2)
    for axis in (0, 1):
        nothing = nothing & np.roll(nothing, 1, axis) & np.roll(nothing, -1, axis)
    return nothing


@pytest.mark.parametrize("name", ["overlap", "both", "stamp", "separable"])
def test_each_step_shows_its_frame_in_firefox(firefox: Firefox, name: str, tmp_path: Path) -> None:
    """It takes a page's policy more strictly."""
    layer, options = PICTURES[name]
    animation = animate(layer, **{**options, "theme": "light"})
    path = tmp_path / "x.html"
    path.write_bytes(animation.to_bytes("html"))
    width, height = animation.size
    firefox.resize(width + 100, height + 200)
    firefox.show(path)
    firefox.run(OWN_SIZE)
    for number in (0, len(animation) // 2, len(animation) - 1):
        firefox.run(GO, number)
        left, top, *size = map(round, firefox.run(PLACE))
        assert size == [width, height]
        seen = firefox.pixels()[top : top + height, left : left + width]
        expected = pixels(animation, number)
        differs = np.abs(seen.astype(int) - expected).max(axis=2) > 60
        for one in (seen, expected):  # well beside all else, of which edges may differ
            assert not (differs & beside_all(one)).any(), number


@pytest.mark.parametrize("options", [{}, {"view": "stack"}], ids=["flat", "in perspective"])
def test_a_click_on_an_output_cell_goes_to_its_step(
    player: Driven, options: dict[str, Any]
) -> None:
    animation = animate(LAYER, **options)
    player.open(animation)
    plane = animation.drawing.planes["output"]
    for row in range(3):
        for column in range(3):
            x, y = plane.point(row + 0.5, column + 0.5)
            player.click(x, y)
            assert player.words == STEPS[3 * row + column]
            assert not player.is_playing
            assert player.page.get_attribute("#picture", "class") == "on-cell"
    player.click(2, 2)
    assert player.words == STEPS[8]
    assert player.page.get_attribute("#picture", "class") == ""


def test_a_click_counts_though_what_is_under_it_changes_meanwhile(player: Driven) -> None:
    animation = animate(LAYER, step_ms=400)
    player.open(animation)
    player.press("Home")
    place = player.place(*animation.drawing.planes["output"].point(0.5, 0.5))
    player.page.mouse.move(*place)
    player.page.click("#play", no_wait_after=True)
    player.page.mouse.move(*place)
    player.page.mouse.down()
    player.page.locator("#words", has_text=STEPS[2]).wait_for()
    player.page.mouse.up()
    assert (player.is_playing, player.words) == (False, STEPS[0])


def test_clicks_on_a_cell_that_is_stamped_often_go_round(player: Driven) -> None:
    animation = animate(Transposed(i=2, k=3, s=2), view="stamp")
    player.open(animation)
    player.press("Home")
    role, cells = next(iter(visits(animation.scene).items()))
    x, y = animation.drawing.planes[role].point(2.5, 2.5)
    seen = []
    for _ in range(5):
        player.click(x, y)
        seen.append(player.words)
    assert seen == [f"step {number} of 4" for number in (2, 3, 4, 1, 2)]
    assert cells[2, 2] == [0, 1, 2, 3]


def test_who_wants_no_motion_begins_at_the_end(player: Driven) -> None:
    player.page.emulate_media(reduced_motion="reduce")
    player.open(animate(LAYER))
    assert (player.words, player.is_playing) == (STEPS[8], False)
    assert player.press("ArrowLeft") == STEPS[7]


def test_who_wants_no_motion_but_plays_it_sees_all_of_it(player: Driven) -> None:
    player.page.emulate_media(reduced_motion="reduce")
    player.open(animate(LAYER, loop=1))
    assert (player.words, player.is_playing) == (STEPS[8], False)
    assert player.page.evaluate(PLAY) == STEPS[0]


def test_it_prints_as_the_last_frame(player: Driven) -> None:
    animation = animate(LAYER, theme="light")
    player.open(animation)
    player.press("Home")
    player.page.emulate_media(media="print")
    assert not player.page.locator("#play").is_visible()
    box = player.page.locator("#picture > svg").bounding_box()
    image = Image.open(BytesIO(player.page.screenshot(clip=box))).convert("RGB")
    difference = abs(np.asarray(image).astype(int) - pixels(animation, 8))
    assert (difference.max(axis=2) > 60).mean() < 0.006


def test_after_its_plays_it_ends_at_the_last_frame(player: Driven) -> None:
    player.open(animate(LAYER, loop=False, step_ms=20, hold_ms=20))
    player.page.locator("#play[aria-label=Play]").wait_for()
    assert player.words == STEPS[8]
    assert player.page.evaluate(PLAY) == STEPS[0]


def test_after_its_plays_it_goes_on_from_where_one_has_gone(player: Driven) -> None:
    player.open(animate(LAYER, loop=False, step_ms=20, hold_ms=20))
    player.page.locator("#play[aria-label=Play]").wait_for()
    assert player.press("End") == STEPS[8]
    assert player.page.evaluate(PLAY) == STEPS[0]
    player.page.locator("#play[aria-label=Play]").wait_for()
    assert player.press("ArrowLeft") == STEPS[7]
    assert player.press("ArrowLeft") == STEPS[6]
    assert player.page.evaluate(PLAY) == STEPS[6]
    player.page.locator("#play[aria-label=Play]").wait_for()
    assert player.words == STEPS[8]


@pytest.mark.parametrize("width", [400, 640, 900])
@pytest.mark.parametrize(
    "animation",
    [
        pytest.param(animate(Separable()), id="separable"),
        pytest.param(animate(Transposed(i=2), view="both"), id="both"),
        pytest.param(animate(Transposed(i=2), view="stamp", process=False), id="stamp"),
        pytest.param(animate(LAYER, process=True), id="process"),
    ],
)
def test_what_it_is_played_with_stays_where_it_is_and_is_seen(
    player: Driven, animation: Animation, width: int
) -> None:
    player.page.set_viewport_size({"width": width, "height": 700})
    player.open(animation)
    player.press("Home")
    places = set()
    for number in range(0, len(animation), max(1, len(animation) // 8)):
        player.page.evaluate(f"number => {{ {GO.replace('arguments[0]', 'number')} }}", number)
        places.add(str([player.page.locator(x).bounding_box() for x in ("#scrubber", "#speed")]))
    assert len(places) == 1
    room = player.page.evaluate("innerHeight - document.querySelector('main').scrollHeight")
    assert room >= 0


def test_what_it_is_played_with_is_in_one_row_where_there_is_room(player: Driven) -> None:
    player.page.set_viewport_size({"width": 900, "height": 500})
    player.open(animate(Separable()))
    tops = [player.page.locator(x).bounding_box()["y"] for x in ("#play", "#scrubber", "#speed")]
    assert max(tops) - min(tops) < 5


def test_in_a_page_of_another_the_picture_has_its_own_size(player: Driven) -> None:
    animation = animate(Standard(i=3, k=1))
    player.page.set_viewport_size({"width": 1600, "height": 1000})
    player.page.set_content(animation.player()._repr_html_())
    frame = player.page.frame_locator("iframe")
    frame.locator("#picture > svg").wait_for()
    box = frame.locator("#picture > svg").bounding_box()
    assert (box["width"], box["height"]) == animation.size


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "none"])
def test_a_small_picture_is_not_blown_up(browser: Any, has_scripts: bool) -> None:
    context = browser.new_context(
        java_script_enabled=has_scripts, viewport={"width": 3000, "height": 2000}
    )
    page = context.new_page()
    animation = animate(Standard(i=1, k=1), parts="none")
    page.set_content(page_of(animation))
    box = page.locator("#picture > svg").bounding_box()
    assert box["width"] == pytest.approx(2.5 * animation.size[0], abs=1)
    context.close()


@pytest.mark.parametrize(
    ("width", "height", "fills"),
    [(1920, 1080, "height"), (800, 1000, "width"), (1280, 400, "height"), (390, 800, "width")],
)
def test_the_picture_is_as_large_as_the_window_has_room(
    player: Driven, width: int, height: int, fills: str
) -> None:
    player.page.set_viewport_size({"width": width, "height": height})
    animation = animate(LAYER)
    player.open(animation)
    player.press("Home")
    (left, top), (right, bottom) = player.place(0, 0), player.place(*animation.size)
    assert (right - left) / (bottom - top) == pytest.approx(animation.size[0] / animation.size[1])
    controls = player.page.locator(".player").bounding_box()
    spare = {"width": left + width - right, "height": top + height - bottom - controls["height"]}
    assert spare[fills] <= 42
    assert min(spare.values()) > 30
    assert player.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert player.page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("asked", ["auto", "light"])
def test_a_page_with_it_in_it_may_say_its_theme(player: Driven, tmp_path: Path, asked: str) -> None:
    path = animate(LAYER, theme=asked).save(tmp_path / "x.html")
    player.page.emulate_media(color_scheme="light")
    player.page.goto(path.as_uri() + "#dark")
    colour = player.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == {"auto": "rgb(13, 17, 23)", "light": "rgb(255, 255, 255)"}[asked]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 400, 1400])
def test_it_follows_the_reader_and_fits(player: Driven, theme: str, width: int) -> None:
    player.page.set_viewport_size({"width": width, "height": 800})
    player.page.emulate_media(color_scheme=theme)
    player.open(animate(LAYER))
    colours = player.page.evaluate(
        "[document.body, document.querySelector('#picture rect')].map((x, n) =>"
        " getComputedStyle(x)[n ? 'fill' : 'backgroundColor'])"
    )
    assert colours == [{"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}[theme]] * 2
    assert player.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_theme_that_is_asked_for_stays(player: Driven, system: str) -> None:
    player.page.emulate_media(color_scheme=system)
    player.open(animate(LAYER, theme="dark"))
    style = player.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert style == "rgb(13, 17, 23)"


def test_without_scripts_it_plays_by_itself(browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(page_of(animate(LAYER)))
    assert not page.locator("#play").is_visible()
    assert page.locator("noscript").inner_text() == (
        "It plays by itself; to step through it, allow scripts."
    )
    context.close()
