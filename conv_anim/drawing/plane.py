"""A lattice of cells on the canvas: one affine map from cells to points.

Its two steps, from a cell to the next one and from a row to the next, are whole pixels, so that
all cells have the same pixels and nobody needs to round a place again.
"""

from typing import NamedTuple

from conv_anim.drawing.fonts import Font, measure

Point = tuple[float, float]
"""(x, y) in points, from the top left corner of the canvas downwards."""

_ASCENT_EM = 0.73  # of digits


class Plane(NamedTuple):
    """Where the cells of a grid are."""

    key: str
    origin: Point
    """The corner of the first cell: where rows and columns begin."""
    across: Point
    """From a cell to the next one of its row."""
    down: Point
    """From a cell to the one below it."""
    shape: tuple[int, int]
    """(rows, columns)."""
    order: int
    """What is of a higher order lies over it."""
    face: tuple[float, float, float, float]
    """Left, top, right and bottom of what is no gap between cells, from a cell's corner."""
    hair: float
    """The width of a thin line: whole pixels."""
    spare: float = 0.0
    """How much room is left free at each side of a cell, besides its gap, along a row."""
    label: Font | None = None
    """The font of the numbers in its cells, if they are to be seen."""
    corner: Font | None = None
    """The font of the small numbers in their corners."""

    def point(self, row: float, column: float) -> Point:
        """Return where a place of the lattice is, in cells from its origin."""
        return (
            self.origin[0] + column * self.across[0] + row * self.down[0],
            self.origin[1] + column * self.across[1] + row * self.down[1],
        )

    @property
    def shaped(self) -> "Plane":
        """A plane with such cells, wherever and however many they are."""
        return self._replace(key="", origin=(0.0, 0.0), shape=(1, 1), order=0)

    @property
    def corners(self) -> tuple[Point, ...]:
        """The corners of all of it, one after another round it."""
        rows, columns = self.shape
        ends = ((0, 0), (0, columns), (rows, columns), (rows, 0))
        return tuple(self.point(row, column) for row, column in ends)

    @property
    def is_slanted(self) -> bool:
        """Whether cells are parallelograms."""
        return bool(self.across[1] or self.down[0])

    @property
    def cell(self) -> tuple[float, float]:
        """(width, height) of a cell: along a row, and from one row to the next."""
        return self.across[0], self.down[1]

    @property
    def size(self) -> tuple[float, float]:
        """(width, height) of a cell without the room that is left free beside it."""
        return self.across[0] - 2 * self.spare, self.down[1]

    def label_at(self, string: str) -> Point:
        """Return where a number begins in its cell, on its baseline, from the cell's corner."""
        assert self.label
        x, y = ((a + b) / 2 for a, b in zip(self.across, self.down, strict=True))
        up = 0.09 * self.down[1] if self.corner else 0.0
        return (
            x - measure(string, self.label).width / 2,
            y - up + self.label.pt * _ASCENT_EM / 2,
        )

    def corner_at(self, string: str) -> Point:
        """Return where a number in the corner begins, on its baseline, from the cell's corner."""
        assert self.corner
        inset = 2 * self.hair + self.corner.pt * 0.15
        x, y = self.place(self.face[2] - inset, self.face[3] - inset)
        width = measure(string, self.corner).width
        return x - width, y - width * self.across[1] / self.across[0]

    def place(self, x: float, y: float) -> Point:
        """Return where a point of a cell is that has its origin in the corner and no slant."""
        width, height = self.cell
        return (
            x / width * self.across[0] + y / height * self.down[0],
            x / width * self.across[1] + y / height * self.down[1],
        )


def lies_over(plane: Plane, other: Plane) -> bool:
    """Return whether a plane lies over another one, or over a part of it."""
    if plane.order <= other.order:
        return False
    (left, top, right, bottom), (west, north, east, south) = map(_box, (plane, other))
    return left < east and west < right and top < south and north < bottom


def _box(plane: Plane) -> tuple[float, float, float, float]:
    xs, ys = zip(*plane.corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
