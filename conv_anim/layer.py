"""Convolution layers: what was asked for, made uniform and checked, and the sizes that follow.

Words and letters are those of Dumoulin & Visin, «A guide to convolution arithmetic for deep
learning», arXiv 1603.07285, and of PyTorch's ``Conv2d`` and ``ConvTranspose2d``. Everything is
separable: a layer is two axes, rows and columns, that know nothing of each other.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

from conv_anim import parse
from conv_anim.errors import InputError
from conv_anim.parse import Pair


@dataclass(frozen=True)
class SlidingAxis:
    """One axis of the grid that a kernel slides over, the same for both kinds of layer.

    The input is stretched by inserting zeros, then padded, then cropped, in this order. A
    standard convolution inserts and crops nothing; the zero-insertion reading of a transposed
    one has stride 1. All sizes are in cells.
    """

    input_size: int
    kernel_size: int
    stride: int
    inserted: int = 0
    """Zeros between two neighbouring input cells."""
    padding: Pair = (0, 0)
    """Cells added before and after the stretched input, never negative."""
    cropped: Pair = (0, 0)
    """Cells then taken off, before and after, never negative."""

    @property
    def stretched_size(self) -> int:
        """Size of the input with the zeros inserted."""
        return (self.input_size - 1) * (self.inserted + 1) + 1

    @property
    def padded_size(self) -> int:
        """Size of what is drawn: stretched and padded, the cropped cells still there."""
        return self.stretched_size + sum(self.padding)

    @property
    def size(self) -> int:
        """Size of what the kernel slides over."""
        return self.padded_size - sum(self.cropped)

    @property
    def output_size(self) -> int:
        """Number of positions of the kernel; below 1 when it does not fit."""
        return (self.size - self.kernel_size) // self.stride + 1  # Relationship 6, 1603.07285


@dataclass(frozen=True, init=False)
class Layer(ABC):
    """The geometry of a layer, without channels or values; ``Standard`` or ``Transposed``.

    Sizes are given as one number for both axes or as (row, column), and kept as pairs.
    """

    i: Pair
    k: Pair
    p: Pair
    s: Pair

    name: ClassVar[str]
    """The layer's word on the command line."""

    def __init__(self, i: object, k: object, p: object, s: object) -> None:
        put = object.__setattr__  # the only way into a frozen dataclass
        put(self, "i", parse.size(i, "--i", low=1))
        put(self, "k", parse.size(k, "--k", low=1))
        put(self, "p", parse.size(p, "--p", low=0))
        put(self, "s", parse.size(s, "--s", low=1))
        for axis in range(2):
            self._check(self.i[axis], self.k[axis], self.p[axis], self.s[axis])

    @staticmethod
    @abstractmethod
    def _check(i: int, k: int, p: int, s: int) -> None:
        """Raise InputError when an axis of these sizes has no output."""

    @staticmethod
    @abstractmethod
    def _axis(i: int, k: int, p: int, s: int) -> SlidingAxis:
        """Return how an axis of these sizes is drawn."""

    @property
    def axes(self) -> tuple[SlidingAxis, SlidingAxis]:
        """Rows and columns of the grid that the kernel slides over."""
        rows, columns = (
            self._axis(self.i[axis], self.k[axis], self.p[axis], self.s[axis]) for axis in range(2)
        )
        return rows, columns

    def with_input(self, i: int) -> Self:
        """Return the same layer on a square input of another size."""
        return type(self)(i=i, k=self.k, p=self.p, s=self.s)

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
    def slug(self) -> tuple[str, ...]:
        """The layer as parts of a file name, in characters that every file system takes."""
        sizes = (f"{letter}{either(getattr(self, letter), 'x')}" for letter in "ikps")
        return self.name, *sizes

    @property
    def alt_text(self) -> str:
        """One phrase that says what a picture of the layer shows, for those who don't see it."""
        steps = "1 step" if self.n_steps == 1 else f"{self.n_steps} steps"
        return (
            f"{self.name.capitalize()} convolution, {times(self.i)} input, {times(self.k)} kernel, "
            f"padding {either(self.p)}, stride {either(self.s)}, "
            f"{times(self.output_size)} output, {steps}"
        )


@dataclass(frozen=True, init=False)
class Standard(Layer):
    """A convolution as ``torch.nn.Conv2d`` computes it: every step reads a window of the input.

    Parameters
    ----------
    i, k, p, s
        Input size, kernel size, padding on each side and stride: one whole number for both
        axes, or (row, column).

    Raises
    ------
    ValueError
        When a size is not a whole number, out of range, or the kernel does not fit into the
        padded input.
    """

    name: ClassVar[str] = "standard"

    def __init__(self, i: object = 5, k: object = 3, p: object = 0, s: object = 1) -> None:
        super().__init__(i, k, p, s)

    @staticmethod
    def _check(i: int, k: int, p: int, s: int) -> None:
        if k > i + 2 * p:
            raise InputError(
                f"the kernel has {k} cells (--k {k}) but the padded input only {i + 2 * p} "
                f"({i} + 2·{p}): lower --k, or raise --i or --p"
            )

    @staticmethod
    def _axis(i: int, k: int, p: int, s: int) -> SlidingAxis:
        return SlidingAxis(input_size=i, kernel_size=k, stride=s, padding=(p, p))


@dataclass(frozen=True, init=False)
class Transposed(Layer):
    """A transposed convolution as ``torch.nn.ConvTranspose2d`` computes it.

    It is drawn by zero insertion: z = s − 1 zeros between the input cells, then p′ = k − p − 1
    cells of padding (or, when that is negative, −p′ cells cropped), then stride 1.
    Relationships 13 and 14, arXiv 1603.07285.

    Parameters
    ----------
    i, k, p, s
        Input size, kernel size, padding (what is cropped from each side of the full output)
        and stride: one whole number for both axes, or (row, column).

    Raises
    ------
    ValueError
        When a size is not a whole number, out of range, or the output would be empty.
    """

    name: ClassVar[str] = "transposed"

    def __init__(self, i: object = 3, k: object = 3, p: object = 1, s: object = 2) -> None:
        super().__init__(i, k, p, s)

    @staticmethod
    def _check(i: int, k: int, p: int, s: int) -> None:
        output = s * (i - 1) + k - 2 * p
        if output < 1:
            raise InputError(
                f"the output would have {output} cells along an axis "
                f"({s}·({i} − 1) + {k} − 2·{p}): lower --p, or raise --i or --k"
            )

    @staticmethod
    def _axis(i: int, k: int, p: int, s: int) -> SlidingAxis:
        drawn = k - p - 1  # p′
        return SlidingAxis(
            input_size=i,
            kernel_size=k,
            stride=1,
            inserted=s - 1,
            padding=(max(drawn, 0), max(drawn, 0)),
            cropped=(max(-drawn, 0), max(-drawn, 0)),
        )


def times(pair: Pair) -> str:
    """Return a size as it is written in running text: «5×7»."""
    return f"{pair[0]}×{pair[1]}"


def either(pair: Pair, sign: str = "×") -> str:
    """Return one number when both axes have the same, else both with *sign* between."""
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}{sign}{pair[1]}"
