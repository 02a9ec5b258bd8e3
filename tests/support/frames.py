"""What a frame of an animation is in pixels."""

from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from conv_anim.animation import Animation


def pixels(animation: Animation, number: int) -> NDArray[np.uint8]:
    """Return a frame as it is when it starts, red, green and blue along the last axis."""
    renderer = animation.renderer
    width, height = renderer.size
    canvas = np.zeros((height, width), np.uint8)
    starts = [0, *accumulate(frame.duration_ms for frame in animation.drawing.frames)]
    time = 0
    for patch in renderer.patches():
        rows, columns = patch.indexes.shape
        canvas[patch.top : patch.top + rows, patch.left : patch.left + columns] = patch.indexes
        if time == starts[number]:
            return renderer.palette[canvas]
        time += patch.duration_ms
    raise AssertionError(f"no patch begins with frame {number}")
