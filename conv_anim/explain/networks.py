"""The arithmetic of a network: a table of its layers, what cells see, and the way back."""

from collections.abc import Iterator, Sequence
from typing import Any

from conv_anim.core.closed_form import Reach
from conv_anim.core.layer import Layer, minus
from conv_anim.core.layer_words import label
from conv_anim.core.network import Along, Cell, Network
from conv_anim.core.parse import Pair
from conv_anim.core.transposed import Transposed
from conv_anim.frameworks import passed_over
from conv_anim.frameworks.network_text import Read, counted

_NONE = "–"
_HEAD = ("", "layer", "channels", "output", "r", "jump", "start", "parameters", "multiplications")


def lost(layer: Layer) -> Pair:
    """Return how many (rows, columns) at the end of its input the last window leaves over."""
    rows, columns = (
        min(layer.i[axis], max(0, drawn.remainder - layer.p[axis][1]))
        for axis, drawn in enumerate(layer.axes)
    )
    return rows, columns


def way_back(layer: Layer) -> Pair | None:
    """Return the output padding with which a transposed layer of the same sizes leads back.

    None if none does, or if the layer has no windows a stride apart.
    """
    if layer.inserts_zeros or any(drawn.inserted for drawn in layer.axes):
        return None
    needed = [
        layer.i[axis] + sum(layer.p[axis]) - (size - 1) * layer.s[axis] - layer.axes[axis].span
        for axis, size in enumerate(layer.output_size)
    ]
    return (needed[0], needed[1]) if min(needed) >= 0 else None


def facts(read: Read, cell: Cell | None = None) -> dict[str, Any]:
    """Return everything as JSON takes it.

    Sizes are [rows, columns]. ``receptive_field``, ``jump`` and ``start`` are None where there is
    no closed form, for an axis or for both, which ``why_none`` explains. With a *cell* of the
    output ``field`` is the first and the last of the rows, and of the columns, that it sees (None
    if it sees nothing), and ``holes`` is how many cells between them it doesn't.
    """
    network = read.network
    found: dict[str, Any] = {
        "layer": network.name,
        "input_size": list(network.i),
        "output_size": list(network.output_size),
        "receptive_field": _listed(network.receptive_field),
        "jump": _listed(network.jump),
        "start": _listed(network.start),
        "why_none": network.why_none,
        "parameters": network.parameters,
        "multiplications": network.multiplications,
        "passed_over": list(read.passed_over),
        "layers": [_facts_of(network, number) for number in range(len(network.layers))],
    }
    if cell is not None:
        ends, n_seen = _seen(network, cell)
        n_between = (ends[0][1] - ends[0][0] + 1) * (ends[1][1] - ends[1][0] + 1) if ends else 0
        found |= {
            "cell": [cell] if isinstance(cell, int) else list(cell),
            "field": [list(along) for along in ends] if ends else None,
            "holes": n_between - n_seen,
        }
    return found


def _facts_of(network: Network, number: int) -> dict[str, Any]:
    layer = network.layers[number]
    found: dict[str, Any] = {
        "layer": layer.name,
        "words": label(layer),
        "input_size": list(layer.i),
        "output_size": list(layer.output_size),
    }
    for key, name in (("receptive_field", "size"), ("jump", "jump"), ("start", "start")):
        found[key] = _listed(network.reach_of(number, name))
    return found | {
        "in_channels": layer.in_channels,
        "out_channels": layer.out_channels,
        "parameters": layer.parameters,
        "multiplications": layer.multiplications,
        "lost": list(lost(layer)),
        "output_padding_back": _listed(way_back(layer)),
    }


def _listed(pair: Along | None) -> list[int | None] | None:
    return None if pair is None else list(pair)


def text(read: Read, cell: Cell | None = None) -> str:
    """Return the table, and what there is to say besides."""
    network = read.network
    parts = [
        [_heading(network)],
        list(_table(network)),
        [_reach(network), *([_cell(network, cell)] if cell is not None else [])],
        [*_losses(network), *_ways_back(network)],
        _passed(read.passed_over),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _heading(network: Network) -> str:
    n_layers = len(network.layers)
    dims = " in 1-D" if network.ndim == 1 else ""
    return (
        f"Network{dims}, {network.times(network.i)} input, {n_layers} "
        f"layer{'s' * (n_layers > 1)}, {network.times(network.output_size)} output"
    )


def _table(network: Network) -> Iterator[str]:
    """Yield the lines of the table, a layer each, and what they come to."""
    first = network.layers[0]
    rows = [list(_HEAD), ["", "input", str(first.in_channels), network.times(network.i)]]
    for number, layer in enumerate(network.layers):
        along = [_shown(first, network.reach_of(number, name)) for name in Reach._fields]
        costs = [f"{layer.parameters:,}", f"{layer.multiplications:,}"]
        channels = str(layer.out_channels)
        size = layer.times(layer.output_size)
        words = label(layer, has_groups=True)
        rows.append([str(number + 1), words, channels, size, *along, *costs])
    costs = [f"{network.parameters:,}", f"{network.multiplications:,}"]
    rows.append(["", "all", *[""] * (len(_HEAD) - 4), *costs])
    for row in rows:
        row.extend([""] * (len(_HEAD) - len(row)))
    if not any(layer.has_channels for layer in network.layers):
        rows = [[*row[:2], *row[3:]] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for at, row in enumerate(rows):
        cells = [
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
        if at == 0:
            yield "  ".join("-" * width for width in widths)


def _shown(layer: Layer, along: Along | None) -> str:
    """Return what there is along both axes, a dash where there is nothing."""
    rows, columns = along or (None, None)
    if rows is not None and columns is not None:
        return minus(layer.shown((rows, columns)))
    sides = [_NONE if side is None else minus(side) for side in (rows, columns)]
    return sides[0] if along is None else f"({', '.join(sides)})"


def _reach(network: Network) -> str:
    """Return what a cell of the output sees, or why there is no closed form for it."""
    why = (
        f"There is no closed form for r, jump and start: {network.why_none}. "
        f"What an output cell sees: --cell."
    )
    if network.receptive_field is None:
        return why
    size, jump, start = (
        _shown(network.layers[0], network.reach_of(-1, name)) for name in Reach._fields
    )
    return (
        f"An output cell sees r = {size} input cells along an axis, holes and padding among them "
        f"included; its neighbour's begin {jump} further, and the first one's at {start}."
    ) + (f" {why}" if network.why_none else "")


def _seen(network: Network, cell: Cell) -> tuple[tuple[Pair, Pair] | None, int]:
    """Return the ends of the rows and of the columns that a cell sees, and how many cells."""
    from conv_anim.core import fields  # it loads NumPy

    rows, columns = network.fields_along(cell)[0]
    ends = fields.ends(rows), fields.ends(columns)
    n_seen = int(rows.sum()) * int(columns.sum())
    return ((ends[0], ends[1]) if ends[0] and ends[1] else None), n_seen


def _cell(network: Network, cell: Cell) -> str:
    ends, n_seen = _seen(network, cell)
    name = str(cell) if isinstance(cell, int) else ", ".join(map(str, cell))
    if ends is None:
        return f"Output cell ({name}) sees no input cell."
    rows, columns = (f"{a} to {b}" if a < b else str(a) for a, b in ends)
    n_between = (ends[0][1] - ends[0][0] + 1) * (ends[1][1] - ends[1][0] + 1)
    where = f"cells {columns}" if network.ndim == 1 else f"rows {rows} and columns {columns}"
    holes = n_between - n_seen
    without = f", but for {holes} hole{'s' * (holes > 1)}" if holes else ""
    return f"Output cell ({name}) sees {where} of the input{without}: {n_seen:,} in all."


def _losses(network: Network) -> Iterator[str]:
    """Yield where a floor loses cells of what the layer before made."""
    for number, layer in enumerate(network.layers, 1):
        words = [
            f"{n} {word}{'s' * (n > 1)}"
            for n, word in zip(lost(layer), ("row", "column"), strict=True)
            if n
        ]
        if words:
            yield (
                f"Layer {number}, {label(layer)}, loses {' and '.join(words)} at the end of "
                f"{layer.times(layer.i)}, where its steps don't come out even."
            )


def _ways_back(network: Network) -> Iterator[str]:
    """Yield with which output padding a decoder gets from layer to layer back to the input."""
    shrinking = [
        (number, layer)
        for number, layer in enumerate(network.layers, 1)
        if layer.s != (1, 1) and not any(drawn.inserted for drawn in layer.axes)
    ]
    for number, layer in reversed(shrinking):
        op = way_back(layer)
        sizes = f"{layer.times(layer.output_size)} → {layer.times(layer.i)}"
        way = "no op does it, crop what is too much"
        if op is not None:
            same = {name: getattr(layer, name) for name in ("k", "s", "p", "d", "ndim")}
            way = label(Transposed(**same, op=op)) + " op=0" * (op == (0, 0))
        yield f"Back through layer {number}, {sizes}: {way}."


def _passed(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    lines = [f"Passed over: {counted(names)}. They move no cell; what they learn is not counted."]
    over_cells = list(dict.fromkeys(name for name in names if name in passed_over.OVER_CELLS))
    if over_cells:
        lines.append(
            f"The means of {counted(over_cells)} are over many cells, which is not counted as "
            f"seeing them."
        )
    return lines
