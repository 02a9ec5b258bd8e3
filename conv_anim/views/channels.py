"""The sliding view of a layer with channels: planes, the kernels of a filter, and what they add.

Each output channel has a filter, and a filter a kernel for each input channel that it reads: the
products of all taps of all these channels are added, and then the bias. Pooling layers go over
each channel by itself.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from conv_anim.core.layer import Layer
from conv_anim.scene.arrangement import Area, Arrangement
from conv_anim.scene.arrangement import in_columns as beside
from conv_anim.scene.arrangement import in_volumes as side_by_side
from conv_anim.views.shown_channels import FILTER, POSITION, Choice, ShownChannels, role
from conv_anim.views.view import View

if TYPE_CHECKING:
    from conv_anim.scene.scene import Scene
    from conv_anim.views.channel_numbers import ChannelNumbers


def in_columns(view: View, layer: Layer, choice: Choice) -> View:
    """Return the sliding view of a layer with several channels: its planes in columns.

    Those of *choice* are drawn, by itself one filter after another.
    """
    return _over_channels(view, layer, choice._replace(order=choice.order or FILTER), columns)


def in_volumes(view: View, layer: Layer, choice: Choice) -> View:
    """Return the view in perspective of a layer with several channels: its planes in depth.

    By itself all filters are at a place before any is at the next: a column of the output.
    """
    return _over_channels(view, layer, choice._replace(order=choice.order or POSITION), volumes)


def _over_channels(
    view: View, layer: Layer, choice: Choice, arrange: Callable[[ShownChannels], Arrangement]
) -> View:

    def scene(
        layer: Layer,
        chosen: Sequence[int],
        step_ms: int,
        hold_ms: int,
        numbers: "ChannelNumbers | None" = None,
    ) -> "Scene":
        from conv_anim.views.channel_scene import slide

        shown = ShownChannels.of(layer, choice)
        return slide(shown, arrange(shown), chosen, step_ms, hold_ms, numbers)

    return view._replace(
        arrange=lambda layer: arrange(ShownChannels.of(layer, choice)),
        n_steps=lambda layer: ShownChannels.of(layer, choice).n_steps,
        scene=scene,
        channels=ShownChannels.of(layer, choice),
        arrange_channels=arrange,
    )


def volumes(shown: ShownChannels) -> Arrangement:
    """Return the drawn input planes, as many kernels as a filter has of them, and the output."""
    layer = shown.layer
    rows, columns = layer.axes
    drawn = rows.padded_size, columns.padded_size
    words = "the grid that the kernel slides over"
    areas = {role("input", channel): Area(words, drawn) for channel in shown.inputs}
    if layer.has_weights:
        areas |= {
            role("kernel", number): Area("the kernel", layer.k, column=1)
            for number in range(shown.most_read)
        }
    last = 1 + layer.has_weights
    areas |= {
        role("output", filter_): Area("the output", layer.output_size, column=last)
        for filter_ in shown.outputs
    }
    return side_by_side(areas, ("∗", "=") if layer.has_weights else ("→",))


def columns(shown: ShownChannels) -> Arrangement:
    """Return the drawn input planes, the kernels of a filter, and the drawn output planes."""
    layer = shown.layer
    rows, columns = layer.axes
    drawn = rows.padded_size, columns.padded_size
    areas = {
        role("input", channel): Area(
            "the grid that the kernel slides over",
            drawn,
            name=shown.name(channel),
            more_above=_more(before),
            more=_more(after),
        )
        for channel, (before, after) in zip(
            shown.inputs, shown.left_out(shown.inputs, layer.in_channels), strict=True
        )
    }
    if layer.has_weights:
        areas |= {
            role("kernel", channel): Area(
                "the kernel", layer.k, column=1, beside=role("input", channel)
            )
            for channel in shown.inputs
        }
    last = 1 + layer.has_weights
    areas |= {
        role("output", filter_): Area(
            "the output",
            layer.output_size,
            column=last,
            beside="" if layer.has_weights else role("input", filter_),
            name=str(filter_ + 1) if layer.out_channels > 1 else "",
            more_above=_more(before),
            more=_more(after),
        )
        for filter_, (before, after) in zip(
            shown.outputs, shown.left_out(shown.outputs, layer.out_channels), strict=True
        )
    }
    is_added = layer.has_weights and layer.channels_read > 1
    return beside(areas, 1 if is_added else None)


def _more(count: int) -> str:
    return f"{count} more" if count else ""
