"""The sliding view: the kernel slides over the drawn input and fills the output, cell by cell.

A transposed layer is shown by zero insertion, so that both kinds of layer are a kernel that
slides over one grid; a pooling layer's window slides in the same way.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conv_anim.core.layer import Layer
from conv_anim.scene.arrangement import Area, Arrangement, beside
from conv_anim.scene.scene import Grid, Scene
from conv_anim.views import captions, legends
from conv_anim.views.formulas import formulas
from conv_anim.views.view import ALL, View, outputs

if TYPE_CHECKING:
    from conv_anim.views.annotations import Annotations


def arrange(layer: Layer) -> Arrangement:
    """Return the grid that the kernel slides over, cropped cells included, and the output."""
    rows, columns = layer.axes
    drawn = rows.padded_size, columns.padded_size
    return beside(
        {
            "input": Area("the grid that the kernel slides over", drawn),
            "output": Area("the output", layer.output_size),
        }
    )


def slide(
    layer: Layer,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    annotations: "Annotations | None" = None,
) -> Scene:
    """Return the scene: the drawn input is the grid "input", beside it is "output".

    There is a frame for each of the *chosen* steps, counted from 0, shown *step_ms* milliseconds,
    the last one *hold_ms*. With *annotations*, cells have numbers, shades or both.
    """
    import numpy as np

    from conv_anim.scene.playback import occurring
    from conv_anim.views import cell_states
    from conv_anim.views.sliding import SlideFrames, kinds

    resting = cell_states.resting_states(layer)
    to_come, done = cell_states.output_states(layer)
    numbers_em = annotations.widest_em if annotations else None
    frames = SlideFrames(layer, chosen, resting, done, step_ms, hold_ms, annotations)
    shading = annotations.input_shading if annotations else None
    result = annotations.output_shading if annotations else None
    grids = {
        "input": Grid(
            resting,
            (*captions.input_captions(layer), *(shading.captions if shading else ())),
            labels=annotations.input if annotations else None,
            levels=shading.levels if shading else None,
            scale=shading.scale if shading else None,
            has_corners=annotations is not None and annotations.weights is not None,
        ),
        "output": Grid(
            to_come,
            (*captions.output_captions(layer), *(result.captions if result else ())),
            levels=np.full_like(result.levels, -1) if result else None,
            scale=result.scale if result else None,
        ),
    }
    if frames.has_marks:
        seen = occurring(grids, frames)
    else:
        seen = kinds(layer, chosen, resting, to_come, done)
    return Scene(
        title=captions.title(layer),
        parameters=captions.parameters(layer),
        formulas=formulas(layer),
        grids=grids,
        arrangement=arrange(layer),
        legend=legends.sliding(layer, seen, shaded=shading is not None),
        longest_counter=captions.counter(layer.n_steps, layer.n_steps),
        frames=frames,
        is_signed=annotations is not None and annotations.is_signed,
        strings=annotations.strings if annotations else ("",),
        numbers_em=numbers_em,
        has_sums=numbers_em is not None,
    )


VIEW = View("slide", ALL, "the kernel slides over the input", arrange, outputs, slide)
