"""Colours: #rrggbb, or two of these with a blank between them, for light pages and for dark ones.

What is drawn in pairs follows the page that it is on, where a format can; nothing else need know
how many a colour is.
"""

from collections.abc import Callable

TRANSPARENT = "none"
"""The colour of a background that isn't there, and of what shows it: gaps and casings."""


def paired(light: str, dark: str) -> str:
    """Return the colour that is *light* on light pages and *dark* on dark ones."""
    return light if light == dark else f"{light} {dark}"


def sides(colour: str) -> tuple[str, str]:
    """Return a colour on light pages, and on dark ones."""
    light, _, dark = colour.partition(" ")
    return light, dark or light


def is_paired(colour: str) -> bool:
    """Return whether a colour differs between light and dark pages."""
    return " " in colour


def each(make: Callable[..., str], *colours: str) -> str:
    """Return the colour that is made of others, on light pages and on dark ones."""
    return paired(*(make(*side) for side in zip(*map(sides, colours), strict=True)))
