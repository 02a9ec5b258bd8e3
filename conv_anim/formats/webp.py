"""Write a picture as a lossless WebP: imageio opens the file, Pillow makes it.

Pillow keeps all frames until the end: of each pixel, the index of its colour.
"""

from collections.abc import Callable
from typing import Any, BinaryIO

import imageio.v3 as iio
from imageio.core.v3_plugin_api import PluginV3
from PIL import Image

from conv_anim.formats.picture import Picture
from conv_anim.render.frames import moments
from conv_anim.render.patches import Colours, Indexes


def write(file: BinaryIO, picture: Picture, *, progress: Callable[[], None] | None = None) -> None:
    """Write a picture to a binary file; *progress* is called after every frame."""
    renderer, plays = picture.renderer, picture.plays
    with iio.imopen(file, "w", plugin=WebpFrames, palette=renderer.palette, plays=plays) as webp:
        assert isinstance(webp, WebpFrames)
        for moment in moments(renderer):
            webp.write(moment.indexes, duration_ms=moment.duration_ms)
            if progress:
                progress()
        webp.finish()


class WebpFrames(PluginV3):
    """imageio plugin that takes indexed frames and writes them to a WebP when it has all."""

    def __init__(self, request: Any, *, palette: Colours, plays: int) -> None:
        super().__init__(request)
        self._mode = "RGB" if palette.shape[1] == 3 else "RGBA"
        self._palette, self._plays = palette.tobytes(), plays
        self._frames: list[Image.Image] = []
        self._durations_ms: list[int] = []

    def write(  # type: ignore[override]  # imageio lets plugins add arguments
        self, ndimage: Indexes, *, duration_ms: int
    ) -> None:
        """Take one frame: palette indexes, shape (height, width)."""
        frame = Image.fromarray(ndimage.copy())  # which is the same array every time
        frame.putpalette(self._palette, self._mode)
        self._frames.append(frame)
        self._durations_ms.append(duration_ms)

    def finish(self) -> None:
        """Write the file."""
        first, *others = self._frames
        first.save(
            self.request.get_file(),
            "WEBP",
            save_all=True,
            append_images=others,
            duration=self._durations_ms,
            loop=self._plays,
            lossless=True,
            method=6,
            minimize_size=True,
        )
