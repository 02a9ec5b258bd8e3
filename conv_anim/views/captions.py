"""The words and formulas that the views put round their grids."""

from collections.abc import Mapping

from conv_anim.core.layer import Layer, minus
from conv_anim.core.parse import Pads, Pair
from conv_anim.core.pool import Pool
from conv_anim.core.transposed import Transposed
from conv_anim.scene.scene import Chunks
from conv_anim.views.stages import Moment, n_stages, parts


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
    """Return the sizes as they were given, the channels and, transposed, what is *drawn*."""
    given = tuple(
        f"{letter} = {layer.written(size, '×') if letter in 'ik' else layer.shown(size)}"
        for letter, size in layer.sizes.items()
    )
    if not isinstance(layer, Transposed):
        lines = [(trait.words,) for trait in layer.traits if trait.words]
        if isinstance(layer, Pool) and any(layer.dropped):
            lines.append((_dropped(layer),))
        return given, *channels(layer), *lines
    if not drawn:
        return given, *channels(layer)
    turned = "drawn with stride 1, kernel turned by 180°:"
    return given, *channels(layer), (turned,), _drawn(layer)


def channels(layer: Layer) -> tuple[Chunks, ...]:
    """Return the line that says which of several channels is shown, if there are several."""
    if not layer.shown_channels:
        return ()
    first, _, others = layer.shown_channels_text.partition(" and ")
    return ((f"{first} and", others) if others else (first,),)


def _dropped(layer: Pool) -> str:
    """Return which window is left out."""
    places = [layer.dropped_place(axis) for axis in range(2) if layer.dropped[axis]]
    return f"the window that would begin {' or '.join(dict.fromkeys(places))} is dropped"


def _drawn(layer: Transposed) -> Chunks:
    """Return z and p′, from which the grid that the kernel slides over is made."""
    rows, columns = layer.axes
    z = layer.shown((rows.inserted, columns.inserted))
    chunks = f"z = s − 1 = {z},", f"p′ = {layer.p_prime_rule} = {minus(layer.shown(layer.p_prime))}"
    if layer.op == (0, 0):
        return chunks
    return chunks[0], f"{chunks[1]},", f"and op = {layer.shown(layer.op)} more at the end"


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
            lines.append(f"{word} {_spaced(layer, next_size)}")
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
    return f"{word} {_spaced(layer, (size[0], size[1]))}"


def canvas_captions(layer: Transposed) -> Chunks:
    """Return the size of what all stamps cover, and of what is left of it."""
    full, canvas, output = (
        _spaced(layer, size) for size in (layer.full_size, layer.canvas_size, layer.output_size)
    )
    more = (f"with op {canvas}",) if canvas != full else ()
    return f"full output {full}", *more, f"output {output}"


def output_captions(layer: Layer) -> Chunks:
    """Return the size of the output."""
    return (f"output {_spaced(layer, layer.output_size)}",)


def _spaced(layer: Layer, size: Pair) -> str:
    """Return a size as captions write it: «5 × 7»."""
    return layer.times(size).replace("×", " × ")


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
        assert isinstance(layer, Transposed)
        first, *others = _drawn(layer)
        return (start, f"work out {first}", *others)
    z = rows.inserted, columns.inserted
    if z == (0, 0):
        return start, "z = s − 1 = 0: no zeros to insert"
    zeros = "zero" if layer.shown(z) == "1" else "zeros"
    said = f"insert z = s − 1 = {layer.shown(z)} {zeros} between cells:"
    return start, said, f"{layer.times(layer.i)} → {layer.times(stretched)}"


def _padding_stage(layer: Layer) -> str:
    """Return what is padded and cropped, by which numbers."""
    padding, more, cropped = map(_any, parts(layer))
    if not isinstance(layer, Transposed):
        p = layer.shown(layer.p)
        return f"pad by p = {p}" if padding else f"p = {p}, nothing to pad"
    prime = minus(layer.shown(layer.p_prime))
    said = [f"pad by p′ = {prime}" if padding else f"p′ = {prime}"]
    if more or layer.op != (0, 0):
        said.append(f"op = {layer.shown(layer.op)} at the end")
    if cropped:
        said.append(f"crop {_sides(layer)}")
    return ", ".join(said) if padding or more or cropped else f"{said[0]}, nothing to pad"


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
    said = f"slide the kernel by s = {layer.shown(layer.s)}: {sizes}"
    if isinstance(layer, Transposed):
        said = f"slide the kernel, turned by 180°, with stride 1: {sizes}"
    return f"Stage {number} of {number}:", said


def formulas(layer: Layer) -> tuple[Chunks, ...]:
    """Return the output size's formula with the numbers put in, a line an axis if they differ."""
    letters = {letter: letter for letter in ("i", "k", "s", "d", "op")}
    uneven = any(before != after for before, after in layer.p)
    letters |= {"before": "p₁", "after": "p₂"} if uneven else {"before": "p"}
    general = _formula(layer, "o = ", letters)
    rows, columns = (_numbers(layer, axis, uneven) for axis in range(2))
    dropped = layer.dropped if isinstance(layer, Pool) else (0, 0)
    results = [
        f"{'− 1 ' if fewer else ''}= {size}"
        for size, fewer in zip(layer.output_size, dropped, strict=True)
    ]
    if rows == columns or layer.ndim == 1:
        less = ("− 1",) if dropped[1] else ()  # or what is equal would differ by one
        return ((general, *less, _formula(layer, "= ", columns, "·"), results[1]),)
    less = ("− 1" if all(dropped) else "− 1 where a window is dropped",) if any(dropped) else ()
    return (
        (general, *less),
        ("rows:", _formula(layer, "o = ", rows, "·"), results[0]),
        ("columns:", _formula(layer, "o = ", columns, "·"), results[1]),
    )


def _numbers(layer: Layer, axis: int, uneven: bool) -> dict[str, str]:
    """Return what replaces the letters in an axis's formula."""
    numbers = {letter: str(getattr(layer, letter)[axis]) for letter in "iksd"}
    before, after = map(str, layer.p[axis])
    numbers |= {"before": before, "after": after} if uneven else {"before": before}
    return numbers | {"op": str(layer.output_padding[axis])}


def _formula(layer: Layer, start: str, terms: Mapping[str, str], dot: str = "") -> str:
    """Return relationship 6 or 14, arXiv 1603.07285, with *terms* in it.

    It is their general form, with dilation (relationship 15), unequal padding and output
    padding; what has no part in the layer is left out. *dot* is written between factors. The
    fraction of a standard layer is mathtext, the rest is plain: mathtext takes a tenth of the
    time that a whole animation takes.
    """
    i, k, s, d = (terms[letter] for letter in "iksd")
    plus, minus = ("−", "+") if isinstance(layer, Transposed) else ("+", "−")
    kernel = f"{minus} {k}"
    if layer.d != (1, 1):
        kernel = f"{minus} {d}{dot}({k} − 1) {minus} 1"
    padding = f"{plus} 2{dot}{terms['before']}"
    if "after" in terms:
        padding = f"{plus} {terms['before']} {plus} {terms['after']}"
    if isinstance(layer, Transposed):
        more = f" + {terms['op']}" if layer.output_padding != (0, 0) else ""
        return f"{start}{s}{dot}({i} − 1) {kernel} {padding}{more}"
    above = f"{i} {padding} {kernel}"
    rounded = ("lceil", "rceil") if isinstance(layer, Pool) and layer.ceil else ("lfloor", "rfloor")
    for plain, mathtext in (("·", r"\cdot "), ("₁", "_1"), ("₂", "_2")):
        above = above.replace(plain, mathtext)
    return rf"${start}\left\{rounded[0]}\frac{{{above}}}{{{s}}}\right\{rounded[1]} + 1$"
