"""What each step computes, in numbers: a sum with weights, the largest of a window, or a mean."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from conv_anim.core import steps
from conv_anim.core.layer import SUM
from conv_anim.core.plane import Plane
from conv_anim.core.pool import AVERAGE, MAX
from conv_anim.core.steps import Indexes
from conv_anim.core.values import Array
from conv_anim.scene.scene import Sum
from conv_anim.views.number_format import in_sum, is_exact, written


def of_step(values: Plane, position: Indexes, digits: int) -> Sum:
    """Return what the step at an output cell (row, column) computes."""
    return _SUMS[values.layer.computes](values, position, digits)


def _weighted(values: Plane, position: Indexes, digits: int) -> Sum:
    assert values.weights is not None
    window, weights, result = values.window(position), values.weights, _result(values, position)
    terms = tuple(
        f"{in_sum(float(value), digits)}·{in_sum(float(weight), digits)}"
        for value, weight in zip(window.ravel(), weights.ravel(), strict=True)
    )
    more = f" + {in_sum(values.bias, digits)}" if values.bias else ""
    how = sign((*window.ravel(), *weights.ravel(), values.bias, result), digits)
    end = f"{more} {how} {written(result, digits)}"
    return Sum("", terms, " + ", end, zeros(window * weights))


def _largest(values: Plane, position: Indexes, digits: int) -> Sum:
    counted = _counted(values, position)
    terms = tuple(written(float(value), digits) for value in counted)
    result = written(_result(values, position), digits)
    return Sum("max(", terms, ", ", f") {sign(counted, digits)} {result}")


def _mean(values: Plane, position: Indexes, digits: int) -> Sum:
    counted, result = _counted(values, position), _result(values, position)
    terms = tuple(in_sum(float(value), digits) for value in counted)
    divisor = int(values.counted[tuple(position)])
    end = f") / {divisor} {sign((*counted, result), digits)} {written(result, digits)}"
    return Sum("(", terms, " + ", end, zeros(counted))


_SUMS: Mapping[str, Callable[[Plane, Indexes, int], Sum]] = {
    SUM: _weighted,
    MAX: _largest,
    AVERAGE: _mean,
}


def _result(values: Plane, position: Indexes) -> float:
    return float(values.output[tuple(position)])


def _counted(values: Plane, position: Indexes) -> Array:
    """Return the numbers in the window that count, (n,)."""
    rows, columns = values.under(position)
    kinds = steps.drawn_kinds(values.layer)[rows[:, np.newaxis], columns]
    counted: Array = values.window(position)[np.isin(kinds, values.layer.counted_kinds)]
    return counted


def sign(numbers: Iterable[float], digits: int) -> str:
    """Return whether what is written of *numbers* is exact."""
    return "=" if all(is_exact(float(number), digits) for number in numbers) else "≈"


def zeros(terms: Array) -> frozenset[int]:
    """Return the places of those terms that add nothing."""
    return frozenset(np.flatnonzero(terms.ravel() == 0).tolist())
