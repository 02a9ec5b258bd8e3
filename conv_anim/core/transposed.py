"""Transposed convolution."""

from dataclasses import dataclass
from typing import ClassVar

from conv_anim.core import padding, parse
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.layer import Layer, minus
from conv_anim.core.parse import Pads, Pair
from conv_anim.errors import InputError


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
        return self.full_size[axis] - sum(self.p[axis])  # Relationship 14, 1603.07285

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
    def full_size(self) -> Pair:
        """(rows, columns) of what all stamps cover: (i − 1)s + K."""
        rows, columns = (
            self.s[axis] * (self.i[axis] - 1) + self.d[axis] * (self.k[axis] - 1) + 1
            for axis in range(2)
        )
        return rows, columns

    @property
    def canvas_size(self) -> Pair:
        """The same with what output padding adds beyond it."""
        rows, columns = (
            max(self.full_size[axis], self.p[axis][0] + self.output_size[axis]) for axis in range(2)
        )
        return rows, columns

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


def _listed(sizes: range) -> str:
    return str(sizes[0]) if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
