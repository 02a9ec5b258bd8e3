"""What a kernel slides over, along one axis: the one picture of both kinds of layer."""

from dataclasses import dataclass

from conv_anim.core.parse import Pair


@dataclass(frozen=True)
class SlidingAxis:
    """One axis of the grid that a kernel slides over, the same for both kinds of layer.

    The input is stretched by inserting zeros, then padded, then cropped, in this order. A
    standard convolution inserts and crops nothing; the zero-insertion reading of a transposed
    one has stride 1. All sizes are in cells.
    """

    input_size: int
    kernel_size: int
    stride: int = 1
    dilation: int = 1
    inserted: int = 0
    """Zeros between two neighbouring input cells."""
    padding: Pair = (0, 0)
    """Cells added before and after the stretched input, never negative."""
    cropped: Pair = (0, 0)
    """Cells then cropped, before and after, never negative."""
    outside: int = 0
    """How many of the cells that are added after only make the last window whole."""

    def place(self, cell: int) -> int:
        """Return where an input cell is among the drawn ones, both counted from 0."""
        return self.padding[0] + cell * (self.inserted + 1)

    def cells_under(self, tap: int) -> slice:
        """Return the drawn cells that a tap falls on, position after position."""
        start = self.cropped[0] + tap * self.dilation
        return slice(start, start + (self.output_size - 1) * self.stride + 1, self.stride)

    @property
    def span(self) -> int:
        """Cells from the first tap to the last, both counted."""
        return self.dilation * (self.kernel_size - 1) + 1  # Relationship 15, 1603.07285

    @property
    def stretched_size(self) -> int:
        """Size of the input with the zeros inserted."""
        return (self.input_size - 1) * (self.inserted + 1) + 1

    @property
    def padded_size(self) -> int:
        """Size of what is drawn: stretched and padded, the cropped cells still there."""
        return self.stretched_size + sum(self.padding)

    @property
    def size(self) -> int:
        """Size of what the kernel slides over."""
        return self.padded_size - sum(self.cropped)

    @property
    def output_size(self) -> int:
        """Number of positions of the kernel; below 1 when it does not fit."""
        return (self.size - self.span) // self.stride + 1  # Relationship 6, 1603.07285

    @property
    def remainder(self) -> int:
        """How many cells at the end no window reaches, a."""
        return (self.size - self.span) % self.stride
