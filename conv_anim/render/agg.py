"""Draw single things with matplotlib's Agg engine: a cell, a piece of text, lines.

Each comes as a small array that ``render`` puts together. Only the renderer's drawing
primitives are used; figures and axes would cost more to import than a picture costs to draw.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from conv_anim.drawing.cell_shape import CellShape
from conv_anim.drawing.fonts import DPI, Font, is_math, measure, own_settings, ruler
from conv_anim.drawing.styles import CellStyle, Edge, Pattern
from conv_anim.render.patches import Colours, Coverage

Point = tuple[float, float]
"""(x, y) in pixels from the top left corner."""

# Cells below these sizes have no room for a pattern, or for an edge.
MIN_PATTERN_PX = 10
MIN_EDGE_PX = {Edge.SOLID: 9, Edge.DASHED: 6, Edge.RAILS: 6, Edge.DOUBLE: 6}
MIN_DASHED_PX = 14
MIN_DOUBLE_PX = 14
SMOOTH = 2
"""Steps from the gap to a face in perspective, and from a face to ink."""


# A process that draws many pictures meets the same words, digits and cells again and again.
@lru_cache(maxsize=512)
def text(string: str, font: Font) -> tuple[Coverage, int]:
    """Return *string* as it is inked, and how many pixels of that are above the baseline."""
    extent = measure(string, font)
    above = math.ceil(extent.ascent) + 2
    height = above + math.ceil(extent.descent) + 2
    engine = RendererAgg(math.ceil(extent.width) + 4, height, DPI)
    engine.mathtext_parser = ruler().mathtext_parser  # it has parsed this, and keeps a little
    with own_settings:
        engine.draw_text(
            engine.new_gc(), 0, above, string, font.properties, angle=0, ismath=is_math(string)
        )
    return _alpha(engine), above


def lines(segments: Iterable[tuple[Point, Point]], width: int, height: int, px: float) -> Coverage:
    """Return straight lines, *px* wide, as they are inked on a canvas of the given size."""
    engine = RendererAgg(width, height, DPI)
    for segment in segments:
        _stroke(engine, segment, px, smooth=True)
    return _alpha(engine)


@lru_cache(maxsize=256)
def cell(
    look: CellStyle,
    background: str,
    tile: CellShape,
    steps: int = SMOOTH,
    *,
    is_written: bool = True,
) -> Colours:
    """Return a cell with its share of the gap to its neighbours, (height, width, 3).

    In perspective, each line of pixels is moved to the left by its ``tile.shifts``, and slanted
    edges are smooth, in so many *steps*; with one, all edges are hard. A pattern keeps clear of
    the centre of a cell in which something is written.
    """
    left, top, right, bottom = tile.face
    face = _Mask(tile)
    face.fill(left, top, right, bottom)
    image = _blended(np.array(to_rgb(background)), look.face, face.coverage, steps)
    side = min(tile.width, tile.height)
    if look.pattern is not Pattern.NONE and side >= MIN_PATTERN_PX:
        pattern = _pattern(look.pattern, tile, is_written=is_written)
        image = _blended(image, look.ink, pattern, steps)
    if look.edge is not Edge.NONE and side >= MIN_EDGE_PX[look.edge]:
        image = _draw_edge(image, look, tile, steps)
    return _kept((255 * image).round().astype(np.uint8))


def _blended(
    under: NDArray[np.float64], ink: str, coverage: Coverage, steps: int
) -> NDArray[np.float64]:
    """Return an image with ink on it, in a few shades."""
    share = ((coverage.astype(int) * 2 * steps + 255) // 510 / steps)[:, :, np.newaxis]
    blended: NDArray[np.float64] = under + share * (np.array(to_rgb(ink)) - under)
    return blended


class _Mask:
    """What is inked of a cell's pixels; points are (x, y) as if the cell were a rectangle."""

    def __init__(self, tile: CellShape) -> None:
        self._tile = tile
        self._engine = RendererAgg(tile.width + tile.slant, tile.height, DPI)

    @property
    def coverage(self) -> Coverage:
        """How much of each pixel is inked, (height, width)."""
        lines = np.asarray(self._engine.buffer_rgba())[:, :, 3]
        width, shifts = self._tile.width, self._tile.shifts(1)
        return np.array([line[x : x + width] for line, x in zip(lines, shifts, strict=True)])

    def fill(self, left: float, top: float, right: float, bottom: float) -> None:
        """Fill a rectangle."""
        gc = self._engine.new_gc()
        gc.set_linewidth(0)
        gc.set_antialiased(self._tile.slant > 0)
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        path = Path(self._places(corners), closed=True)
        self._engine.draw_path(gc, path, _downwards(self._engine), (0, 0, 0))

    def stroke(self, points: Sequence[Point], px: float, dash: float | None = None) -> None:
        """Draw a line."""
        smooth = self._tile.slant > 0
        _stroke(self._engine, self._places(points), px, smooth=smooth, dash=dash)

    def _places(self, points: Sequence[Point]) -> list[Point]:
        return [(x + self._tile.shift(y, 1), y) for x, y in points]


def _alpha(engine: RendererAgg) -> Coverage:
    # Black on a transparent canvas: alpha is the coverage.
    return _kept(np.asarray(engine.buffer_rgba())[:, :, 3])


def _kept(view: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a copy that nobody can change."""
    array = view.copy()
    array.flags.writeable = False
    return array


def _stroke(
    engine: RendererAgg,
    points: Sequence[Point],
    px: float,
    *,
    smooth: bool,
    dash: float | None = None,
) -> None:
    gc = engine.new_gc()
    gc.set_linewidth(px)
    gc.set_antialiased(smooth)
    gc.set_snap(None if smooth else False)  # let level lines fill whole pixels
    gc.set_capstyle("butt")
    if dash:
        gc.set_dashes(0, (dash, dash))
    engine.draw_path(gc, Path(points), _downwards(engine))


def _downwards(engine: RendererAgg) -> Affine2D:
    """Return the transform that lets y grow downwards, as it does in arrays."""
    return Affine2D().scale(1, -1).translate(0, engine.height)


def _pattern(pattern: Pattern, tile: CellShape, *, is_written: bool) -> Coverage:
    """Return diagonals over a face, but for its centre if something is written there."""
    left, top, right, bottom = tile.face
    width, height = right - left, bottom - top
    px = max(1.0, min(width, height) / 16)
    turns = range(1, 8) if is_written else range(2, 8, 2)  # let the colour show between them
    strokes: dict[Pattern, list[tuple[Point, Point]]] = {
        Pattern.CROSS: [((left, top), (right, bottom)), ((left, bottom), (right, top))],
        Pattern.HATCH: [
            ((left, top + height * reach), (left + width * reach, top))
            for reach in (turn / 4 for turn in turns)
        ],
    }
    mask = _Mask(tile)
    for stroke in strokes[pattern]:
        mask.stroke(stroke, px)
    face = np.zeros((tile.height, tile.width), dtype=bool)
    face[top:bottom, left:right] = True
    rows, columns = (
        slice(
            math.floor((near + far) / 2 - round((far - near) * 0.29)),
            math.ceil((near + far) / 2 + round((far - near) * 0.29)),
        )
        for near, far in ((top, bottom), (left, right))
    )
    face[rows, columns] = not is_written
    return np.where(face, mask.coverage, np.uint8(0))


def _frame(tile: CellShape, px: int, inset: int) -> Coverage:
    """Return a solid line round a face, so many pixels inside of its border."""
    left, top, right, bottom = tile.face
    mask = _Mask(tile)
    middle = inset + px / 2
    for y in (top + middle, bottom - middle):
        mask.stroke(((left + inset, y), (right - inset, y)), px)
    for x in (left + middle, right - middle):
        mask.stroke(((x, top + inset), (x, bottom - inset)), px)
    return mask.coverage


def _rails(tile: CellShape, px: int, inset: int) -> Coverage:
    """Return lines along the top and the bottom of a face, so many pixels inside of it."""
    left, top, right, bottom = tile.face
    mask = _Mask(tile)
    for y in (top + inset + px / 2, bottom - inset - px / 2):
        mask.stroke(((left, y), (right, y)), px)
    return mask.coverage


def _draw_edge(
    image: NDArray[np.float64], look: CellStyle, tile: CellShape, steps: int
) -> NDArray[np.float64]:
    """Draw an edge just inside the face; it is one pixel wide, and dashes meet at the corners."""
    left, top, right, bottom = tile.face
    if look.edge is Edge.DOUBLE:
        px = 1 if min(right - left, bottom - top) < MIN_DOUBLE_PX else 2
        outer = _frame(tile, px, 0)
        image = _blended(image, look.outline, outer, steps)
        return _blended(image, look.ink, _frame(tile, 1, px), steps)
    if look.edge is Edge.RAILS:
        px = 1 + (bottom - top) // 24
        inset = px if look.outline else 0
        if look.outline:
            image = _blended(image, look.outline, _rails(tile, px, 0), steps)
        return _blended(image, look.ink, _rails(tile, px, inset), steps)
    if look.outline:  # so that its colour, which is not the ink, is on both sides of the line
        left, top, right, bottom = left + 1, top + 1, right - 1, bottom - 1
    mask = _Mask(tile)
    strokes = [
        ((left, top + 0.5), (right, top + 0.5)),
        ((right - 0.5, top), (right - 0.5, bottom)),
        ((right, bottom - 0.5), (left, bottom - 0.5)),
        ((left + 0.5, bottom), (left + 0.5, top)),
    ]
    colour = look.ink
    is_dashed = look.edge is Edge.DASHED
    if is_dashed and min(right - left, bottom - top) < MIN_DASHED_PX:
        # A few dashes would look like crosses: a paler line.
        red, green, blue = (np.array(to_rgb(look.ink)) + to_rgb(look.face)) / 2
        colour, is_dashed = to_hex((red, green, blue)), False
    for (x, y), (to_x, to_y) in strokes:
        side = abs(to_x - x) + abs(to_y - y)
        dash = side / (2 * round(side / 12) + 1) if is_dashed else None
        mask.stroke(((x, y), (to_x, to_y)), 1, dash)
    return _blended(image, colour, mask.coverage, steps)
