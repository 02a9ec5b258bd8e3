"""What a drawing shows at one of its frames, whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from conv_anim.drawing.drawing import NOTHING, Drawing, Frame, Item, Look, Places, blocks
from conv_anim.drawing.plane import Point
from conv_anim.drawing.sizes import Pixels


class ShownCell(NamedTuple):
    """A cell that is there, and where its corner is: on whole pixels."""

    at: Point
    look: Look


@dataclass(eq=False)
class Shown:
    """The state that frames lead to, one after another."""

    drawing: Drawing
    looks: dict[str, NDArray[np.intp]]
    """The places of cells among the drawing's looks, (rows, columns), by their planes."""
    places: dict[str, Places]
    """Where the cells are of planes in which they ever moved."""
    items: dict[str, Item]
    """All items by their keys; of one order, the later lie over the others."""

    @classmethod
    def before(cls, drawing: Drawing) -> "Shown":
        """Return the state before the first frame."""
        looks = {key: np.full(plane.shape, NOTHING) for key, plane in drawing.planes.items()}
        for plane, row, column, look in blocks(drawing.cells):
            looks[plane][row, column] = look
        return cls(drawing, looks, {}, dict(drawing.items))

    def show(self, frame: Frame) -> None:
        """Go on to how the next frame starts; it is the caller who knows which one is the next."""
        for plane, row, column, look in blocks(frame.cells):
            self.looks[plane][row, column] = look
        self.places |= {places.plane: places for places in frame.places}
        for key, item in frame.items.items():
            self.items.pop(key, None)
            if item is not None:
                self.items[key] = item

    def cells(self, key: str) -> Iterator[ShownCell]:
        """Yield the cells of a plane; the later lie over the others."""
        plane, pixels = self.drawing.planes[key], Pixels(self.drawing.px_per_pt)
        found = []
        for (row, column), number in np.ndenumerate(self.looks[key]):
            if look := self.drawing.looks[int(number)]:
                at: Point = row, column
                if places := self.places.get(key):
                    at = float(places.rows[row]), float(places.columns[column])
                x, y = map(pixels.nearest, plane.point(*at))
                found.append(ShownCell((x, y), look))
        if key in self.places:
            found.sort(key=lambda cell: -cell.look.rank)
        yield from found


def shown(drawing: Drawing, number: int) -> Shown:
    """Return the state at the start of a frame, of which the first is 0."""
    return next(chosen(drawing, [number]))


def chosen(drawing: Drawing, numbers: Iterable[int]) -> Iterator[Shown]:
    """Yield the state at the start of each of these frames; the numbers only grow.

    The next one is the same object, changed.
    """
    state = Shown.before(drawing)
    frames = enumerate(drawing.frames)
    for wanted in numbers:
        for number, frame in frames:
            state.show(frame)
            if number == wanted:
                break
        yield state
