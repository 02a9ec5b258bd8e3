"""The parts that an SVG file is put together from: glyphs, texts, cells and items.

What is seen more than once is defined once; ``Definitions`` gives it an id.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from conv_anim.drawing import fonts
from conv_anim.drawing.drawing import Drawing, Item, Line, Look, Outline, Polygon, Text
from conv_anim.drawing.fonts import Font
from conv_anim.drawing.linking import rings as outlines
from conv_anim.drawing.marks import Mark, Stroke, marks
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.shades import ink_on
from conv_anim.drawing.styles import CellStyle
from conv_anim.render import svg_glyphs
from conv_anim.render.svg_shapes import HASH, Paints, Shape, element, number, pair


def _letters(number: int) -> str:
    """Return the name of a number, from 0: a to z, then aa to zz."""
    rest, last = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("a") + last)


class Definitions:
    """Elements that are defined once, by what they are."""

    def __init__(self) -> None:
        self.paints = Paints()
        self._ids: dict[tuple[str, str, str], str] = {}

    def add(self, tag: str, attributes: str, content: str = "") -> str:
        """Return the id of an element, which is added if there is none like it."""
        return self._ids.setdefault((tag, attributes, content), f"{_letters(len(self._ids))}{HASH}")

    @property
    def lines(self) -> list[str]:
        """All elements, each after those that it uses."""
        return [
            element(tag, f' id="{name}"{attributes}', content)
            for (tag, attributes, content), name in self._ids.items()
        ]


def used(name: str, at: Point = (0, 0), content: str = "", *, is_hidden: bool = False) -> str:
    """Return a defined element where it is to be seen."""
    x, y = (
        f' {axis}="{number(place)}"' if place else "" for axis, place in zip("xy", at, strict=True)
    )
    hidden = ' display="none"' if is_hidden else ""
    return element("use", f' href="#{name}"{x}{y}{hidden}', content)


class TextParts:
    """Writes texts as the outlines of their glyphs, each of which is defined once."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def text(self, item: Text, border: float = 0) -> str:
        """Return a text where it stands; nothing if nothing of it shows.

        With a *border* it is so much bolder.
        """
        content = "".join(used(name, (round(x), 0)) for name, x in self.glyphs(item))
        if not content:
            return ""
        return element("g", self.attributes(item, border), content)

    def unit(self, item: Text) -> float:
        """Return what one is in the group that a text's glyphs are in, in points."""
        return item.font.pt / svg_glyphs.EM

    def attributes(self, item: Text, border: float = 0) -> str:
        """Return those of the group that a text's glyphs are in, in shares of an em."""
        unit = self.unit(item)
        place = f"translate({pair((item.x, item.baseline))}) scale({number(unit, 5)})"
        width = f' stroke-width="{number(2 * border / unit)}"' if border else ""
        paint = self._definitions.paints(fill=item.colour, stroke=item.colour if border else "")
        return f'{paint}{width} transform="{place}"'

    def glyphs(self, item: Text) -> Iterator[tuple[str, float]]:
        """Yield the ids of what a text consists of, each with its place from the start."""
        string, font = item.string, item.font
        if fonts.is_math(string, font):
            shapes = fonts.formula(string, font.bold)
            content = "".join(element("path", f' d="{svg_glyphs.path(shape)}"') for shape in shapes)
            yield self._definitions.add("g", "", content), 0
            return
        for character, x in fonts.characters(string, font):
            if path := _glyph(character, font.bold):
                yield self._definitions.add("path", f' d="{path}"'), x * svg_glyphs.EM


@lru_cache(maxsize=1024)
def _glyph(character: str, bold: bool) -> str:
    return svg_glyphs.path(fonts.outline(character, Font(1, bold)))


class ItemParts:
    """Writes the items of a drawing."""

    def __init__(self, drawing: Drawing, definitions: Definitions, texts: TextParts) -> None:
        self._drawing, self._paints, self._texts = drawing, definitions.paints, texts

    def item(self, item: Item) -> str:
        """Return an item where it stands."""
        if isinstance(item, Text):
            return self._texts.text(item)
        return "".join(shape.written() for shape in self.shapes(item))

    def shapes(self, item: Line | Polygon | Outline) -> list[Shape]:
        """Return what an item consists of; those of a kind that look alike have as many shapes."""
        if isinstance(item, Polygon):
            return [self._paints.filled(item.colour, item.points)]
        if isinstance(item, Line):
            hair, ends = self._drawing.hair, [(item.start, item.end)]
            found = [self._paints.stroke(item.colour, item.width, ends)]
            if item.casing:
                found.insert(0, self._paints.stroke(item.casing, item.width + 2 * hair, ends))
            return found
        plane = self._drawing.planes[item.plane]
        return [self._paints.filled(*ring) for ring in outlines(item, plane, plane.hair)]


class CellParts:
    """Writes the cells of a drawing, and apart from them their numbers: lines may lie between."""

    def __init__(self, drawing: Drawing, definitions: Definitions, texts: TextParts) -> None:
        self._drawing, self._definitions, self._texts = drawing, definitions, texts
        self._faces: dict[tuple[Plane, CellStyle], str] = {}
        self._numbers: dict[tuple[Plane, Look], str] = {}

    def face(self, plane: Plane, look: Look) -> str:
        """Return the id of a cell of a plane without its numbers."""
        key = plane.shaped, look.style
        if key not in self._faces:
            found = marks(look.style, plane, self._drawing.px_per_pt)
            content = "".join([self._footprint(plane), *self._marked(found)])
            self._faces[key] = self._definitions.add("g", "", content)
        return self._faces[key]

    def _footprint(self, plane: Plane) -> str:
        """Return a cell with its share of the gaps, which hides what is under it.

        It is not smooth, so that there is no seam between neighbours.
        """
        width, height = plane.cell
        corners = [plane.place(*at) for at in ((0, 0), (width, 0), (width, height), (0, height))]
        paint = self._definitions.paints(fill=self._drawing.background)
        return Shape(f'{paint} shape-rendering="crispEdges"', (corners,)).written()

    def numbers(self, plane: Plane, look: Look) -> str:
        """Return the id of the numbers of a cell, or nothing if it has none.

        Round them is a border in the face's colour, so that a line under them ends before them.
        """
        key = plane.shaped, look
        if key not in self._numbers:
            texts = [*self._written(plane, look)]
            under = [text._replace(colour=look.style.face) for text in texts]
            groups = [self._texts.text(text, plane.hair) for text in under]
            content = "".join([*groups, *map(self._texts.text, texts)])
            self._numbers[key] = self._definitions.add("g", "", content) if content else ""
        return self._numbers[key]

    def _written(self, plane: Plane, look: Look) -> Iterator[Text]:
        """Yield the numbers of a cell, from its corner, with baselines on whole pixels."""
        scale = self._drawing.px_per_pt
        colour = ink_on(look.style.face)
        if look.label and plane.label:
            x, y = plane.label_at(look.label)
            yield Text(look.label, plane.label, x, round(y * scale) / scale, colour)
        if look.corner and plane.corner:
            x, y = plane.corner_at(look.corner)
            yield Text(look.corner, plane.corner, x, round(y * scale) / scale, colour)

    def _marked(self, found: Iterable[Mark]) -> Iterator[str]:
        """Yield what a cell consists of, lines that are alike as one path."""

        def kind(mark: Mark) -> tuple[str, float, float]:
            if isinstance(mark, Stroke):
                return mark.colour, mark.width, mark.dash
            return mark.colour, 0.0, 0.0

        paints = self._definitions.paints
        for (colour, width, dash), alike in groupby(found, kind):
            shapes = [mark.points for mark in alike]
            if width:
                yield paints.stroke(colour, width, shapes, dash).written()
            else:
                yield from (paints.filled(colour, corners).written() for corners in shapes)
