"""The numbers of a sliding picture: what cells say, how they are shaded, what each step sums."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import steps
from conv_anim.core.kinds import Kind
from conv_anim.core.plane import Plane
from conv_anim.core.steps import Indexes
from conv_anim.core.values import Array
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

    def plane(self, place: int) -> "Shading":
        """Return that of one channel, if there are several."""
        return replace(self, levels=self.levels[place])

    @property
    def captions(self) -> Chunks:
        """What a caption has to say, as there is no colour bar to say it."""
        return (f"all values are {self.only}",) if self.only else ()


@dataclass(frozen=True, eq=False)
class Kernel:
    """What the cells of the kernel's own grid say, as it slides."""

    name: str
    """What it is called, such as «sobel-x»; empty if it has no name."""
    labels: Indexes | None
    shading: Shading | None


@dataclass(frozen=True, eq=False)
class Annotations:
    """What is written in the cells of the two grids; labels are places in *strings*."""

    values: Plane
    digits: int
    strings: tuple[str, ...]
    input: Indexes | None
    output: Indexes | None
    weights: Indexes | None
    """The corners of a kernel's cells; None for pooling."""
    kernel: Kernel | None
    """None for pooling."""
    input_shading: Shading | None
    output_shading: Shading | None
    is_signed: bool
    """Whether there are numbers below 0, so that shades are of either sign."""

    @property
    def widest_em(self) -> tuple[float, float] | None:
        """The widest label and the widest corner, in font sizes; None without numbers."""
        if self.input is None or self.output is None:
            return None
        kernel = self.kernel.labels if self.kernel else None
        return (
            widest_em(self.strings, self.input, self.output, kernel),
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


class What(NamedTuple):
    """What cells are to say: numbers, shades or both."""

    digits: int
    numbers: bool
    shade: bool
    kernel_name: str = ""


def annotate(values: Plane, what: What) -> Annotations:
    """Return what the cells of a picture say."""
    digits, numbers, shade, kernel_name = what
    strings = Strings(digits)
    kinds = steps.drawn_kinds(values.layer)
    drawn, output, weights = values.drawn, values.output, values.weights
    labels: dict[str, Indexes | None] = {"input": None, "output": None, "weights": None}
    if numbers:
        labels["input"] = np.where(kinds == Kind.OUTSIDE, 0, strings.written(drawn))
        labels["output"] = strings.written(output)
        if weights is not None:
            labels["weights"] = strings.written(weights, "×")
    rows, columns = values.origins
    has_value = (rows[:, np.newaxis] >= 0) & (columns >= 0)
    is_signed = any(
        bool((array < 0).any())
        for array in (drawn[has_value], output, weights)
        if array is not None
    )
    kernel = None
    if weights is not None:
        kernel = Kernel(
            kernel_name,
            strings.written(weights) if numbers else None,
            shading(weights, np.ones(weights.shape, bool), digits, is_signed) if shade else None,
        )
    everywhere = np.ones(output.shape, bool)
    return Annotations(
        values=values,
        digits=digits,
        strings=strings.all,
        **labels,
        kernel=kernel,
        input_shading=shading(drawn, has_value, digits, is_signed) if shade else None,
        output_shading=shading(output, everywhere, digits, is_signed) if shade else None,
        is_signed=is_signed,
    )


def shading(array: Array, shaded: NDArray[np.bool_], digits: int, is_signed: bool) -> Shading:
    """Return the shades of those cells that have a value of the layer's own.

    The lowest value has the first shade and the highest the last one, unless they are *signed*:
    then 0 has the one in the middle, and the number that is furthest from it the first or last.
    The largest of nothing, −∞, is shaded as the lowest of the others is.
    """
    middle = SHADES // 2
    known = array[shaded & np.isfinite(array)]
    if not known.size:
        only = number_format.written(float(array[shaded].min()), digits)
        return Shading(np.where(shaded, middle, -1).astype(np.int8), None, only)
    low, high = float(known.min()), float(known.max())
    values = np.clip(np.where(shaded, array, low), low, high)
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
