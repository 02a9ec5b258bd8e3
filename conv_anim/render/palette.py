"""The colours of a picture, numbered in the order in which they are asked for.

A file has 255 of them. When they are in use, the nearest existing one is taken.
"""

from collections.abc import Iterable

import numpy as np
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

from conv_anim.render.patches import Colours, Indexes

# Of how much of a pixel is inked. Fewer make smaller files; with four the edges of letters are
# smooth.
LEVELS = 4
MAX_COLOURS = 255  # of the 256 numbers, one stands for what stays as it is

Rgb = tuple[int, int, int]


def rgb(colour: str) -> Rgb:
    """Return a colour, #rrggbb, as numbers up to 255."""
    red, green, blue = (round(255 * part) for part in to_rgb(colour))
    return red, green, blue


def blended(under: NDArray[np.uint8], ink: Rgb, level: int) -> NDArray[np.uint8]:
    """Return colours (n, 3) with ink of a level over them."""
    share = level / (LEVELS - 1)
    return np.asarray((under + share * (np.array(ink) - under)).round(), np.uint8)


class Palette:
    """The colours in use, in the order in which they were asked for, until it is closed."""

    def __init__(self) -> None:
        self._places: dict[Rgb, int] = {}
        self._is_closed = False
        self._near: dict[Rgb, int] = {}
        self._all: Colours = np.empty((0, 3), np.uint8)
        self._tables: dict[str, Indexes] = {}

    def index(self, colour: str) -> int:
        """Return the index of a colour, #rrggbb."""
        return self._place(rgb(colour))

    def add_blends(self, under: Iterable[str], ink: str) -> None:
        """See that there is ink of every level over some colours."""
        for colour in under:
            for level in range(LEVELS):
                (mixed,) = blended(np.array([rgb(colour)]), rgb(ink), level).tolist()
                self._place((mixed[0], mixed[1], mixed[2]))

    def close(self) -> None:
        """Let there be no more colours."""
        self._is_closed = True

    def table(self, ink: str) -> Indexes:
        """Return what an ink makes of what is under it, (colours, levels); for a closed one."""
        if ink not in self._tables:
            colours = self.colours
            table = np.empty((len(colours), LEVELS), np.uint8)
            for level in range(LEVELS):
                mixed = blended(colours, rgb(ink), level)
                table[:, level] = [self._place((r, g, b)) for r, g, b in mixed.tolist()]
            self._tables[ink] = table
        return self._tables[ink]

    def indexes(self, colours: Colours) -> Indexes:
        """Return the indexes of an image that has few colours, shape (height, width)."""
        code = colours.astype(np.int32) @ np.array([65536, 256, 1], np.int32)
        found, inverse = np.unique(code, return_inverse=True)
        places = [self._place((rgb >> 16, rgb >> 8 & 255, rgb & 255)) for rgb in found.tolist()]
        result: Indexes = np.array(places, np.uint8)[inverse.reshape(colours.shape[:2])]
        return result

    def _place(self, colour: Rgb) -> int:
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
        """All colours, shape (n, 3): red, green and blue."""
        if len(self._all) < len(self._places):
            self._all = np.array(list(self._places), dtype=np.uint8)
        return self._all
