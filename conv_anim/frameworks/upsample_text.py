"""Read the text of a PyTorch upsampling layer; the nearest cell is the only kind that we have."""

import ast

from conv_anim.core.upsample import Upsample
from conv_anim.errors import InputError
from conv_anim.frameworks import literals
from conv_anim.frameworks.signatures import Call, TextLayer, unreadable

_SIGNATURES = {
    "Upsample": ["size", "scale_factor", "mode", "align_corners", "recompute_scale_factor"],
    "UpsamplingNearest2d": ["size", "scale_factor"],
}
NAMES = frozenset(_SIGNATURES)
"""The layers that can be read."""


def read(text: str, name: str) -> TextLayer:
    """Return what a text says; 0 axes where it may be for any number of them.

    Raises InputError when it isn't nearest upsampling by whole numbers.
    """
    node = literals.parsed(text)
    if not isinstance(node, ast.Call):
        raise unreadable(text, "it is not an expression of Python")
    signature = _SIGNATURES[name]
    if "mode" not in signature:  # as it is printed
        signature = [*signature, "mode"]
    call = Call(text, node, signature)
    mode = call.value("mode", "nearest")
    if mode not in ("nearest", "nearest-exact"):
        raise InputError(
            f"‹layer› is {text[:60]!r}, whose mode is {mode!r}: nearest upsampling alone can be in "
            f"a network"
        )
    if "size" in call.arguments and call.value("size", None) is not None:
        raise call.refusal("give scale_factor instead of size")
    factors = [_whole(factor) for factor in _scales(call)]
    if not factors or None in factors:
        raise call.refusal("its scale_factor must be one or two whole numbers, such as 2")
    ndim = 2 if len(factors) > 1 or name != "Upsample" else 0
    factor = factors[0] if len(factors) == 1 else tuple(factors)
    return TextLayer(Upsample.name, ndim, {"f": factor}, frozenset("f"))


def _scales(call: Call) -> list[object]:
    """Return the factors, as they are written."""
    node = call.arguments.get("scale_factor")
    if isinstance(node, ast.Tuple | ast.List):
        return [_number(part) for part in node.elts]
    return [] if node is None else [_number(node)]


def _number(node: ast.expr) -> object:
    if isinstance(node, ast.Constant) and type(node.value) is float:  # as it is printed
        return node.value
    return literals.value(node)


def _whole(number: object) -> int | None:
    """Return a number as a whole one, if it is one from 1 on."""
    if isinstance(number, bool) or not isinstance(number, int | float) or number % 1 or number < 1:
        return None
    return int(number)
