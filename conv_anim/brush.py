"""Draw single things with matplotlib's Agg engine: a cell, a piece of text, lines.

Each comes as a small array that ``render`` puts together. Only the renderer's drawing
primitives are used; figures and axes would cost more to import than a picture costs to draw.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox
from numpy.typing import NDArray

from conv_anim.lettering import DPI, Font, is_math, measure, own_settings, ruler
from conv_anim.stream import Colours
from conv_anim.theme import Edge, Look, Pattern

Coverage = NDArray[np.uint8]
"""How much of each pixel is inked, 0 to 255, shape (height, width)."""
Point = tuple[float, float]
"""(x, y) in pixels from the top left corner."""

# Cells below these sizes have no room for a pattern, or for an edge.
MIN_PATTERN_PX = 10
MIN_EDGE_PX = {Edge.SOLID: 9, Edge.DASHED: 6, Edge.RAILS: 6}
MIN_DASHED_PX = 14


# A process that draws many pictures meets the same words, digits and cells again and again.
@lru_cache(maxsize=512)
def text(string: str, font: Font) -> tuple[Coverage, int]:
    """Return *string* as it is inked, and how many pixels of that are above the baseline."""
    extent = measure(string, font)
    above = math.ceil(extent.ascent) + 2
    height = above + math.ceil(extent.descent) + 2
    engine = RendererAgg(math.ceil(extent.width) + 4, height, DPI)
    engine.mathtext_parser = ruler().mathtext_parser  # it has parsed this, and keeps a little
    with own_settings():
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
def cell(look: Look, background: str, size: int) -> Colours:
    """Return a cell of *size* pixels with its share of the gap to its neighbours."""
    engine = RendererAgg(size, size, DPI)
    near, far = face(size)
    _fill(engine, 0, size, background)
    _fill(engine, near, far, look.face)
    if look.pattern is not Pattern.NONE and size >= MIN_PATTERN_PX:
        _draw_pattern(engine, look, near, far)
    if look.edge is not Edge.NONE and size >= MIN_EDGE_PX[look.edge]:
        _draw_edge(engine, look, near, far)
    return _kept(np.asarray(engine.buffer_rgba())[:, :, :3])


def face(size: int) -> tuple[int, int]:
    """Return where a cell's face begins and ends along either axis; the rest is gap."""
    gap = 1 if size < 20 else 2
    return gap // 2, size - (gap - gap // 2)


def _alpha(engine: RendererAgg) -> Coverage:
    # Black on a transparent canvas: alpha is the coverage.
    return _kept(np.asarray(engine.buffer_rgba())[:, :, 3])


def _kept(view: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a copy that nobody can change."""
    array = view.copy()
    array.flags.writeable = False
    return array


def _fill(engine: RendererAgg, near: float, far: float, colour: str) -> None:
    """Fill a square that lies on the diagonal of the canvas."""
    gc = engine.new_gc()
    gc.set_linewidth(0)
    gc.set_antialiased(False)
    square = Path([(near, near), (far, near), (far, far), (near, far), (near, near)], closed=True)
    engine.draw_path(gc, square, _downwards(engine), to_rgba(colour))


def _stroke(
    engine: RendererAgg,
    points: Sequence[Point],
    px: float,
    *,
    smooth: bool,
    colour: str = "#000000",
    clip: tuple[float, float] | None = None,
    dash: float | None = None,
) -> None:
    gc = engine.new_gc()
    gc.set_linewidth(px)
    gc.set_antialiased(smooth)
    gc.set_snap(None if smooth else False)  # let level lines fill whole pixels
    gc.set_capstyle("butt")
    gc.set_foreground(colour)
    if dash:
        gc.set_dashes(0, (dash, dash))
    if clip:
        near, far = clip
        gc.set_clip_rectangle(Bbox([(near, engine.height - far), (far, engine.height - near)]))
    engine.draw_path(gc, Path(points), _downwards(engine))


def _downwards(engine: RendererAgg) -> Affine2D:
    """Return the transform that lets y grow downwards, as it does in arrays."""
    return Affine2D().scale(1, -1).translate(0, engine.height)


def _draw_pattern(engine: RendererAgg, look: Look, near: int, far: int) -> None:
    """Draw diagonals over a face, then its centre once more, so that a number can stand there."""
    side = far - near
    px = max(1.0, side / 16)
    middle = (near + far) / 2
    strokes: dict[Pattern, list[tuple[Point, Point]]] = {
        Pattern.CROSS: [((near, near), (far, far)), ((near, far), (far, near))],
        Pattern.HATCH: [
            ((near, near + reach), (near + reach, near))
            for reach in (side * turn / 4 for turn in range(1, 8))
        ],
    }
    for stroke in strokes[look.pattern]:
        _stroke(engine, stroke, px, smooth=False, colour=look.ink, clip=(near, far))
    clear = round(side * 0.29)
    _fill(engine, math.floor(middle - clear), math.ceil(middle + clear), look.face)


def _draw_edge(engine: RendererAgg, look: Look, near: int, far: int) -> None:
    """Draw an edge just inside the face; it is one pixel wide, and dashes meet at the corners."""
    if look.edge is Edge.RAILS:
        px = 1 + (far - near) // 24
        for y in (near + px / 2, far - px / 2):
            _stroke(engine, ((near, y), (far, y)), px, smooth=False, colour=look.ink)
        return
    first, last = near + 0.5, far - 0.5
    corners = [(near, first), (last, near), (far, last), (first, far)]
    ends = [(far, first), (last, far), (near, last), (first, near)]
    side = far - near
    dash, colour = None, look.ink
    if look.edge is Edge.DASHED and side >= MIN_DASHED_PX:
        dash = side / (2 * round(side / 12) + 1)
    elif look.edge is Edge.DASHED:  # a few dashes would look like crosses: a paler line
        red, green, blue = (np.array(to_rgb(look.ink)) + to_rgb(look.face)) / 2
        colour = to_hex((red, green, blue))
    for start, end in zip(corners, ends, strict=True):
        _stroke(engine, (start, end), 1, smooth=False, colour=colour, dash=dash)
