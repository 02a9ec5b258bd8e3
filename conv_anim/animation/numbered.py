"""The numbers of an animation: what its layer computes, and what its cells say of it."""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from conv_anim.core.subject import Subject
from conv_anim.options import Options
from conv_anim.views.view import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from conv_anim.core.plane import Plane
    from conv_anim.core.values import Values
    from conv_anim.views.annotations import Annotations
    from conv_anim.views.channel_numbers import ChannelNumbers


class Numbered:
    """What has numbers that follow from a layer, or two in turn, and what is given for it."""

    layer: Subject
    options: Options
    view: View

    @cached_property
    def values_in_turn(self) -> "list[Values]":
        """The numbers of each of the layers that they go through, of most pictures one."""
        from conv_anim.core import sources

        layers = self.layer.in_turn
        return sources.make_in_turn(layers, self.options.sources(layers[0]))

    @property
    def values(self) -> "Values":
        """The numbers of all channels of input, kernel and output; of two layers, the second's."""
        return self.values_in_turn[-1]

    @cached_property
    def shown(self) -> "Plane":
        """Those of them that a picture of one channel shows."""
        from conv_anim.core import sources

        channel, filter_ = (number - 1 for number in self.options.pair)
        layer = self.layer.single()
        return sources.make_pair(layer, self.options.sources(layer), channel, filter_)

    @cached_property
    def _numbers(self) -> "Annotations | ChannelNumbers | Any":
        """What cells say of the values, if they say anything."""
        from conv_anim.core import sources
        from conv_anim.views import annotations, channel_numbers

        options, channels = self.options, self.view.channels
        numbers = options.shows_numbers(self.layer)
        if not numbers and not options.shade:
            return None
        what = annotations.What(
            options.digits, numbers=numbers, shade=options.shade, kernel_name=options.kernel_name
        )
        if self.view.annotate:
            return self.view.annotate(self.layer, self.values_in_turn, what)
        found: Annotations | ChannelNumbers
        if channels:
            n_used = len(channels.outputs)
            layer = self.layer.single()
            values = sources.make(layer, *options.sources(layer), n_used)
            found = channel_numbers.annotate(values, channels, what)
        else:
            found = annotations.annotate(self.shown, what)
        return replace(found, output_shading=None) if options.hides_output else found

    @property
    def output(self) -> "NDArray[np.float64]":
        """What the layer computes from its input, (rows, columns), of a 1-D layer (columns,).

        If it has several channels, on either side, these are the first axis.
        """
        output = self.values.output.copy()
        output = output if self.layer.ndim == 2 else output[:, 0]
        return output if self.layer.has_channels else output[0]
