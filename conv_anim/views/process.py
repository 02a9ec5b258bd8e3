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
from conv_anim.views.stages import Moment

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
    for before, moment, duration_ms in zip([None, *moments], moments, times, strict=False):
        there = _states(layer, kinds, moment)
        if moment.rests or not before or before.stage != moment.stage:
            n_padded = int(np.count_nonzero(there == State.PADDING))
            note = captions.stage(layer, moment, n_padded)
        if note not in notes:
            notes.append(note)
        at = _places(layer, moment)
        if moment.rests:
            words = captions.moment_caption(layer, moment)
        caption = _caption(words, there, at)
        if caption not in below:
            below.append(caption)
        start = _places(layer, before) if before and not moment.rests else at
        frames.append(
            Frame(
                changes=(Change("input", y, x, there, labels=_labels(scene, kinds, moment)),),
                links=(),
                counter="",
                duration_ms=duration_ms,
                note=notes.index(note),
                moves=(Move("input", *start),),
                glides=() if moment.rests else (Move("input", *at),),
                caption=below.index(caption),
            )
        )
    notes.append(captions.last_stage(layer))
    resting = scene.grids["input"].states
    finished = Change("input", y, x, resting), _resting("input", resting.shape)
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
        legend=legends.sliding(layer, built | sliding, shaded=is_shaded, words={State.WEIGHT: ""}),
        frames=_Process(
            tuple(frames),
            scene.frames,
            *finished,
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
        is_in = (place >= first - padded[0]) & (place <= last + padded[1])
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


def _resting(grid: str, shape: tuple[int, ...]) -> Move:
    """Return that all cells are in their places."""
    return Move(grid, *(np.arange(n * 1.0) for n in shape))


def _caption(words: str, there: States, at: tuple[Places, Places]) -> Caption:
    """Return a caption below the cells that are there, in their middle."""
    rows, columns = at
    bottom = float(rows[(there != NOTHING).any(axis=1)].max()) + 1
    across = columns[(there != NOTHING).any(axis=0)]
    return Caption(
        "input", words, bottom, float(across.min() + across.max() + 1 - len(columns)) / 2
    )


def _places(layer: Layer, moment: Moment) -> tuple[Places, Places]:
    """Return where rows and columns of cells are at a moment."""
    rows, columns = (
        _along(axis, moment.spread, padded)
        for axis, padded in zip(layer.axes, moment.padded, strict=True)
    )
    return rows, columns


def _along(axis: SlidingAxis, spread: bool, padded: tuple[int, int]) -> Places:
    """Return where the cells along an axis are; what is still to come is below the others."""
    first = axis.padding[0]
    inputs = np.arange(axis.input_size)
    close = first + (axis.stretched_size - axis.input_size) / 2 + inputs
    apart = np.array([axis.place(cell) for cell in range(axis.input_size)])
    places = np.arange(axis.padded_size, dtype=np.float64)
    inside = np.arange(axis.stretched_size)
    places[first : first + axis.stretched_size] = np.interp(
        inside, apart - first, apart if spread else close
    )
    last = first + axis.stretched_size - 1
    places[:first] = np.maximum(places[:first], first - padded[0])
    places[last + 1 :] = np.minimum(places[last + 1 :], last + padded[1])
    return places
