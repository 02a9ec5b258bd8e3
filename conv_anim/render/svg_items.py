"""The items of an animated SVG that frames replace: texts, and what glides."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from conv_anim.drawing.drawing import Drawing, Item, Line, Outline, Polygon, Text
from conv_anim.drawing.plane import Plane, Point
from conv_anim.render.svg_changing import Changing, Names
from conv_anim.render.svg_parts import Definitions, ItemParts, TextParts
from conv_anim.render.svg_timeline import Stop, Story, changed, known, moved

Shaped = Line | Polygon | Outline
SomeItem = TypeVar("SomeItem", bound=Item)

_VARIABLE: Mapping[type, Mapping[str, Any]] = {
    Text: {"string": "", "x": 0.0},
    Line: {"start": (0.0, 0.0), "end": (0.0, 0.0)},
    Polygon: {"points": ()},
    Outline: {"box": (0.0, 0.0, 0.0, 0.0)},
}
"""What an item may change without looking like another one, and what stands for it."""
_STAYS = [Stop[Point](0, (0.0, 0.0))]


class ChangingItems:
    """Adds items to the layers, each with all that it ever is."""

    def __init__(
        self,
        drawing: Drawing,
        definitions: Definitions,
        texts: TextParts,
        parts: ItemParts,
        changing: Changing,
    ) -> None:
        self._planes, self._definitions, self._texts = drawing.planes, definitions, texts
        self._parts, self._changing = parts, changing
        self._ids: dict[Shaped, str] = {}

    def add(self, story: Story[Item | None]) -> None:
        """Add what one key stands for; what looks different is apart."""
        for look in dict.fromkeys(_look(stop.value) for stop in story if stop.value):
            if isinstance(look, Text):
                self._text(look, _of_look(story, look))
            else:
                self._shapes(look, _of_look(story, look))

    def _text(self, look: Text, story: Story[Text | None]) -> None:
        """Add a text: each place of a letter by itself, or each text as a whole."""
        wholes = {stop.value for stop in story if stop.value}
        letters = self._letters(story) if len(wholes) > 1 else {}
        n_letters = sum(len(whole.string) for whole in wholes)
        if letters and sum(map(len, letters.values())) < n_letters:
            last = self._texts.text(story[-1].value) if story[-1].value else ""
            places = [(names, (x, 0)) for x, names in letters.items()]
            self._changing.places(look.order, self._texts.attributes(look), places, last)
        else:
            self._changing.part(look.order, changed(story, self._whole), _STAYS)

    def _letters(self, story: Story[Text | None]) -> Mapping[int, Names]:
        """Return what is in each place for a letter, by where that is on the line."""
        texts = [(stop.ms, self._placed(stop.value)) for stop in story]
        places = {x for _, letters in texts for x in letters}
        return {
            x: changed((Stop(ms, letters.get(x, "")) for ms, letters in texts), str)
            for x in sorted(places)
        }

    def _placed(self, text: Text | None) -> Mapping[int, str]:
        """Return the ids of a text's letters by where they are."""
        if text is None:
            return {}
        start = text.x / self._texts.unit(text)
        return {round(start + x): name for name, x in self._texts.glyphs(text)}

    def _whole(self, text: Text | None) -> str:
        """Return the id of a text; nothing if nothing of it shows."""
        content = self._texts.text(text) if text else ""
        return self._definitions.add("g", "", content) if content else ""

    def _shapes(self, look: Shaped, story: Story[Shaped | None]) -> None:
        """Add what is moved as it is, or where that isn't all, reshaped."""
        forms = moved(story, lambda item: _form(item, self._planes) if item else None)
        there = known(forms)
        if all(a.value.item == b.value.item for a, b in pairwise(there) if a.glides):
            names = changed(forms, lambda form: self._defined(form.item) if form else "")
            self._changing.part(look.order, names, moved(there, lambda form: form.at))
            return
        is_there = changed(story, lambda item: item is not None)
        shapes = moved(known(story), self._parts.shapes)
        last = self._parts.item(story[-1].value) if story[-1].value else ""
        self._changing.shapes(look.order, shapes, is_there, last)

    def _defined(self, item: Shaped) -> str:
        """Return the id of an item."""
        if item not in self._ids:
            self._ids[item] = self._definitions.add("g", "", self._parts.item(item))
        return self._ids[item]


class _Form(NamedTuple):
    """An item that is moved, and by how much."""

    item: Shaped
    at: Point


def _form(item: Shaped, planes: Mapping[str, Plane]) -> _Form:
    """Return an item as it is when it starts at the origin, or an outline round the first cell."""
    if isinstance(item, Outline):
        plane = planes[item.plane]
        x, y = (a - b for a, b in zip(plane.point(*item.box[:2]), plane.origin, strict=True))
        return _Form(item._replace(box=(0.0, 0.0, *item.box[2:])), (x, y))
    at = item.start if isinstance(item, Line) else item.points[0]
    if isinstance(item, Line):
        return _Form(item._replace(start=(0.0, 0.0), end=_from(at, item.end)), at)
    return _Form(item._replace(points=tuple(_from(at, point) for point in item.points)), at)


def _from(start: Point, point: Point) -> Point:
    """Return a point from another one, as exactly as it is written."""
    return round(point[0] - start[0], 3), round(point[1] - start[1], 3)


def _look(item: Item) -> Item:
    """Return what items have in common that one element may show."""
    look: Item = item._replace(**_VARIABLE[type(item)])
    return look


def _of_look(story: Story[Item | None], look: SomeItem) -> Story[SomeItem | None]:
    """Return when there are items of a look, and which."""
    return [
        Stop(ms, item if isinstance(item, type(look)) and _look(item) == look else None, glides)
        for ms, item, glides in story
    ]
