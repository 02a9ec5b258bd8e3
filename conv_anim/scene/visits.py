"""What a reader who steps through a scene wants to know of its frames."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from conv_anim.scene.hide import is_output
from conv_anim.scene.playback import Cells, played
from conv_anim.scene.scene import Frame, Scene
from conv_anim.scene.states import State

Place = tuple[str, int, int]
"""Grid, row and column."""
Visits = Mapping[tuple[int, int], list[int]]
"""The frames, from 0, in which a cell is what is worked out, by row and column."""


def words(scene: Scene) -> Iterator[str]:
    """Yield where each frame is, in words: «step 5 of 9», and of a stage, which one it is."""
    for frame in scene.frames:
        if frame.counter:
            yield frame.counter.replace(" / ", " of ")
        else:
            assert frame.note is not None
            yield scene.notes[frame.note][0].removesuffix(":")


def visits(scene: Scene) -> Mapping[str, Visits]:
    """Return in which frames the cells of each grid of the output are worked out."""
    found: dict[str, dict[tuple[int, int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (frame, grids) in enumerate(
        zip(scene.frames, played(scene.grids, scene.frames), strict=True)
    ):
        for grid, row, column in dict.fromkeys(_linked(frame) or _lit(grids)):
            found[grid][row, column].append(number)
    return found


def _linked(frame: Frame) -> list[Place]:
    """Return the cells of the output that what is drawn of a frame leads to."""
    ends = [box for link in frame.links for box in (link.tail, link.head)]
    ends += [frame.joint.head] if frame.joint else []
    boxes = [box for box in ends if is_output(box.grid)]
    return [
        (box.grid, box.row + row, box.column + column)
        for box in boxes
        for row, column in np.ndindex(box.rows, box.columns)
    ]


def _lit(grids: Mapping[str, Cells]) -> list[Place]:
    """Return the cells of the output that are filled now."""
    return [
        (role, row, column)
        for role in grids
        if is_output(role)
        for row, column in np.argwhere(grids[role].states == State.NOW).tolist()
    ]
