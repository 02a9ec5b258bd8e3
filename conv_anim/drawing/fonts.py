"""Fonts, the outlines of texts, and how much room they take: at every size the same, unhinted."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple
from unicodedata import bidirectional

import matplotlib as mpl
import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, Kerning, LoadFlags
from matplotlib.textpath import text_to_path
from numpy.typing import NDArray

from conv_anim.drawing.sizes import MIN_TEXT_PT

_EM = 100  # the size in which outlines are asked for, whatever that they are drawn in
_FIXED = 65536, 64  # FreeType's numbers: 16.16 of advances, 26.6 of kerning
_LEVEL = frozenset("−+=⌊⌋⌈⌉|")
"""Characters of level and upright lines alone, which are drawn on whole pixels."""
_LEFTWARD = frozenset(("R", "AL"))
_UNKNOWN = "\ufffd"
"""What is drawn for a character that the font doesn't have."""


@dataclass(frozen=True)
class Font:
    """A face and a size of text, and which of a theme's colours it has."""

    pt: float
    bold: bool = False
    ink: str = "ink"
    """The name of the colour, as a theme has it."""
    math: bool = False
    """Whether a text in $…$ is mathtext; elsewhere these are letters like others."""


class Extent(NamedTuple):
    """What a piece of text takes, in the unit of its font's size."""

    width: float
    ascent: float
    descent: float


class Outline(NamedTuple):
    """One shape of a text: a character, or a rule of a formula."""

    vertices: NDArray[np.float64]
    """(n, 2), x to the right and y upwards from the text's start on its baseline, in ems."""
    codes: NDArray[np.uint8]
    """What each vertex is, as matplotlib's paths have it."""
    is_level: bool = False
    """Whether its lines are level and upright, and are to be on whole pixels."""


class OwnSettings(AbstractContextManager[None]):
    """Measure and draw as we mean it within the block, whatever the user's settings say.

    Other threads of ours wait, so that the user's come back when the last block ends.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._depth = 0
        self._context: AbstractContextManager[None] = nullcontext()

    def __enter__(self) -> None:
        self._lock.acquire()
        if not self._depth:  # copying all settings takes as long as measuring a text
            self._context = mpl.rc_context(_settings())
            self._context.__enter__()
        self._depth += 1

    def __exit__(self, *exception: Any) -> None:
        self._depth -= 1
        if not self._depth:
            self._context.__exit__(*exception)
        self._lock.release()


own_settings = OwnSettings()


@lru_cache(maxsize=1)
def _settings() -> dict[Any, Any]:
    """Return all settings that text or lines may depend on: matplotlib's own defaults and ours."""
    about = ("agg.", "font.", "hatch.", "mathtext.", "path.", "text.")
    defaults = mpl.rcParamsDefault.items()
    kept = {key: value for key, value in defaults if key.startswith(about)}
    return {**kept, "mathtext.default": "rm"}


def is_math(string: str, font: Font) -> bool:
    """Return whether *string* is to be set as mathtext."""
    return font.math and string.startswith("$")


def measure(string: str, font: Font) -> Extent:
    """Return what *string* takes, in points."""
    return Extent(*(font.pt * part for part in _extent(string, font.bold, is_math(string, font))))


@lru_cache(maxsize=512)
def _extent(string: str, bold: bool, math: bool) -> Extent:
    """Return what *string* takes, in ems."""
    if math:
        with own_settings:
            width, height, descent = text_to_path.get_text_width_height_descent(
                string, _properties(bold), ismath=True
            )
        return Extent(width / _EM, (height - descent) / _EM, descent / _EM)
    start = 0.0
    ascent = descent = 0.0
    before = ""
    for character in string:
        glyph = _glyph(character, bold)
        start += _kerning(before, character, bold) + glyph.advance
        ascent, descent = max(ascent, glyph.ascent), max(descent, glyph.descent)
        before = character
    return Extent(start, ascent, descent)


class Placed(NamedTuple):
    """A character of a text and where it begins, in ems from the text's start."""

    character: str
    x: float


def characters(string: str, font: Font) -> Iterator[Placed]:
    """Yield the characters of a text that is no mathtext, with kerning."""
    x = 0.0
    before = ""
    for character in string:
        x += _kerning(before, character, font.bold)
        yield Placed(character, x)
        x += _glyph(character, font.bold).advance
        before = character


def outline(character: str, font: Font) -> Outline:
    """Return the outline of a character, which has no vertices if nothing of it shows."""
    return _glyph(character, font.bold).outline


@lru_cache(maxsize=64)
def formula(string: str, bold: bool) -> tuple[Outline, ...]:
    """Return the outlines of mathtext."""
    outlines = []
    with own_settings:
        level = {_name(character, bold) for character in _LEVEL}
        glyphs, known, rules = text_to_path.get_glyphs_mathtext(_properties(bold), string)
    for name, x, y, size in glyphs:
        vertices, codes = map(np.array, known[name])
        if len(vertices):
            placed = (vertices * size + (x, y)) / _EM
            is_level = name in level or "SizeOneSym" in name or "SizeTwoSym" in name
            outlines.append(Outline(placed, codes.astype(np.uint8), is_level))
    for corners, kinds in rules:
        outlines.append(Outline(np.array(corners, float) / _EM, np.array(kinds, np.uint8), True))
    return tuple(outlines)


class _Glyph(NamedTuple):
    outline: Outline
    advance: float
    ascent: float
    descent: float


@lru_cache(maxsize=1024)
def _glyph(character: str, bold: bool) -> _Glyph:
    """Return what is known of a character, in ems."""
    with own_settings:
        font = _face(bold)
        if not font.get_char_index(ord(character)):
            character = _UNKNOWN
        glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
        vertices, codes = font.get_path()
    points = np.array(vertices, float).reshape(-1, 2) / _EM
    ascent, descent = (
        (float(points[:, 1].max()), -float(points[:, 1].min())) if len(points) else (0.0, 0.0)
    )
    return _Glyph(
        Outline(points, np.array(codes, np.uint8), character in _LEVEL),
        glyph.linearHoriAdvance / _FIXED[0] / _EM,
        max(ascent, 0.0),
        max(descent, 0.0),
    )


@lru_cache(maxsize=4096)
def _kerning(before: str, character: str, bold: bool) -> float:
    """Return by how much two characters are nearer to each other, or further apart, in ems."""
    if not before:
        return 0.0
    with own_settings:
        font = _face(bold)
        left, right = (font.get_char_index(ord(one)) for one in (before, character))
        kerning = font.get_kerning(left, right, Kerning.UNFITTED)
    return float(kerning) / _FIXED[1] / _EM


def _name(character: str, bold: bool) -> str:
    """Return what matplotlib calls the outline of a character."""
    font = _face(bold)
    return f"{font.postscript_name}-{font.get_char_index(ord(character)):x}"


@lru_cache(maxsize=2)
def _file(bold: bool) -> Path:
    # By its file, which comes with matplotlib: by its name, all fonts would be gone through.
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(mpl.get_data_path(), "fonts", "ttf", name)


@lru_cache(maxsize=2)
def _face(bold: bool) -> FT2Font:
    """Return a font of our own, in which nobody else sets sizes.

    Whoever uses it holds `own_settings`: FreeType is for one thread at a time, also where
    it opens another file.
    """
    font = FT2Font(str(_file(bold)))
    font.set_size(_EM, 72)
    return font


@lru_cache(maxsize=2)
def _properties(bold: bool) -> FontProperties:
    return FontProperties(fname=_file(bold), size=_EM, math_fontfamily="dejavusans")


def missing_letters(string: str, font: Font) -> str:
    """Return the letters of a text, each once, that can't be set: not in the font, or leftward.

    Letters are put side by side from left to right, which is no way to write Hebrew or Arabic.
    """
    with own_settings:
        face = _face(font.bold)
        return "".join(
            letter
            for letter in dict.fromkeys(string)
            if not face.get_char_index(ord(letter)) or bidirectional(letter) in _LEFTWARD
        )


def shrunk(string: str, font: Font, room: float) -> Font:
    """Return *font*, or the largest smaller one in which *string* takes at most *room*.

    A single word that is much too long may get very small; nothing else does.
    """
    width = measure(string, font).width
    if width <= room:
        return font
    fitting = int(4 * font.pt * max(room, 0) / width) / 4
    least = MIN_TEXT_PT if " " in string else 1
    return replace(font, pt=max(least, fitting))
