"""The call of a layer in a text: its arguments by their names, what they are, what is wrong."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from conv_anim.core.parse import shown
from conv_anim.errors import InputError
from conv_anim.frameworks import literals

SIZES = {
    "kernel_size": "k",
    "stride": "s",
    "padding": "p",
    "dilation": "d",
    "output_padding": "op",
}
"""Our letters for arguments."""

_CHANNELS = ("in_channels", "out_channels", "groups")
_NEEDED = ("in_channels", "out_channels", "kernel_size")


@dataclass(frozen=True)
class TextLayer:
    """What the text says: ``sizes`` has our names, with the framework's defaults filled in."""

    kind: str
    ndim: int
    sizes: dict[str, object]
    stated: frozenset[str]
    """The letters that are in the text."""
    unknown: frozenset[str] = frozenset()
    """Of in_channels and out_channels, those that the text doesn't give as a number."""


class Call:
    """A layer's call: the text that it is from, and the arguments by their names."""

    def __init__(self, text: str, node: ast.Call, parameters: Sequence[str]) -> None:
        self._text = text
        self.arguments = self._named(node, parameters)

    def _named(self, node: ast.Call, parameters: Sequence[str]) -> dict[str, ast.expr]:
        if len(node.args) > len(parameters):
            raise self.refusal(f"it has {len(node.args)} arguments, at most {len(parameters)}")
        if any(isinstance(argument, ast.Starred) for argument in node.args):
            raise self.refusal("its arguments must be written out")
        arguments = dict(zip(parameters, node.args, strict=False))
        for keyword in node.keywords:
            if keyword.arg is None or keyword.arg not in parameters:
                raise self.refusal(f"there is no argument {keyword.arg or '**'}")
            if keyword.arg in arguments:
                raise self.refusal(f"{keyword.arg} is given twice")
            arguments[keyword.arg] = keyword.value
        missing = [word for word in _NEEDED if word in parameters and word not in arguments]
        if missing:
            raise self.refusal(f"{' and '.join(missing)} must be given")
        return arguments

    def refusal(self, why: str) -> InputError:
        """Return the complaint about the text."""
        return unreadable(self._text, why)

    def value(self, name: str, default: object) -> object:
        """Return the literal that an argument is, or a bare name; None for anything else."""
        node = self.arguments.get(name)
        return default if node is None else literals.word(node)

    def flag(self, name: str) -> bool:
        """Return whether a flag that is there is set; it must be True or False."""
        found = literals.value(self.arguments[name])
        if not isinstance(found, bool):
            raise self.refusal(f"{name} can be True or False")
        return found

    def truth(self, name: str, *, default: bool) -> bool:
        """Return whether an argument is true in Python's sense; what has a name, is not known."""
        node = self.arguments.get(name)
        if node is None or not literals.stands_for_itself(node):
            return default
        return bool(literals.value(node))

    def size(self, name: str, lengths: Sequence[int], ndim: int) -> object:
        """Return a size as our layers take it; as a tuple it must have one of these *lengths*."""
        node = self.arguments[name]
        found = literals.value(node)
        numbers = list(found) if isinstance(found, tuple) else [found]
        if not numbers or not all(type(number) is int for number in numbers):
            raise self.refusal(f"{literals.source(node)} is not a size")
        # Other lengths are refused where sizes are; these would mean something to our layers.
        meant = len(numbers) == 1 or (ndim == 1 and len(numbers) == 2 and name == "padding")
        if isinstance(found, tuple) and meant and len(numbers) not in lengths:
            raise self.refusal(
                f"{name}={literals.source(node)} has {len(numbers)} number"
                f"{'s' * (len(numbers) > 1)} for {'one axis' if ndim == 1 else 'two axes'}"
            )
        return tuple(numbers) if len(numbers) > 1 else numbers[0]

    def channels(self, bias: str) -> dict[str, object]:
        """Return the channels, and whether there is a bias, by our names.

        A number that has a name, or is not there because the layer is lazy, is the least that
        there can be.
        """
        known = self.known_channels
        groups = known.get("groups", 1)
        return {
            "in_channels": known.get("in_channels", groups),
            "out_channels": known.get("out_channels", groups),
            "groups": groups,
            "has_bias": self.truth(bias, default=True),
        }

    @cached_property
    def known_channels(self) -> dict[str, int]:
        """The channels, and the groups, that are numbers in the text."""
        known: dict[str, int] = {}
        for name in _CHANNELS:
            node = self.arguments.get(name)
            if node is None or not literals.stands_for_itself(node):
                continue
            number = literals.value(node)
            if type(number) is not int or number < 1:
                raise self.refusal(f"{name}={literals.source(node)} is no number from 1 on")
            known[name] = number
        return known


def unreadable(text: str, why: str) -> InputError:
    """Return the complaint about a text, with a way out."""
    return InputError(
        f"‹layer› is {shown(text)}, which can't be read: {why}; give a layer such as "
        f"'nn.Conv2d(1, 1, 3, stride=2)'"
    )
