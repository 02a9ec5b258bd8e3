"""The pages of a gallery: as text, and in a real browser where there is one."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from PIL import Image

from conv_anim import Transposed
from conv_anim.animation import Animation
from conv_anim.formats.registry import DEFAULT
from conv_anim.gallery import BUILT_IN as SPEC
from conv_anim.gallery import page, spec
from conv_anim.gallery.build import make
from conv_anim.gallery.entries import Entry, Gallery
from conv_anim.gallery.executors import Here
from conv_anim.gallery.manifest import PAGES

ROOT = Path(__file__).parent.parent
HOSTILE = """
title = "<script>alert(1)</script> & $title"
[[animation]]
name = "x"
section = "</section><script>alert(2)</script>\\" onload=\\"alert(3)"
caption = "<img src=x onerror=alert(4)> | `a` **b** $filters &amp;"
layer = "standard"
i = 3
[[animation]]
name = "y"
section = "Z"
layer = "transposed"
i = "1x2"
k = 2
p = "0:1"
s = 3
theme = "dark"
"""


class Tags(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a gallery of texts that mean something in HTML, and of what comes in one theme."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "h.toml").write_text(HOSTILE, "utf-8")
    make(spec.read(folder / "h.toml"), folder / "out", Here())
    return folder / "out"


@pytest.mark.parametrize("name", PAGES)
def test_everything_from_the_spec_is_escaped(hostile: Path, name: str) -> None:
    tags = Tags((hostile / name).read_text("utf-8"))
    assert len(tags.of("script")) == (2 if name == "index.html" else 0)
    assert not [key for _, attributes in tags.tags for key in attributes if key.startswith("on")]
    assert "<script>alert(1)</script> & $title" in tags.text
    assert '</section><script>alert(2)</script>" onload="alert(3)' in tags.text
    assert "<img src=x onerror=alert(4)> | `a` **b** $filters &amp;" in tags.text


def test_a_card_has_everything(hostile: Path) -> None:
    tags = Tags((hostile / "index.html").read_text("utf-8"))
    first, second = tags.of("img")
    assert first["alt"] == (
        "Standard convolution, 3×3 input, 3×3 kernel, padding 0, stride 1, 1×1 output, 1 step"
    )
    assert (first["src"], second["src"]) == ("x.gif", "y_dark.gif")
    assert first["loading"] == "lazy"
    assert (int(first["width"] or 0), int(first["height"] or 0)) == next(
        iter(spec.read(hostile.parent / "h.toml").files.values())
    ).size
    assert [source["srcset"] for source in tags.of("source")] == ["x_dark.gif"]
    for text in (
        "<img src=x onerror=alert(4)> | `a` **b** $filters &amp;\nx\n",
        "\ny\n",
        "3×3 → 1×1, 1 step",
        "conv-anim standard --i 3 --k 3 --p 0 --s 1 --theme dark",
        "torch.nn.Conv2d(1, 1, kernel_size=3, bias=False)",
        "conv-anim transposed --i 1x2 --k 2 --p 0:1 --s 3 --theme dark",
        "No single PyTorch call: it crops both sides",
    ):
        assert text in tags.text
    options = re.findall(r'data-key="(\w+)">(.*?)</select>', (hostile / "index.html").read_text())
    assert {key: re.findall("<option>(.*?)</option>", values) for key, values in options} == {
        "layer": ["standard", "transposed"],
        "view": ["slide"],
        "stride": ["1", "3"],
        "padding": ["0", "0:1"],
        "dilation": ["1"],
    }


@pytest.mark.parametrize(
    ("caption", "heading", "rest"),
    [
        pytest.param("", "", "", id="none"),
        pytest.param("Stride 2.", "Stride 2", "", id="a sentence"),
        pytest.param("Stride 2. In the guide: x_y.", "Stride 2", "In the guide: x_y.", id="two"),
        pytest.param("It is k − 1. p′ is 0. So.", "It is k − 1. p′ is 0", "So.", id="no capital"),
        pytest.param("Why? Because. So.", "Why?", "Because. So.", id="a question"),
        pytest.param(
            "Strides, e.g. Two, cf. Odena.", "Strides, e.g. Two, cf. Odena", "", id="e.g."
        ),
        pytest.param("Bias 0.5, ends in 2 .. 3…", "Bias 0.5, ends in 2 .. 3…", "", id="dots"),
        pytest.param("Schritt 2. Über 3.", "Schritt 2", "Über 3.", id="other letters"),
    ],
)
def test_a_card_is_headed_by_the_first_sentence_of_its_caption(
    tmp_path: Path, caption: str, heading: str, rest: str
) -> None:
    text = f'[[animation]]\nname = "a_b"\nlayer = "standard"\ni = 3\ncaption = "{caption}"'
    (tmp_path / "x.toml").write_text(f"{text}\ntheme = 'light'", "utf-8")
    make(spec.read(tmp_path / "x.toml"), tmp_path / "out", Here())
    index, readme = ((tmp_path / "out" / name).read_text("utf-8") for name in PAGES)
    name = '<a href="#a_b">a_b</a>'
    assert f"<h3>{heading or name}</h3>" in index
    assert (f'<p class="name">{name}</p>' in index) == bool(heading)
    assert re.findall('<p class="caption">(.*)</p>', index) == [rest] * bool(rest)
    lines = [f"<b>{heading or 'a_b'}</b>", rest, "<small>a_b</small>" * bool(heading), "3×3 → 1×1"]
    assert "<br>\n".join(line for line in lines if line) in readme


def test_sections_can_be_linked_to(tmp_path: Path) -> None:
    names = ["", "A b: c", "a B c!", "Ü", "?", "Search"]
    entries = [
        f"[[animation]]\nname = 'n{number}'\nsection = '{name}'"
        for number, name in enumerate(names)
    ]
    head = "[defaults]\nlayer = 'standard'\ni = 3\ntheme = 'light'\n"
    ids = ["section.a-b-c", "section.a-b-c.2", "section.ü", "section.", "section.search"]
    for n_names in (1, 2, 3, 6):
        (tmp_path / "x.toml").write_text(head + "\n".join(entries[:n_names]), "utf-8")
        make(spec.read(tmp_path / "x.toml"), tmp_path / "out", Here())
        tags = Tags((tmp_path / "out" / "index.html").read_text("utf-8"))
        assert [tag["id"] for tag in tags.of("h2")[:-1]] == ids[: n_names - 1]
        links = [unquote(str(tag["href"])) for tag in tags.of("a") if "." in str(tag["href"])]
        links = [link[1:] for link in links if link.startswith("#section")]
        assert links == (ids[: n_names - 1] if n_names > 2 else [])


def test_the_page_asks_for_nothing_from_elsewhere(hostile: Path) -> None:
    html = (hostile / "index.html").read_text("utf-8")
    assert not re.search(r"https?:|//[a-z]|@import|url\(", html)


def test_the_table_for_code_hosts_has_no_blank_line_in_its_html(hostile: Path) -> None:
    text = (hostile / "README.md").read_text("utf-8")
    for table in re.findall(r"<table>.*?</table>", text, re.DOTALL):
        assert "\n\n" not in table  # Markdown would begin again there


THEMES_OF_FILES: dict[str, dict[str, Any]] = {"light": {}, "dark": {"theme": "dark"}}


@cache
def in_gifs() -> Gallery:
    """Return the built-in set as GIFs, light and dark."""
    gallery = spec.read(SPEC)
    entries = tuple(
        replace(
            entry,
            formats=(DEFAULT,),
            pictures={
                theme: Animation(entry.animation.layer, replace(entry.animation.options, **chosen))
                for theme, chosen in THEMES_OF_FILES.items()
            },
        )
        for entry in gallery.entries
    )
    return replace(gallery, entries=entries)


def gif(entry: Entry, theme: str) -> str:
    return f"{entry.name}{'_dark' * (theme == 'dark')}.gif"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put GIFs where nothing else is, with their pages; most have but one of their frames."""
    folder = tmp_path_factory.mktemp("site")
    for file, picture in in_gifs().files.items():
        if file.startswith(("standard_s", "both")):
            picture.save(folder / file)
        else:
            first = next(picture.renderer.patches())
            Image.fromarray(picture.renderer.palette[first.indexes]).save(folder / file)
        picture.forget()
    page.write(in_gifs(), folder)
    return folder


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the committed files where nothing else is."""
    return Path(shutil.copytree(ROOT / "gallery", tmp_path_factory.mktemp("site") / "gallery"))


class Visit:
    """A page opened from disk, and what it complained of and asked for."""

    def __init__(self, browser: Any, folder: Path, **reader: Any) -> None:
        self.context = browser.new_context(**reader)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(request.url))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto((folder / "index.html").as_uri())

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *exception: object) -> None:
        self.context.close()

    def shown(self) -> list[str]:
        return [str(name) for name in self.page.eval_on_selector_all(
            "article:not([hidden])", "cards => cards.map(card => card.id)")]  # fmt: skip

    def load_all(self) -> list[str]:
        """Let every picture load, and return their files."""
        self.page.eval_on_selector_all("img", "all => all.forEach(x => x.loading = 'eager')")
        self.page.wait_for_function(
            "[...document.images].every(x => x.complete && x.naturalWidth > 0)"
        )
        return [str(url).rpartition("/")[2] for url in self.page.eval_on_selector_all(
            "img", "all => all.map(x => x.currentSrc)")]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_from_disk_with_every_picture(browser: Any, site: Path, scheme: str) -> None:
    entries = in_gifs().entries
    with Visit(browser, site, color_scheme=scheme) as visit:
        assert visit.load_all() == [gif(entry, scheme) for entry in entries]
        assert visit.complaints == []
        assert all(url.startswith((site.as_uri(), "data:")) for url in visit.asked)
        assert (
            visit.page.inner_text("[id='ui.status']")
            == f"{len(entries)} of {len(entries)} animations"
        )
        title = "Convolution arithmetic"
        assert visit.page.title() == title == visit.page.inner_text("h1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_committed_set_shows_svgs_that_can_be_stepped_through(
    browser: Any, committed: Path, scheme: str
) -> None:
    entries = spec.read(SPEC).entries
    with Visit(browser, committed, color_scheme=scheme) as visit:
        assert visit.load_all() == [f"{entry.name}.svg" for entry in entries]
        card = visit.page.locator("#transposed_s2p1")
        assert card.locator(".files a").all_inner_texts() == ["SVG", "GIF", "page"]
        card.locator("figure > a").click()
        player = visit.page.frame_locator("dialog iframe")
        player.get_by_role("button", name="Pause").press("Home")
        assert player.locator("#words").inner_text() == "step 1 of 25"
        player.get_by_role("button", name="One step forth").click()
        assert player.locator("#words").inner_text() == "step 2 of 25"
        visit.page.get_by_role("button", name="Close").click()
        assert not visit.page.is_visible("dialog")
        assert visit.page.locator("iframe").count() == 0
        visit.page.select_option("[id='ui.theme']", "dark")
        card.locator("figure > a").click()
        words = player.locator("#words")
        words.wait_for()
        visit.page.wait_for_function("document.activeElement.tagName === 'IFRAME'")
        for key, said in (("Home", "step 1 of 25"), ("ArrowRight", "step 2 of 25")):
            visit.page.keyboard.press(key)  # it is the player's, which has the focus
            assert words.inner_text() == said
        colour = player.locator("body").evaluate("x => getComputedStyle(x).backgroundColor")
        assert colour == "rgb(13, 17, 23)"
        visit.page.keyboard.press("Escape")
        visit.page.locator("dialog").wait_for(state="hidden")
        assert visit.complaints == []
        assert all(url.startswith((committed.as_uri(), "data:")) for url in visit.asked)


def test_pictures_far_down_are_not_loaded_at_once(browser: Any, site: Path) -> None:
    with Visit(browser, site, viewport={"width": 390, "height": 600}) as visit:
        visit.page.wait_for_timeout(300)
        last = in_gifs().entries[-1]
        assert not any(url.endswith(gif(last, "light")) for url in visit.asked)


def test_it_filters_and_searches(browser: Any, site: Path) -> None:
    entries = in_gifs().entries
    with Visit(browser, site) as visit:
        chosen = {"layer": "transposed", "stride": "2"}
        for key, value in chosen.items():
            visit.page.select_option(f"select[data-key={key}]", value)
        expected = [
            entry.name
            for entry in entries
            if "transposed" in entry.animation.command and "--s 2" in entry.animation.command
        ]
        assert visit.shown() == expected != []
        assert visit.page.inner_text("[id='ui.status']").startswith(f"{len(expected)} of ")
        assert not visit.page.is_visible("text=Standard convolution >> nth=0")
        visit.page.click("text=Show all")
        assert visit.shown() == [entry.name for entry in entries]
        visit.page.fill("[id='ui.search']", "  PADDING_strides_odd  nn.Conv2d ")
        assert visit.shown() == ["padding_strides_odd"]
        for text, name in (("--s 2 --d", "dilated_unread"), ("--p 1:0", ""), ("Copy", "")):
            visit.page.fill("[id='ui.search']", text)
            assert (name in visit.shown()) if name else (visit.shown() == [])
        visit.page.fill("[id='ui.search']", "--s 2")
        assert visit.shown() == [
            entry.name for entry in entries if f"{entry.animation.command} ".count("--s 2 ")
        ]
        visit.page.fill("[id='ui.search']", "no such thing")
        assert visit.shown() == []
        assert visit.page.is_visible("[id='ui.nothing']")
        assert visit.page.inner_text("[id='ui.status']").startswith("0 of ")


SEARCHES = {  # what is typed: the options of the command that say the same
    **dict.fromkeys(
        ["s=2", "s = 2", "--s 2", "--s=2", "stride=2", "stride 2", "Stride: 2", "strides=(2, 2)",
         "stride (2,2)", "STRIDE  2x2", "-s 2", "--stride 2", "stride is 2", "strides [2, 2],",
         "stride=(2,)", ", stride=2)"],
        "--s 2"),
    **dict.fromkeys(["stride (2, 1)", "s=2x1", "--s 2x1", "s 2×1", "stride=[2,1]"], "--s 2x1"),
    **dict.fromkeys(["kernel 3", "k=3", "3x3 kernel", "3×3 KERNEL", "kernel_size=3",
                     "kernel-size 3x3", "window 3", "kernel of 3"], "--k 3"),
    **dict.fromkeys(["padding 1", "p = 1", "pad=1", "padding=((1, 1), (1, 1))", "p 1:1",
                     "padding (1:1, 1)"], "--p 1"),
    **dict.fromkeys(["padding 0:1", "p=0:1", "p ((0, 1), (0, 1))", "padding 0 : 1x0:1"], "--p 0:1"),
    **dict.fromkeys(["dilation 2", "d=2", "dilation_rate=2", "--d 2"], "--d 2"),
    **dict.fromkeys(["output padding 1", "output_padding=1", "op 1", "--op 1"], "--op 1"),
    **dict.fromkeys(["5x5 input", "i=5", "input 5", "input size 5×5"], "--i 5"),
    **dict.fromkeys(["k=3 s=2", "3x3 kernel, stride 2", "kernel 3, s = 2.", "stride 2 kernel 3"],
                    "--k 3 --s 2"),
}  # fmt: skip


def test_it_finds_sizes_however_they_are_written(browser: Any, site: Path) -> None:
    commands = {e.name: f"{e.animation.command} " for e in in_gifs().entries}
    with Visit(browser, site) as visit:
        for text, options in SEARCHES.items():
            expected = [
                name
                for name, command in commands.items()
                if all(f"{option} " in command for option in re.findall(r"--\w+ \S+", options))
            ]
            visit.page.fill("[id='ui.search']", text)
            assert visit.shown() == expected, text
        entries = in_gifs().entries
        layers = {entry.name: entry.animation.layer for entry in entries}
        dense = {x: getattr(layer, "dense", layer) for x, layer in layers.items()}
        transposed = {x: layer for x, layer in layers.items() if isinstance(layer, Transposed)}
        for text, names in {
            "p' 1": [x for x, y in transposed.items() if y.written(y.p_prime) == "1"],
            "P′ = −1": [x for x, y in transposed.items() if y.written(y.p_prime) == "-1"],
            "p’=1": [x for x, y in transposed.items() if y.written(y.p_prime) == "1"],
            "z = 1": [x for x, y in transposed.items() if y.written(y.s) == "2"],
            "o=3": [x for x, y in layers.items() if y.written(y.output_size) == "3"],
            "3×3 output": [x for x, y in layers.items() if y.written(y.output_size) == "3"],
            "dilation 1": [x for x, y in dense.items() if getattr(y, "d", 0) == (1, 1)],
            "stride 2.5": [],
            "stride 22": [],
            "the output is SMALLER": ["standard_s1p0"],
            "standard_s2p0": ["standard_s2p0"],
            "torch.nn.Conv2d(1, 1, kernel_size=3, stride=3, padding=2, bias=False)":
                ["standard_s3p2"],
        }.items():  # fmt: skip
            visit.page.fill("[id='ui.search']", text)
            assert visit.shown() == names, text


def test_sections_can_be_jumped_to(browser: Any, site: Path) -> None:
    sections = [name for name in in_gifs().sections if name]
    for width in (390, 1400):
        with Visit(browser, site, viewport={"width": width, "height": 700}) as visit:
            links = visit.page.get_by_role("navigation", name="Sections").get_by_role("link")
            assert links.all_inner_texts() == sections
            for number in (len(sections) - 1, 2):
                links.nth(number).focus()
                visit.page.keyboard.press("Enter")
                heading = visit.page.get_by_role("heading", name=sections[number], exact=True)
                visit.page.wait_for_function(
                    "id => { const { top, bottom } = document.getElementById(id)"
                    ".getBoundingClientRect(); return 0 <= top && bottom <= innerHeight; }",
                    arg=heading.get_attribute("id"),
                )
                box = heading.bounding_box()
                at = visit.page.evaluate(
                    "([x, y]) => document.elementFromPoint(x, y).tagName",
                    [box["x"] + 5, box["y"] + box["height"] / 2],
                )
                assert at == "H2"  # nothing covers it
            visit.page.select_option("select[data-key=layer]", "pool")
            assert links.all_inner_texts() == ["With numbers"]


def natural_size(visit: Visit, selector: str) -> list[int]:
    """Return by how much an element is larger than its picture."""
    return list(visit.page.eval_on_selector(
        selector, "x => { const image = x.closest('figure').querySelector('img');"
        "return [x.clientWidth - image.naturalWidth, x.clientHeight - image.naturalHeight]; }"
    ))  # fmt: skip


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_opens_to_its_own_size(browser: Any, site: Path, width: int, scheme: str) -> None:
    other = {"light": "dark", "dark": "light"}[scheme]
    with Visit(browser, site, viewport={"width": width, "height": 700}) as visit:
        visit.page.select_option("[id='ui.theme']", scheme)
        link = visit.page.locator("#both figure > a")
        opened = visit.page.get_by_role("dialog")
        image = "dialog img"
        ways: list[Callable[[], object]] = [
            lambda: visit.page.keyboard.press("Escape"),
            lambda: visit.page.get_by_role("button", name="Close").click(),
            lambda: visit.page.locator(image).click(position={"x": 9, "y": 9}),
            lambda: visit.page.mouse.click(2, 2),
        ]
        for close in ways:
            assert not opened.is_visible()
            link.click()
            assert opened.is_visible()
            visit.page.wait_for_function("document.querySelector('dialog img').naturalWidth")
            assert visit.page.eval_on_selector(image, "x => x.currentSrc").endswith(
                f"/both{'_dark' * (scheme == 'dark')}.gif"
            )
            assert natural_size(visit, image) == [0, 0]
            assert opened.get_attribute("aria-labelledby") == "ui.viewed"
            assert visit.page.inner_text("[id='ui.viewed']").startswith("Both readings in step")
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
            box = opened.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            close()
        link.focus()
        visit.page.keyboard.press("Enter")
        assert opened.is_visible()
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Escape")
        assert not opened.is_visible()
        assert visit.page.evaluate("document.activeElement.closest('article').id") == "both"
        assert str(link.get_attribute("href")) == f"both{'_dark' * (scheme == 'dark')}.gif"
        visit.page.select_option("[id='ui.theme']", other)
        assert str(link.get_attribute("href")) == f"both{'_dark' * (other == 'dark')}.gif"
        assert visit.complaints == []


def test_a_picture_that_is_opened_stands_still_for_those_who_want_that(
    browser: Any, site: Path
) -> None:
    with Visit(browser, site, reduced_motion="reduce") as visit:
        visit.page.locator("#standard_s2p0 figure > a").click()
        visit.page.wait_for_function("document.querySelector('dialog img').naturalWidth")
        assert opacity(visit, "dialog figure") == ("0", "visible")
        assert natural_size(visit, "dialog canvas") == [0, 0]
        still = visit.page.locator("dialog figure").screenshot()
        visit.page.wait_for_timeout(1200)
        assert visit.page.locator("dialog figure").screenshot() == still
        visit.page.locator("dialog [data-play]").click()
        assert opacity(visit, "dialog figure") == ("1", "hidden")
        assert opacity(visit, "#standard_s2p0 figure") == ("0", "visible")
        visit.page.keyboard.press("Escape")
        assert not visit.page.is_visible("dialog")


def test_without_scripts_a_picture_leads_to_its_file(browser: Any, site: Path) -> None:
    with Visit(browser, site, java_script_enabled=False) as visit:
        visit.page.locator("#both figure > a").click()
        visit.page.wait_for_url("**/both.gif")
    with Visit(browser, site) as visit, visit.context.expect_page() as opened:
        visit.page.locator("#both figure > a").click(modifiers=["Control"])
        assert not visit.page.is_visible("dialog")
        assert opened.value.url.endswith("/both.gif")


def test_it_copies_the_command_of_the_picture_that_is_seen(browser: Any, site: Path) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    entry = in_gifs().entries[0]
    with Visit(browser, site, permissions=permissions, color_scheme="dark") as visit:
        for button, text in (
            (f"Copy the command of {entry.name}", entry.pictures["dark"].command),
            (
                f"Copy the PyTorch line of {entry.name}",
                "torch.nn.Conv2d(1, 1, kernel_size=3, bias=False)",
            ),
        ):
            found = visit.page.locator(f"#{entry.name}").get_by_role("button", name=button)
            found.focus()
            visit.page.keyboard.press("Enter")
            visit.page.wait_for_function("document.getElementById('ui.copied').textContent")
            assert visit.page.evaluate("navigator.clipboard.readText()") == text
            assert visit.page.inner_text("[id='ui.copied']") == f"Copied: {text}"
        visit.page.select_option("[id='ui.theme']", "light")
        visit.page.locator(f"#{entry.name} button[data-copy]").first.click()
        visit.page.wait_for_function(
            f"document.getElementById('ui.copied').textContent === "
            f"'Copied: {entry.pictures['light'].command}'"
        )


def test_it_copies_where_the_clipboard_is_not_to_be_had(browser: Any, site: Path) -> None:
    with Visit(browser, site) as visit:
        visit.page.evaluate(
            "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
            "document.addEventListener('copy', () => { window.seen = String(getSelection())"
            " || document.activeElement.value; })"
        )
        visit.page.locator("button[data-copy]").first.click()
        visit.page.wait_for_function("window.seen")
        assert visit.page.evaluate("window.seen").startswith("conv-anim standard --i 5")


def test_it_switches_the_theme(browser: Any, site: Path) -> None:
    entries = in_gifs().entries
    with Visit(browser, site, color_scheme="light") as visit:
        seen = {}
        for theme in ("dark", "light", ""):
            visit.page.select_option("[id='ui.theme']", theme)
            assert visit.load_all() == [gif(entry, theme or "light") for entry in entries]
            seen[theme] = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert seen["dark"] != seen["light"] == seen[""]
        visit.page.emulate_media(color_scheme="dark")
        visit.page.wait_for_function("document.images[0].currentSrc.endsWith('_dark.gif')")
        assert visit.load_all() == [gif(entry, "dark") for entry in entries]
        links = visit.page.eval_on_selector_all("figure > a", "all => all.map(x => x.href)")
        assert [url.rpartition("/")[2] for url in links] == [gif(x, "dark") for x in entries]
        assert visit.complaints == []


def test_it_stands_still_for_those_who_want_that(browser: Any, site: Path) -> None:
    card = "#standard_s2p0 figure"
    with Visit(browser, site, reduced_motion="reduce") as visit:
        visit.load_all()
        figure = visit.page.locator(card)
        figure.scroll_into_view_if_needed()
        still = figure.screenshot()
        assert opacity(visit, card) == ("0", "visible")
        visit.page.wait_for_timeout(1200)
        assert figure.screenshot() == still  # a step takes half a second
        button = visit.page.locator(f"{card} button")
        button.click()
        assert opacity(visit, card) == ("1", "hidden")
        assert button.get_attribute("aria-label") == "Stop standard_s2p0"
        button.click()
        assert opacity(visit, card) == ("0", "visible")
        visit.page.check("[id='ui.motion']")
        assert opacity(visit, card) == ("1", "hidden")
        assert not button.is_visible()
    with Visit(browser, site) as visit:
        assert visit.page.is_checked("[id='ui.motion']")
        assert opacity(visit, card) == ("1", "hidden")
        visit.page.emulate_media(reduced_motion="reduce")
        visit.page.wait_for_function("document.documentElement.classList.contains('still')")


def opacity(visit: Visit, figure: str) -> tuple[str, str]:
    """Return whether the animation is seen, and the still."""
    image, canvas = (
        visit.page.evaluate(f"getComputedStyle(document.querySelector('{figure} {tag}')).{style}")
        for tag, style in (("img", "opacity"), ("canvas", "visibility"))
    )
    return str(image), str(canvas)


def test_the_still_is_the_first_frame(browser: Any, site: Path, tmp_path: Path) -> None:
    firsts = Path(shutil.copytree(site, tmp_path / "gallery"))
    for path in firsts.glob("standard_s*.gif"):
        with Image.open(path) as image:
            image.save(path)  # the frame that it is at, and no more
    card = "#standard_s2p0 figure canvas"
    pictures = []
    for folder in (site, firsts):
        with Visit(browser, folder, reduced_motion="reduce") as visit:
            visit.load_all()
            visit.page.wait_for_timeout(700)  # by now the animation itself is further
            for theme in ("dark", "light"):
                visit.page.select_option("[id='ui.theme']", theme)
                visit.load_all()
                pictures.append(visit.page.locator(card).screenshot())
    assert pictures[:2] == pictures[2:]
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("width", [360, 800, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_and_everything_can_be_read(
    browser: Any, site: Path, width: int, scheme: str
) -> None:
    reader = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with Visit(browser, site, **reader) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        contrasts = visit.page.evaluate(CONTRASTS)
        assert contrasts
        assert min(contrasts.values()) >= 4.5, min(contrasts, key=contrasts.__getitem__)


# Of every element with a text of its own, against the nearest background behind it.
CONTRASTS = """() => {
  const parts = colour => { // Chromium may say color(srgb …) from 0 to 1
    const n = colour.match(/[\\d.]+/g).map(Number);
    return colour.startsWith("rgb") ? n.map((x, i) => i < 3 ? x / 255 : x) : n;
  };
  const light = ([r, g, b]) => [r, g, b]
    .map(x => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
    .reduce((sum, x, i) => sum + x * [0.2126, 0.7152, 0.0722][i], 0);
  const seen = {};
  for (const element of document.querySelectorAll("h1, h2, h3, a, p, label, select, button, code"))
  {
    if (!element.checkVisibility() || !element.textContent.trim()) continue;
    let behind = element, back;
    do { back = parts(getComputedStyle(behind).backgroundColor); behind = behind.parentElement; }
    while (back[3] === 0 && behind);
    const ink = parts(getComputedStyle(element).color);
    const [a, b] = [light(ink), light(back)].sort((x, y) => y - x);
    seen[element.tagName + " " + element.textContent.slice(0, 20)] = (a + 0.05) / (b + 0.05);
  }
  return seen;
}"""


def test_every_control_has_a_name_and_every_picture_a_text(browser: Any, site: Path) -> None:
    with Visit(browser, site) as visit:
        nameless = visit.page.evaluate(
            "[...document.querySelectorAll('button, select, input')].filter(x => "
            "!x.getAttribute('aria-label') && !x.labels?.length && !x.textContent.trim())"
            ".map(x => x.outerHTML)"
        )
        assert nameless == []
        alts = visit.page.eval_on_selector_all("img", "all => all.map(x => x.alt)")
        entries = in_gifs().entries
        assert alts == [entry.animation.alt_text for entry in entries]
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "skip"


def test_names_of_cards_are_not_those_of_the_page(browser: Any, tmp_path: Path) -> None:
    names = ["search", "theme", "motion", "status", "nothing", "copied", "animations"]
    entries = [f'[[animation]]\nname = "{name}"\ncaption = "{"w" * 200}"' for name in names]
    text = "[defaults]\nlayer = 'standard'\ni = 3\n" + "\n".join(entries)
    (tmp_path / "x.toml").write_text(text)
    make(spec.read(tmp_path / "x.toml"), tmp_path / "out", Here())
    with Visit(browser, tmp_path / "out", viewport={"width": 390, "height": 800}) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert all(visit.page.is_visible(f"article#{name}") for name in names)
        visit.page.locator("button[data-copy]").first.click()
        visit.page.wait_for_function("document.getElementById('ui.copied').textContent")
        assert visit.page.is_visible("article#copied img")
        visit.page.fill("[id='ui.search']", "no such thing")
        assert not visit.page.is_visible("article")


def test_what_does_not_move_is_not_played(browser: Any, tmp_path: Path) -> None:
    kinds = {"still": 'still = "last"\nformat = "png"\ni = 4', "one": "i = 3", "moves": "i = 4"}
    entries = [f'[[animation]]\nname = "{name}"\n{words}' for name, words in kinds.items()]
    head = "[defaults]\nlayer = 'standard'\ntheme = 'light'\nformat = 'gif'\n"
    (tmp_path / "x.toml").write_text(head + "\n".join(entries))
    make(spec.read(tmp_path / "x.toml"), tmp_path / "out", Here())
    with Visit(browser, tmp_path / "out", reduced_motion="reduce") as visit:
        visit.load_all()
        for name in kinds:
            is_seen = visit.page.locator(f"#{name} img").evaluate(
                "x => getComputedStyle(x).opacity"
            )
            assert visit.page.locator(f"#{name} [data-play]").count() == (name == "moves")
            assert is_seen == ("0" if name == "moves" else "1")
            visit.page.locator(f"#{name} figure > a").click()
            visit.page.wait_for_function("document.querySelector('dialog img').naturalWidth")
            visit.page.keyboard.press("Escape")
        visit.page.check("[id='ui.motion']")
        assert visit.complaints == []


def test_the_play_button_covers_nothing(browser: Any, site: Path) -> None:
    with Visit(browser, site, reduced_motion="reduce") as visit:
        figure = visit.page.locator("#standard_s1p1 figure")
        picture = figure.locator("img").bounding_box()
        button = figure.locator("button").bounding_box()
        assert button["y"] >= picture["y"] + picture["height"]


def test_pictures_are_not_blown_up(browser: Any, site: Path) -> None:
    with Visit(browser, site, viewport={"width": 800, "height": 900}) as visit:
        visit.load_all()
        assert visit.page.evaluate(
            "[...document.images].every(x => x.clientWidth <= x.naturalWidth)"
        )


def test_a_hostile_gallery_runs_nothing(browser: Any, hostile: Path) -> None:
    with Visit(browser, hostile) as visit:
        dialogs: list[str] = []
        visit.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        visit.load_all()
        assert (dialogs, visit.complaints) == ([], [])
        visit.page.select_option("[id='ui.theme']", "light")
        assert visit.load_all() == ["x.gif", "y_dark.gif"]  # what has one theme stays as it is


@pytest.mark.parametrize(("width", "spans"), [(390, 1), (1440, 2)], ids=["phone", "desk"])
def test_wide_pictures_get_two_columns_where_there_are_two(
    browser: Any, site: Path, width: int, spans: int
) -> None:
    with Visit(browser, site, viewport={"width": width, "height": 900}) as visit:
        script = "id => document.getElementById(id).clientWidth"
        both, pool = (visit.page.evaluate(script, name) for name in ("both", "pool_ceil"))
        assert round(both / pool) == spans
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
