"""Write a picture as an animated SVG, or one frame as an SVG."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from conv_anim.drawing import shown
from conv_anim.formats import registry
from conv_anim.formats.picture import Picture
from conv_anim.formats.text import check_size
from conv_anim.render import svg
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


def stills(picture: Picture, numbers: Iterable[int]) -> Iterator[bytes]:
    """Yield a file for each frame of these numbers."""
    wanted, n_frames = [*numbers], len(picture.drawing.frames)
    for number, state in zip(wanted, shown.chosen(picture.drawing, wanted), strict=True):
        text = svg.written(state, picture.alt_text, f"frame {number + 1} of {n_frames}")
        yield check_size(text.encode(), registry.SVG.name, picture, is_still=True)
