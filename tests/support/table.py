"""The layers that documentation of convolution arithmetic shows, and what they come to."""

from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed

TABLE = {
    "S1P0": (Standard(i=5, k=3, p=0, s=1), (3, 3), 9),
    "S1P1": (Standard(i=5, k=3, p=1, s=1), (5, 5), 25),
    "S2P0": (Standard(i=5, k=3, p=0, s=2), (2, 2), 4),
    "S2P1": (Standard(i=5, k=3, p=1, s=2), (3, 3), 9),
    "S2P3": (Standard(i=5, k=3, p=3, s=2), (5, 5), 25),
    "S3P2": (Standard(i=5, k=3, p=2, s=3), (3, 3), 9),
    "odd": (Standard(i=6, k=3, p=1, s=2), (3, 3), 9),
    "T-S1P0": (Transposed(i=3, k=3, p=0, s=1), (5, 5), 25),
    "T-S1P1": (Transposed(i=5, k=3, p=1, s=1), (5, 5), 25),
    "T-S2P0": (Transposed(i=2, k=3, p=0, s=2), (5, 5), 25),
    "T-S2P1": (Transposed(i=3, k=3, p=1, s=2), (5, 5), 25),
    "T-cropped": (Transposed(i=3, k=2, p=2, s=3), (4, 4), 16),
}
"""By name: the layer, its output size (rows, columns) and its number of steps."""
