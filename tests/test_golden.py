"""Two frames as they looked when somebody looked at them.

``python -m tests.test_golden`` makes the pictures anew; look at them before you commit them.
"""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from conv_anim import Standard, Transposed, animate
from tests.test_gif import frames

FOLDER = Path(__file__).parent / "golden"

GOLDEN = {
    "standard_light": (animate(Standard(i=6, k=3, p=1, s=2)), 4),
    "transposed_dark": (animate(Transposed(i=3, k=2, p=2, s=3), theme="dark"), 3),
}

# Another version of the font engine may shade letters differently, which is a few levels on
# average; a cell in the wrong place or colour is more.
TOLERANCE = 1.5


def drawn(name: str) -> NDArray[np.uint8]:
    animation, number = GOLDEN[name]
    return frames(animation.to_bytes())[number]


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
