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


@pytest.mark.parametrize(("cell", "has_edge"), [(4, False), (5, False), (6, True), (9, True)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_an_edge_is_there_from_five_pixels_on(cell: float, has_edge: bool, scale: float) -> None:
    found = [*marks(CellStyle("#eef6f1", "#4f9273", Edge.SOLID), plane(cell / scale, scale), scale)]
    assert {mark.colour for mark in found} == {"#eef6f1", *["#4f9273"] * has_edge}
