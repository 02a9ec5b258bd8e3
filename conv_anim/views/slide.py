"""The sliding view: the kernel slides over the drawn input and fills the output, cell by cell.

A transposed layer is shown by zero insertion, so that both kinds of layer are a kernel that
slides over one grid.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from conv_anim import fit, steps
from conv_anim.cells import State
from conv_anim.layer import Layer
from conv_anim.scene import Box, Change, Frame, Grid, Link, Scene
from conv_anim.steps import Indexes, States
from conv_anim.views import words

INPUT, OUTPUT = 0, 1


def slide(layer: Layer, chosen: range, step_ms: int, hold_ms: int) -> Scene:
    """Return the scene: grid 0 is the drawn input, grid 1 the output.

    There is a frame for each of the *chosen* steps, counted from 0, shown *step_ms* milliseconds,
    the last one *hold_ms*.
    """
    resting = steps.resting_states(layer)
    to_come, done = steps.output_states(layer)
    left, right = fit.grid_shapes(layer)
    height = max(left[0], right[0])
    return Scene(
        title=words.title(layer),
        parameters=words.parameters(layer),
        formulas=words.formulas(layer),
        grids=(
            Grid("input", resting, words.input_captions(layer), (height - left[0]) / 2, 0),
            Grid(
                "output",
                to_come,
                words.output_captions(layer),
                (height - right[0]) / 2,
                left[1] + fit.gap_cells(left, right),
            ),
        ),
        legend=_legend(layer, chosen, resting, to_come, done),
        longest_counter=words.counter(layer.n_steps, layer.n_steps),
        frames=SlideFrames(layer, chosen, resting, done, step_ms, hold_ms),
    )


@dataclass(frozen=True, eq=False)
class SlideFrames:
    """One frame for each of the chosen positions of the kernel."""

    layer: Layer
    chosen: range
    resting: States
    done: States
    step_ms: int
    hold_ms: int

    def __len__(self) -> int:
        return len(self.chosen)

    def __iter__(self) -> Iterator[Frame]:
        axes = self.layer.axes
        taps = [steps.taps(axis) for axis in axes]
        pressed, between = steps.under_kernel(self.resting), steps.between_taps(self.resting)
        every_tap = tuple(slice(None, None, axis.dilation) for axis in axes)
        positions = steps.positions(self.layer)
        uncovered: tuple[Change, ...] = ()  # what the kernel leaves when it moves on
        filled = 0
        for step in self.chosen:
            rows, columns = (
                slice(int(along[at][0]), int(along[at][-1]) + 1)
                for along, at in zip(taps, positions[step], strict=True)
            )
            window = between[rows, columns].copy()
            window[every_tap] = pressed[rows, columns][every_tap]
            y, x = np.mgrid[rows, columns]
            now_y, now_x = positions[step : step + 1].T
            link = Link(
                Box(INPUT, rows.start, axes[1].padded_size - 1, rows.stop - rows.start, 1),
                Box(OUTPUT, int(positions[step][0]), 0, 1, 1),
            )
            yield Frame(
                changes=(
                    *uncovered,
                    Change(INPUT, y, x, window),
                    *self._filled(positions[filled:step]),
                    Change(OUTPUT, now_y, now_x, np.uint8(State.NOW)),
                ),
                links=(link,),
                counter=words.counter(step + 1, self.layer.n_steps),
                duration_ms=self.hold_ms if step == self.chosen[-1] else self.step_ms,
            )
            uncovered = (Change(INPUT, y, x, self.resting[rows, columns]),)
            filled = step

    def _filled(self, past: Indexes) -> tuple[Change, ...]:
        """Return the cells that are done since the last frame, those of unseen steps, too."""
        rows, columns = past.T
        return (Change(OUTPUT, rows, columns, self.done[rows, columns]),) if len(past) else ()


def _legend(
    layer: Layer, chosen: range, resting: States, to_come: States, done: States
) -> tuple[State, ...]:
    """Return the kinds of cells that occur in any frame."""
    read, covered = steps.counts(layer, chosen)
    seen = {
        State.NOW,
        *np.unique(resting[covered < len(chosen)]),
        *np.unique(steps.under_kernel(resting)[read > 0]),
        *np.unique(steps.between_taps(resting)[covered > read]),
        *np.unique(to_come.ravel()[chosen[0] + 1 :]),
        *np.unique(done.ravel()[: chosen[-1]]),
    }
    return tuple(state for state in State if state in seen)
