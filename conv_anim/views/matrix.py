"""The matrix view: the layer as a product of a sparse matrix with the unrolled input.

Beside it the kernel slides over the drawn input, and the row that it stands for is lit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from conv_anim.core import matrix as unrolled
from conv_anim.core import steps
from conv_anim.core.layer import Layer
from conv_anim.core.steps import Indexes, States
from conv_anim.core.transposed import Transposed
from conv_anim.scene.playback import occurring
from conv_anim.scene.scene import Box, Change, Chunks, Frame, Grid, Link, Scene
from conv_anim.scene.states import State
from conv_anim.views import arrange, captions, legends
from conv_anim.views.annotations import Figures
from conv_anim.views.slide import SlideFrames
from conv_anim.views.string_table import Strings, widest_em


def matrix(
    layer: Layer, chosen: Sequence[int], step_ms: int, hold_ms: int, figures: Figures | None = None
) -> Scene:
    """Return the scene: the drawn input, the matrix, the unrolled input and the unrolled output.

    Entries of the matrix have their taps' numbers, and with *figures* their weights.
    """
    resting = steps.resting_states(layer)
    to_come, done = steps.output_states(layer)
    taps = unrolled.taps_at(layer)
    shape = to_come.size, layer.n_inputs
    entries = np.full(shape, State.ZERO, np.uint8)
    at = np.array(list(taps), np.intp).reshape(-1, 2).T
    entries[at[0], at[1]] = State.WEIGHT
    strings = Strings(figures.digits if figures else 0, figures.strings if figures else ())
    labels = np.zeros(shape, np.intp)
    window = None
    if figures and figures.values.weights is not None:
        values = unrolled.matrix(layer, figures.values.weights[0])
        labels[at[0], at[1]] = strings.written(values[at[0], at[1]])
        figures = replace(figures, weights=None)  # they stand in the matrix
    else:
        for (row, column), numbers in taps.items():
            labels[row, column] = strings.place(str(numbers[0]) if len(numbers) == 1 else "+")
        window = strings.written(unrolled.tap_numbers(layer).astype(np.float64))
    sliding = SlideFrames(layer, chosen, resting, done, step_ms, hold_ms, figures, window)
    x = resting[_inputs(layer)]
    y = to_come.reshape(-1, 1)
    frames = MatrixFrames(sliding, entries, x)
    drawn_labels = figures.input if figures else None
    grids = {
        "input": Grid(resting, captions.input_captions(layer), labels=drawn_labels),
        "matrix": Grid(entries, (f"matrix {shape[0]} × {shape[1]}",), labels=labels),
        "unrolled input": Grid(
            x,
            ("input", f"{shape[1]} × 1"),
            labels=None if drawn_labels is None else drawn_labels[_inputs(layer)],
        ),
        "unrolled output": Grid(y, ("output", f"{shape[0]} × 1")),
    }
    return Scene(
        title=captions.title(layer),
        parameters=(
            *captions.parameters(layer),
            *_lines(layer, taps, has_weights=figures is not None),
        ),
        formulas=captions.formulas(layer),
        grids=grids,
        arrangement=arrange.unrolled(layer, figures.values.bias if figures else 0),
        legend=legends.matrix(layer, occurring(grids, frames)),
        longest_counter=captions.counter(layer.n_steps, layer.n_steps),
        frames=frames,
        strings=strings.all,
        numbers_em=(
            widest_em(strings.all, labels, window, *(figures.labels if figures else ())),
            0,
        ),
        has_sums=figures is not None,
    )


def _lines(
    layer: Layer, taps: Mapping[tuple[int, int], tuple[int, ...]], *, has_weights: bool
) -> tuple[Chunks, ...]:
    """Return what the matrix is."""
    lines: list[Chunks] = []
    if not isinstance(layer, Transposed):
        lines.append(("a row for each step: the kernel's taps where they read the input",))
        if any(len(numbers) > 1 for numbers in taps.values()):
            said = "where several taps read the same cell, their weights are added"
            lines.append((said if has_weights else f"{said}: +",))
    else:
        columns = "a column for each input cell: its stamp"
        lines.append(("a row for each step: what it gathers;", columns))
        if all(op < s for op, s in zip(layer.op, layer.s, strict=True)):
            lines.append(("the matrix of the standard layer that leads back, transposed",))
    if layer.ndim == 2:
        lines.append(("input and output are unrolled row by row",))
    return tuple(lines)


def _inputs(layer: Layer) -> tuple[Indexes, Indexes]:
    """Return the drawn rows and columns of the input cells, unrolled."""
    rows, columns = ([axis.place(cell) for cell in range(axis.input_size)] for axis in layer.axes)
    y, x = np.meshgrid(rows, columns, indexing="ij")
    return y.reshape(-1, 1), x.reshape(-1, 1)


@dataclass(frozen=True, eq=False)
class MatrixFrames:
    """The frames of the sliding picture, each with its row of the matrix."""

    sliding: SlideFrames
    entries: States
    x: States

    def __len__(self) -> int:
        return len(self.sliding)

    def __iter__(self) -> Iterator[Frame]:
        width = self.sliding.done.shape[1]
        columns = np.arange(self.entries.shape[1])
        zero = np.zeros(1, np.intp)
        for step, frame in zip(self.sliding.chosen, self.sliding, strict=True):
            row = self.entries[step]
            lit = np.where(
                row == State.WEIGHT, np.uint8(State.KERNEL_ON_INPUT), np.uint8(State.KERNEL_ON_ZERO)
            )
            in_use = np.where(row == State.WEIGHT, lit, self.x[:, 0])
            yield replace(
                frame,
                changes=tuple(_unrolled(change, width) for change in frame.changes),
                shows=(
                    *(_unrolled(change, width) for change in frame.shows),
                    Change("matrix", np.array([step]), columns, lit),
                    Change("unrolled input", columns, zero, in_use),
                ),
                links=(Link(frame.links[0].tail, Box("matrix", step, 0, 1, len(columns))),),
            )


def _unrolled(change: Change, width: int) -> Change:
    """Return a change of the sliding picture, the output's as one of the unrolled output."""
    if change.grid != "output":
        return change
    rows = change.rows * width + change.columns
    return change._replace(grid="unrolled output", rows=rows, columns=np.zeros_like(rows))
