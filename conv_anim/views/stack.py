"""The stacked view: the sliding picture in perspective, the output floating above the input."""

from collections.abc import Sequence
from dataclasses import replace

from conv_anim.core.layer import Layer
from conv_anim.scene.scene import Scene
from conv_anim.views import arrange
from conv_anim.views.annotations import Figures
from conv_anim.views.slide import slide


def stack(
    layer: Layer, chosen: Sequence[int], step_ms: int, hold_ms: int, figures: Figures | None = None
) -> Scene:
    """Return the scene of ``slide`` with its grids one above the other."""
    scene = slide(layer, chosen, step_ms, hold_ms, figures)
    return replace(scene, arrangement=arrange.stacked(layer))
