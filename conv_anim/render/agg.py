"""Draw single things with matplotlib's Agg engine: a cell, a text, a line, an area.

Each comes as a small array that ``raster`` puts together. Only the renderer's drawing primitives
are used; figures and axes would cost more to import than a picture costs to draw.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from conv_anim.drawing import fonts
from conv_anim.drawing.drawing import Line, Outline, Polygon, Text
from conv_anim.drawing.fonts import Font
from conv_anim.drawing.linking import rings
from conv_anim.drawing.marks import Fill, Mark, Stroke, marks
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.styles import CellStyle
from conv_anim.render.palette import LEVELS, parts
from conv_anim.render.patches import Colours, Coverage

_DPI = 72
_SMOOTH = 2  # shades of smooth edges in cells, from the one colour to the other
_PHASES = 4  # of a pixel, on which characters begin


class Shape(NamedTuple):
    """Which pixels are inked, and how much of each."""

    size: tuple[int, ...]
    """(rows, columns) of the box round them."""
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    levels: NDArray[np.uint8]
    """From 1 to ``LEVELS`` − 1, for each of these pixels."""

    @classmethod
    def of(cls, coverage: Coverage) -> "Shape":
        """Return coverage, up to 255, in a few levels."""
        levels = (coverage.astype(np.uint16) * (LEVELS - 1) + 127) // 255
        rows, columns = np.nonzero(levels)
        return cls(coverage.shape, rows, columns, levels[rows, columns].astype(np.uint8))


class Ink(NamedTuple):
    """What a thing of one colour covers of the canvas."""

    left: int
    top: int
    shape: Shape
    colour: str = ""


class Cover(NamedTuple):
    """How an area covers pixels, up to 255."""

    left: int
    top: int
    coverage: Coverage

    def ink(self, colour: str = "") -> Ink:
        """Return it in a few levels."""
        return Ink(self.left, self.top, Shape.of(self.coverage), colour)


_NOTHING = Cover(0, 0, np.zeros((1, 1), np.uint8))


# A process that draws many pictures meets the same words, digits and cells again and again.
def text(item: Text, px_per_pt: float) -> Ink:
    """Return a text, which begins on a quarter of a pixel."""
    x = round(item.x * px_per_pt * _PHASES)
    baseline = round(item.baseline * px_per_pt)
    left, phase = divmod(x, _PHASES)
    px = item.font.pt * px_per_pt
    inked = _text(item.string, replace(item.font, pt=px, ink=""), phase)
    return Ink(left + inked.left, baseline + inked.top, inked.shape, item.colour)


@lru_cache(maxsize=1024)
def _text(string: str, font: Font, phase: int) -> Ink:
    """Return a text that begins at the origin, its font in pixels."""
    px, bold = font.pt, font.bold
    x = phase / _PHASES
    if fonts.is_math(string, font):
        return _fill([_pixels(shape, px, x) for shape in fonts.formula(string, bold)]).ink()
    placed = []
    for character, at in fonts.characters(string, font):
        start, own_phase = divmod(round((x + at * px) * _PHASES), _PHASES)
        glyph = _glyph(character, bold, px, own_phase)
        placed.append((start + glyph.left, glyph.top, glyph.coverage))
    if not placed:
        return _NOTHING.ink()
    left, top = min(part[0] for part in placed), min(part[1] for part in placed)
    right = max(x + shape.shape[1] for x, _, shape in placed)
    bottom = max(y + shape.shape[0] for _, y, shape in placed)
    image = np.zeros((bottom - top, right - left), np.uint8)
    for at_x, at_y, shape in placed:
        height, width = shape.shape
        area = image[at_y - top : at_y - top + height, at_x - left : at_x - left + width]
        np.maximum(area, shape, out=area)
    return Cover(left, top, image).ink()


@lru_cache(maxsize=4096)
def _glyph(character: str, bold: bool, px: float, phase: int) -> Cover:
    """Return how a character covers pixels, up to 255."""
    shape = fonts.outline(character, Font(px, bold))
    return _fill([_pixels(shape, px, phase / _PHASES)] if len(shape.vertices) else [])


def _pixels(shape: fonts.Outline, px: float, x: float) -> Path:
    """Return an outline in pixels, y downwards; level lines are on whole ones."""
    points = shape.vertices * (px, -px) + (x, 0)
    if shape.is_level:
        drawn = shape.codes != Path.CLOSEPOLY
        for axis in (0, 1):
            found = np.unique(points[drawn, axis].round(3))
            whole = found.round()
            for place in range(1, len(found)):
                apart = 1 if found[place] - found[place - 1] > 0.05 else 0
                whole[place] = max(whole[place], whole[place - 1] + apart)
            points[:, axis] = np.interp(points[:, axis], found, whole)
    return Path(points, shape.codes)


def _fill(paths: Sequence[Path]) -> Cover:
    """Return how areas cover pixels."""
    if not paths:
        return _NOTHING
    drawn = [np.asarray(path.vertices)[np.asarray(path.codes) != Path.CLOSEPOLY] for path in paths]
    engine, left, top = _canvas(np.concatenate(drawn))
    for path in paths:
        gc = engine.new_gc()
        gc.set_linewidth(0)
        gc.set_snap(False)
        engine.draw_path(gc, path, _downwards(engine, left, top), (0, 0, 0))
    return Cover(left, top, _alpha(engine))


def _canvas(points: NDArray[np.float64], margin: float = 0) -> tuple[RendererAgg, int, int]:
    """Return an empty canvas round points, and its left and top."""
    left, top = (math.floor(x) for x in points.min(axis=0) - margin)
    right, bottom = (math.ceil(x) for x in points.max(axis=0) + margin)
    return RendererAgg(max(1, right - left), max(1, bottom - top), _DPI), left, top


def _alpha(engine: RendererAgg) -> Coverage:
    # Black on a transparent canvas: alpha is the coverage.
    return _kept(np.asarray(engine.buffer_rgba())[:, :, 3])


def _kept(view: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a copy that nobody can change."""
    array = view.copy()
    array.flags.writeable = False
    return array


def _downwards(engine: RendererAgg, left: float, top: float) -> Affine2D:
    """Return the transform that lets y grow downwards, as it does in arrays."""
    return Affine2D().translate(-left, -top).scale(1, -1).translate(0, engine.height)


def polygon(item: Polygon, px_per_pt: float) -> Ink:
    """Return a filled area."""
    return _fill([_closed(item.points, px_per_pt)]).ink(item.colour)


def _closed(points: Iterable[Point], px_per_pt: float) -> Path:
    corners = np.array([*points]) * px_per_pt
    return Path(np.concatenate([corners, corners[:1]]), closed=True)


def line(item: Line, px_per_pt: float, hair: float) -> list[Ink]:
    """Return a line, its casing before it."""
    narrow = max(1 / px_per_pt, hair / 2)
    widths = [(item.width + 2 * narrow, item.casing)] if item.casing else []
    return [
        _line(item.start, item.end, width, px_per_pt)._replace(colour=colour)
        for width, colour in (*widths, (item.width, item.colour))
    ]


@lru_cache(maxsize=256)
def _line(start: Point, end: Point, width: float, px_per_pt: float) -> Ink:
    """Return a line, of which each column of pixels is filled between its two edges.

    There are so few of them that this is several times as fast as filling all of its box; of a
    steep line they are rows.
    """
    points = np.array([start, end]) * px_per_pt
    is_steep = bool(abs(points[1, 0] - points[0, 0]) < abs(points[1, 1] - points[0, 1]))
    if is_steep:
        points = points[:, ::-1]
    (x0, y0), (x1, y1) = sorted(points.tolist())
    slope = (y1 - y0) / ((x1 - x0) or 1)
    half = width * px_per_pt / 2 * math.hypot(1, slope)
    along = np.arange(math.floor(x0), math.ceil(x1))[:, np.newaxis]
    middle = y0 + (along + 0.5 - x0) * slope
    across = np.floor(middle - half).astype(np.intp) + np.arange(math.ceil(2 * half) + 1)
    share = np.minimum(across + 1, middle + half) - np.maximum(across, middle - half)
    share = share.clip(0, 1) * (np.minimum(along + 1, x1) - np.maximum(along, x0)).clip(0, 1)
    levels = np.rint(share * (LEVELS - 1)).astype(np.uint8)
    inked = levels > 0
    columns, rows = np.broadcast_to(along, across.shape)[inked], across[inked]
    if is_steep:
        columns, rows = rows, columns
    if not len(rows):
        return _NOTHING.ink()
    left, top = int(columns.min()), int(rows.min())
    size = int(rows.max()) + 1 - top, int(columns.max()) + 1 - left
    return Ink(left, top, Shape(size, rows - top, columns - left, levels[inked]))


def outline(item: Outline, plane: Plane, px_per_pt: float) -> list[Ink]:
    """Return a frame round cells, its casing before it."""
    row, column, rows, columns = item.box
    moved = item._replace(plane="", box=(0, 0, rows, columns))
    # From cell to cell there are whole pixels, so that what is drawn once serves for all; while
    # it glides, it moves from pixel to pixel, too, which keeps it sharp.
    x, y = (round(at * px_per_pt) for at in plane.point(row, column))
    inks = _outline(moved, plane.shaped, px_per_pt)
    return [ink._replace(left=ink.left + x, top=ink.top + y) for ink in inks]


@lru_cache(maxsize=256)
def _outline(item: Outline, plane: Plane, px_per_pt: float) -> tuple[Ink, ...]:
    inks = []
    for colour, outer, inner in rings(item, plane, plane.hair):
        paths = [_closed(outer, px_per_pt), _closed(reversed(inner), px_per_pt)]
        inks.append(_fill([Path.make_compound_path(*paths)]).ink(colour))
    return tuple(inks)


def _stroke(engine: RendererAgg, points: NDArray[np.float64], px: float, dash: float = 0) -> None:
    gc = engine.new_gc()
    gc.set_linewidth(px)
    gc.set_antialiased(True)
    gc.set_snap(False)
    gc.set_capstyle("butt")
    if dash:
        gc.set_dashes(0, (dash, dash))
    engine.draw_path(gc, Path(points), _downwards(engine, 0, 0))


class Footprint(NamedTuple):
    """The pixels of a cell: as many for each of a plane, and none of another cell's."""

    left: int
    top: int
    """Where they begin, from the cell's corner."""
    mask: NDArray[np.bool_]


def footprint_of(plane: Plane, px_per_pt: float) -> Footprint:
    """Return the pixels of a plane's cells, without the room that is left free beside them."""
    return footprint(*steps(px_per_pt, plane), round(plane.spare * px_per_pt))


@lru_cache(maxsize=64)
def footprint(across: tuple[int, int], down: tuple[int, int], spare: int = 0) -> Footprint:
    """Return the pixels whose middles are in a cell, of which the sides are whole pixels."""
    corners = np.array([(0, 0), across, down, (across[0] + down[0], across[1] + down[1])])
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    y, x = np.mgrid[top:bottom, left:right] + 0.5
    area = across[0] * down[1] - across[1] * down[0]
    along = (x * down[1] - y * down[0]) / area
    below = (y * across[0] - x * across[1]) / area
    inside = (along >= 0) & (along < 1) & (below >= 0) & (below < 1)
    width = inside.shape[1]
    return Footprint(int(left) + spare, int(top), inside[:, spare : width - spare])


def steps(px_per_pt: float, plane: Plane) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the two steps of a plane in pixels."""
    across, down = (
        (round(x * px_per_pt), round(y * px_per_pt)) for x, y in (plane.across, plane.down)
    )
    return across, down


@lru_cache(maxsize=512)
def cell(style: CellStyle, background: str, plane: Plane, px_per_pt: float) -> Colours:
    """Return a cell with its share of the gap to its neighbours, (height, width, 3 or 4).

    Only its footprint counts. *plane* is any that has such cells. Diagonals and slanted edges are
    smooth.
    """
    print_ = footprint_of(plane, px_per_pt)
    height, width = print_.mask.shape
    ground = parts(background, background)
    image = np.empty((height, width, len(ground)))
    image[:] = ground
    for mark in marks(style, plane, px_per_pt):
        form = mark._replace(colour="")
        coverage = _mark(form, px_per_pt, (width, height), (print_.left, print_.top))
        is_smooth = plane.is_slanted or not mark.is_level
        share = _shares(coverage, _SMOOTH if is_smooth else 1)[:, :, np.newaxis]
        image += share * (np.array(parts(mark.colour, background)) - image)
    return _kept(image.round().astype(np.uint8))


def _shares(coverage: Coverage, shades: int) -> NDArray[np.float64]:
    return (coverage.astype(int) * 2 * shades + 255) // 510 / shades


# The same in cells of every shade of a colour map.
@lru_cache(maxsize=512)
def _mark(mark: Mark, px_per_pt: float, size: tuple[int, int], origin: tuple[int, int]) -> Coverage:
    engine = RendererAgg(*size, _DPI)
    points = np.array(mark.points) * px_per_pt - origin
    if isinstance(mark, Fill):
        gc = engine.new_gc()
        gc.set_linewidth(0)
        gc.set_snap(False)
        path = Path(np.concatenate([points, points[:1]]), closed=True)
        engine.draw_path(gc, path, _downwards(engine, 0, 0), (0, 0, 0))
    else:
        assert isinstance(mark, Stroke)
        _stroke(engine, points, mark.width * px_per_pt, mark.dash * px_per_pt)
    return _alpha(engine)
