"""How the grids of a picture stand: side by side, or one above the other in perspective."""

from dataclasses import dataclass, replace

from conv_anim.layer import Layer
from conv_anim.parse import Pair
from conv_anim.transposed import Transposed

CAPTION_PX = 150
NARROW_PX = 60
_SIGN_PX, _CHARACTER_PX = 16, 10


@dataclass(frozen=True)
class Arrangement:
    """What is known of the grids of a picture before anything is drawn."""

    names: tuple[str, ...]
    """What a sentence calls each grid."""
    shapes: tuple[Pair, ...]
    """(rows, columns) of each, from left to right; stacked, from the lowest upwards."""
    gaps: tuple[float, ...]
    """The cells' widths that are left free between neighbours."""
    captions_px: tuple[int, ...]
    """The room that each one's captions may count on, however narrow the grid."""
    signs: tuple[str, ...] = ()
    """What stands between neighbours, if anything does."""
    counted: int = -1
    """Which grid the counter stands above."""
    is_stacked: bool = False
    """Whether the grids lie one above the other, seen in perspective."""

    def gaps_px(self, cell_px: int) -> list[int]:
        """Return the gaps in pixels; a sign has its room however small cells are."""
        signs = self.signs or ("",) * len(self.gaps)
        return [
            max(int(gap * cell_px), _SIGN_PX + len(sign) * _CHARACTER_PX if sign else 0)
            for gap, sign in zip(self.gaps, signs, strict=True)
        ]

    @property
    def height(self) -> int:
        """Rows of the tallest."""
        return max(rows for rows, _ in self.shapes)

    @property
    def width(self) -> float:
        """Columns of all, and what is between them."""
        return sum(columns for _, columns in self.shapes) + sum(self.gaps)

    def top(self, grid: int) -> float:
        """Return at which row a grid begins; all are centred."""
        return (self.height - self.shapes[grid][0]) / 2


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
    n_inputs, n_outputs = layer.i[0] * layer.i[1], layer.n_steps
    return Arrangement(
        names=(grids.names[0], "the matrix", "the unrolled input", "the unrolled output"),
        shapes=(grids.shapes[0], (n_outputs, n_inputs), (n_inputs, 1), (n_outputs, 1)),
        gaps=(3, 1.5, 1.5),
        captions_px=(CAPTION_PX, CAPTION_PX, NARROW_PX, NARROW_PX),
        signs=("", "×", "+ b =" if bias else "="),
    )


def stamping(layer: Layer) -> Arrangement:
    """Return the grids of the stamping picture: input and full output."""
    assert isinstance(layer, Transposed)
    return _beside(("the input", layer.i), ("the full output", layer.canvas_size))


def both(layer: Layer) -> Arrangement:
    """Return the grids of both pictures of a transposed layer, the outputs in the middle."""
    slides, stamps = sliding(layer), stamping(layer)
    gap = max(slides.gaps + stamps.gaps)
    return Arrangement(
        names=(*slides.names, *stamps.names[::-1]),
        shapes=(*slides.shapes, *stamps.shapes[::-1]),
        gaps=(gap, gap, gap),
        captions_px=(CAPTION_PX,) * 4,
        counted=2,
    )
