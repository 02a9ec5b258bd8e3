"""Channels: which of them are read for which, what that costs, and which a picture shows."""

from typing import Self


class Grouped:
    """What a layer has to do with its channels; every ``Layer`` is one.

    Channels are in groups, each apart from the others. A filter is what makes one output channel.
    """

    in_channels: int
    out_channels: int
    groups: int

    @property
    def channels_read(self) -> int:
        """How many input channels a filter reads."""
        return self.in_channels // self.groups

    @property
    def filters_per_group(self) -> int:
        """How many filters read the same input channels."""
        return self.out_channels // self.groups

    def reads(self, filter_: int) -> range:
        """Return the input channels that a filter reads; both are counted from 0."""
        first = filter_ // self.filters_per_group * self.channels_read
        return range(first, first + self.channels_read)

    def reads_text(self, filter_: int) -> str:
        """Return them as messages count them, from 1: «input channels 3 to 4»."""
        reads = self.reads(filter_)
        if len(reads) == 1:
            return f"input channel {reads.stop}"
        return f"input channels {reads.start + 1} to {reads.stop}"

    @property
    def has_channels(self) -> bool:
        """Whether there are several, on either side."""
        return max(self.in_channels, self.out_channels) > 1

    def with_planes(self, number: int) -> Self:
        """Return the layer for an input of so many planes; most are for no other than theirs."""
        return self

    def seen_along(self, axis: str) -> Self:
        """Return the layer: all of it is drawn."""
        return self

    def single(self) -> Self:
        """Return the layer: a picture is of it alone."""
        return self

    @property
    def in_turn(self) -> tuple[Self]:
        """The layer: numbers go through it alone."""
        return (self,)

    def of_one_channel(self) -> Self:
        """Return the same layer with one input and one output channel."""
        return self._with(in_channels=1, out_channels=1, groups=1)

    def with_bias(self) -> Self:
        """Return the same layer with a bias for each filter, if it has filters."""
        return self

    def _with(self, **fields: object) -> Self:
        """Return the same layer with other values of some fields, unchecked."""
        other = object.__new__(type(self))
        for field, value in {**vars(self), **fields}.items():
            object.__setattr__(other, field, value)  # the only way into a frozen dataclass
        return other

    @property
    def weight_shape(self) -> tuple[int, ...] | None:
        """The shape of the weights in PyTorch's layout; None if there are none."""
        return None

    @property
    def parameters(self) -> int:
        """How many numbers are learned: the weights, and the biases if there are any."""
        return 0

    @property
    def multiplications(self) -> int:
        """How often a weight is multiplied with a cell, padding's included."""
        return 0

    @property
    def channels_text(self) -> str:
        """How many channels there are, as a clause; nothing if there is one."""
        if not self.has_channels:
            return ""
        if self.weight_shape is None:
            return counted(self.in_channels, "channel")
        groups = f" in {self.groups} groups" if self.groups > 1 else ""
        sides = (
            counted(self.in_channels, "input channel"),
            counted(self.out_channels, "output channel"),
        )
        return ", ".join(sides) + groups

    def pair_text(self, channel: int, filter_: int) -> str:
        """Return which channels a picture of one of each side shows, counted from 1.

        It is a clause; nothing if there are no others.
        """
        if self.in_channels == self.out_channels == self.groups:
            one = channel if self.groups > 1 else 0
            return f"channel {one} of {self.groups} is shown" if one else ""
        sides = (("input", channel, self.in_channels), ("output", filter_, self.out_channels))
        phrases = [f"{side} channel {at} of {count}" for side, at, count in sides if count > 1]
        return f"{' and '.join(phrases)} {'is' if len(phrases) == 1 else 'are'} shown" * any(
            phrases
        )


def counted(count: int, word: str, plural: str = "s") -> str:
    """Return a number of things in words."""
    return f"{count} {word}{plural * (count != 1)}"
