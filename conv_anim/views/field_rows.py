"""The rows of the field view: where the cells of each layer are over those that they read."""

from fractions import Fraction
from typing import NamedTuple

from conv_anim.core.layer import Layer
from conv_anim.core.network import Network
from conv_anim.core.parse import Pair


class Row(NamedTuple):
    """The cells of the input, or of what a layer makes, along the axis."""

    role: str
    size: int
    padding: Pair
    """Cells that the layer above reads besides, before and after."""
    pitch: Fraction
    """From one cell to the next, in cells of the input."""
    at: Fraction
    """Where the first cell is, in cells of the input from its first one."""
    outside: int = 0
    """How many of the cells after it are past the padding, where nothing counts."""

    @property
    def length(self) -> int:
        """How many cells there are, padding among them."""
        return self.size + sum(self.padding)


def spreads(layer: Layer, axis: int) -> bool:
    """Return whether a layer makes several cells of each, and reads no padding."""
    return layer.inserts_zeros or layer.axes[axis].inserted > 0


def rows(network: Network) -> list[Row]:
    """Return the rows, the input first."""
    axis = network.axis
    pitch, at = Fraction(1), Fraction(0)
    found = []
    for number, layer in enumerate(network.layers):
        drawn = layer.axes[axis]
        role = f"layer {number}" if number else "input"
        if spreads(layer, axis):
            found.append(Row(role, layer.i[axis], (0, 0), pitch, at))
            last = layer.d[axis] * (layer.k[axis] - 1)
            pitch /= layer.s[axis]
            at += pitch * (layer.p[axis][0] - Fraction(last, 2))
        else:
            found.append(Row(role, layer.i[axis], drawn.padding, pitch, at, drawn.outside))
            at += pitch * (_place_in_window(layer, axis) - drawn.padding[0])
            pitch *= drawn.stride
    return [*found, Row("output", network.output_size[axis], (0, 0), pitch, at)]


def _place_in_window(layer: Layer, axis: int) -> Fraction:
    """Return where over its window a cell is, in cells from the first.

    It is in the middle, but at the end where padding is only before, as in causal layers, and at
    the start where it is only after.
    """
    last = layer.axes[axis].span - 1
    before, after = layer.p[axis]
    if bool(before) == bool(after):
        return Fraction(last, 2)
    return Fraction(last if before else 0)


def counter(step: int, n_cells: int) -> str:
    """Return how far the animation is; cells count from 1."""
    return f"output cell {step} / {n_cells}"
