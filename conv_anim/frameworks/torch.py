"""The call that builds a layer in PyTorch, Keras and JAX, where a single one gives its numbers.

For one channel and without bias. PyTorch's layers and JAX's default layout of a convolution put
channels first; Keras, and JAX's transposed convolution, last. The conventions differ where one
expects it least; each rule here was found by running the frameworks.
"""

from collections.abc import Sequence
from typing import TypeGuard

from conv_anim.core import padding
from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair
from conv_anim.core.pool import MAX, Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed


def torch_call(layer: Layer) -> str | None:
    """Return a layer of ``torch.nn``, or None: it pads, and crops, both sides alike."""
    if isinstance(layer, Pool):
        return _torch_pool(layer)
    start = layer.p[0][0], layer.p[1][0]
    pad = [f"padding={_argument(layer, start)}"] if start != (0, 0) else []
    if isinstance(layer, Transposed):
        # What is cropped less at the end can be asked for as output padding.
        more = tuple(
            op + before - after for op, (before, after) in zip(layer.op, layer.p, strict=True)
        )
        if not all(0 <= more[axis] < max(layer.s[axis], layer.d[axis]) for axis in (0, 1)):
            return None
        pad += [f"output_padding={_argument(layer, more)}"] if more != (0, 0) else []
    elif not all(_starts_alike(layer, axis, layer.p[axis][0]) for axis in (0, 1)):
        if layer.s != (1, 1) or not is_same(layer, padding.TORCH):
            return None
        pad = ["padding='same'"]
    arguments = [
        f"kernel_size={_argument(layer, layer.k)}",
        *([f"stride={_argument(layer, layer.s)}"] if layer.s != (1, 1) else []),
        *pad,
        *([f"dilation={_argument(layer, layer.d)}"] if layer.d != (1, 1) else []),
        *([f"padding_mode={layer.pad_mode!r}"] if has_copies(layer) else []),
    ]
    name = "ConvTranspose" if isinstance(layer, Transposed) else "Conv"
    return f"torch.nn.{name}{layer.ndim}d(1, 1, {', '.join(arguments)}, bias=False)"


def _torch_pool(layer: Pool) -> str | None:
    """Return a pooling layer of ``torch.nn``, whose rules are ours but for one.

    PyTorch 2.13 bounds the padding by half of the kernel's size, dilated or not.
    """
    if any(layer.p[axis][0] > layer.k[axis] // 2 for axis in (0, 1)):
        return None
    start = layer.p[0][0], layer.p[1][0]
    said = {
        f"stride={_argument(layer, layer.s)}": layer.s != layer.k,
        f"padding={_argument(layer, start)}": start != (0, 0),
        f"dilation={_argument(layer, layer.d)}": layer.d != (1, 1),
        "ceil_mode=True": layer.ceil,
        "count_include_pad=False": not layer.count_include_pad,
    }
    arguments = [f"kernel_size={_argument(layer, layer.k)}", *(x for x, own in said.items() if own)]
    name = "MaxPool" if layer.mode == MAX else "AvgPool"
    return f"torch.nn.{name}{layer.ndim}d({', '.join(arguments)})"


def has_copies(layer: Layer) -> TypeGuard[Standard]:
    """Return whether there is padding, and copies of input cells in it."""
    padded = layer.p != ((0, 0), (0, 0))
    return padded and isinstance(layer, Standard) and layer.pad_mode != padding.ZEROS


def why_not_torch(layer: Layer) -> str:
    """Return why no single call of PyTorch's gives the same numbers."""
    if isinstance(layer, Pool):
        return "it pads at most half of the kernel's size, whatever the dilation"
    if isinstance(layer, Transposed):
        return "it crops both sides of an axis alike, so the output must be cropped afterwards"
    no_same = " and it has no 'same' with a stride;" if is_same(layer, padding.TF) else ""
    return f"it pads both sides of an axis alike;{no_same} torch.nn.functional.pad must come first"


def keras_call(layer: Layer) -> str | None:
    """Return a layer of ``keras.layers``, or None: it has no paddings but those with a name."""
    if isinstance(layer, Pool):
        return _keras_pool(layer)
    if has_copies(layer):
        return None
    strided = layer.s != (1, 1)
    dilated = any(layer.d[axis] > 1 and layer.k[axis] > 1 for axis in (0, 1))
    if dilated and (strided or isinstance(layer, Transposed)):
        return None  # refused by Keras, or by TensorFlow on the CPU
    if isinstance(layer, Transposed):
        pad = _keras_crop(layer)
    elif all(_starts_alike(layer, axis, 0, 0) for axis in (0, 1)):
        pad = ["padding='valid'"]
    elif is_same(layer, padding.TF):
        pad = ["padding='same'"]
    else:  # 'causal' is there in 1-D alone: all of d(k − 1) before
        causal = layer.ndim == 1 and _starts_alike(layer, 1, layer.axes[1].span - 1, 0)
        pad = ["padding='causal'"] if causal else None
    if pad is None:
        return None
    arguments = [
        f"kernel_size={_argument(layer, layer.k)}",
        *([f"strides={_argument(layer, layer.s)}"] if strided else []),
        *pad,
        *([f"dilation_rate={_argument(layer, layer.d)}"] if dilated else []),
    ]
    name = f"Conv{layer.ndim}D{'Transpose' if isinstance(layer, Transposed) else ''}"
    return f"keras.layers.{name}(1, {', '.join(arguments)}, use_bias=False)"


def _keras_pool(layer: Pool) -> str | None:
    if any(sum(axis.padding) for axis in layer.axes) or layer.d != (1, 1):
        return None
    strides = f", strides={_argument(layer, layer.s)}" if layer.s != layer.k else ""
    name = "MaxPooling" if layer.mode == MAX else "AveragePooling"
    return f"keras.layers.{name}{layer.ndim}D(pool_size={_argument(layer, layer.k)}{strides})"


def why_not_keras(layer: Layer) -> str:
    """Return why no single call of Keras's gives the same numbers."""
    if isinstance(layer, Pool):
        return "its pooling has no dilation, no padding in cells and no rounding up"
    if has_copies(layer):
        return "its layers pad with zeros alone; keras.ops.pad must come first"
    if layer.d != (1, 1) and (layer.s != (1, 1) or isinstance(layer, Transposed)):
        return "it has no dilation together with a stride or in a transposed layer"
    return "none of its paddings comes to this one"


def jax_call(layer: Layer) -> str | None:
    """Return a call of ``jax.lax``; it takes explicit paddings, and negative ones crop."""
    axes = range(2 - layer.ndim, 2)
    if isinstance(layer, Pool):
        return _jax_pool(layer)
    if has_copies(layer):
        return None
    if isinstance(layer, Standard):
        pads = [layer.p[axis] for axis in axes]
        arguments = [f"window_strides={_tuple(layer, layer.s)}", f"padding={pads}"]
        call = "jax.lax.conv_general_dilated"
    else:
        drawn = [layer.axes[axis] for axis in axes]
        pads = [
            (axis.padding[0] - axis.cropped[0], axis.padding[1] - axis.cropped[1]) for axis in drawn
        ]
        arguments = [f"strides={_tuple(layer, layer.s)}", f"padding={pads}"]
        call = "jax.lax.conv_transpose"
    if layer.d != (1, 1):
        arguments.append(f"rhs_dilation={_tuple(layer, layer.d)}")
    if isinstance(layer, Transposed):
        arguments.append("transpose_kernel=True")  # without it the kernel is not turned
    return f"{call}(x, w, {', '.join(arguments)})"


def _jax_pool(layer: Pool) -> str | None:
    if layer.mode != MAX:
        return None
    axes = range(2 - layer.ndim, 2)
    sizes = {
        name: (1, 1, *(size[axis] for axis in axes))
        for name, size in (("window", layer.k), ("strides", layer.s), ("dilation", layer.d))
    }
    pads = [(0, 0), (0, 0), *(layer.axes[axis].padding for axis in axes)]
    dilation = f", window_dilation={sizes['dilation']}" if layer.d != (1, 1) else ""
    return (
        f"jax.lax.reduce_window(x, -float('inf'), jax.lax.max, {sizes['window']}, "
        f"{sizes['strides']}, {pads}{dilation})"
    )


def why_not_jax(layer: Layer) -> str:
    """Return why no single call of JAX's gives the same numbers."""
    if has_copies(layer):
        return "its convolutions pad with zeros alone; jax.numpy.pad must come first"
    return "a sum by jax.lax.reduce_window must be divided afterwards"


def is_same(layer: Layer, convention: str) -> bool:
    """Return whether the padding gives what ``same`` gives in a convention."""
    if convention == padding.TORCH and layer.s != (1, 1):
        return False
    for axis in (0, 1):
        i, k, s, d = (size[axis] for size in (layer.i, layer.k, layer.s, layer.d))
        sides = padding.named("same", i=i, k=k, s=s, d=d, convention=convention)
        if not _starts_alike(layer, axis, *sides):
            return False
    return True


def _starts_alike(layer: Layer, axis: int, before: int, after: int | None = None) -> bool:
    """Return whether other sides of padding (by default both *before*) change no number.

    They don't if windows start at the same places and are as many: what is past the end of the
    input is zero either way.
    """
    drawn = layer.axes[axis]
    size = layer.i[axis] + before + (before if after is None else after)
    steps = (size - drawn.span) // drawn.stride + 1
    return layer.p[axis][0] == before and steps == drawn.output_size


def _keras_crop(layer: Transposed) -> list[str] | None:
    """Return the arguments that crop a transposed layer's full output as the layer does."""
    axes = range(2 - layer.ndim, 2)  # in 1-D the rows are trivial
    words = {
        word: [_keras_output_paddings(layer, axis, word) for axis in axes]
        for word in ("valid", "same")
    }
    for word, found in words.items():
        if all(None in paddings for paddings in found):
            return [f"padding='{word}'"]
    for word, found in words.items():
        numbers = [op for paddings in found for op in paddings if op is not None]
        if len(numbers) == layer.ndim:
            return [f"padding='{word}'", f"output_padding={_argument(layer, numbers)}"]
    return None


def _keras_output_paddings(layer: Transposed, axis: int, word: str) -> set[int | None]:
    """Return the output paddings by which a padding's *word* gives an axis as it is.

    ``valid`` crops nothing. ``same`` crops what TensorFlow's 'same' would pad on the way back,
    the smaller half first. By default, which is None, the output has (i − 1)s + max(k, s) or i·s
    cells; with a number op below s it has (i − 1)s + k − 2c + op, where c is 0 or ⌊k/2⌋.
    """
    i, k, s, output = layer.i[axis], layer.k[axis], layer.s[axis], layer.output_size[axis]
    full = (i - 1) * s + k
    same = word == "same"
    if layer.p[axis][0] != (max(full - output, 0) // 2 if same else 0):
        return set()
    found: set[int | None] = set()
    if output == (i * s if same else (i - 1) * s + max(k, s)):
        found.add(None)
    op = output - full + (2 * (k // 2) if same else 0)
    if 0 <= op < s and (not same or -(-output // s) == i):
        found.add(op)
    return found


def _argument(layer: Layer, size: Sequence[int]) -> str:
    """Return a size as an argument: one number where that is enough."""
    return str(size[-1]) if layer.ndim == 1 or size[0] == size[1] else str(tuple(size))


def _tuple(layer: Layer, size: Pair) -> str:
    """Return a size as a tuple of as many numbers as the layer has axes."""
    return str(size[2 - layer.ndim :])
