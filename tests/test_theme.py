"""Colours can be read, and told apart without seeing colour."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from conv_anim.drawing.shades import ink_on
from conv_anim.drawing.styles import Theme
from conv_anim.drawing.theme import THEMES
from conv_anim.scene.states import State
from tests.support.colours import contrast, linear

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)

# What a dichromat sees, applied to linear RGB: Machado, Oliveira & Fernandes, «A
# physiologically-based model for simulation of color vision deficiency», 2009, severity 1.0.
EYES = {
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "grey": [[0.2126, 0.7152, 0.0722]] * 3,
}

TINTS = {State.INPUT, State.RED, State.GREEN}  # of grids of their own
OUTPUT_SIDE = {state for state in State if State.TO_COME <= state <= State.UNREACHED_DONE}
KERNEL = {State.KERNEL_ON_INPUT, State.KERNEL_ON_ZERO}


def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIE L*a*b* (D65) of a linear RGB colour."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@themes
def test_every_kind_of_cell_has_a_style(theme: Theme) -> None:
    assert set(theme.styles) == set(State)


@themes
def test_text_has_the_contrast_of_wcag_aa(theme: Theme) -> None:
    weak = {
        name: round(contrast(ink, theme.background), 2)
        for name, ink in theme.inks.items()
        if contrast(ink, theme.background) < 4.5
    }
    assert not weak


@themes
def test_numbers_can_be_read_on_every_face(theme: Theme) -> None:
    for style in theme.styles.values():
        assert contrast(ink_on(style.face), style.face) >= 4.5


@themes
def test_an_outline_stands_out_from_its_casing(theme: Theme) -> None:
    assert contrast(theme.outline, theme.background) >= 3
    assert contrast(theme.outline, theme.beam) >= 3


@themes
def test_faces_are_all_different(theme: Theme) -> None:
    faces = [style.face for style in theme.styles.values()]
    assert len({*faces, theme.background, theme.beam}) == len(faces) + 2


def distances(theme: Theme, eye: str) -> dict[tuple[State, State], float]:
    """Return how far apart the faces look of cells that are ever side by side."""
    seen = {
        state: lab(np.array(EYES[eye]) @ linear(style.face))
        for state, style in theme.styles.items()
        if state is not State.WEIGHT  # it has a grid of its own
    }
    return {
        (one, other): float(np.linalg.norm(seen[one] - seen[other]))
        for one, other in combinations(seen, 2)
        if (one in OUTPUT_SIDE) == (other in OUTPUT_SIDE)
        and len({one, other} & TINTS) < 2
        and {one, other} != {State.SOURCE, State.CROPPED_INPUT}  # of layers of different kinds
    }


@themes
@pytest.mark.parametrize("eye", EYES)
def test_cells_of_one_grid_are_told_apart_without_colour(theme: Theme, eye: str) -> None:
    too_near = []
    for (one, other), distance in distances(theme, eye).items():
        styles = theme.styles[one], theme.styles[other]
        if (styles[0].edge, styles[0].pattern) != (styles[1].edge, styles[1].pattern):
            continue  # the shape tells them apart
        # An outline tells the kernel's cells from the others, too.
        least = 8 if len({one, other} & KERNEL) == 1 else 12
        if distance < least:
            too_near.append((one.name, other.name, round(distance, 1)))
    assert not too_near


@themes
@pytest.mark.parametrize("eye", EYES)
def test_cells_too_small_for_shapes_differ_in_their_faces(theme: Theme, eye: str) -> None:
    same = [
        (one.name, other.name, round(distance, 1))
        for (one, other), distance in distances(theme, eye).items()
        if distance < 1.8
    ]
    assert not same


@themes
def test_edges_and_patterns_show_on_their_faces(theme: Theme) -> None:
    weak = {
        state.name: round(contrast(style.ink, style.face), 2)
        for state, style in theme.styles.items()
        if style.ink and contrast(style.ink, style.face) < 3
    }
    assert not weak
