"""What a view says of itself, before NumPy is loaded and anything is drawn."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from conv_anim.core.layer import Layer
from conv_anim.core.layers import KINDS
from conv_anim.scene.arrangement import Arrangement

if TYPE_CHECKING:
    from conv_anim.core.values import Values
    from conv_anim.scene.scene import Scene
    from conv_anim.views.annotations import What
    from conv_anim.views.shown_channels import Choice, ShownChannels

ALL = tuple(KINDS)
"""The kinds of layers of which most views can show each."""


class View(NamedTuple):
    """A way of looking at a layer."""

    name: str
    kinds: tuple[str, ...]
    """The kinds of layers that it can show."""
    meaning: str
    """What it shows, for help and those who don't see it; of pooling, a kernel is a window."""
    arrange: Callable[[Any], Arrangement]
    """What grids there are of a layer, and how they are placed."""
    n_steps: Callable[[Any], int]
    """How many steps a layer has."""
    scene: "Callable[..., Scene]"
    """Makes the scene of a layer; NumPy is loaded for it.

    It takes a layer, the steps that are shown, counted from 0, how long each of them and the
    last frame is shown, in milliseconds, and the numbers, if cells have any.
    """
    without: tuple[str, ...] = ()
    """Drawing options that have no meaning for it."""
    has_ending: bool = False
    """Whether one more frame comes after the last step."""
    over_channels: "Callable[[View, Any, Choice], View] | None" = None
    """Makes the view of a layer with several channels; None if it shows one of them."""
    channels: "ShownChannels | None" = None
    """The channels that it shows, if they are several."""
    annotate: "Callable[[Any, list[Values], What], Any] | None" = None
    """Says what cells say of the numbers of layers in turn; None for a single layer."""
    arrange_channels: "Callable[[ShownChannels], Arrangement] | None" = None
    """What grids there are of other channels, if it shows several."""

    def meaning_for(self, kind: str) -> str:
        """Return what it shows of a kind of layer."""
        word = KINDS[kind].kernel_word if kind in KINDS else "kernel"
        return self.meaning.replace("kernel", word)


def outputs(layer: Layer) -> int:
    """Return the steps of a view in which each fills an output cell."""
    return layer.n_steps


def inputs(layer: Layer) -> int:
    """Return the steps of a view in which each uses an input cell."""
    return layer.n_inputs
