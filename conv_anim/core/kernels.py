"""Kernels that have names."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from conv_anim.core.parse import Pair
from conv_anim.errors import InputError

Weights = NDArray[np.float64]


def weights(name: str, size: Pair) -> Weights:
    """Return the kernel of this name, shape *size* (rows, columns).

    Raises ValueError when there is none of this size. An axis of size 1 has no part in it, so
    that all are there for 1-D layers, too.
    """
    return FILTERS[name](name, size)


def _binomial(taps: int) -> Weights:
    return np.array([math.comb(taps - 1, tap) for tap in range(taps)], np.float64)


def _ones(name: str, size: Pair) -> Weights:
    return np.ones(size)


def _box(name: str, size: Pair) -> Weights:
    return np.full(size, 1 / (size[0] * size[1]))


def _gaussian(name: str, size: Pair) -> Weights:
    """Return binomial weights, which come near a Gaussian bell and are exact fractions."""
    rows, columns = (_binomial(taps) / 2.0 ** (taps - 1) for taps in size)
    return np.outer(rows, columns)


def _sobel(name: str, size: Pair) -> Weights:
    """Return a difference along one axis, smoothed along the other."""
    along = 1 if name == "sobel-x" else 0
    if size[along] < 3 or size[along] % 2 == 0 or size[1 - along] % 2 == 0:
        raise _no_size(name, size, f"odd numbers of taps, at least 3 of them in {'yx'[along]}")
    difference = np.convolve(_binomial(size[along] - 2), [-1, 0, 1])
    smooth = _binomial(size[1 - along])
    return np.outer(smooth, difference) if along else np.outer(difference, smooth)


def _laplacian(name: str, size: Pair) -> Weights:
    """Return the sum of second differences along the axes that have 3 taps."""
    if not {1, 3} >= {*size} or size == (1, 1):
        raise _no_size(name, size, "3 taps along an axis")
    result = np.zeros(size)
    for axis in range(2):
        if size[axis] == 3:
            middle = size[1 - axis] // 2
            line = result[:, middle] if axis == 0 else result[middle]
            line += [1, -2, 1]
    return result


def _sharpen(name: str, size: Pair) -> Weights:
    return _identity(name, size) - _laplacian(name, size)


def _identity(name: str, size: Pair) -> Weights:
    if size[0] % 2 == 0 or size[1] % 2 == 0:
        raise _no_size(name, size, "a middle, so odd numbers of taps")
    result = np.zeros(size)
    result[size[0] // 2, size[1] // 2] = 1
    return result


def _bilinear(name: str, size: Pair) -> Weights:
    """Return the weights with which a transposed layer interpolates between cells.

    1 − |x − c|/f with f = ⌈k/2⌉ and its middle c: Long, Shelhamer & Darrell, «Fully
    convolutional networks for semantic segmentation», arXiv 1411.4038, section 3.3.
    """
    sides = []
    for taps in size:
        factor = (taps + 1) // 2
        middle = factor - 1 if taps % 2 else factor - 0.5
        sides.append(1 - np.abs(np.arange(taps) - middle) / factor)
    return np.outer(*sides)


def _no_size(name: str, size: Pair, needed: str) -> InputError:
    return InputError(
        f"‹kernel={name}› has {needed}, and ‹k› is {size[0]}x{size[1]}: give another ‹k›, or the "
        f"numbers"
    )


FILTERS: dict[str, Callable[[str, Pair], Weights]] = {
    "ones": _ones,
    "box": _box,
    "gaussian": _gaussian,
    "sobel-x": _sobel,
    "sobel-y": _sobel,
    "laplacian": _laplacian,
    "sharpen": _sharpen,
    "identity": _identity,
    "bilinear": _bilinear,
}
