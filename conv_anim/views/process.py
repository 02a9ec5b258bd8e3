"""The frames of the process: what the kernel slides over is built before the kernel starts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from conv_anim.core import steps
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.kinds import Kind
from conv_anim.core.layer import Layer
from conv_anim.scene.playback import occurring
from conv_anim.scene.scene import Caption, Change, Chunks, Frame, Frames, Move, Scene
from conv_anim.scene.states import NOTHING, State
from conv_anim.views import captions, cell_states, legends, stages
from conv_anim.views.cell_states import States
from conv_anim.views.stages import Moment, Sides

Places = NDArray[np.float64]


def with_process(scene: Scene, layer: Layer, times: Sequence[int]) -> Scene:
    """Return a sliding scene with the stages before it; *scene* is its last one.

    *times* are how long each frame of the stages is shown, in milliseconds.
    """
    moments = stages.moments(layer)
    kinds = steps.drawn_kinds(layer)
    notes: list[Chunks] = []
    below: list[Caption] = []
    frames: list[Frame] = []
    y, x = np.mgrid[: kinds.shape[0], : kinds.shape[1]]
    for moment, duration_ms in zip(moments, times, strict=True):
        there = _states(layer, kinds, moment)
        out = _states(layer, kinds, moment._replace(padded=_whole(moment.padded)))
        note = captions.stage(layer, moment, int(np.count_nonzero(out == State.PADDING)))
        if note not in notes:
            notes.append(note)
        rows, columns = _places(layer, moment)
        if moment.rests:
            words = captions.moment_caption(layer, moment)
        bottom = float(rows[(there != NOTHING).any(axis=1)].max()) + 1
        across = columns[(there != NOTHING).any(axis=0)]
        aside = float(across.min() + across.max() + 1 - len(columns)) / 2
        caption = Caption("input", words, bottom, aside)
        if caption not in below:
            below.append(caption)
        frames.append(
            Frame(
                changes=(Change("input", y, x, there, labels=_labels(scene, kinds, moment)),),
                links=(),
                counter="",
                duration_ms=duration_ms,
                note=notes.index(note),
                moves=(Move("input", rows, columns),),
                caption=below.index(caption),
            )
        )
    notes.append(captions.last_stage(layer))
    resting = scene.grids["input"].states
    start = (
        Change("input", y, x, resting),
        Move("input", *(np.arange(n * 1.0) for n in resting.shape)),
    )
    first = np.full_like(resting, NOTHING)
    built_up = replace(scene.grids["input"], states=first, captions=_captions(scene, layer))
    grids = {**scene.grids, "input": built_up}
    built = occurring(grids, frames)
    sliding = {entry.state for entry in scene.legend}
    is_shaded = any(entry.is_shaded for entry in scene.legend)
    last = Caption("input", words, resting.shape[0])  # cells that are cropped are still there
    below.append(last)
    return replace(
        scene,
        parameters=captions.parameters(layer, drawn=False),  # the stages say the rest
        grids=grids,
        legend=legends.sliding(layer, built | sliding, shaded=is_shaded),
        frames=_Process(
            tuple(frames),
            scene.frames,
            *start,
            note=len(notes) - 1,
            caption=len(below) - 1,
        ),
        notes=tuple(notes),
        captions=tuple(below),
    )


@dataclass(frozen=True, eq=False)
class _Process:
    """The frames of the stages, and then those of the sliding picture."""

    building: tuple[Frame, ...]
    sliding: Frames
    states: Change
    places: Move
    note: int
    caption: int

    def __len__(self) -> int:
        return len(self.building) + len(self.sliding)

    def __iter__(self) -> Iterator[Frame]:
        yield from self.building
        started = False
        for frame in self.sliding:
            noted = replace(frame, note=self.note, caption=self.caption)
            if started:
                yield noted
            else:
                yield replace(noted, changes=(self.states, *frame.changes), moves=(self.places,))
            started = True


def _states(layer: Layer, kinds: States, moment: Moment) -> States:
    """Return what is there of the drawn cells, and what of it is cropped."""
    there, cropped = [], []
    for axis, (padded, gone) in zip(
        layer.axes, zip(moment.padded, moment.cropped, strict=True), strict=True
    ):
        place = np.arange(axis.padded_size)
        first, last = axis.padding[0], axis.padding[0] + axis.stretched_size - 1
        is_in = (place > first - 1 - np.ceil(padded[0])) & (place < last + 1 + np.ceil(padded[1]))
        if not moment.spread:
            is_in &= steps.kinds(axis) == Kind.INPUT
        there.append(is_in)
        cropped.append((place < gone[0]) | (place >= axis.padded_size - gone[1]))
    is_input = kinds == Kind.INPUT
    removed = np.where(is_input, np.uint8(State.CROPPED_INPUT), np.uint8(State.CROPPED_ZERO))
    states = np.where(np.logical_or.outer(*cropped), removed, cell_states.PLAIN[kinds])
    return np.where(np.logical_and.outer(*there), states, np.uint8(NOTHING))


def _labels(scene: Scene, kinds: States, moment: Moment) -> NDArray[np.intp] | None:
    """Return what cells say; those that are half hidden say nothing."""
    labels = scene.grids["input"].labels
    if labels is None or moment.rests:
        return labels
    return np.where(kinds == Kind.INPUT, labels, 0)


def _captions(scene: Scene, layer: Layer) -> Chunks:
    """Return the captions but for sizes, which come with the stages."""
    sizes = captions.input_captions(layer)
    return tuple(line for line in scene.grids["input"].captions if line not in sizes)


def _whole(padded: Sides) -> Sides:
    """Return the rings that are out as a whole."""
    (a, b), (c, d) = padded
    return (int(a), int(b)), (int(c), int(d))


def _places(layer: Layer, moment: Moment) -> tuple[Places, Places]:
    """Return where rows and columns of cells are at a moment."""
    rows, columns = (
        _along(axis, moment.spread, padded)
        for axis, padded in zip(layer.axes, moment.padded, strict=True)
    )
    return rows, columns


def _along(axis: SlidingAxis, spread: float, padded: tuple[float, float]) -> Places:
    """Return where the cells along an axis are; what is still to come is below the others."""
    first = axis.padding[0]
    inputs = np.arange(axis.input_size)
    close = first + (axis.stretched_size - axis.input_size) / 2 + inputs
    apart = np.array([axis.place(cell) for cell in range(axis.input_size)])
    places = np.arange(axis.padded_size, dtype=np.float64)
    inside = np.arange(axis.stretched_size)
    places[first : first + axis.stretched_size] = np.interp(
        inside, apart - first, (1 - spread) * close + spread * apart
    )
    last = first + axis.stretched_size - 1
    places[:first] = np.maximum(places[:first], first - padded[0])
    places[last + 1 :] = np.minimum(places[last + 1 :], last + padded[1])
    return places
