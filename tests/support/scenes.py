"""Scenes, and what their grids show at each frame."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from conv_anim.core.layer import Layer
from conv_anim.scene import playback
from conv_anim.scene.playback import Cells
from conv_anim.scene.scene import Scene
from conv_anim.views.slide import slide


def whole(layer: Layer) -> Scene:
    """Return the scene of all steps, with the default times."""
    return slide(layer, range(layer.n_steps), 500, 1500)


def played_states(scene: Scene) -> list[list[NDArray[np.uint8]]]:
    """Return the states of each grid at each frame."""
    return [[cells.states for cells in frame.values()] for frame in played(scene)]


def played(scene: Scene) -> list[dict[str, Cells]]:
    """Return the cells of each grid at each frame, by its role."""
    return list(playback.played(scene.grids, scene.frames))


def strings(scene: Scene, cells: Any) -> list[list[str]]:
    """Return the texts that cells refer to by number, row by row."""
    return [[scene.strings[place] for place in row] for row in cells]
