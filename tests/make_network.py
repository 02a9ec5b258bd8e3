"""Make ``network.json``: networks, and which cells depend on which by PyTorch's gradients.

``python -m tests.make_network`` needs PyTorch 2.13. All weights are 1. For what a cell depends on
pooling adds what is in its windows, so that the gradient counts the ways that lead to a cell; what
an input cell reaches comes from a forward run with PyTorch's own pooling, on that cell alone.
"""

import json
import math
import random
from typing import Any

import torch
from torch.nn import functional

from tests.support.network_cases import FILE, Case, text_of

MODES = {mode: mode for mode in ("reflect", "replicate", "circular")} | {"zeros": "constant"}
Given = dict[str, Any]


def draw_layer(rng: random.Random, ndim: int) -> list[Any]:
    """Return a random layer as [kind, arguments]."""
    kind = rng.choice(["standard"] * 4 + ["transposed"] * 2 + ["pool"] * 2 + ["upsample"])

    def each(*numbers: int) -> list[int]:
        return [rng.choice(numbers) for _ in range(ndim)]

    if kind == "upsample":
        return [kind, {"f": each(1, 2, 2, 3)}]
    given: Given = {"k": each(1, 2, 3, 3), "s": each(1, 1, 2, 3), "d": each(1, 1, 1, 2, 3)}
    if kind == "pool":
        given["mode"] = rng.choice(["max", "average"])
        if given["mode"] == "average":
            given["d"] = [1] * ndim
        span = [d * (k - 1) + 1 for d, k in zip(given["d"], given["k"], strict=True)]
        given["p"] = [[rng.randint(0, min(2, most // 2))] * 2 for most in span]
        given["ceil"] = rng.random() < 0.5
        return [kind, given]
    uneven = rng.random() < 0.3
    given["p"] = [
        [rng.randint(0, 2), rng.randint(0, 2)] if uneven else [rng.choice([0, 1, 1, 2])] * 2
        for _ in range(ndim)
    ]
    if kind == "standard":
        given["pad_mode"] = rng.choice(["zeros"] * 3 + ["reflect", "replicate", "circular"])
    else:
        given["op"] = [0 if uneven else rng.choice([0, 0, 1]) for _ in range(ndim)]
    return [kind, given]


def run(kind: str, given: Given, x: Any, *, adds: bool) -> Any:
    """Return what a layer with weights of 1 makes of (1, 1, rows, columns) or (1, 1, columns).

    If it *adds*, pooling does so, instead of what it does in PyTorch.
    """
    ndim = x.ndim - 2
    if kind == "upsample":
        return functional.interpolate(x, scale_factor=tuple(map(float, given["f"])))
    if kind == "pool":
        return pool(given, x, adds=adds)
    ones = torch.ones(1, 1, *given["k"], dtype=x.dtype)
    sizes = {"stride": given["s"], "dilation": given["d"]}
    if kind == "standard":
        sides = [cells for axis in reversed(given["p"]) for cells in axis]
        padded = functional.pad(x, sides, MODES[given["pad_mode"]])
        return (functional.conv2d if ndim == 2 else functional.conv1d)(padded, ones, **sizes)
    call = functional.conv_transpose2d if ndim == 2 else functional.conv_transpose1d
    if all(before == after for before, after in given["p"]):
        sizes |= {"padding": [p for p, _ in given["p"]], "output_padding": given["op"]}
        return call(x, ones, **sizes)
    whole = call(x, ones, **sizes)
    kept: Any = [
        slice(before, size - after)
        for (before, after), size in zip(given["p"], whole.shape[2:], strict=True)
    ]
    return whole[(..., *kept)]


def pool(given: Given, x: Any, *, adds: bool) -> Any:
    """Return PyTorch's pooling, or its windows' sums, of as many windows."""
    two = x.ndim == 4
    p = [before for before, _ in given["p"]]
    sizes = {"stride": given["s"], "padding": p, "ceil_mode": given["ceil"]}
    if given["mode"] == "average":
        pooled = (functional.avg_pool2d if two else functional.avg_pool1d)(x, given["k"], **sizes)
    else:
        sizes["dilation"] = given["d"]
        pooled = (functional.max_pool2d if two else functional.max_pool1d)(x, given["k"], **sizes)
    if not adds:
        return pooled
    far = [[before, before + 20] for before in p]  # a last window may reach past the padding
    wide = {**given, "p": far, "pad_mode": "zeros"}
    sums = run("standard", wide, x, adds=True)
    return sums[(..., *(slice(0, size) for size in pooled.shape[2:]))]


def draw(rng: random.Random) -> Case | None:
    """Return a case, or None where PyTorch refuses, or it is large or all too small."""
    ndim = rng.choice([1, 2])
    layers = [draw_layer(rng, ndim) for _ in range(rng.randint(2, 5))]
    i = [rng.randint(3, 16 if ndim == 1 else 7) for _ in range(ndim)]
    x = torch.zeros(1, 1, *i, dtype=torch.double, requires_grad=True)
    planes = [x]
    start = [rng.randrange(size) for size in i]
    impulse = torch.zeros(1, 1, *i, dtype=torch.double)
    impulse[(0, 0, *start)] = 1
    try:
        for kind, given in layers:
            planes.append(run(kind, given, planes[-1], adds=True))
            impulse = run(kind, given, impulse, adds=False)
    except (RuntimeError, ValueError):
        return None
    sizes = [list(plane.shape[2:]) for plane in planes]
    if math.prod(sizes[-1]) < 2 or max(map(math.prod, sizes)) > 120:
        return None
    assert planes[-1].shape == impulse.shape
    cell = [rng.randrange(size) for size in sizes[-1]]
    found = torch.autograd.grad(planes[-1][(0, 0, *cell)], planes[:-1], allow_unused=True)
    ways = [
        torch.zeros_like(plane) if way is None else way
        for plane, way in zip(planes, found, strict=False)
    ]
    paths = [int(number) for number in ways[0].ravel().tolist()]
    return [
        layers,
        i,
        cell,
        start,
        sizes,
        [text_of(way > 0) for way in ways],
        paths,
        text_of(impulse > 0),
    ]


def cases(rng: random.Random, count: int) -> list[Case]:
    """Return *count* networks that PyTorch takes, nine in ten with a cell that sees something."""
    found: list[Case] = []
    while len(found) < count:
        case = draw(rng)
        if case is not None and (any(case[6]) or rng.random() < 0.1):
            found.append(case)
    return found


if __name__ == "__main__":
    made = cases(random.Random(20261125), 240)
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in made)
    FILE.write_text(f"[\n{lines}\n]\n", "utf-8")
