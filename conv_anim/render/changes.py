"""What of each picture differs from the one before, as formats with one palette store it."""

import numpy as np
from numpy.typing import NDArray

from conv_anim.render.patches import Indexes, Patch


class Changes:
    """Takes patches one after another, and makes them as small as can be."""

    def __init__(self, unchanged: int | None) -> None:
        """*unchanged* is the index that stands for what stays as it is, if there can be one."""
        self._unchanged = unchanged
        self._canvas: Indexes | None = None

    def of(self, patch: Patch) -> Patch:
        """Return the first patch, the canvas, as it is, and of the others what really changes."""
        left, top, image, duration_ms = patch
        if self._canvas is None:
            self._canvas = image.copy()
            return patch
        area = self._canvas[top : top + image.shape[0], left : left + image.shape[1]]
        differs = area != image
        rows, columns = _reach(differs.any(axis=1)), _reach(differs.any(axis=0))
        found = image[rows, columns].copy()
        if self._unchanged is not None:
            # Long runs of one index are what compression does best.
            found[~differs[rows, columns]] = self._unchanged
        area[...] = image
        return Patch(left + columns.start, top + rows.start, found, duration_ms)


def _reach(mask: NDArray[np.bool_]) -> slice:
    """Return the slice from the first to the last true element; one element if there is none."""
    found = np.flatnonzero(mask)
    return slice(int(found[0]), int(found[-1]) + 1) if found.size else slice(0, 1)
