"""The words and formulas that the views put round their grids."""

from conv_anim.layer import Layer, SlidingAxis, Standard, either
from conv_anim.parse import Pair
from conv_anim.scene import Chunks


def title(layer: Layer) -> str:
    """Return the heading of a picture."""
    return f"{layer.name.capitalize()} convolution"


def counter(step: int, n_steps: int) -> str:
    """Return where the animation stands; steps count from 1."""
    return f"step {step} / {n_steps}"


def parameters(layer: Layer) -> tuple[Chunks, ...]:
    """Return the sizes as they were given and, transposed, what is drawn from them."""
    given = tuple(f"{letter} = {either(getattr(layer, letter))}" for letter in "ikps")
    if isinstance(layer, Standard):
        return (given,)
    rows, columns = layer.axes
    z = either((rows.inserted, columns.inserted))
    drawn = [layer.k[axis] - layer.p[axis] - 1 for axis in range(2)]
    return given, (
        "drawn with stride 1,",
        f"z = s − 1 = {z},",
        f"p′ = k − p − 1 = {either((drawn[0], drawn[1])).replace('-', '−')}",
    )


def input_captions(layer: Layer) -> Chunks:
    """Return the size of the input and of what it is made into, stage by stage."""
    rows, columns = layer.axes
    stages: list[tuple[str, Pair]] = [
        ("input", layer.i),
        ("zeros inserted", (rows.stretched_size, columns.stretched_size)),
        ("padded", (rows.padded_size, columns.padded_size)),
        ("cropped", (rows.size, columns.size)),
    ]
    lines = []
    size: Pair | None = None
    for word, next_size in stages:
        if next_size != size:
            lines.append(f"{word} {spaced(next_size)}")
        size = next_size
    return tuple(lines)


def output_captions(layer: Layer) -> Chunks:
    """Return the size of the output."""
    return (f"output {spaced(layer.output_size)}",)


def spaced(pair: Pair) -> str:
    """Return a size as captions write it: «5 × 7»."""
    return f"{pair[0]} × {pair[1]}"


def formulas(layer: Layer) -> tuple[Chunks, ...]:
    """Return the output size's formula with the numbers put in, a line an axis if they differ."""
    general, special = _FORMULAS[layer.name]
    rows, columns = (
        special(layer.i[axis], layer.k[axis], layer.p[axis], layer.s[axis], layer.axes[axis])
        for axis in range(2)
    )
    if rows == columns:
        return ((general, *rows),)
    return (general,), ("rows:", *rows), ("columns:", *columns)


def _standard(i: int, k: int, p: int, s: int, axis: SlidingAxis) -> Chunks:
    floor = rf"$= \left\lfloor\frac{{{i} + 2\cdot {p} - {k}}}{{{s}}}\right\rfloor + 1$"
    return floor, f"$= {axis.output_size}$"


def _transposed(i: int, k: int, p: int, s: int, axis: SlidingAxis) -> Chunks:
    return rf"$= {s}\cdot ({i} - 1) + {k} - 2\cdot {p}$", f"$= {axis.output_size}$"


_FORMULAS = {
    # Relationships 6 and 14, arXiv 1603.07285.
    "standard": (r"$o = \left\lfloor\frac{i + 2p - k}{s}\right\rfloor + 1$", _standard),
    "transposed": (r"$o = s(i - 1) + k - 2p$", _transposed),
}
