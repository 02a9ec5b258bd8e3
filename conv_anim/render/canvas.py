"""A picture of palette indexes that changes, and the patches that say what has changed of it."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from conv_anim.drawing.placement import Rect
from conv_anim.render.patches import AnyPixel, Coverage, Indexes, Patch

HALF = 128  # of the coverage of a pixel

Shifts = Sequence[int]
Area = tuple[slice, slice]


class Canvas:
    """A picture that changes: what stays until it is put anew, and what one frame lays over it."""

    def __init__(self, width: int, height: int, background: int) -> None:
        self._background = background
        self._base = np.full((height, width), background, np.uint8)
        self._shown = self._base.copy()
        self._clear = np.zeros((height, width), dtype=bool)
        self._laid: list[Rect] = []
        self._changed: list[Rect] = [Rect(0, 0, width, height)]

    def put(self, left: int, top: int, indexes: Indexes, shifts: Shifts = ()) -> None:
        """Put an image where it stays; with *shifts*, each line so far to the right."""
        for area, part in self._lines(left, top, indexes, shifts):
            self._base[area] = part
            self._shown[area] = part
        last = max(shifts, default=0)
        width = indexes.shape[1] + last - min(shifts, default=0)
        left += last + indexes.shape[1] - width
        self._changed.append(Rect(left, top, left + width, top + indexes.shape[0]))

    def keep_clear(self, left: int, top: int, kept: NDArray[np.bool_], shifts: Shifts) -> None:
        """Let no ink that is laid later cover those pixels of an image that are *kept*."""
        for area, part in self._lines(left, top, kept, shifts):
            self._clear[area] = part

    @staticmethod
    def _lines(
        left: int, top: int, image: NDArray[AnyPixel], shifts: Shifts
    ) -> Iterator[tuple[Area, NDArray[AnyPixel]]]:
        """Yield the areas that an image takes, as a whole or line by line, and what goes there."""
        height, width = image.shape
        if not shifts:
            yield _area(Rect(left, top, left + width, top + height)), image
        for y, shift in enumerate(shifts):
            x = left + shift
            yield (slice(top + y, top + y + 1), slice(x, x + width)), image[y : y + 1]

    def lay(self, left: int, top: int, indexes: Indexes) -> None:
        """Lay an image over what is there, until the next ``lift``."""
        self._shown[self._touch(left, top, indexes)] = indexes
        self._laid.append(self._changed[-1])

    def lay_ink(self, left: int, top: int, coverage: Coverage, ramp: Indexes) -> None:
        """Lay ink over what is there, smooth on the background and with hard edges elsewhere."""
        area = _area(Rect(left, top, left + coverage.shape[1], top + coverage.shape[0]))
        shown = self._shown[area]
        hard = np.where(coverage < HALF, shown, ramp[-1])
        ink = np.where(shown == self._background, ramp[coverage], hard)
        self.lay(left, top, np.where(self._clear[area], shown, ink))

    def lift(self) -> None:
        """Take away all that was laid."""
        for rect in self._laid:
            self._shown[_area(rect)] = self._base[_area(rect)]
        self._changed += self._laid
        self._laid = []

    def patch(self, duration_ms: int) -> Patch:
        """Return the rectangle round all that changed since the last patch."""
        lefts, tops, rights, bottoms = zip(*self._changed, strict=True)
        rect = Rect(min(lefts), min(tops), max(rights), max(bottoms))
        self._changed = []
        return Patch(rect.left, rect.top, self._shown[_area(rect)].copy(), duration_ms)

    def _touch(self, left: int, top: int, indexes: Indexes) -> tuple[slice, slice]:
        rect = Rect(left, top, left + indexes.shape[1], top + indexes.shape[0])
        self._changed.append(rect)
        return _area(rect)


def _area(rect: Rect) -> tuple[slice, slice]:
    return slice(rect.top, rect.bottom), slice(rect.left, rect.right)
