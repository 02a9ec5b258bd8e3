"""How notebooks show animations: as an image, or as a page to step through, in a frame."""

import html
from base64 import b64encode
from collections.abc import Callable

from conv_anim.formats import registry as formats
from conv_anim.formats.text import TooLargeError

_AROUND_PX, _BELOW_PX = 32, 120
"""How much larger the page is than the picture: at its sides, and for what it is played with."""
_LEAST_PX = 736
"""The width that what it is played with takes in one row."""


def image(
    made: Callable[[str], bytes], alt_text: str, other: formats.Format = formats.DEFAULT
) -> str:
    """Return an image element with a picture in it, an SVG, or the *other* if that is too large.

    *made* returns the file in a format.
    """
    row = formats.SVG
    try:
        data = made(row.word)
    except TooLargeError:
        row = other
        data = made(row.word)
    source = f"data:{row.media_type};base64,{b64encode(data).decode('ascii')}"
    return f'<img src="{source}" alt="{html.escape(alt_text)}">'


class Player:
    """A page to step through an animation; a notebook shows it in a frame."""

    def __init__(self, page: str, size: tuple[int, int]) -> None:
        self.page = page
        """The whole of it, as HTML."""
        self._size = size

    def _repr_html_(self) -> str:
        """Return a frame in which the page is apart from the notebook's own."""
        width, height = self._size
        width = max(width, _LEAST_PX)
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" title="Animation" sandbox="allow-scripts" '
            f'width="{width + _AROUND_PX}" height="{height + _BELOW_PX}" '
            f'style="border:0;max-width:100%"></iframe>'
        )
