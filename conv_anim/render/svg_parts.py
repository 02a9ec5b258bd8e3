"""The parts that an SVG file is put together from: paths, glyphs, texts and cells.

What is seen more than once is defined once; ``Definitions`` gives it an id.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from matplotlib.path import Path

from conv_anim.drawing import fonts
from conv_anim.drawing.drawing import Drawing, Look, Text
from conv_anim.drawing.fonts import Font
from conv_anim.drawing.marks import Mark, Stroke, marks
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.shades import ink_on
from conv_anim.drawing.styles import CellStyle

HASH = "\0"
"""Stands in ids for the hash of the file; no other part of XML may have it."""

_LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
_POINTS = {Path.MOVETO: 1, Path.LINETO: 1, Path.CURVE3: 2, Path.CURVE4: 3, Path.CLOSEPOLY: 1}


class Definitions:
    """Elements that are defined once, by what they are."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str, str], str] = {}

    def add(self, tag: str, attributes: str, content: str = "") -> str:
        """Return the id of an element, which is added if there is none like it."""
        return self._ids.setdefault((tag, attributes, content), f"p{len(self._ids)}-{HASH}")

    @property
    def lines(self) -> list[str]:
        """All elements, each after those that it uses."""
        return [
            f'<{tag} id="{name}"{attributes}' + (f">{content}</{tag}>" if content else "/>")
            for (tag, attributes, content), name in self._ids.items()
        ]


def number(x: float) -> str:
    """Return a number as short as three decimals allow."""
    whole, _, part = f"{x:.3f}".partition(".")
    part = part.rstrip("0")
    if part:
        return f"{whole.removesuffix('0') if abs(x) < 1 else whole}.{part}"
    return "0" if whole == "-0" else whole


def pair(point: Iterable[float]) -> str:
    """Return the coordinates of a point."""
    return " ".join(map(number, point))


def rings(*corners: Sequence[Point]) -> str:
    """Return the path of closed rings."""
    return "".join(f"M{'L'.join(map(pair, ring))}Z" for ring in corners)


def filled(colour: str, *corners: Sequence[Point]) -> str:
    """Return areas of one colour; where one is in another there is a hole."""
    rule = ' fill-rule="evenodd"' if len(corners) > 1 else ""
    return f'<path fill="{colour}"{rule} d="{rings(*corners)}"/>'


def stroke(colour: str, width: float, lines: Iterable[Sequence[Point]], dash: float = 0) -> str:
    """Return straight lines."""
    path = "".join(f"M{'L'.join(map(pair, points))}" for points in lines)
    dashes = f' stroke-dasharray="{number(dash)}"' if dash else ""
    return (
        f'<path fill="none" stroke="{colour}" stroke-width="{number(width)}"{dashes} d="{path}"/>'
    )


def used(name: str, at: Point = (0, 0)) -> str:
    """Return a defined element where it is to be seen."""
    x, y = (
        f' {axis}="{number(place)}"' if place else "" for axis, place in zip("xy", at, strict=True)
    )
    return f'<use href="#{name}"{x}{y}/>'


class TextParts:
    """Writes texts as the outlines of their glyphs, each of which is defined once."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def text(self, item: Text, border: float = 0) -> str:
        """Return a text where it stands; nothing if nothing of it shows.

        With a *border* it is so much bolder.
        """
        content = "".join(self._glyphs(item.string, item.font))
        if not content:
            return ""
        place = f"translate({pair((item.x, item.baseline))}) scale({number(item.font.pt)})"
        width = number(2 * border / item.font.pt)
        stroke = f' stroke="{item.colour}" stroke-width="{width}"' if border else ""
        return f'<g fill="{item.colour}"{stroke} transform="{place}">{content}</g>'

    def _glyphs(self, string: str, font: Font) -> Iterator[str]:
        """Yield what a text consists of, in ems from its start."""
        if fonts.is_math(string, font):
            shapes = fonts.formula(string, font.bold)
            content = "".join(f'<path d="{_outlined(shape)}"/>' for shape in shapes)
            yield used(self._definitions.add("g", "", content))
            return
        for character, x in fonts.characters(string, font):
            if path := _glyph(character, font.bold):
                yield used(self._definitions.add("path", f' d="{path}"'), (x, 0))


@lru_cache(maxsize=1024)
def _glyph(character: str, bold: bool) -> str:
    return _outlined(fonts.outline(character, Font(1, bold)))


def _outlined(shape: fonts.Outline) -> str:
    """Return the path of an outline in ems, y downwards; nothing if nothing of it shows."""
    found = []
    at = 0
    while at < len(shape.codes):
        code = shape.codes[at]
        points = shape.vertices[at : at + _POINTS[code]] * (1, -1)
        found.append("Z" if code == Path.CLOSEPOLY else _LETTERS[code] + pair(points.ravel()))
        at += len(points)
    return "".join(found)


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
            content = "".join([self._footprint(plane), *_marked(found)])
            self._faces[key] = self._definitions.add("g", "", content)
        return self._faces[key]

    def _footprint(self, plane: Plane) -> str:
        """Return a cell with its share of the gaps, which hides what is under it.

        It is not smooth, so that there is no seam between neighbours.
        """
        width, height = plane.cell
        corners = [plane.place(*at) for at in ((0, 0), (width, 0), (width, height), (0, height))]
        return (
            f'<path fill="{self._drawing.background}" shape-rendering="crispEdges" '
            f'd="{rings(corners)}"/>'
        )

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


def _marked(found: Iterable[Mark]) -> Iterator[str]:
    """Yield what a cell consists of, lines that are alike as one path."""

    def kind(mark: Mark) -> tuple[str, float, float]:
        if isinstance(mark, Stroke):
            return mark.colour, mark.width, mark.dash
        return mark.colour, 0.0, 0.0

    for (colour, width, dash), alike in groupby(found, kind):
        shapes = [mark.points for mark in alike]
        if width:
            yield stroke(colour, width, shapes, dash)
        else:
            yield from (filled(colour, corners) for corners in shapes)
