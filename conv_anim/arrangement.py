"""How the grids of a picture stand: side by side, or one above the other in perspective."""

from dataclasses import dataclass, replace

from conv_anim.layer import Layer
from conv_anim.parse import Pair
from conv_anim.transposed import Transposed

CAPTION_PX = 150


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
    is_stacked: bool = False
    """Whether the grids lie one above the other, seen in perspective."""

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


def stamping(layer: Layer) -> Arrangement:
    """Return the grids of the stamping picture: input and full output."""
    assert isinstance(layer, Transposed)
    return _beside(("the input", layer.i), ("the full output", layer.canvas_size))
