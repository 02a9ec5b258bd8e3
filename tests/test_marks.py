"""What cells consist of."""

import pytest

from conv_anim.drawing.marks import Stroke, marks
from conv_anim.drawing.plane import Plane
from conv_anim.drawing.styles import CellStyle, Edge


def plane(cell: float, scale: float) -> Plane:
    """Return a plane with cells of so many points, a pixel between them."""
    gap = 1 / scale
    face = (0.0, 0.0, cell - gap, cell - gap)
    return Plane("x", (0, 0), (cell, 0), (0, cell), (1, 1), 10, face, 1 / scale)


@pytest.mark.parametrize("scale", [1.0, 2.0, 3.0, 4.0])
@pytest.mark.parametrize(("cell", "width"), [(20, 1), (28, 2), (56, 3)])
def test_rails_are_as_thick_at_every_scale(cell: float, width: float, scale: float) -> None:
    style = CellStyle("#ffffff", "#000000", Edge.RAILS)
    lines = [mark for mark in marks(style, plane(cell, scale), scale) if isinstance(mark, Stroke)]
    assert [line.width for line in lines] == [width, width]


@pytest.mark.parametrize(
    ("cell", "edge"),
    [(4, None), (5, None), (6, "#9ec4b2"), (7, "#9ec4b2"), (8, "#4f9273"), (20, "#4f9273")],
)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_an_edge_is_there_from_five_pixels_on_and_pale_at_first(
    cell: float, edge: str | None, scale: float
) -> None:
    style = CellStyle("#eef6f1", "#4f9273", Edge.SOLID)
    colours = {mark.colour for mark in marks(style, plane(cell / scale, scale), scale)}
    assert colours == {"#eef6f1", *([edge] if edge else [])}
