"""Write a drawing as SVG: plain text that needs no font, no script and nothing from elsewhere.

Every kind of cell, every number and every glyph is defined once and used where it is to be seen.
All ids end in a hash of the file, so that no two pictures on a page take each other's parts.
"""

import hashlib
import html
import re
from collections.abc import Iterator

from conv_anim.drawing.drawing import NUMBER, Drawing, Item, Line, Outline, Polygon, Text
from conv_anim.drawing.linking import rings
from conv_anim.drawing.shown import Shown, shown
from conv_anim.render.svg_parts import (
    HASH,
    CellParts,
    Definitions,
    TextParts,
    filled,
    number,
    stroke,
    used,
)

_NAMESPACE = "http://www.w3.org/2000/svg"
_HASH_LENGTH = 8
_UNKNOWN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0."""


def still(drawing: Drawing, frame_number: int, title: str, description: str) -> str:
    """Return a frame as an SVG file, as it is when the frame starts; the first frame is 0.

    It is as large as its pixels, and as sharp at any size. *title* and *description* are for
    those who don't see it.
    """
    return _Writer(drawing, shown(drawing, frame_number)).text(title, description)


class _Writer:
    """Writes one state of a drawing."""

    def __init__(self, drawing: Drawing, state: Shown) -> None:
        self._drawing, self._state = drawing, state
        self._definitions = Definitions()
        self._texts = TextParts(self._definitions)
        self._cells = CellParts(drawing, self._definitions, self._texts)

    def text(self, title: str, description: str) -> str:
        """Return the file."""
        drawing = self._drawing
        width, height = number(drawing.width), number(drawing.height)
        width_px, height_px = drawing.size_px
        layers = sorted(self._layers(), key=lambda layer: layer[0])
        lines = [
            f'<svg xmlns="{_NAMESPACE}" width="{width_px}" height="{height_px}" '
            f'viewBox="0 0 {width} {height}" role="img">',
            f"<title>{_escaped(title)}</title>",
            f"<desc>{_escaped(description)}</desc>",
            "<defs>",
            *self._definitions.lines,
            "</defs>",
            f'<rect width="{width}" height="{height}" fill="{drawing.background}"/>',
            *(text for _, text in layers if text),
            "</svg>",
            "",
        ]
        return _hashed("\n".join(lines))

    def _layers(self) -> Iterator[tuple[int, str]]:
        """Yield the order and the text of all that is there; of one order, the lower first."""
        for item in self._state.items.values():
            yield item.order, self._item(item)
        for key, plane in self._drawing.planes.items():
            for at, look in self._state.cells(key):
                yield plane.order, used(self._cells.face(plane, look), at)
                if name := self._cells.numbers(plane, look):
                    yield plane.order + NUMBER, used(name, at)

    def _item(self, item: Item) -> str:
        if isinstance(item, Text):
            return self._texts.text(item)
        if isinstance(item, Line):
            return _line(item, self._drawing.hair)
        if isinstance(item, Polygon):
            return filled(item.colour, item.points)
        assert isinstance(item, Outline)
        plane = self._drawing.planes[item.plane]
        return "".join(
            filled(colour, outer, inner) for colour, outer, inner in rings(item, plane, plane.hair)
        )


def _line(item: Line, hair: float) -> str:
    """Return a line, its casing before it."""
    ends = [(item.start, item.end)]
    casing = stroke(item.casing, item.width + 2 * hair, ends) if item.casing else ""
    return casing + stroke(item.colour, item.width, ends)


def _escaped(text: str) -> str:
    """Return a text as XML has it; of some letters it has none."""
    return html.escape(_UNKNOWN.sub("\N{REPLACEMENT CHARACTER}", text))


def _hashed(text: str) -> str:
    """Return a file whose ids carry its hash."""
    return text.replace(HASH, hashlib.sha256(text.encode()).hexdigest()[:_HASH_LENGTH])
