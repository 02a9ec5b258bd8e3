"""Where everything of a drawing is, frame by frame: boxes in points, texts as they are measured."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from conv_anim.drawing.drawing import (
    NOTHING,
    Cells,
    Drawing,
    Item,
    Line,
    Outline,
    Places,
    Polygon,
    Text,
)
from conv_anim.drawing.fonts import measure
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.text_flow import Rect

Boxes = dict[str, Rect]
Ends = tuple[float, float]


class Slanted(Rect):
    """The box round a parallelogram, whose corners are known, too."""

    corners: Sequence[Point] = ()


def lasting(drawing: Drawing) -> Boxes:
    """Return the boxes of what is there in every frame: planes, and texts that stay."""
    found = {f"plane {key}": of_plane(plane) for key, plane in drawing.planes.items()}
    return found | of_texts(drawing.items)


def of_plane(plane: Plane) -> Rect:
    rows, columns = plane.shape
    return _of_cells(plane, (0, rows), (0, columns))


def _of_cells(plane: Plane, rows: Ends, columns: Ends) -> Rect:
    """Return the box round cells, from where the first row and column begin to the last ends."""
    points = [plane.point(*at) for at in product(rows, columns)]
    left, top, right, bottom = round_points(points)
    found = Slanted(left + plane.spare, top, right - plane.spare, bottom)
    if plane.is_slanted:
        found.corners = points
    return found


def of_texts(items: Mapping[str, Item]) -> Boxes:
    """Return the boxes of the texts among items."""
    return {
        f"{key} «{item.string}»": of_text(item)
        for key, item in items.items()
        if isinstance(item, Text)
    }


def of_text(text: Text) -> Rect:
    width, ascent, descent = measure(text.string, text.font)
    return Rect(text.x, text.baseline - ascent, text.x + width, text.baseline + descent)


def round_points(points: list[Point]) -> Rect:
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))


def shown(drawing: Drawing) -> Iterator[tuple[dict[str, Item], Boxes]]:
    """Yield what each frame shows besides what lasts, and the boxes of what is there of planes.

    A plane is there as a whole unless its cells ever move.
    """
    items: dict[str, Item] = {}
    looks = {key: np.zeros(plane.shape, np.intp) for key, plane in drawing.planes.items()}
    _change(looks, drawing.cells)
    places: dict[str, Places] = {}
    there = {f"plane {key}": of_plane(plane) for key, plane in drawing.planes.items()}
    for frame in drawing.frames:
        items |= {key: item for key, item in frame.items.items() if item}
        items = {key: item for key, item in items.items() if frame.items.get(key, item)}
        places |= {place.plane: place for place in frame.places}
        _change(looks, frame.cells)
        for key, place in places.items():
            plane, is_there = drawing.planes[key], looks[key] != NOTHING
            rows, columns = place.rows[is_there.any(axis=1)], place.columns[is_there.any(axis=0)]
            ends = ((at.min(), at.max() + 1) for at in (rows, columns))
            there[f"plane {key}"] = _of_cells(plane, *ends)
        yield dict(items), dict(there)


def _change(looks: dict[str, NDArray[np.intp]], cells: Iterable[Cells]) -> None:
    for block in cells:
        rows, columns = block.looks.shape
        at = np.s_[block.row : block.row + rows, block.column : block.column + columns]
        looks[block.plane][at] = block.looks


def overlap(one: Rect, other: Rect) -> float:
    """Return how deep two boxes are in each other; below 0 if they are apart.

    Two convex areas are apart if they are so across one of their sides.
    """
    corners = [np.array(_corners(box)) for box in (one, other)]
    sides = [(corners[n][1] - corners[n][0], corners[n][2] - corners[n][0]) for n in (0, 1)]
    depths = []
    for x, y in (side / (np.hypot(*side) or 1) for pair in sides for side in pair):
        (first, last), (begin, end) = ((at.min(), at.max()) for at in corners @ np.array([-y, x]))
        depths.append(float(min(last, end) - max(first, begin)))
    return min(depths)


def _corners(box: Rect) -> list[Point]:
    own = [*box.corners] if isinstance(box, Slanted) else []
    return own or [*product((box.left, box.right), (box.top, box.bottom))]


def crosses(item: Item, box: Rect, drawing: Drawing) -> bool:
    """Return whether anything of what leads between grids is in a box."""
    if isinstance(item, Line):
        return _meets(item.start, item.end, box)
    if isinstance(item, Polygon):
        corners = [*item.points, item.points[0]]
        return any(_meets(*ends, box) for ends in pairwise(corners)) or _is_around(corners, box)
    if isinstance(item, Outline):
        plane, (row, column, rows, columns) = drawing.planes[item.plane], item.box
        outer = _of_cells(plane, (row, row + rows), (column, column + columns))
        return overlap(outer, box) > -item.width / 2
    return False


def _meets(start: Point, end: Point, box: Rect) -> bool:
    """Return whether a line comes through a box: what of it is between its sides, in turn."""
    first, last = 0.0, 1.0
    sides = ((box.left, box.right), (box.top, box.bottom))
    for begin, finish, (low, high) in zip(start, end, sides, strict=True):
        if begin == finish:
            if not low < begin < high:
                return False
            continue
        near, far = sorted(((low - begin) / (finish - begin), (high - begin) / (finish - begin)))
        first, last = max(first, near), min(last, far)
    return first < last


def _is_around(corners: list[Point], box: Rect) -> bool:
    """Return whether the middle of a box is within a closed line: rays cross it an odd number."""
    x, y = box.middle, (box.top + box.bottom) / 2
    inside = False
    for (x0, y0), (x1, y1) in pairwise(corners):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside
