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


def pixels_at(animation: Animation, n_times: int) -> dict[int, NDArray[np.uint8]]:
    """Return what is seen at some moments of a play, by the milliseconds since the start.

    They are those at which a file begins a picture, be it on the way to the next step.
    """
    renderer = animation.renderer
    width, height = renderer.size
    canvas = np.zeros((height, width), np.uint8)
    found, time = {}, 0
    for patch in renderer.patches():
        rows, columns = patch.indexes.shape
        canvas[patch.top : patch.top + rows, patch.left : patch.left + columns] = patch.indexes
        found[time] = canvas.copy()
        time += patch.duration_ms
    chosen = np.unique(np.linspace(0, len(found) - 1, n_times).round().astype(int))
    times = [*found]
    return {times[number]: renderer.palette[found[times[number]]] for number in chosen}
