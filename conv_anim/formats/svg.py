"""Write a picture as an animated SVG."""

from collections.abc import Callable
from typing import BinaryIO

from conv_anim.formats import registry
from conv_anim.formats.picture import Picture
from conv_anim.formats.text import check_size
from conv_anim.render.animated_svg import animated


def write(file: BinaryIO, picture: Picture, *, progress: Callable[[], None] | None = None) -> None:
    """Write a picture to a binary file; *progress* is called after every frame.

    Raises TooLargeError, a ValueError, when the file would be larger than a picture's may be.
    """
    title = picture.scene.title
    text = animated(
        picture.drawing, title, picture.alt_text, plays=picture.plays, progress=progress
    )
    file.write(check_size(text.encode(), registry.SVG.name, picture))
