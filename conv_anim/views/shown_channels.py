"""Which channels of a layer a picture has, and in which order their cells are filled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from conv_anim.core.layer import Layer
from conv_anim.core.standard import Standard
from conv_anim.errors import InputError

FILTER, POSITION = "filter", "position"
"""What comes first: all places of one filter, or all filters at one place."""
MOST = 4
"""Of more channels, the first two and the last are drawn unless others are asked for."""
COLOURS = "R", "G", "B"
FULL = "full output"
"""What the roles of the grids begin with on which stamps fall."""

Numbers = tuple[int, ...]
"""Channels, counted from 1 in options and from 0 elsewhere."""


def role(kind: str, channel: int) -> str:
    """Return the role of the grid of a channel, which counts from 0."""
    return f"{kind} {channel + 1}"


class Choice(NamedTuple):
    """What is asked for; None where nothing is."""

    inputs: Numbers | None = None
    outputs: Numbers | None = None
    order: str | None = None
    is_gray: bool = False
    """Whether the input is an image without colours."""


@dataclass(frozen=True)
class ShownChannels:
    """The channels of a layer that are drawn, counted from 0; steps are those of their filters."""

    layer: Layer
    inputs: Numbers
    outputs: Numbers
    by_position: bool = False
    is_gray: bool = False

    @classmethod
    def of(cls, layer: Layer, choice: Choice) -> "ShownChannels":
        """Return the channels that are asked for, or those of which there are not too many.

        Raises InputError when the layer doesn't have them, or a filter reads none of them.
        """
        inputs = _asked(choice.inputs, layer.in_channels, "input", layer)
        outputs = _asked(choice.outputs, layer.out_channels, "output", layer)
        if outputs is None:
            # Of a layer with groups, those that read what is drawn.
            readers = [f for f in range(layer.out_channels) if inputs and _reads(layer, f, inputs)]
            outputs = _few(readers or range(layer.out_channels))
        if inputs is None:
            inputs = _read_by(outputs, layer)
        for filter_ in outputs:
            _check_read(filter_, inputs, layer)
        return cls(layer, inputs, outputs, choice.order == POSITION, choice.is_gray)

    def fewer(self) -> Iterator[tuple[int, "ShownChannels"]]:
        """Yield the same with fewer channels drawn, and how many of a side these are at most."""
        for count in range(max(len(self.inputs), len(self.outputs)) - 1, 0, -1):
            yield count, replace(self, inputs=self.inputs[:count], outputs=self.outputs[:count])

    @property
    def n_steps(self) -> int:
        """How many steps there are: a filter at a place."""
        return len(self.outputs) * self.layer.n_steps

    def at(self, step: int) -> tuple[int, int]:
        """Return which of the drawn filters a step is of, and which of its steps it is."""
        if self.by_position:
            place, number = divmod(step, len(self.outputs))
            return number, place
        return divmod(step, self.layer.n_steps)

    def n_filled(self, step: int) -> list[int]:
        """Return how many cells of each drawn output channel a step leaves filled."""
        now, place = self.at(step)
        if self.by_position:
            return [place + (number <= now) for number in range(len(self.outputs))]
        whole = self.layer.n_steps
        return [
            whole if number < now else (place + 1) * (number == now)
            for number in range(len(self.outputs))
        ]

    def read(self, filter_: int) -> Numbers:
        """Return the drawn input channels that a filter reads."""
        reads = self.layer.reads(filter_)
        return tuple(channel for channel in self.inputs if channel in reads)

    @property
    def most_read(self) -> int:
        """How many of the drawn input channels a drawn filter reads at most, and one at least."""
        return max(1, *(len(self.read(filter_)) for filter_ in self.outputs))

    @property
    def is_coloured(self) -> bool:
        """Whether the input is a colour image as far as can be seen: three channels of it."""
        if self.is_gray or not isinstance(self.layer, Standard):
            return False
        return self.layer.in_channels == len(COLOURS)

    def name(self, channel: int) -> str:
        """Return what is written beside an input channel; nothing if there is no other."""
        if self.layer.in_channels == 1:
            return ""
        return COLOURS[channel] if self.is_coloured else str(channel + 1)

    @property
    def text(self) -> str:
        """How many channels there are, and how many of them are drawn, as a clause."""
        sides = (self.inputs, self.layer.in_channels), (self.outputs, self.layer.out_channels)
        some = [f"{len(drawn)} of {count}" for drawn, count in sides if len(drawn) < count]
        return self.layer.channels_text + (f", {' and '.join(some)} drawn" if some else "")

    def left_out(self, numbers: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
        """Yield for each drawn channel how many of all *count* that are not drawn are beside it.

        The first has those before it, and each those between it and the next.
        """
        for channel, later in pairwise((*numbers, count)):
            before = channel if channel == numbers[0] else 0
            yield before, later - channel - 1


def _reads(layer: Layer, filter_: int, inputs: Numbers) -> bool:
    reads = layer.reads(filter_)
    return any(channel in reads for channel in inputs)


def _few(numbers: Sequence[int]) -> Numbers:
    """Return all of a few numbers, and of more, some from both ends."""
    return tuple(numbers) if len(numbers) <= MOST else (*numbers[:2], numbers[-1])


def _read_by(outputs: Numbers, layer: Layer) -> Numbers:
    """Return input channels of which each of some filters reads one at least."""
    groups = [*dict.fromkeys(map(layer.reads, outputs))]
    every = range(layer.in_channels)
    read = sorted({channel for group in groups for channel in group})
    if len(every) <= MOST or len(groups) == 1:
        return _few(every if len(every) <= MOST else read)
    if len(read) <= MOST:
        return tuple(read)
    ends = (0, -1) if len(groups) == 2 else (0,)  # of two groups there is room for two each
    return tuple(sorted({group[end] for group in groups for end in ends}))


def _check_read(filter_: int, inputs: Numbers, layer: Layer) -> None:
    """Raise InputError when a filter reads none of the input channels that are drawn."""
    if _reads(layer, filter_, inputs):
        return
    raise InputError(
        f"‹channels› has output channel {filter_ + 1}, which comes from "
        f"{layer.reads_text(filter_)}: add {'one of those' if layer.channels_read > 1 else 'that'}"
        f", or leave out the output channel"
    )


def _asked(numbers: Numbers | None, count: int, side: str, layer: Layer) -> Numbers | None:
    """Return channels counted from 0, if any are asked for."""
    if numbers is None:
        return None
    for number in numbers:
        if number > count:
            raise InputError(
                f"‹channels› has {side} channel {number}, and the layer has "
                f"{count}: give some from 1 to {count}"
            )
    return tuple(number - 1 for number in numbers)
