"""The rules once more, obvious and slow: lists, loops over cells, one cell at a time."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from conv_anim.core.layer import Layer
from conv_anim.core.pool import Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.scene.states import State

small = st.integers(1, 5)
pairs = st.tuples(small, small)
dilations = st.tuples(*[st.sampled_from([1, 1, 1, 2, 3])] * 2)
Cell = tuple[int, int]


@st.composite
def standard_layers(draw: st.DrawFn) -> Standard:
    k, d, s = draw(pairs), draw(dilations), draw(pairs)
    p = draw(st.tuples(*[st.tuples(*[st.integers(0, 4)] * 2)] * 2))
    least = [max(1, d[axis] * (k[axis] - 1) + 1 - sum(p[axis])) for axis in range(2)]
    i = tuple(size + draw(st.integers(0, 5)) for size in least)
    return Standard(i=i, k=k, p=p, s=s, d=d)


@st.composite
def transposed_layers(draw: st.DrawFn) -> Transposed:
    i, k, d, s = draw(pairs), draw(pairs), draw(dilations), draw(pairs)
    op = tuple(draw(st.integers(0, max(s[axis], d[axis]) - 1)) for axis in range(2))
    full = [s[axis] * (i[axis] - 1) + d[axis] * (k[axis] - 1) + op[axis] for axis in range(2)]
    before = [draw(st.integers(0, most)) for most in full]
    after = [draw(st.integers(0, full[axis] - before[axis])) for axis in range(2)]
    p = tuple(zip(before, after, strict=True))
    return Transposed(i=i, k=k, p=p, s=s, d=d, op=op)


@st.composite
def copying_layers(draw: st.DrawFn) -> Standard:
    mode = draw(st.sampled_from(["reflect", "replicate", "circular"]))
    k, d, s = draw(pairs), draw(dilations), draw(pairs)
    p = draw(st.tuples(*[st.tuples(*[st.integers(0, 4)] * 2)] * 2))
    i = []
    for axis in range(2):
        most = {"reflect": max(p[axis]) + 1, "circular": max(p[axis]), "replicate": 1}[mode]
        least = max(1, most, d[axis] * (k[axis] - 1) + 1 - sum(p[axis]))
        i.append(least + draw(st.integers(0, 3)))
    return Standard(i=tuple(i), k=k, p=p, s=s, d=d, pad_mode=mode)


layers = st.one_of(standard_layers(), transposed_layers())
all_layers = st.one_of(standard_layers(), transposed_layers(), copying_layers())


@dataclass
class Side:
    """What is drawn before (0) or after (1) the stretched input: cells added, cells cropped."""

    added: Cell
    cropped: Cell


def slow_sides(layer: Layer) -> tuple[Side, Side]:
    """Return what is added and cropped at the top left and at the bottom right."""
    sides = []
    for end in range(2):
        added, cropped = [], []
        for axis in range(2):
            cells = layer.p[axis][end]
            if isinstance(layer, Transposed):
                cells = (
                    layer.d[axis] * (layer.k[axis] - 1) - cells + layer.output_padding[axis] * end
                )
            added.append(max(cells, 0))
            cropped.append(max(-cells, 0))
        sides.append(Side((added[0], added[1]), (cropped[0], cropped[1])))
    return sides[0], sides[1]


def slow_grid(layer: Layer) -> list[list[str]]:
    """Build the drawn grid by the text of the rules: insert zeros, then pad."""
    grid = [["input"] * layer.i[1] for _ in range(layer.i[0])]
    if isinstance(layer, Transposed):
        stretched = []
        for row in grid:
            line: list[str] = []
            for cell in row:
                line += [cell] + ["zero"] * (layer.s[1] - 1)
            line = line[: len(line) - (layer.s[1] - 1)]
            stretched += [line] + [["zero"] * len(line) for _ in range(layer.s[0] - 1)]
        grid = stretched[: len(stretched) - (layer.s[0] - 1)]
    first, last = slow_sides(layer)
    wide = [["padding"] * first.added[1] + row + ["padding"] * last.added[1] for row in grid]
    blank = ["padding"] * len(wide[0])
    return (
        [blank[:] for _ in range(first.added[0])] + wide + [blank[:] for _ in range(last.added[0])]
    )


@dataclass
class Window:
    """The cells under the kernel at one step."""

    taps: list[Cell]
    holes: list[Cell]


def slow_windows(layer: Layer) -> list[Window]:
    """Move the kernel until it falls off what the cropping has left."""
    grid, (first, last) = slow_grid(layer), slow_sides(layer)
    bottom, right = len(grid) - last.cropped[0], len(grid[0]) - last.cropped[1]
    stride = (1, 1) if isinstance(layer, Transposed) else layer.s
    windows = []
    for top in range(first.cropped[0], bottom, stride[0]):
        for left in range(first.cropped[1], right, stride[1]):
            taps = [
                (top + u * layer.d[0], left + v * layer.d[1])
                for u, v in product(range(layer.k[0]), range(layer.k[1]))
            ]
            if taps[-1][0] < bottom and taps[-1][1] < right:
                box = product(range(top, taps[-1][0] + 1), range(left, taps[-1][1] + 1))
                windows.append(Window(taps, [cell for cell in box if cell not in set(taps)]))
    return windows


def slow_sources(layer: Layer) -> dict[Cell, Cell]:
    """Return for every drawn cell that has an input cell's number that input cell, as drawn."""
    grid = slow_grid(layer)
    inputs = [(y, x) for y, row in enumerate(grid) for x, word in enumerate(row) if word == "input"]
    if not isinstance(layer, Standard) or layer.pad_mode == "zeros":
        return {cell: cell for cell in inputs}
    numbers = np.arange(len(inputs)).reshape(layer.i)
    if layer.pad_mode == "reflect":
        padded = np.pad(numbers, layer.p, mode="reflect")
    elif layer.pad_mode == "replicate":
        padded = np.pad(numbers, layer.p, mode="edge")
    else:
        padded = np.pad(numbers, layer.p, mode="wrap")
    return {(y, x): inputs[number] for (y, x), number in np.ndenumerate(padded)}


def slow_states(layer: Layer) -> list[list[State]]:
    """Name the resting state of every cell, one by one."""
    grid, (first, last) = slow_grid(layer), slow_sides(layer)
    sources = slow_sources(layer)
    read = {cell for window in slow_windows(layer) for cell in window.taps}
    read |= {sources[cell] for cell in read if cell in sources}
    states = []
    for y, row in enumerate(grid):
        line = []
        for x, word in enumerate(row):
            inside_rows = first.cropped[0] <= y < len(grid) - last.cropped[0]
            inside_columns = first.cropped[1] <= x < len(row) - last.cropped[1]
            if not (inside_rows and inside_columns):
                line.append(State.CROPPED_INPUT if word == "input" else State.CROPPED_ZERO)
            elif (y, x) not in read:
                line.append(State[f"UNREAD_{word.upper()}"])
            else:
                line.append(State[word.upper()])
        states.append(line)
    return states


def slow_outputs(layer: Layer) -> tuple[list[State], list[State]]:
    """Name every output cell before its step and after it, one by one."""
    sources = slow_sources(layer)
    rows, columns = layer.output_size
    before, after = [], []
    for number, window in enumerate(slow_windows(layer)):
        row, column = divmod(number, columns)
        bottom, right = layer.output_padding
        extra = row >= rows - bottom or column >= columns - right
        reached = any(cell in sources for cell in window.taps)
        before.append(State.EXTRA_TO_COME if extra else State.TO_COME)
        done = State.EXTRA_DONE if extra else State.DONE
        after.append(done if reached else State.UNREACHED_DONE)
    return before, after


def slow_values(
    layer: Layer, x: NDArray[np.float64], w: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Compute the layer: gather window by window, or stamp cell by cell and crop."""
    (top, bottom), (left, right) = layer.p
    span = [layer.d[axis] * (layer.k[axis] - 1) + 1 for axis in range(2)]
    if not isinstance(layer, Transposed):
        padded = np.pad(x, layer.p)
        output = np.zeros(layer.output_size)
        for a, b in np.ndindex(*layer.output_size):
            y, x0 = a * layer.s[0], b * layer.s[1]
            window = padded[y : y + span[0] : layer.d[0], x0 : x0 + span[1] : layer.d[1]]
            output[a, b] = (window * w).sum()
        return output
    full = np.zeros(
        [
            layer.s[axis] * (layer.i[axis] - 1) + span[axis] + layer.output_padding[axis]
            for axis in range(2)
        ]
    )
    for a, b in np.ndindex(*layer.i):
        y, x0 = a * layer.s[0], b * layer.s[1]
        full[y : y + span[0] : layer.d[0], x0 : x0 + span[1] : layer.d[1]] += x[a, b] * w
    return full[top : full.shape[0] - bottom, left : full.shape[1] - right]


@st.composite
def pooling_layers(draw: st.DrawFn) -> Pool:
    mode = draw(st.sampled_from(["max", "average"]))
    k, s = draw(pairs), draw(pairs)
    d = draw(dilations) if mode == "max" else (1, 1)
    span = [d[axis] * (k[axis] - 1) + 1 for axis in range(2)]
    p = tuple(draw(st.integers(0, size // 2)) for size in span)
    i = tuple(max(1, span[axis] - 2 * p[axis]) + draw(st.integers(0, 5)) for axis in range(2))
    counted = mode == "max" or draw(st.booleans())
    return Pool(
        i=i, k=k, s=s, p=p, d=d, mode=mode, ceil=draw(st.booleans()), count_include_pad=counted
    )


def slow_pool(layer: Pool, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take the largest, or the mean, of what each window has in the input, cell by cell."""
    output = np.empty(layer.output_size)
    for at in np.ndindex(*layer.output_size):
        taps = [
            [at[axis] * layer.s[axis] - layer.p[axis][0] + u * layer.d[axis] for u in range(size)]
            for axis, size in enumerate(layer.k)
        ]
        inside = [[y for y in taps[axis] if 0 <= y < layer.i[axis]] for axis in range(2)]
        found = [x[y, z] for y, z in product(*inside)]
        if layer.mode == "max":
            output[at] = max(found, default=-np.inf)
        else:
            padded = [
                [y for y in taps[axis] if y < layer.i[axis] + layer.p[axis][1]] for axis in range(2)
            ]
            counted = padded if layer.count_include_pad else inside
            output[at] = sum(found) / (len(counted[0]) * len(counted[1]))
    return output


def inside(layer: Transposed) -> tuple[slice, ...]:
    """Return which rows and columns of the canvas of all stamps are the output."""
    return tuple(slice(p[0], p[0] + o) for p, o in zip(layer.p, layer.output_size, strict=True))
