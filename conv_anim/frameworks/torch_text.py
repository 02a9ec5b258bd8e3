"""Read the text of a PyTorch layer, as source or as ``print(layer)`` shows it.

The text is parsed and never evaluated. Signatures: PyTorch's documentation of ``Conv1d``,
``Conv2d``, ``ConvTranspose1d``, ``ConvTranspose2d`` and the pooling layers.
"""

import ast
import re
from dataclasses import dataclass

from conv_anim.core.padding import MODES, ZEROS
from conv_anim.core.parse import shown
from conv_anim.errors import InputError

MAX_LENGTH = 1000

_FIRST = ["in_channels", "out_channels", "kernel_size", "stride", "padding"]
_LAST = ["padding_mode", "device", "dtype"]
_CONV = [*_FIRST, "dilation", "groups", "bias", *_LAST]
_TRANSPOSED = [*_FIRST, "output_padding", "groups", "bias", "dilation", *_LAST]
_POOL = ["kernel_size", "stride", "padding"]
_MAX = [*_POOL, "dilation", "return_indices", "ceil_mode"]
_AVERAGE = [*_POOL, "ceil_mode", "count_include_pad", "divisor_override"]

# class name: our word, number of axes, parameters in order; of a pool, its mode comes first
_LAYERS = {
    "Conv1d": ("standard", 1, _CONV),
    "Conv2d": ("standard", 2, _CONV),
    "ConvTranspose1d": ("transposed", 1, _TRANSPOSED),
    "ConvTranspose2d": ("transposed", 2, _TRANSPOSED),
    "MaxPool1d": ("pool", 1, _MAX),
    "MaxPool2d": ("pool", 2, _MAX),
    "AvgPool1d": ("pool", 1, _AVERAGE),
    "AvgPool2d": ("pool", 2, _AVERAGE),
}
_FLAGS = {"ceil_mode": "ceil", "count_include_pad": "count_include_pad"}
_LETTERS = {
    "kernel_size": "k",
    "stride": "s",
    "padding": "p",
    "dilation": "d",
    "output_padding": "op",
}
# In a printed model a layer follows its name; in source, an assignment.
_NAME_BEFORE = re.compile(r"\s*(?:\(\w+\)\s*:|[\w.]+\s*=(?!=))\s*", re.ASCII)


@dataclass(frozen=True)
class TorchLayer:
    """What the text says: ``sizes`` has our letters, with PyTorch's defaults filled in."""

    kind: str
    ndim: int
    sizes: dict[str, object]
    stated: frozenset[str]
    """The letters that stand in the text."""


def read(text: str) -> TorchLayer:
    """Return what the text of a layer says, or raise InputError."""
    if len(text) > MAX_LENGTH:
        raise _unreadable(text, f"it has {len(text)} characters, and the limit is {MAX_LENGTH}")
    source = text[match.end() :] if (match := _NAME_BEFORE.match(text)) else text
    try:
        call = ast.parse(source.strip().rstrip(",;"), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _unreadable(text, "it is not an expression of Python") from error
    name = _class_name(call)
    if not isinstance(call, ast.Call) or name not in _LAYERS:
        raise _unreadable(text, f"only {', '.join(_LAYERS)} are known")
    kind, ndim, parameters = _LAYERS[name]
    arguments = _arguments(call, parameters, text)
    sizes: dict[str, object] = {"s": 1, "p": 0, "d": 1}
    if kind == "transposed":
        sizes["op"] = 0
    if kind == "pool":
        sizes = {"p": 0, "d": 1, **_pool_words(name, arguments, text)}
    mode = _word(arguments.get("padding_mode", ast.Constant(ZEROS)))
    if kind == "standard" and mode in MODES:
        sizes["pad_mode"] = mode
    elif mode != ZEROS:
        known = " or ".join(map(repr, MODES if kind == "standard" else [ZEROS]))
        raise _unreadable(text, f"padding_mode of a {kind} layer can be {known}")
    stated = {_LETTERS[word]: node for word, node in arguments.items() if word in _LETTERS}
    for letter, node in stated.items():
        sizes[letter] = _size(node, letter, kind, text)
    return TorchLayer(kind, ndim, sizes, frozenset(stated))


def _pool_words(name: str, arguments: dict[str, ast.expr], text: str) -> dict[str, object]:
    """Return what a pooling layer says besides its sizes."""
    words: dict[str, object] = {"mode": "max" if name.startswith("Max") else "average"}
    none = ast.Constant(None)
    if _is_none(arguments.get("stride", none)):  # then it is as large as the window
        arguments.pop("stride", None)
    if not _is_none(arguments.get("divisor_override", none)):
        raise _unreadable(text, "a divisor_override is not drawn")
    for argument, word in _FLAGS.items():
        if argument in arguments:
            words[word] = value = _value(arguments[argument])
            if not isinstance(value, bool):
                raise _unreadable(text, f"{argument} can be True or False")
    return words


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _class_name(call: ast.expr) -> str:
    """Return what is called, without the names of modules."""
    function = call.func if isinstance(call, ast.Call) else call
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _arguments(call: ast.Call, parameters: list[str], text: str) -> dict[str, ast.expr]:
    """Return the arguments by their names."""
    if len(call.args) > len(parameters):
        raise _unreadable(text, f"it has {len(call.args)} arguments, at most {len(parameters)}")
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        raise _unreadable(text, "its arguments must be written out")
    arguments = dict(zip(parameters, call.args, strict=False))
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg not in parameters:
            raise _unreadable(text, f"there is no argument {keyword.arg or '**'}")
        if keyword.arg in arguments:
            raise _unreadable(text, f"{keyword.arg} is given twice")
        arguments[keyword.arg] = keyword.value
    needed = ["in_channels", "out_channels", "kernel_size"]
    missing = [word for word in needed if word in parameters and word not in arguments]
    if missing:
        raise _unreadable(text, f"{' and '.join(missing)} must be given")
    return arguments


def _value(node: ast.expr) -> object:
    """Return a literal's value, or None for anything else."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _word(node: ast.expr) -> object:
    """Return a literal's value, or a bare name: a printed layer's words have no quotes."""
    return node.id if isinstance(node, ast.Name) else _value(node)


def _size(node: ast.expr, letter: str, kind: str, text: str) -> object:
    """Return a size as our layers take it."""
    if letter == "p" and kind == "standard":
        name = _word(node)
        if name in ("same", "valid"):
            return name
    value = _value(node)
    numbers = list(value) if isinstance(value, tuple | list) else [value]
    if not numbers or not all(type(number) is int for number in numbers):
        raise _unreadable(text, f"{_source(node)} is not a size")
    return tuple(numbers) if len(numbers) > 1 else numbers[0]


def _source(node: ast.expr) -> str:
    try:
        return ast.unparse(node)[:40]
    except RecursionError:
        return "an argument"


def _unreadable(text: str, why: str) -> InputError:
    return InputError(
        f"--layer is {shown(text)}, which can't be read: {why}; give a layer such as "
        f"'nn.Conv2d(1, 1, 3, stride=2)'"
    )
