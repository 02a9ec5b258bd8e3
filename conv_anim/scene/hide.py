"""The output hidden, for those who are to work it out: cells stay as they are before their step."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from conv_anim.scene.playback import occurring
from conv_anim.scene.scene import Change, EachFrame, Frame, Grid, LegendEntry, Scene, Sum
from conv_anim.scene.states import State

_OUTPUTS = ("output", "full output", "unrolled output")


def is_output(role: str) -> bool:
    """Return whether an output comes up in the grid of a role, or one of its channels does."""
    return role in _OUTPUTS or role.startswith(("output ", "full output "))


def with_output_to_come(scene: Scene) -> Scene:
    """Return a scene in which no output cell is ever done, nor has a number or a shade.

    The cell of a step, its window, what the kernel has in its corners and what is cropped can
    still be seen. A sum ends in a question mark, and a window's largest number is not marked.
    """
    outputs = {
        role: replace(grid, labels=None, levels=None, scale=None)
        for role, grid in scene.grids.items()
        if is_output(role)
    }
    grids = {**scene.grids, **outputs}
    frames = EachFrame(scene.frames, lambda frame: _hidden(frame, outputs))
    entries = {entry.state: entry for entry in scene.legend}
    seen = occurring(grids, frames)
    legend = (
        replaced._replace(is_shaded=replaced.is_shaded and x < State.TO_COME)
        for x in State
        if x in seen
        for replaced in [entries.get(x, LegendEntry(x, x.words))]
    )
    return replace(scene, grids=grids, frames=frames, legend=tuple(legend))


def _hidden(frame: Frame, outputs: Mapping[str, Grid]) -> Frame:
    """Return a frame without what it shows of the *outputs*, which are grids by their roles."""
    return replace(
        frame,
        changes=tuple(x for change in frame.changes for x in _lasting(change, outputs)),
        shows=tuple(
            change._replace(labels=None, levels=None) if change.grid in outputs else change
            for change in frame.shows
            if not _marks_result(change)
        ),
        sum=frame.sum and _asked(frame.sum),
    )


def _lasting(change: Change, outputs: Mapping[str, Grid]) -> Iterator[Change]:
    """Yield what is left of a lasting change: of an output, the cells that are cropped."""
    if change.grid not in outputs:
        yield change
        return
    is_cropped = np.equal(change.states, State.CROPPED_ZERO)
    if is_cropped.any():
        before = outputs[change.grid].states[change.rows, change.columns]
        states = np.where(is_cropped, np.uint8(State.CROPPED_ZERO), before)
        yield Change(change.grid, change.rows, change.columns, states)


def _marks_result(change: Change) -> bool:
    """Return whether a change marks the input cell that a window's result is."""
    is_input = change.grid.partition(" ")[0] == "input"
    return is_input and bool(np.equal(change.states, State.MARKED).all())


def _asked(sum_: Sum) -> Sum:
    """Return a sum with a question mark for the result, its last word."""
    return sum_._replace(end=f"{sum_.end.rpartition(' ')[0][:-1]}= ?")
