"""A drawing as pixels, obvious and slow: each picture from nothing, thing by thing, uncached.

What a thing covers comes from the primitives of ``agg``, without their caches; which thing lies
over which, where cells are and what colours come of it is worked out here once more.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from operator import itemgetter
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from conv_anim.drawing.drawing import (
    NUMBER,
    Drawing,
    Item,
    Line,
    Look,
    Outline,
    Places,
    Polygon,
    Text,
    between,
    blocks,
)
from conv_anim.drawing.plane import Plane
from conv_anim.drawing.shades import ink_on
from conv_anim.render import agg, raster
from conv_anim.render.agg import Ink
from conv_anim.render.palette import LEVELS, blended, parts

Picture = NDArray[np.uint8]
"""Red, green and blue, (height, width, 3)."""
Palette = NDArray[np.uint8]
"""The colours that there are, (n, 3)."""
Indexes = NDArray[np.intp]
Along = NDArray[np.float64]
"""Where rows, or columns, of cells are, in cells."""


class Moment(NamedTuple):
    """All that there is until the picture changes."""

    cells: dict[tuple[str, int, int], int]
    """The number of the look of each, by plane, row and column."""
    places: dict[str, tuple[Along, Along]]
    """Where each plane's rows and columns are."""
    items: tuple[Item, ...]
    duration_ms: float
    sample: int = 0
    """Which one it is of a frame's, within a glide; each frame begins with the first."""


def moments(drawing: Drawing) -> Iterator[Moment]:
    """Yield what there is at each moment at which the picture changes."""
    cells = {(key, y, x): look for key, y, x, look in blocks(drawing.cells)}
    places = {
        key: (np.arange(plane.shape[0] * 1.0), np.arange(plane.shape[1] * 1.0))
        for key, plane in drawing.planes.items()
    }
    items = dict(drawing.items)
    for frame in drawing.frames:
        for key, y, x, look in blocks(frame.cells):
            cells[key, y, x] = look
        for place in frame.places:
            places[place.plane] = place.rows, place.columns
        for name, item in frame.items.items():
            items.pop(name, None)
            if item is not None:
                items[name] = item
        now = Moment(dict(cells), dict(places), tuple(items.values()), frame.duration_ms)
        n_samples = int(frame.glide_ms // raster.SAMPLE_MS)
        moving_ms = max(0, n_samples - 1) * raster.SAMPLE_MS
        yield now._replace(duration_ms=frame.duration_ms - moving_ms)
        for sample in range(1, n_samples):
            places_now, items_now = dict(places), dict(items)
            for glide in frame.glides:
                moved = between(glide, sample / n_samples)
                if isinstance(moved, Places):
                    places_now[moved.plane] = moved.rows, moved.columns
                else:
                    items_now[glide.key] = moved
            at = tuple(items_now.values())
            yield Moment(now.cells, places_now, at, raster.SAMPLE_MS, sample)


def paint(drawing: Drawing, moment: Moment, palette: Palette) -> Picture:
    """Return what is seen at a moment: what is of a lower order is painted first."""
    with _uncached():
        width, height = drawing.size_px
        background = drawing.background
        picture = np.empty((height, width, 3), np.uint8)
        picture[:] = _nearest(np.array(parts(background, background), np.uint8), palette)
        paints: list[tuple[int, Callable[[], None]]] = []
        for order in {plane.order for plane in drawing.planes.values()}:
            layer = _Layer(drawing, moment, order, palette)
            paints.append((order, partial(layer.put_on, picture, layer.there)))
            paints.append((order + NUMBER, partial(layer.put_on, picture, layer.written)))
        for item in moment.items:
            inks = _inks(item, drawing)
            paints += [(item.order, partial(_lay, picture, ink, palette)) for ink in inks]
        for _, put in sorted(paints, key=itemgetter(0)):
            put()
        return picture


class _Layer:
    """The cells of all planes of an order, on a canvas of their own."""

    def __init__(self, drawing: Drawing, moment: Moment, order: int, palette: Palette) -> None:
        width, height = drawing.size_px
        self.drawing, self.palette = drawing, palette
        self.image = np.zeros((height, width, 3), np.uint8)
        self.there = np.zeros((height, width), bool)
        self.written = np.zeros((height, width), bool)
        self.drawn: dict[tuple[str, Look], tuple[Picture, NDArray[np.bool_]]] = {}
        shown = []
        for (key, row, column), number in moment.cells.items():
            plane, look = drawing.planes[key], drawing.looks[number]
            if plane.order == order and look:
                rows, columns = moment.places[key]
                shown.append((-look.rank, row, column, look, plane, rows[row], columns[column]))
        for *_, look, plane, y, x in sorted(shown, key=itemgetter(0, 1, 2)):
            self._cell(look, plane, y, x)

    def put_on(self, picture: Picture, where: NDArray[np.bool_]) -> None:
        picture[where] = self.image[where]

    def _cell(self, look: Look, plane: Plane, row: float, column: float) -> None:
        """Paint a cell where it is, no other's pixels."""
        scale = self.drawing.px_per_pt
        left, top, mask = agg.footprint_of(plane, scale)
        x, y = (int(np.rint(round(at * scale, 6))) for at in plane.point(row, column))
        drawn = self.drawn.get((plane.key, look))  # once in each picture
        image, written = drawn or self.drawn.setdefault((plane.key, look), self._one(look, plane))
        area = np.s_[y + top : y + top + len(mask), x + left : x + left + len(mask[0])]
        self.image[area][mask] = image[mask]
        self.there[area][mask] = True
        self.written[area][mask] = written[mask]

    def _one(self, look: Look, plane: Plane) -> tuple[Picture, NDArray[np.bool_]]:
        """Return a cell with its numbers, and which pixels belong to these."""
        scale, background = self.drawing.px_per_pt, self.drawing.background
        left, top, mask = agg.footprint_of(plane, scale)
        image = _nearest(agg.cell(look.style, background, plane, scale), self.palette)
        written = np.zeros(mask.shape, bool)
        colour = ink_on(look.style.face)
        texts = []
        if look.label and plane.label:
            texts.append(Text(look.label, plane.label, *plane.label_at(look.label), colour))
        if look.corner and plane.corner:
            texts.append(Text(look.corner, plane.corner, *plane.corner_at(look.corner), colour))
        for text in texts:
            ink = agg.text(text, scale)
            ink = ink._replace(left=ink.left - left, top=ink.top - top)
            _lay(image, ink, self.palette)
            for row, column, _ in zip(*_pixels(ink, image), strict=True):
                # A line keeps clear of what is beside a digit, too.
                written[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2] = True
        return image, written


def _inks(item: Item, drawing: Drawing) -> list[Ink]:
    """Return what an item covers, its casing first."""
    scale = drawing.px_per_pt
    match item:
        case Text():
            return [agg.text(item, scale)]
        case Polygon():
            return [agg.polygon(item, scale)]
        case Line():
            return agg.line(item, scale, next(iter(drawing.planes.values())).hair)
        case Outline():
            return agg.outline(item, drawing.planes[item.plane], scale)


def _pixels(ink: Ink, picture: Picture) -> tuple[Indexes, Indexes, Indexes]:
    """Return rows, columns and levels of the pixels of an ink that are on a canvas."""
    height, width, _ = picture.shape
    rows, columns = ink.top + ink.shape.rows, ink.left + ink.shape.columns
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    return rows[inside], columns[inside], ink.shape.levels[inside].astype(np.intp)


def _lay(picture: Picture, ink: Ink, palette: Palette) -> None:
    """Blend ink with what is there, and take the nearest colours that there are."""
    rows, columns, levels = _pixels(ink, picture)
    for level in range(1, LEVELS):
        at = rows[levels == level], columns[levels == level]
        picture[at] = _nearest(blended(picture[at], parts(ink.colour, ""), level), palette)


def _nearest(colours: Picture, palette: Palette) -> Picture:
    """Return the nearest colours that there are, of equally near ones the first."""
    codes = colours.astype(np.int64) @ np.array([65536, 256, 1])
    found, which = np.unique(codes, return_inverse=True)
    parts = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    away = ((parts[:, np.newaxis] - palette) ** 2).sum(axis=2)
    result: Picture = palette[away.argmin(axis=1)][which.reshape(codes.shape)]
    return result


@contextmanager
def _uncached() -> Iterator[None]:
    """Let the primitives draw each thing anew."""
    plain = {
        name: found.__wrapped__ for name, found in vars(agg).items() if hasattr(found, "cache_info")
    }
    with patch.multiple(agg, **plain):
        yield
