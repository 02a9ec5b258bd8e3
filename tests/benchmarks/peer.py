"""The ordinary way to make such an animation: matplotlib's FuncAnimation and PillowWriter.

``python -m tests.benchmarks.peer reused|cleared KIND I K P S FRAMES WIDTH HEIGHT OUT.gif`` draws
the first FRAMES steps of a layer on a canvas of the given size, with the same grids and words as
ours. ``reused`` makes its artists once and gives them new data; ``cleared`` clears the axes and
draws them again, as most scripts do.
"""

import sys
from typing import Any

import numpy as np
from matplotlib import use

use("Agg")

import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation, PillowWriter
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch, Rectangle

WORDS = {
    "inserted zero": "#d5dbe3",
    "input": "#5b9bd5",
    "kernel": "#bd5410",
    "output to come": "#e0f0e8",
    "now": "#0b6e4f",
    "done": "#7fc4a4",
}
COLOURS = ListedColormap(["#ffffff", *WORDS.values()])
ZERO, INPUT, KERNEL, TO_COME, NOW, DONE = 1, 2, 3, 4, 5, 6


def drawn_input(kind: str, i: int, k: int, p: int, s: int) -> tuple[np.ndarray[Any, Any], int]:
    """Return the grid that the kernel slides over, and the stride."""
    if kind == "standard":
        return np.pad(np.full((i, i), INPUT), p), s
    size = (i - 1) * s + 1
    stretched = np.full((size, size), ZERO)
    stretched[::s, ::s] = INPUT
    return np.pad(stretched, k - p - 1), 1


def main() -> None:
    way, kind, *numbers, out = sys.argv[1:]
    i, k, p, s, n_frames, width, height = map(int, numbers)
    grid, stride = drawn_input(kind, i, k, p, s)
    size = (grid.shape[0] - k) // stride + 1
    figure, axes = plt.subplots(1, 2, figsize=(width / 100, height / 100), dpi=100)
    ratio = grid.shape[0] / size  # cells of the same size in both grids
    axes[0].get_gridspec().set_width_ratios([ratio, 1])

    figure.suptitle(f"{kind} convolution\ni = {i}  k = {k}  p = {p}  s = {s}")
    formula = r"\left\lfloor\frac{i + 2p - k}{s}\right\rfloor + 1"
    figure.text(
        0.05, 0.15, f"$o = {formula if kind == 'standard' else 's(i - 1) + k - 2p'} = {size}$"
    )
    handles = [Patch(color=colour, label=word) for word, colour in WORDS.items()]
    figure.legend(handles=handles, loc="lower center", ncols=3)

    def states(step: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], int, int]:
        row, column = divmod(step, size)
        top, left = row * stride, column * stride
        seen = grid.copy()
        seen[top : top + k, left : left + k] = KERNEL
        output = np.full(size * size, TO_COME)
        output[:step] = DONE
        output[step] = NOW
        return seen, output.reshape(size, size), top, left

    def set_up(step: int) -> list[Any]:
        seen, output, top, left = states(step)
        artists: list[Any] = []
        for axis, data in zip(axes, (seen, output), strict=True):
            artists.append(
                axis.pcolormesh(data, cmap=COLOURS, vmin=0, vmax=6, edgecolors="white", linewidth=1)
            )
            axis.set(aspect="equal", xticks=[], yticks=[])
            axis.invert_yaxis()
        window = Rectangle((left, top), k, k, fill=False, edgecolor="black", lw=2)
        artists.append(axes[0].add_patch(window))
        artists.append(axes[1].set_title(f"step {step + 1} / {size * size}"))
        axes[0].set_xlabel(f"input {i} × {i}\npadded {len(grid)} × {len(grid)}")
        axes[1].set_xlabel(f"output {size} × {size}")
        return artists

    artists = set_up(0)

    def reuse(step: int) -> list[Any]:
        seen, output, top, left = states(step)
        artists[0].set_array(seen)
        artists[1].set_array(output)
        artists[2].set_xy((left, top))
        artists[3].set_text(f"step {step + 1} / {size * size}")
        return artists

    def clear(step: int) -> list[Any]:
        for axis in axes:
            axis.clear()
        return set_up(step)

    update = {"reused": reuse, "cleared": clear}[way]
    FuncAnimation(figure, update, frames=n_frames).save(out, writer=PillowWriter(fps=2))


if __name__ == "__main__":
    main()
