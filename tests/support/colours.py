"""Colours as eyes see them."""

import numpy as np
from numpy.typing import NDArray


def linear(colour: str) -> NDArray[np.float64]:
    """Return a colour such as #0b6e4f as linear red, green and blue, from 0 to 1."""
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(rgb: NDArray[np.float64]) -> float:
    """Return the relative luminance of a linear colour, as WCAG 2.2 defines it."""
    return float(rgb @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2.2 defines it."""
    dark, light = sorted([luminance(linear(one)), luminance(linear(other))])
    return (light + 0.05) / (dark + 0.05)
