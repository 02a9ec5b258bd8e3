"""Layers with numbers, and the numbers that PyTorch makes of them; ``make_values`` made them."""

import json
from pathlib import Path
from typing import Any

from conv_anim import Pool, Standard, Transposed
from conv_anim.core.layer import Layer

CASES = json.loads((Path(__file__).parent.parent / "values.json").read_text("utf-8"))
KINDS = {"standard": Standard, "transposed": Transposed, "pool": Pool}


def build(kind: str, given: dict[str, Any]) -> Layer:
    """Return the layer of a case, from its kind and its arguments."""
    p = [tuple(sides) for sides in given["p"]]
    layer: Layer = KINDS[kind](**{**given, "p": p, "ndim": len(given["i"])})
    return layer
