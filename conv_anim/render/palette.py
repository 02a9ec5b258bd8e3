"""The colours of a picture, numbered in the order in which they are asked for."""

import numpy as np
from matplotlib.colors import to_rgb

from conv_anim.errors import InputError
from conv_anim.render.patches import Colours, Indexes

# Shades between an ink and what it stands on. Fewer make smaller files; with five the edges
# of letters are smooth.
SHADES = 4
MAX_COLOURS = 255  # of the 256 numbers, one stands for what stays as it is


class Palette:
    """The colours in use, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._places: dict[tuple[int, int, int], int] = {}

    def index(self, colour: str) -> int:
        """Return the index of a colour, #rrggbb."""
        red, green, blue = to_rgb(colour)
        return self._place((round(255 * red), round(255 * green), round(255 * blue)))

    def ramp(self, under: str, ink: str) -> Indexes:
        """Return the index for every coverage, 0 to 255, of *under* by *ink*."""
        shades = np.linspace(to_rgb(under), to_rgb(ink), SHADES)
        places = [self._place((r, g, b)) for r, g, b in (255 * shades).round().astype(int).tolist()]
        return np.array(places, np.uint8)[np.arange(256) * (SHADES - 1) // 255]

    def indexes(self, colours: Colours) -> Indexes:
        """Return the indexes of an image that has few colours, shape (height, width)."""
        found, inverse = np.unique(colours.reshape(-1, 3), axis=0, return_inverse=True)
        places = np.array([self._place((r, g, b)) for r, g, b in found.tolist()], np.uint8)
        return places[inverse.ravel()].reshape(colours.shape[:2])

    def _place(self, rgb: tuple[int, int, int]) -> int:
        place = self._places.setdefault(rgb, len(self._places))
        if place >= MAX_COLOURS:
            raise InputError("the picture would have more than 255 colours: leave ‹shade› out")
        return place

    @property
    def colours(self) -> Colours:
        """All colours, shape (n, 3): red, green and blue."""
        return np.array(list(self._places), dtype=np.uint8)
