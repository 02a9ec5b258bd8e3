"""What a cell consists of: its face, pattern and edge as areas and lines, in points."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from matplotlib.colors import to_hex, to_rgb

from conv_anim.drawing.colours import each
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.sizes import Pixels
from conv_anim.drawing.styles import CellStyle, Edge, Pattern

# Cells of fewer pixels have no room for a pattern, or for an edge.
MIN_PATTERN_PX = 8
MIN_EDGE_PX = {Edge.SOLID: 5, Edge.DASHED: 6, Edge.RAILS: 6, Edge.DOUBLE: 6}
MIN_DASHED_PX = 14
MIN_FULL_PX = 7
MIN_DOUBLE_PX = 14
_DASH_HAIRS = 4.5
_THICKER_PT = 24  # of a cell, for which rails are a point thicker
_CENTRE = 0.29  # of a face, to each side of its middle, is left to what is written there

Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class Fill(NamedTuple):
    """An area of one colour."""

    points: tuple[Point, ...]
    colour: str
    is_level: bool = True
    """Whether its sides are along those of cells, on whole pixels unless cells are slanted."""


class Stroke(NamedTuple):
    """A straight line."""

    points: tuple[Point, Point]
    width: float
    colour: str
    dash: float = 0.0
    """How long dashes and the gaps between them are; 0 for none."""
    is_level: bool = True


Mark = Fill | Stroke


def marks(style: CellStyle, plane: Plane, px_per_pt: float) -> Iterator[Mark]:
    """Yield what a cell of a plane consists of, what is lower first, from the cell's corner.

    A pattern keeps clear of the centre of a cell in which something is written.
    """
    face = plane.face
    is_written = plane.label is not None
    side_px = min(face[2] - face[0], face[3] - face[1]) * px_per_pt
    yield _area(plane, face, style.face)
    if style.pattern is not Pattern.NONE and side_px >= MIN_PATTERN_PX:
        yield from _pattern(style, plane, is_written=is_written)
    if style.edge is not Edge.NONE and side_px >= MIN_EDGE_PX[style.edge]:
        yield from _edge(style, plane, px_per_pt, side_px)


def _area(plane: Plane, box: Rectangle, colour: str) -> Fill:
    left, top, right, bottom = box
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Fill(tuple(plane.place(*corner) for corner in corners), colour)


def _pattern(style: CellStyle, plane: Plane, *, is_written: bool) -> Iterator[Mark]:
    """Yield diagonals over a face, but for its centre if something is written there."""
    left, top, right, bottom = plane.face
    width, height = right - left, bottom - top
    line = max(plane.hair, min(width, height) / 18)
    if style.pattern is Pattern.CROSS:
        ends = [((left, top), (right, bottom)), ((left, bottom), (right, top))]
    else:
        turns = range(1, 8) if is_written else range(2, 8, 2)  # the colour shows between them
        ends = []
        for reach in (turn / 4 for turn in turns):
            near, far = max(0.0, reach - 1), min(1.0, reach)
            ends.append(
                (
                    (left + width * near, top + height * far),
                    (left + width * far, top + height * near),
                )
            )
    for start, end in ends:
        points = plane.place(*start), plane.place(*end)
        yield Stroke(points, line, style.ink, is_level=False)
    if is_written:
        across, down = (_CENTRE * width, _CENTRE * height)
        x, y = (left + right) / 2, (top + bottom) / 2
        yield _area(plane, (x - across, y - down, x + across, y + down), style.face)


def _edge(style: CellStyle, plane: Plane, px_per_pt: float, side_px: float) -> Iterator[Mark]:
    """Yield an edge just inside the face; dashes meet at the corners."""
    if style.edge is Edge.DOUBLE:
        line = plane.hair * (1 if side_px < MIN_DOUBLE_PX else 2)
        yield from _frame(plane, plane.face, line, style.outline)
        yield from _frame(plane, _inside(plane.face, line), plane.hair, style.ink)
        return
    if style.edge is Edge.RAILS:
        line = Pixels(px_per_pt).line(1 + side_px / px_per_pt // _THICKER_PT)
        face = plane.face
        if style.outline:
            yield from _rails(plane, face, line, style.outline)
            face = (face[0], face[1] + line, face[2], face[3] - line)
        yield from _rails(plane, face, line, style.ink)
        return
    colour, is_dashed = style.ink, style.edge is Edge.DASHED
    if side_px < (MIN_DASHED_PX if is_dashed else MIN_FULL_PX):
        # A few dashes would look like crosses, and full lines fill small cells: a paler line.
        colour, is_dashed = each(_middle, style.ink, style.face), False
    # An outline's colour, which is not the ink, is then on both sides of the line.
    face = _inside(plane.face, plane.hair) if style.outline else plane.face
    yield from _frame(plane, face, plane.hair, colour, is_dashed=is_dashed)


def _middle(one: str, other: str) -> str:
    """Return the colour between two."""
    red, green, blue = (np.array(to_rgb(one)) + to_rgb(other)) / 2
    return to_hex((red, green, blue))


def _inside(box: Rectangle, inset: float) -> Rectangle:
    left, top, right, bottom = box
    return left + inset, top + inset, right - inset, bottom - inset


def _frame(
    plane: Plane, box: Rectangle, line: float, colour: str, *, is_dashed: bool = False
) -> Iterator[Stroke]:
    """Yield lines along the four sides of a rectangle, inside of it."""
    left, top, right, bottom = box
    middle = line / 2
    for start, end in (
        ((left, top + middle), (right, top + middle)),
        ((right - middle, top), (right - middle, bottom)),
        ((right, bottom - middle), (left, bottom - middle)),
        ((left + middle, bottom), (left + middle, top)),
    ):
        points = plane.place(*start), plane.place(*end)
        length = float(np.hypot(*np.subtract(*points)))
        n_dashes = 2 * round(length / (2 * _DASH_HAIRS * plane.hair)) + 1
        yield Stroke(points, line, colour, length / n_dashes if is_dashed else 0.0)


def _rails(plane: Plane, box: Rectangle, line: float, colour: str) -> Iterator[Stroke]:
    """Yield lines along the top and the bottom of a rectangle, inside of it."""
    left, top, right, bottom = box
    for y in (top + line / 2, bottom - line / 2):
        yield Stroke((plane.place(left, y), plane.place(right, y)), line, colour)
