"""The matrix view: the layer as a product of a sparse matrix with the unrolled input.

The unrolled input is above the matrix, each cell over the column that it is multiplied with, and
the unrolled output is at its right, each cell beside its row. At its left the kernel slides over
the drawn input, and the row that it belongs to is lit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.scene.arrangement import NARROW_PT, Area, Arrangement
from conv_anim.scene.scene import Chunks, Grid, Scene
from conv_anim.scene.states import State
from conv_anim.views import captions, legends, slide
from conv_anim.views.formulas import formulas
from conv_anim.views.view import View, outputs

if TYPE_CHECKING:
    from conv_anim.views.annotations import Annotations

_OUTPUT_PT = 84


def arrange(layer: Layer, bias: float = 0) -> Arrangement:
    """Return the drawn input, the layer's matrix, the unrolled input and the unrolled output."""
    n_inputs, n_outputs = layer.n_inputs, layer.n_steps
    return Arrangement(
        areas={
            "input": slide.areas(layer)["input"],
            "matrix": Area("the matrix", (n_outputs, n_inputs)),
            "unrolled input": Area(
                "the unrolled input", (1, n_inputs), NARROW_PT, above="matrix", sign="×"
            ),
            "unrolled output": Area("the unrolled output", (n_outputs, 1), _OUTPUT_PT),
        },
        gaps=(3, 1.3),
        signs=("", "+ b =" if bias else "="),
    )


def matrix(
    layer: Layer,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    annotations: "Annotations | None" = None,
) -> Scene:
    """Return the scene: the drawn input, the matrix, the unrolled input and the unrolled output.

    Entries of the matrix have their taps' numbers, and with *annotations* their weights.
    """
    import numpy as np

    from conv_anim.core import matrix as unrolled
    from conv_anim.scene.playback import occurring
    from conv_anim.views import cell_states
    from conv_anim.views.matrix_rows import MatrixFrames, unrolled_inputs
    from conv_anim.views.sliding import SlideFrames
    from conv_anim.views.string_table import Strings, widest_em

    resting = cell_states.resting_states(layer)
    to_come, done = cell_states.output_states(layer)
    taps = unrolled.taps_at(layer)
    shape = to_come.size, layer.n_inputs
    entries = np.full(shape, State.ZERO, np.uint8)
    at = np.array(list(taps), np.intp).reshape(-1, 2).T
    entries[at[0], at[1]] = State.WEIGHT
    strings = Strings(
        annotations.digits if annotations else 0, annotations.strings if annotations else ()
    )
    labels = np.zeros(shape, np.intp)
    window = None
    if annotations and annotations.values.weights is not None:
        values = unrolled.matrix(layer, annotations.values.weights)
        labels[at[0], at[1]] = strings.written(values[at[0], at[1]])
        annotations = replace(annotations, weights=None)  # they are written in the matrix
    else:
        for (row, column), numbers in taps.items():
            labels[row, column] = strings.place(str(numbers[0]) if len(numbers) == 1 else "+")
        window = strings.written(unrolled.tap_numbers(layer).astype(np.float64))
    sliding = SlideFrames(layer, chosen, resting, done, step_ms, hold_ms, annotations, window)
    x = resting[unrolled_inputs(layer)]
    y = to_come.reshape(-1, 1)
    frames = MatrixFrames(sliding, entries, x)
    drawn_labels = annotations.input if annotations else None
    grids = {
        "input": Grid(
            resting,
            (*captions.drawn_captions(layer), *((captions.TURNED,) if layer.inserts_zeros else ())),
            labels=drawn_labels,
        ),
        "matrix": Grid(entries, (f"matrix {shape[0]}×{shape[1]}",), labels=labels),
        "unrolled input": Grid(
            x,
            (f"input {shape[1]}×1", *(("unrolled row by row",) if layer.ndim == 2 else ())),
            labels=None if drawn_labels is None else drawn_labels[unrolled_inputs(layer)],
        ),
        "unrolled output": Grid(y, (f"output {shape[0]}×1",)),
    }
    return Scene(
        title=captions.title(layer),
        parameters=(
            *captions.in_one_line(layer),
            *_lines(layer, taps, has_weights=annotations is not None),
        ),
        formulas=_formulas(layer),
        grids=grids,
        arrangement=arrange(layer, annotations.values.bias if annotations else 0),
        legend=legends.sliding(layer, occurring(grids, frames), words=_words(layer)),
        longest_counter=captions.counter(layer.n_steps, layer.n_steps),
        frames=frames,
        strings=strings.all,
        numbers_em=(
            widest_em(strings.all, labels, window, *(annotations.labels if annotations else ())),
            0,
        ),
        has_sums=annotations is not None,
    )


def _lines(
    layer: Layer, taps: Mapping[tuple[int, int], tuple[int, ...]], *, has_weights: bool
) -> tuple[Chunks, ...]:
    """Return what the matrix is."""
    lines: list[Chunks] = []
    if not layer.inserts_zeros:
        lines.append(("a row for each step: the kernel's taps where they read the input",))
        if any(len(numbers) > 1 for numbers in taps.values()):
            added = "where several taps read the same cell, their weights are added"
            lines.append((added if has_weights else f"{added}: +",))
    else:
        columns = "a column for each input cell: what it stamps"
        lines.append(("a row for each step: what it gathers;", columns))
        if all(op < s for op, s in zip(layer.output_padding, layer.s, strict=True)):
            lines.append(("the matrix of the standard layer that leads back, transposed",))
    return tuple(lines)


def _formulas(layer: Layer) -> tuple[Chunks, ...]:
    """Return the output size's formula, and the sizes of the matrix that follow from it.

    They are on the same line if there is but one.
    """
    *others, last = formulas(layer)
    rows, columns = _cells(layer, "o", layer.output_size), _cells(layer, "i", layer.i)
    sizes = f"{rows} row{'s'[layer.n_steps == 1 :]}, {columns} column{'s'[layer.n_inputs == 1 :]}"
    if others:
        return *others, last, (f"matrix: {sizes}",)
    *start, end = last
    return ((*start, f"{end};", sizes),)


def _cells(layer: Layer, letter: str, size: Pair) -> str:
    """Return how many cells there are of a size: «o·o = 2·2 = 4»."""
    rows, columns = size
    if layer.ndim == 1:
        return f"{letter} = {columns}"
    letters = f"{letter}·{letter} = " if rows == columns else ""
    return f"{letters}{rows}·{columns} = {rows * columns}"


def _words(layer: Layer) -> Mapping[State, str]:
    """Return what the legend calls kinds of cells."""
    return {
        State.ZERO: "zero",
        State.KERNEL_ON_INPUT: "in use",
        State.KERNEL_ON_ZERO: f"zero{' or padding' if layer.has_copies else ''}, in use",
    }


VIEW = View(
    "matrix",
    (Standard.name, Transposed.name),
    "as a matrix, row by row",
    arrange,
    outputs,
    matrix,
    without=("shade", "process"),
)
