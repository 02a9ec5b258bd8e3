"""Numbers as they are written in cells and sums, and how wide that gets; nothing is drawn."""

import math
from functools import lru_cache

MAX_DIGITS = 6
_LARGE = 10_000_000  # whole numbers from here on are written with a power of ten

# Advances in DejaVu Sans, in font sizes, and room for rounding each to whole pixels.
_WIDTHS = {".": 0.39, "−": 0.88, "×": 0.88, "∞": 0.88, "e": 0.67,
           "·": 0.39, "(": 0.46, ")": 0.46}  # fmt: skip
_DIGIT = 0.68


@lru_cache(maxsize=4096)
def written(value: float, digits: int) -> str:
    """Return a number with at most *digits* decimals: «3», «−0.25», «1.2e7», «−∞».

    A number that would be rounded to 0 is written with a power of ten, as very large ones are.
    """
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    text = f"{value:.{digits}f}"
    if value and (abs(value) >= _LARGE or not float(text)):
        mantissa, _, exponent = f"{value:.{min(digits, 1)}e}".partition("e")
        text = f"{_stripped(mantissa)}e{int(exponent)}"
    else:
        text = _stripped(text)
    return "0" if text == "-0" else text.replace("-", "−")


@lru_cache(maxsize=4096)
def is_exact(value: float, digits: int) -> bool:
    """Return whether what is written is the number itself."""
    text = written(value, digits).replace("−", "-").replace("∞", "inf")
    return float(text) == value


def in_sum(value: float, digits: int) -> str:
    """Return a number as it is written between operators: «(−1)»."""
    text = written(value, digits)
    return f"({text})" if text.startswith("−") else text


def width_em(text: str) -> float:
    """Return about how wide a number gets, in font sizes."""
    return sum(_WIDTHS.get(character, _DIGIT) for character in text)


def _stripped(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
