"""Make ``channels.json``: layers with channels, and the numbers that PyTorch makes of them.

``python -m tests.make_channels`` needs PyTorch 2.13. Every layer is one that PyTorch takes; sizes,
numbers and channels are small, so that the file is.
"""

import json
import random
from typing import Any

import torch
from torch.nn import functional

from tests.support.channel_cases import FILE, Case, arrays


def channels(rng: random.Random) -> dict[str, int]:
    """Return channels: dense, in groups, or depthwise with or without a multiplier."""
    groups = rng.choice([1, 1, 2, 3])
    read, made = rng.choice([(1, 1), (1, 2), (2, 1), (2, 3), (3, 1), (3, 2)])
    return {"in_channels": groups * read, "out_channels": groups * made, "groups": groups}


def draw(rng: random.Random) -> Case:
    """Return a random layer with biases, and a seed for its numbers."""
    kind, ndim = rng.choice(["standard", "transposed", "pool"]), rng.choice([1, 2, 2])
    given: dict[str, Any] = {
        "i": [rng.randint(1, 4) for _ in range(ndim)],
        "k": [rng.randint(1, 3) for _ in range(ndim)],
        "s": [rng.randint(1, 3) for _ in range(ndim)],
        "p": [[rng.choice([0, 0, 1, 2])] * 2 for _ in range(ndim)],
        "d": [rng.choice([1, 1, 2]) for _ in range(ndim)],
    }
    bias: Any = 0
    if kind == "pool":
        given |= {"in_channels": rng.randint(2, 4), "mode": rng.choice(["max", "average"])}
        if given["mode"] == "average":
            given |= {"d": [1] * ndim, "count_include_pad": rng.random() < 0.5}
        given["ceil"] = rng.random() < 0.5
    else:
        given |= channels(rng)
        bias = rng.choice([0, -2, [rng.randint(-3, 3) for _ in range(given["out_channels"])]])
    if kind == "transposed":
        given["op"] = [rng.choice([0, 0, 1]) for _ in range(ndim)]
    return [kind, given, bias, rng.randrange(10**6)]


def compute(kind: str, given: dict[str, Any], bias: Any, seed: int) -> Any:
    """Return PyTorch's output, or None where it refuses or returns nothing."""
    call: Any
    two = len(given["i"]) == 2
    x, *kernels = (torch.tensor(array) for array in arrays(kind, given, seed))
    sizes: dict[str, Any] = {"stride": given["s"], "padding": [p for p, _ in given["p"]]}
    try:
        if kind == "pool":
            sizes["ceil_mode"] = given["ceil"]
            if given["mode"] == "max":
                call = functional.max_pool2d if two else functional.max_pool1d
                sizes["dilation"] = given["d"]
            else:
                call = functional.avg_pool2d if two else functional.avg_pool1d
                sizes["count_include_pad"] = given["count_include_pad"]
            result = call(x[None], given["k"], **sizes)[0]
        else:
            biases = torch.tensor(bias, dtype=torch.double).expand(given["out_channels"])
            sizes |= {"dilation": given["d"], "groups": given["groups"]}
            if kind == "standard":
                call = functional.conv2d if two else functional.conv1d
            else:
                call = functional.conv_transpose2d if two else functional.conv_transpose1d
                sizes["output_padding"] = given["op"]
            result = call(x[None], kernels[0], biases, **sizes)[0]
    except (RuntimeError, ValueError):
        return None
    return result if result.numel() else None


def whole(numbers: Any) -> Any:
    """Return nested lists with whole numbers as such, which are shorter."""
    if isinstance(numbers, list):
        return [whole(number) for number in numbers]
    return int(numbers) if numbers % 1 == 0 else numbers


def cases(rng: random.Random, count: int) -> list[Case]:
    """Return *count* layers that PyTorch takes, of few output cells."""
    found: list[Case] = []
    while len(found) < count:
        case = draw(rng)
        result = compute(*case)
        if result is not None and result.numel() <= 60 and not torch.isinf(result).any():
            found.append([*case, whole(result.tolist())])
    return found


if __name__ == "__main__":
    made = cases(random.Random(20261124), 360)
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in made)
    FILE.write_text(f"[\n{lines}\n]\n", "utf-8")
