"""The stamping view: every input cell adds its weighted kernel to the full output.

Where stamps overlap, sums add up; at the end the padding is cropped. As overlap, the cells count
how often they are stamped: Odena et al., «Deconvolution and checkerboard artifacts», Distill 2016.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from conv_anim import arrangement, numerals
from conv_anim.cells import State
from conv_anim.scene import SHADES, Box, Change, Frame, Grid, Link, Scene, Sum, occurring
from conv_anim.steps import Indexes, States
from conv_anim.transposed import Transposed
from conv_anim.values import Array, Values
from conv_anim.views import words
from conv_anim.views.strings import Strings, widest_em

INPUT, CANVAS = 0, 1
_NOTHING = np.zeros(0, np.intp)


@dataclass(frozen=True, eq=False)
class Stamped:
    """What is said and shaded in the cells; *sums* has the canvas after each step."""

    strings: tuple[str, ...]
    sums: NDArray[np.intp] | None
    """Places in *strings*, (steps + 1, rows, columns); the last is the output with its bias."""
    input: NDArray[np.intp] | None = None
    weights: NDArray[np.intp] | None = None
    levels: NDArray[np.int8] | None = None
    """Shades after each step, as *sums*."""
    scale: tuple[str, str] | None = None
    products: Array | None = None
    """What each step adds, (steps, taps)."""


def stamp(
    layer: Transposed,
    chosen: range,
    step_ms: int,
    hold_ms: int,
    values: Values | None = None,
    digits: int = 2,
) -> Scene:
    """Return the scene of stamps: grid 0 is the input, grid 1 the full output.

    There is a frame for each of the *chosen* input cells, counted from 0, shown *step_ms*
    milliseconds, and after the last input cell one in which the padding is cropped, shown
    *hold_ms*. With *values*, cells have numbers.
    """
    stamped = _running_sums(layer, values, digits) if values else Stamped(("",), None)
    lines = (("every input cell stamps the kernel; sums add up",),)
    return _scene(layer, chosen, step_ms, hold_ms, stamped, lines, digits)


def overlap(layer: Transposed, chosen: range, step_ms: int, hold_ms: int) -> Scene:
    """Return the scene of counts: how often each output cell has been stamped."""
    counts = _running_counts(layer)
    most = int(counts.max())
    stamped = Stamped(
        strings=("", *map(str, range(1, most + 1))),
        sums=counts,
        levels=np.where(counts > 0, (counts - 1) * (SHADES - 1) // max(1, most - 1), -1).astype(
            np.int8
        ),
        scale=("1", str(most)) if most > 1 else None,
    )
    return _scene(layer, chosen, step_ms, hold_ms, stamped, _evenness(layer), 0)


def is_even(layer: Transposed, axis: int) -> bool:
    """Return whether inside the output every cell is stamped equally often, along an axis.

    That is so when s divides k and has no factor in common with d.
    """
    k, s, d = layer.k[axis], layer.s[axis], layer.d[axis]
    return k % s == 0 and math.gcd(s, d) == 1


def _evenness(layer: Transposed) -> tuple[tuple[str, ...], ...]:
    """Return whether the overlap is even, and why."""

    def said(axis: int) -> str:
        k, s, d = layer.k[axis], layer.s[axis], layer.d[axis]
        if k % s:
            return f"uneven: s = {s} does not divide k = {k}"
        if math.gcd(s, d) > 1:
            return f"uneven: s = {s} and d = {d} have a factor in common"
        why = f"s = {s} divides k = {k}"
        return f"even: {why}" + (f" and has no factor in common with d = {d}" if d > 1 else "")

    rows, columns = said(0), said(1)
    if layer.ndim == 1 or rows == columns:
        return ((f"overlap inside the output is {columns}",),)
    return ((f"overlap of rows is {rows},",), (f"of columns {columns}",))


def _scene(
    layer: Transposed,
    chosen: range,
    step_ms: int,
    hold_ms: int,
    stamped: Stamped,
    lines: tuple[tuple[str, ...], ...],
    digits: int,
) -> Scene:
    canvas = np.where(_is_extra(layer), np.uint8(State.EXTRA_TO_COME), np.uint8(State.TO_COME))
    resting = np.full(layer.i, State.INPUT, np.uint8)
    frames = StampFrames(layer, chosen, step_ms, hold_ms, stamped, canvas, digits)
    n_steps = layer.i[0] * layer.i[1]
    sizes = layer.full_size, layer.output_size
    full, output = (layer.times(size).replace("×", " × ") for size in sizes)
    given = words.parameters(layer)[0]
    return Scene(
        title=words.title(layer),
        parameters=(given, *lines),
        formulas=words.formulas(layer),
        grids=(
            Grid(
                "input",
                resting,
                words.input_captions(layer)[:1],
                labels=stamped.input,
            ),
            Grid(
                "output",
                canvas,
                (f"full output {full}", f"output {output}"),
                levels=None if stamped.levels is None else np.full(canvas.shape, -1, np.int8),
                scale=stamped.scale,
            ),
        ),
        arrangement=arrangement.stamping(layer),
        legend=words.stamp_legend(frames.kinds(resting), shaded=stamped.levels is not None),
        longest_counter=max(
            words.counter(n_steps, n_steps), words.cropping(layer), key=numerals.width_em
        ),
        frames=frames,
        strings=stamped.strings,
        numbers_em=None
        if stamped.sums is None
        else (
            widest_em(stamped.strings, stamped.input, stamped.sums),
            widest_em(stamped.strings, stamped.weights),
        ),
        has_sums=stamped.products is not None,
    )


def _is_extra(layer: Transposed) -> NDArray[np.bool_]:
    """Return which cells of the canvas are there through output padding alone."""
    sides = []
    for axis, size in enumerate(layer.canvas_size):
        end = layer.p[axis][0] + layer.output_size[axis]
        place = np.arange(size)
        sides.append((place >= end - layer.op[axis]) & (place < end))
    return np.logical_or.outer(*sides)


def _places(layer: Transposed, axis: int) -> Indexes:
    """Return the cells of the canvas that each input cell's taps fall on, (i, k)."""
    anchors = np.arange(layer.i[axis])[:, np.newaxis] * layer.s[axis]
    return anchors + np.arange(layer.k[axis]) * layer.d[axis]


def _running_counts(layer: Transposed) -> Indexes:
    """Return how often each cell has been stamped, after each step and at the end."""
    rows, columns = _places(layer, 0), _places(layer, 1)
    counts = np.zeros((layer.i[0] * layer.i[1] + 1, *layer.canvas_size), np.intp)
    for step, (row, column) in enumerate(np.ndindex(*layer.i)):
        counts[step:, rows[row][:, np.newaxis], columns[column]] += 1
    return counts


def _running_sums(layer: Transposed, values: Values, digits: int) -> Stamped:
    """Return the sums after each step as they are written, «» where nothing was stamped yet."""
    assert values.kernel is not None
    rows, columns = _places(layer, 0), _places(layer, 1)
    sums = np.zeros((layer.i[0] * layer.i[1] + 1, *layer.canvas_size))
    products = []
    for step, at in enumerate(np.ndindex(*layer.i)):
        product = values.input[0][at] * values.kernel[0]
        products.append(product.ravel())
        sums[step:, rows[at[0]][:, np.newaxis], columns[at[1]]] += product
    inside = tuple(slice(p[0], p[0] + o) for p, o in zip(layer.p, layer.output_size, strict=True))
    sums[-1][inside] += values.bias
    strings = Strings(digits)
    written = strings.written(sums)
    shown = np.where(_running_counts(layer) > 0, written, 0)
    shown[-1][inside] = written[-1][inside]
    return Stamped(
        sums=shown,
        input=strings.written(values.input[0]),
        weights=strings.written(values.kernel[0], "×"),
        strings=strings.all,
        products=np.array(products),
    )


@dataclass(frozen=True, eq=False)
class StampFrames:
    """One frame for each of the chosen input cells, and one in which the padding is cropped."""

    layer: Transposed
    chosen: range
    step_ms: int
    hold_ms: int
    stamped: Stamped
    canvas: States
    digits: int

    def __len__(self) -> int:
        return len(self.chosen) + self._is_complete

    @property
    def _is_complete(self) -> bool:
        """Whether the last input cell's stamp is among those shown."""
        return self.chosen[-1] == self.layer.i[0] * self.layer.i[1] - 1

    def __iter__(self) -> Iterator[Frame]:
        layer = self.layer
        rows, columns = _places(layer, 0), _places(layer, 1)
        n_steps = layer.i[0] * layer.i[1]
        cells = list(np.ndindex(*layer.i))
        everywhere = tuple(np.mgrid[: layer.canvas_size[0], : layer.canvas_size[1]])
        states = self.canvas.copy()
        pressed: Change | None = None
        done = 0
        for step in self.chosen:
            changes = [pressed] if pressed else []
            for past in range(done, step + 1):  # those of unseen steps, too
                row, column = cells[past]
                at = np.ix_(rows[row], columns[column])
                states[states == State.NOW] = State.DONE
                states[at] = State.NOW
            done = step + 1
            row, column = cells[step]
            one = np.array([row]), np.array([column])
            changes.append(Change(INPUT, *one, np.uint8(State.KERNEL_ON_INPUT)))
            changes.append(self._shown(everywhere, states, step, rows[row], columns[column]))
            pressed = Change(INPUT, *one, np.uint8(State.INPUT))
            last = step == self.chosen[-1] and not self._is_complete
            yield Frame(
                changes=tuple(changes),
                links=(self._link(cells[step], rows[row], columns[column]),),
                counter=words.counter(step + 1, n_steps),
                duration_ms=self.hold_ms if last else self.step_ms,
                sum=self._sum(step),
            )
        if self._is_complete:
            final = np.where(states == State.TO_COME, np.uint8(State.UNREACHED_DONE), states)
            final[(states == State.NOW) | (states == State.DONE)] = State.DONE
            extra = self.canvas == State.EXTRA_TO_COME
            reached = (states == State.NOW) | (states == State.DONE)
            final[extra] = np.where(reached, State.EXTRA_DONE, State.UNREACHED_DONE)[extra]
            final[self._cropped()] = State.CROPPED_ZERO
            changes = [pressed] if pressed else []
            yield Frame(
                changes=(*changes, self._shown(everywhere, final, n_steps, _NOTHING, _NOTHING)),
                links=(),
                counter=words.cropping(layer),
                duration_ms=self.hold_ms,
                sum=None,
            )

    def _shown(
        self,
        everywhere: tuple[Indexes, ...],
        states: States,
        step: int,
        rows: Indexes,
        columns: Indexes,
    ) -> Change:
        """Return the whole canvas as it is after a step, with the kernel's weights on it."""
        stamped = self.stamped
        corners = None
        if stamped.weights is not None:
            corners = np.zeros(states.shape, np.intp)
            if len(rows):
                corners[np.ix_(rows, columns)] = stamped.weights
        return Change(
            CANVAS,
            everywhere[0],
            everywhere[1],
            states.copy(),
            labels=None if stamped.sums is None else stamped.sums[step],
            corners=corners,
            levels=None if stamped.levels is None else stamped.levels[step],
        )

    def _link(self, cell: tuple[int, ...], rows: Indexes, columns: Indexes) -> Link:
        height, width = (int(taps[-1] - taps[0]) + 1 for taps in (rows, columns))
        tail = Box(INPUT, cell[0], cell[1], 1, 1)
        return Link(tail, Box(CANVAS, int(rows[0]), int(columns[0]), height, width))

    def _sum(self, step: int) -> Sum | None:
        """Return what a step adds to the cells under it, row by row."""
        if self.stamped.products is None:
            return None
        written = [numerals.written(float(x), self.digits) for x in self.stamped.products[step]]
        return Sum("adds ", tuple(written), ", ", "")

    def _cropped(self) -> NDArray[np.bool_]:
        """Return which cells of the canvas are no part of the output."""
        sides = []
        for axis, size in enumerate(self.layer.canvas_size):
            place = np.arange(size)
            before = self.layer.p[axis][0]
            sides.append((place < before) | (place >= before + self.layer.output_size[axis]))
        return np.logical_or.outer(*sides)

    def kinds(self, resting: States) -> set[State]:
        """Return the kinds of cells that occur in any frame."""
        plain = replace(self, stamped=Stamped(("",), None))
        return occurring(plain, resting, self.canvas)
