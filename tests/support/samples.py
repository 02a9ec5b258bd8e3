"""An animation of each view, and of what they have between them."""

from typing import Any

from conv_anim import Pool, Standard, Transposed
from conv_anim.core.layer import Layer

STANDARD, TRANSPOSED = Standard(i=4, k=3, p=1, s=2), Transposed(i=2, k=3, p=1, s=2)
PICTURES: dict[str, tuple[Layer, dict[str, Any]]] = {
    "slide": (STANDARD, {}),
    "values": (TRANSPOSED, {"values": True, "theme": "dark"}),
    "shade": (Standard(i=5, k=3, p=1, d=2), {"shade": True}),
    "pooling": (Pool(i=4, k=2), {"theme": "dark"}),
    "1-D": (Standard(i=7, k=3, ndim=1), {"values": True}),
    "process": (TRANSPOSED, {"process": True}),
    "stack": (STANDARD, {"view": "stack", "values": True}),
    "stamp": (TRANSPOSED, {"view": "stamp", "values": True}),
    "overlap": (TRANSPOSED, {"view": "overlap", "theme": "dark"}),
    "both": (TRANSPOSED, {"view": "both"}),
    "matrix": (Standard(i=4, k=3), {"view": "matrix", "values": True}),
    "bare": (Transposed(i=2), {"parts": (), "width": 333}),
    "smooth": (Standard(i=4, k=3), {"smooth": True}),
}
