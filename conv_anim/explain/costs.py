"""Which channels a filter reads, and what a layer costs, also in other ways to the same sizes.

Channels and filters are counted from 1 in words.
"""

from typing import Any, NamedTuple

from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair

_MOST_GROUPS = 4
"""Whose filters are named one by one; of more, the first two and the last."""


class Cost(NamedTuple):
    """How many numbers a layer learns, and how often it multiplies one with a cell."""

    parameters: int
    multiplications: int


def depthwise(layer: Channelled) -> Cost:
    """Return what it costs with one filter for each input channel, which reads that alone."""
    other = layer.with_channels(layer.in_channels, layer.in_channels, layer.in_channels)
    return Cost(other.parameters, other.multiplications)


def separable(layer: Channelled) -> Cost:
    """Return what it costs depthwise and then with a 1×1 kernel from all channels to all."""
    first, n_weights = depthwise(layer), layer.in_channels * layer.out_channels
    return Cost(
        first.parameters + n_weights + layer.out_channels * layer.has_bias,
        first.multiplications + n_weights * layer.n_steps,
    )


def facts(layer: Layer) -> dict[str, Any]:
    """Return channels and costs as JSON takes them; a layer without weights has no others.

    ``channels_read`` is what each filter reads: filter c, from 0, reads so many from
    c // ``filters_per_group`` · ``channels_read`` on.
    """
    names = "in_channels", "out_channels", "groups"
    found: dict[str, Any] = {name: getattr(layer, name) for name in names}
    if isinstance(layer, Channelled):
        found["has_bias"] = layer.has_bias
    shape = layer.weight_shape
    found |= {
        "channels_read": layer.channels_read,
        "filters_per_group": layer.filters_per_group,
        "weight_shape": None if shape is None else list(shape),
        "parameters": layer.parameters,
        "multiplications": layer.multiplications,
    }
    if isinstance(layer, Channelled):
        found |= {
            "depthwise": depthwise(layer)._asdict(),
            "separable": separable(layer)._asdict(),
        }
    return found


def words(layer: Channelled) -> list[str]:
    """Return lines on the channels, and on what the layer costs."""
    lines = [_shown(layer), _who_reads(layer)] if layer.has_channels else []
    lines += [_parameters(layer), _multiplications(layer)]
    if layer.has_channels:
        lines.append(_others(layer))
    return lines


def _shown(layer: Channelled) -> str:
    read = layer.channels_read
    each = f"reads {read} input channels, each with a kernel of its own, and adds the results"
    if read == 1:
        each = "reads one input channel"
    bias = ", and has a bias" if layer.has_bias else ""
    return f"An output channel {each}{bias}."


def _who_reads(layer: Channelled) -> str:
    """Return which filters read which channels, by groups."""
    groups, read, made = layer.groups, layer.channels_read, layer.filters_per_group
    if groups == 1:
        every = "The only filter reads" if made == 1 else f"Each of the {made} filters reads"
        return f"{every} {'the only input channel' if read == 1 else f'all {read} input channels'}."
    if read == made == 1:
        return f"Depthwise: filter 1 reads channel 1 alone, and so on to {groups}."
    numbers = [*range(groups)] if groups <= _MOST_GROUPS else [0, 1, groups - 1]
    clauses = [
        f"{_span('filter', made, group)} read{'s' * (made == 1)} {_span('channel', read, group)}"
        for group in numbers
    ]
    dots = ["…"] if groups > _MOST_GROUPS else []
    text = ", ".join([*clauses[:-1], *dots, clauses[-1]])
    return f"{text[0].upper()}{text[1:]}."


def _span(word: str, size: int, group: int) -> str:
    """Return the members of a group, «channels 3 to 4», counted from 1."""
    first, last = group * size + 1, (group + 1) * size
    return f"{word} {first}" if size == 1 else f"{word}s {first} to {last}"


def _parameters(layer: Channelled) -> str:
    product = _product(layer.weight_shape)
    bias = ""
    if layer.has_bias:
        bias = f" + {layer.out_channels} bias{'es' * (layer.out_channels > 1)}"
    return f"Parameters: {product}{bias}{_equals(layer.parameters, product + bias)}."


def _multiplications(layer: Channelled) -> str:
    size: Pair = layer.i if layer.inserts_zeros else layer.output_size
    cells = size[-layer.ndim :]
    shape = layer.weight_shape
    product = _product((*cells, *shape))
    what = "input cells as they stamp" if layer.inserts_zeros else "output cells"
    return f"Multiplications, {what} · weights: {product}{_equals(layer.multiplications, product)}."


def _product(factors: tuple[int, ...]) -> str:
    return "·".join(map(str, factors))


def _equals(number: int, text: str) -> str:
    return "" if text == str(number) else f" = {number:,}"


def _others(layer: Channelled) -> str:
    """Return what the same sizes cost depthwise, and with a 1×1 layer after that."""
    first, both = depthwise(layer), separable(layer)
    n_in, n_out = layer.in_channels, layer.out_channels
    return (
        f"Depthwise ({n_in} → {n_in}): {first.parameters:,} parameters, "
        f"{first.multiplications:,} multiplications; separable, with 1×1 kernels ({n_in} → "
        f"{n_out}) after it: {both.parameters:,} parameters, {both.multiplications:,} "
        f"multiplications."
    )
