"""Cells as they are seen: each distinct one of a plane is drawn once and then put together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from conv_anim.drawing.drawing import NEXT_PLANE, NOTHING, NUMBER, Look, Text
from conv_anim.drawing.fonts import Font
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.shades import ink_on
from conv_anim.drawing.styles import CellStyle
from conv_anim.render import agg
from conv_anim.render.palette import Palette
from conv_anim.render.patches import Indexes


class Sprites:
    """Draws the cells of one plane; an atlas has the pixels of each."""

    def __init__(
        self,
        plane: Plane,
        looks: Sequence[Look | None],
        background: str,
        px_per_pt: float,
        palette: Palette,
        *,
        is_under: bool,
    ) -> None:
        self._plane = plane.shaped
        self._looks, self._palette = looks, palette
        self._background, self._px_per_pt = background, px_per_pt
        self._order = plane.order
        self.limit = plane.order + NEXT_PLANE if is_under else 0
        """From which order on what is there lies over these cells; 0 if nothing ever does."""
        self.footprint = agg.footprint_of(plane, px_per_pt)
        n_pixels = int(self.footprint.mask.sum())
        self._known = np.full(64, -1, np.intp)
        self._n = 0
        self.pixels: Indexes = np.empty((16, n_pixels), np.uint8)
        """The palette's indexes of each cell's pixels."""
        self.orders = np.zeros((16, n_pixels), np.uint16)
        """The order of what is there: of the plane, or of its numbers."""

    def places(self, looks: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return where cells are in the atlas; those that aren't there yet are drawn."""
        if len(self._looks) > len(self._known):
            more = np.full(2 * len(self._looks) - len(self._known), -1, np.intp)
            self._known = np.concatenate([self._known, more])
        places = self._known[looks]
        if places.min(initial=0) < 0:
            for look in np.unique(looks[places < 0]).tolist():
                self._known[look] = self._add(look)
            places = self._known[looks]
        return places

    def _add(self, number: int) -> int:
        if self._n == len(self.pixels):
            self.pixels = np.concatenate([self.pixels, np.empty_like(self.pixels)])
            self.orders = np.concatenate([self.orders, np.zeros_like(self.orders)])
        look = self._looks[number] if number != NOTHING else None
        mask = self.footprint.mask
        if look is None:
            self.pixels[self._n] = self._palette.index(self._background)
            self.orders[self._n] = 0
        else:
            image, written = self.drawn(look)
            self.pixels[self._n] = image[mask]
            self.orders[self._n] = np.where(written[mask], self._order + NUMBER, self._order)
        self._n += 1
        return self._n - 1

    def base(self, style: CellStyle) -> Indexes:
        """Return a cell in which nothing is written."""
        return self._palette.indexes(
            agg.cell(style, self._background, self._plane, self._px_per_pt)
        )

    def drawn(self, look: Look) -> tuple[Indexes, NDArray[np.bool_]]:
        """Return a cell, and which of its pixels are a number's, or beside one."""
        image = self.base(look.style).copy()
        written = np.zeros(image.shape, dtype=bool)
        plane = self._plane
        if look.label and plane.label:
            self._write(image, written, look, look.label, plane.label, plane.label_at(look.label))
        if look.corner and plane.corner:
            self._write(
                image, written, look, look.corner, plane.corner, plane.corner_at(look.corner)
            )
        return image, written

    def _write(
        self,
        image: Indexes,
        written: NDArray[np.bool_],
        look: Look,
        string: str,
        font: Font,
        place: Point,
    ) -> None:
        """Write a number on a cell, inside of its box."""
        colour = ink_on(look.style.face)
        ink = agg.text(Text(string, font, *place, colour), self._px_per_pt)
        rows = ink.shape.rows + ink.top - self.footprint.top
        columns = ink.shape.columns + ink.left - self.footprint.left
        height, width = image.shape
        inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
        at = rows[inside], columns[inside]
        image[at] = self._palette.table(colour)[image[at], ink.shape.levels[inside]]
        for down in (-1, 0, 1):
            for across in (-1, 0, 1):
                y, x = (at[0] + down).clip(0, height - 1), (at[1] + across).clip(0, width - 1)
                written[y, x] = True
