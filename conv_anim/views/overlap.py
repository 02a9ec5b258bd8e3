"""The overlap view: how often each cell of the full output is stamped.

Odena et al., «Deconvolution and checkerboard artifacts», Distill 2016.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from conv_anim.core.transposed import Transposed
from conv_anim.scene.scene import Chunks, Scene
from conv_anim.views.stamp import arrange
from conv_anim.views.stamp_words import SHADED, WORDS
from conv_anim.views.view import View, inputs

if TYPE_CHECKING:
    from conv_anim.views.annotations import Annotations


def overlap(
    layer: Transposed,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    annotations: "Annotations | None" = None,
) -> Scene:
    """Return the scene of counts: how often each output cell has been stamped; no other numbers."""
    from conv_anim.views.stamped import counts
    from conv_anim.views.stamping import stamping_scene

    stamped = counts(layer)
    own = arrange(layer), WORDS, SHADED
    return stamping_scene(layer, chosen, step_ms, hold_ms, stamped, _evenness(layer), *own)


def is_even(layer: Transposed, axis: int) -> bool:
    """Return whether inside the output every cell is stamped equally often, along an axis.

    That is so when s divides k and has no factor in common with d.
    """
    k, s, d = layer.k[axis], layer.s[axis], layer.d[axis]
    return k % s == 0 and math.gcd(s, d) == 1


def _evenness(layer: Transposed) -> tuple[Chunks, ...]:
    """Return whether the overlap is even, and why."""

    def evenness(axis: int) -> str:
        k, s, d = layer.k[axis], layer.s[axis], layer.d[axis]
        if k % s:
            return f"uneven: s = {s} does not divide k = {k}"
        if math.gcd(s, d) > 1:
            return f"uneven: s = {s} and d = {d} have a factor in common"
        why = f"s = {s} divides k = {k}"
        return f"even: {why}" + (f" and has no factor in common with d = {d}" if d > 1 else "")

    rows, columns = evenness(0), evenness(1)
    if layer.ndim == 1 or rows == columns:
        return ((f"overlap inside the output is {columns}",),)
    return ((f"overlap of rows is {rows},",), (f"of columns {columns}",))


VIEW = View(
    "overlap",
    (Transposed.name,),
    "how often cells are stamped",
    arrange,
    inputs,
    overlap,
    without=("values", "shade", "input", "kernel", "bias", "seed", "digits", "process"),
    has_ending=True,
)
