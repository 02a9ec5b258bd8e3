"""Pictures against how they looked when somebody looked at them: one frame each.

``python -m tests.support.golden`` makes them anew; look at them before you commit them.
"""

from itertools import product

import numpy as np
import pytest

from conv_anim.drawing.theme import THEMES
from conv_anim.option_table import TABLE
from conv_anim.views.registry import VIEWS
from tests.support.golden import FOLDER, GOLDEN, drawn, is_exact, kept

# Another version of the font engine, or of what fills areas, sets letters and smooth edges a
# little differently: of 255 levels, on average over the canvas, and over any block of it.
TOLERANCE, BLOCK_TOLERANCE, BLOCK = 0.5, 40, 16


@pytest.mark.parametrize("name", GOLDEN)
def test_frame_looks_as_it_did(name: str) -> None:
    expected, seen = kept(name).astype(int), drawn(name).astype(int)
    assert seen.shape == expected.shape
    away = np.abs(seen - expected).mean(axis=2)
    if is_exact(name):
        rows, columns = np.nonzero(away)
        assert not len(rows), (
            f"{len(rows)} pixels differ, rows {rows.min()} to {rows.max()}, columns "
            f"{columns.min()} to {columns.max()}"
        )
    height, width = (side // BLOCK * BLOCK for side in away.shape)
    blocks = away[:height, :width].reshape(height // BLOCK, BLOCK, -1, BLOCK).mean(axis=(1, 3))
    assert away.mean() < TOLERANCE
    assert blocks.max() < BLOCK_TOLERANCE


def test_there_is_a_picture_of_everything() -> None:
    assert {file.stem for file in FOLDER.glob("*.png")} == {*GOLDEN}
    seen = {
        (found.options.get("view", "slide"), found.options.get("theme", "light"))
        for found in GOLDEN.values()
    }
    assert {view for view, _ in seen} == {*VIEWS}
    assert {theme for _, theme in seen} == {*THEMES}
    options = {option for found in GOLDEN.values() for option in found.options}
    assert {"values", "shade", "process", "size", "width"} <= options <= {*TABLE}
    for view, option in product(("slide", "stack"), ("values", "process")):
        assert any(
            found.options.get("view", "slide") == view and found.options.get(option)
            for found in GOLDEN.values()
        ), (view, option)
