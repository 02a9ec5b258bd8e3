"""What is hidden by planes that lie over it, where there is no background to hide it.

A raster has each pixel of what is uppermost; vector graphics would show, in the gaps between the
cells of a plane, what is behind it.
"""

from conv_anim.drawing.colours import TRANSPARENT
from conv_anim.drawing.drawing import Drawing
from conv_anim.drawing.plane import Plane, Point, lies_over

Corners = tuple[Point, ...]


class Hidden:
    """Where a drawing's planes hide what is under them; on a background they do so by themselves.

    Planes that lie over each other are alike, each as far from the one before.
    """

    def __init__(self, drawing: Drawing) -> None:
        planes = [*drawing.planes.values()] if drawing.background == TRANSPARENT else []
        lowest = min((plane.order for plane in planes), default=0)
        self._upper = [plane for plane in planes if plane.order > lowest]

    def under(self, order: int) -> tuple[Corners, ...]:
        """Return the areas, apart from each other, in which what has an *order* is not seen."""
        higher = [plane for plane in self._upper if plane.order > order]
        # What a plane further in front hides of one, those between them hide, too.
        return tuple(plane.corners for plane in higher if not _lies_over_any(plane, higher))


def _lies_over_any(plane: Plane, others: list[Plane]) -> bool:
    return any(lies_over(plane, other) for other in others)
