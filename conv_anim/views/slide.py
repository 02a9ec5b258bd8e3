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
        rows, columns = self.layer.axes
        row_taps, column_taps = steps.taps(rows), steps.taps(columns)
        pressed = steps.under_kernel(self.resting)
        between = steps.between_taps(self.resting)
        every_tap = slice(None, None, rows.dilation), slice(None, None, columns.dilation)
        positions = steps.positions(self.layer)
        uncovered: tuple[Change, ...] = ()  # what the kernel leaves when it moves on
        filled = 0
        for step in self.chosen:
            row, column = positions[step]
            top, bottom = int(row_taps[row][0]), int(row_taps[row][-1]) + 1
            start, end = int(column_taps[column][0]), int(column_taps[column][-1]) + 1
            box = slice(top, bottom), slice(start, end)
            window = between[box].copy()
            window[every_tap] = pressed[box][every_tap]
            covered = np.arange(top, bottom)[:, np.newaxis], np.arange(start, end)
            now = np.array([row]), np.array([column])
            output = [Change(OUTPUT, now[0], now[1], np.uint8(State.NOW))]
            if filled < step:  # the steps that no frame shows have filled their cells, too
                past = positions[filled:step, 0], positions[filled:step, 1]
                output.insert(0, Change(OUTPUT, past[0], past[1], self.done[past]))
            filled = step
            link = Link(
                Box(INPUT, top, columns.padded_size - 1, bottom - top, 1),
                Box(OUTPUT, int(row), 0, 1, 1),
            )
            yield Frame(
                changes=(*uncovered, Change(INPUT, *covered, window), *output),
                links=(link,),
                counter=words.counter(step + 1, self.layer.n_steps),
                duration_ms=self.hold_ms if step == self.chosen[-1] else self.step_ms,
            )
            uncovered = (Change(INPUT, *covered, self.resting[box]),)


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
