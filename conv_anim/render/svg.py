"""Write a frame of a drawing as SVG: plain text that needs no font and nothing from elsewhere."""

from collections.abc import Iterator
from operator import itemgetter

from conv_anim.drawing.drawing import NUMBER, Drawing
from conv_anim.drawing.shown import Shown, shown
from conv_anim.render.svg_document import Layer, document
from conv_anim.render.svg_parts import CellParts, Definitions, ItemParts, TextParts, used


def still(drawing: Drawing, frame_number: int, title: str, description: str) -> str:
    """Return a frame as an SVG file, as it is when the frame starts; the first frame is 0.

    *title* and *description* are for those who don't see it.
    """
    return written(shown(drawing, frame_number), title, description)


def written(state: Shown, title: str, description: str) -> str:
    """Return a state as an SVG file."""
    definitions = Definitions()
    body = [layer for layer in sorted(_layers(state, definitions), key=itemgetter(0)) if layer[1]]
    return document(state.drawing, definitions, title, description, body)


def _layers(state: Shown, definitions: Definitions) -> Iterator[Layer]:
    """Yield the order and the text of all that is there; of one order, the lower first."""
    drawing = state.drawing
    texts = TextParts(definitions)
    items = ItemParts(drawing, definitions, texts)
    cells = CellParts(drawing, definitions, texts)
    for item in state.items.values():
        yield item.order, items.item(item)
    for key, plane in drawing.planes.items():
        for at, look in state.cells(key):
            yield plane.order, used(cells.face(plane, look), at)
            if name := cells.numbers(plane, look):
                yield plane.order + NUMBER, used(name, at)
