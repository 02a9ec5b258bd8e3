"""Patches as whole pictures, one after another."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from conv_anim.drawing.drawing import Drawing
from conv_anim.render.patches import Colours, Indexes
from conv_anim.render.raster import Renderer, sampled_ms


class Moment(NamedTuple):
    """A whole picture, and how long it is seen."""

    indexes: Indexes
    """Of the palette; the next moment's are in the same array."""
    duration_ms: int


def moments(renderer: Renderer, *, glides: bool = True) -> Iterator[Moment]:
    """Yield what is seen, each time that it changes; without *glides*, as each frame starts."""
    patches = renderer.patches(glides=glides)
    first = next(patches)
    canvas = first.indexes.copy()
    yield Moment(canvas, first.duration_ms)
    for patch in patches:
        rows, columns = patch.indexes.shape
        canvas[patch.top : patch.top + rows, patch.left : patch.left + columns] = patch.indexes
        yield Moment(canvas, patch.duration_ms)


def pictures(renderer: Renderer) -> Iterator[Colours]:
    """Yield each frame as it starts, uint8 (height, width, 3), or 4 with how opaque it is."""
    for moment in moments(renderer, glides=False):
        yield renderer.palette[moment.indexes]


def chosen(renderer: Renderer, numbers: Iterable[int]) -> Iterator[Moment]:
    """Yield the frames of these numbers as they start; they count from 0 and only grow."""
    frames = enumerate(moments(renderer, glides=False))
    for wanted in numbers:
        yield next(moment for number, moment in frames if number == wanted)


def durations_ms(drawing: Drawing) -> Iterator[int]:
    """Yield how long each moment is, without drawing any."""
    for frame in drawing.frames:
        yield from sampled_ms(frame)
