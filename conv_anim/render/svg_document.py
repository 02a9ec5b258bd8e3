"""What SVG files have in common: the frame of elements round what is seen.

Every kind of cell, every number and every glyph is defined once and used where it is to be seen.
All ids and classes end in a hash of the file, so that no two pictures on a page take each
other's parts.
"""

import hashlib
import html
import re
import string
from collections.abc import Iterable, Iterator
from itertools import groupby

from conv_anim.drawing.drawing import Drawing
from conv_anim.render.hidden import Hidden
from conv_anim.render.svg_parts import Definitions
from conv_anim.render.svg_shapes import HASH, Shape, element, number

_NAMESPACE = "http://www.w3.org/2000/svg"
_CAPITALS, _OTHERS = string.ascii_uppercase, string.digits + string.ascii_lowercase
_N_OTHERS = 4
_UNKNOWN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0."""
_FOLLOWS_PAGE = "svg:root{color-scheme:light dark}"
"""A file by itself follows the reader's system; within a page, what the page follows."""

Layer = tuple[int, str]
"""The order of elements, and their text."""


def document(
    drawing: Drawing,
    definitions: Definitions,
    title: str,
    description: str,
    body: Iterable[Layer],
    rules: Iterable[str] = (),
) -> str:
    """Return a file that shows *body*, as large as a drawing's pixels and as sharp at any size.

    The layers of *body* are in their order.
    *title* and *description* are for those who don't see it; *rules* are of a style sheet.
    """
    width, height = number(drawing.width), number(drawing.height)
    width_px, height_px = drawing.size_px
    shown = [*_clipped(body, drawing, definitions)]
    background = definitions.paints(fill=drawing.background)
    colours = definitions.paints.rules
    styles = [*([_FOLLOWS_PAGE, *colours] if colours else ()), *rules]
    lines = [
        f'<svg xmlns="{_NAMESPACE}" width="{width_px}" height="{height_px}" '
        f'viewBox="0 0 {width} {height}" role="img">',
        f"<title>{_escaped(title)}</title>",
        f"<desc>{_escaped(description)}</desc>",
        *([element("style", "", "\n".join(styles))] if styles else ()),
        "<defs>",
        *definitions.lines,
        "</defs>",
        f'<rect width="{width}" height="{height}"{background}/>',
        *shown,
        "</svg>",
        "",
    ]
    return _hashed("\n".join(lines))


def _clipped(body: Iterable[Layer], drawing: Drawing, definitions: Definitions) -> Iterator[str]:
    """Yield the elements, those of which something is hidden in groups that leave it out."""
    hidden = Hidden(drawing)
    width, height = drawing.width, drawing.height
    canvas = (0.0, 0.0), (width, 0.0), (width, height), (0.0, height)
    for holes, layers in groupby(body, lambda layer: hidden.under(layer[0])):
        texts = [text for _, text in layers]
        if holes:
            shape = Shape(' clip-rule="evenodd"', (canvas, *holes)).written()
            path = definitions.add("clipPath", "", shape)
            yield element("g", f' clip-path="url(#{path})"', "\n".join(texts))
        else:
            yield from texts


def _escaped(text: str) -> str:
    """Return a text as XML has it; of some letters it has none."""
    return html.escape(_UNKNOWN.sub("\N{REPLACEMENT CHARACTER}", text))


def _hashed(text: str) -> str:
    """Return a file whose ids carry its hash: a capital and digits or small letters.

    There are 44 million of them, and they are short, as a file has one at every second word.
    """
    rest, first = divmod(int.from_bytes(hashlib.sha256(text.encode()).digest()), len(_CAPITALS))
    mark = _CAPITALS[first]
    for _ in range(_N_OTHERS):
        rest, other = divmod(rest, len(_OTHERS))
        mark += _OTHERS[other]
    return text.replace(HASH, mark)
