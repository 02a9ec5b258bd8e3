"""What grids the ways of looking at a layer have, and how these stand; nothing is drawn yet."""

from dataclasses import replace

from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair
from conv_anim.core.transposed import Transposed
from conv_anim.scene.arrangement import CAPTION_PX, NARROW_PX, Arrangement


def _beside(left: tuple[str, Pair], right: tuple[str, Pair]) -> Arrangement:
    """Return two grids side by side."""
    gap = max(3, (left[1][1] + right[1][1]) // 12)
    return Arrangement((left[0], right[0]), (left[1], right[1]), (gap,), (CAPTION_PX, CAPTION_PX))


def sliding(layer: Layer) -> Arrangement:
    """Return the grids of the sliding picture, cropped cells included."""
    rows, columns = layer.axes
    drawn = rows.padded_size, columns.padded_size
    return _beside(
        ("the grid that the kernel slides over", drawn), ("the output", layer.output_size)
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
        names=(grids.names[0], "the matrix", "the unrolled input", "the unrolled output"),
        shapes=(grids.shapes[0], (n_outputs, n_inputs), (n_inputs, 1), (n_outputs, 1)),
        gaps=(3, 1.5, 1.5),
        captions_px=(CAPTION_PX, CAPTION_PX, NARROW_PX, 2 * NARROW_PX),
        signs=("", "×", "+ b =" if bias else "="),
    )


def stamping(layer: Layer) -> Arrangement:
    """Return the grids of the stamping picture: input and full output."""
    assert isinstance(layer, Transposed)
    return _beside(("the input", layer.i), ("the full output", layer.canvas_size))


def both(layer: Layer) -> Arrangement:
    """Return the grids of both pictures of a transposed layer, the outputs in the middle."""
    slides, stamps = sliding(layer), stamping(layer)
    gap = min(4, *slides.gaps, *stamps.gaps)  # there are three
    gap = max(2, gap - 1)
    return Arrangement(
        names=(*slides.names, *stamps.names[::-1]),
        shapes=(*slides.shapes, *stamps.shapes[::-1]),
        gaps=(gap, gap, gap),
        captions_px=(CAPTION_PX,) * 4,
        counted=2,
    )
