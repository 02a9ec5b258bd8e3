"""Convolution layers: what was asked for, made uniform and checked, and the sizes that follow.

Words and letters are those of Dumoulin & Visin, «A guide to convolution arithmetic for deep
learning», arXiv 1603.07285, and of PyTorch's ``Conv2d`` and ``ConvTranspose2d``. Everything is
separable: a layer is two axes, rows and columns, that know nothing of each other.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from conv_anim.core import choices, padding, parse
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.binding import Binding
from conv_anim.core.grouped import Grouped
from conv_anim.core.kinds import Kind
from conv_anim.core.parse import Pads, Pair
from conv_anim.errors import InputError

SUM = "sum"
"""What most layers compute: each output cell is a sum of what is under the taps, with weights."""


class Derived(NamedTuple):
    """What follows from the sizes of a layer for the grid that its kernel slides over."""

    letter: str
    rule: str
    """How it comes about, in letters."""
    size: Pair | Pads


class Trait(NamedTuple):
    """Something that a layer has besides sizes."""

    slug: str
    """As part of a file name; empty if it shows in no picture."""
    arguments: tuple[str, ...]
    """As words of the command line."""
    words: str
    """As a phrase; empty if the heading, or another phrase, says it."""


@dataclass(frozen=True, init=False)
class Layer(Grouped, Binding, ABC):
    """The geometry of a layer, without values; ``Standard``, ``Transposed`` or ``Pool``.

    Sizes are given as one number for both axes, as (row, column) or as text «5x7», and kept as
    pairs; padding may differ before and after, and is kept as a pair of pairs. A layer with
    *ndim* 1 has one row of cells. In a network, layers are made without *i*.
    """

    i: Pair
    k: Pair
    p: Pads
    s: Pair
    d: Pair
    ndim: int
    in_channels: int
    out_channels: int
    groups: int

    name: ClassVar[str]
    """The layer's word on the command line."""
    kernel_word: ClassVar[str] = "kernel"
    """What goes over the input."""
    has_weights: ClassVar[bool] = True
    """Whether its kernel has numbers."""
    inserts_zeros: ClassVar[bool] = False
    """Whether it is drawn with zeros between the input cells, the kernel turned by 180°."""

    def _set(self, **fields: object) -> None:
        for field, value in fields.items():
            object.__setattr__(self, field, value)  # the only way into a frozen dataclass

    def _set_sizes(self, ndim: object, i: object, **sizes: object) -> None:
        """Make what is common to all layers uniform; without *i*, it is the default."""
        axes = parse.whole(ndim, "ndim", 1, 2)
        self._set(ndim=axes, **({} if i is not None else {"is_bound": False}))
        own = {"i": self.own_input if i is None else i}
        for letter, value in {**own, **sizes}.items():
            self._set(**{letter: parse.size(value, letter, low=1, ndim=axes)})

    def _set_padding(self, p: object, names: Sequence[str], convention: str) -> None:
        """Make the padding uniform; by a name, it follows from the other sizes."""
        if not isinstance(p, str) or not p.isalpha():
            self._set(p=parse.padding(p, "p", self.ndim))
            return
        name = choices.find(p, names)
        if name is None:
            raise InputError(
                f"‹p› is {parse.shown(p)}: give cells, such as ‹p=1› or ‹p=0:1›, "
                f"or for a {self.name} layer {' or '.join(names)}{choices.meant(p, names)}"
            )
        if name == "causal" and self.ndim == 2:
            most = [self.d[axis] * (self.k[axis] - 1) for axis in range(2)]
            raise InputError(
                f"‹p=causal› is for layers with one axis, along which time goes: add ‹ndim=1›, or "
                f"give the cells of each axis, such as ‹p=0x{most[1]}:0› for the columns alone"
            )
        self._set(named_padding=(name, convention))
        self._pad_by_name()

    def _pad_by_name(self) -> None:
        """Work out the padding that has a name, if it has one."""
        if self.named_padding is None:
            return
        name, convention = self.named_padding
        rows, columns = (
            padding.named(
                name,
                i=self.i[axis],
                k=self.k[axis],
                s=self.s[axis],
                d=self.d[axis],
                convention=convention,
            )
            for axis in range(2)
        )
        self._set(p=(rows, columns))

    def _fit(self) -> None:
        """Work out what follows from the input's size, or raise InputError."""
        self._pad_by_name()
        super()._fit()

    @property
    def axes(self) -> tuple[SlidingAxis, SlidingAxis]:
        """Rows and columns of the grid that the kernel slides over."""
        if self._waits:
            self._fit()  # which raises
        return self._axis(0), self._axis(1)

    @abstractmethod
    def _axis(self, axis: int) -> SlidingAxis:
        """Return how an axis is drawn."""

    @property
    def padding_content(self) -> str:
        """What the padding has in it, one of ``padding.MODES``; none but zeros if not standard."""
        return padding.ZEROS

    @property
    def has_copies(self) -> bool:
        """Whether there is padding, and copies of input cells in it."""
        return self.p != ((0, 0), (0, 0)) and self.padding_content != padding.ZEROS

    @property
    def output_padding(self) -> Pair:
        """(rows, columns) added at the bottom and right; a transposed layer alone has any."""
        return 0, 0

    @property
    def computes(self) -> str:
        """What an output cell is of the cells under the taps: ``SUM``, or a mode of pooling."""
        return SUM

    @property
    def counted_kinds(self) -> tuple[Kind, ...]:
        """The kinds of drawn cells that count under a tap."""
        return tuple(Kind)

    @property
    def rounds_up(self) -> bool:
        """Whether the output size is rounded up."""
        return False

    @property
    def outside(self) -> Pair:
        """(rows, columns) past the padding that a last window reaches; nothing counts there."""
        rows, columns = self.axes
        return rows.outside, columns.outside

    @property
    def dropped(self) -> tuple[str, str]:
        """Where on each axis a window that is left out would begin; empty if none is."""
        return "", ""

    @property
    def derived(self) -> tuple[Derived, ...]:
        """What follows from the sizes for the drawn grid: z and p′ if zeros are inserted."""
        return ()

    @property
    def output_size(self) -> Pair:
        """(rows, columns) of the output."""
        rows, columns = self.axes
        return rows.output_size, columns.output_size

    @property
    def n_steps(self) -> int:
        """Positions of the kernel: one for every output cell."""
        rows, columns = self.output_size
        return rows * columns

    @property
    def n_inputs(self) -> int:
        """Cells of the input."""
        return self.i[0] * self.i[1]

    @property
    def sizes(self) -> dict[str, Pair | Pads]:
        """What was given, by its letter, but a dilation of 1 and no output padding."""
        sizes: dict[str, Pair | Pads] = {letter: getattr(self, letter) for letter in "ikps"}
        if self.d != (1, 1):
            sizes["d"] = self.d
        if self.output_padding != (0, 0):
            sizes["op"] = self.output_padding
        return sizes

    def with_input_up_to(self, most: int) -> Self:
        """Return the same layer on an input of at most *most* cells along an axis."""
        other = self._with(i=(min(self.i[0], most), min(self.i[1], most)))
        other._check()
        return other

    def written(self, size: Pair | Pads, sign: str = "x", colon: str = ":") -> str:
        """Return a size or a padding of this layer as the user would give it, «5» or «5x7»."""
        rows, columns = (_axis_written(part, colon) for part in size)
        return columns if self.ndim == 1 or rows == columns else f"{rows}{sign}{columns}"

    def shown(self, size: Pair | Pads) -> str:
        """Return what is not a number of cells, such as a stride, as a reader sees it: «(2, 1)»."""
        text = self.written(size, sign=", ")
        return f"({text})" if ", " in text else text

    def times(self, size: Pair) -> str:
        """Return a size as it is written in running text, «5×7»; in 1-D «7»."""
        return str(size[1]) if self.ndim == 1 else f"{size[0]}×{size[1]}"

    @property
    def steps_text(self) -> str:
        """How many steps there are, in words."""
        return "1 step" if self.n_steps == 1 else f"{self.n_steps} steps"

    @property
    def slug(self) -> tuple[str, ...]:
        """The layer as parts of a file name, in characters that every file system takes."""
        dims = ("1d",) if self.ndim == 1 else ()
        sizes = (f"{x}{self.written(size, colon='-')}" for x, size in self.sizes.items())
        return self.name, *dims, *sizes, *(trait.slug for trait in self.traits if trait.slug)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The layer as words of the command line."""
        dims = ("--1d",) if self.ndim == 1 else ()
        sizes = [(f"--{x}", self.written(size)) for x, size in self.sizes.items()]
        traits = [trait.arguments for trait in self.traits]
        return self.name, *dims, *(word for words in [*sizes, *traits] for word in words)

    @property
    def traits(self) -> tuple["Trait", ...]:
        """What the layer has besides sizes, as far as it is not the default."""
        return ()

    @property
    def heading(self) -> str:
        """What the layer is called in a title."""
        return f"{self.name.capitalize()} convolution"

    @property
    def alt_text(self) -> str:
        """One phrase that says what a picture of the layer shows, for those who don't see it."""
        return f"{self.geometry_text}, {self.steps_text}"

    @property
    def geometry_text(self) -> str:
        """The same without the steps."""
        return self.geometry_with(self.channels_text)

    def geometry_with(self, channels: str) -> str:
        """Return the same with a clause that says what is shown of the channels, if anything."""
        parts = [
            f"{self.heading}{' in 1-D' if self.ndim == 1 else ''}",
            f"{self.times(self.i)} input",
            f"{self.times(self.k)} {self.kernel_word}",
            f"padding {self.shown(self.p)}",
            f"stride {self.shown(self.s)}",
        ]
        if self.d != (1, 1):
            parts.append(f"dilation {self.shown(self.d)}")
        if self.output_padding != (0, 0):
            parts.append(f"output padding {self.shown(self.output_padding)}")
        parts += [trait.words for trait in self.traits if trait.words]
        parts.append(f"{self.times(self.output_size)} output")
        parts += [channels] if channels else []
        return ", ".join(parts)


def minus(number: int | str) -> str:
    """Return a number, or a text of numbers, with the minus sign of formulas."""
    return str(number).replace("-", "−")


def _axis_written(part: int | Pair, colon: str) -> str:
    if isinstance(part, int):
        return str(part)
    before, after = part
    return str(before) if before == after else f"{before}{colon}{after}"
