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
TOLERANCE, BLOCK_TOLERANCE, BLOCK, MOST_LARGER = 0.5, 40, 16, 16


@pytest.mark.parametrize("name", GOLDEN)
def test_frame_looks_as_it_did(name: str) -> None:
    expected, seen = kept(name).astype(int), drawn(name).astype(int)
    if is_exact(name):
        assert seen.shape == expected.shape
        rows, columns = np.nonzero(np.abs(seen - expected).max(axis=2))
        assert not len(rows), (
            f"{len(rows)} pixels differ, rows {rows.min()} to {rows.max()}, columns "
            f"{columns.min()} to {columns.max()}"
        )
        return
    # Another version lays formulas out otherwise, which are below the grids, and makes a picture
    # that is as wide as its formula wider.
    assert max(abs(a - b) for a, b in zip(seen.shape, expected.shape, strict=True)) <= MOST_LARGER
    if seen.shape[1] == expected.shape[1] and not {"width", "size"} & {*GOLDEN[name].options}:
        height = int(0.6 * len(expected)) // BLOCK * BLOCK
        width = expected.shape[1] // BLOCK * BLOCK
        away = np.abs(seen[:height, :width] - expected[:height, :width]).mean(axis=2)
        blocks = away.reshape(height // BLOCK, BLOCK, -1, BLOCK).mean(axis=(1, 3))
        assert away.mean() < TOLERANCE
        assert blocks.max() < BLOCK_TOLERANCE


def test_there_is_a_picture_of_everything() -> None:
    assert {file.stem for file in FOLDER.glob("*.png")} == {*GOLDEN}
    seen = {
        (found.animation().view.name, found.options.get("theme", "light"))
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
