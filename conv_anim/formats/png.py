"""Write patches as an animated PNG, or one frame as a PNG: palette indexes, as they are drawn.

imageio opens the file. Pillow would write frames in full colours, several times as large, and keep
all of them until the end.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from struct import pack
from typing import Any, BinaryIO

import imageio.v3 as iio
import numpy as np
from imageio.core.v3_plugin_api import PluginV3

from conv_anim.formats.picture import Picture
from conv_anim.render.changes import Changes
from conv_anim.render.frames import chosen
from conv_anim.render.patches import Colours, Indexes, Patch

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PALETTE = 3  # a PNG's number for images of palette indexes
_OVER, _INSTEAD = 1, 0  # how a frame is put on the one before
_MOST = 0xFFFF  # of a delay's numbers


def write(file: BinaryIO, picture: Picture, *, progress: Callable[[], None] | None = None) -> None:
    """Write a picture, in at most 255 colours, to a binary file.

    *progress* is called after every frame.
    """
    renderer, plays = picture.renderer, picture.plays
    with iio.imopen(file, "w", plugin=PngStream, palette=renderer.palette, plays=plays) as png:
        assert isinstance(png, PngStream)
        for patch in renderer.patches():
            png.write(patch.indexes, left=patch.left, top=patch.top, duration_ms=patch.duration_ms)
            if progress:
                progress()
        png.finish()


def stills(picture: Picture, numbers: Iterable[int]) -> Iterator[bytes]:
    """Yield a file for each frame of these numbers."""
    palette = picture.renderer.palette
    for moment in chosen(picture.renderer, numbers):
        file = BytesIO()
        with iio.imopen(file, "w", plugin=PngStream, palette=palette, plays=0) as png:
            assert isinstance(png, PngStream)
            png.write(moment.indexes, duration_ms=moment.duration_ms)
            png.finish()
        yield file.getvalue()


class PngStream(PluginV3):
    """imageio plugin that writes indexed frames to a PNG; what is compressed is kept to the end.

    A frame stores the rectangle that differs from the one before, and in it, unless colours are
    transparent themselves, the pixels that stay the same as transparent.
    """

    def __init__(self, request: Any, *, palette: Colours, plays: int) -> None:
        super().__init__(request)
        self._palette, self._plays = palette, plays
        self._is_opaque = palette.shape[1] == 3
        self._changes = Changes(len(palette) if self._is_opaque else None)
        self._size = (0, 0)
        self._first = b""
        self._frames: list[bytes] = []
        self._n_chunks = 0

    def write(  # type: ignore[override]  # imageio lets plugins add arguments
        self, ndimage: Indexes, *, left: int = 0, top: int = 0, duration_ms: int
    ) -> None:
        """Write one frame: palette indexes, shape (height, width), with its place on the canvas.

        The first frame covers the canvas and sets its size.
        """
        patch = self._changes.of(Patch(left, top, ndimage, duration_ms))
        data = _compressed(patch.indexes)
        if not self._frames:
            height, width = ndimage.shape
            self._size = width, height
            self._first = _chunk(b"IDAT", data)
            self._frames.append(self._control(patch, _INSTEAD) + self._first)
        else:
            control = self._control(patch, _OVER if self._is_opaque else _INSTEAD)
            self._frames.append(control + _chunk(b"fdAT", self._counted() + data))

    def finish(self) -> None:
        """Write the file."""
        head = pack(">IIBBBBB", *self._size, 8, _PALETTE, 0, 0, 0)
        parts = [_SIGNATURE, _chunk(b"IHDR", head)]
        n_frames = len(self._frames)
        if n_frames > 1:
            parts.append(_chunk(b"acTL", pack(">II", n_frames, self._plays)))
        parts += [*self._colours(), *(self._frames if n_frames > 1 else [self._first])]
        self.request.get_file().write(b"".join([*parts, _chunk(b"IEND", b"")]))

    def _colours(self) -> Iterator[bytes]:
        """Yield the palette, and how opaque each colour is where not all are."""
        colours, opaque = self._palette[:, :3], self._palette[:, 3:].ravel()
        if self._is_opaque and len(self._frames) > 1:
            colours = np.append(colours, np.zeros((1, 3), np.uint8), axis=0)
            opaque = np.array([255] * len(self._palette) + [0], np.uint8)
        yield _chunk(b"PLTE", colours.tobytes())
        if len(opaque):
            yield _chunk(b"tRNS", opaque.tobytes())

    def _control(self, patch: Patch, how: int) -> bytes:
        """Return what comes before a frame: its place, how long it is shown, how it is put."""
        height, width = patch.indexes.shape
        unit = 1000 if patch.duration_ms <= _MOST else 100
        delay = patch.duration_ms * unit // 1000
        place = pack(">IIII", width, height, patch.left, patch.top)
        return _chunk(b"fcTL", self._counted() + place + pack(">HHBB", delay, unit, 0, how))

    def _counted(self) -> bytes:
        self._n_chunks += 1
        return pack(">I", self._n_chunks - 1)


def _compressed(indexes: Indexes) -> bytes:
    """Return rows, each after a 0: unfiltered, for neighbours among indexes are not alike."""
    return zlib.compress(np.pad(indexes, ((0, 0), (1, 0))).tobytes(), 9)


def _chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))
