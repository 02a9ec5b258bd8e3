"""What grids the ways of looking at a layer have, and how these stand; nothing is drawn yet."""

from collections.abc import Mapping
from dataclasses import replace

from conv_anim.core.layer import Layer
from conv_anim.core.transposed import Transposed
from conv_anim.scene.arrangement import NARROW_PX, Area, Arrangement


def _beside(areas: Mapping[str, Area]) -> Arrangement:
    """Return two grids side by side, the counter above the second."""
    gap = max(3, sum(area.shape[1] for area in areas.values()) // 12)
    return Arrangement(areas, (gap,), counted=[*areas][-1])


def sliding(layer: Layer) -> Arrangement:
    """Return the grids of the sliding picture, cropped cells included."""
    rows, columns = layer.axes
    drawn = rows.padded_size, columns.padded_size
    return _beside(
        {
            "input": Area("the grid that the kernel slides over", drawn),
            "output": Area("the output", layer.output_size),
        }
    )


def stacked(layer: Layer) -> Arrangement:
    """Return the grids of the sliding picture, the output above the input."""
    grids = sliding(layer)
    gap = max(1.6, grids.height / 7)
    return replace(grids, gaps=(gap,), is_stacked=True)


def unrolled(layer: Layer, bias: float = 0) -> Arrangement:
    """Return the drawn input, the layer's matrix, the unrolled input and the unrolled output."""
    grids = sliding(layer)
    n_inputs, n_outputs = layer.n_inputs, layer.n_steps
    return Arrangement(
        areas={
            "input": grids.areas["input"],
            "matrix": Area("the matrix", (n_outputs, n_inputs)),
            "unrolled input": Area("the unrolled input", (n_inputs, 1), NARROW_PX),
            "unrolled output": Area("the unrolled output", (n_outputs, 1), 2 * NARROW_PX),
        },
        gaps=(3, 1.5, 1.5),
        counted="unrolled output",
        signs=("", "×", "+ b =" if bias else "="),
    )


def stamping(layer: Layer) -> Arrangement:
    """Return the grids of the stamping picture: input and full output."""
    assert isinstance(layer, Transposed)
    return _beside(
        {
            "input": Area("the input", layer.i),
            "full output": Area("the full output", layer.canvas_size),
        }
    )


def both(layer: Layer) -> Arrangement:
    """Return the grids of both pictures of a transposed layer, the outputs in the middle."""
    slides, stamps = sliding(layer), stamping(layer)
    gap = min(4, *slides.gaps, *stamps.gaps)  # there are three
    gap = max(2, gap - 1)
    return Arrangement(
        areas={
            "drawn input": slides.areas["input"],
            "output": slides.areas["output"],
            "full output": stamps.areas["full output"],
            "input": stamps.areas["input"],
        },
        gaps=(gap, gap, gap),
        counted="full output",
    )
