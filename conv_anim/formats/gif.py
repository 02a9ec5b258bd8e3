"""Write patches as a GIF, frame by frame, keeping none.

imageio opens the file and Pillow compresses the pixels. What Pillow's own GIF writer does
between the two, finding a palette for each frame and comparing whole frames to see what changed,
is known from the scene already, and it would keep every frame until the end.
"""

from collections.abc import Callable
from typing import Any, BinaryIO

import imageio.v3 as iio
import numpy as np
from imageio.core.v3_plugin_api import PluginV3
from PIL import Image

from conv_anim.formats.picture import Picture
from conv_anim.render.changes import Changes
from conv_anim.render.patches import Colours, Indexes, Patch


def write(file: BinaryIO, picture: Picture, *, progress: Callable[[], None] | None = None) -> None:
    """Write a picture, in at most 255 colours, to a binary file.

    *progress* is called after every frame.
    """
    renderer, plays = picture.renderer, picture.plays
    # imageio turns errors of a plugin's constructor into its own, so that does nothing yet.
    with iio.imopen(file, "w", plugin=GifStream, palette=renderer.palette, plays=plays) as gif:
        assert isinstance(gif, GifStream)
        for patch in renderer.patches():
            gif.write(patch.indexes, left=patch.left, top=patch.top, duration_ms=patch.duration_ms)
            if progress:
                progress()
        gif.finish()


class GifStream(PluginV3):
    """imageio plugin that writes indexed frames to a GIF as they come.

    All frames share one palette. A frame stores the rectangle that differs from the one before,
    and in it the pixels that stay the same as transparent.
    """

    def __init__(self, request: Any, *, palette: Colours, plays: int) -> None:
        super().__init__(request)
        self._palette = palette
        self._plays = plays
        self._transparent = len(palette)  # one more than the colours in use
        self._bits = max(2, self._transparent.bit_length())
        self._changes = Changes(self._transparent)
        self._has_begun = False

    def write(  # type: ignore[override]  # imageio lets plugins add arguments
        self, ndimage: Indexes, *, left: int = 0, top: int = 0, duration_ms: int
    ) -> None:
        """Write one frame: palette indexes, shape (height, width), with its place on the canvas.

        The first frame covers the canvas and sets its size.
        """
        patch = self._changes.of(Patch(left, top, ndimage, duration_ms))
        file = self.request.get_file()
        if not self._has_begun:
            self._has_begun = True
            file.write(self._header(*ndimage.shape))
        file.write(self._frame(patch))

    def finish(self) -> None:
        """Write the end of the file."""
        self.request.get_file().write(b";")

    def _header(self, height: int, width: int) -> bytes:
        """Return the header, the colour table and, for a loop, Netscape's extension."""
        table = np.zeros((1 << self._bits, 3), np.uint8)
        table[: len(self._palette)] = self._palette
        screen = b"GIF89a" + _u16(width, height) + bytes([0xF0 | self._bits - 1, 0, 0])
        # It holds how often the animation starts again; without it, it is played once.
        again = b"!\xff\x0bNETSCAPE2.0\x03\x01" + _u16(max(self._plays - 1, 0)) + b"\0"
        return screen + table.tobytes() + (again if self._plays != 1 else b"")

    def _frame(self, patch: Patch) -> bytes:
        """Return a graphic control block and an image block."""
        height, width = patch.indexes.shape
        keep = 1 << 2 | 1  # leave the frame where it is; there is a transparent index
        control = b"!\xf9\x04" + bytes([keep]) + _u16(patch.duration_ms // 10)
        control += bytes([self._transparent, 0])
        place = b"," + _u16(patch.left, patch.top, width, height) + b"\0"
        data = Image.fromarray(patch.indexes).tobytes("gif", "L", self._bits, 0)
        return control + place + bytes([self._bits]) + data + b"\0"


def _u16(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(2, "little") for number in numbers)
