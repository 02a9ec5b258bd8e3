"""Put texts together from characters that are drawn once: numbers, sums, counters."""

import numpy as np

from conv_anim import brush
from conv_anim.lettering import Font, measure


class Typesetter:
    """Sets texts in one font, character by character, on whole pixels."""

    def __init__(self, font: Font, characters: str) -> None:
        """Draw what *characters* there are; others are drawn when they come."""
        self.font = font
        self._glyphs: dict[str, brush.Coverage] = {}
        self._advances: dict[str, int] = {}
        drawn = {character: brush.text(character, font) for character in {*characters, "0"}}
        self.above = max(above for _, above in drawn.values())
        """Pixels above the baseline in every text."""
        below = max(len(coverage) - above for coverage, above in drawn.values())
        self.height = self.above + below
        pair = measure("00", font).width
        for character, (coverage, above) in drawn.items():
            padding = ((self.above - above, below - (len(coverage) - above)), (0, 0))
            self._glyphs[character] = np.pad(coverage, padding)
            # A character alone is measured by its ink; between digits, by its advance.
            between = measure(f"0{character}0", font).width - pair
            self._advances[character] = max(1, round(between))

    def width(self, text: str) -> int:
        """Return how wide a text gets, in pixels."""
        return sum(self._advances[character] for character in text)

    def set(self, text: str, width: int | None = None) -> brush.Coverage:
        """Return a text as it is inked, ``height`` high and *width* or just as wide as it needs."""
        line = np.zeros((self.height, (self.width(text) if width is None else width) + 4), np.uint8)
        x = 0
        for character in text:
            glyph = self._glyphs[character]
            area = line[:, x : x + glyph.shape[1]]
            np.maximum(area, glyph[:, : area.shape[1]], out=area)
            x += self._advances[character]
        return line
