"""A picture of palette indexes that changes, and the patches that say what has changed of it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from conv_anim.render.agg import Ink
from conv_anim.render.patches import Indexes, Patch
from conv_anim.render.sprites import Sprites


class _Box(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


class Canvas:
    """A picture: what stays until it is put anew, and what one frame lays over it.

    Each pixel has the order of what is there; ink of a lower order is hidden by it.
    """

    def __init__(self, width: int, height: int, background: int) -> None:
        self._size = width, height
        self._base = np.full(height * width, background, np.uint8)
        self._shown = self._base.copy()
        self._orders = np.zeros(height * width, np.uint16)
        self._laid: list[tuple[NDArray[np.intp], _Box]] = []
        self._changed: list[_Box] = [_Box(0, 0, width, height)]

    def put(
        self, sprites: Sprites, xs: NDArray[np.intp], ys: NDArray[np.intp], looks: NDArray[np.intp]
    ) -> None:
        """Put cells where they stay, their corners at *xs* and *ys*, the later over the others."""
        places = sprites.places(looks)
        left, top, mask = sprites.footprint
        rows, columns = np.nonzero(mask)
        width = self._size[0]
        starts = (ys + top) * width + xs + left
        pixels = starts[:, np.newaxis] + (rows * width + columns)
        colours, orders = sprites.pixels[places], sprites.orders[places]
        if sprites.limit:  # what lies over them stays
            free = self._orders[pixels] < sprites.limit
            pixels, colours, orders = pixels[free], colours[free], orders[free]
        self._base[pixels] = self._shown[pixels] = colours
        self._orders[pixels] = orders
        height, across = mask.shape
        box = int(xs.min()), int(ys.min()), int(xs.max()) + across, int(ys.max()) + height
        self._changed.append(_Box(box[0] + left, box[1] + top, box[2] + left, box[3] + top))

    def clear(self, left: int, top: int, right: int, bottom: int, background: int) -> None:
        """Leave nothing in a rectangle."""
        for array, value in (
            (self._base, background),
            (self._shown, background),
            (self._orders, 0),
        ):
            array.reshape(self._size[::-1])[top:bottom, left:right] = value
        self._changed.append(_Box(left, top, right, bottom))

    def lay(self, ink: Ink, order: int, table: Indexes, *, stays: bool = False) -> None:
        """Lay ink over what is there, until the next ``lift`` unless it *stays*."""
        width, height = self._size
        shape = ink.shape
        pixels = shape.rows * width + (shape.columns + (ink.top * width + ink.left))
        levels = shape.levels
        box = _Box(ink.left, ink.top, ink.left + shape.size[1], ink.top + shape.size[0])
        if min(box) < 0 or box.right > width or box.bottom > height:
            rows, columns = shape.rows + ink.top, shape.columns + ink.left
            inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
            pixels, levels = pixels[inside], levels[inside]
            box = _Box(max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3]))
        free = self._orders[pixels] < order
        if not free.all():
            pixels, levels = pixels[free], levels[free]
        self._shown[pixels] = table[self._shown[pixels], levels]
        self._changed.append(box)
        if stays:
            self._base[pixels] = self._shown[pixels]
        else:
            self._laid.append((pixels, box))

    def lift(self) -> None:
        """Take away all that was laid."""
        for pixels, box in self._laid:
            self._shown[pixels] = self._base[pixels]
            self._changed.append(box)
        self._laid = []

    def patch(self, duration_ms: int) -> Patch:
        """Return the rectangle round all that changed since the last patch."""
        boxes = self._changed or [_Box(0, 0, 1, 1)]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        left, top = min(lefts), min(tops)
        image = self._shown.reshape(self._size[::-1])[top : max(bottoms), left : max(rights)]
        self._changed = []
        return Patch(left, top, image.copy(), duration_ms)
