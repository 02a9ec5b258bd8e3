"""Colours as videos have them: brightness for each pixel, and hue for two by two of them.

Numbers are those of BT.709 in limited range: 16 to 235, and hue round 128.
"""

import numpy as np
from numpy.typing import NDArray

from conv_anim.drawing.sizes import even
from conv_anim.render.patches import Colours, Indexes

_RED, _BLUE = 0.2126, 0.0722  # of what is bright in white; the rest is green
_SHARES = np.array([_RED, 1 - _RED - _BLUE, _BLUE])


class Converter:
    """Turns palette indexes into planes of brightness and hue, as ``yuv420p`` has them."""

    def __init__(self, palette: Colours) -> None:
        colours = palette[:, :3] / 255
        bright = colours @ _SHARES
        blue = (colours[:, 2] - bright) / (2 - 2 * _BLUE)
        red = (colours[:, 0] - bright) / (2 - 2 * _RED)
        self._bright = np.rint(16 + 219 * bright).astype(np.uint8)
        self._hues = [(128 + 224 * hue).astype(np.float32) for hue in (blue, red)]

    def frame(self, indexes: Indexes) -> NDArray[np.uint8]:
        """Return a frame, its three planes one below the other, (1.5 · height, width).

        Its sides are even: one that isn't is a pixel longer, as its last ones are.
        """
        longer = [(0, even(side) - side) for side in indexes.shape]
        whole = np.pad(indexes, longer, mode="edge")
        planes = [self._bright[whole], *(_halved(hue[whole]) for hue in self._hues)]
        return np.concatenate([plane.ravel() for plane in planes]).reshape(-1, whole.shape[1])


def _halved(plane: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the middle of two by two pixels, (height / 2, width / 2)."""
    upper, lower = plane[::2], plane[1::2]
    found = (upper[:, ::2] + upper[:, 1::2] + lower[:, ::2] + lower[:, 1::2]) / 4
    return np.rint(found).astype(np.uint8)
