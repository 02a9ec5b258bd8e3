"""The frames of a sliding picture with channels: a filter at a place, on all planes at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from conv_anim.scene.scene import Box, Change, Frame, Joint, Link
from conv_anim.scene.states import NOTHING, State
from conv_anim.views import channel_words
from conv_anim.views.cell_states import States
from conv_anim.views.channel_numbers import ChannelNumbers, unhidden
from conv_anim.views.shown_channels import ShownChannels, role
from conv_anim.views.sliding import SlideFrames, kinds

_TINTS = State.RED, State.GREEN, State.INPUT


def tinted(
    shown: ShownChannels, channel: int, resting: States, numbers: ChannelNumbers | None
) -> States:
    """Return the cells of an input channel, of a colour image those of its colour.

    Where colours are those of values, they are not.
    """
    if not shown.is_coloured or (numbers and numbers.input_shading):
        return resting
    return np.where(resting == State.INPUT, np.uint8(_TINTS[channel]), resting)


@dataclass(frozen=True, eq=False)
class ChannelFrames:
    """One frame for each of the chosen steps."""

    shown: ShownChannels
    chosen: Sequence[int]
    resting: States
    to_come: States
    done: States
    step_ms: int
    hold_ms: int
    numbers: ChannelNumbers | None = None
    is_deep: bool = False
    """Whether there are only as many kernels as a filter has, the first in front."""

    def __len__(self) -> int:
        return len(self.chosen)

    def __iter__(self) -> Iterator[Frame]:
        before: int | None = None
        filled = [0] * len(self.shown.outputs)
        for step in self.chosen:
            number, place = self.shown.at(step)
            changes = []
            for other, count in enumerate(self.shown.n_filled(step)):
                if count > filled[other]:
                    change = self._outputs[other].between(filled[other], count)
                    changes.append(change._replace(grid=role("output", self.shown.outputs[other])))
                    filled[other] = count
            if number != before:
                changes += self._kernels(number, before)
                before = number
            duration_ms = self.hold_ms if step == self.chosen[-1] else self.step_ms
            yield self._at(number, place, duration_ms, tuple(changes))

    @cached_property
    def has_kernel(self) -> bool:
        """Whether the kernels are grids of their own."""
        return self.shown.layer.has_weights

    def _tinted(self, channel: int) -> States:
        """Return what the cells are of a channel that is read: of an image, in its colour."""
        return tinted(self.shown, channel, self.resting, self.numbers)

    @cached_property
    def _idle(self) -> States:
        """What the cells are of a channel that is not read."""
        return np.where(self.resting == State.INPUT, np.uint8(State.IDLE), self.resting)

    @property
    def has_marks(self) -> bool:
        """Whether single cells stand out: what padding copies, or the largest number."""
        return self._outputs[0].has_marks

    @property
    def kinds(self) -> set[State]:
        """The kinds of cells that occur in any frame, if none are marked besides."""
        shown, layer = self.shown, self.shown.layer
        found: set[State] = {State.WEIGHT} if layer.has_weights else set()
        steps: dict[int, list[int]] = {}
        for number, place in map(shown.at, self.chosen):
            steps.setdefault(number, []).append(place)
        for number, places in steps.items():
            reads = shown.read(shown.outputs[number])
            for channel in shown.inputs:
                if channel not in reads:
                    found |= set(map(State, np.unique(self._idle)))
                    continue
                resting = self._tinted(channel)
                found |= kinds(layer, places, resting, self.to_come, self.done)
        first, last = (shown.n_filled(self.chosen[at]) for at in (0, -1))
        for number, (count, end) in enumerate(zip(first, last, strict=True)):
            is_now = number == shown.at(self.chosen[-1])[0]
            found |= set(map(State, np.unique(self.to_come.ravel()[count:])))
            found |= set(map(State, np.unique(self.done.ravel()[: end - is_now])))
        return found

    @cached_property
    def _outputs(self) -> list[SlideFrames]:
        """What fills each drawn output channel."""
        return [
            self._sliding(self._first_read(number), number)
            for number in range(len(self.shown.outputs))
        ]

    def _first_read(self, number: int) -> int:
        """Return a drawn input channel that a filter reads, or any."""
        return (*self.shown.read(self.shown.outputs[number]), *self.shown.inputs)[0]

    @cached_property
    def _slidings(self) -> dict[tuple[int, int], SlideFrames]:
        return {}

    def _sliding(self, channel: int, number: int) -> SlideFrames:
        """Return the picture of one input channel and a drawn output channel by themselves."""
        key = channel, (number if self.numbers else 0)
        if key not in self._slidings:
            is_read = channel in self.shown.layer.reads(self.shown.outputs[number])
            self._slidings[key] = SlideFrames(
                self.shown.layer.of_one_channel(),
                (),
                self._tinted(channel),
                self.done,
                self.step_ms,
                self.hold_ms,
                self.numbers.pair(channel, number) if self.numbers and is_read else None,
            )
        return self._slidings[key]

    def _at(self, number: int, place: int, duration_ms: int, changes: tuple[Change, ...]) -> Frame:
        """Return the frame of a drawn filter at one of its steps."""
        filter_ = self.shown.outputs[number]
        output = role("output", filter_)
        planes = {
            channel: self._sliding(channel, number).at(place, duration_ms)
            for channel in self.shown.read(filter_)
        }
        kernels = {
            channel: Box(self._kernel_role(channel, number), 0, 0, *self.shown.layer.k)
            for number, channel in enumerate(planes)
        }
        shows: list[Change] = []
        links: list[Link] = []
        frame = self._outputs[number].at(place, duration_ms)
        head = frame.links[0].head._replace(grid=output)
        for channel, alone in planes.items():
            frame, grid = alone, role("input", channel)
            shows += [x._replace(grid=grid) for x in alone.shows if x.grid == "input"]
            tail = alone.links[0].tail._replace(grid=grid)
            links.append(Link(tail, kernels[channel] if self.has_kernel else head))
        shows += [x._replace(grid=output) for x in frame.shows if x.grid == "output"]
        layer = self.shown.layer
        position = np.array([head.row, head.column])
        tails = tuple(kernels.values()) if self.has_kernel else ()
        return Frame(
            changes=changes,
            shows=tuple(shows),
            links=tuple(links),
            counter=channel_words.counter(layer, filter_ + 1, place + 1, layer.n_steps),
            duration_ms=duration_ms,
            sum=self.numbers.sum(number, position) if self.numbers else None,
            caption=number if self.has_kernel and layer.out_channels > 1 else None,
            joint=Joint(tails, head, layer.channels_read > 1) if tails else None,
        )

    def _kernel_role(self, channel: int, number: int) -> str:
        """Return the role of a kernel's grid: of its channel, or of its number in the filter."""
        return role("kernel", number if self.is_deep else channel)

    def _kernels(self, number: int, before: int | None) -> Iterator[Change]:
        """Yield what of input channels and kernels is another filter's, or the first one's."""
        shown = self.shown
        reads = shown.read(shown.outputs[number])
        read_before = None if before is None else shown.read(shown.outputs[before])
        cells = np.indices(self.resting.shape)
        for channel in shown.inputs:
            is_read = channel in reads
            if read_before is None or is_read != (channel in read_before):
                states = self._tinted(channel) if is_read else self._idle
                yield Change(role("input", channel), cells[0], cells[1], states)
        if self.has_kernel:
            yield from self._weights(number, reads)

    def _weights(self, number: int, reads: Sequence[int]) -> Iterator[Change]:
        """Yield the kernels of a drawn filter, and nothing in the grids of others."""
        shown = self.shown
        y, x = np.indices(shown.layer.k)
        channels = range(shown.most_read) if self.is_deep else shown.inputs
        used = {self._kernel_role(channel, at): channel for at, channel in enumerate(reads)}
        for grid in [role("kernel", channel) for channel in channels]:
            if grid not in used:
                yield Change(grid, y, x, np.uint8(NOTHING))
                continue
            place = shown.inputs.index(used[grid])
            labels = levels = None
            if self.numbers and self.numbers.kernel is not None:
                labels = self.numbers.kernel[number, place]
                if self.is_deep:
                    labels = unhidden(labels, reads.index(used[grid]))
            if self.numbers and self.numbers.kernel_shading:
                levels = self.numbers.kernel_shading.levels[number, place]
            yield Change(grid, y, x, np.uint8(State.WEIGHT), labels, levels=levels)
