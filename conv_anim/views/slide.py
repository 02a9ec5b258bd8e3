"""The sliding view: the kernel slides over the drawn input and fills the output, cell by cell.

A transposed layer is shown by zero insertion, so that both kinds of layer are a kernel that
slides over one grid; a pooling layer's window slides in the same way.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conv_anim.core.layer import Layer
from conv_anim.scene.arrangement import Area, Arrangement, beside, strips
from conv_anim.scene.scene import Grid, Scene
from conv_anim.scene.states import State
from conv_anim.views import captions, legends
from conv_anim.views.channels import in_columns
from conv_anim.views.formulas import formulas
from conv_anim.views.view import ALL, View, outputs

if TYPE_CHECKING:
    from conv_anim.views.annotations import Annotations, Kernel


def areas(layer: Layer) -> dict[str, Area]:
    """Return the grid that the kernel slides over, cropped cells included, and the output."""
    rows, columns = layer.axes
    drawn = rows.padded_size, columns.padded_size
    return {
        "input": Area("the grid that the kernel slides over", drawn),
        "output": Area("the output", layer.output_size),
    }


def arrange(layer: Layer) -> Arrangement:
    """Return both grids side by side; strips with each output cell over what it reads."""
    both = areas(layer)
    if layer.ndim == 2:
        return beside(both)
    axis = layer.axes[1]
    start = axis.cropped[0] + _place_in_window(layer)
    output = both["output"]._replace(step=axis.stride, start=start)
    return strips({"output": output, "input": both["input"]})


def _place_in_window(layer: Layer) -> float:
    """Return where in its window a strip's output cell is, in cells from the first.

    It is in the middle, but at the end where padding is only before, as in causal layers, whose
    cells see nothing later, and at the start where it is only after.
    """
    last = layer.axes[1].span - 1
    before, after = layer.p[1]
    if layer.inserts_zeros or bool(before) == bool(after):
        return last / 2
    return last if before else 0.0


def _with_kernel(layer: Layer) -> Arrangement:
    """Return the arrangement with a grid for the kernel, in the order of what is computed."""
    both, kernel = arrange(layer), Area("the kernel", layer.k)
    if layer.ndim == 1:
        return strips(both.areas, ("kernel", kernel))
    grids = {"input": both.areas["input"], "kernel": kernel, "output": both.areas["output"]}
    return Arrangement(grids, (1.1, 1.1), signs=("∗", "="))


def slide(
    layer: Layer,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    annotations: "Annotations | None" = None,
) -> Scene:
    """Return the scene: the drawn input is the grid "input", its steps fill "output".

    There is a frame for each of the *chosen* steps, counted from 0, shown *step_ms* milliseconds,
    the last one *hold_ms*. With *annotations*, cells have numbers, shades or both, and the kernel
    is a grid of its own, too.
    """
    has_kernel = annotations is not None and annotations.kernel is not None
    arrangement = _with_kernel(layer) if has_kernel else arrange(layer)
    return scene(layer, arrangement, chosen, step_ms, hold_ms, annotations)


def scene(
    layer: Layer,
    arrangement: Arrangement,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    annotations: "Annotations | None" = None,
) -> Scene:
    """Return the scene of ``slide`` with those grids that the arrangement has."""
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
    if annotations and annotations.kernel:
        grids["kernel"] = _kernel_grid(layer, annotations.kernel)
    grids = {role: grids[role] for role in arrangement.roles}
    if frames.has_marks:
        seen = occurring(grids, frames)
    else:
        seen = kinds(layer, chosen, resting, to_come, done)
        seen |= {State.WEIGHT} if "kernel" in grids else set()
    return Scene(
        title=captions.title(layer),
        parameters=captions.parameters(layer),
        formulas=formulas(layer),
        grids=grids,
        arrangement=arrangement,
        legend=legends.sliding(layer, seen, shaded=shading is not None, words={State.WEIGHT: ""}),
        longest_counter=captions.counter(layer.n_steps, layer.n_steps),
        frames=frames,
        is_signed=annotations is not None and annotations.is_signed,
        strings=annotations.strings if annotations else ("",),
        numbers_em=numbers_em,
        has_sums=numbers_em is not None,
    )


def _kernel_grid(layer: Layer, kernel: "Kernel") -> Grid:
    """Return the kernel as it slides, each weight in its cell."""
    import numpy as np

    shading = kernel.shading
    return Grid(
        np.full(layer.k, State.WEIGHT, np.uint8),
        (*captions.kernel_captions(layer, kernel.name), *(shading.captions if shading else ())),
        labels=kernel.labels,
        levels=shading.levels if shading else None,
        scale=shading.scale if shading else None,
        is_outlined=True,
    )


VIEW = View("slide", ALL, "the kernel slides", arrange, outputs, slide, over_channels=in_columns)
