"""What changes in an animated SVG: elements whose attributes are animated, as stories tell.

A place uses now this definition and now that one. Browsers put every such place together anew
whenever anything moves, which takes too long for thousands: these have all that they ever use in
them, and their class lets one be seen. That takes more text, and a tenth of the time.
"""

from collections.abc import Iterable, Sequence

from conv_anim.drawing.plane import Point
from conv_anim.render.svg_animation import Animator
from conv_anim.render.svg_layers import Layers, state
from conv_anim.render.svg_parts import Definitions, used
from conv_anim.render.svg_shapes import Shape, element, pair
from conv_anim.render.svg_timeline import Stop, Story, changed, moved

Names = Sequence[Stop[str]]
"""The ids of the definitions that are used, one after another; "" for none."""


class Changing:
    """Adds what changes to the layers; *are_many* says whether it is thousands of places."""

    def __init__(
        self, definitions: Definitions, animator: Animator, layers: Layers, *, are_many: bool
    ) -> None:
        self._definitions, self._animator, self._layers = definitions, animator, layers
        self._are_many = are_many

    def part(self, order: int, names: Names, path: Story[Point]) -> None:
        """Add what is always one of the definitions, or nothing, and may be moved."""
        name, at = names[-1].value, path[-1].value
        last = used(name, at) if name else ""
        if len(names) == len(path) == 1:
            self._layers.stay(order, last)
        elif len(path) == 1 and self._are_many:
            self._choice(order, names, at)
        elif len(path) == 1:
            self._layers.change(order, self._place(names, at), last)
        else:
            hrefs = self._hrefs(names)
            start = f' href="{hrefs[0].value}" transform="translate({pair(path[0].value)})"'
            jumps = self._animator.jumps("href", hrefs)
            moves = self._animator.moves(moved(path, pair))
            self._layers.change(order, element("use", start, jumps + moves), last)

    def _choice(self, order: int, names: Names, at: Point) -> None:
        """Add a place with all definitions in it that are ever used there."""
        first, last = names[0].value, names[-1].value
        different = [name for name in dict.fromkeys(stop.value for stop in names) if name]
        numbers = {"": 0} | {name: number for number, name in enumerate(different, start=1)}
        states = changed(names, lambda name: state(numbers[name]))
        uses = "".join(used(name, at, is_hidden=name != first) for name in different)
        content = self._animator.jumps("class", states) + uses
        self._layers.choose(order, states[0].value, content, numbers[last], len(numbers))

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
            seen = changed(is_there, self._layers.seen)
            hidden = "" if is_there[0].value else ' visibility="hidden"'
            jumps = self._animator.jumps("class", seen)
            texts = [element("g", f'{hidden} class="{seen[0].value}"', "".join([jumps, *texts]))]
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
