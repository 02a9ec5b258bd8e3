"""When a drawing shows what: the story of each cell and each item, from the first frame on.

Times are in milliseconds since the start.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from conv_anim.drawing.drawing import (
    NOTHING,
    Cells,
    Drawing,
    Frame,
    Glide,
    Item,
    Places,
    blocks,
)

T = TypeVar("T")
U = TypeVar("U")

CellKey = tuple[str, int, int]
"""Plane, row and column."""


class Stop(NamedTuple, Generic[T]):
    """What something is from a time on: until the next stop, or on the way there."""

    ms: float
    value: T
    glides: bool = False
    """Whether it glides to the value of the next stop, at which it arrives on time."""


Story = Sequence[Stop[T]]
"""The stops of one thing, in order; the first is at 0."""


@dataclass(eq=False)
class Timeline:
    """All that happens in a drawing."""

    duration_ms: int = 0
    cells: dict[CellKey, list[Stop[int]]] = field(default_factory=dict)
    """The numbers of the looks of all cells that are ever there."""
    items: dict[str, list[Stop[Item | None]]] = field(default_factory=dict)
    """The items that frames replace; None where there is none."""
    places: dict[str, list[Stop[Places]]] = field(default_factory=dict)
    """Where the cells are of planes in which they move."""

    @classmethod
    def of(cls, drawing: Drawing, progress: Callable[[], None] | None = None) -> "Timeline":
        """Return what happens in a drawing; *progress* is called after every frame."""
        timeline = cls()
        timeline._cells(drawing.cells)
        for frame in drawing.frames:
            timeline._show(frame)
            if progress:
                progress()
        return timeline

    def _show(self, frame: Frame) -> None:
        """Add a frame."""
        now = self.duration_ms
        self._cells(frame.cells)
        for key, item in frame.items.items():
            story = self.items.setdefault(key, [])
            if now and not story:
                story.append(Stop(0, None))
            _add(story, Stop(now, item))
        for places in frame.places:
            _add(self.places.setdefault(places.plane, []), Stop(now, places))
        self.duration_ms += frame.duration_ms
        for glide in frame.glides:
            self._glide(glide, self.duration_ms - frame.glide_ms)

    def _cells(self, cells: Iterable[Cells]) -> None:
        now = self.duration_ms
        for plane, row, column, look in blocks(cells):
            key = plane, row, column
            if key in self.cells:
                _add(self.cells[key], Stop(now, look))
            elif look != NOTHING:
                before = [Stop(0, NOTHING)] if now else []
                self.cells[key] = [*before, Stop(now, look)]

    def _glide(self, glide: Glide, start_ms: float) -> None:
        """Add a way, which ends with the frame; the next frame has its end."""
        if isinstance(glide.start, Places):
            _add(self.places[glide.key], Stop(start_ms, glide.start, glides=True))
        else:
            item: Item | None = glide.start
            _add(self.items[glide.key], Stop(start_ms, item, glides=True))


def _add(story: list[Stop[T]], stop: Stop[T]) -> None:
    """Add a stop; of two at the same time, the later one is right."""
    if story and story[-1].ms == stop.ms:
        story.pop()
    story.append(stop)


def simplified(story: Iterable[Stop[T]]) -> list[Stop[T]]:
    """Return a story without the stops at which nothing changes."""
    found: list[Stop[T]] = []
    for stop in story:
        same = found and not found[-1].glides and found[-1].value == stop.value
        if not same or stop.glides:
            found.append(stop)
    return found


def changed(story: Iterable[Stop[T]], made: Callable[[T], U]) -> list[Stop[U]]:
    """Return the story of what is made of each value, which does not glide."""
    return simplified(Stop(stop.ms, made(stop.value)) for stop in story)


def moved(story: Iterable[Stop[T]], made: Callable[[T], U]) -> list[Stop[U]]:
    """Return the story of what is made of each value, which glides where that does."""
    return simplified(Stop(stop.ms, made(stop.value), stop.glides) for stop in story)


def known(story: Iterable[Stop[T | None]]) -> list[Stop[T]]:
    """Return the story of what is there only at times as if it were there all the time."""
    found = [Stop(stop.ms, stop.value, stop.glides) for stop in story if stop.value is not None]
    return [found[0]._replace(ms=0), *found[1:]]
