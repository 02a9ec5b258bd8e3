"""The layer of PyTorch's that gives a layer's numbers, where a single one does.

The conventions of frameworks differ where one expects it least; each rule, here and in the
modules for the others, was found by running them.
"""

from functools import singledispatch

from conv_anim.core import padding
from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Layer
from conv_anim.core.network import Network
from conv_anim.core.parse import Pair
from conv_anim.core.pool import MAX, Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.core.upsample import Upsample
from conv_anim.frameworks import calls
from conv_anim.frameworks.calls import Answer, argument

torch_call = singledispatch(calls.unknown)
"""A layer's call of ``torch.nn``, an ``Answer``; it pads, and crops, both sides alike."""


@torch_call.register
def _standard(layer: Standard) -> Answer:
    strides, pad = _strides(layer), _padding(layer)
    if strides is None:
        strides, pad = calls.same_strides(layer, padding.TORCH), ["padding='same'"]
    if strides:
        return _convolution(layer, "Conv", strides, layer.d, pad)
    is_same = calls.same_strides(layer, padding.TF)
    no_same = " and it has no 'same' with a stride;" if is_same else ""
    why = f"it pads both sides of an axis alike;{no_same} torch.nn.functional.pad must come first"
    return Answer(why_not=why)


@torch_call.register
def _transposed(layer: Transposed) -> Answer:
    # What is cropped less at the end can be asked for as output padding.
    (top, bottom), (left, right) = layer.p
    more = layer.op[0] + top - bottom, layer.op[1] + left - right
    strides, dilation = _room_for(layer, more)
    if not all(0 <= more[axis] < max(strides[axis], dilation[axis]) for axis in (0, 1)):
        why = "it crops both sides of an axis alike, so the output must be cropped afterwards"
        return Answer(why_not=why)
    pad = [*_padding(layer), *([f"output_padding={argument(layer, more)}"] if any(more) else [])]
    return _convolution(layer, "ConvTranspose", strides, dilation, pad)


def _convolution(layer: Channelled, name: str, s: Pair, d: Pair, pad: list[str]) -> Answer:
    arguments = [
        f"kernel_size={argument(layer, layer.k)}",
        *([f"stride={argument(layer, s)}"] if s != (1, 1) else []),
        *pad,
        *([f"dilation={argument(layer, d)}"] if d != (1, 1) else []),
        *([f"groups={layer.groups}"] if layer.groups > 1 else []),
        *([f"padding_mode={layer.padding_content!r}"] if layer.has_copies else []),
        *([] if layer.has_bias else ["bias=False"]),
    ]
    channels = f"{layer.in_channels}, {layer.out_channels}"
    return Answer(f"torch.nn.{name}{layer.ndim}d({channels}, {', '.join(arguments)})")


def _padding(layer: Layer) -> list[str]:
    """Return the padding as an argument, what is before for both sides; none if there is none."""
    before = layer.p[0][0], layer.p[1][0]
    return [f"padding={argument(layer, before)}"] if before != (0, 0) else []


def _strides(layer: Layer) -> Pair | None:
    """Return the strides with which padding both sides as before gives the layer's steps."""
    padded = [layer.i[axis] + 2 * layer.p[axis][0] for axis in (0, 1)]
    rows, columns = (calls.stride(layer, axis, padded[axis]) for axis in (0, 1))
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


@torch_call.register
def _pool(layer: Pool) -> Answer:
    """Return a pooling layer of ``torch.nn``, whose rules are ours but for one.

    PyTorch 2.13 bounds the padding by half of the kernel's size, dilated or not.
    """
    if any(layer.p[axis][0] > layer.k[axis] // 2 for axis in (0, 1)):
        return Answer(why_not="it pads at most half of the kernel's size, whatever the dilation")
    arguments = [
        f"kernel_size={argument(layer, layer.k)}",
        *([f"stride={argument(layer, layer.s)}"] if layer.s != layer.k else []),
        *_padding(layer),
        *([f"dilation={argument(layer, layer.d)}"] if layer.d != (1, 1) else []),
        *(["ceil_mode=True"] if layer.ceil else []),
        *([] if layer.count_include_pad else ["count_include_pad=False"]),
    ]
    name = "MaxPool" if layer.mode == MAX else "AvgPool"
    return Answer(f"torch.nn.{name}{layer.ndim}d({', '.join(arguments)})")


@torch_call.register
def _upsample(layer: Upsample) -> Answer:
    return Answer(f"torch.nn.Upsample(scale_factor={argument(layer, layer.f)})")


@torch_call.register
def _network(network: Network) -> Answer:
    """Return the layers' calls one after the other, or why one of them has none."""
    answers = [torch_call(layer) for layer in network.layers]
    for number, answer in enumerate(answers, 1):
        if answer.code is None:
            return Answer(why_not=f"layer {number}: {answer.why_not}")
    cautions = dict.fromkeys(answer.caution for answer in answers if answer.caution)
    code = ", ".join(str(answer.code) for answer in answers)
    return Answer(f"torch.nn.Sequential({code})", caution="; ".join(cautions))
