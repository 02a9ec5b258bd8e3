"""The call of JAX's that gives a layer's numbers, where a single one does.

Arrays of a convolution have channels first, which is the default; those of a transposed one
channels last.
"""

from conv_anim import calls
from conv_anim.calls import as_tuple
from conv_anim.channels import Channelled
from conv_anim.layer import Layer
from conv_anim.pool import MAX, Pool
from conv_anim.standard import Standard
from conv_anim.transposed import Transposed
from conv_anim.windows import are_single_cells


def jax_call(layer: Layer) -> str | None:
    """Return a call of ``jax.lax``; it takes explicit paddings, and negative ones crop."""
    axes = range(2 - layer.ndim, 2)
    if isinstance(layer, Pool):
        return _pool(layer)
    assert isinstance(layer, Channelled)
    if calls.needs_copies(layer) or (isinstance(layer, Transposed) and layer.groups > 1):
        return None
    if isinstance(layer, Standard):
        pads = [layer.p[axis] for axis in axes]
        arguments = [f"window_strides={as_tuple(layer, layer.s)}", f"padding={pads}"]
        call = "jax.lax.conv_general_dilated"
    else:
        drawn = [layer.axes[axis] for axis in axes]
        pads = [
            (axis.padding[0] - axis.cropped[0], axis.padding[1] - axis.cropped[1]) for axis in drawn
        ]
        arguments = [f"strides={as_tuple(layer, layer.s)}", f"padding={pads}"]
        call = "jax.lax.conv_transpose"
    if layer.d != (1, 1):
        arguments.append(f"rhs_dilation={as_tuple(layer, layer.d)}")
    if isinstance(layer, Transposed):
        arguments.append("transpose_kernel=True")  # without it the kernel is not turned
    if layer.groups > 1:
        arguments.append(f"feature_group_count={layer.groups}")
    return f"{call}(x, w, {', '.join(arguments)}){_bias(layer)}"


def _bias(layer: Channelled) -> str:
    """Return what adds the bias, a number for each output channel, wherever channels are."""
    if not layer.has_bias:
        return ""
    return " + b" if isinstance(layer, Transposed) else f" + b[:{', None' * layer.ndim}]"


def _pool(layer: Pool) -> str | None:
    if layer.mode != MAX and not are_single_cells(layer):
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
    if calls.needs_copies(layer):
        return "its convolutions pad with zeros alone; jax.numpy.pad must come first"
    if isinstance(layer, Transposed):
        return "jax.lax.conv_transpose has no groups"
    return "a sum by jax.lax.reduce_window must be divided afterwards"
