"""Layers with channels and what PyTorch makes of them; ``make_channels`` made them.

A case is [kind, arguments, bias, seed, output]; input and kernels follow from the seed.
"""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conv_anim import Pool, Standard, Transposed
from conv_anim.core.layer import Layer

FILE = Path(__file__).parent.parent / "channels.json"
KINDS = {"standard": Standard, "transposed": Transposed, "pool": Pool}
Case = list[Any]


def cases() -> list[Case]:
    found: list[Case] = json.loads(FILE.read_text("utf-8"))
    return found


def whole_numbers(seed: int, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return small whole numbers, the same in every version of Python."""
    draw = random.Random(seed).random
    numbers = [int(draw() * 7) - 3 for _ in range(int(np.prod(shape)))]
    return np.array(numbers, np.float64).reshape(shape)


def arrays(kind: str, given: dict[str, Any], seed: int) -> list[NDArray[np.float64]]:
    """Return the input, and the kernels in PyTorch's layout if there are any."""
    c_in, size = given["in_channels"], given["i"]
    shapes = [(c_in, *size)]
    if kind != "pool":
        c_out, groups = given["out_channels"], given["groups"]
        first, second = (c_in, c_out) if kind == "transposed" else (c_out, c_in)
        shapes.append((first, second // groups, *given["k"]))
    return [whole_numbers(seed + place, shape) for place, shape in enumerate(shapes)]


def build(kind: str, given: dict[str, Any]) -> Layer:
    """Return the layer of a case."""
    p = [tuple(sides) for sides in given["p"]]
    layer: Layer = KINDS[kind](**{**given, "p": p, "ndim": len(given["i"])})
    return layer
