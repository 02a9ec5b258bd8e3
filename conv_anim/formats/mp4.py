"""Write a picture as an MP4, in H.264, which every player and every slide takes."""

import math
import platform
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import BinaryIO

from conv_anim.formats import video
from conv_anim.formats.picture import Picture

_USUAL_RATE = 25
_CRF = 28.5  # at that rate; 0 would be without loss
_TRUE_COLOURS = "cqm=jvt:no-dct-decimate=1:chroma-qp-offset=-4"
"""More of the bits go to areas of one colour, which are most of a picture, than to edges."""
_SAME_BYTES = ":asm=SSE2" if platform.machine().lower() in ("x86_64", "amd64") else ""
"""Every such processor has that. What x264 has for AVX-512 reads memory that nobody has written."""


def _options(rate: Fraction) -> Mapping[str, str]:
    """Return how good the picture is: as good at every rate.

    x264 saves less on frames that are seen for longer.
    """
    crf = _CRF + 2.4 * math.log2(_USUAL_RATE / rate)
    return {
        "crf": f"{min(max(crf, 0), 45):.1f}",
        "preset": "medium",
        "tune": "animation",
        "x264-params": _TRUE_COLOURS + _SAME_BYTES,
    }


_CODEC = video.Codec("mp4", "libx264", _options)


def write(file: BinaryIO, picture: Picture, *, progress: Callable[[], None] | None = None) -> None:
    """Write a picture to a binary file; *progress* is called after every frame."""
    video.write(file, picture, _CODEC, progress)
