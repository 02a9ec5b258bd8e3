"""The scene of stamps with channels: planes, the kernels of a filter, and what they leave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from conv_anim.core.steps import Indexes
from conv_anim.core.transposed import Transposed
from conv_anim.core.values import Array, Values
from conv_anim.scene.arrangement import Arrangement
from conv_anim.scene.playback import occurring
from conv_anim.scene.scene import Box, Caption, Change, Frame, Grid, Joint, Link, Scene
from conv_anim.scene.states import NOTHING, State
from conv_anim.views import captions, channel_words, legends
from conv_anim.views.channel_numbers import ChannelNumbers
from conv_anim.views.formulas import formulas
from conv_anim.views.shown_channels import FULL, ShownChannels, role
from conv_anim.views.stamp_words import WORDS
from conv_anim.views.stamped import Stamped, running
from conv_anim.views.stamping import StampFrames, canvas_states
from conv_anim.views.string_table import Strings, widest_em


def stamping(
    layer: Transposed,
    shown: ShownChannels,
    arrangement: Arrangement,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    numbers: ChannelNumbers | None = None,
) -> Scene:
    """Return the scene: a step is an input cell of all planes that a drawn filter reads.

    There is a frame for each of the *chosen* steps, counted from 0, shown *step_ms* milliseconds,
    and after the last of all one in which the padding is cropped, shown *hold_ms*.
    """
    texts = Texts.of(layer, shown, numbers) if numbers and numbers.input is not None else None
    frames = ChannelStamps(layer, shown, chosen, step_ms, hold_ms, texts)
    grids = _grids(layer, shown, texts, numbers.kernel_name if numbers else "")
    grids = {name: grids[name] for name in arrangement.roles}
    line = ["every input cell stamps the kernels of a filter; sums add up"]
    if numbers is not None and numbers.values.bias.any():
        line = [f"{line[0]};", "at the end the filter's bias is added"]
        layer = layer.with_bias()
    lowest = role("kernel", shown.inputs[-1])
    return Scene(
        title=channel_words.title(layer),
        parameters=(*channel_words.parameters(layer, drawn=False), tuple(line)),
        formulas=formulas(layer),
        grids=grids,
        arrangement=arrangement,
        legend=legends.named(occurring(grids, replace(frames, texts=None)), WORDS),
        longest_counter=max(
            channel_words.counter(layer, layer.out_channels, layer.n_inputs, layer.n_inputs),
            captions.cropping(layer),
            key=len,
        ),
        frames=frames,
        captions=tuple(Caption(lowest, f"filter {f + 1}", 0) for f in shown.outputs)
        if layer.out_channels > 1
        else (),
        strings=texts.strings if texts else ("",),
        numbers_em=texts.widest_em if texts else None,
    )


@dataclass(frozen=True, eq=False)
class Texts:
    """What cells say, as places in *strings*."""

    strings: tuple[str, ...]
    input: Indexes
    """(drawn channels, rows, columns)."""
    kernel: Indexes
    """Weights, (drawn filters, drawn channels, *k*); nothing where one is not read."""
    products: Indexes
    """(drawn filters, drawn channels, input cells, *k*)."""
    stamped: tuple[Stamped, ...]
    """What the stamps of each drawn filter leave."""

    @classmethod
    def of(cls, layer: Transposed, shown: ShownChannels, numbers: ChannelNumbers) -> "Texts":
        """Return what cells say of the numbers of a layer."""
        values, strings = numbers.values, Strings(numbers.digits)
        planes = values.input[[*shown.inputs]]
        kernel = np.zeros((len(shown.outputs), len(shown.inputs), *layer.k), np.intp)
        products = np.zeros((*kernel.shape[:2], layer.n_inputs, *layer.k), np.intp)
        stamped = []
        for number, filter_ in enumerate(shown.outputs):
            for place, channel in enumerate(shown.inputs):
                if channel in layer.reads(filter_):
                    weights = _kernel(values, channel, filter_)
                    kernel[number, place] = strings.written(weights)
                    found = strings.products(values.input[channel], weights)
                    products[number, place] = found.reshape(-1, *layer.k)
            after, final, has_text = running(layer, _added(values, filter_), values.bias[filter_])
            stamped.append((strings.written(after), np.where(has_text, strings.written(final), 0)))
        written = strings.written(planes)
        return cls(
            strings.all,
            written,
            kernel,
            products,
            tuple(Stamped(strings.all, after=after, final=final) for after, final in stamped),
        )

    @property
    def widest_em(self) -> tuple[float, float]:
        """The widest label, in font sizes, and that there are no corners."""
        found = [self.input, self.kernel, self.products]
        for own in self.stamped:
            assert isinstance(own.after, np.ndarray)
            assert own.final is not None
            found += [own.after, own.final]
        return widest_em(self.strings, *found), 0.0


def _kernel(values: Values, channel: int, filter_: int) -> Array:
    """Return the weights that a channel stamps for a filter, as PyTorch has them."""
    assert values.kernel is not None
    kernel: Array = values.kernel[channel, filter_ % values.layer.filters_per_group]
    return kernel


def _added(values: Values, filter_: int) -> Array:
    """Return what all channels that a filter reads stamp together, (input cells, *k*)."""
    layer = values.layer
    total = np.zeros((layer.n_inputs, *layer.k))
    for channel in layer.reads(filter_):
        total += values.input[channel].reshape(-1, 1, 1) * _kernel(values, channel, filter_)
    return total


def _grids(
    layer: Transposed, shown: ShownChannels, texts: Texts | None, kernel_name: str
) -> dict[str, Grid]:
    """Return the grids by their roles; what is written of a column is its last one's."""
    inputs, canvas = np.full(layer.i, State.INPUT, np.uint8), canvas_states(layer)
    nothing = np.full(layer.k, NOTHING, np.uint8)
    found = {
        role("input", channel): Grid(inputs, (), labels=texts.input[place] if texts else None)
        for place, channel in enumerate(shown.inputs)
    }
    found |= {role("kernel", channel): Grid(nothing, ()) for channel in shown.inputs}
    found |= {role(FULL, filter_): Grid(canvas, ()) for filter_ in shown.outputs}
    written = {
        role("input", shown.inputs[-1]): channel_words.of_channels(
            captions.input_captions(layer)[0], layer.in_channels
        ),
        role("kernel", shown.inputs[-1]): captions.stamp_captions(layer, kernel_name),
        role(FULL, shown.outputs[-1]): captions.canvas_captions(layer),
    }
    return {
        name: replace(grid, captions=written[name]) if name in written else grid
        for name, grid in found.items()
    }


@dataclass(frozen=True, eq=False)
class ChannelStamps:
    """One frame for each of the chosen steps, and one in which the padding is cropped."""

    layer: Transposed
    shown: ShownChannels
    chosen: Sequence[int]
    step_ms: int
    hold_ms: int
    texts: Texts | None = None

    def __len__(self) -> int:
        return len(self.chosen) + self._is_complete

    @property
    def _is_complete(self) -> bool:
        """Whether the last of all steps is among those shown."""
        return self.chosen[-1] == len(self.shown.outputs) * self.layer.n_inputs - 1

    @cached_property
    def _alone(self) -> list[StampFrames]:
        """The stamps of each drawn filter by themselves."""
        canvas = canvas_states(self.layer)
        return [
            StampFrames(
                self.layer,
                (0,),
                self.step_ms,
                self.hold_ms,
                self.texts.stamped[number] if self.texts else Stamped(("",)),
                canvas,
            )
            for number in range(len(self.shown.outputs))
        ]

    def _at(self, step: int) -> tuple[int, int]:
        """Return which of the drawn filters a step is of, and which input cell stamps."""
        if self.shown.by_position:
            cell, number = divmod(step, len(self.shown.outputs))
            return number, cell
        return divmod(step, self.layer.n_inputs)

    def _n_stamped(self, step: int) -> list[int]:
        """Return how many stamps there are of each drawn filter after a step."""
        now, cell = self._at(step)
        numbers = range(len(self.shown.outputs))
        if self.shown.by_position:
            return [cell + (number <= now) for number in numbers]
        whole = self.layer.n_inputs
        return [whole if number < now else (cell + 1) * (number == now) for number in numbers]

    def __iter__(self) -> Iterator[Frame]:
        before: int | None = None
        done = [0] * len(self.shown.outputs)
        for step in self.chosen:
            number, cell = self._at(step)
            changes = []
            for other, count in enumerate(self._n_stamped(step)):
                grid = role(FULL, self.shown.outputs[other])
                past = map(self._alone[other].past, range(done[other], count))
                changes += [change._replace(grid=grid) for change in past]
                done[other] = max(done[other], count)
            if number != before:
                changes += self._filter(number)
                before = number
            is_last = step == self.chosen[-1] and not self._is_complete
            duration_ms = self.hold_ms if is_last else self.step_ms
            yield self._frame(number, cell, duration_ms, tuple(changes))
        if self._is_complete:
            yield Frame(
                changes=tuple(
                    alone.final()._replace(grid=role(FULL, filter_))
                    for alone, filter_ in zip(self._alone, self.shown.outputs, strict=True)
                ),
                links=(),
                counter=captions.cropping(self.layer),
                duration_ms=self.hold_ms,
                caption=before if self.layer.out_channels > 1 else None,
            )

    def _frame(
        self, number: int, cell: int, duration_ms: int, changes: tuple[Change, ...]
    ) -> Frame:
        """Return the frame of a drawn filter in which an input cell of each plane stamps."""
        shown, layer, filter_ = self.shown, self.layer, self.shown.outputs[number]
        row, column = divmod(cell, layer.i[1])
        one = np.array([row]), np.array([column])
        output = role(FULL, filter_)
        alone = self._alone[number]
        shows = [alone.now(cell)._replace(grid=output)]
        links = []
        for channel in shown.read(filter_):
            grid, kernel = role("input", channel), role("kernel", channel)
            shows.append(Change(grid, *one, np.uint8(State.KERNEL_ON_INPUT)))
            if self.texts:
                y, x = np.ogrid[: layer.k[0], : layer.k[1]]
                labels = self.texts.products[number, shown.inputs.index(channel), cell]
                shows.append(Change(kernel, y, x, np.uint8(State.WEIGHT), labels))
            links.append(Link(Box(grid, row, column, 1, 1), Box(kernel, 0, 0, *layer.k)))
        head = alone.head(row, column)._replace(grid=output)
        tails = tuple(link.head for link in links)
        return Frame(
            changes=changes,
            shows=tuple(shows),
            links=tuple(links),
            counter=channel_words.counter(layer, filter_ + 1, cell + 1, layer.n_inputs),
            duration_ms=duration_ms,
            caption=number if layer.out_channels > 1 else None,
            joint=Joint(tails, head, layer.channels_read > 1) if tails else None,
        )

    def _filter(self, number: int) -> Iterator[Change]:
        """Yield which planes a drawn filter reads, and its kernels."""
        shown, layer = self.shown, self.layer
        reads = shown.read(shown.outputs[number])
        cells, taps = np.indices(layer.i), np.indices(layer.k)
        for place, channel in enumerate(shown.inputs):
            is_read = channel in reads
            state = State.INPUT if is_read else State.IDLE
            yield Change(role("input", channel), cells[0], cells[1], np.uint8(state))
            labels = self.texts.kernel[number, place] if self.texts else None
            kernel = np.uint8(State.WEIGHT if is_read else NOTHING)
            yield Change(role("kernel", channel), taps[0], taps[1], kernel, labels)
