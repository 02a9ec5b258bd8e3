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
    to_come = np.full(layer.output_size, State.TO_COME, dtype=np.uint8)
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
        legend=_legend(layer, resting),
        longest_counter=words.counter(layer.n_steps, layer.n_steps),
        frames=SlideFrames(layer, resting, step_ms, hold_ms),
    )


@dataclass(frozen=True, eq=False)
class SlideFrames:
    """One frame for every position of the kernel."""

    layer: Layer
    resting: States
    step_ms: int
    hold_ms: int

    def __len__(self) -> int:
        return self.layer.n_steps

    def __iter__(self) -> Iterator[Frame]:
        rows, columns = self.layer.axes
        row_taps, column_taps = steps.taps(rows), steps.taps(columns)
        pressed = steps.under_kernel(self.resting)
        left: tuple[Change, ...] = ()  # what the kernel uncovers when it moves on
        for step, (row, column) in enumerate(steps.positions(self.layer)):
            covered = row_taps[row][:, np.newaxis], column_taps[column][np.newaxis, :]
            cell = np.array([row]), np.array([column])
            top, bottom = int(row_taps[row][0]), int(row_taps[row][-1]) + 1
            link = Link(
                Box(INPUT, top, columns.padded_size - 1, bottom - top, 1),
                Box(OUTPUT, int(row), 0, 1, 1),
            )
            yield Frame(
                changes=(
                    *left,
                    Change(INPUT, *covered, pressed[covered]),
                    Change(OUTPUT, *cell, np.uint8(State.NOW)),
                ),
                links=(link,),
                counter=words.counter(step + 1, self.layer.n_steps),
                duration_ms=self.hold_ms if step == self.layer.n_steps - 1 else self.step_ms,
            )
            left = (
                Change(INPUT, *covered, self.resting[covered]),
                Change(OUTPUT, *cell, np.uint8(State.DONE)),
            )


def _legend(layer: Layer, resting: States) -> tuple[State, ...]:
    """Return the kinds of cells that occur in any frame."""
    readings = np.multiply.outer(*(steps.readings(axis) for axis in layer.axes))
    at_rest = resting[readings < layer.n_steps]
    pressed = steps.under_kernel(resting)[readings > 0]
    seen = {*np.unique(at_rest), *np.unique(pressed), State.NOW}
    if layer.n_steps > 1:
        seen |= {State.TO_COME, State.DONE}
    return tuple(state for state in State if state in seen)
