"""The stamping view: every input cell adds its weighted kernel to the full output.

Where stamps overlap, sums add up; at the end the padding is cropped.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conv_anim.core.transposed import Transposed
from conv_anim.scene.arrangement import Area, Arrangement, beside
from conv_anim.scene.scene import Scene
from conv_anim.views import captions
from conv_anim.views.number_format import written
from conv_anim.views.stamp_words import SHADED, WORDS
from conv_anim.views.stamped_channels import over_channels
from conv_anim.views.view import View, inputs

if TYPE_CHECKING:
    from conv_anim.views.annotations import Annotations

_GAP = 2.2


def arrange(layer: Transposed) -> Arrangement:
    """Return the input and the full output."""
    return beside(
        {
            "input": Area("the input", layer.i),
            "full output": Area("the full output", layer.canvas_size),
        }
    )


def _with_kernel(layer: Transposed) -> Arrangement:
    """Return the arrangement with the kernel between them, as it is stamped."""
    grids = arrange(layer).areas
    areas = {
        "input": grids["input"],
        "kernel": Area("the kernel", layer.k),
        "full output": grids["full output"],
    }
    return Arrangement(areas, (_GAP, _GAP))


def stamp(
    layer: Transposed,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    annotations: "Annotations | None" = None,
) -> Scene:
    """Return the scene of stamps: the grids are "input" and "full output".

    With *annotations*, cells have numbers, and between these two is the grid "kernel", which has
    what a stamp adds, as products; the full output has the sums.

    There is a frame for each of the *chosen* input cells, counted from 0, shown *step_ms*
    milliseconds, and after the last input cell one in which the padding is cropped, shown
    *hold_ms*.
    """
    from conv_anim.views.stamped import Stamped, running_sums, with_kernel
    from conv_anim.views.stamping import stamping_scene
    from conv_anim.views.string_table import Strings

    line = ["every input cell stamps the kernel; sums add up"]
    if annotations is None:
        stamped, arrangement = Stamped(("",)), arrange(layer)
    else:
        values, strings = annotations.values, Strings(annotations.digits)
        name = annotations.kernel.name if annotations.kernel else ""
        captions_ = captions.stamp_captions(layer, name)
        sums = running_sums(layer, values, strings)
        stamped = with_kernel(sums, values, strings, captions_)
        arrangement = _with_kernel(layer)
        if values.bias:
            line[0] += ";"
            line.append(f"at the end b = {written(values.bias, annotations.digits)} is added")
    own = arrangement, WORDS, SHADED
    return stamping_scene(layer, chosen, step_ms, hold_ms, stamped, (tuple(line),), *own)


VIEW = View(
    "stamp",
    (Transposed.name,),
    "every input cell stamps the kernel",
    arrange,
    inputs,
    stamp,
    without=("shade", "process"),
    has_ending=True,
    over_channels=over_channels,
)
