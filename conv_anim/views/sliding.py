"""The frames of the sliding picture: the kernel on the drawn input, and the output it fills."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from conv_anim.core import steps
from conv_anim.core.layer import Layer
from conv_anim.core.pool import MAX
from conv_anim.core.steps import Indexes
from conv_anim.scene.scene import Box, Change, Frame, Link
from conv_anim.scene.states import State
from conv_anim.views import captions, cell_states
from conv_anim.views.annotations import Annotations
from conv_anim.views.cell_states import States


@dataclass(frozen=True, eq=False)
class SlideFrames:
    """One frame for each of the chosen positions of the kernel."""

    layer: Layer
    chosen: Sequence[int]
    resting: States
    done: States
    step_ms: int
    hold_ms: int
    annotations: Annotations | None = None
    taps: Indexes | None = None
    """What the taps say if cells have no numbers, places in the scene's strings, shape *k*."""
    order: Indexes | None = None
    """The output cells in the order of the steps, (n, 2); row by row if it is not given."""

    def __len__(self) -> int:
        return len(self.chosen)

    @property
    def has_marks(self) -> bool:
        """Whether single cells stand out: what padding copies, or the largest number."""
        return self.layer.has_copies or self._marks_largest

    @property
    def _marks_largest(self) -> bool:
        return self.layer.computes == MAX and self.annotations is not None

    def __iter__(self) -> Iterator[Frame]:
        filled = 0
        for step in self.chosen:
            duration_ms = self.hold_ms if step == self.chosen[-1] else self.step_ms
            yield replace(self.at(step, duration_ms), changes=(self.between(filled, step + 1),))
            filled = step + 1

    def at(self, step: int, duration_ms: int) -> Frame:
        """Return what a step alone shows: nothing of it lasts."""
        position, every_tap, resting = self._positions[step], self._every_tap, self.resting
        rows, columns = (
            slice(int(along[at][0]), int(along[at][-1]) + 1)
            for along, at in zip(self._taps, position, strict=True)
        )
        window = resting[rows, columns].copy()
        window[every_tap] = self._pressed[rows, columns][every_tap]
        weights = self.annotations.weights if self.annotations else None
        corners = self._at_taps(window.shape, every_tap, weights)
        labels = self._at_taps(window.shape, every_tap, self.taps)
        y, x = np.mgrid[rows, columns]
        sources = self._sources(position)
        link = Link(
            Box("input", rows.start, columns.start, *window.shape),
            Box("output", int(position[0]), int(position[1]), 1, 1),
            tuple(map(int, self._taps[1][position[1]])) if self.layer.ndim == 1 else (),
        )
        return Frame(
            changes=(),
            shows=(
                Change("input", y, x, window, labels=labels, corners=corners),
                *self._marked(position, sources),
                self._now(self._positions[step : step + 1]),
            ),
            links=(link,),
            counter=captions.counter(step + 1, self.layer.n_steps),
            duration_ms=duration_ms,
            sum=self.annotations.sum(position) if self.annotations else None,
        )

    @cached_property
    def _taps(self) -> list[Indexes]:
        return [steps.taps(axis) for axis in self.layer.axes]

    @cached_property
    def _every_tap(self) -> tuple[slice, ...]:
        return tuple(slice(None, None, axis.dilation) for axis in self.layer.axes)

    @cached_property
    def _pressed(self) -> States:
        return cell_states.under_kernel(self.resting)

    @cached_property
    def _positions(self) -> Indexes:
        return steps.positions(self.layer) if self.order is None else self.order

    def _at_taps(
        self, shape: tuple[int, ...], every_tap: tuple[slice, ...], texts: Indexes | None
    ) -> Indexes | None:
        """Return the texts at the taps of a window, and nothing between them."""
        if texts is None:
            return None
        places = np.zeros(shape, np.intp)
        places[every_tap] = texts
        return places

    def _sources(self, position: Indexes) -> tuple[Indexes, Indexes]:
        """Return the input cells, outside of the taps, that padding under them copies."""
        if not self.layer.has_copies:
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        under = [along[at] for along, at in zip(self._taps, position, strict=True)]
        axes = self.layer.axes
        copied = [
            steps.origins(self.layer, axis)[under[axis]] + axes[axis].padding[0] for axis in (0, 1)
        ]
        width = axes[1].padded_size
        tapped = np.add.outer(under[0] * width, under[1])
        origin = np.add.outer(copied[0] * width, copied[1])
        rows, columns = np.divmod(np.setdiff1d(origin, tapped), width)
        return rows, columns

    def _marked(self, position: Indexes, sources: tuple[Indexes, Indexes]) -> tuple[Change, ...]:
        """Return what stands out at a step: what padding copies, or the largest number."""
        if len(sources[0]):
            return (Change("input", *sources, np.uint8(State.SOURCE)),)
        if self.annotations and self._marks_largest:
            row, column = self.annotations.values.winner(position)
            return (Change("input", np.array([row]), np.array([column]), np.uint8(State.MARKED)),)
        return ()

    def filled(self, n_steps: int) -> Change:
        """Return the cells that are done after so many steps."""
        return self.between(0, n_steps)

    def between(self, first: int, end: int) -> Change:
        """Return the cells that are done by steps, those of unseen ones, too, and what they hold.

        The steps are those from *first* to before *end*.
        """
        rows, columns = self._positions[first:end].T
        levels = None
        if self.annotations and self.annotations.output_shading:
            levels = self.annotations.output_shading.levels[rows, columns]
        labels = self.labels(rows, columns)
        return Change("output", rows, columns, self.done[rows, columns], labels, levels=levels)

    def _now(self, position: Indexes) -> Change:
        """Return the cell that a step fills."""
        rows, columns = position.T
        return Change("output", rows, columns, np.uint8(State.NOW))

    def labels(self, rows: Indexes, columns: Indexes) -> Indexes | None:
        """Return what output cells say once they are filled; None without numbers."""
        if self.annotations is None or self.annotations.output is None:
            return None
        labels: Indexes = self.annotations.output[rows, columns]
        return labels


def kinds(
    layer: Layer, chosen: Sequence[int], resting: States, to_come: States, done: States
) -> set[State]:
    """Return the kinds of cells that occur in any frame, if none are marked besides."""
    read = steps.times_read(layer, chosen)
    return {
        State.NOW,
        *map(State, np.unique(resting[read < len(chosen)])),
        *map(State, np.unique(cell_states.under_kernel(resting)[read > 0])),
        *map(State, np.unique(to_come.ravel()[chosen[0] + 1 :])),
        *map(State, np.unique(done.ravel()[: chosen[-1]])),
    }
