"""Pooling: the largest or the mean of each window."""

from dataclasses import dataclass
from typing import ClassVar, Self

from conv_anim.core import channels, choices, parse
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.kinds import Kind
from conv_anim.core.layer import Layer, Trait
from conv_anim.errors import InputError

MAX, AVERAGE = "max", "average"
MODES = (MAX, AVERAGE)
ALIASES = {"avg": AVERAGE, "mean": AVERAGE}


@dataclass(frozen=True, init=False)
class Pool(Layer):
    """A pooling layer as ``torch.nn.MaxPool2d`` and ``AvgPool2d`` compute it.

    Relationship 7, arXiv 1603.07285, with PyTorch's rules for padding and rounding.

    Parameters
    ----------
    i, k, p, s, d
        Input size, window size, padding, stride (the window's size if it is not given) and
        dilation (max alone): one whole number for both axes, or (row, column).
    mode
        ``max`` or ``average``.
    ceil
        Whether the output size is rounded up: a last window may reach past the padding, where
        nothing is counted, but must begin in the input or in the padding before it.
    count_include_pad
        Average alone: whether the padding's zeros count in the mean.
    ndim
        1 for a single row of cells; then sizes are single numbers.
    in_channels
        How many planes it reads, each by itself, and makes.

    Raises
    ------
    ValueError
        When a size is not a whole number, out of range, the padding more than half the window's
        span or not the same on both sides, there is no output, or an average is dilated.
    """

    mode: str
    ceil: bool
    count_include_pad: bool

    name: ClassVar[str] = "pool"
    own_input: ClassVar[int] = 4
    kernel_word: ClassVar[str] = "window"
    has_weights: ClassVar[bool] = False

    def __init__(
        self,
        i: object = None,
        k: object = 2,
        p: object = 0,
        s: object = None,
        *,
        d: object = 1,
        mode: object = MAX,
        ceil: object = False,
        count_include_pad: object = True,
        ndim: object = 2,
        in_channels: object = 1,
    ) -> None:
        mode = choices.choice(mode, "mode", MODES, ALIASES)
        for name, flag in (("ceil", ceil), ("count_include_pad", count_include_pad)):
            if not isinstance(flag, bool):
                raise InputError(f"‹{name}› is {parse.shown(flag)}: give True or False")
        if mode == MAX and not count_include_pad:
            raise InputError(
                "‹count_include_pad=False› has no meaning for max pooling, in which padding never "
                "counts: leave it out, or give ‹mode=average›"
            )
        self._set_sizes(ndim, i=i, k=k, s=k if s is None else s, d=d)
        self._set(
            p=parse.padding(p, "p", self.ndim),
            mode=mode,
            ceil=ceil,
            count_include_pad=count_include_pad,
        )
        self._set_planes(channels.count(in_channels, "in_channels"))
        if mode == AVERAGE and self.d != (1, 1):
            raise InputError(
                f"average pooling has no dilation, and ‹d› is {self.written(self.d)}: leave it "
                f"out, or give ‹mode=max›"
            )
        self._check_padding(0)
        self._check_padding(1)
        self._settle()

    def _set_planes(self, number: int) -> None:
        self._set(in_channels=number, out_channels=number, groups=number)

    def with_planes(self, number: int) -> Self:
        """Return the same layer for an input of so many planes, if it is for one yet."""
        if self.in_channels > 1:
            return self
        other = self._with()
        other._set_planes(number)
        return other

    @property
    def traits(self) -> tuple[Trait, ...]:
        """How the size is rounded and what counts; the mode is in the heading."""
        traits = [Trait(self.mode, ("--mode", self.mode), "")]
        if self.ceil:
            traits.append(Trait("ceil", ("--ceil",), "size rounded up"))
        if not self.count_include_pad:
            traits.append(Trait("nopad", ("--no-count-include-pad",), "padding not counted"))
        if self.in_channels > 1:
            traits.append(channels.trait("in", "in_channels", self.in_channels))
        return tuple(traits)

    @property
    def heading(self) -> str:
        """What the layer is called in a title."""
        return f"{self.mode.capitalize()} pooling"

    @property
    def computes(self) -> str:
        """The mode: the largest of what is under the taps, or the mean."""
        return self.mode

    @property
    def counted_kinds(self) -> tuple[Kind, ...]:
        """The input's cells, and in some means the padding's."""
        is_padding_counted = self.mode == AVERAGE and self.count_include_pad
        return (Kind.INPUT, Kind.PADDING) if is_padding_counted else (Kind.INPUT,)

    @property
    def rounds_up(self) -> bool:
        """Whether the output size is rounded up."""
        return self.ceil

    @property
    def dropped(self) -> tuple[str, str]:
        """Where on each axis a window that is left out would begin; empty if none is."""
        return self._dropped(0), self._dropped(1)

    def _dropped(self, axis: int) -> str:
        room, s, output = self._padded(axis) - self._span(axis), self.s[axis], self._output(axis)
        if not self.ceil or -(-room // s) + 1 == output:
            return ""
        if output * s < self._padded(axis):
            return "in the padding"
        return "past the padding" if any(self.p[axis]) else "past the input"

    def _span(self, axis: int) -> int:
        return self.d[axis] * (self.k[axis] - 1) + 1

    def _padded(self, axis: int) -> int:
        return self.i[axis] + sum(self.p[axis])

    def _output(self, axis: int) -> int:
        """Return the output size along an axis; it may be below 1.

        Rounded up, a window that would begin past the input is dropped:
        ``pooling_output_shape`` in PyTorch's ATen/native/Pool.h.
        """
        room, s = self._padded(axis) - self._span(axis), self.s[axis]
        if not self.ceil:
            return room // s + 1
        size = -(-room // s) + 1
        return size - 1 if (size - 1) * s >= self.i[axis] + self.p[axis][0] else size

    def _axis(self, axis: int) -> SlidingAxis:
        before, after = self.p[axis]
        last_end = (self._output(axis) - 1) * self.s[axis] + self._span(axis)
        outside = max(0, last_end - self._padded(axis))
        return SlidingAxis(
            input_size=self.i[axis],
            kernel_size=self.k[axis],
            stride=self.s[axis],
            dilation=self.d[axis],
            padding=(before, after + outside),
            outside=outside,
        )

    def _check_padding(self, axis: int) -> None:
        """Raise InputError when it can't be that of a window along an axis."""
        (before, after), span = self.p[axis], self._span(axis)
        if before != after:
            raise InputError(
                f"‹p› is {self.written(self.p)}: pooling pads both sides of an axis alike, give "
                f"one number for each axis"
            )
        if before > span // 2:
            raise InputError(
                f"‹p› is {before}, more than half of the window, which spans {span} cells: give "
                f"at most ‹p={span // 2}›, or raise ‹k›"
            )

    def _check_axis(self, axis: int) -> None:
        before, span = self.p[axis][0], self._span(axis)
        if self._output(axis) < 1:
            raise InputError(
                f"the window spans {span} cells but the padded input only {self._padded(axis)} "
                f"({self.i[axis]} + 2·{before}): lower ‹k›{' or ‹d›' if self.d[axis] > 1 else ''}, "
                f"or raise ‹i›"
            )
