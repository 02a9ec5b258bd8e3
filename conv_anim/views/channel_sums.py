"""What a step of a layer with channels computes: products of all taps of all channels, added."""

from typing import NamedTuple

import numpy as np

from conv_anim.core.layer import SUM
from conv_anim.core.plane import Plane
from conv_anim.core.steps import Indexes
from conv_anim.core.values import Array, Values
from conv_anim.scene.scene import Sum
from conv_anim.views import sums
from conv_anim.views.number_format import in_sum, written
from conv_anim.views.shown_channels import ShownChannels


class Filter(NamedTuple):
    """A drawn filter at a place: what it computes there, and what of it is not seen."""

    values: Values
    shown: ShownChannels
    number: int
    """Which of the drawn ones it is."""
    result: float
    hidden: float
    """What the channels add that are not drawn."""


def of_step(filter_: Filter, position: Indexes, digits: int) -> Sum:
    """Return what a drawn filter computes at an output cell (row, column).

    What channels that are not drawn add is one number.
    """
    values, shown, number, result, hidden = filter_
    own = shown.outputs[number]
    if values.layer.computes != SUM:
        return sums.of_step(Plane(values, own, own), position, digits)
    reads, drawn = values.layer.reads(own), shown.read(own)
    bias = float(values.bias[own])
    terms: list[str] = []
    products: list[Array] = []
    parts: list[tuple[str, int]] = []
    involved = [bias, result]
    for channel in drawn:
        plane = Plane(values, channel, own)
        assert plane.weights is not None
        window, weights = plane.window(position).ravel(), plane.weights.ravel()
        parts.append((f"{shown.name(channel)}: " if len(reads) > 1 else "", window.size))
        terms += [
            f"{in_sum(float(value), digits)}·{in_sum(float(weight), digits)}"
            for value, weight in zip(window, weights, strict=True)
        ]
        products.append(window * weights)
        involved += [*window, *weights]
    if len(drawn) < len(reads):
        parts.append((f"{len(reads) - len(drawn)} more: ", 1))
        terms.append(in_sum(hidden, digits))
        products.append(np.array([hidden]))
        involved.append(hidden)
    more = f" + bias {in_sum(bias, digits)}" if bias else ""
    end = f"{more} {sums.sign(involved, digits)} {written(result, digits)}"
    return Sum("", tuple(terms), " + ", end, sums.zeros(np.concatenate(products)), tuple(parts))
