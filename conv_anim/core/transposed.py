"""Transposed convolution."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from conv_anim.core import choices, padding, parse, reach
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Derived, minus
from conv_anim.core.parse import Pads, Pair
from conv_anim.errors import InputError, listed


@dataclass(frozen=True, init=False)
class Transposed(Channelled):
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
        1 for a single row of cells; then sizes are single numbers, and a padding may be (before,
        after).
    in_channels, out_channels, groups, has_bias
        How many channels it reads and makes, in how many groups, and whether each filter has a
        bias.

    Raises
    ------
    ValueError
        When a size is not a whole number, out of range, the output would be empty, the output
        padding is not smaller than stride or dilation, or no output padding gives *to*, or the
        groups don't divide the channels.
    """

    op: Pair

    name: ClassVar[str] = "transposed"
    own_input: ClassVar[int] = 3
    inserts_zeros: ClassVar[bool] = True

    def __init__(
        self,
        i: object = None,
        k: object = 3,
        p: object = 1,
        s: object = 2,
        *,
        d: object = 1,
        op: object = None,
        to: object = None,
        ndim: object = 2,
        in_channels: object = 1,
        out_channels: object = 1,
        groups: object = 1,
        has_bias: object = False,
    ) -> None:
        self._set_sizes(ndim, i=i, k=k, s=s, d=d)
        self._set_channels(in_channels, out_channels, groups, has_bias)
        foreign = choices.find(p, ("same", "valid"))
        if foreign:
            raise self._foreign(foreign, op, to)
        self._set_padding(p, padding.TRANSPOSED_NAMES, padding.TORCH)
        if op is not None and to is not None:
            raise InputError("‹op› and ‹to› both say how large the output is: leave one out")
        wanted = None if to is None else parse.size(to, "to", low=1, ndim=self.ndim)
        given = parse.size(0 if op is None else op, "op", low=0, ndim=self.ndim)
        self._set(op=given, **({} if wanted is None else {"wanted_size": wanted}))
        self._check_output_padding(0)
        self._check_output_padding(1)
        self._settle()

    def _fit(self) -> None:
        """Work out what follows from the input's size, or raise InputError."""
        self._pad_by_name()
        if self.wanted_size is not None:
            self._set(op=self._output_padding_to(self.wanted_size))
        self._check()

    @property
    def weight_shape(self) -> tuple[int, ...]:
        """The shape of the weights: (in, out / groups, rows, columns), 1-D without rows."""
        return self.in_channels, self.filters_per_group, *self.k[-self.ndim :]

    @property
    def multiplications(self) -> int:
        """How often a weight is multiplied with a cell as the input stamps: every weight once."""
        return self.n_inputs * prod(self.weight_shape)

    @property
    def output_padding(self) -> Pair:
        """(rows, columns) added at the bottom and right."""
        return self.op

    @property
    def reachable(self) -> tuple[range, range]:
        """The output sizes of rows and columns that output paddings give, one after the other."""
        rows, columns = self._up_axes
        return rows.sizes, columns.sizes

    @property
    def _up_axes(self) -> tuple[reach.UpAxis, reach.UpAxis]:
        rows, columns = (
            reach.UpAxis(self.i[axis], self.k[axis], self.s[axis], self.d[axis], self.p[axis])
            for axis in range(2)
        )
        return rows, columns

    def _output_padding_to(self, wanted: Pair) -> Pair:
        """Return the output padding that makes the output *wanted* cells large."""
        axes = self._up_axes
        if not all(axis.sizes for axis in axes):
            self._set(op=(0, 0))
            self._check()  # there is no output at all, and this says so
        if all(size in axis.sizes for size, axis in zip(wanted, axes, strict=True)):
            return wanted[0] - axes[0].least, wanted[1] - axes[1].least
        each = [_listed(axis.sizes) for axis in axes]
        either = each[1] if self.ndim == 1 or each[0] == each[1] else f"{each[0]} by {each[1]}"
        ways = [
            f"‹{letter}={self.written((getattr(rows, letter), getattr(columns, letter)))}›"
            for letter, (rows, columns) in reach.nearest(axes, wanted)
        ]
        out = f"; the nearest change that reaches it is {listed(ways)}" if ways else ""
        raise InputError(
            f"‹to› is {self.written(wanted)}, which no output padding gives: with these sizes "
            f"the output can have {either} cells along an axis{out}"
        )

    def _foreign(self, name: str, op: object, to: object) -> InputError:
        """Return the refusal of a padding's *name* that other frameworks have here."""
        own = None if op is None else parse.size(op, "op", low=0, ndim=self.ndim)
        wanted = None if to is None else parse.size(to, "to", low=1, ndim=self.ndim)
        found = [
            padding.transposed(
                name,
                i=self.i[axis],
                k=self.k[axis],
                s=self.s[axis],
                d=self.d[axis],
                op=own and own[axis],
                to=wanted and wanted[axis],
            )
            for axis in range(2)
        ]
        pads = found[0][0], found[1][0]
        more = found[0][1], found[1][1]
        sizes = (
            full - before - after + op
            for full, (before, after), op in zip(self.full_size, pads, more, strict=True)
        )
        rows, columns = sizes
        whose, rule = "Keras's, TensorFlow's and JAX's", "i·s = " if name == "same" else ""
        if own is not None:
            whose, rule = "Keras's with this output padding", ""
        elif (rows, columns) == wanted:
            whose, rule = "TensorFlow's with this output size", ""
        way = f"‹p={self.written(pads)}›"
        if (own or (0, 0)) != more and to is None:
            way += f" ‹op={self.written(more)}›"
        lower = ""
        swapped = tuple((after, before) for before, after in pads)
        if swapped != pads and own is None:
            lower = f", and ONNX's SAME_LOWER ‹p={self.written((swapped[0], swapped[1]))}›"
        return InputError(
            f"‹p› is {name!r}, which PyTorch has not in transposed layers: give cells; {whose} "
            f"makes the output {rule}{self.times((rows, columns))} and is {way}{lower}"
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

    @property
    def derived(self) -> tuple[Derived, ...]:
        """The inserted zeros z, and p′."""
        z = self.s[0] - 1, self.s[1] - 1
        return Derived("z", "s − 1", z), Derived("p′", self.p_prime_rule, self.p_prime)

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

    def _check_output_padding(self, axis: int) -> None:
        """Raise InputError when it is too large for an axis."""
        s, d, op = self.s[axis], self.d[axis], self.op[axis]
        if op >= max(s, d):
            raise InputError(
                f"‹op› is {op}: it must be smaller than the stride or the dilation (‹s={s}›, "
                f"‹d={d}›): lower it, or raise ‹s› or ‹d›"
            )

    def _check_axis(self, axis: int) -> None:
        i, k, s, d, op = (size[axis] for size in (self.i, self.k, self.s, self.d, self.op))
        least = self._up_axes[axis].least
        if least + op < 1:
            before, after = self.p[axis]
            taps = str(k) if d == 1 else f"{d}·({k} − 1) + 1"
            crop = f"2·{before}" if before == after else f"({before} + {after})"
            more = f" + {op}" if op else ""
            raise InputError(
                f"the output would have {minus(least + op)} cells along an axis "
                f"({s}·({i} − 1) + {taps} − {crop}{more}): lower ‹p›, or raise ‹i› or ‹k›"
            )


def _listed(sizes: range) -> str:
    return str(sizes[0]) if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
