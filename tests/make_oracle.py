"""Make ``oracle.json``: layers, and what PyTorch makes of them.

``python -m tests.make_oracle`` needs PyTorch 2.13. Sizes come from PyTorch's own results, and so do
connections: an input of zeros with a single one, and a kernel that counts its taps, show which
input cell reaches which output cell through which tap. An empty result counts as a refusal.

A case is [kind, i, k, p, s, d, op, output size or null, connections or null]; a connection is the
number of the tap from 1, as one digit in base 36, 0 for none: a row for every input cell.
"""

import json
import random
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

ORACLE = Path(__file__).parent / "oracle.json"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
Case = list[Any]


def run(kind: str, x: torch.Tensor, k: list[int], p: Any, s: Any, d: Any, op: Any) -> torch.Tensor:
    """Return PyTorch's result for one channel of doubles, or raise what it raises."""
    ndim = len(k)
    kernel = torch.arange(1, torch.tensor(k).prod().item() + 1, dtype=torch.double)
    kernel = kernel.reshape(1, 1, *k)
    if kind == "standard":
        sides = [side for axis in reversed(p) for side in axis]  # last axis first
        convolve = functional.conv2d if ndim == 2 else functional.conv1d
        return convolve(functional.pad(x, sides), kernel, stride=s, dilation=d)
    transpose = functional.conv_transpose2d if ndim == 2 else functional.conv_transpose1d
    if all(before == after for before, after in p):
        one_side = [before for before, _ in p]
        return transpose(x, kernel, stride=s, padding=one_side, output_padding=op, dilation=d)
    full = transpose(x, kernel, stride=s, output_padding=op, dilation=d)
    for axis, (before, after) in enumerate(p, 2):
        full = full.narrow(axis, before, full.shape[axis] - before - after)
    return full


def output_size(kind: str, i: list[int], *sizes: Any) -> list[int] | None:
    """Return the output size, or None where PyTorch refuses or returns nothing."""
    try:
        size = list(run(kind, torch.zeros(1, 1, *i, dtype=torch.double), *sizes).shape[2:])
    except (RuntimeError, ValueError):
        return None
    return size if all(size) else None


def connections(kind: str, i: list[int], *sizes: Any) -> list[str]:
    """Return for every input cell the taps by which it reaches the output cells."""
    cells = torch.tensor(i).prod().item()
    rows = []
    for cell in range(int(cells)):
        x = torch.zeros(int(cells), dtype=torch.double)
        x[cell] = 1
        result = run(kind, x.reshape(1, 1, *i), *sizes).ravel()
        rows.append("".join(DIGITS[round(value)] for value in result.tolist()))
    return rows


def draw(rng: random.Random, small: bool) -> Case:
    """Return a random layer, valid or not."""
    kind = rng.choice(["standard", "transposed"])
    ndim = rng.choice([1, 2])
    most = 4 if small else 9

    def size(low: int, high: int) -> list[int]:
        return [rng.randint(low, high) for _ in range(ndim)]

    k = size(1, 3 if small else 6)
    d = [rng.choice([1, 1, 2, 3]) for _ in range(ndim)]
    s = size(1, 4)
    p = [[rng.randint(0, most // 2)] * 2 for _ in range(ndim)]
    if rng.random() < 0.4:
        p = [size(0, most // 2)[:1] + size(0, most // 2)[:1] for _ in range(ndim)]
    op = [rng.choice([0, 0, 1, 2, 3]) for _ in range(ndim)] if kind == "transposed" else [0] * ndim
    return [kind, size(1, most), k, p, s, d, op]


def cases(rng: random.Random, count: int, connected: int) -> list[Case]:
    """Return *count* layers, and *connected* small ones with their connections."""
    result = []
    for _ in range(count):
        kind, i, *sizes = draw(rng, small=False)
        result.append([kind, i, *sizes, output_size(kind, i, *sizes), None])
    while len(result) < count + connected:
        kind, i, *sizes = draw(rng, small=True)
        size = output_size(kind, i, *sizes)
        if size is not None and torch.tensor([*size, *i]).prod() <= 250:
            result.append([kind, i, *sizes, size, connections(kind, i, *sizes)])
    return result


if __name__ == "__main__":
    made = cases(random.Random(20261122), count=3000, connected=600)
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in made)
    ORACLE.write_text(f"[\n{lines}\n]\n", "utf-8")
