"""Write one frame of a picture as a PDF, through a figure of matplotlib's."""

from collections.abc import Iterable, Iterator

from conv_anim.formats.picture import Picture
from conv_anim.render import figure


def stills(picture: Picture, numbers: Iterable[int]) -> Iterator[bytes]:
    """Yield a file for each frame of these numbers."""
    for made in figure.figures(picture.drawing, numbers):
        yield figure.pdf(made, picture.alt_text)
