"""The call that builds a layer in PyTorch, Keras and JAX, where a single one gives its numbers.

For one channel and without bias. PyTorch's layers and JAX's default layout of a convolution put
channels first; Keras, and JAX's transposed convolution, last. The conventions differ where one
expects it least; each rule here was found by running the frameworks.
"""

from conv_anim import padding
from conv_anim.layer import Layer, Standard, Transposed
from conv_anim.parse import Pair


def torch_call(layer: Layer) -> str | None:
    """Return a layer of ``torch.nn``, or None: it pads, and crops, both sides alike."""
    arguments = [f"kernel_size={_pair(layer, layer.k)}"]
    if layer.s != (1, 1):
        arguments.append(f"stride={_pair(layer, layer.s)}")
    if isinstance(layer, Transposed):
        # What is cropped at the end less can be asked for as output padding.
        start = layer.p[0][0], layer.p[1][0]
        more = [layer.op[axis] + layer.p[axis][0] - layer.p[axis][1] for axis in range(2)]
        allowed = [range(max(layer.s[axis], layer.d[axis])) for axis in range(2)]
        if not all(more[axis] in allowed[axis] for axis in range(2)):
            return None
        if start != (0, 0):
            arguments.append(f"padding={_pair(layer, start)}")
        if more != [0, 0]:
            arguments.append(f"output_padding={_pair(layer, (more[0], more[1]))}")
    elif all(before == after for before, after in layer.p):
        if layer.p != ((0, 0), (0, 0)):
            arguments.append(f"padding={_pair(layer, (layer.p[0][0], layer.p[1][0]))}")
    elif _is_same(layer, padding.TORCH):
        arguments.append("padding='same'")
    else:
        return None
    if layer.d != (1, 1):
        arguments.append(f"dilation={_pair(layer, layer.d)}")
    name = "ConvTranspose" if isinstance(layer, Transposed) else "Conv"
    return f"torch.nn.{name}{layer.ndim}d(1, 1, {', '.join(arguments)}, bias=False)"


def keras_call(layer: Layer) -> str | None:
    """Return a layer of ``keras.layers``, or None: it has two paddings, and no free choice."""
    strided, dilated = layer.s != (1, 1), layer.d != (1, 1)
    if dilated and (strided or isinstance(layer, Transposed)):
        return None  # refused by Keras, or by TensorFlow on the CPU
    arguments = [f"kernel_size={_pair(layer, layer.k)}"]
    if strided:
        arguments.append(f"strides={_pair(layer, layer.s)}")
    if isinstance(layer, Transposed):
        crop = _keras_crop(layer)
        if crop is None:
            return None
        arguments += crop
    elif layer.p == ((0, 0), (0, 0)):
        arguments.append("padding='valid'")
    elif _is_same(layer, padding.TF):
        arguments.append("padding='same'")
    else:
        return None
    if dilated:
        arguments.append(f"dilation_rate={_pair(layer, layer.d)}")
    transposed = "Transpose" if isinstance(layer, Transposed) else ""
    return f"keras.layers.Conv{layer.ndim}D{transposed}(1, {', '.join(arguments)}, use_bias=False)"


def jax_call(layer: Layer) -> str:
    """Return a call of ``jax.lax``; it takes explicit paddings, and negative ones crop."""
    axes = range(2 - layer.ndim, 2)
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


def _is_same(layer: Layer, convention: str) -> bool:
    """Return whether the padding is what ``same`` is in a convention."""
    if convention == padding.TORCH and layer.s != (1, 1):
        return False
    return layer.p == tuple(
        padding.named(
            "same",
            i=layer.i[axis],
            k=layer.k[axis],
            s=layer.s[axis],
            d=layer.d[axis],
            convention=convention,
        )
        for axis in range(2)
    )


def _keras_crop(layer: Transposed) -> list[str] | None:
    """Return the arguments that crop a transposed layer's full output as the layer does."""
    full = [axis.stretched_size + axis.span - 1 for axis in layer.axes]
    taken = [(before, after - op) for (before, after), op in zip(layer.p, layer.op, strict=True)]
    axes = range(2 - layer.ndim, 2)
    # 'valid' crops nothing, and without an output padding it adds what s − k leaves.
    if all(taken[axis] == (0, min(layer.k[axis] - layer.s[axis], 0)) for axis in axes):
        return ["padding='valid'"]
    if all(taken[axis] == (0, -layer.op[axis]) for axis in axes) and all(
        layer.op[axis] < layer.s[axis] for axis in axes
    ):
        return ["padding='valid'", f"output_padding={_pair(layer, layer.op)}"]
    # 'same' is the way back from an input of i·s cells, padded as TensorFlow's 'same'.
    for axis in axes:
        total = full[axis] - layer.i[axis] * layer.s[axis]
        before = max(total, 0) // 2
        if taken[axis] != (before, total - before):
            return None
    return ["padding='same'"]


def _pair(layer: Layer, size: Pair) -> str:
    """Return a size as an argument: one number where that is enough."""
    return str(size[1]) if layer.ndim == 1 or size[0] == size[1] else str(size)


def _tuple(layer: Layer, size: Pair) -> str:
    """Return a size as a tuple of as many numbers as the layer has axes."""
    return str(size[2 - layer.ndim :])
