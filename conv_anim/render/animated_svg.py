"""Write a drawing as an animated SVG: plain text that plays by itself, without a script.

A cell is a place in which one of the drawn kinds of cells is used, now this and now that one.
What glides is moved or reshaped, and a text that changes has a place for each of its letters.
Without animation the first frame is there, whole; for those who want no motion, the last one.
"""

from collections import defaultdict
from collections.abc import Callable
from operator import itemgetter

from conv_anim.drawing.drawing import NOTHING, NUMBER, Drawing, Look
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.sizes import Pixels
from conv_anim.render.svg_animation import Animator
from conv_anim.render.svg_changing import Changing
from conv_anim.render.svg_document import document
from conv_anim.render.svg_items import ChangingItems
from conv_anim.render.svg_layers import Layers
from conv_anim.render.svg_parts import CellParts, Definitions, ItemParts, TextParts
from conv_anim.render.svg_timeline import Stop, Story, Timeline, changed, moved

CALM = "print,(prefers-reduced-motion:reduce)"
"""The media on which the last frame is shown, still."""
_MANY = 400
"""So many cells that change take browsers about as long as everything else."""


def animated(
    drawing: Drawing,
    title: str,
    description: str,
    *,
    plays: int,
    still_on: str = CALM,
    progress: Callable[[], None] | None = None,
) -> str:
    """Return a drawing as an SVG file that is played as often as *plays* says, 0 without end.

    *title* and *description* are for those who don't see it. On the media *still_on* the last
    frame is shown. *progress* is called after every frame.
    """
    timeline = Timeline.of(drawing, progress)
    definitions, layers = Definitions(), Layers()
    are_many = sum(len(looks) > 1 for looks in timeline.cells.values()) > _MANY
    animator = Animator(timeline.duration_ms, plays)
    changing = Changing(definitions, animator, layers, are_many=are_many)
    texts = TextParts(definitions)
    items = ItemParts(drawing, definitions, texts)
    for item in drawing.items.values():
        layers.stay(item.order, items.item(item))
    replaced = ChangingItems(drawing, definitions, texts, items, changing)
    for stops in timeline.items.values():
        replaced.add(stops)
    cells = _Cells(drawing, timeline, CellParts(drawing, definitions, texts), changing)
    for plane in drawing.planes.values():
        cells.add(plane)
    body, rules = [*layers.in_order], layers.rules(still_on)
    return document(drawing, definitions, title, description, body, rules)


class _Cells:
    """Adds the cells of a drawing."""

    def __init__(
        self, drawing: Drawing, timeline: Timeline, parts: CellParts, changing: Changing
    ) -> None:
        self._drawing, self._parts, self._changing = drawing, parts, changing
        self._places = timeline.places
        self._pixels = Pixels(drawing.px_per_pt)
        self._stories: dict[str, dict[tuple[int, int], Story[int]]] = defaultdict(dict)
        for (plane, row, column), looks in sorted(timeline.cells.items(), key=itemgetter(0)):
            self._stories[plane][row, column] = looks

    def add(self, plane: Plane) -> None:
        """Add those of a plane."""
        stories = [*self._stories[plane.key].items()]
        if plane.key in self._places:  # where they overlap, the later lie over the others
            stories.sort(key=lambda story: -self._rank(story[1]))
        face, numbers = (
            self._named(plane, self._parts.face),
            self._named(plane, self._parts.numbers),
        )
        for at, looks in stories:
            path = self._path(plane, *at)
            self._changing.part(plane.order, changed(looks, face), path)
            names = changed(looks, numbers)
            if any(stop.value for stop in names):
                self._changing.part(plane.order + NUMBER, names, path)

    def _rank(self, looks: Story[int]) -> int:
        """Return the rank of a cell when it comes up."""
        found = (self._drawing.looks[stop.value] for stop in looks)
        return next(look.rank for look in found if look)

    def _named(self, plane: Plane, part: Callable[[Plane, Look], str]) -> Callable[[int], str]:
        """Return what gives the id of a part of a cell by the number of its look."""
        found = {NOTHING: ""}

        def name(number: int) -> str:
            if number not in found:
                look = self._drawing.looks[number]
                found[number] = part(plane, look) if look else ""
            return found[number]

        return name

    def _path(self, plane: Plane, row: int, column: int) -> Story[Point]:
        """Return where the corner of a cell is, on whole pixels."""
        if plane.key not in self._places:
            return [Stop(0, self._corner(plane, row, column))]
        return moved(
            self._places[plane.key],
            lambda at: self._corner(plane, float(at.rows[row]), float(at.columns[column])),
        )

    def _corner(self, plane: Plane, row: float, column: float) -> Point:
        x, y = map(self._pixels.nearest, plane.point(row, column))
        return x, y
