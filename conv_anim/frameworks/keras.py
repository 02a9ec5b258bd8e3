"""The layer of Keras's that gives a layer's numbers, where a single one does."""

from functools import singledispatch

from conv_anim.core import padding
from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair
from conv_anim.core.pool import AVERAGE, MAX, Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.frameworks import calls, windows
from conv_anim.frameworks.calls import Answer, argument

keras_call = singledispatch(calls.unknown)
"""A layer's call of ``keras.layers``, an ``Answer``; it has no paddings but those with a name."""


@keras_call.register
def _standard(layer: Standard) -> Answer:
    if calls.needs_copies(layer):
        return Answer(why_not="its layers pad with zeros alone; keras.ops.pad must come first")
    return _convolution(layer, f"Conv{layer.ndim}D", _padding(layer))


@keras_call.register
def _transposed(layer: Transposed) -> Answer:
    if layer.groups > 1:
        return Answer(why_not="its transposed layers have no groups")
    return _convolution(layer, f"Conv{layer.ndim}DTranspose", _crop(layer))


def _convolution(layer: Channelled, name: str, found: tuple[Pair, list[str]] | None) -> Answer:
    """Return the layer with the strides and the padding that were found, if any were."""
    is_dilated = _is_dilated(layer)
    if found is None and is_dilated and (layer.s != (1, 1) or layer.inserts_zeros):
        why = "it has no dilation together with a stride or in a transposed layer"
        return Answer(why_not=why)
    if found is None:
        return Answer(why_not="none of its paddings comes to this one")
    strides, pad = found
    arguments = [
        f"kernel_size={argument(layer, layer.k)}",
        *([f"strides={argument(layer, strides)}"] if strides != (1, 1) else []),
        *pad,
        *([f"dilation_rate={argument(layer, layer.d)}"] if is_dilated else []),
        *([f"groups={layer.groups}"] if layer.groups > 1 else []),
        *([] if layer.has_bias else ["use_bias=False"]),
    ]
    return Answer(f"keras.layers.{name}({layer.out_channels}, {', '.join(arguments)})")


def _is_dilated(layer: Layer) -> bool:
    return any(layer.d[axis] > 1 and layer.k[axis] > 1 for axis in (0, 1))


def _padding(layer: Layer) -> tuple[Pair, list[str]] | None:
    """Return the strides and the padding of a standard layer."""
    for word, strides in (
        ("valid", _strides(layer, [0, 0])),
        ("same", calls.same_strides(layer, padding.TF)),
        ("causal", _strides(layer, [0, layer.axes[1].span - 1]) if layer.ndim == 1 else None),
    ):
        if strides and (strides == (1, 1) or not _is_dilated(layer)):  # both is refused
            return strides, [f"padding='{word}'"]
    return None


def _strides(layer: Layer, before: list[int]) -> Pair | None:
    """Return the strides with which so much padding, before alone, gives the layer's steps."""
    if [sides[0] for sides in layer.p] != before:
        return None
    rows, columns = (calls.stride(layer, axis, layer.i[axis] + before[axis]) for axis in (0, 1))
    return None if rows is None or columns is None else (rows, columns)


@keras_call.register
def _pool(layer: Pool) -> Answer:
    """Return a pooling layer of ``keras.layers``, in which padding never counts."""
    for word in (windows.VALID, windows.SAME):
        if found := windows.plain(layer, word):
            size, stride = found
            arguments = [
                f"pool_size={argument(layer, size)}",
                *([f"strides={argument(layer, stride)}"] if stride != size else []),
                *([f"padding='{word}'"] if word == windows.SAME else []),
            ]
            name = "MaxPooling" if layer.mode == MAX else "AveragePooling"
            # Keras 3.15 on PyTorch pads by copies, if an axis's sides differ, and means count them.
            sizes = zip(layer.i, size, stride, strict=True)
            is_uneven = any(max((-(-i // s) - 1) * s + k - i, 0) % 2 for i, k, s in sizes)
            differs = is_uneven and word == windows.SAME and layer.mode == AVERAGE
            return Answer(
                f"keras.layers.{name}{layer.ndim}D({', '.join(arguments)})",
                caution="not with PyTorch behind it" if differs else "",
            )
    if layer.d != (1, 1):
        return Answer(why_not="its pooling has no dilation")
    counts = ", and no padding counts" if layer.mode == AVERAGE else ""
    return Answer(why_not=f"its pooling has padding 'valid' and 'same' alone{counts}")


def _crop(layer: Transposed) -> tuple[Pair, list[str]] | None:
    """Return strides and padding that crop a transposed layer's full output as the layer does."""
    if _is_dilated(layer):
        return None  # refused by Keras with a stride, and by TensorFlow on the CPU
    axes = range(2 - layer.ndim, 2)  # in 1-D the rows are trivial
    for word in ("valid", "same"):
        if all(found := [_ways(layer, axis, word, by_default=True) for axis in axes]):
            return _pair([ways[0][0] for ways in found]), [f"padding='{word}'"]
    for word in ("valid", "same"):
        if all(found := [_ways(layer, axis, word, by_default=False) for axis in axes]):
            numbers = [ways[0][1] for ways in found]
            output_padding = f"output_padding={argument(layer, numbers)}"
            return _pair([ways[0][0] for ways in found]), [f"padding='{word}'", output_padding]
    return None


def _pair(numbers: list[int]) -> Pair:
    """Return a pair of numbers for the axes there are; the rows of a 1-D layer have 1."""
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (1, numbers[0])


def _ways(layer: Transposed, axis: int, word: str, *, by_default: bool) -> list[Pair]:
    """Return stride and output padding by which a padding's *word* gives an axis as it is.

    ``valid`` crops nothing. ``same`` crops what TensorFlow's 'same' would pad on the way back,
    the smaller half first. By default the output has (i − 1)s + max(k, s) or i·s cells; with an
    output padding op below s it has (i − 1)s + k − 2c + op, where c is 0 or ⌊k/2⌋. The stride of
    a single input cell changes nothing else.
    """
    i, k, output = layer.i[axis], layer.k[axis], layer.output_size[axis]
    same = word == "same"
    found = []
    for s in dict.fromkeys((layer.s[axis], output, k, 1)) if i == 1 else (layer.s[axis],):
        full = (i - 1) * s + k
        if layer.p[axis][0] != (max(full - output, 0) // 2 if same else 0):
            continue
        op = output - full + (2 * (k // 2) if same else 0)
        if by_default:
            if output == (i * s if same else (i - 1) * s + max(k, s)):
                found.append((s, op))
        elif 0 <= op < s and (not same or -(-output // s) == i):
            found.append((s, op))
    return found
