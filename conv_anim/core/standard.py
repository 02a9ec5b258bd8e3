"""Standard convolution."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from conv_anim.core import padding
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Trait
from conv_anim.errors import InputError


@dataclass(frozen=True, init=False)
class Standard(Channelled):
    """A convolution as ``torch.nn.Conv2d`` computes it: every step reads a window of the input.

    Parameters
    ----------
    i, k, p, s, d
        Input size, kernel size, padding, stride and dilation: one whole number for both axes,
        or (row, column). The padding may differ before and after, ((top, bottom), (left,
        right)) or «0:1x2:2», and may have a name: same, valid, half, full, and in 1-D causal.
    ndim
        1 for a single row of cells; then sizes are single numbers, and a padding may be (before,
        after).
    convention
        Whose ``same`` is meant: ``torch`` or ``tf``.
    pad_mode
        What the padding has in it: ``zeros``, or copies of input cells, ``reflect``,
        ``replicate`` or ``circular``, as PyTorch's ``padding_mode`` says.
    in_channels, out_channels, groups, has_bias
        How many channels it reads and makes, in how many groups, and whether each filter has a
        bias.

    Raises
    ------
    ValueError
        When a size is not a whole number, out of range, or the kernel does not fit into the
        padded input, or the input has too few cells to be copied into the padding, or the groups
        don't divide the channels.
    """

    pad_mode: str

    name: ClassVar[str] = "standard"
    own_input: ClassVar[int] = 5

    def __init__(
        self,
        i: object = None,
        k: object = 3,
        p: object = 0,
        s: object = 1,
        *,
        d: object = 1,
        ndim: object = 2,
        convention: object = padding.TORCH,
        pad_mode: object = padding.ZEROS,
        in_channels: object = 1,
        out_channels: object = 1,
        groups: object = 1,
        has_bias: object = False,
    ) -> None:
        self._set_sizes(ndim, i=i, k=k, s=s, d=d)
        self._set_channels(in_channels, out_channels, groups, has_bias)
        self._set_padding(p, padding.NAMES, padding.check_convention(convention))
        self._set(pad_mode=padding.check_mode(pad_mode))
        self._settle()

    @property
    def traits(self) -> tuple[Trait, ...]:
        """The padding's mode, if it isn't zeros, and the channels."""
        mode = self.pad_mode
        if mode == padding.ZEROS:
            return super().traits
        return Trait(mode, ("--pad-mode", mode), f"{mode} padding"), *super().traits

    @property
    def weight_shape(self) -> tuple[int, ...]:
        """The shape of the weights: (out, in / groups, rows, columns), 1-D without rows."""
        return self.out_channels, self.channels_read, *self.k[-self.ndim :]

    @property
    def multiplications(self) -> int:
        """How often a weight is multiplied with a cell: every weight once at each step."""
        return self.n_steps * prod(self.weight_shape)

    @property
    def padding_content(self) -> str:
        """What the padding has in it."""
        return self.pad_mode

    def _axis(self, axis: int) -> SlidingAxis:
        return SlidingAxis(
            input_size=self.i[axis],
            kernel_size=self.k[axis],
            stride=self.s[axis],
            dilation=self.d[axis],
            padding=self.p[axis],
        )

    def _check_axis(self, axis: int) -> None:
        drawn, k, d = self._axis(axis), self.k[axis], self.d[axis]
        if drawn.span > drawn.size:
            if d > 1:
                kernel = f"the kernel spans {drawn.span} cells ({d}·({k} − 1) + 1)"
                lower = "lower ‹k› or ‹d›"
            else:
                kernel, lower = f"the kernel has {k} cells (‹k={k}›)", "lower ‹k›"
            before, after = self.p[axis]
            added = f"2·{before}" if before == after else f"{before} + {after}"
            raise InputError(
                f"{kernel} but the padded input only {drawn.size} "
                f"({self.i[axis]} + {added}): {lower}, or raise ‹i› or ‹p›"
            )
        most = {padding.REFLECT: self.i[axis] - 1, padding.CIRCULAR: self.i[axis]}
        if max(self.p[axis]) > most.get(self.pad_mode, max(self.p[axis])):
            raise InputError(
                f"{self.pad_mode} padding copies at most {most[self.pad_mode]} of {self.i[axis]} "
                f"input cells along an axis, and ‹p› is {self.written(self.p)}: lower ‹p›, raise "
                f"‹i›, or give ‹pad_mode=replicate›"
            )
