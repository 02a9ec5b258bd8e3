"""Scenes, and what their grids show at each frame."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conv_anim.core.layer import Layer
from conv_anim.render.sprites import Cells
from conv_anim.scene.scene import Scene
from conv_anim.views.slide import slide


def whole(layer: Layer) -> Scene:
    """Return the scene of all steps, with the default times."""
    return slide(layer, range(layer.n_steps), 500, 1500)


def played_states(scene: Scene) -> list[list[NDArray[np.uint8]]]:
    """Return the states of each grid at each frame."""
    states = [grid.states.copy() for grid in scene.grids]
    frames = []
    for frame in scene.frames:
        for change in frame.changes:
            states[change.grid][change.rows, change.columns] = change.states
        frames.append([grid.copy() for grid in states])
    return frames


def played(scene: Scene) -> list[list[Cells]]:
    """Return the cells of each grid at each frame."""
    cells = [Cells.of(grid) for grid in scene.grids]
    seen = []
    for frame in scene.frames:
        for change in frame.changes:
            cells[change.grid].change(change)
        seen.append(
            [replace(x, states=x.states.copy(), levels=x.levels.copy(), labels=x.labels.copy(),
                     corners=x.corners.copy()) for x in cells]
        )  # fmt: skip
    return seen


def strings(scene: Scene, cells: Any) -> list[list[str]]:
    """Return the texts that cells refer to by number, row by row."""
    return [[scene.strings[place] for place in row] for row in cells]
