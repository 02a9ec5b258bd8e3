"""Where things are on a canvas, in pixels."""

from copy import copy
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from conv_anim.animation import Animation
from conv_anim.drawing.drawing import Drawing
from conv_anim.drawing.fonts import measure
from conv_anim.drawing.layout import Layout, lay_out
from conv_anim.drawing.sizes import Sizing
from conv_anim.drawing.text_flow import Written
from conv_anim.render.raster import SAMPLE_MS


def place(drawing: Drawing, plane: str, row: float, column: float) -> tuple[float, float]:
    """Return (x, y) of a point of a plane, in cells from its origin."""
    x, y = drawing.planes[plane].point(row, column)
    return x * drawing.px_per_pt, y * drawing.px_per_pt


def middles(drawing: Drawing, plane: str, *, bare: bool = False) -> NDArray[np.intp]:
    """Return x and y of the pixel in the middle of each cell, (rows, columns, 2).

    If it is to be *bare*, it is one above, where no pattern goes that large cells have.
    """
    found = drawing.planes[plane]
    rows, columns = found.shape
    down = 0.2 if bare and found.down[1] * drawing.px_per_pt > 7 else 0.5
    places = [
        [place(drawing, plane, row + down, column + 0.5) for column in range(columns)]
        for row in range(rows)
    ]
    return np.array(places).astype(np.intp)


def samples(picture: Animation) -> list[NDArray[np.uint8]]:
    """Return the samples of a picture's legend, as they are drawn in its first frame."""
    drawing = picture.drawing
    whole = picture.renderer.palette[next(picture.renderer.patches()).indexes]
    found = []
    for key, plane in drawing.planes.items():
        if key.startswith("swatch"):
            left, top = (round(x) for x in place(drawing, key, 0, 0))
            width, height = (round(x * drawing.px_per_pt) for x in plane.cell)
            found.append(whole[top : top + height, left : left + width])
    return found


def laid_out(picture: Animation, width: int | None = None) -> Layout:
    """Return the layout of a picture's scene on a canvas of another width, if one is given."""
    return lay_out(picture.scene, Sizing(width_px=width) if width else picture.options.sizing)


def middle(text: Written) -> float:
    """Return where the middle of a text is."""
    return text.x + measure(text.string, text.font).width / 2


def beginnings(picture: Animation) -> list[int]:
    """Return at which of a file's images each frame begins; glides take some more."""
    found = [0]
    for frame in picture.drawing.frames:
        found.append(found[-1] + max(1, int(frame.glide_ms) // SAMPLE_MS))
    return found[:-1]


def without_links(picture: Animation) -> Animation:
    """Return a picture in which no lines lie over cells."""
    bare = copy(picture)
    bare.forget()
    frames = [replace(frame, links=()) for frame in picture.scene.frames]
    vars(bare)["scene"] = replace(picture.scene, frames=frames)
    return bare
