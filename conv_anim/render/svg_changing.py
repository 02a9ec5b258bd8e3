"""What changes in an animated SVG: elements whose attributes are animated, as stories tell."""

from collections.abc import Iterable, Sequence

from conv_anim.drawing.plane import Point
from conv_anim.render.svg_animation import Animator
from conv_anim.render.svg_layers import Layers
from conv_anim.render.svg_parts import Definitions, used
from conv_anim.render.svg_shapes import Shape, element, pair
from conv_anim.render.svg_timeline import Stop, Story, changed, moved

Names = Sequence[Stop[str]]
"""The ids of the definitions that are used, one after another; "" for none."""


class Changing:
    """Adds what changes to the layers."""

    def __init__(self, definitions: Definitions, animator: Animator, layers: Layers) -> None:
        self._definitions, self._animator, self._layers = definitions, animator, layers

    def part(self, order: int, names: Names, path: Story[Point]) -> None:
        """Add what is always one of the definitions, or nothing, and may be moved."""
        name, at = names[-1].value, path[-1].value
        last = used(name, at) if name else ""
        if len(names) == len(path) == 1:
            self._layers.stay(order, last)
        elif len(path) == 1:
            self._layers.change(order, self._place(names, at), last)
        else:
            hrefs = self._hrefs(names)
            start = f' href="{hrefs[0].value}" transform="translate({pair(path[0].value)})"'
            jumps, moves = self._animator.jumps("href", hrefs), self._animator.moves(_pairs(path))
            self._layers.change(order, element("use", start, jumps + moves), last)

    def places(
        self, order: int, attributes: str, found: Iterable[tuple[Names, Point]], last: str
    ) -> None:
        """Add a group of places, in each of which there is now this definition and now that."""
        places = "".join(self._place(*place) for place in found)
        self._layers.change(order, element("g", attributes, places), last)

    def shapes(
        self, order: int, found: Story[list[Shape]], is_there: Story[bool], last: str
    ) -> None:
        """Add shapes that become others, which differ in their paths alone."""
        if len(found) == len(is_there) == 1:
            self._layers.stay(order, last)
            return
        texts = []
        for number, shape in enumerate(found[0].value):
            paths = [Stop(ms, shapes[number].path, glides) for ms, shapes, glides in found]
            texts.append(shape.written(self._animator.reshapes(paths)))
        if len(is_there) > 1:
            seen = changed(is_there, lambda there: "visible" if there else "hidden")
            start = f' visibility="{seen[0].value}"'
            texts = [
                element("g", start, "".join([self._animator.jumps("visibility", seen), *texts]))
            ]
        self._layers.change(order, "".join(texts), last)

    def _place(self, names: Names, at: Point) -> str:
        hrefs = self._hrefs(names)
        return used(hrefs[0].value.removeprefix("#"), at, self._animator.jumps("href", hrefs))

    def _hrefs(self, names: Names) -> Names:
        """Return the same as references; nothing is a group with nothing in it."""
        return [
            stop._replace(value=f"#{stop.value or self._definitions.add('g', '')}")
            for stop in names
        ]


def _pairs(path: Story[Point]) -> Sequence[Stop[str]]:
    return moved(path, pair)
