"""Write a picture as a video, by PyAV, behind a plugin of imageio's.

imageio's own plugin for PyAV knows a rate, but no colours but those of old television, which
players then guess, and ends a long last frame at once.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import Any, BinaryIO

import av
import imageio.v3 as iio
import numpy as np
from imageio.core.v3_plugin_api import PluginV3
from numpy.typing import NDArray

from conv_anim.errors import reason
from conv_anim.formats.picture import Picture
from conv_anim.render.frames import durations_ms, moments
from conv_anim.render.yuv import Converter

_BT709, _LIMITED = 1, 1
_THREADS = 1  # what x264 writes depends on how many there are


@dataclass(frozen=True)
class Codec:
    """How a kind of video is made."""

    container: str
    encoder: str
    options: Callable[[Fraction], Mapping[str, str]]
    """From frames a second."""


def write(
    file: BinaryIO, picture: Picture, codec: Codec, progress: Callable[[], None] | None = None
) -> None:
    """Write a picture to a binary file; *progress* is called after every frame.

    The rate is such that each frame is shown a whole number of times. Raises OSError when the
    codec fails.
    """
    renderer = picture.renderer
    tick_ms = math.gcd(*durations_ms(picture.drawing))
    converter = Converter(renderer.palette)
    try:
        with iio.imopen(file, "w", plugin=VideoStream, codec=codec, tick_ms=tick_ms) as video:
            assert isinstance(video, VideoStream)
            for moment in moments(renderer):
                image = converter.frame(moment.indexes)
                video.write(image, n_times=moment.duration_ms // tick_ms)
                if progress:
                    progress()
            video.finish()
    except av.FFmpegError as error:
        raise OSError(f"the encoder {codec.encoder} failed: {reason(error)}") from error


class VideoStream(PluginV3):
    """imageio plugin that encodes frames as they come; what is encoded is kept to the end."""

    def __init__(self, request: Any, *, codec: Codec, tick_ms: int) -> None:
        super().__init__(request)
        self._codec, self._rate = codec, Fraction(1000, tick_ms)
        self._file = BytesIO()  # PyAV goes back in it, which the file need not allow
        self._container: av.container.OutputContainer | None = None
        self._stream: av.VideoStream | None = None
        self._n_frames = 0

    def write(  # type: ignore[override]  # imageio lets plugins add arguments
        self, ndimage: NDArray[np.uint8], *, n_times: int
    ) -> None:
        """Write a frame so many times, its planes one below the other, as ``yuv420p`` has them."""
        if self._container is None or self._stream is None:
            self._container, self._stream = self._begun(ndimage.shape)
        frame = av.VideoFrame.from_ndarray(ndimage, format="yuv420p")
        frame.time_base = 1 / self._rate
        for _ in range(n_times):
            frame.pts = self._n_frames
            self._n_frames += 1
            self._container.mux(self._stream.encode(frame))

    def _begun(self, shape: tuple[int, ...]) -> tuple[av.container.OutputContainer, av.VideoStream]:
        """Return the container and the stream in it of frames of a shape."""
        # Without a flag, the file would have a random number in it.
        options = {"fflags": "+bitexact"}
        container = av.open(self._file, "w", format=self._codec.container, options=options)
        stream = container.add_stream(
            self._codec.encoder, rate=self._rate, options=dict(self._codec.options(self._rate))
        )
        assert isinstance(stream, av.VideoStream)
        context = stream.codec_context
        context.height, context.width = shape[0] * 2 // 3, shape[1]
        context.pix_fmt, context.time_base = "yuv420p", 1 / self._rate
        context.thread_count = _THREADS
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        context.color_range = _LIMITED
        return container, stream

    def finish(self) -> None:
        """Write the file."""
        assert self._container
        assert self._stream
        self._container.mux(self._stream.encode(None))
        self._container.close()
        self.request.get_file().write(self._file.getvalue())

    def close(self) -> None:
        """Let go of what was begun, also when it has failed."""
        if self._container is not None:
            self._container.close()
        super().close()
