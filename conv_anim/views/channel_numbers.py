"""The numbers of a picture with several channels: one table of texts, and one scale of shades."""

from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import steps
from conv_anim.core.kinds import Kind
from conv_anim.core.plane import Plane
from conv_anim.core.steps import Indexes
from conv_anim.core.values import Array, Values
from conv_anim.scene.scene import Sum
from conv_anim.views import channel_sums
from conv_anim.views.annotations import Annotations, Shading, What, shading
from conv_anim.views.shown_channels import ShownChannels
from conv_anim.views.string_table import Strings, widest_em


@dataclass(frozen=True, eq=False)
class ChannelNumbers:
    """What the cells of all drawn channels say; the first axes are theirs."""

    values: Values
    shown: ShownChannels
    digits: int
    strings: tuple[str, ...]
    results: Array
    """What the drawn filters compute, (filters, rows, columns)."""
    hidden: Array
    """What of that the channels add that are not drawn."""
    input: Indexes | None
    output: Indexes | None
    kernel: Indexes | None
    """By filters, and then by the drawn input channels, whether they are read or not."""
    input_shading: Shading | None
    output_shading: Shading | None
    kernel_shading: Shading | None
    kernel_name: str
    is_signed: bool

    def seen_in_depth(self) -> "ChannelNumbers":
        """Return the same without what would be half hidden by the planes in front.

        Of those behind, the first row and the last column are seen.
        """
        if self.input is None or self.output is None:
            return self
        planes, results = (
            np.array([*map(unhidden, labels, count())]) for labels in (self.input, self.output)
        )
        return replace(self, input=planes, output=results)

    @property
    def widest_em(self) -> tuple[float, float] | None:
        """The widest label, in font sizes, and that there are no corners; None without numbers."""
        if self.input is None:
            return None
        return widest_em(self.strings, self.input, self.output, self.kernel), 0.0

    def pair(self, channel: int, number: int) -> Annotations:
        """Return what the cells of an input channel say, and those of a drawn output channel."""
        place = self.shown.inputs.index(channel)
        filter_ = self.shown.outputs[number]
        return Annotations(
            values=Plane(self.values, channel, filter_),
            digits=self.digits,
            strings=self.strings,
            input=None if self.input is None else self.input[place],
            output=None if self.output is None else self.output[number],
            weights=None,
            kernel=None,
            input_shading=self.input_shading and self.input_shading.plane(place),
            output_shading=self.output_shading and self.output_shading.plane(number),
            is_signed=self.is_signed,
        )

    def sum(self, number: int, position: Indexes) -> Sum | None:
        """Return what a drawn filter computes at an output cell; nothing without numbers."""
        if self.input is None:
            return None
        at = tuple(position)
        filter_ = channel_sums.Filter(
            self.values,
            self.shown,
            number,
            float(self.results[(number, *at)]),
            float(self.hidden[(number, *at)]),
        )
        return channel_sums.of_step(filter_, position, self.digits)


def unhidden(labels: Indexes, n_in_front: int) -> Indexes:
    """Return what is seen of a plane's labels, (rows, columns), behind so many others."""
    seen = labels.copy()
    if n_in_front:
        seen[1:, :-1] = 0
    return seen


def annotate(
    values: Values,
    shown: ShownChannels,
    what: What,
    strings: Strings | None = None,
    *,
    is_signed: bool = False,
) -> ChannelNumbers:
    """Return what the cells of the drawn channels say.

    They are in *strings*, if there are others in the picture, and *is_signed* if any of those are
    negative, as all have the same colours.
    """
    digits, numbers, shade, kernel_name = what
    strings = strings or Strings(digits)
    kinds = steps.drawn_kinds(values.layer)
    drawn = values.drawn[[*shown.inputs]]
    output, hidden = _outputs(values, shown)
    weights = _weights(values, shown)
    input_labels = output_labels = kernel_labels = None
    if numbers:
        input_labels = np.where(kinds == Kind.OUTSIDE, 0, strings.written(drawn))
        output_labels = strings.written(output)
        if weights is not None:
            kernel_labels = strings.written(weights)
    rows, columns = values.origins
    has_value = np.broadcast_to((rows[:, np.newaxis] >= 0) & (columns >= 0), drawn.shape)
    arrays = [drawn[has_value], output, *([] if weights is None else [weights])]
    is_signed = is_signed or any(bool((array < 0).any()) for array in arrays)

    def shades(array: Array | None, where: NDArray[np.bool_] | None = None) -> Shading | None:
        if array is None or not shade:
            return None
        everywhere = np.ones(array.shape, bool)
        return shading(array, everywhere if where is None else where, digits, is_signed)

    return ChannelNumbers(
        values=values,
        shown=shown,
        digits=digits,
        strings=strings.all,
        results=output,
        hidden=hidden,
        input=input_labels,
        output=output_labels,
        kernel=kernel_labels,
        input_shading=shades(drawn, has_value),
        output_shading=shades(output),
        kernel_shading=shades(weights),
        kernel_name=kernel_name,
        is_signed=is_signed,
    )


def _outputs(values: Values, shown: ShownChannels) -> tuple[Array, Array]:
    """Return what the drawn filters compute, and what of it the channels add that are not drawn."""
    if values.weights is None:
        output = values.output[[*shown.outputs]]
        return output, np.zeros(output.shape)
    outputs, hidden = [], []
    for filter_ in shown.outputs:
        parts = values.products(filter_)
        outputs.append(sum(parts) + values.bias[filter_])
        reads = values.layer.reads(filter_)
        is_hidden = ~np.isin([*reads], shown.inputs)
        hidden.append(parts[is_hidden].sum(axis=0))
    return np.array(outputs), np.array(hidden)


def _weights(values: Values, shown: ShownChannels) -> Array | None:
    """Return the kernels of drawn filters for drawn channels, 0 for those that they don't read."""
    if values.weights is None:
        return None
    layer = values.layer
    found = np.zeros((len(shown.outputs), len(shown.inputs), *layer.k))
    for number, filter_ in enumerate(shown.outputs):
        reads = layer.reads(filter_)
        for place, channel in enumerate(shown.inputs):
            if channel in reads:
                found[number, place] = values.weights[filter_, reads.index(channel)]
    return found
