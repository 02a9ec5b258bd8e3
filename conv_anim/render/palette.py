"""The colours of a picture, numbered in the order in which they are asked for.

A file has 255 of them. When they are in use, the nearest existing one is taken.

Of a picture whose background is transparent, each has a fourth number, how opaque it is, with which
the others are multiplied: what is between ink and nothing is then in the middle of these numbers,
as it is between two colours, and no edge has anything of a ground that isn't there.
"""

from collections.abc import Iterable

import numpy as np
from matplotlib.colors import to_rgba
from numpy.typing import NDArray

from conv_anim.drawing.colours import TRANSPARENT
from conv_anim.render.patches import Colours, Indexes

# Of how much of a pixel is inked. Fewer make smaller files; with four the edges of letters are
# smooth.
LEVELS = 4
MAX_COLOURS = 255  # of the 256 numbers, one stands for what stays as it is

Parts = tuple[int, ...]
"""Red, green and blue, up to 255, and where the background is transparent, how opaque."""


def parts(colour: str, background: str) -> Parts:
    """Return a colour, #rrggbb or none, as a picture with such a background has it."""
    *colours, opaque = to_rgba(colour)
    found = [*colours, 1.0] if background == TRANSPARENT else colours
    return tuple(round(255 * opaque * part) for part in found)


def blended(under: NDArray[np.uint8], ink: Parts, level: int) -> NDArray[np.uint8]:
    """Return colours (n, 3), or (n, 4), with ink of a level over them."""
    share = level / (LEVELS - 1)
    return np.asarray((under + share * (np.array(ink) - under)).round(), np.uint8)


class Palette:
    """The colours in use, in the order in which they were asked for, until it is closed."""

    def __init__(self, background: str) -> None:
        self._background = background
        self._places: dict[Parts, int] = {}
        self._is_closed = False
        self._near: dict[Parts, int] = {}
        self._all: Colours = np.empty((0, 0), np.uint8)
        self._tables: dict[str, Indexes] = {}

    def index(self, colour: str) -> int:
        """Return the index of a colour, #rrggbb."""
        return self._place(self._parts(colour))

    def _parts(self, colour: str) -> Parts:
        return parts(colour, self._background)

    def add_blends(self, under: Iterable[str], ink: str) -> None:
        """See that there is ink of every level over some colours."""
        for colour in under:
            for level in range(LEVELS):
                under_it = np.array([self._parts(colour)])
                (mixed,) = blended(under_it, self._parts(ink), level).tolist()
                self._place(tuple(mixed))

    def close(self) -> None:
        """Let there be no more colours."""
        self._is_closed = True

    def table(self, ink: str) -> Indexes:
        """Return what an ink makes of what is under it, (colours, levels); for a closed one."""
        if ink not in self._tables:
            colours = self.colours
            table = np.empty((len(colours), LEVELS), np.uint8)
            for level in range(LEVELS):
                mixed = blended(colours, self._parts(ink), level)
                table[:, level] = [self._place(tuple(colour)) for colour in mixed.tolist()]
            self._tables[ink] = table
        return self._tables[ink]

    def indexes(self, colours: Colours) -> Indexes:
        """Return the indexes of an image that has few colours, shape (height, width)."""
        n_parts = colours.shape[-1]
        code = colours.astype(np.int64) @ 256 ** np.arange(n_parts)[::-1]
        found, inverse = np.unique(code, return_inverse=True)
        places = [self._place(tuple(code.to_bytes(n_parts, "big"))) for code in found.tolist()]
        result: Indexes = np.array(places, np.uint8)[inverse.reshape(colours.shape[:2])]
        return result

    def _place(self, colour: Parts) -> int:
        if colour in self._places:
            return self._places[colour]
        if not self._is_closed and len(self._places) < MAX_COLOURS:
            return self._places.setdefault(colour, len(self._places))
        if colour not in self._near:
            away = ((self.colours.astype(int) - colour) ** 2).sum(axis=1)
            self._near[colour] = int(away.argmin())
        return self._near[colour]

    @property
    def colours(self) -> Colours:
        """All colours, shape (n, 3): red, green and blue; or (n, 4), multiplied by the fourth."""
        if len(self._all) < len(self._places):
            self._all = np.array(list(self._places), dtype=np.uint8)
        return self._all

    @property
    def straight(self) -> Colours:
        """The same, not multiplied: as files have them."""
        colours = self.colours
        if colours.shape[-1] == 3:
            return colours
        opaque = np.maximum(1, colours[:, 3:])
        straight = (colours[:, :3] * (255.0 / opaque)).round().astype(np.uint8)
        return np.concatenate([straight, colours[:, 3:]], axis=1)
