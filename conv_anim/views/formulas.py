"""The formula of a layer's output size, in letters and with the numbers put in.

Relationships 6 and 14, arXiv 1603.07285, in their general form, with dilation (relationship 15),
unequal padding and output padding; what has no part in the layer is left out.
"""

from collections.abc import Mapping
from functools import singledispatch

from conv_anim.core.layer import Layer
from conv_anim.core.transposed import Transposed
from conv_anim.scene.scene import Chunks


def formulas(layer: Layer) -> tuple[Chunks, ...]:
    """Return the output size's formula with the numbers put in, a line an axis if they differ."""
    letters = {letter: letter for letter in ("i", "k", "s", "d", "op")}
    uneven = any(before != after for before, after in layer.p)
    letters |= {"before": "p₁", "after": "p₂"} if uneven else {"before": "p"}
    general = _formula(layer, "o = ", letters)
    rows, columns = (_numbers(layer, axis, uneven) for axis in range(2))
    dropped = layer.dropped
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


@singledispatch
def _formula(layer: Layer, start: str, terms: Mapping[str, str], dot: str = "") -> str:
    """Return the formula with *terms* in it; *dot* is written between factors.

    The fraction is mathtext, all other kinds' formulas are plain: mathtext takes a tenth of the
    time that a whole animation takes.
    """
    kernel, padding = _kernel_and_padding(layer, terms, dot, ("+", "−"))
    above = f"{terms['i']} {padding} {kernel}"
    side = "ceil" if layer.rounds_up else "floor"
    for plain, mathtext in (("·", r"{\cdot}"), ("₁", "_1"), ("₂", "_2")):
        above = above.replace(plain, mathtext)
    return rf"${start}\,\left\l{side}\frac{{{above}}}{{{terms['s']}}}\right\r{side} + 1$"


@_formula.register
def _transposed(layer: Transposed, start: str, terms: Mapping[str, str], dot: str = "") -> str:
    kernel, padding = _kernel_and_padding(layer, terms, dot, ("−", "+"))
    more = f" + {terms['op']}" if layer.op != (0, 0) else ""
    return f"{start}{terms['s']}{dot}({terms['i']} − 1) {kernel} {padding}{more}"


def _kernel_and_padding(
    layer: Layer, terms: Mapping[str, str], dot: str, signs: tuple[str, str]
) -> tuple[str, str]:
    """Return what kernel and padding add; *signs* are those of padding and of subtraction."""
    plus, minus = signs
    kernel = f"{minus} {terms['k']}"
    if layer.d != (1, 1):
        kernel = f"{minus} {terms['d']}{dot}({terms['k']} − 1) {minus} 1"
    if "after" in terms:
        return kernel, f"{plus} {terms['before']} {plus} {terms['after']}"
    return kernel, f"{plus} 2{dot}{terms['before']}"
