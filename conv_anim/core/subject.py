"""What a picture can be of: a layer, or a network of several."""

from typing import TYPE_CHECKING, Protocol, Self

from conv_anim.core.parse import Pads, Pair

if TYPE_CHECKING:
    from conv_anim.core.layer import Layer


class Subject(Protocol):
    """What all that makes a picture knows of its subject; views know more of theirs."""

    @property
    def name(self) -> str:
        """Its word on the command line."""

    @property
    def i(self) -> Pair:
        """(rows, columns) of the input."""

    @property
    def ndim(self) -> int:
        """How many axes there are."""

    @property
    def output_size(self) -> Pair:
        """(rows, columns) of the output."""

    @property
    def has_weights(self) -> bool:
        """Whether a kernel of it has numbers."""

    @property
    def has_channels(self) -> bool:
        """Whether there are several channels, on either side."""

    def pair_text(self, channel: int, filter_: int) -> str:
        """Return which of several channels a picture of one of each side shows, as a clause."""

    @property
    def slug(self) -> tuple[str, ...]:
        """It as parts of a file name, in characters that every file system takes."""

    @property
    def arguments(self) -> tuple[str, ...]:
        """It as words of the command line."""

    @property
    def alt_text(self) -> str:
        """One phrase that says what a picture of it shows, for those who don't see it."""

    def geometry_with(self, channels: str) -> str:
        """Return the same without the steps, with a clause on its channels, if it isn't empty."""

    def times(self, size: Pair) -> str:
        """Return a size as it is written in running text."""

    def written(self, size: Pair | Pads) -> str:
        """Return a size as it is given."""

    def with_planes(self, number: int) -> Self:
        """Return the same for an input of so many planes, if it is for one yet."""

    def with_input_up_to(self, most: int) -> Self:
        """Return the same on a smaller input; raise InputError when there is none."""

    def seen_along(self, axis: str) -> Self:
        """Return the same as it is drawn in a cross-section along an axis, rows or columns."""

    def single(self) -> "Layer":
        """Return the layer that reads the input; raise InputError for what has no numbers."""

    @property
    def in_turn(self) -> "tuple[Layer, ...]":
        """The layers that numbers go through; raises InputError for what has no numbers."""

    def with_bias(self) -> Self:
        """Return the same with a bias for each filter."""
