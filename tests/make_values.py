"""Make ``values.json``: layers with numbers, and the numbers that PyTorch makes of them.

``python -m tests.make_values`` needs PyTorch 2.13. A case is [kind, arguments, input, kernel,
bias, output]; the output is null where PyTorch refuses the layer or returns nothing. Numbers are
small whole ones, computed in double precision.
"""

import json
import random
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

VALUES = Path(__file__).parent / "values.json"
MODES = ["zeros", "reflect", "replicate", "circular"]
Case = list[Any]


def nested(rng: random.Random, size: list[int], most: int) -> Any:
    if not size:
        return rng.randint(-most, most)
    return [nested(rng, size[1:], most) for _ in range(size[0])]


def standard(rng: random.Random, ndim: int) -> dict[str, Any]:
    p = [[rng.randint(0, 3), rng.randint(0, 3)] for _ in range(ndim)]
    return {"p": p, "pad_mode": rng.choice(MODES)}


def transposed(rng: random.Random, ndim: int) -> dict[str, Any]:
    p = [[rng.randint(0, 2)] * 2 for _ in range(ndim)]
    return {"p": p, "op": [rng.choice([0, 0, 1, 2]) for _ in range(ndim)]}


def pool(rng: random.Random, ndim: int) -> dict[str, Any]:
    mode = rng.choice(["max", "average"])
    p = [[rng.choice([0, 0, 1, 1, 2])] * 2 for _ in range(ndim)]
    more = {"count_include_pad": rng.random() < 0.5} if mode == "average" else {}
    return {"p": p, "mode": mode, "ceil": rng.random() < 0.5, **more}


DRAW = {"standard": standard, "transposed": transposed, "pool": pool}


def draw(rng: random.Random) -> Case:
    """Return a random layer with numbers."""
    kind, ndim = rng.choice(list(DRAW)), rng.choice([1, 2, 2])
    own = DRAW[kind](rng, ndim)
    sizes = {
        "i": [rng.randint(1, 6) for _ in range(ndim)],
        "k": [rng.randint(1, 3) for _ in range(ndim)],
        "s": [rng.randint(1, 3) for _ in range(ndim)],
        "d": [1 if own.get("mode") == "average" else rng.choice([1, 1, 2]) for _ in range(ndim)],
    }
    return [kind, {**sizes, **own}, nested(rng, sizes["i"], 4), nested(rng, sizes["k"], 3),
            rng.choice([0, 0, -2, 3])]  # fmt: skip


def compute(kind: str, given: dict[str, Any], x: Any, w: Any, bias: int) -> Any:
    """Return PyTorch's output, or None where it refuses or returns nothing."""
    ndim = len(given["i"])
    image = torch.tensor(x, dtype=torch.double)[None, None]
    kernel = torch.tensor(w, dtype=torch.double)[None, None]
    start = [before for before, _ in given["p"]]
    same = {"stride": given["s"], "dilation": given["d"]}
    try:
        if kind == "standard":
            sides = [side for axis in reversed(given["p"]) for side in axis]
            mode = given["pad_mode"].replace("zeros", "constant")
            padded = functional.pad(image, sides, mode=mode)
            call = functional.conv2d if ndim == 2 else functional.conv1d
            result = call(padded, kernel, **same) + bias
        elif kind == "transposed":
            call = functional.conv_transpose2d if ndim == 2 else functional.conv_transpose1d
            result = call(image, kernel, padding=start, output_padding=given["op"], **same) + bias
        elif given["mode"] == "max":
            call = functional.max_pool2d if ndim == 2 else functional.max_pool1d
            result = call(image, given["k"], padding=start, ceil_mode=given["ceil"], **same)
        else:
            call = functional.avg_pool2d if ndim == 2 else functional.avg_pool1d
            result = call(image, given["k"], given["s"], start, given["ceil"],
                          given["count_include_pad"])  # fmt: skip
    except (RuntimeError, ValueError):
        return None
    return result[0, 0].tolist() if result.numel() else None


def cases(rng: random.Random, count: int) -> list[Case]:
    drawn = [draw(rng) for _ in range(count)]
    return [[*case, compute(*case)] for case in drawn]


if __name__ == "__main__":
    made = cases(random.Random(20261123), 700)
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in made)
    VALUES.write_text(f"[\n{lines}\n]\n", "utf-8")
