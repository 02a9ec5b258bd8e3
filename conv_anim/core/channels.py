"""Layers with channels: how many planes they read and make, of which one each is drawn."""

from dataclasses import dataclass

from conv_anim.core import parse
from conv_anim.core.layer import Layer, Trait
from conv_anim.errors import InputError

MAX_CHANNELS = 1_000_000


@dataclass(frozen=True, init=False)
class Channelled(Layer):
    """A convolution with channels, as PyTorch counts them; ``Standard`` or ``Transposed``.

    An output channel adds what in_channels / groups input channels give, each with a kernel of
    its own, and a bias if the layer has one.
    """

    in_channels: int
    out_channels: int
    groups: int
    has_bias: bool

    def _set_channels(
        self, in_channels: object, out_channels: object, groups: object, has_bias: object
    ) -> None:
        """Make the channels uniform, and check them by PyTorch's rule."""
        numbers = {"in_channels": in_channels, "out_channels": out_channels, "groups": groups}
        for name, value in numbers.items():
            self._set(**{name: parse.whole(value, name, 1, MAX_CHANNELS)})
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
            Trait(f"{slug}{number}", (option, str(number)), "")
            for slug, option, number in (
                ("in", "--in-channels", self.in_channels),
                ("out", "--out-channels", self.out_channels),
                ("g", "--groups", self.groups),
            )
            if number > 1
        ]
        if self.has_bias:
            traits.append(Trait("", ("--has-bias",), ""))
        return tuple(traits)

    @property
    def shown_channels(self) -> tuple[str, ...]:
        """Which channels a picture shows, in phrases; none where there is but one."""
        if self.in_channels == self.out_channels == self.groups:
            return (f"one of {self.groups} channels",) if self.groups > 1 else ()
        sides = (("input", self.in_channels), ("output", self.out_channels))
        return tuple(f"one of {number} {side} channels" for side, number in sides if number > 1)
