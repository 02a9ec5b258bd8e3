"""The words that the views write round their grids."""

from dataclasses import replace

from conv_anim.core.layer import Layer, minus
from conv_anim.core.parse import Pads, Pair
from conv_anim.core.subject import Subject
from conv_anim.core.transposed import Transposed
from conv_anim.scene.scene import Chunks, Scene
from conv_anim.views.stages import Moment, n_stages, parts

TURNED = "kernel turned by 180°"
"""What a transposed layer's kernel is in the zero-insertion picture."""


def title(layer: Layer) -> str:
    """Return the heading of a picture."""
    return f"{layer.heading}{', 1-D' if layer.ndim == 1 else ''}"


def beat(stamp: int, n_stamps: int, step: int, n_steps: int) -> str:
    """Return how far both readings are; stamps and steps count from 1."""
    steps = f", step {step} / {n_steps}" if step else ""  # no cell is complete at first
    return f"stamp {stamp} / {n_stamps}{steps}"


def cropping(layer: Transposed) -> str:
    """Return what the last picture of the stamps shows."""
    if not any(map(any, layer.p)):
        return "done"
    if layer.op == (0, 0):
        return f"cropped by p = {layer.shown(layer.p)}"
    rows, columns = ((p[0], p[1] - op) for p, op in zip(layer.p, layer.op, strict=True))
    return f"cropped by {minus(layer.shown((rows, columns)))}"  # p before, p − op after


def counter(step: int, n_steps: int) -> str:
    """Return how far the animation is; steps count from 1."""
    return f"step {step} / {n_steps}"


def parameters(layer: Layer, *, drawn: bool = True) -> tuple[Chunks, ...]:
    """Return the sizes as they were given and the rest, so what is *drawn*."""
    given = tuple(
        f"{letter} = {layer.written(size, '×') if letter in 'ik' else layer.shown(size)}"
        for letter, size in layer.sizes.items()
    )
    output = f"o = {layer.written(layer.output_size, '×')}"
    lines = [
        (*given, output),
        *((trait.words,) for trait in layer.traits if trait.words),
    ]
    if places := [place for place in layer.dropped if place]:
        begins = " or ".join(dict.fromkeys(places))
        lines.append((f"the window that would begin {begins} is dropped",))
    if drawn and layer.inserts_zeros:
        zeros, *derived = _derived(layer)
        zeros = f"{zeros[:-1]} zero{'' if layer.shown(layer.s) == '2' else 's'} between cells,"
        lines.append(("drawn with stride 1:", zeros, *derived[:-1], f"{derived[-1]},", TURNED))
    return tuple(lines)


def in_one_line(layer: Layer) -> tuple[Chunks, ...]:
    """Return the sizes, as they were given and as they are drawn, and below them the rest."""
    given, *others = parameters(layer, drawn=False)
    return ((*given, *_rules(layer)), *others)


def with_pair(scene: Scene, layer: Subject, pair: tuple[int, int]) -> Scene:
    """Return a scene that says which of several channels it shows, counted from 1."""
    text = layer.pair_text(*pair)
    if not text:
        return scene
    first, _, others = text.partition(" and ")
    line = (f"{first} and", others) if others else (first,)
    sizes, *lines = scene.parameters
    return replace(scene, parameters=(sizes, line, *lines))


def with_part(scene: Scene, layer: Layer, *, has_bias: bool) -> Scene:
    """Return a scene with numbers that says what they are, if several channels are read."""
    if layer.channels_read == 1:
        return scene
    bias = " and its bias" if has_bias else ""
    line = (
        "numbers: the products of this input channel alone;",
        f"an output channel adds those of {layer.channels_read}{bias}",
    )
    return replace(scene, parameters=(*scene.parameters, line))


def _derived(layer: Layer) -> Chunks:
    """Return z and p′, from which the grid that the kernel slides over is made."""
    chunks = _rules(layer)
    if layer.output_padding != (0, 0):
        chunks = (*chunks, f"and op = {layer.shown(layer.output_padding)} more at the end")
    return *(f"{chunk}," for chunk in chunks[:-1]), *chunks[-1:]


def _rules(layer: Layer) -> Chunks:
    return tuple(
        f"{letter} = {rule} = {minus(layer.shown(size))}" for letter, rule, size in layer.derived
    )


def drawn_captions(layer: Layer) -> Chunks:
    """Return the captions of the drawn input, and what its padding has besides p′."""
    op = layer.output_padding
    more = (f"op = {layer.shown(op)} more at the end",) if op != (0, 0) else ()
    return *input_captions(layer), *more


def input_captions(layer: Layer) -> Chunks:
    """Return the size of the input and of what it is made into, stage by stage."""
    rows, columns = layer.axes
    stages: list[tuple[str, Pair]] = [
        ("input", layer.i),
        ("zeros inserted", (rows.stretched_size, columns.stretched_size)),
        ("padded", (rows.padded_size - rows.outside, columns.padded_size - columns.outside)),
        ("with the outside", (rows.padded_size, columns.padded_size)),
        ("cropped", (rows.size, columns.size)),
    ]
    lines = []
    size: Pair | None = None
    for word, next_size in stages:
        if next_size != size:
            lines.append(f"{word} {layer.times(next_size)}")
        size = next_size
    return tuple(lines)


def moment_caption(layer: Layer, moment: Moment) -> str:
    """Return what there is of the drawn input at a moment, with its size."""
    size = [axis.stretched_size if moment.spread else axis.input_size for axis in layer.axes]
    word = "zeros inserted" if tuple(size) != layer.i else "input"
    for named, sides, sign in (("padded", moment.padded, 1), ("cropped", moment.cropped, -1)):
        cells = [sum(map(int, along)) for along in sides]
        if any(cells):
            word = named
        size = [length + sign * more for length, more in zip(size, cells, strict=True)]
    return f"{word} {layer.times((size[0], size[1]))}"


def kernel_captions(layer: Layer, name: str) -> Chunks:
    """Return the size of the kernel, what it is called, and whether it is turned."""
    named = f"kernel {name}" if name else "kernel"
    turned = ("turned by 180°",) if layer.inserts_zeros else ()
    return f"{named} {layer.times(layer.k)}", *turned


def stamp_captions(layer: Layer, name: str) -> Chunks:
    """Return the size of the kernel as it is stamped, and what is in its cells."""
    named = f"kernel {name}" if name else "kernel"
    each = " each" if layer.channels_read > 1 else ""
    return f"{named} {layer.times(layer.k)}{each}", "stamped times the input cell"


def canvas_captions(layer: Transposed) -> Chunks:
    """Return the size of what all stamps cover, and of what is left of it."""
    full, canvas, output = (
        layer.times(size) for size in (layer.full_size, layer.canvas_size, layer.output_size)
    )
    more = (f"with op {canvas}",) if canvas != full else ()
    return f"full output {full}", *more, f"output {output}"


def output_captions(layer: Layer) -> Chunks:
    """Return the size of the output."""
    return (f"output {layer.times(layer.output_size)}",)


def stage(layer: Layer, moment: Moment, n_padded: int) -> Chunks:
    """Return what a stage does, and how far it is; *n_padded* cells of padding are out."""
    start = f"Stage {moment.stage} of {n_stages(layer)}:"
    rows, columns = layer.axes
    stretched = rows.stretched_size, columns.stretched_size
    if moment.stage == n_stages(layer) - 1:
        thing = "cells" if layer.has_copies else "zeros"
        count: Chunks = ()
        if moment.counted and not any(map(any, moment.cropped)):
            things = thing if n_padded != 1 else thing[:-1]
            count = (f"({moment.counted}, {n_padded} {things} in all)",)
        elif moment.counted:
            count = (f"({moment.counted})",)
        size = rows.size, columns.size
        made = f": {layer.times(stretched)} → {layer.times(size)}"
        return (start, _padding_stage(layer) + made, *count)
    if moment.stage == 1:
        first, *others = _derived(layer)
        return (start, f"work out {first}", *others)
    z = rows.inserted, columns.inserted
    if z == (0, 0):
        return start, "z = s − 1 = 0: no zeros to insert"
    zeros = "zero" if layer.shown(z) == "1" else "zeros"
    what = f"insert z = s − 1 = {layer.shown(z)} {zeros} between cells:"
    return start, what, f"{layer.times(layer.i)} → {layer.times(stretched)}"


def _padding_stage(layer: Layer) -> str:
    """Return what is padded and cropped, by which numbers."""
    padding, more, cropped = map(_any, parts(layer))
    letter, _, size = layer.derived[-1] if layer.derived else ("p", "", layer.p)
    clauses = [f"{'pad by ' if padding else ''}{letter} = {minus(layer.shown(size))}"]
    if more or layer.output_padding != (0, 0):
        clauses.append(f"op = {layer.shown(layer.output_padding)} at the end")
    if cropped:
        clauses.append(f"crop {_sides(layer)}")
    return ", ".join(clauses) if padding or more or cropped else f"{clauses[0]}, nothing to pad"


def _sides(layer: Layer) -> str:
    """Return how many cells are cropped on which sides."""
    rows, columns = (axis.cropped for axis in layer.axes)
    if layer.ndim == 2 and rows != columns:
        return "where it is negative"
    before, after = columns
    return f"{before} on each side" if before == after else f"{before} before and {after} after"


def _any(sides: Pads) -> bool:
    return any(map(any, sides))


def last_stage(layer: Layer) -> Chunks:
    """Return what the last stage does, in which the kernel slides."""
    rows, columns = layer.axes
    sizes = f"{layer.times((rows.size, columns.size))} → {layer.times(layer.output_size)}"
    number = n_stages(layer)
    how = f" by s = {layer.shown(layer.s)}"
    if layer.inserts_zeros:
        how = ", turned by 180°, with stride 1"
    return f"Stage {number} of {number}:", f"slide the kernel{how}: {sizes}"
