"""Upsampling: every cell several times."""

from dataclasses import dataclass, field
from typing import ClassVar, Self

from conv_anim.core import channels, parse
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.layer import Layer, Trait
from conv_anim.core.parse import Pads, Pair


@dataclass(frozen=True, init=False)
class Upsample(Layer):
    """Nearest upsampling as ``torch.nn.Upsample`` computes it: output cell a is input cell ⌊a/f⌋.

    It is the transposed layer with k = s = f and a kernel of ones, plane by plane.

    Parameters
    ----------
    f
        How often each cell is repeated along an axis: one whole number for both axes, or (row,
        column).
    i
        Input size.
    ndim
        1 for a single row of cells; then sizes are single numbers.
    in_channels
        How many planes it reads, each by itself, and makes.

    Raises
    ------
    ValueError
        When a size is not a whole number, or out of range.
    """

    f: Pair
    k: Pair = field(init=False, repr=False)
    p: Pads = field(init=False, repr=False)
    s: Pair = field(init=False, repr=False)
    d: Pair = field(init=False, repr=False)
    out_channels: int = field(init=False, repr=False)
    groups: int = field(init=False, repr=False)

    name: ClassVar[str] = "upsample"
    own_input: ClassVar[int] = 3
    has_weights: ClassVar[bool] = False

    def __init__(
        self, f: object = 2, i: object = None, *, ndim: object = 2, in_channels: object = 1
    ) -> None:
        self._set_sizes(ndim, i=i, d=1)
        factor = parse.size(f, "f", low=1, ndim=self.ndim)
        self._set(f=factor, k=factor, s=factor, p=((0, 0), (0, 0)))
        self._set_planes(channels.count(in_channels, "in_channels"))
        self._settle()

    def _set_planes(self, number: int) -> None:
        self._set(in_channels=number, out_channels=number, groups=number)

    def with_planes(self, number: int) -> Self:
        """Return the same layer for an input of so many planes, if it is for one yet."""
        if self.in_channels > 1:
            return self
        return self._with(in_channels=number, out_channels=number, groups=number)

    @property
    def sizes(self) -> dict[str, Pair | Pads]:
        """What was given, by its letter."""
        return {"i": self.i, "f": self.f}

    @property
    def traits(self) -> tuple[Trait, ...]:
        """The planes, if there are several."""
        if self.in_channels == 1:
            return ()
        return (channels.trait("in", "in_channels", self.in_channels),)

    @property
    def heading(self) -> str:
        """What the layer is called in a title."""
        return "Nearest upsampling"

    def _axis(self, axis: int) -> SlidingAxis:
        f = self.f[axis]
        return SlidingAxis(
            input_size=self.i[axis], kernel_size=f, inserted=f - 1, padding=(f - 1, f - 1)
        )

    def _check_axis(self, axis: int) -> None:
        """Do nothing: there is always an output."""
