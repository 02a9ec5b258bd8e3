"""Write a picture as a WebM, in VP9, which is free to use."""

from collections.abc import Callable
from typing import BinaryIO

from conv_anim.formats import video
from conv_anim.formats.picture import Picture

_OPTIONS = {"crf": "42", "b": "0", "deadline": "good", "cpu-used": "4", "lag-in-frames": "25"}
_CODEC = video.Codec("webm", "libvpx-vp9", lambda rate: _OPTIONS)


def write(file: BinaryIO, picture: Picture, *, progress: Callable[[], None] | None = None) -> None:
    """Write a picture to a binary file; *progress* is called after every frame."""
    video.write(file, picture, _CODEC, progress)
