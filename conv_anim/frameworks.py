"""The layer of PyTorch's that gives a layer's numbers, where a single one does.

The conventions of frameworks differ where one expects it least; each rule, here and in the
modules for the others, was found by running them.
"""

from typing import TypeGuard

from conv_anim import calls, padding
from conv_anim.calls import argument
from conv_anim.channels import Channelled
from conv_anim.layer import Layer
from conv_anim.parse import Pair
from conv_anim.pool import MAX, Pool
from conv_anim.standard import Standard
from conv_anim.transposed import Transposed


def torch_call(layer: Layer) -> str | None:
    """Return a layer of ``torch.nn``, or None: it pads, and crops, both sides alike."""
    if isinstance(layer, Pool):
        return _pool(layer)
    assert isinstance(layer, Channelled)
    start = layer.p[0][0], layer.p[1][0]
    pad = [f"padding={argument(layer, start)}"] if start != (0, 0) else []
    strides: Pair | None = layer.s
    dilation = layer.d
    if isinstance(layer, Transposed):
        # What is cropped less at the end can be asked for as output padding.
        more = (
            layer.op[0] + layer.p[0][0] - layer.p[0][1],
            layer.op[1] + layer.p[1][0] - layer.p[1][1],
        )
        if min(more) < 0:
            return None
        strides, dilation = _room_for(layer, more)
        if not all(more[axis] < max(strides[axis], dilation[axis]) for axis in (0, 1)):
            return None
        pad += [f"output_padding={argument(layer, more)}"] if more != (0, 0) else []
    else:
        strides = _strides(layer, start)
        if strides is None:
            strides = calls.same_strides(layer, padding.TORCH)
            pad = ["padding='same'"]
    if strides is None:
        return None
    arguments = [
        f"kernel_size={argument(layer, layer.k)}",
        *([f"stride={argument(layer, strides)}"] if strides != (1, 1) else []),
        *pad,
        *([f"dilation={argument(layer, dilation)}"] if dilation != (1, 1) else []),
        *([f"groups={layer.groups}"] if layer.groups > 1 else []),
        *([f"padding_mode={layer.pad_mode!r}"] if has_copies(layer) else []),
        *([] if layer.has_bias else ["bias=False"]),
    ]
    name = "ConvTranspose" if isinstance(layer, Transposed) else "Conv"
    channels = f"{layer.in_channels}, {layer.out_channels}"
    return f"torch.nn.{name}{layer.ndim}d({channels}, {', '.join(arguments)})"


def _strides(layer: Layer, start: Pair) -> Pair | None:
    """Return the strides with which padding both sides by *start* gives the layer's steps."""
    rows, columns = (calls.stride(layer, axis, layer.i[axis] + 2 * start[axis]) for axis in (0, 1))
    return None if rows is None or columns is None else (rows, columns)


def _room_for(layer: Transposed, more: Pair) -> tuple[Pair, Pair]:
    """Return stride and dilation that allow *more* as output padding, if there are any.

    The stride of a single input cell changes nothing, nor does the dilation of a single tap.
    """
    strides, dilation = list(layer.s), list(layer.d)
    for axis in (0, 1):
        if more[axis] >= max(strides[axis], dilation[axis]):
            if layer.i[axis] == 1:
                strides[axis] = more[axis] + 1
            elif layer.k[axis] == 1:
                dilation[axis] = more[axis] + 1
    return (strides[0], strides[1]), (dilation[0], dilation[1])


def _pool(layer: Pool) -> str | None:
    """Return a pooling layer of ``torch.nn``, whose rules are ours but for one.

    PyTorch 2.13 bounds the padding by half of the kernel's size, dilated or not.
    """
    if any(layer.p[axis][0] > layer.k[axis] // 2 for axis in (0, 1)):
        return None
    start = layer.p[0][0], layer.p[1][0]
    said = {
        f"stride={argument(layer, layer.s)}": layer.s != layer.k,
        f"padding={argument(layer, start)}": start != (0, 0),
        f"dilation={argument(layer, layer.d)}": layer.d != (1, 1),
        "ceil_mode=True": layer.ceil,
        "count_include_pad=False": not layer.count_include_pad,
    }
    arguments = [f"kernel_size={argument(layer, layer.k)}", *(x for x, own in said.items() if own)]
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
    no_same = (
        " and it has no 'same' with a stride;" if calls.same_strides(layer, padding.TF) else ""
    )
    return f"it pads both sides of an axis alike;{no_same} torch.nn.functional.pad must come first"
