"""Shapes as SVG writes them: numbers, paths, and the colours of what they bound.

A colour that differs between light and dark pages becomes a class.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from conv_anim.drawing.colours import is_paired, sides
from conv_anim.drawing.plane import Point

HASH = "\0"
"""Stands in ids and classes for the hash of the file; no other part of XML may have it."""


def number(x: float, decimals: int = 3) -> str:
    """Return a number as short as so many decimals allow."""
    whole, _, part = f"{x:.{decimals}f}".partition(".")
    part = part.rstrip("0")
    if part:
        return f"{whole.removesuffix('0') if abs(x) < 1 else whole}.{part}"
    return "0" if whole == "-0" else whole


def pair(point: Iterable[float]) -> str:
    """Return the coordinates of a point."""
    return " ".join(map(number, point))


def _short(points: Sequence[Point]) -> str:
    """Return the path of a line from point to point."""
    (x, y), *rest = ((number(x), number(y)) for x, y in points)
    found = [f"M{x} {y}"]
    for next_x, next_y in rest:
        if next_y == y:
            found.append(f"H{next_x}")
        else:
            found.append(f"V{next_y}" if next_x == x else f"L{next_x} {next_y}")
        x, y = next_x, next_y
    return "".join(found)


class Shape(NamedTuple):
    """Lines from point to point, or the areas in them, and how they are painted."""

    attributes: str
    lines: tuple[Sequence[Point], ...]
    is_closed: bool = True

    def written(self, content: str = "") -> str:
        """Return its element."""
        path = "".join(_short(line) + "Z" * self.is_closed for line in self.lines)
        return element("path", f'{self.attributes} d="{path}"', content)

    @property
    def path(self) -> str:
        """Its path in letters that don't depend on where the points are, so that it can glide."""
        return "".join(f"M{'L'.join(map(pair, line))}{'Z' * self.is_closed}" for line in self.lines)


class Paints:
    """Writes colours, and keeps the rules of those that follow the page."""

    def __init__(self) -> None:
        self._classes: dict[tuple[str, str], str] = {}

    def __call__(self, *, fill: str = "", stroke: str = "") -> str:
        """Return the attributes of what has these colours."""
        given = {"fill": fill, "stroke": stroke}
        plain = [f' {key}="{x}"' for key, x in given.items() if x and not is_paired(x)]
        classes = [
            self._classes.setdefault((key, x), f"c{len(self._classes)}{HASH}")
            for key, x in given.items()
            if is_paired(x)
        ]
        return "".join(plain) + (f' class="{" ".join(classes)}"' if classes else "")

    @property
    def rules(self) -> list[str]:
        """The rules of all classes; where two colours are one too many, the light one is taken."""
        found = []
        for (key, colour), name in self._classes.items():
            light, dark = sides(colour)
            found.append(f".{name}{{{key}:{light};{key}:light-dark({light},{dark})}}")
        return found

    def filled(self, colour: str, *corners: Sequence[Point]) -> Shape:
        """Return areas of one colour; where one is in another there is a hole."""
        rule = ' fill-rule="evenodd"' if len(corners) > 1 else ""
        return Shape(self(fill=colour) + rule, corners)

    def stroke(
        self, colour: str, width: float, lines: Iterable[Sequence[Point]], dash: float = 0
    ) -> Shape:
        """Return straight lines."""
        dashes = f' stroke-dasharray="{number(dash)}"' if dash else ""
        attributes = f'{self(fill="none", stroke=colour)} stroke-width="{number(width)}"{dashes}'
        return Shape(attributes, tuple(lines), is_closed=False)


def element(tag: str, attributes: str, content: str = "") -> str:
    """Return an element; its attributes begin with a blank, if there are any."""
    return f"<{tag}{attributes}>{content}</{tag}>" if content else f"<{tag}{attributes}/>"
