"""The stamping view of a layer with channels: a cell of each plane stamps a kernel of the filter.

What all channels that a filter reads stamp at a place is added, and what stamps before have left.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conv_anim.core.transposed import Transposed
from conv_anim.scene.arrangement import Area, Arrangement, in_columns
from conv_anim.views.channels import columns
from conv_anim.views.shown_channels import FILTER, FULL, Choice, ShownChannels
from conv_anim.views.view import View

if TYPE_CHECKING:
    from conv_anim.scene.scene import Scene
    from conv_anim.views.channel_numbers import ChannelNumbers


def over_channels(view: View, layer: Transposed, choice: Choice) -> View:
    """Return the view for a layer with several channels, of which those of *choice* are drawn."""
    asked = choice._replace(order=choice.order or FILTER)

    def scene(
        layer: Transposed,
        chosen: Sequence[int],
        step_ms: int,
        hold_ms: int,
        numbers: "ChannelNumbers | None" = None,
    ) -> "Scene":
        from conv_anim.views.channel_stamps import stamping

        shown = ShownChannels.of(layer, asked)
        return stamping(layer, shown, arrange(shown), chosen, step_ms, hold_ms, numbers)

    return view._replace(
        arrange=lambda layer: arrange(ShownChannels.of(layer, asked)),
        n_steps=lambda layer: len(ShownChannels.of(layer, asked).outputs) * layer.n_inputs,
        scene=scene,
        channels=ShownChannels.of(layer, asked),
        arrange_channels=arrange,
    )


def arrange(shown: ShownChannels) -> Arrangement:
    """Return the drawn input planes, the kernels of a filter, and the planes that are stamped."""
    layer = shown.layer
    assert isinstance(layer, Transposed)
    found: dict[str, Area] = {}
    sliding = columns(shown)
    for role, area in sliding.areas.items():
        if role.startswith("input"):
            found[role] = area._replace(words="the input", shape=layer.i)
        elif role.startswith("output"):
            name = role.replace("output", FULL)
            found[name] = area._replace(words="the full output", shape=layer.canvas_size)
        else:
            found[role] = area
    return in_columns(found, sliding.joint)
