"""An animation of each view, and of what they have between them."""

from typing import Any

from conv_anim import Network, Pool, Separable, Standard, Transposed
from conv_anim.core.layers import KINDS
from conv_anim.core.subject import Subject
from conv_anim.views.registry import VIEWS

OF_LAYERS = [name for name, view in VIEWS.items() if {*view.kinds} & {*KINDS}]
"""The views of layers, without that of networks."""

STANDARD, TRANSPOSED = Standard(i=4, k=3, p=1, s=2), Transposed(i=2, k=3, p=1, s=2)
COLOURS = Standard(i=4, k=3, in_channels=3, out_channels=2)
SEPARABLE = Separable(i=3, k=2, in_channels=2)
NETWORK = Network([Standard(k=3, d=2, p=1), Pool(k=2), Transposed(k=2, s=2, p=0)], i=7)
PICTURES: dict[str, tuple[Subject, dict[str, Any]]] = {
    "slide": (STANDARD, {}),
    "values": (TRANSPOSED, {"values": True, "theme": "dark"}),
    "shade": (Standard(i=5, k=3, p=1, d=2), {"shade": True}),
    "pooling": (Pool(i=4, k=2), {"theme": "dark"}),
    "1-D": (Standard(i=7, k=3, ndim=1), {"values": True}),
    "process": (TRANSPOSED, {"process": True}),
    "stack": (STANDARD, {"view": "stack", "values": True}),
    "volume": (COLOURS, {"view": "stack"}),
    "stamp": (TRANSPOSED, {"view": "stamp", "values": True}),
    "overlap": (TRANSPOSED, {"view": "overlap", "theme": "dark"}),
    "both": (TRANSPOSED, {"view": "both"}),
    "matrix": (Standard(i=4, k=3), {"view": "matrix", "values": True}),
    "field": (NETWORK, {"view": "field", "theme": "dark"}),
    "separable": (SEPARABLE, {}),
    "bare": (Transposed(i=2), {"parts": (), "width": 333}),
    "smooth": (Standard(i=4, k=3), {"smooth": True}),
}
