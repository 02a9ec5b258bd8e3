"""Finished files, read back with Pillow and, where that hides something, block by block."""

import hashlib
import os
import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from conv_anim import Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.layer import Layer
from conv_anim.drawing.theme import THEMES
from tests.support.gifs import Blocks, frames
from tests.support.layouts import middles, without_links
from tests.support.scenes import played
from tests.support.table import TABLE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", TABLE)
def test_files_are_right_inside(name: str, theme: str) -> None:
    layer, _, n_steps = TABLE[name]
    animation = animate(layer, theme=theme)
    gif = animation.to_bytes()
    blocks = Blocks(gif)
    assert len(animation) == n_steps
    assert blocks.delays_ms == [500] * (n_steps - 1) + [1500]
    assert blocks.loop == 0
    assert blocks.local_tables == 0
    assert blocks.global_colours <= 128
    assert blocks.size == animation.size
    assert blocks.rectangles[0] == animation.size
    assert all(
        w * h < 0.75 * animation.size[0] * animation.size[1] for w, h in blocks.rectangles[1:]
    )
    assert len(gif) < 200_000
    with Image.open(BytesIO(gif)) as image:
        assert image.info["loop"] == 0
    assert len(frames(gif)) == n_steps


def check_cells(animation: Animation) -> None:
    """Compare the middle of every cell, at every step, with its state's colour."""
    drawing = animation.drawing
    styles = animation.options.palette.styles
    colours = np.array([tuple(bytes.fromhex(styles[state].face[1:])) for state in sorted(styles)])
    seen = frames(without_links(animation).to_bytes())
    for image, cells in zip(seen, played(animation.scene), strict=True):
        for role, grid in cells.items():
            at = middles(drawing, role, bare=True)
            np.testing.assert_array_equal(image[at[..., 1], at[..., 0]], colours[grid.states])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", TABLE)
def test_the_middle_of_each_cell_has_the_colour_of_its_state(name: str, theme: str) -> None:
    check_cells(animate(TABLE[name][0], theme=theme))


@pytest.mark.parametrize(
    ("layer", "width"),
    [
        pytest.param(Standard(i=1, k=1), 960, id="one cell"),
        pytest.param(Standard(i=16, k=3, s=2), 960, id="16×16"),
        pytest.param(Standard(i=64, k=5, s=13), 960, id="64×64"),
        pytest.param(Standard(i=64, k=5, s=13), 420, id="64×64, narrow"),
        pytest.param(Standard(i=(2, 9), k=(1, 4), p=(0, 3), s=(1, 2)), 960, id="axes differ"),
        pytest.param(Transposed(i=(2, 3), k=(4, 1), p=(1, 1), s=(2, 3)), 960, id="crop one axis"),
    ],
)
def test_cells_of_any_size_show_their_state(layer: Layer, width: int) -> None:
    check_cells(animate(layer, width=width))


def test_a_file_shows_what_was_drawn_whatever_pixels_it_leaves_out() -> None:
    animation = animate(Transposed(), theme="dark")
    renderer = animation.renderer
    canvas = np.zeros(animation.size[::-1], np.uint8)
    for seen, patch in zip(frames(animation.to_bytes()), renderer.patches(), strict=True):
        height, width = patch.indexes.shape
        canvas[patch.top : patch.top + height, patch.left : patch.left + width] = patch.indexes
        np.testing.assert_array_equal(seen, renderer.palette[canvas])


def test_once_means_no_loop_block() -> None:
    assert Blocks(animate(Standard(i=3), loop=False).to_bytes()).loop is None


def test_delays_are_kept_to_the_hundredth() -> None:
    blocks = Blocks(animate(Standard(), step_ms=20, hold_ms=655_350).to_bytes())
    assert blocks.delays_ms == [20] * 8 + [655_350]


def test_the_same_animation_is_the_same_bytes() -> None:
    assert animate(Transposed()).to_bytes() == animate(Transposed()).to_bytes()


def test_the_same_command_is_the_same_bytes_in_any_process() -> None:
    program = "import hashlib; from conv_anim import *; " + (
        "print(hashlib.sha256(animate(Standard()).to_bytes()).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "0123"
    }
    assert sums == {hashlib.sha256(animate(Standard()).to_bytes()).hexdigest() + "\n"}


def test_users_matplotlib_settings_change_nothing() -> None:
    import matplotlib as mpl

    plain = animate(Standard()).to_bytes()
    with mpl.rc_context(
        {
            "font.family": "monospace",
            "text.hinting": "none",
            "path.snap": False,
            "path.simplify_threshold": 1.0,
        }
    ):
        assert animate(Standard()).to_bytes() == plain


def test_palette_has_no_colour_twice_and_most_are_used() -> None:
    animation = animate(Transposed(i=3, k=2, p=2, s=3))
    renderer = animation.renderer
    used = np.unique(np.concatenate([patch.indexes.ravel() for patch in renderer.patches()]))
    assert len(used) > 0.6 * len(renderer.palette)
    assert len(np.unique(renderer.palette, axis=0)) == len(renderer.palette)
