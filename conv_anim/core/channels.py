"""Convolutions with channels: how many planes they read and make, and with which weights."""

from abc import abstractmethod
from dataclasses import dataclass
from math import prod
from typing import Self

from conv_anim.core import parse
from conv_anim.core.layer import Layer, Trait
from conv_anim.errors import InputError

MAX_CHANNELS = 1_000_000


def count(value: object, name: str) -> int:
    """Return a number of channels, of groups of them, or of something else that there are of."""
    return parse.whole(value, name, 1, MAX_CHANNELS)


def trait(slug: str, name: str, number: int) -> Trait:
    """Return such a number as a trait of a layer."""
    return Trait(f"{slug}{number}", (f"--{name.replace('_', '-')}", str(number)), "")


@dataclass(frozen=True, init=False)
class Channelled(Layer):
    """A convolution with channels, as PyTorch counts them; ``Standard`` or ``Transposed``.

    An output channel adds what in_channels / groups input channels give, each with a kernel of
    its own, and a bias if the layer has one.
    """

    has_bias: bool

    def _set_channels(
        self, in_channels: object, out_channels: object, groups: object, has_bias: object
    ) -> None:
        """Make the channels uniform, and check them by PyTorch's rule."""
        numbers = {"in_channels": in_channels, "out_channels": out_channels, "groups": groups}
        for name, value in numbers.items():
            self._set(**{name: count(value, name)})
        if not isinstance(has_bias, bool):
            raise InputError(f"‹has_bias› is {parse.shown(has_bias)}: give True or False")
        self._set(has_bias=has_bias)
        if self.in_channels % self.groups or self.out_channels % self.groups:
            raise InputError(
                f"‹groups› is {self.groups}: it must divide both in_channels and out_channels "
                f"(‹in_channels={self.in_channels}›, ‹out_channels={self.out_channels}›): change "
                f"one of them, or give ‹groups=1›"
            )

    @property
    def traits(self) -> tuple[Trait, ...]:
        """What is not 1; a bias shows in no picture, so no file is called by it."""
        traits = [
            trait(slug, name, getattr(self, name))
            for slug, name in (("in", "in_channels"), ("out", "out_channels"), ("g", "groups"))
            if getattr(self, name) > 1
        ]
        if self.has_bias:
            traits.append(Trait("", ("--has-bias",), ""))
        return tuple(traits)

    @property
    @abstractmethod
    def weight_shape(self) -> tuple[int, ...]:
        """The shape of the weights in PyTorch's layout, a 1-D layer's without its rows."""

    @property
    def parameters(self) -> int:
        """How many numbers are learned: the weights, and one bias a filter if there are any."""
        return prod(self.weight_shape) + self.out_channels * self.has_bias

    def with_bias(self) -> Self:
        """Return the same layer with a bias for each filter."""
        return self._with(has_bias=True)

    def with_channels(self, in_channels: int, out_channels: int, groups: int) -> Self:
        """Return the same layer with other channels, which the groups must divide."""
        other = self._with()
        other._set_channels(in_channels, out_channels, groups, self.has_bias)
        return other
