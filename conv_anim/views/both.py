"""Both readings of a transposed layer side by side: zero insertion, and stamping.

After each stamp the kernel slides over the cells that are complete by it. The product that both
then add is marked: its input cell under a tap on one side, its output cell under the same tap on
the other. Taps are numbered or have their weights, so that the turn by 180° can be seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from conv_anim.core import matrix, steps
from conv_anim.core.parse import Pair
from conv_anim.core.transposed import Transposed
from conv_anim.scene.playback import occurring
from conv_anim.scene.scene import Box, Change, Frame, Grid, Link, Scene
from conv_anim.scene.states import State
from conv_anim.views import arrange, captions, interleave, legends, stamp
from conv_anim.views.annotations import Figures
from conv_anim.views.interleave import Beat
from conv_anim.views.slide import SlideFrames
from conv_anim.views.stamp import StampFrames
from conv_anim.views.stamped import numbered, running_sums
from conv_anim.views.string_table import Strings, widest_em

Named = TypeVar("Named", Box, Change)


def both(
    layer: Transposed,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    figures: Figures | None = None,
) -> Scene:
    """Return the scene: the drawn input, the output, the full output and the input.

    There is a frame for each of the *chosen* steps of ``pace.beats``, and after the last one a
    frame in which the full output is cropped. With *figures*, cells have numbers.
    """
    resting = steps.resting_states(layer)
    to_come, done = steps.output_states(layer)
    strings = Strings(figures.digits if figures else 0, figures.strings if figures else ())
    taps = strings.written(matrix.tap_numbers(layer).astype(np.float64))
    if figures:
        stamped = replace(running_sums(layer, figures.values, strings), products=None)
    else:
        stamped = numbered(layer, taps[::-1, ::-1], strings.all)
    beats = tuple(interleave.beats(layer))
    frames = BothFrames(
        beats=beats,
        chosen=chosen,
        sliding=SlideFrames(
            layer,
            _numbers([beat.cell is not None for beat in beats], chosen),
            resting,
            done,
            step_ms,
            hold_ms,
            figures,
            None if figures else taps,
            np.array([beat.cell for beat in beats if beat.cell]).reshape(-1, 2),
        ),
        stamping=StampFrames(
            layer,
            sorted({beats[at].number(layer) for at in chosen}),
            step_ms,
            hold_ms,
            stamped,
            stamp.canvas_states(layer),
        ),
    )
    inputs = np.full(layer.i, State.INPUT, np.uint8)
    canvas = frames.stamping.canvas
    grids = {
        "drawn input": Grid(
            resting,
            captions.input_captions(layer),
            labels=figures.input if figures else None,
            has_corners=figures is not None,
        ),
        "output": Grid(to_come, captions.output_captions(layer)),
        "full output": Grid(
            canvas,
            captions.canvas_captions(layer),
            has_corners=figures is not None,
        ),
        "input": Grid(inputs, captions.input_captions(layer)[:1], labels=stamped.input),
    }
    return Scene(
        title=captions.title(layer),
        parameters=(*captions.parameters(layer), *_LINES),
        formulas=captions.formulas(layer),
        grids=grids,
        arrangement=arrange.both(layer),
        legend=legends.both(layer, occurring(grids, frames)),
        longest_counter=captions.beat(inputs.size, inputs.size, layer.n_steps, layer.n_steps),
        frames=frames,
        strings=strings.all,
        numbers_em=(
            widest_em(
                strings.all,
                frames.sliding.taps,
                *stamped.texts,
                *(figures.labels if figures else ()),
            ),
            widest_em(strings.all, figures.weights) if figures else 0,
        ),
        has_sums=figures is not None,
        if_legible=(
            f"{'weights are in the corners' if figures else 'taps are numbered'}; "
            "on the left they are turned by 180°",
        ),
    )


_LINES = (
    ("left: the kernel slides; right: the input stamps",),
    ("after each stamp, the kernel slides over the cells that no later stamp reaches",),
)


def _numbers(counted: list[bool], chosen: Sequence[int]) -> list[int]:
    """Return of the chosen ones that are counted the number that they have among all counted."""
    numbers = np.cumsum(counted) - 1
    return [int(numbers[at]) for at in chosen if counted[at]]


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
