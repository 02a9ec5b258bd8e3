"""Fonts, and how much room a text takes, measured with matplotlib's own font engine."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from conv_anim.drawing.sizes import MIN_TEXT_PX

DPI = 72  # so that a font size in points is one in pixels


@dataclass(frozen=True)
class Font:
    """A face and a size of text."""

    px: float
    bold: bool = False
    muted: bool = False

    @cached_property
    def properties(self) -> FontProperties:
        """The font as matplotlib names it, independent of the user's settings."""
        # By its file, which comes with matplotlib: by its name, all fonts would be gone through.
        name = "DejaVuSans-Bold.ttf" if self.bold else "DejaVuSans.ttf"
        file = Path(mpl.get_data_path(), "fonts", "ttf", name)
        return FontProperties(fname=file, size=self.px, math_fontfamily="dejavusans")


class Extent(NamedTuple):
    """What a piece of text takes, in pixels."""

    width: float
    ascent: float
    descent: float


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
    return {**kept, "text.hinting": "default", "mathtext.default": "rm"}


@lru_cache(maxsize=512)
def measure(string: str, font: Font) -> Extent:
    """Return what *string* takes; a string in $…$ is mathtext."""
    with own_settings:
        width, height, descent = ruler().get_text_width_height_descent(
            string, font.properties, ismath=is_math(string)
        )
    return Extent(float(width), float(height - descent), float(descent))


def is_math(string: str) -> bool:
    """Return whether *string* is to be set as mathtext."""
    return string.startswith("$")


@lru_cache(maxsize=1)
def ruler() -> RendererAgg:
    """Return the engine that measures; it draws nothing."""
    return RendererAgg(1, 1, DPI)


def shrunk(string: str, font: Font, room: float) -> Font:
    """Return *font*, or the largest smaller one in which *string* takes at most *room*."""
    while (width := measure(string, font).width) > room and font.px > MIN_TEXT_PX:
        px = max(MIN_TEXT_PX, min(font.px - 0.5, int(2 * font.px * room / width) / 2))
        font = Font(px, font.bold, font.muted)
    return font
