"""The frames in which both readings of a transposed layer keep in step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from conv_anim.core.parse import Pair
from conv_anim.core.transposed import Transposed
from conv_anim.scene.scene import Box, Change, Frame, Link
from conv_anim.scene.states import State
from conv_anim.views import captions
from conv_anim.views.interleave import Beat
from conv_anim.views.sliding import SlideFrames
from conv_anim.views.stamping import StampFrames

Named = TypeVar("Named", Box, Change)


@dataclass(frozen=True, eq=False)
class BothFrames:
    """One frame for each of the chosen steps, and one in which the full output is cropped."""

    beats: tuple[Beat, ...]
    chosen: Sequence[int]
    sliding: SlideFrames
    stamping: StampFrames

    def __len__(self) -> int:
        return len(self.chosen) + self._is_complete

    @property
    def _is_complete(self) -> bool:
        """Whether the last step is among those shown."""
        return self.chosen[-1] == len(self.beats) - 1

    @property
    def _layer(self) -> Transposed:
        return self.stamping.layer

    def __iter__(self) -> Iterator[Frame]:
        layer = self._layer
        slides, stamps = iter(self.sliding), iter(self.stamping)
        counts = np.cumsum([beat.cell is not None for beat in self.beats])
        n_stamps, n_steps = layer.n_inputs, layer.n_steps
        stamped: Pair | None = None
        stamping: Frame | None = None
        sliding: Frame | None = None
        for at in self.chosen:
            beat = self.beats[at]
            changes: tuple[Change, ...] = ()
            if beat.stamp != stamped:
                stamping = next(stamps)
                changes = stamping.changes
                stamped = beat.stamp
            assert stamping is not None
            if beat.cell:
                sliding = _drawn(next(slides))
                changes += sliding.changes
            elif counts[at]:
                changes += (self.sliding.filled(int(counts[at])),)
            last = at == self.chosen[-1] and not self._is_complete
            yield Frame(
                changes=changes,
                shows=(*stamping.shows, *_under_kernel(sliding, beat), *self._marks(beat)),
                links=(*stamping.links, *(sliding.links if sliding else ())),
                counter=captions.beat(
                    beat.number(layer) + 1,
                    n_stamps,
                    int(counts[at]),
                    n_steps,
                ),
                duration_ms=self.sliding.hold_ms if last else self.sliding.step_ms,
                sum=sliding.sum if sliding and beat.cell else None,
            )
        if self._is_complete:
            yield next(stamps)

    def _marks(self, beat: Beat) -> tuple[Change, ...]:
        """Return the marks on the product that both readings add."""
        if beat.cell is None:
            return ()
        layer = self._layer
        places = [cell + p[0] for cell, p in zip(beat.cell, layer.p, strict=True)]
        for place, at, k, s, d in zip(places, beat.stamp, layer.k, layer.s, layer.d, strict=True):
            tap, past = divmod(place - at * s, d)
            if past or not 0 <= tap < k:
                return ()  # no stamp reaches this cell
        drawn = [axis.place(at) for axis, at in zip(layer.axes, beat.stamp, strict=True)]

        return tuple(
            Change(grid, np.array([row]), np.array([column]), np.uint8(State.MARKED))
            for grid, (row, column) in (("drawn input", drawn), ("full output", places))
        )


def _under_kernel(sliding: Frame | None, beat: Beat) -> tuple[Change, ...]:
    """Return what the sliding picture shows; between its steps its output rests."""
    shows = sliding.shows if sliding else ()
    return tuple(change for change in shows if beat.cell or change.grid == "drawn input")


def _drawn(frame: Frame) -> Frame:
    """Return a frame of the sliding picture, whose input is the drawn one here."""
    links = tuple(Link(_renamed(link.tail), link.head) for link in frame.links)
    return replace(frame, shows=tuple(map(_renamed, frame.shows)), links=links)


def _renamed(thing: Named) -> Named:
    """Return a box or a change of the sliding picture's grid as one of this picture's."""
    return thing._replace(grid="drawn input") if thing.grid == "input" else thing


def numbers_of(counted: list[bool], chosen: Sequence[int]) -> list[int]:
    """Return of the chosen ones that are counted the number that they have among all counted."""
    numbers = np.cumsum(counted) - 1
    return [int(numbers[at]) for at in chosen if counted[at]]
