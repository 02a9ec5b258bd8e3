"""What the numbers of a scene are written as, each text once."""

import numpy as np
from numpy.typing import NDArray

from conv_anim.core.steps import Indexes
from conv_anim.views import number_format


class Strings:
    """Texts in the order in which they come up; the first is nothing."""

    def __init__(self, digits: int, known: tuple[str, ...] = ()) -> None:
        self._digits = digits
        self._places = {text: place for place, text in enumerate(known or ("",))}

    def written(self, numbers: NDArray[np.float64], sign: str = "") -> Indexes:
        """Return for every number the place of its text, which begins with *sign*."""
        found, inverse = np.unique(numbers, return_inverse=True)
        texts = [sign + number_format.written(float(number), self._digits) for number in found]
        places = np.array([self.place(text) for text in texts])
        result: Indexes = places[inverse.reshape(numbers.shape)]
        return result

    def place(self, text: str) -> int:
        """Return the place of a text."""
        return self._places.setdefault(text, len(self._places))

    @property
    def all(self) -> tuple[str, ...]:
        """The texts by their places."""
        return tuple(self._places)


def widest_em(strings: tuple[str, ...], *places: Indexes | None) -> float:
    """Return how wide the widest of the texts at these places is, in font sizes."""
    used = {int(place) for array in places if array is not None for place in np.unique(array)}
    return max((number_format.width_em(strings[place]) for place in used), default=0.0)
