"""The numbers of one input channel, and what one filter makes of it: what a picture shows."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair
from conv_anim.core.steps import Indexes, taps
from conv_anim.core.values import Array, Values


@dataclass(frozen=True, eq=False)
class Plane:
    """One channel of *values*, and one of the filters that read it; both are counted from 0.

    If the filter reads others, too, ``output`` is what this one adds: neither what the others
    add nor the bias is in it.
    """

    values: Values
    channel: int = 0
    filter: int = 0

    @property
    def layer(self) -> Layer:
        """The layer."""
        return self.values.layer

    @property
    def _place(self) -> int:
        """Which of the channels that the filter reads it is."""
        return self.layer.reads(self.filter).index(self.channel)

    @property
    def input(self) -> Array:
        """The input, (rows, columns)."""
        plane: Array = self.values.input[self.channel]
        return plane

    @property
    def drawn(self) -> Array:
        """What the grid that the kernel slides over holds, (rows, columns)."""
        plane: Array = self.values.drawn[self.channel]
        return plane

    @property
    def origins(self) -> tuple[Indexes, Indexes]:
        """For each drawn row and column the input's from which its numbers come, or −1."""
        return self.values.origins

    @property
    def weights(self) -> Array | None:
        """The kernel as it is drawn, (rows, columns): of a transposed layer turned by 180°."""
        weights = self.values.weights
        return None if weights is None else weights[self.filter, self._place]

    @property
    def kernel(self) -> Array | None:
        """The kernel as the framework takes it, (rows, columns)."""
        if self.weights is None or not self.layer.inserts_zeros:
            return self.weights
        return self.weights[::-1, ::-1]

    @property
    def is_part(self) -> bool:
        """Whether the filter reads other channels, too."""
        return self.layer.channels_read > 1

    @property
    def bias(self) -> float:
        """What is added to each output cell."""
        return 0.0 if self.is_part else float(self.values.bias[self.filter])

    @cached_property
    def output(self) -> Array:
        """What the filter makes of the channel, (rows, columns)."""
        output = self.values.products(self.filter) if self.is_part else self.values.output
        plane: Array = output[self._place if self.is_part else self.filter]
        return plane

    @property
    def counted(self) -> Array:
        """How many cells each mean is divided by, (rows, columns); 1 for what is no mean."""
        return self.values.counted

    def window(self, position: Indexes) -> Array:
        """Return what is under the taps at an output cell (row, column), shape *k*."""
        rows, columns = self.under(position)
        window: Array = self.drawn[rows[:, np.newaxis], columns]
        return window

    def under(self, position: Indexes) -> tuple[Indexes, Indexes]:
        """Return the rows and the columns that taps fall on at an output cell."""
        rows, columns = (along[at] for along, at in zip(self._taps, position, strict=True))
        return rows, columns

    @cached_property
    def _taps(self) -> list[Indexes]:
        return [taps(axis) for axis in self.layer.axes]

    def winner(self, position: Indexes) -> Pair:
        """Return the drawn cell with the largest number at a step; the first of equal ones."""
        rows, columns = self.under(position)
        at = np.unravel_index(int(self.window(position).argmax()), (len(rows), len(columns)))
        return int(rows[at[0]]), int(columns[at[1]])
