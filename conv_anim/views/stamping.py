"""The frames of the stamping picture: every input cell's stamp on the full output."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from conv_anim.core.steps import Indexes
from conv_anim.core.transposed import Transposed
from conv_anim.scene.arrangement import Arrangement
from conv_anim.scene.playback import occurring
from conv_anim.scene.scene import Box, Change, Chunks, Frame, Grid, Link, Scene
from conv_anim.scene.states import State
from conv_anim.views import captions, legends, number_format
from conv_anim.views.cell_states import States
from conv_anim.views.formulas import formulas
from conv_anim.views.stamped import Stamped, inside, is_reached, places
from conv_anim.views.string_table import widest_em


def stamping_scene(
    layer: Transposed,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    stamped: Stamped,
    lines: tuple[Chunks, ...],
    arrangement: Arrangement,
    words: Mapping[State, str],
    shaded: Sequence[State],
) -> Scene:
    """Return the scene of the stamps, with *lines* about them and the legend's *words*."""
    canvas = canvas_states(layer)
    label_em = widest_em(stamped.strings, stamped.input, *stamped.texts)
    products_em = 0.0
    if stamped.kernel:
        products_em = widest_em(stamped.strings, stamped.kernel.labels, stamped.products)
    own_em = label_em if label_em < products_em else 0.0
    resting = np.full(layer.i, State.INPUT, np.uint8)
    frames = StampFrames(layer, chosen, step_ms, hold_ms, stamped, canvas)
    n_steps = layer.n_inputs
    given = captions.parameters(layer, drawn=False)
    grids = {
        "input": Grid(
            resting,
            captions.input_captions(layer)[:1],
            labels=stamped.input,
            label_em=own_em,
        ),
        "full output": Grid(
            canvas,
            captions.canvas_captions(layer),
            levels=None if stamped.levels is None else np.full(canvas.shape, -1, np.int8),
            scale=stamped.scale,
            has_corners=stamped.weights is not None,
            label_em=own_em,
        ),
    }
    if stamped.kernel:
        grids["kernel"] = stamped.kernel
    grids = {role: grids[role] for role in arrangement.roles}
    kinds = occurring(grids, replace(frames, stamped=Stamped(("",))))
    return Scene(
        title=captions.title(layer),
        parameters=(*given, *lines),
        formulas=formulas(layer),
        grids=grids,
        arrangement=arrangement,
        legend=legends.named(kinds, words, shaded=shaded if stamped.levels is not None else ()),
        longest_counter=max(
            captions.counter(n_steps, n_steps), captions.cropping(layer), key=number_format.width_em
        ),
        frames=frames,
        strings=stamped.strings,
        numbers_em=None
        if stamped.after is None
        else (
            max(label_em, products_em),
            widest_em(stamped.strings, stamped.weights),
        ),
    )


def canvas_states(layer: Transposed) -> States:
    """Return what the full output is before the first stamp; output padding is its own kind."""
    sides = []
    for axis, size in enumerate(layer.canvas_size):
        end = layer.p[axis][0] + layer.output_size[axis]
        place = np.arange(size)
        sides.append((place >= end - layer.op[axis]) & (place < end))
    is_extra = np.logical_or.outer(*sides)
    return np.where(is_extra, np.uint8(State.EXTRA_TO_COME), np.uint8(State.TO_COME))


@dataclass(frozen=True, eq=False)
class StampFrames:
    """One frame for each of the chosen input cells, and one in which the padding is cropped."""

    layer: Transposed
    chosen: Sequence[int]
    step_ms: int
    hold_ms: int
    stamped: Stamped
    canvas: States

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
        done = 0
        for step in self.chosen:
            row, column = cells[step]
            one = np.array([row]), np.array([column])
            last = step == self.chosen[-1] and not self._is_complete
            yield Frame(
                changes=tuple(self.past(past) for past in range(done, step + 1)),
                shows=(
                    Change("input", *one, np.uint8(State.KERNEL_ON_INPUT)),
                    *self._products(step),
                    self.now(step),
                ),
                links=self._links(row, column),
                counter=captions.counter(step + 1, n_steps),
                duration_ms=self.hold_ms if last else self.step_ms,
            )
            done = step + 1
        if self._is_complete:
            yield Frame(
                changes=(self.final(),),
                links=(),
                counter=captions.cropping(layer),
                duration_ms=self.hold_ms,
            )

    def _area(self, step: int) -> tuple[Indexes, Indexes]:
        """Return the cells of the canvas that a stamp falls on."""
        row, column = divmod(step, self.layer.i[1])
        rows, columns = places(self.layer, 0)[row], places(self.layer, 1)[column]
        return rows[:, np.newaxis], columns[np.newaxis, :]

    def now(self, step: int) -> Change:
        """Return the cells that are being stamped."""
        after = None if self.stamped.after is None else self.stamped.after[step]
        return Change(
            "full output",
            *self._area(step),
            np.uint8(State.NOW),
            labels=after,
            corners=self.stamped.weights,
            levels=None if after is None else self.stamped.shades(after),
        )

    def past(self, step: int) -> Change:
        """Return the cells that have been stamped."""
        after = None if self.stamped.after is None else self.stamped.after[step]
        nothing = np.zeros((1, 1), np.intp)
        return Change(
            "full output",
            *self._area(step),
            np.uint8(State.DONE),
            labels=after if self.stamped.stays else nothing,
            corners=nothing,
            levels=None if after is None else self.stamped.shades(after),
        )

    def final(self) -> Change:
        """Return the whole canvas after the last stamp, the padding cropped."""
        y, x = np.mgrid[: self.layer.canvas_size[0], : self.layer.canvas_size[1]]
        is_extra = self.canvas == State.EXTRA_TO_COME
        done = np.where(is_extra, np.uint8(State.EXTRA_DONE), np.uint8(State.DONE))
        states = np.where(is_reached(self.layer), done, np.uint8(State.UNREACHED_DONE))
        final = self.stamped.final
        return Change(
            "full output",
            y,
            x,
            np.where(inside(self.layer), states, np.uint8(State.CROPPED_ZERO)),
            labels=final,
            levels=None if final is None else self.stamped.shades(final),
        )

    def _products(self, step: int) -> tuple[Change, ...]:
        """Return what the kernel's own grid says, if there is one."""
        if self.stamped.products is None:
            return ()
        rows, columns = np.ogrid[: self.layer.k[0], : self.layer.k[1]]
        labels = self.stamped.products[step]
        return (Change("kernel", rows, columns, np.uint8(State.WEIGHT), labels=labels),)

    def head(self, row: int, column: int) -> Box:
        """Return the rectangle that the stamp of an input cell falls on."""
        rows, columns = places(self.layer, 0)[row], places(self.layer, 1)[column]
        height, width = (int(taps[-1] - taps[0]) + 1 for taps in (rows, columns))
        return Box("full output", int(rows[0]), int(columns[0]), height, width)

    def _links(self, row: int, column: int) -> tuple[Link, ...]:
        """Return what leads from an input cell to its stamp, by way of the kernel's own grid."""
        tail, head = Box("input", row, column, 1, 1), self.head(row, column)
        if self.stamped.kernel is None:
            return (Link(tail, head),)
        kernel = Box("kernel", 0, 0, *self.layer.k)
        return Link(tail, kernel), Link(kernel, head)
