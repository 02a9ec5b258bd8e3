"""Layers and the size of their input: what depends on it waits until they are put on one."""

from abc import ABC, abstractmethod
from typing import ClassVar, Self

from conv_anim.core.parse import Pair
from conv_anim.errors import InputError


class Binding(ABC):
    """What a layer has to do with the size of its input; every ``Layer`` is one.

    A layer that is made without a size has its kind's default, on which it is drawn by itself.
    That it doesn't fit there is said when its axes are asked for, for ``on`` may give it another.
    """

    i: Pair
    # What follows is kept only where it is not so: it is no part of what layers are compared by.
    is_bound = True
    """Whether the size was given."""
    named_padding: tuple[str, str] | None = None
    """The padding's name and whose convention, if it was given by a name."""
    wanted_size: Pair | None = None
    """The output size that was asked for, from which output padding follows."""
    _waits = False
    """Whether the layer doesn't fit the default size, which is yet to be said."""

    own_input: ClassVar[int]
    """The default: cells along an axis."""

    def _settle(self) -> None:
        """Work out and check what depends on the input's size, if that was given."""
        try:
            self._fit()
        except InputError:
            if self.is_bound:
                raise
            object.__setattr__(self, "_waits", True)  # the only way into a frozen dataclass

    def on(self, i: Pair) -> Self:
        """Return the same layer on an input of so many (rows, columns).

        What follows from the input's size is worked out anew, such as padding by a name.

        Raises ValueError when that leaves nothing to slide over.
        """
        other = self._with(i=i)
        for name in ("is_bound", "_waits"):
            vars(other).pop(name, None)
        other._fit()
        return other

    @abstractmethod
    def _with(self, **fields: object) -> Self:
        """Return the same layer with other values of some fields, unchecked."""

    def _fit(self) -> None:
        """Work out what follows from the input's size, or raise InputError."""
        self._check()

    def _check(self) -> None:
        """Raise InputError when an axis has no output."""
        for axis in range(2):
            self._check_axis(axis)

    @abstractmethod
    def _check_axis(self, axis: int) -> None:
        """Raise InputError when the axis has no output."""
