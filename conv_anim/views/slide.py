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
from conv_anim.steps import States
from conv_anim.views import words

INPUT, OUTPUT = 0, 1


def slide(layer: Layer, step_ms: int, hold_ms: int) -> Scene:
    """Return the scene: grid 0 is the drawn input, grid 1 the output, one frame a step."""
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
        legend=_legend(layer, resting, to_come, done),
        longest_counter=words.counter(layer.n_steps, layer.n_steps),
        frames=SlideFrames(layer, resting, done, step_ms, hold_ms),
    )


@dataclass(frozen=True, eq=False)
class SlideFrames:
    """One frame for every position of the kernel."""

    layer: Layer
    resting: States
    done: States
    step_ms: int
    hold_ms: int

    def __len__(self) -> int:
        return self.layer.n_steps

    def __iter__(self) -> Iterator[Frame]:
        rows, columns = self.layer.axes
        row_taps, column_taps = steps.taps(rows), steps.taps(columns)
        pressed = steps.under_kernel(self.resting)
        between = steps.between_taps(self.resting)
        left: tuple[Change, ...] = ()  # what the kernel uncovers when it moves on
        for step, (row, column) in enumerate(steps.positions(self.layer)):
            top, bottom = int(row_taps[row][0]), int(row_taps[row][-1]) + 1
            start, end = int(column_taps[column][0]), int(column_taps[column][-1]) + 1
            box = slice(top, bottom), slice(start, end)
            window = between[box].copy()
            every_tap = slice(None, None, rows.dilation), slice(None, None, columns.dilation)
            window[every_tap] = pressed[box][every_tap]
            covered = np.arange(top, bottom)[:, np.newaxis], np.arange(start, end)
            cell = np.array([row]), np.array([column])
            link = Link(
                Box(INPUT, top, columns.padded_size - 1, bottom - top, 1),
                Box(OUTPUT, int(row), 0, 1, 1),
            )
            yield Frame(
                changes=(
                    *left,
                    Change(INPUT, *covered, window),
                    Change(OUTPUT, *cell, np.uint8(State.NOW)),
                ),
                links=(link,),
                counter=words.counter(step + 1, self.layer.n_steps),
                duration_ms=self.hold_ms if step == self.layer.n_steps - 1 else self.step_ms,
            )
            left = (
                Change(INPUT, *covered, self.resting[box]),
                Change(OUTPUT, *cell, self.done[row, column]),
            )


def _legend(layer: Layer, resting: States, to_come: States, done: States) -> tuple[State, ...]:
    """Return the kinds of cells that occur in any frame."""
    rows, columns = layer.axes
    read = [steps.readings(axis) > 0 for axis in (rows, columns)]
    covered = [steps.coverings(axis) for axis in (rows, columns)]
    skipped = [steps.coverings(axis) > steps.readings(axis) for axis in (rows, columns)]
    hole = np.logical_and.outer(skipped[0], covered[1] > 0) | np.logical_and.outer(
        covered[0] > 0, skipped[1]
    )
    seen = {
        State.NOW,
        *np.unique(resting[np.multiply.outer(*covered) < layer.n_steps]),
        *np.unique(steps.under_kernel(resting)[np.logical_and.outer(*read)]),
        *np.unique(steps.between_taps(resting)[hole]),
        # The first output cell is at work from the first frame on, the last one to the last.
        *np.unique(to_come.ravel()[1:]),
        *np.unique(done.ravel()[:-1]),
    }
    return tuple(state for state in State if state in seen)
