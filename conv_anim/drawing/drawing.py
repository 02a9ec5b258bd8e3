"""What a picture is before it is pixels: items in points, and frames that replace some of them.

Renderers know these and nothing else: no scene, no view, no layer. Everything is opaque; what has
a higher order lies over the rest, and of one order what comes later.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from conv_anim.drawing.fonts import Font
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.styles import CellStyle

BEAM, PLANE, TEXT = 5, 10, 200
"""Orders. Those of planes that lie over each other are ``NEXT_PLANE`` apart."""
LINE, NUMBER, NEXT_PLANE = 10, 15, 30
"""How much higher than a plane what lies on it is: lines, the numbers in cells, other planes."""

MAX_GLIDE_MS = 240
NOTHING = 0
"""The place among a drawing's looks of a cell that isn't there."""


class Look(NamedTuple):
    """What a cell looks like."""

    style: CellStyle
    label: str = ""
    corner: str = ""
    rank: int = 0
    """Where cells overlap, those of a higher rank lie under the others."""


class Cells(NamedTuple):
    """Cells of a plane that are replaced; each has its row and column as its key."""

    plane: str
    row: int
    column: int
    looks: NDArray[np.intp]
    """Their places among the drawing's looks, (rows, columns)."""


class Places(NamedTuple):
    """Where the rows and columns of a plane's cells are, in cells from its origin."""

    plane: str
    rows: NDArray[np.float64]
    columns: NDArray[np.float64]


class Text(NamedTuple):
    """A line of text; in $…$ it is mathtext."""

    string: str
    font: Font
    x: float
    baseline: float
    colour: str
    order: int = TEXT


class Line(NamedTuple):
    """A straight line from point to point."""

    start: Point
    end: Point
    width: float
    colour: str
    casing: str = ""
    """The colour of a narrow border along it, if it has one."""
    order: int = PLANE + LINE


class Polygon(NamedTuple):
    """A filled area."""

    points: tuple[Point, ...]
    colour: str
    order: int = BEAM


class Outline(NamedTuple):
    """A frame round cells of a plane, along the middle of the gaps round them."""

    plane: str
    box: tuple[float, float, float, float]
    """Row, column, rows, columns."""
    width: float
    colour: str
    casing: str = ""
    order: int = PLANE + LINE


Item = Text | Line | Polygon | Outline


class Glide(NamedTuple):
    """How the cells of a plane, or an item, move over the last part of a frame: eased.

    Both ends are of one kind, and of an item they differ in where it is alone.
    """

    key: str
    """The plane's or the item's."""
    start: Places | Item
    end: Places | Item


class Frame(NamedTuple):
    """One picture, as what differs from the one before."""

    duration_ms: int
    cells: tuple[Cells, ...] = ()
    places: tuple[Places, ...] = ()
    items: Mapping[str, Item | None] = {}
    """The items that are replaced, by their keys; None for one that is there no more."""
    glides: tuple[Glide, ...] = ()

    @property
    def glide_ms(self) -> float:
        """How long its glides take, until its end."""
        return min(MAX_GLIDE_MS, self.duration_ms / 2) if self.glides else 0


class Frames(Protocol):
    """Frames in order; they can be asked for again and again and are made one at a time."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Frame]: ...


@dataclass(frozen=True, eq=False)
class Drawing:
    """A picture with all its frames."""

    width: float
    height: float
    px_per_pt: float
    """For how many pixels a point its cells were placed; only then are they sharp."""
    size_px: tuple[int, int]
    """(width, height) of the canvas in pixels."""
    background: str
    planes: Mapping[str, Plane]
    items: Mapping[str, Item]
    """What no frame replaces, by its key."""
    cells: tuple[Cells, ...]
    """All cells before the first frame."""
    looks: Sequence[Look | None]
    """What the cells' numbers stand for; more come up as frames are made. The first is nothing."""
    styles: tuple[CellStyle, ...]
    """All styles that cells ever have."""
    inks: tuple[str, ...]
    """All colours that items ever have over the background."""
    overlays: tuple[str, ...]
    """All colours that items ever have over cells."""
    frames: Frames

    @property
    def hair(self) -> float:
        """The width of the narrow border along lines that have one."""
        return next(iter(self.planes.values())).hair


def eased(share: float) -> float:
    """Return how far a glide is after a share of its time: it starts and ends slowly."""
    return share * share * (3 - 2 * share)


_MOVING: Mapping[type, tuple[str, ...]] = {
    Outline: ("box",),
    Line: ("start", "end"),
    Polygon: ("points",),
}
"""What says where an item is, of those that glide."""


def can_glide(start: Item, end: Item) -> bool:
    """Return whether an item becomes another one by being moved."""
    names = _MOVING.get(type(start), ())
    return bool(names) and type(start) is type(end) and start != end and _at_end(start, end) == end


def _at_end(start: Item, end: Item) -> Item:
    """Return an item where another one of its kind is."""
    moved: Item = start._replace(**{name: getattr(end, name) for name in _MOVING[type(start)]})
    return moved


def between(glide: Glide, share: float) -> Places | Item:
    """Return where cells are, or an item, after a share of a glide's time."""
    start, end, far = glide.start, glide.end, eased(share)
    names = ("rows", "columns") if isinstance(start, Places) else _MOVING[type(start)]
    places = {name: _mixed(getattr(start, name), getattr(end, name), far) for name in names}
    moved: Places | Item = start._replace(**places)
    return moved


def _mixed(start: Any, end: Any, far: float) -> Any:
    """Return what is so far on the way between numbers, arrays, or tuples of such."""
    if isinstance(start, tuple):
        return tuple(_mixed(*ends, far) for ends in zip(start, end, strict=True))
    return (1 - far) * start + far * end


def blocks(cells: Iterable[Cells]) -> Iterator[tuple[str, int, int, int]]:
    """Yield plane, row, column and look of each cell."""
    for block in cells:
        for (row, column), look in np.ndenumerate(block.looks):
            yield block.plane, block.row + row, block.column + column, int(look)
