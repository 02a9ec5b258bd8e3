"""Read the call of an Equinox layer, as far as it means what PyTorch's does, and ours.

Signatures: Equinox 0.13, ``equinox.nn``. A transposed layer of Equinox's does not turn its kernel
for the picture with zeros inserted: its weights are ours turned by 180°.
"""

import ast

from conv_anim import literals
from conv_anim.padding import MODES, TF, ZEROS
from conv_anim.signatures import SIZES, Call, TextLayer

_SAME, _LOWER, _VALID = "SAME", "SAME_LOWER", "VALID"

_FIRST = ["in_channels", "out_channels", "kernel_size", "stride"]
_LAST = ["dilation", "groups", "use_bias", "padding_mode", "dtype", "key"]
_PARAMETERS = {
    "standard": [*_FIRST, "padding", *_LAST],
    "transposed": [*_FIRST, "output_padding", "padding", *_LAST],  # not in PyTorch's order
    "pool": ["kernel_size", "stride", "padding", "use_ceil"],
}
_MODULES = ("eqx", "equinox")
_OWN_WORDS = ("key", "use_bias", "use_ceil")


def is_spelt(node: ast.Call) -> bool:
    """Return whether a call is Equinox's, by its module's name or a word of its own."""
    module = ast.unparse(node.func).split(".")[0]
    return module in _MODULES or any(keyword.arg in _OWN_WORDS for keyword in node.keywords)


def read(text: str, node: ast.Call, kind: str, ndim: int, *, is_max: bool) -> TextLayer:
    """Return what the call says, or raise InputError."""
    call = Call(text, node, _PARAMETERS[kind])
    sizes: dict[str, object] = {"s": 1, "p": 0, "d": 1}  # a pool's stride is 1, too
    if kind == "transposed":
        sizes["op"] = 0
    stated = {letter: word for word, letter in SIZES.items() if word in call.arguments}
    for letter, word in stated.items():
        if letter != "p":
            sizes[letter] = call.size(word, (ndim,), ndim)
    if kind != "pool":
        sizes |= call.channels("use_bias")
        sizes |= _padding_mode(call, kind)
    if kind == "transposed":
        _check_output_padding(call, sizes)
    if "p" in stated:
        sizes |= _padding(call, kind, ndim, sizes)
    if kind == "pool":
        sizes |= _pool_words(call, sizes, is_max=is_max)
    return TextLayer(kind, ndim, sizes, frozenset(stated))


def _padding_mode(call: Call, kind: str) -> dict[str, object]:
    mode = str(call.value("padding_mode", ZEROS)).lower()
    if kind == "standard" and mode in MODES:
        return {"pad_mode": mode}
    if mode != ZEROS:
        known = " or ".join(repr(x.upper()) for x in (MODES if kind == "standard" else [ZEROS]))
        raise call.refusal(f"padding_mode of a {kind} layer can be {known}")
    return {}


def _padding(call: Call, kind: str, ndim: int, sizes: dict[str, object]) -> dict[str, object]:
    """Return the padding, which may have a name, or two numbers for each axis."""
    node = call.arguments["padding"]
    found = literals.value(node)
    if isinstance(found, str) and kind != "pool":
        return _named(call, found.upper(), kind, ndim, sizes)
    if not isinstance(found, tuple) or not any(isinstance(part, tuple) for part in found):
        return {"p": call.size("padding", (ndim,), ndim)}
    pairs = [part for part in found if isinstance(part, tuple) and len(part) == 2]
    numbers = [number for part in pairs for number in part]
    if len(found) != ndim or len(pairs) != ndim or not all(type(x) is int for x in numbers):
        raise call.refusal(f"{literals.source(node)} is not a size")
    return {"p": pairs}


def _named(
    call: Call, name: str, kind: str, ndim: int, sizes: dict[str, object]
) -> dict[str, object]:
    """Return a padding that has a name: as TensorFlow's, but for a transposed layer."""
    if name == _VALID:
        return {"p": 0}
    if name not in (_SAME, _LOWER):
        raise call.refusal(f"padding can be '{_SAME}', '{_LOWER}' or '{_VALID}'")
    if kind == "standard":
        if name == _LOWER:
            raise call.refusal(f"padding='{_LOWER}' depends on the input: give it in numbers")
        return {"p": "same", "convention": TF}
    pads, more = [], []
    for axis in range(ndim):
        k, s, d, op = (_of_axis(sizes[letter], axis) for letter in ("k", "s", "d", "op"))
        total = d * (k - 1) + 1 - s + op  # what is cropped of the full output
        before = (max(total, 0) + (name == _LOWER)) // 2
        pads.append((before, max(total, 0) - before))
        more.append(max(-total, 0))
    return {"p": pads, "op": tuple(more) if ndim == 2 else more[0]}


def _of_axis(size: object, axis: int) -> int:
    number = size[axis] if isinstance(size, tuple) else size
    assert isinstance(number, int)
    return number


def _check_output_padding(call: Call, sizes: dict[str, object]) -> None:
    """Refuse an output padding of a stride or more, which PyTorch takes with a dilation."""
    if any(_of_axis(sizes["op"], axis) >= _of_axis(sizes["s"], axis) for axis in (0, -1)):
        raise call.refusal("in Equinox, output_padding must be smaller than the stride")


def _pool_words(call: Call, sizes: dict[str, object], *, is_max: bool) -> dict[str, object]:
    """Return what a pooling layer says besides its sizes.

    Rounded up, Equinox pads by one stride more: its means count that, and no window is dropped
    that begins there, which happens if it is more than the kernel without the padding.
    """
    ceil = "use_ceil" in call.arguments and call.flag("use_ceil")
    if ceil and not is_max:
        raise call.refusal(
            "with use_ceil, Equinox's mean counts cells past the padding, which PyTorch's doesn't"
        )
    for axis in (0, -1):
        k, s = (_of_axis(sizes[letter], axis) for letter in ("k", "s"))
        p = sizes["p"][axis] if isinstance(sizes["p"], tuple | list) else sizes["p"]
        after = p[-1] if isinstance(p, tuple) else p
        assert isinstance(after, int)
        if ceil and s > k - after:
            raise call.refusal(
                f"with use_ceil, Equinox takes a stride up to kernel_size less padding, {k - after}"
            )
    return {"mode": "max" if is_max else "average", "ceil": ceil}
