"""The grids of two frames as they looked when somebody looked at them.

Texts are left out: another version of the font engine sets them a little differently.

``python -m tests.test_golden`` makes the pictures anew; look at them before you commit them.
"""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from conv_anim import Standard, Transposed, animate
from conv_anim.drawing.layout import lay_out
from tests.support.gifs import frames
from tests.support.scenes import whole

FOLDER = Path(__file__).parent / "golden"

GOLDEN = {
    "standard_light": (animate(Standard(i=6, k=3, p=1, s=2)), 4),
    "transposed_dark": (animate(Transposed(i=3, k=2, p=2, s=3), theme="dark"), 3),
}

# Of 255 levels on average; a cell in the wrong place or colour is more.
TOLERANCE = 0.5


def drawn(name: str) -> NDArray[np.uint8]:
    """Return the grids of a frame, one beside the other."""
    animation, number = GOLDEN[name]
    picture = frames(animation.to_bytes())[number]
    boxes = lay_out(whole(animation.layer), animation.options.width).grids.values()
    height = max(box.bottom - box.top for box in boxes)
    grids = [picture[box.top : box.bottom, box.left : box.right] for box in boxes]
    return np.hstack([np.pad(grid, ((0, height - len(grid)), (0, 0), (0, 0))) for grid in grids])


@pytest.mark.parametrize("name", GOLDEN)
def test_frame_looks_as_it_did(name: str) -> None:
    with Image.open(FOLDER / f"{name}.png") as image:
        expected = np.asarray(image.convert("RGB")).astype(int)
    seen = drawn(name).astype(int)
    assert seen.shape == expected.shape
    assert np.abs(seen - expected).mean() < TOLERANCE


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in GOLDEN:
        picture = Image.fromarray(drawn(name)).quantize(64)
        picture.save(FOLDER / f"{name}.png", optimize=True)
