"""The arithmetic of one layer in sentences: what every kind of layer has in common."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair

AnyLayer = TypeVar("AnyLayer", bound=Layer)


class Words(Generic[AnyLayer]):
    """What there is to say of a layer; a kind of layer that is explained otherwise has its own."""

    def __init__(self, layer: AnyLayer) -> None:
        self.layer = layer

    @property
    def stages(self) -> list[str]:
        """The arithmetic, step by step: pad, then slide."""
        layer = self.layer
        more = ""
        if layer.outside != (0, 0):
            more = f", of which {layer.shown(layer.outside)} past the padding, for the last window"
        padded = self.change(layer.i, self.drawn("padded_size"))
        return [
            f"Pad: {self.each(self.padding)}{more}; {padded}.",
            f"Slide the {layer.kernel_word}, which spans {layer.times(self.drawn('span'))}, by "
            f"{layer.shown(layer.s)}: {self.each(self.output)}; {self.end}.",
        ]

    @property
    def notes(self) -> list[str]:
        """What is to be said besides, a line each."""
        return []

    @property
    def costs(self) -> list[str]:
        """What its channels are, and what it costs, a line each."""
        return []

    @property
    def way_back(self) -> list[str]:
        """How to get from the output's size back to the input's."""
        return []

    @property
    def traits(self) -> dict[str, Any]:
        """What the layer has besides sizes, as JSON takes it, if it is not what most have."""
        return {}

    @property
    def end(self) -> str:
        """What the last stage makes, and in how many steps."""
        return f"{self.layer.times(self.layer.output_size)} output, {self.layer.steps_text}"

    def each(self, say: Callable[[int], str]) -> str:
        """Return what there is to say of each axis, once if it is the same."""
        rows, columns = say(0), say(1)
        if self.layer.ndim == 1 or rows == columns:
            return columns
        return f"rows {rows}, columns {columns}"

    def drawn(self, name: str) -> Pair:
        """Return a size of the drawn grid on both axes."""
        rows, columns = (int(getattr(axis, name)) for axis in self.layer.axes)
        return rows, columns

    def change(self, old: Pair, new: Pair) -> str:
        """Return what a size becomes."""
        return f"{self.layer.times(old)} → {self.layer.times(new)}"

    def padding(self, axis: int) -> str:
        """Return what is padded along an axis."""
        return before_and_after(self.layer.axes[axis].padding)

    def output(self, axis: int) -> str:
        """Return how the output size along an axis comes about."""
        drawn = self.layer.axes[axis]
        room = f"({drawn.size - drawn.outside} − {drawn.span})/{drawn.stride}"
        if not self.layer.rounds_up:
            return f"o = ⌊{room}⌋ + 1 = {drawn.output_size}, remainder {drawn.remainder}"
        place = self.layer.dropped[axis]
        fewer, why = (" − 1", f", as the last window would begin {place}") if place else ("", "")
        return f"o = ⌈{room}⌉ + 1{fewer} = {drawn.output_size}{why}"


def before_and_after(sides: Pair) -> str:
    """Return how many cells there are on either side."""
    return f"{sides[0]} before and {sides[1]} after"
