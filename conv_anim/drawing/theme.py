"""The themes by their names, each from a file of its own."""

from collections.abc import Mapping

from conv_anim.drawing.dark import DARK
from conv_anim.drawing.light import LIGHT
from conv_anim.drawing.styles import Theme

THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}
