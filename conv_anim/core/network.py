"""Networks: layers one after the other, their sizes, and what a cell at the end sees."""

import dataclasses
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from conv_anim.core import closed_form, parse
from conv_anim.core.chain import chained
from conv_anim.core.closed_form import Reach
from conv_anim.core.layer import Layer, minus
from conv_anim.core.network_words import NetworkWords
from conv_anim.core.parse import Pair
from conv_anim.errors import InputError

if TYPE_CHECKING:
    from conv_anim.core.fields import Cells, Counts

Cell = int | Sequence[int]
"""A cell as it is given: (row, column), in 1-D a number; counted from 0."""
Along = tuple[int | None, int | None]
"""What there is along (rows, columns); None where there is no closed form."""

AXES = "rows", "columns"


@dataclasses.dataclass(frozen=True, init=False)
class Network(NetworkWords):
    """Layers, each of which reads what the one before makes.

    Parameters
    ----------
    layers
        ``Standard``, ``Transposed``, ``Pool`` and ``Upsample``, made without *i*; all of them or
        none have ``ndim=1``.
    i
        Input size of the first one: one whole number for both axes, or (row, column); 32 if it is
        not given.

    Raises
    ------
    ValueError
        When there is no layer, one has nothing to slide over, or does not go with the one before.
    TypeError
        When one is no layer.
    """

    layers: tuple[Layer, ...]
    """Each on the input that it has."""

    axis: int = dataclasses.field(compare=False, repr=False)
    """Along which axis a picture of it is a cross-section."""

    name: ClassVar[str] = "network"
    own_input: ClassVar[int] = 32
    """The default size of the input: cells along an axis."""

    def __init__(self, layers: Iterable[Layer], i: object = None) -> None:
        self._set(chained(layers, self.own_input if i is None else i))

    def _set(self, layers: tuple[Layer, ...], axis: int = 1) -> None:
        for name, value in (("layers", layers), ("axis", axis)):
            object.__setattr__(self, name, value)  # the only way into a frozen dataclass

    def _with(self, layers: tuple[Layer, ...], axis: int) -> Self:
        other = object.__new__(type(self))
        other._set(layers, axis)
        return other

    def with_planes(self, number: int) -> Self:
        """Return the network: its layers say how many planes there are."""
        return self

    def with_input_up_to(self, most: int) -> Self:
        """Return the same layers on an input of at most *most* cells along an axis.

        Raises ValueError when one of them has nothing to slide over.
        """
        size = min(self.i[0], most), min(self.i[1], most)
        layers: list[Layer] = []
        for layer in self.layers:
            layers.append(layer.on(size))
            size = layers[-1].output_size
        return self._with(tuple(layers), self.axis)

    def seen_along(self, axis: str) -> Self:
        """Return the same as it is drawn in a cross-section along an axis, rows or columns."""
        if self.ndim == 1 and axis == AXES[0]:
            raise InputError("‹axis=rows› has no meaning for a network with one axis: leave it out")
        return self._with(self.layers, AXES.index(axis))

    def single(self) -> Layer:
        """Raise InputError: what needs the one layer that is drawn, is not for a network."""
        raise InputError("a network has no numbers, only what its cells see: draw a single layer")

    @property
    def in_turn(self) -> tuple[Layer, ...]:
        """Raise InputError, as ``single`` does."""
        return (self.single(),)

    def with_bias(self) -> Self:
        """Return the network: its layers say whether they have one."""
        return self

    @property
    def i(self) -> Pair:
        """(rows, columns) of the input."""
        return self.layers[0].i

    @property
    def ndim(self) -> int:
        """How many axes there are."""
        return self.layers[0].ndim

    @property
    def sizes(self) -> tuple[Pair, ...]:
        """(rows, columns) of the input, then of what each layer makes."""
        return self.i, *(layer.output_size for layer in self.layers)

    @property
    def output_size(self) -> Pair:
        """(rows, columns) of the output."""
        return self.layers[-1].output_size

    @property
    def has_channels(self) -> bool:
        """Whether there are several channels anywhere."""
        return any(layer.has_channels for layer in self.layers)

    @property
    def n_steps(self) -> int:
        """Output cells of the cross-section that is drawn."""
        return self.output_size[self.axis]

    @property
    def alt_text(self) -> str:
        """One phrase that says what a picture shows, for those who don't see it."""
        reach, along = self.reaches_of_layers[-1][self.axis], ""
        if isinstance(reach, Reach):
            size, jump, start = reach
            along = f", r = {size}, jump {jump}, start {minus(start)}"
        if self.ndim == 2:
            along = f", along the {AXES[self.axis]}{along}"
        steps = "1 step" if self.n_steps == 1 else f"{self.n_steps} steps"
        return f"{self.geometry_text}{along}, {steps}"

    @property
    def parameters(self) -> int:
        """How many numbers all layers learn."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def multiplications(self) -> int:
        """How often a weight is multiplied with a cell."""
        return sum(layer.multiplications for layer in self.layers)

    @cached_property
    def reaches_of_layers(self) -> tuple[tuple[Reach | str, Reach | str], ...]:
        """What the cells of each layer see of rows and columns, or why no three numbers say it."""
        both = (closed_form.reaches(self.layers, axis) for axis in range(2))
        return tuple(zip(*both, strict=True))

    def reach_of(self, number: int, name: str) -> Along | None:
        """Return the size, jump or start of what the cells of a layer see, counted from 0."""
        rows, columns = (
            None if isinstance(found, str) else int(getattr(found, name))
            for found in self.reaches_of_layers[number]
        )
        is_open = columns is None and (rows is None or self.ndim == 1)
        return None if is_open else (rows, columns)

    @property
    def why_none(self) -> str:
        """Why ``receptive_field``, ``jump`` or ``start`` have a None; empty if they have none."""
        found = self.reaches_of_layers[-1][2 - self.ndim :]
        why = [reason for reason in found if isinstance(reason, str)]
        if len(why) == len(found) or not why:
            return why[0] if why else ""
        return f"along the {AXES[found.index(why[0])]}, {why[0]}"

    @property
    def receptive_field(self) -> Along | None:
        """(rows, columns) of the input that an output cell sees, away from the edges.

        From the first cell to the last, holes between them included. As in ``jump`` and ``start``,
        there is None for an axis without a closed form, and for both axes if neither has one.
        """
        return self.reach_of(-1, "size")

    @property
    def jump(self) -> Along | None:
        """(rows, columns) by which a neighbour's field is moved."""
        return self.reach_of(-1, "jump")

    @property
    def start(self) -> Along | None:
        """(row, column) where the field of output cell (0, 0) begins; negative in the padding."""
        return self.reach_of(-1, "start")

    def field(self, cell: Cell) -> "Cells":
        """Return the input cells that an output cell depends on.

        Shape (rows, columns), in 1-D (columns,), as in all methods.

        Raises ValueError when there is no such cell, as all methods do.
        """
        return self._plane(self.fields_along(cell)[0])

    def fields(self, cell: Cell) -> "list[Cells]":
        """Return the same for the input and for what each layer makes, the cell itself last."""
        found = self.fields_along(cell)
        return [self._plane(both) for both in found]

    def fields_along(self, cell: Cell) -> "list[tuple[Cells, Cells]]":
        """Return the same as rows and columns: a cell is seen if both of its own are."""
        from conv_anim.core import fields

        at = self._checked(cell, "cell", self.output_size)
        rows, columns = map(fields.one, self.output_size, at)
        found = [(rows, columns)]
        for layer in reversed(self.layers):
            rows, columns = fields.back(layer, 0, rows), fields.back(layer, 1, columns)
            found.append((rows, columns))
        return found[::-1]

    def reaches(self, input_cell: Cell) -> "Cells":
        """Return the output cells that depend on an input cell."""
        from conv_anim.core import fields

        at = self._checked(input_cell, "input_cell", self.i)
        rows, columns = map(fields.one, self.i, at)
        for layer in self.layers:
            rows, columns = fields.forward(layer, 0, rows), fields.forward(layer, 1, columns)
        return self._plane((rows, columns))

    def paths(self, cell: Cell) -> "Counts":
        """Return how many ways lead from an output cell to each input cell, tap by tap.

        That is the gradient of a network of ones. The array has int64, or Python's own integers
        (dtype object) where their sum would not fit: numbers are exact.
        """
        from conv_anim.core import fields

        at = self._checked(cell, "cell", self.output_size)
        ways: list[Counts] = []
        for axis in range(2):
            along: Counts = fields.one(self.output_size[axis], at[axis]).astype("int64")
            for layer in reversed(self.layers):
                along = fields.ways_back(layer, axis, along)
            ways.append(along)
        plane = fields.crossed(*ways)
        return plane if self.ndim == 2 else plane[0]

    def _plane(self, both: "tuple[Cells, Cells]") -> "Cells":
        rows, columns = both
        plane: Cells = rows[:, None] & columns
        return plane if self.ndim == 2 else plane[0]

    def _checked(self, cell: Cell, name: str, size: Pair) -> Pair:
        """Return a cell as (row, column), or raise InputError where there is none."""
        given = cell if isinstance(cell, Sequence) and not isinstance(cell, str) else [cell]
        numbers = [parse.integer(number) for number in given]
        if self.ndim == 1 and len(numbers) == 1:
            numbers = [0, *numbers]
        whose = "the output" if name == "cell" else "the input"
        if len(numbers) != 2 or not all(
            number is not None and 0 <= number < most
            for number, most in zip(numbers, size, strict=False)
        ):
            row = f"a row from 0 to {size[0] - 1} and a column" if self.ndim == 2 else "a number"
            raise InputError(
                f"‹{name}› is {parse.shown(cell)}, and {whose} has {self.times(size)} cells: give "
                f"{row} from 0 to {size[1] - 1}"
            )
        return int(numbers[0] or 0), int(numbers[1] or 0)
