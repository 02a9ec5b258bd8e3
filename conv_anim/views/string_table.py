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

    def products(self, numbers: NDArray[np.float64], factors: NDArray[np.float64]) -> Indexes:
        """Return the places of all products of *numbers* with *factors*, «1·(−2)».

        The array has the shape of *numbers* and then that of *factors*.
        """
        (few, at), (others, of) = (
            np.unique(array, return_inverse=True) for array in (numbers, factors)
        )
        left = [number_format.written(float(number), self._digits) for number in few]
        right = [number_format.in_sum(float(factor), self._digits) for factor in others]
        places = np.array([[self.place(f"{a}·{b}") for b in right] for a in left], np.intp)
        result: Indexes = places[np.ix_(at.ravel(), of.ravel())]
        return result.reshape(*numbers.shape, *factors.shape)

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
