"""The numbers of a sliding picture: what cells say, how they are shaded, what each step sums."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import steps
from conv_anim.core.kinds import Kind
from conv_anim.core.steps import Indexes
from conv_anim.core.values import Array, Values
from conv_anim.scene.scene import SHADES, Chunks, Scale, Sum
from conv_anim.views import number_format, sums
from conv_anim.views.string_table import Strings, widest_em

Levels = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Shading:
    """Shades of all cells of a grid, and their colour bar."""

    levels: Levels
    scale: Scale | None
    """None if all values are the same."""
    only: str = ""
    """The value that all cells have, if they do."""

    @property
    def captions(self) -> Chunks:
        """What a caption has to say, as there is no colour bar to say it."""
        return (f"all values are {self.only}",) if self.only else ()


@dataclass(frozen=True, eq=False)
class Annotations:
    """What is written in the cells of the two grids; labels are places in *strings*."""

    values: Values
    digits: int
    strings: tuple[str, ...]
    input: Indexes | None
    output: Indexes | None
    weights: Indexes | None
    """The corners of a kernel's cells; None for pooling."""
    input_shading: Shading | None
    output_shading: Shading | None
    is_signed: bool
    """Whether there are numbers below 0, so that shades are of either sign."""

    @property
    def widest_em(self) -> tuple[float, float] | None:
        """The widest label and the widest corner, in font sizes; None without numbers."""
        if self.input is None or self.output is None:
            return None
        return (
            widest_em(self.strings, self.input, self.output),
            widest_em(self.strings, self.weights),
        )

    @property
    def labels(self) -> tuple[Indexes | None, Indexes | None]:
        """What the cells of both grids say."""
        return self.input, self.output

    def sum(self, position: Indexes) -> Sum | None:
        """Return what the step at an output cell computes; nothing if there are no numbers."""
        if self.input is None:
            return None
        return sums.of_step(self.values, position, self.digits)


def annotate(values: Values, digits: int, *, numbers: bool, shade: bool) -> Annotations:
    """Return what the cells of a picture say, in numbers, in shades or in both."""
    strings = Strings(digits)
    kinds = steps.drawn_kinds(values.layer)
    drawn, output = values.drawn[0], values.output[0]
    labels: dict[str, Indexes | None] = {"input": None, "output": None, "weights": None}
    if numbers:
        labels["input"] = np.where(kinds == Kind.OUTSIDE, 0, strings.written(drawn))
        labels["output"] = strings.written(output)
        if values.weights is not None:
            labels["weights"] = strings.written(values.weights[0], "×")
    rows, columns = values.origins
    has_value = (rows[:, np.newaxis] >= 0) & (columns >= 0)
    is_signed = bool((drawn[has_value] < 0).any() or (output < 0).any())
    everywhere = np.ones(output.shape, bool)
    return Annotations(
        values=values,
        digits=digits,
        strings=strings.all,
        **labels,
        input_shading=_shading(drawn, has_value, digits, is_signed) if shade else None,
        output_shading=_shading(output, everywhere, digits, is_signed) if shade else None,
        is_signed=is_signed,
    )


def _shading(array: Array, shaded: NDArray[np.bool_], digits: int, is_signed: bool) -> Shading:
    """Return the shades of those cells that have a value of the layer's own.

    The lowest value has the first shade and the highest the last one, unless they are *signed*:
    then 0 has the one in the middle, and the number that is furthest from it the first or last.
    """
    low, high = float(array[shaded].min()), float(array[shaded].max())
    middle = SHADES // 2
    values = np.where(shaded, array, low)
    if is_signed:
        level = middle + np.rint(values / (max(high, -low) or 1) * middle)
    elif high > low:
        level = np.minimum((values - low) / (high - low) * SHADES, SHADES - 1)
    else:
        level = np.full(array.shape, middle)
    levels = np.where(shaded, level, -1).astype(np.int8)
    ends = number_format.written(low, digits), number_format.written(high, digits)
    if high == low:
        return Shading(levels, None, ends[0])
    return Shading(levels, Scale(*ends, int(levels[shaded].min()), int(levels[shaded].max())))
