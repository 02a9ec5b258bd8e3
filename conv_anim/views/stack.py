"""The stacked view: the sliding picture in perspective, the output floating above the input."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conv_anim.core.layer import Layer
from conv_anim.scene.arrangement import Arrangement, Order
from conv_anim.scene.scene import Scene
from conv_anim.views import slide
from conv_anim.views.channels import in_volumes
from conv_anim.views.view import ALL, View, outputs

if TYPE_CHECKING:
    from conv_anim.views.annotations import Annotations


def arrange(layer: Layer) -> Arrangement:
    """Return the grids of the sliding picture, the output above the input."""
    areas = slide.areas(layer)
    height = max(area.shape[0] for area in areas.values())
    return Arrangement(areas, (max(0.8, height / 12),), order=Order.STACKED)


def stack(
    layer: Layer,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    annotations: "Annotations | None" = None,
) -> Scene:
    """Return the scene of ``slide`` with its grids one above the other."""
    return slide.scene(layer, arrange(layer), chosen, step_ms, hold_ms, annotations)


VIEW = View("stack", ALL, "in perspective", arrange, outputs, stack, over_channels=in_volumes)
