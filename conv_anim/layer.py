"""Convolution layers: what was asked for, made uniform and checked, and the sizes that follow.

Words and letters are those of Dumoulin & Visin, «A guide to convolution arithmetic for deep
learning», arXiv 1603.07285, and of PyTorch's ``Conv2d`` and ``ConvTranspose2d``. Everything is
separable: a layer is two axes, rows and columns, that know nothing of each other.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from conv_anim import padding, parse
from conv_anim.errors import InputError
from conv_anim.parse import Pads, Pair
from conv_anim.sliding import SlidingAxis


@dataclass(frozen=True, init=False)
class Layer(ABC):
    """The geometry of a layer, without channels or values; ``Standard`` or ``Transposed``.

    Sizes are given as one number for both axes, as (row, column) or as text «5x7», and kept as
    pairs; padding may differ before and after, and is kept as a pair of pairs. A layer with
    *ndim* 1 has one row of cells.
    """

    i: Pair
    k: Pair
    p: Pads
    s: Pair
    d: Pair
    ndim: int

    name: ClassVar[str]
    """The layer's word on the command line."""

    def _set(self, **fields: object) -> None:
        for field, value in fields.items():
            object.__setattr__(self, field, value)  # the only way into a frozen dataclass

    def _set_sizes(self, ndim: object, **sizes: object) -> None:
        """Make what is common to both layers uniform."""
        axes = parse.whole(ndim, "ndim", 1, 2)
        self._set(ndim=axes)
        for letter, value in sizes.items():
            self._set(**{letter: parse.size(value, f"--{letter}", low=1, ndim=axes)})

    def _set_padding(self, p: object, names: Sequence[str], convention: str) -> None:
        """Make the padding uniform; by a name, it follows from the other sizes."""
        if not isinstance(p, str) or not p.isalpha():
            self._set(p=parse.padding(p, "--p", self.ndim))
            return
        if p not in names:
            raise InputError(
                f"--p is {parse.shown(p)}: give cells, such as --p 1 or --p 0:1, "
                f"or for a {self.name} layer {' or '.join(names)}"
            )
        rows, columns = (
            padding.named(
                p,
                i=self.i[axis],
                k=self.k[axis],
                s=self.s[axis],
                d=self.d[axis],
                convention=convention,
            )
            for axis in range(2)
        )
        self._set(p=(rows, columns))

    @property
    def axes(self) -> tuple[SlidingAxis, SlidingAxis]:
        """Rows and columns of the grid that the kernel slides over."""
        return self._axis(0), self._axis(1)

    @abstractmethod
    def _axis(self, axis: int) -> SlidingAxis:
        """Return how an axis is drawn."""

    @property
    def output_padding(self) -> Pair:
        """(rows, columns) added at the bottom and right; a transposed layer alone has any."""
        return 0, 0

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
        other = object.__new__(type(self))
        other._set(**vars(self))
        other._set(i=(min(self.i[0], most), min(self.i[1], most)))
        other._check()
        return other

    def _check(self) -> None:
        """Raise InputError when an axis has no output."""
        for axis in range(2):
            self._check_axis(axis)

    @abstractmethod
    def _check_axis(self, axis: int) -> None:
        """Raise InputError when the axis has no output."""

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
        return self.name, *dims, *sizes

    @property
    def arguments(self) -> tuple[str, ...]:
        """The layer as words of the command line."""
        dims = ("--1d",) if self.ndim == 1 else ()
        sizes = ((f"--{x}", self.written(size)) for x, size in self.sizes.items())
        return self.name, *dims, *(word for pair in sizes for word in pair)

    @property
    def alt_text(self) -> str:
        """One phrase that says what a picture of the layer shows, for those who don't see it."""
        parts = [
            f"{self.name.capitalize()} convolution{' in 1-D' if self.ndim == 1 else ''}",
            f"{self.times(self.i)} input",
            f"{self.times(self.k)} kernel",
            f"padding {self.shown(self.p)}",
            f"stride {self.shown(self.s)}",
        ]
        if self.d != (1, 1):
            parts.append(f"dilation {self.shown(self.d)}")
        if self.output_padding != (0, 0):
            parts.append(f"output padding {self.shown(self.output_padding)}")
        parts.append(f"{self.times(self.output_size)} output")
        parts.append(self.steps_text)
        return ", ".join(parts)


@dataclass(frozen=True, init=False)
class Standard(Layer):
    """A convolution as ``torch.nn.Conv2d`` computes it: every step reads a window of the input.

    Parameters
    ----------
    i, k, p, s, d
        Input size, kernel size, padding, stride and dilation: one whole number for both axes,
        or (row, column). The padding may differ before and after, ((top, bottom), (left,
        right)) or «0:1x2:2», and may have a name: same, valid, half, full.
    ndim
        1 for a single row of cells; then sizes are single numbers.
    convention
        Whose ``same`` is meant: ``torch`` or ``tf``.

    Raises
    ------
    ValueError
        When a size is not a whole number, out of range, or the kernel does not fit into the
        padded input.
    """

    name: ClassVar[str] = "standard"

    def __init__(
        self,
        i: object = 5,
        k: object = 3,
        p: object = 0,
        s: object = 1,
        *,
        d: object = 1,
        ndim: object = 2,
        convention: object = padding.TORCH,
    ) -> None:
        self._set_sizes(ndim, i=i, k=k, s=s, d=d)
        self._set_padding(
            p, ("same", "valid", "half", "full"), padding.check_convention(convention)
        )
        self._check()

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
                lower = "lower --k or --d"
            else:
                kernel, lower = f"the kernel has {k} cells (--k {k})", "lower --k"
            before, after = self.p[axis]
            added = f"2·{before}" if before == after else f"{before} + {after}"
            raise InputError(
                f"{kernel} but the padded input only {drawn.size} "
                f"({self.i[axis]} + {added}): {lower}, or raise --i or --p"
            )


@dataclass(frozen=True, init=False)
class Transposed(Layer):
    """A transposed convolution as ``torch.nn.ConvTranspose2d`` computes it.

    It is drawn by zero insertion: z = s − 1 zeros between the input cells, then padding by
    p′ = d(k − 1) − p, to which the output padding adds at the end (where that is negative,
    cells are cropped), then stride 1. Relationships 13 and 14, arXiv 1603.07285.

    Parameters
    ----------
    i, k, p, s, d
        Input size, kernel size, padding (what is cropped from each side of the full output),
        stride and dilation: one whole number for both axes, or (row, column). The padding may
        differ before and after, ((top, bottom), (left, right)) or «0:1x2:2», and may have a
        name: half, full.
    op
        Output padding: rows and columns that are added at the bottom and right.
    to
        The output size that is wanted, instead of the output padding.
    ndim
        1 for a single row of cells; then sizes are single numbers.

    Raises
    ------
    ValueError
        When a size is not a whole number, out of range, the output would be empty, the output
        padding is not smaller than stride or dilation, or no output padding gives *to*.
    """

    op: Pair

    name: ClassVar[str] = "transposed"

    def __init__(
        self,
        i: object = 3,
        k: object = 3,
        p: object = 1,
        s: object = 2,
        *,
        d: object = 1,
        op: object = None,
        to: object = None,
        ndim: object = 2,
    ) -> None:
        self._set_sizes(ndim, i=i, k=k, s=s, d=d)
        self._set_padding(p, ("half", "full"), padding.TORCH)
        if to is None:
            self._set(op=parse.size(0 if op is None else op, "--op", low=0, ndim=self.ndim))
        elif op is None:
            self._set(op=self._output_padding_to(parse.size(to, "--to", low=1, ndim=self.ndim)))
        else:
            raise InputError("--op and --to both say how large the output is: leave one out")
        self._check()

    @property
    def output_padding(self) -> Pair:
        """(rows, columns) added at the bottom and right."""
        return self.op

    def _least_output(self, axis: int) -> int:
        """Return the output size without output padding; it may be below 1."""
        full = self.s[axis] * (self.i[axis] - 1) + self.d[axis] * (self.k[axis] - 1) + 1
        return full - sum(self.p[axis])  # Relationship 14, 1603.07285

    def _output_padding_to(self, wanted: Pair) -> Pair:
        """Return the output padding that makes the output *wanted* cells large."""
        possible = []
        for axis in range(2):
            least = self._least_output(axis)
            possible.append(range(max(least, 1), least + max(self.s[axis], self.d[axis])))
        if not all(possible):
            self._set(op=(0, 0))
            self._check()  # there is no output at all, and this says so
        if all(wanted[axis] in possible[axis] for axis in range(2)):
            return wanted[0] - self._least_output(0), wanted[1] - self._least_output(1)
        said = [_listed(sizes) for sizes in possible]
        either = said[1] if self.ndim == 1 or said[0] == said[1] else f"{said[0]} by {said[1]}"
        raise InputError(
            f"--to is {self.written(wanted)}, which no output padding gives: with these sizes "
            f"the output can have {either} cells along an axis"
        )

    @property
    def p_prime(self) -> Pads:
        """p′ = d(k − 1) − p, before output padding; negative where cells are cropped."""
        rows, columns = (
            (self.d[axis] * (self.k[axis] - 1) - before, self.d[axis] * (self.k[axis] - 1) - after)
            for axis, (before, after) in enumerate(self.p)
        )
        return rows, columns

    @property
    def p_prime_rule(self) -> str:
        """How p′ comes about, in letters."""
        return "k − p − 1" if self.d == (1, 1) else "d(k − 1) − p"

    def _axis(self, axis: int) -> SlidingAxis:
        before, after = self.p_prime[axis]
        # Pad where it is positive, then crop where it is negative, in this order.
        drawn = before, after + self.op[axis]
        return SlidingAxis(
            input_size=self.i[axis],
            kernel_size=self.k[axis],
            dilation=self.d[axis],
            inserted=self.s[axis] - 1,
            padding=(max(drawn[0], 0), max(drawn[1], 0)),
            cropped=(max(-drawn[0], 0), max(-drawn[1], 0)),
        )

    def _check_axis(self, axis: int) -> None:
        i, k, s, d, op = (size[axis] for size in (self.i, self.k, self.s, self.d, self.op))
        if op >= max(s, d):
            raise InputError(
                f"--op is {op}: it must be smaller than the stride or the dilation (--s {s}, "
                f"--d {d}): lower it, or raise --s or --d"
            )
        if self._least_output(axis) + op < 1:
            before, after = self.p[axis]
            taps = str(k) if d == 1 else f"{d}·({k} − 1) + 1"
            crop = f"2·{before}" if before == after else f"({before} + {after})"
            more = f" + {op}" if op else ""
            raise InputError(
                f"the output would have {minus(self._least_output(axis) + op)} cells along an axis "
                f"({s}·({i} − 1) + {taps} − {crop}{more}): lower --p, or raise --i or --k"
            )


def minus(number: int | str) -> str:
    """Return a number, or a text of numbers, with the minus sign of formulas."""
    return str(number).replace("-", "−")


def _axis_written(part: int | Pair, colon: str) -> str:
    if isinstance(part, int):
        return str(part)
    before, after = part
    return str(before) if before == after else f"{before}{colon}{after}"


def _listed(sizes: range) -> str:
    return str(sizes[0]) if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
