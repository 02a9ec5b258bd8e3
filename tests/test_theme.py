"""Colours can be read, and told apart without seeing colour."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

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

OUTPUT_SIDE = {state for state in State if state >= State.TO_COME}


def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIE L*a*b* (D65) of a linear RGB colour."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@themes
def test_every_kind_of_cell_has_a_look(theme: Theme) -> None:
    assert set(theme.looks) == set(State)


@themes
def test_text_has_the_contrast_of_wcag_aa(theme: Theme) -> None:
    assert contrast(theme.ink, theme.background) >= 4.5
    assert contrast(theme.muted, theme.background) >= 4.5


@themes
def test_faces_are_all_different(theme: Theme) -> None:
    faces = [look.face for look in theme.looks.values()]
    assert len({*faces, theme.background}) == len(faces) + 1


@themes
@pytest.mark.parametrize("eye", EYES)
def test_cells_of_one_grid_are_told_apart_without_colour(theme: Theme, eye: str) -> None:
    too_near = []
    for one, other in combinations(State, 2):
        if (one in OUTPUT_SIDE) != (other in OUTPUT_SIDE):
            continue  # they never stand side by side
        looks = theme.looks[one], theme.looks[other]
        if (looks[0].edge, looks[0].pattern) != (looks[1].edge, looks[1].pattern):
            continue  # the shape tells them apart
        seen = [lab(np.array(EYES[eye]) @ linear(look.face)) for look in looks]
        distance = float(np.linalg.norm(seen[0] - seen[1]))
        if distance < 12:
            too_near.append((one.name, other.name, round(distance, 1)))
    assert not too_near


@themes
def test_edges_and_patterns_show_on_their_faces(theme: Theme) -> None:
    weak = {
        state.name: round(contrast(look.ink, look.face), 2)
        for state, look in theme.looks.items()
        if look.ink and contrast(look.ink, look.face) < 1.5
    }
    assert not weak
