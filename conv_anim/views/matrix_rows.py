"""The frames of the matrix: those of the sliding picture, each with its row lit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from conv_anim.core.layer import Layer
from conv_anim.core.steps import Indexes
from conv_anim.scene.scene import Box, Change, Frame, Link
from conv_anim.scene.states import State
from conv_anim.views.cell_states import States
from conv_anim.views.sliding import SlideFrames


def unrolled_inputs(layer: Layer) -> tuple[Indexes, Indexes]:
    """Return the drawn rows and columns of the input cells, unrolled, each (1, n)."""
    rows, columns = ([axis.place(cell) for cell in range(axis.input_size)] for axis in layer.axes)
    y, x = np.meshgrid(rows, columns, indexing="ij")
    return y.reshape(1, -1), x.reshape(1, -1)


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
            in_use = np.where(row == State.WEIGHT, lit, self.x[0])
            yield replace(
                frame,
                changes=tuple(_unrolled(change, width) for change in frame.changes),
                shows=(
                    *(_unrolled(change, width) for change in frame.shows),
                    Change("matrix", np.array([step]), columns, lit),
                    Change("unrolled input", zero, columns, in_use),
                ),
                links=(Link(frame.links[0].tail, Box("matrix", step, 0, 1, len(columns))),),
            )


def _unrolled(change: Change, width: int) -> Change:
    """Return a change of the sliding picture, the output's as one of the unrolled output."""
    if change.grid != "output":
        return change
    rows = change.rows * width + change.columns
    return change._replace(grid="unrolled output", rows=rows, columns=np.zeros_like(rows))
