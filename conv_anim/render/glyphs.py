"""Put texts together from characters that are drawn once: numbers, sums, counters."""

import numpy as np

from conv_anim.drawing.fonts import Font, measure
from conv_anim.render import agg
from conv_anim.render.patches import Coverage

_TALL_AND_DEEP = "0(gd|"


class Typesetter:
    """Sets texts in one font, character by character, on whole pixels."""

    def __init__(self, font: Font) -> None:
        self.font = font
        self._glyphs: dict[str, Coverage] = {}
        self._advances: dict[str, int] = {}
        drawn = [agg.text(character, font) for character in _TALL_AND_DEEP]
        self.above = max(above for _, above in drawn)
        """Pixels above the baseline in every text."""
        self.height = self.above + max(len(coverage) - above for coverage, above in drawn)

    def width(self, text: str) -> int:
        """Return how wide a text gets, in pixels."""
        return sum(self._advance(character) for character in text)

    def set(self, text: str, width: int | None = None) -> Coverage:
        """Return a text as it is inked, ``height`` high and *width* or just as wide as it needs."""
        line = np.zeros((self.height, (self.width(text) if width is None else width) + 4), np.uint8)
        x = 0
        for character in text:
            glyph = self._glyph(character)
            area = line[:, x : x + glyph.shape[1]]
            np.maximum(area, glyph[:, : area.shape[1]], out=area)
            x += self._advance(character)
        return line

    def _glyph(self, character: str) -> Coverage:
        """Return a character as it is inked, in the height of all texts."""
        if character not in self._glyphs:
            coverage, above = agg.text(character, self.font)
            coverage = coverage[max(0, above - self.above) :]
            top = max(0, self.above - above)
            coverage = coverage[: self.height - top]
            bottom = self.height - top - len(coverage)
            self._glyphs[character] = np.pad(coverage, ((top, bottom), (0, 0)))
        return self._glyphs[character]

    def _advance(self, character: str) -> int:
        """Return how far the next character is; alone, one is measured by its ink."""
        if character not in self._advances:
            between = measure(f"0{character}0", self.font).width - measure("00", self.font).width
            self._advances[character] = max(1, round(between))
        return self._advances[character]
