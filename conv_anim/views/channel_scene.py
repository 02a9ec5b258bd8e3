"""The scene of a sliding picture with channels: its grids in columns, and what is written."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from conv_anim.scene.arrangement import Arrangement
from conv_anim.scene.playback import occurring
from conv_anim.scene.scene import Caption, Chunks, Grid, Scene
from conv_anim.scene.states import NOTHING, State
from conv_anim.views import cell_states, channel_words, legends
from conv_anim.views.annotations import Shading
from conv_anim.views.cell_states import States
from conv_anim.views.channel_frames import ChannelFrames, tinted
from conv_anim.views.channel_numbers import ChannelNumbers
from conv_anim.views.formulas import formulas
from conv_anim.views.shown_channels import ShownChannels, role


def slide(
    shown: ShownChannels,
    arrangement: Arrangement,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    numbers: ChannelNumbers | None = None,
) -> Scene:
    """Return the scene: a step is a place of one filter, which goes over all that it reads.

    There is a frame for each of the *chosen* steps, counted from 0, shown *step_ms* milliseconds,
    the last one *hold_ms*. With *numbers*, cells have numbers, shades or both.
    """
    layer = shown.layer
    resting = cell_states.resting_states(layer)
    to_come, done = cell_states.output_states(layer)
    is_deep = arrangement.is_volumes
    if is_deep and numbers:
        numbers = numbers.seen_in_depth()
    frames = ChannelFrames(
        shown, chosen, resting, to_come, done, step_ms, hold_ms, numbers, is_deep=is_deep
    )
    grids = _grids(shown, resting, to_come, numbers, is_deep=is_deep)
    grids = {role: grids[role] for role in arrangement.roles}
    lowest = role("kernel", 0 if is_deep else shown.inputs[-1])
    words = {State.WEIGHT: "", State.RED: "", State.GREEN: ""}
    is_shaded = numbers is not None and numbers.input_shading is not None
    words |= {State.INPUT: ""} if shown.is_coloured and not is_shaded else {}
    words |= {} if layer.has_weights else {State.IDLE: "channels to come or done"}
    widest_em = numbers.widest_em if numbers else None
    has_bias = numbers is not None and bool(numbers.values.bias.any())
    return Scene(
        title=channel_words.title(layer),
        parameters=channel_words.parameters(layer.with_bias() if has_bias else layer),
        formulas=formulas(layer),
        grids=grids,
        arrangement=arrangement,
        legend=legends.sliding(
            layer,
            occurring(grids, frames) if frames.has_marks else frames.kinds,
            shaded=is_shaded,
            words=words,
        ),
        longest_counter=channel_words.counter(
            layer, layer.out_channels, layer.n_steps, layer.n_steps
        ),
        frames=frames,
        captions=_filters(shown, lowest),
        is_signed=numbers is not None and numbers.is_signed,
        strings=numbers.strings if numbers else ("",),
        numbers_em=widest_em,
        has_sums=widest_em is not None,
        plus=channel_words.plus(layer.with_bias() if has_bias else layer),
    )


def _filters(shown: ShownChannels, lowest: str) -> tuple[Caption, ...]:
    """Return what is written below the kernels: whose they are."""
    if not shown.layer.has_weights or shown.layer.out_channels == 1:
        return ()
    return tuple(Caption(lowest, f"filter {filter_ + 1}", 0) for filter_ in shown.outputs)


def _grids(
    shown: ShownChannels,
    resting: States,
    to_come: States,
    numbers: ChannelNumbers | None,
    *,
    is_deep: bool,
) -> dict[str, Grid]:
    """Return the grids by their roles; what is written is that of the lowest, or in front."""
    layer = shown.layer
    labels = None if numbers is None else numbers.input
    inputs = [
        Grid(
            tinted(shown, channel, resting, numbers),
            (),
            labels=None if labels is None else labels[place],
            levels=_levels(numbers.input_shading if numbers else None, place),
        )
        for place, channel in enumerate(shown.inputs)
    ]
    outputs = [
        Grid(to_come, (), levels=_unshaded(numbers.output_shading if numbers else None))
        for _ in shown.outputs
    ]
    kernel_channels = range(shown.most_read) if is_deep else shown.inputs
    nothing = np.full(layer.k, NOTHING, np.uint8)
    kernels = [
        Grid(nothing, (), levels=_unshaded(numbers.kernel_shading if numbers else None))
        for _ in kernel_channels
    ]
    named = channel_words.kernel_captions(layer, numbers.kernel_name if numbers else "")
    read, made = (
        channel_words.drawn(channels, count) if is_deep else ()  # elsewhere they have names
        for channels, count in (
            (shown.inputs, layer.in_channels),
            (shown.outputs, layer.out_channels),
        )
    )
    found = {
        **_column("input", shown.inputs, inputs, (*channel_words.input_captions(layer), *read),
                  numbers.input_shading if numbers else None, is_deep=is_deep),
        **_column("output", shown.outputs, outputs,
                  (*channel_words.output_captions(layer), *made),
                  numbers.output_shading if numbers else None, is_deep=is_deep),
    }  # fmt: skip
    if not layer.has_weights:
        return found
    shading = numbers.kernel_shading if numbers else None
    return found | _column("kernel", kernel_channels, kernels, named, shading, is_deep=is_deep)


def _column(
    kind: str,
    channels: Sequence[int],
    grids: list[Grid],
    captions: Chunks,
    shading: Shading | None,
    *,
    is_deep: bool,
) -> dict[str, Grid]:
    """Return the grids of a column by their roles; what is written is the last or first one's."""
    more = shading.captions if shading else ()
    scale = shading.scale if shading else None
    at = 0 if is_deep else len(grids) - 1
    grids[at] = replace(grids[at], captions=(*captions, *more), scale=scale)
    return {role(kind, channel): grid for channel, grid in zip(channels, grids, strict=True)}


def _levels(shading: Shading | None, place: int) -> "np.typing.NDArray[np.int8] | None":
    return shading.levels[place] if shading else None


def _unshaded(shading: Shading | None) -> "np.typing.NDArray[np.int8] | None":
    """Return that cells have no shade yet, if they will have one."""
    if shading is None:
        return None
    return np.full(shading.levels.shape[-2:], -1, np.int8)
