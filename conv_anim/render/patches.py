"""What renderers hand to writers: pictures as rectangles of palette indexes, one after another."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Indexes = NDArray[np.uint8]
"""Palette indexes, shape (height, width)."""

Coverage = NDArray[np.uint8]
"""How much of each pixel is inked, 0 to 255, shape (height, width)."""

Colours = NDArray[np.uint8]
"""Red, green and blue along the last axis, and it may be how opaque."""


class Patch(NamedTuple):
    """A rectangle of the canvas as it looks from one moment on; the first one is the canvas."""

    left: int
    top: int
    indexes: Indexes
    duration_ms: int
