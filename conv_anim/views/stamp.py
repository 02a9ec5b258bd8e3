"""The stamping view: every input cell adds its weighted kernel to the full output.

Where stamps overlap, sums add up; at the end the padding is cropped. As overlap, the cells count
how often they are stamped: Odena et al., «Deconvolution and checkerboard artifacts», Distill 2016.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from conv_anim import numerals
from conv_anim.cells import State
from conv_anim.scene import SHADES, Box, Change, Frame, Grid, Link, Scene, Sum, occurring
from conv_anim.steps import Indexes, States
from conv_anim.transposed import Transposed
from conv_anim.values import Array, Values
from conv_anim.views import arrange, words
from conv_anim.views.figures import Figures
from conv_anim.views.strings import Strings, widest_em

INPUT, CANVAS = 0, 1


@dataclass(frozen=True, eq=False)
class Stamped:
    """What is said and shaded in the cells of the full output; all are places in *strings*."""

    strings: tuple[str, ...]
    after: "NDArray[np.intp] | _RunningCounts | None" = None
    """What each stamp's cells say after it, by its step, shape *k*."""
    final: NDArray[np.intp] | None = None
    """What all cells say at the end, (rows, columns)."""
    texts: tuple[Indexes, ...] = ()
    """Places among which all are that cells say, for their width."""
    stays: bool = True
    """Whether cells say it still after the next stamp."""
    input: NDArray[np.intp] | None = None
    weights: NDArray[np.intp] | None = None
    """The corners of a stamp's cells, shape *k*."""
    levels: NDArray[np.int8] | None = None
    """Shades of the numbers in ``after``, by their places in *strings*."""
    scale: tuple[str, str] | None = None
    products: Array | None = None
    """What each step adds, (steps, taps)."""

    def shades(self, places: Indexes) -> NDArray[np.int8] | None:
        """Return the shades of cells that say this."""
        return None if self.levels is None else self.levels[places]


def stamp(
    layer: Transposed,
    chosen: range,
    step_ms: int,
    hold_ms: int,
    figures: Figures | None = None,
) -> Scene:
    """Return the scene of stamps: grid 0 is the input, grid 1 the full output.

    There is a frame for each of the *chosen* input cells, counted from 0, shown *step_ms*
    milliseconds, and after the last input cell one in which the padding is cropped, shown
    *hold_ms*. With *figures*, cells have numbers.
    """
    digits = figures.digits if figures else 0
    stamped = running_sums(layer, figures.values, Strings(digits)) if figures else Stamped(("",))
    lines = (("every input cell stamps the kernel; sums add up",),)
    return _scene(layer, chosen, step_ms, hold_ms, stamped, lines, digits)


def overlap(
    layer: Transposed, chosen: range, step_ms: int, hold_ms: int, figures: Figures | None = None
) -> Scene:
    """Return the scene of counts: how often each output cell has been stamped; no other numbers."""
    running = _RunningCounts(layer)
    most = int(running.final.max())
    counts = np.arange(most + 1)
    shades = np.where(counts > 0, (counts - 1) * (SHADES - 1) // max(1, most - 1), -1)
    stamped = Stamped(
        strings=("", *map(str, counts[1:])),
        after=running,
        final=running.final,
        texts=(running.final,),
        levels=shades.astype(np.int8),
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
    canvas = canvas_states(layer)
    resting = np.full(layer.i, State.INPUT, np.uint8)
    frames = StampFrames(layer, chosen, step_ms, hold_ms, stamped, canvas, digits)
    n_steps = layer.n_inputs
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
                words.canvas_captions(layer),
                levels=None if stamped.levels is None else np.full(canvas.shape, -1, np.int8),
                scale=stamped.scale,
                has_corners=stamped.weights is not None,
            ),
        ),
        arrangement=arrange.stamping(layer),
        legend=words.stamp_legend(frames.kinds(resting), shaded=stamped.levels is not None),
        longest_counter=max(
            words.counter(n_steps, n_steps), words.cropping(layer), key=numerals.width_em
        ),
        frames=frames,
        strings=stamped.strings,
        numbers_em=None
        if stamped.after is None
        else (
            widest_em(stamped.strings, stamped.input, *stamped.texts),
            widest_em(stamped.strings, stamped.weights),
        ),
        has_sums=stamped.products is not None,
    )


def canvas_states(layer: Transposed) -> States:
    """Return what the full output is before the first stamp; output padding is told apart."""
    sides = []
    for axis, size in enumerate(layer.canvas_size):
        end = layer.p[axis][0] + layer.output_size[axis]
        place = np.arange(size)
        sides.append((place >= end - layer.op[axis]) & (place < end))
    is_extra = np.logical_or.outer(*sides)
    return np.where(is_extra, np.uint8(State.EXTRA_TO_COME), np.uint8(State.TO_COME))


def _places(layer: Transposed, axis: int) -> Indexes:
    """Return the cells of the canvas that each input cell's taps fall on, (i, k)."""
    anchors = np.arange(layer.i[axis])[:, np.newaxis] * layer.s[axis]
    return anchors + np.arange(layer.k[axis]) * layer.d[axis]


class _RunningCounts:
    """How often the cells of each stamp have been stamped after it, shape *k*.

    A stamp (a, b) follows all of the rows before a, and in row a those up to b.
    """

    def __init__(self, layer: Transposed) -> None:
        self._width = layer.i[1]
        self._places = _places(layer, 0), _places(layer, 1)
        self._counts = [
            np.cumsum(_is_stamped(layer, axis), axis=0, dtype=np.intp) for axis in range(2)
        ]

    def __getitem__(self, step: int) -> Indexes:
        at = divmod(step, self._width)
        rows, columns = (places[cell] for places, cell in zip(self._places, at, strict=True))
        above = self._counts[0][at[0], rows] - 1
        in_row, in_all = (self._counts[1][until, columns] for until in (at[1], -1))
        counts: Indexes = in_row + np.multiply.outer(above, in_all)
        return counts

    @property
    def final(self) -> Indexes:
        """How often all cells have been stamped at the end, (rows, columns)."""
        final: Indexes = np.multiply.outer(self._counts[0][-1], self._counts[1][-1])
        return final


def _is_stamped(layer: Transposed, axis: int) -> NDArray[np.bool_]:
    """Return which cells of the canvas each input cell's stamp falls on, (i, cells)."""
    stamped = np.zeros((layer.i[axis], layer.canvas_size[axis]), dtype=bool)
    np.put_along_axis(stamped, _places(layer, axis), True, axis=1)
    return stamped


def running_sums(layer: Transposed, values: Values, strings: Strings) -> Stamped:
    """Return the sums after each step as they are written, «» where nothing is stamped."""
    assert values.kernel is not None
    rows, columns = _places(layer, 0), _places(layer, 1)
    sums = np.zeros(layer.canvas_size)
    after = np.zeros((layer.n_inputs, *layer.k))
    products = values.input[0].reshape(-1, 1, 1) * values.kernel[0]
    for step, (row, column) in enumerate(np.ndindex(*layer.i)):
        at = np.ix_(rows[row], columns[column])
        sums[at] += products[step]
        after[step] = sums[at]
    inside = _inside(layer)
    said = _is_reached(layer) | inside
    running = strings.written(after)
    final = np.where(said, strings.written(np.where(inside, sums + values.bias, sums)), 0)
    return Stamped(
        after=running,
        final=final,
        texts=(running, final),
        input=strings.written(values.input[0]),
        weights=strings.written(values.kernel[0], "×"),
        strings=strings.all,
        products=products.reshape(len(products), -1),
    )


def numbered(layer: Transposed, taps: Indexes, strings: tuple[str, ...]) -> Stamped:
    """Return what the *taps* say, shape *k*, on each stamp for as long as it is made."""
    return Stamped(
        after=np.broadcast_to(taps, (layer.n_inputs, *layer.k)),
        final=np.zeros(layer.canvas_size, np.intp),
        texts=(taps,),
        stays=False,
        strings=strings,
    )


def _is_reached(layer: Transposed) -> NDArray[np.bool_]:
    """Return which cells of the canvas any stamp falls on."""
    return np.logical_and.outer(*(_is_stamped(layer, axis).any(axis=0) for axis in range(2)))


def _inside(layer: Transposed) -> NDArray[np.bool_]:
    """Return which cells of the canvas are the output."""
    sides = []
    for axis, size in enumerate(layer.canvas_size):
        place, before = np.arange(size), layer.p[axis][0]
        sides.append((place >= before) & (place < before + layer.output_size[axis]))
    return np.logical_and.outer(*sides)


@dataclass(frozen=True, eq=False)
class StampFrames:
    """One frame for each of the chosen input cells, and one in which the padding is cropped."""

    layer: Transposed
    chosen: Sequence[int]
    step_ms: int
    hold_ms: int
    stamped: Stamped
    canvas: States
    digits: int = 0

    def __len__(self) -> int:
        return len(self.chosen) + self._is_complete

    @property
    def _is_complete(self) -> bool:
        """Whether the last input cell's stamp is among those shown."""
        return self.chosen[-1] == self.layer.i[0] * self.layer.i[1] - 1

    def __iter__(self) -> Iterator[Frame]:
        layer = self.layer
        n_steps = layer.n_inputs
        cells = list(np.ndindex(*layer.i))
        left: tuple[Change, ...] = ()  # what the last stamp shown leaves
        done = 0
        for step in self.chosen:
            unseen = [self._past(past) for past in range(done, step)]
            row, column = cells[step]
            one = np.array([row]), np.array([column])
            last = step == self.chosen[-1] and not self._is_complete
            yield Frame(
                changes=(
                    *left,
                    *unseen,
                    Change(INPUT, *one, np.uint8(State.KERNEL_ON_INPUT)),
                    self._now(step),
                ),
                links=(self._link(row, column),),
                counter=words.counter(step + 1, n_steps),
                duration_ms=self.hold_ms if last else self.step_ms,
                sum=self._sum(step),
            )
            left = (Change(INPUT, *one, np.uint8(State.INPUT)), self._past(step))
            done = step + 1
        if self._is_complete:
            yield Frame(
                changes=(*left, self._final()),
                links=(),
                counter=words.cropping(layer),
                duration_ms=self.hold_ms,
            )

    def _area(self, step: int) -> tuple[Indexes, Indexes]:
        """Return the cells of the canvas that a stamp falls on."""
        row, column = divmod(step, self.layer.i[1])
        rows, columns = _places(self.layer, 0)[row], _places(self.layer, 1)[column]
        return rows[:, np.newaxis], columns[np.newaxis, :]

    def _now(self, step: int) -> Change:
        """Return the cells that are being stamped."""
        after = None if self.stamped.after is None else self.stamped.after[step]
        return Change(
            CANVAS,
            *self._area(step),
            np.uint8(State.NOW),
            labels=after,
            corners=self.stamped.weights,
            levels=None if after is None else self.stamped.shades(after),
        )

    def _past(self, step: int) -> Change:
        """Return the cells that have been stamped."""
        after = None if self.stamped.after is None else self.stamped.after[step]
        nothing = np.zeros((1, 1), np.intp)
        return Change(
            CANVAS,
            *self._area(step),
            np.uint8(State.DONE),
            labels=after if self.stamped.stays else nothing,
            corners=nothing,
            levels=None if after is None else self.stamped.shades(after),
        )

    def _final(self) -> Change:
        """Return the whole canvas after the last stamp, the padding cropped."""
        y, x = np.mgrid[: self.layer.canvas_size[0], : self.layer.canvas_size[1]]
        is_extra = self.canvas == State.EXTRA_TO_COME
        done = np.where(is_extra, np.uint8(State.EXTRA_DONE), np.uint8(State.DONE))
        states = np.where(_is_reached(self.layer), done, np.uint8(State.UNREACHED_DONE))
        final = self.stamped.final
        return Change(
            CANVAS,
            y,
            x,
            np.where(_inside(self.layer), states, np.uint8(State.CROPPED_ZERO)),
            labels=final,
            levels=None if final is None else self.stamped.shades(final),
        )

    def _link(self, row: int, column: int) -> Link:
        rows, columns = _places(self.layer, 0)[row], _places(self.layer, 1)[column]
        height, width = (int(taps[-1] - taps[0]) + 1 for taps in (rows, columns))
        tail = Box(INPUT, row, column, 1, 1)
        return Link(tail, Box(CANVAS, int(rows[0]), int(columns[0]), height, width))

    def _sum(self, step: int) -> Sum | None:
        """Return what a step adds to the cells under it, row by row."""
        if self.stamped.products is None:
            return None
        written = [numerals.written(float(x), self.digits) for x in self.stamped.products[step]]
        return Sum("adds ", tuple(written), ", ", "")

    def kinds(self, resting: States) -> set[State]:
        """Return the kinds of cells that occur in any frame."""
        plain = replace(self, stamped=Stamped(("",)))
        return occurring(plain, resting, self.canvas)
