"""A standard layer and its transposed one side by side, as a table with the layer's numbers."""

from functools import singledispatch
from typing import Any

from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Layer, minus
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.errors import InputError
from conv_anim.explain import arithmetic


@singledispatch
def pair(layer: Layer) -> tuple[Standard, Transposed]:
    """Return a layer and the one that leads back to its input's size, the standard one first.

    They have the same kernel, padding, stride and dilation; the output padding of the transposed
    one is what the steps of the standard one leave over.

    Raises ValueError for pooling, and where no standard layer leads back.
    """
    raise InputError("‹compare› sets a standard layer against a transposed one: leave pool out")


@pair.register
def _of_standard(layer: Standard) -> tuple[Standard, Transposed]:
    rows, columns = (axis.remainder for axis in layer.axes)
    return layer, Transposed(**_reversed(layer), op=(rows, columns))


@pair.register
def _of_transposed(layer: Transposed) -> tuple[Standard, Transposed]:
    if any(op >= s for op, s in zip(layer.op, layer.s, strict=True)):
        raise InputError(
            f"no standard layer leads back from output padding of a stride or more ("
            f"‹op={layer.written(layer.op)}›, ‹s={layer.written(layer.s)}›): lower ‹op›"
        )
    return Standard(**_reversed(layer)), layer


def _reversed(layer: Channelled) -> dict[str, Any]:
    """Return the sizes and channels of the layer that reads what this one makes."""
    same = "k", "p", "s", "d", "ndim", "groups", "has_bias"
    turned = {"in_channels": layer.out_channels, "out_channels": layer.in_channels}
    return {name: getattr(layer, name) for name in same} | turned | {"i": layer.output_size}


def rows(layer: Layer) -> list[tuple[str, str, str]]:
    """Return the table, a row (what, standard, transposed) each."""
    standard, transposed = pair(layer)
    z = transposed.shown((transposed.axes[0].inserted, transposed.axes[1].inserted))
    prime = minus(transposed.shown(transposed.p_prime))
    more = f", op = {transposed.shown(transposed.op)} more at the end" if any(transposed.op) else ""
    uneven = any(before != after for before, after in layer.p)
    plus, less = ("p₁ + p₂", "p₁ − p₂") if uneven else ("2p", "2p")
    planes = [f"{layer.in_channels} → {layer.out_channels}" for layer in (standard, transposed)]
    channels = [("channels", planes[0], planes[1])]
    groups = [("groups", str(standard.groups), str(transposed.groups))]
    return [
        ("", "standard", "transposed"),
        (
            "operation",
            "pad, slide the kernel",
            "insert zeros, pad, slide the kernel turned by 180°",
        ),
        ("input", standard.times(standard.i), transposed.times(transposed.i)),
        *(channels if planes != ["1 → 1"] * 2 else []),
        *(groups if standard.groups > 1 else []),
        ("kernel", standard.times(standard.k), transposed.times(transposed.k)),
        ("zeros inserted", "none", f"s = {transposed.shown(transposed.s)}: z = s − 1 = {z}"),
        (
            "padding",
            f"p = {standard.shown(standard.p)}",
            f"p = {transposed.shown(transposed.p)}: p′ = {transposed.p_prime_rule} = {prime}{more}",
        ),
        ("stride", f"s = {standard.shown(standard.s)}", "1, as s is in z"),
        (
            "output size",
            f"⌊(i + {plus} − K)/s⌋ + 1 = {standard.times(standard.output_size)}",
            f"s(i − 1) + K − {less} + op = {transposed.times(transposed.output_size)}",
        ),
        ("steps", str(standard.n_steps), str(transposed.n_steps)),
    ]


def text(layer: Layer) -> str:
    """Return the table in columns."""
    table = rows(layer)
    widths = [max(len(row[column]) for row in table) for column in range(3)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in table]  # fmt: skip
    lines.insert(1, "  ".join("-" * width for width in widths))
    standard, _ = pair(layer)
    return "\n".join([*lines, "", f"K = d(k − 1) + 1 = {_span(standard)}"])


def facts(layer: Layer) -> dict[str, object]:
    """Return both layers as ``arithmetic.facts`` has them."""
    standard, transposed = pair(layer)
    return {"standard": arithmetic.facts(standard), "transposed": arithmetic.facts(transposed)}


def _span(layer: Standard) -> str:
    rows, columns = (axis.span for axis in layer.axes)
    return layer.shown((rows, columns))
