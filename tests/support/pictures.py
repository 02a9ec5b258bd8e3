"""Pictures of every view that tests of renderers compare."""

from typing import Any

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.subject import Subject
from tests.support.samples import COLOURS, NETWORK

STANDARD, TRANSPOSED = Standard(i=4, k=3, p=1, s=2), Transposed(i=3, k=3, p=1, s=2)
PICTURES: dict[str, tuple[Subject, dict[str, Any], int]] = {
    "slide": (STANDARD, {}, 2),
    "slide, values": (TRANSPOSED, {"values": True, "theme": "dark"}, 7),
    "slide, shade": (Standard(i=5, k=3, p=1, d=2), {"shade": True}, 3),
    "slide, large": (Standard(i=24, k=3, p=1), {"every": 50, "theme": "dark"}, 5),
    "slide, far from each other": (Standard(i=6, k=2, s=4), {"theme": "dark"}, -1),
    "pooling": (Pool(i=4, k=2), {"values": True, "theme": "dark"}, 1),
    "1-D": (Standard(i=7, k=3, ndim=1), {"values": True}, 2),
    "channels": (Standard(i=4, p=1, s=2, in_channels=3, out_channels=2), {}, 5),
    "channels, values": (
        Standard(i=3, k=2, in_channels=4, out_channels=4, groups=2),
        {"values": True, "bias": 1, "theme": "dark"},
        9,
    ),
    "channels, far": (
        Transposed(i=2, k=2, p=0, s=1, in_channels=9, out_channels=9),
        {"order": "position", "theme": "dark"},
        8,
    ),
    "volume": (COLOURS, {"view": "stack", "values": True}, 5),
    "process": (TRANSPOSED, {"process": True}, 2),
    "process, moved": (TRANSPOSED, {"process": True, "theme": "dark"}, 4),
    "stack": (STANDARD, {"view": "stack", "theme": "dark"}, 2),
    "stack, values": (TRANSPOSED, {"view": "stack", "values": True}, 12),
    "stack, shade": (STANDARD, {"view": "stack", "shade": True}, 0),
    "stack, process": (STANDARD, {"view": "stack", "process": True, "theme": "dark"}, 1),
    "stamp": (TRANSPOSED, {"view": "stamp", "theme": "dark"}, 4),
    "stamp, values": (TRANSPOSED, {"view": "stamp", "values": True}, 4),
    "overlap": (TRANSPOSED, {"view": "overlap", "theme": "dark"}, 5),
    "both": (TRANSPOSED, {"view": "both"}, 6),
    "both, values": (TRANSPOSED, {"view": "both", "values": True, "theme": "dark"}, 6),
    "matrix": (Standard(i=4, k=3), {"view": "matrix", "theme": "dark"}, 2),
    "field": (NETWORK, {"view": "field", "theme": "dark"}, 2),
    "matrix, values": (Standard(i=4, k=3), {"view": "matrix", "values": True}, 3),
}
"""Layers, options, and the number of a frame."""


def picture(name: str, **options: Any) -> tuple[Animation, int]:
    """Return an animation and the number of a frame of it."""
    layer, own, number = PICTURES[name]
    animation = animate(layer, **{"theme": "light", **own, **options})
    return animation, number % len(animation)
