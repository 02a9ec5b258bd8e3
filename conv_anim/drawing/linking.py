"""What leads from the window to what it fills: outlines round both, lines, and a beam."""

import math
from collections.abc import Iterator, Mapping, Sequence

from conv_anim.drawing import drawing
from conv_anim.drawing.colours import TRANSPARENT
from conv_anim.drawing.drawing import Item, Line, Outline, Polygon
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.sizes import Pixels
from conv_anim.drawing.styles import Theme
from conv_anim.scene.scene import Box, Link

_CASED_PT = 10
"""Smaller cells would hardly show inside of a casing."""
GAP_PT = 3
_NEAR_PT = 1e-6
_MOSTLY = 0.9
"""What share of an outline's area must be hidden before it is drawn over what hides it."""


def link_key(number: int) -> str:
    """Return how the keys begin of the items of one of a frame's links."""
    return f"link {number} "


def items(
    key: str,
    link: Link,
    planes: Mapping[str, Plane],
    theme: Theme,
    pixels: Pixels,
    *,
    has_lines: bool = True,
) -> dict[str, Item]:
    """Return the items of a link, by keys that begin with *key*; lines lead to neighbours only."""
    tail, head = planes[link.tail.grid], planes[link.head.grid]
    found: dict[str, Item] = {}
    ends: list[tuple[Point, Point]] = []
    if not has_lines:
        pass
    elif tail.is_slanted:
        ends = list(zip(_corners(link.tail, tail), _corners(link.head, head), strict=True))
    elif link.taps or link.threads is not None:
        ends = _down(link, tail, head)
        found[f"{key}beam"] = Polygon(_between_strips(link, tail, head), theme.beam)
    elif not any(_is_between(plane, tail, head) for plane in planes.values()):
        ends = _across(link, tail, head)
        found[f"{key}beam"] = Polygon(_beam(ends, tail, head, theme), theme.beam)
        if tail.label:  # lines would cross numbers
            ends = [*_between_grids(ends, tail, head)]
    edge = casing(tail, theme)
    thin = pixels.line(min(1.2, max(1.0, min(tail.cell) / 36)))
    order = min(tail.order, head.order) + drawing.LINE
    for number, (start, end) in enumerate(ends):
        found[f"{key}line {number}"] = Line(
            *sharp(start, end, thin, pixels), thin, theme.outline, edge, order
        )
    if link.is_framed[0]:
        found[f"{key}window"] = outline(link.tail, tail, theme, pixels)
    if link.is_framed[1]:
        found[f"{key}cell"] = outline(link.head, head, theme, pixels)
    return found


def ground(plane: Plane, theme: Theme) -> Polygon:
    """Return what hides the planes behind one in the gaps between its cells."""
    return Polygon(plane.corners, theme.background, plane.order - 1)


def outline(box: Box, plane: Plane, theme: Theme, pixels: Pixels) -> Outline:
    """Return the outline of a rectangle of cells."""
    width = pixels.line(min(3.0, max(1.0, min(plane.size) / 14)))
    order = plane.order + drawing.LINE
    return Outline(plane.key, box[1:], width, theme.outline, casing(plane, theme), order)


def uncovered(items: Mapping[str, Item], volume: Sequence[Plane]) -> dict[str, Item]:
    """Return the outlines in a volume, over all of its planes if these would hide each of them.

    What is in work is then seen to be behind others, and where. The first plane is in front.
    Through numbers no outline is drawn.
    """
    if volume[0].label:
        return {}
    places = {plane.key: place for place, plane in enumerate(volume)}
    found = {
        key: item
        for key, item in items.items()
        if isinstance(item, Outline) and item.plane in places
    }
    for outline in found.values():
        place = places[outline.plane]
        if not place or _share_hidden(outline, volume[place], volume[place - 1]) < _MOSTLY:
            return {}
    order = volume[0].order + drawing.LINE
    return {key: outline._replace(order=order) for key, outline in found.items()}


def _share_hidden(outline: Outline, plane: Plane, over: Plane) -> float:
    """Return what share of an outline's area lies behind the plane in front of its own."""
    row, column, rows, columns = outline.box
    own = plane.point(row, column), plane.point(row + rows, column + columns)
    share = 1.0
    for low, high, start, end in zip(*own, over.point(0, 0), over.point(*over.shape), strict=True):
        share *= max(0.0, min(high, end) - max(low, start)) / (high - low)
    return share


def casing(plane: Plane, theme: Theme) -> str:
    """Return the colour of the border along lines that lie over a plane's cells."""
    return theme.background if min(plane.size) >= _CASED_PT else ""


def sharp(start: Point, end: Point, width: float, pixels: Pixels) -> tuple[Point, Point]:
    """Return the ends of a line so that it fills whole pixels if it is level."""
    if start[1] != end[1]:
        return start, end
    y = pixels.middle(start[1], width)
    return (start[0], y), (end[0], y)


def _corners(box: Box, plane: Plane) -> list[Point]:
    """Return the corners of a rectangle of cells, row by row."""
    corners = []
    for down in (0, 1):
        for across in (0, 1):
            x, y = plane.point(box.row + down * box.rows, box.column + across * box.columns)
            corners.append((x + (-plane.spare if across else plane.spare), y))
    return corners


def _down(link: Link, tail: Plane, head: Plane) -> list[tuple[Point, Point]]:
    """Return lines from the taps of a strip up to the middle of the cell above."""
    threads = link.threads or [(tap, link.head.column) for tap in link.taps]
    return [(tail.point(0, tap + 0.5), head.point(1, cell + 0.5)) for tap, cell in threads]


def _between_strips(link: Link, tail: Plane, head: Plane) -> tuple[Point, ...]:
    upper, lower = _corners(link.head, head)[2:], _corners(link.tail, tail)[:2]
    return (*upper, *reversed(lower))


def _is_between(plane: Plane, tail: Plane, head: Plane) -> bool:
    """Return whether a plane is between two others, side by side."""
    low, high = sorted((tail.origin[0], head.origin[0]))
    return low < plane.origin[0] < high


def _across(link: Link, tail: Plane, head: Plane) -> list[tuple[Point, Point]]:
    """Return lines between the sides that two rectangles turn to each other, the upper first."""
    ahead = int(tail.origin[0] < head.origin[0])
    starts = _corners(link.tail, tail)[ahead::2]
    ends = _corners(link.head, head)[1 - ahead :: 2]
    return list(zip(starts, ends, strict=True))


def _beam(
    ends: list[tuple[Point, Point]], tail: Plane, head: Plane, theme: Theme
) -> tuple[Point, ...]:
    """Return the corners of a beam, which on no background leaves out the grids.

    Cells hide it, but not through the gaps between them if these are transparent. Where there are
    numbers it is left out of the gaps, too, as lines are.
    """
    first, last = sorted((tail, head), key=lambda plane: plane.origin[0])
    is_above = first.point(0, first.shape[1])[0] >= last.origin[0]
    is_whole = theme.background != TRANSPARENT and not tail.label
    if is_whole or is_above:
        upper, lower = ends
        return *upper, *reversed(lower)
    if tail is last:
        ends = [(end, start) for start, end in ends]
    leave = [_part(_leaving(first, start, end), start, end) for start, end in ends]
    meet = [_part(_leaving(last, end, start), end, start) for start, end in ends]
    near, far = first.point(0, first.shape[1])[0], last.origin[0]
    return (*_along_edge(first, near, *leave), *reversed(_along_edge(last, far, *meet)))


def _along_edge(plane: Plane, x: float, upper: Point, lower: Point) -> list[Point]:
    """Return the way from one point to another along a grid's edge, round its side at *x*.

    These are four points whatever the way, so that one beam can become another.
    """
    (_, top), (_, bottom) = plane.origin, plane.point(*plane.shape)
    corners = [
        (x, edge) if _is_at(edge, one, x) and not _is_at(edge, other, x) else one
        for edge, one, other in ((top, upper, lower), (bottom, lower, upper))
    ]
    return [upper, *corners, lower]


def _is_at(edge: float, point: Point, x: float) -> bool:
    """Return whether a point is on the upper or lower edge of a grid, and not at its side."""
    return abs(point[1] - edge) < _NEAR_PT < abs(point[0] - x)


def _between_grids(
    ends: list[tuple[Point, Point]], tail: Plane, head: Plane
) -> Iterator[tuple[Point, Point]]:
    """Yield what of lines is between two grids, but for a gap before each; nothing if that is."""
    for start, end in ends:
        leaves = _leaving(tail, start, end, GAP_PT)
        meets = 1 - _leaving(head, end, start, GAP_PT)
        if leaves < meets:
            yield _part(leaves, start, end), _part(meets, start, end)


def _leaving(plane: Plane, start: Point, end: Point, gap: float = 0.0) -> float:
    """Return what share of a line from a grid is over it, and the *gap* beside it."""
    low, high = plane.origin, plane.point(*plane.shape)
    return min(
        ((last + gap if to > at else first - gap) - at) / (to - at)
        for first, last, at, to in zip(low, high, start, end, strict=True)
        if abs(to - at) > _NEAR_PT
    )


def _part(share: float, start: Point, end: Point) -> Point:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def rings(
    outline: Outline, plane: Plane, hair: float
) -> Iterator[tuple[str, tuple[Point, ...], tuple[Point, ...]]]:
    """Yield the colour, the outer and the inner corners of what an outline consists of."""
    whole = round(outline.width / hair)
    outer, inner = (whole - whole // 2) * hair, whole // 2 * hair
    if outline.casing:
        yield (
            outline.casing,
            _round(outline, plane, outer + hair),
            _round(outline, plane, -inner - hair),
        )
    yield outline.colour, _round(outline, plane, outer), _round(outline, plane, -inner)


def _round(outline: Outline, plane: Plane, by: float) -> tuple[Point, ...]:
    """Return the corners of the box of an outline, so much further outside."""
    row, column, rows, columns = outline.box
    # A side moves by so much across itself, however slanted the others are.
    area = plane.across[0] * plane.down[1] - plane.across[1] * plane.down[0]
    along, aside = (math.hypot(*side) * by / area for side in (plane.across, plane.down))
    aside -= plane.spare / plane.across[0]
    top, bottom = row - along, row + rows + along
    left, right = column - aside, column + columns + aside
    return tuple(
        plane.point(*corner)
        for corner in ((top, left), (top, right), (bottom, right), (bottom, left))
    )
