"""The rules once more, obvious and slow: lists, loops over cells, one cell at a time."""

from hypothesis import strategies as st

from conv_anim.cells import State
from conv_anim.layer import Layer, Standard, Transposed

small = st.integers(1, 6)


@st.composite
def standard_layers(draw: st.DrawFn) -> Standard:
    i, p = draw(st.tuples(small, small)), draw(st.tuples(*[st.integers(0, 4)] * 2))
    k = tuple(draw(st.integers(1, min(7, i[axis] + 2 * p[axis]))) for axis in range(2))
    return Standard(i=i, k=k, p=p, s=draw(st.tuples(small, small)))


@st.composite
def transposed_layers(draw: st.DrawFn) -> Transposed:
    i, k, s = (draw(st.tuples(small, small)) for _ in range(3))
    most = [(s[axis] * (i[axis] - 1) + k[axis] - 1) // 2 for axis in range(2)]
    return Transposed(i=i, k=k, s=s, p=tuple(draw(st.integers(0, p)) for p in most))


layers = st.one_of(standard_layers(), transposed_layers())


def slow_grid(layer: Layer) -> tuple[list[list[str]], tuple[int, int]]:
    """Build the drawn grid by the text of the rules: words for cells, and where sliding starts."""
    grid = [["input"] * layer.i[1] for _ in range(layer.i[0])]
    if isinstance(layer, Standard):
        (above, left), (below, right) = layer.p, layer.p
        crop = (0, 0)
    else:
        stretched = []
        for row in grid:
            line: list[str] = []
            for cell in row:
                line += [cell] + ["zero"] * (layer.s[1] - 1)
            line = line[: len(line) - (layer.s[1] - 1)]
            stretched += [line] + [["zero"] * len(line) for _ in range(layer.s[0] - 1)]
        grid = stretched[: len(stretched) - (layer.s[0] - 1)]
        prime = (layer.k[0] - layer.p[0] - 1, layer.k[1] - layer.p[1] - 1)
        (above, left), (below, right) = [(max(prime[0], 0), max(prime[1], 0))] * 2
        crop = (max(-prime[0], 0), max(-prime[1], 0))
    wide = [["padding"] * left + row + ["padding"] * right for row in grid]
    blank = ["padding"] * len(wide[0])
    return [blank[:] for _ in range(above)] + wide + [blank[:] for _ in range(below)], crop


def slow_windows(layer: Layer) -> list[set[tuple[int, int]]]:
    """List the cells under the kernel at every step, by moving it until it falls off."""
    grid, crop = slow_grid(layer)
    bottom, right = len(grid) - crop[0], len(grid[0]) - crop[1]
    stride = layer.s if isinstance(layer, Standard) else (1, 1)
    return [
        {(row + y, column + x) for y in range(layer.k[0]) for x in range(layer.k[1])}
        for row in range(crop[0], bottom - layer.k[0] + 1, stride[0])
        for column in range(crop[1], right - layer.k[1] + 1, stride[1])
    ]


def slow_states(layer: Layer) -> list[list[State]]:
    """Name the resting state of every cell, one by one."""
    grid, crop = slow_grid(layer)
    read = set().union(*slow_windows(layer))
    states = []
    for y, row in enumerate(grid):
        line = []
        for x, word in enumerate(row):
            inside_rows = crop[0] <= y < len(grid) - crop[0]
            inside_columns = crop[1] <= x < len(row) - crop[1]
            if not (inside_rows and inside_columns):
                line.append(State.CROPPED_INPUT if word == "input" else State.CROPPED_ZERO)
            elif (y, x) not in read:
                line.append(State[f"UNREAD_{word.upper()}"])
            else:
                line.append(State[word.upper()])
        states.append(line)
    return states
