"""The call of JAX's that gives a layer's numbers, where a single one does.

Arrays of a convolution have channels first, which is the default; those of a transposed one
channels last.
"""

from functools import singledispatch

from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair
from conv_anim.core.pool import MAX, Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.frameworks import calls
from conv_anim.frameworks.calls import Answer
from conv_anim.frameworks.windows import are_single_cells

jax_call = singledispatch(calls.unknown)
"""A layer's call of ``jax.lax``, an ``Answer``; explicit paddings may be negative, which crops."""


@jax_call.register
def _standard(layer: Standard) -> Answer:
    if calls.needs_copies(layer):
        why = "its convolutions pad with zeros alone; jax.numpy.pad must come first"
        return Answer(why_not=why)
    groups = f", feature_group_count={layer.groups}" if layer.groups > 1 else ""
    bias = f" + b[:{', None' * layer.ndim}]" if layer.has_bias else ""
    sizes = _sizes(layer, list(layer.p[-layer.ndim :]))
    return Answer(f"jax.lax.conv_general_dilated(x, w, window_{sizes}{groups}){bias}")


@jax_call.register
def _transposed(layer: Transposed) -> Answer:
    if layer.groups > 1:
        return Answer(why_not="jax.lax.conv_transpose has no groups")
    pads = [
        (axis.padding[0] - axis.cropped[0], axis.padding[1] - axis.cropped[1])
        for axis in layer.axes[-layer.ndim :]
    ]
    bias = " + b" if layer.has_bias else ""
    # Without transpose_kernel the kernel is not turned.
    sizes = f"{_sizes(layer, pads)}, transpose_kernel=True"
    return Answer(f"jax.lax.conv_transpose(x, w, {sizes}){bias}")


def _sizes(layer: Layer, pads: list[Pair]) -> str:
    """Return the arguments that are common to convolutions."""
    dilation = f", rhs_dilation={layer.d[-layer.ndim :]}" if layer.d != (1, 1) else ""
    return f"strides={layer.s[-layer.ndim :]}, padding={pads}{dilation}"


@jax_call.register
def _pool(layer: Pool) -> Answer:
    if layer.mode != MAX and not are_single_cells(layer):
        return Answer(why_not="a sum by jax.lax.reduce_window must be divided afterwards")
    window, strides, spread = ((1, 1, *size[-layer.ndim :]) for size in (layer.k, layer.s, layer.d))
    pads = [(0, 0), (0, 0), *(axis.padding for axis in layer.axes[-layer.ndim :])]
    dilation = f", window_dilation={spread}" if layer.d != (1, 1) else ""
    return Answer(
        f"jax.lax.reduce_window(x, -float('inf'), jax.lax.max, {window}, {strides}, "
        f"{pads}{dilation})"
    )
