"""Read the text of a PyTorch layer, as source or as ``print(layer)`` shows it.

The text is parsed and never evaluated. Signatures: PyTorch's documentation of ``Conv1d``,
``Conv2d``, ``ConvTranspose1d``, ``ConvTranspose2d``, the lazy ones and the pooling layers.
"""

import ast
import re
from collections.abc import Sequence

from conv_anim.core.padding import MODES, ZEROS
from conv_anim.errors import InputError, listed
from conv_anim.frameworks import equinox_text, layer_calls, literals
from conv_anim.frameworks.signatures import SIZES, Call, TextLayer, unreadable

MAX_LENGTH = 1000
_MAX_MODEL = 100_000
_MOST_SHOWN = 80

_FIRST = ["in_channels", "out_channels", "kernel_size", "stride", "padding"]
_LAST = ["padding_mode", "device", "dtype"]
_CONV = [*_FIRST, "dilation", "groups", "bias", *_LAST]
_TRANSPOSED = [*_FIRST, "output_padding", "groups", "bias", "dilation", *_LAST]
_POOL = ["kernel_size", "stride", "padding"]
_MAX = [*_POOL, "dilation", "return_indices", "ceil_mode"]
_AVERAGE = [*_POOL, "ceil_mode", "count_include_pad", "divisor_override"]

# class name: our word, number of axes, parameters in order
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
_LAZY = {
    f"Lazy{name}": (kind, ndim, parameters[1:])  # the input says how many channels it has
    for name, (kind, ndim, parameters) in _LAYERS.items()
    if kind != "pool"
}
_KNOWN = _LAYERS | _LAZY
NAMES = frozenset(_KNOWN)
"""The layers that can be read."""
_FLAGS = {"ceil_mode": "ceil", "count_include_pad": "count_include_pad"}


_CALL = re.compile(r"\w\(.*\)", re.DOTALL)


def read(text: str) -> TextLayer:
    """Return what the text of a layer says, or raise InputError."""
    node = _only_call(text)
    _, _, name = ast.unparse(node.func).rpartition(".")
    kind, ndim, parameters = _KNOWN[name]
    if equinox_text.is_spelt(node):
        if name in _LAZY:
            raise unreadable(text, "Equinox has no lazy layers")
        return equinox_text.read(text, node, kind, ndim, is_max=name.startswith("Max"))
    if name in _LAZY and len(node.args) > 1 and any(x.arg == "kernel_size" for x in node.keywords):
        del node.args[0]  # printed, it has a 0 for the channels that it will read
    call = Call(text, node, parameters)
    unknown: frozenset[str] = frozenset()
    sizes: dict[str, object] = {"s": 1, "p": 0, "d": 1}
    if kind == "transposed":
        sizes["op"] = 0
    if kind == "pool":
        sizes = {"p": 0, "d": 1, **_pool_words(call, is_max=name.startswith("Max"))}
    else:
        sizes |= call.channels("bias")
        unknown = frozenset({"in_channels", "out_channels"} - call.known_channels.keys())
        sizes |= _padding_mode(call, kind)
    # A pool takes one number in a tuple for both axes, as PyTorch's functions do; a kernel that
    # is made of one is another layer's.
    lengths: dict[str, Sequence[int]] = dict.fromkeys(SIZES, (1, ndim))
    if kind != "pool":
        lengths["kernel_size"] = (ndim,)
    if sizes.get("pad_mode", ZEROS) != ZEROS:
        lengths["padding"] = (ndim,)
    stated = {letter: word for word, letter in SIZES.items() if word in call.arguments}
    for letter, word in stated.items():
        name_of_padding = call.value(word, 0) if letter == "p" and kind == "standard" else None
        if name_of_padding in ("same", "valid"):
            sizes[letter] = name_of_padding
        else:
            sizes[letter] = call.size(word, lengths[word], ndim)
    if sizes["p"] == "same" and sizes["s"] not in (1, (1, 1)):
        raise call.refusal(
            "PyTorch has no padding='same' with a stride, and "
            "TensorFlow's is ‹p=same› ‹convention=tf›"
        )
    return TextLayer(kind, ndim, sizes, frozenset(stated), unknown)


def _only_call(text: str) -> ast.Call:
    """Return the call of the only layer of ours in a text."""
    if len(text) > _MAX_MODEL:
        raise unreadable(text, f"it has {len(text)} characters, and the limit is {_MAX_MODEL}")
    if not all(character.isprintable() or character.isspace() for character in text):
        raise unreadable(text, "it is not an expression of Python")
    found = layer_calls.find(text, _KNOWN)
    if len(found) > 1 or any(one.in_model for one in found):
        raise _several(text, found)
    source = found[0].source if found else text.strip().rstrip(",;")
    if len(source) > MAX_LENGTH:
        raise unreadable(text, f"it has {len(source)} characters, and the limit is {MAX_LENGTH}")
    node = literals.parsed(source)
    if found and isinstance(node, ast.Call):
        return node
    if node is None and (found or not _CALL.search(source)):
        closed = not found or found[0].is_closed
        why = "it is not an expression of Python"
        raise unreadable(text, why if closed else f"a bracket is not closed: {why}")
    raise unreadable(text, f"only {', '.join(_LAYERS)} and the lazy ones are known")


def _several(text: str, found: list[layer_calls.Found]) -> InputError:
    """Return the complaint about a text with several layers, or a whole model."""
    lines = list(dict.fromkeys(one.line for one in found))
    quoted = [f"«{x if len(x) <= _MOST_SHOWN else x[: _MOST_SHOWN - 1] + '…'}»" for x in lines[:3]]
    others = ["another of its layers"] if len(lines) > 3 else []
    what = "a printed model" if any(one.in_model for one in found) else "a text"
    number = "one layer" if len(found) == 1 else f"{len(found)} layers"
    return InputError(
        f"‹layer› is {what} with {number} that can be drawn: give one line alone, "
        f"{listed([*quoted, *others])}"
    )


def _padding_mode(call: Call, kind: str) -> dict[str, object]:
    mode = call.value("padding_mode", ZEROS)
    if kind == "standard" and mode in MODES:
        return {"pad_mode": mode}
    if mode != ZEROS:
        known = " or ".join(map(repr, MODES if kind == "standard" else [ZEROS]))
        raise call.refusal(f"padding_mode of a {kind} layer can be {known}")
    return {}


def _pool_words(call: Call, *, is_max: bool) -> dict[str, object]:
    """Return what a pooling layer says besides its sizes."""
    stride = call.arguments.get("stride")
    if isinstance(stride, ast.Constant) and stride.value is None:  # as large as the window
        del call.arguments["stride"]
    divisor = call.arguments.get("divisor_override", ast.Constant(None))
    if not (isinstance(divisor, ast.Constant) and divisor.value is None):
        raise call.refusal("a divisor_override is not drawn")
    flags = {word: call.flag(name) for name, word in _FLAGS.items() if name in call.arguments}
    return {"mode": "max" if is_max else "average", **flags}
