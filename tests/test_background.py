"""A transparent background: what is drawn is the same on every ground, without a fringe."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from conv_anim import Standard, animate
from conv_anim.animation import Animation
from conv_anim.formats import registry
from conv_anim.formats.registry import FORMATS
from conv_anim.render.frames import pictures as frames_of
from tests.support.refusals import check_refused
from tests.support.samples import COLOURS, PICTURES, STANDARD

GROUNDS = {"white": "#ffffff", "black": "#000000", "grey": "#808080"}
pictures = pytest.mark.parametrize("name", [name for name in PICTURES if name != "smooth"])

MOST_DIFFERENT = 0.0006
"""How many pixels may differ by more than rounding does: not all blends of blends are there."""


def transparent(name: str) -> Animation:
    layer, options = PICTURES[name]
    return animate(layer, **options, background="transparent")


def on(frame: NDArray[np.uint8], ground: str) -> NDArray[np.float64]:
    """Return what is seen of a frame on a ground."""
    under = np.array([int(ground[at : at + 2], 16) for at in (1, 3, 5)])
    share = frame[..., 3:] / 255
    found: NDArray[np.float64] = share * frame[..., :3] + (1 - share) * under
    return found


@pytest.mark.parametrize("ground", GROUNDS)
@pictures
def test_no_edge_has_a_fringe(name: str, ground: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On any ground, it is what would have been drawn on it."""
    animation = transparent(name)
    number = len(animation) // 2
    seen = on(animation.frame(number), GROUNDS[ground])
    monkeypatch.setattr("conv_anim.options.TRANSPARENT", GROUNDS[ground])
    expected = transparent(name).frame(number)
    assert expected.shape == (*seen.shape[:2], 3)
    away = np.abs(seen - expected).max(axis=2)
    assert (away > 4).mean() <= MOST_DIFFERENT
    assert away.mean() < 0.1


@pytest.mark.parametrize("word", ["webp", "png"])
@pictures
def test_files_have_the_frames(name: str, word: str) -> None:
    animation = transparent(name)
    renderer = animation.picture_in(registry.PNG).renderer
    whole = list(frames_of(renderer))
    with Image.open(BytesIO(animation.to_bytes(word))) as image:
        seen = [np.asarray(frame.convert("RGBA")) for frame in ImageSequence.Iterator(image)]
    for frame, expected in ((seen[0], whole[0]), (seen[-1], whole[-1])):
        assert np.array_equal(frame[..., 3], expected[..., 3])
        visible = expected[..., 3:] > 0
        assert np.array_equal(frame * visible, expected * visible)
    assert 0 < (whole[0][..., 3] == 0).mean() < 1


def test_there_is_nothing_where_nothing_is_drawn() -> None:
    frame = transparent("slide").frame(0)
    assert not frame[0, 0].any()
    levels = np.unique(frame[..., 3]).tolist()
    assert (levels[0], levels[-1]) == (0, 255)
    assert len(levels) > 2  # edges are between the two


def test_vector_files_have_no_background() -> None:
    animation = transparent("slide")
    text = animation.to_bytes("svg").decode()
    assert 'fill="none"' in text
    assert animation.figure(1).get_facecolor() == (0, 0, 0, 0)
    file = BytesIO()
    animation.figure(1).savefig(file, format="png", facecolor="auto")
    with Image.open(file) as image:
        drawn, raster = np.asarray(image).astype(int), animation.frame(0).astype(int)
    assert drawn.shape == raster.shape
    assert (
        np.abs(drawn[..., 3] - raster[..., 3]) > 90
    ).mean() < 0.01  # in a raster, casings clear what is under them


FAINT = 40  # of 255: the tip of a corner may reach a pixel further
HIDING: dict[str, tuple[Any, dict[str, Any]]] = {
    "stack": (STANDARD, {"view": "stack"}),
    "volume": (COLOURS, {"view": "stack"}),
    "sign": (COLOURS, {}),
}


@pytest.mark.parametrize("name", HIDING)
def test_planes_in_front_hide_what_is_behind(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the gaps of their cells, too, of which a raster has no more than the uppermost."""
    animation, clear = with_gaps(name, monkeypatch)
    file = BytesIO()
    animation.figure(1).savefig(file, format="png")
    with Image.open(file) as image:
        assert np.asarray(image)[clear][:, 3].max() <= FAINT


@pytest.mark.parametrize("name", HIDING)
def test_so_they_do_in_a_browser(name: str, monkeypatch: pytest.MonkeyPatch, browser: Any) -> None:
    animation, clear = with_gaps(name, monkeypatch)
    height, width = clear.shape
    page = browser.new_page(viewport={"width": width, "height": height})
    paused = "<script>document.querySelector('svg').pauseAnimations()</script>"
    for text in (animation.still_svg(0), animation.to_bytes("svg").decode() + paused):
        page.set_content(f"<style>body {{ margin: 0 }}</style>{text}")
        with Image.open(BytesIO(page.screenshot(omit_background=True))) as image:
            assert np.asarray(image.convert("RGBA"))[clear][:, 3].max() <= FAINT


def with_gaps(name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Animation, NDArray[np.bool_]]:
    """Return a picture, and where well within gaps or beside it nothing is seen at first.

    In a raster, borders along outlines clear what is under them: there are none.
    """
    monkeypatch.setattr("conv_anim.drawing.linking.casing", lambda plane, theme: "")
    layer, options = HIDING[name]
    animation = animate(layer, **options, background="transparent", scale=3)
    nothing = animation.frame(0)[..., 3] == 0
    for axis in (0, 1):
        nothing = nothing & np.roll(nothing, 1, axis) & np.roll(nothing, -1, axis)
    return animation, nothing


@pytest.mark.parametrize("suffix", [x for x, row in FORMATS.items() if not row.is_transparent])
def test_where_it_cannot_be_it_is_refused(
    suffix: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_refused(
        f"standard --background transparent -o x{suffix}",
        f"--background transparent has no meaning in {FORMATS[suffix].in_words}, and can be in "
        f".webp, .png, .svg or .pdf: leave it out, or write one of those",
        folder,
        monkeypatch,
    )


def test_a_spec_may_not_ask_for_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = folder.parent / "spec.toml"
    spec.write_text('[[animation]]\nname = "a"\nlayer = "standard"\nbackground = "transparent"')
    check_refused(
        f"gallery {spec}", "background = 'transparent' has no meaning in a GIF", folder, monkeypatch
    )


def test_a_notebook_shows_it() -> None:
    animation = animate(Standard(i=4), background="transparent", max_bytes=1000)
    assert 'src="data:image/webp;base64,' in animation._repr_html_()
