"""Every layer against PyTorch's own results: sizes, refusals, and which cell reaches which."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conv_anim.core import steps
from conv_anim.core.axis import SlidingAxis
from conv_anim.core.layer import Layer
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.scene.states import State

ORACLE = json.loads((Path(__file__).parent / "oracle.json").read_text("utf-8"))
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def build(kind: str, i: list[int], k: Any, p: Any, s: Any, d: Any, op: Any) -> Layer:
    sizes = {"i": i, "k": k, "s": s, "d": d, "p": [tuple(axis) for axis in p], "ndim": len(i)}
    return Standard(**sizes) if kind == "standard" else Transposed(**sizes, op=op)


def axis_connections(axis: SlidingAxis, turned: bool) -> np.ndarray[Any, np.dtype[np.intp]]:
    """Return the tap, from 1, by which each input cell reaches each output cell of one axis."""
    kinds = steps.kinds(axis)
    number = np.cumsum(kinds == State.INPUT) - 1
    result = np.zeros((axis.input_size, axis.output_size), int)
    for output, cells in enumerate(steps.taps(axis)):
        for tap, cell in enumerate(cells):
            if kinds[cell] == State.INPUT:
                weight = axis.kernel_size - 1 - tap if turned else tap
                result[number[cell], output] = weight + 1
    return result


def connections(layer: Layer) -> list[str]:
    """Return the connections as the oracle writes them."""
    # The zero-insertion picture of a transposed layer slides the kernel turned by 180°.
    rows, columns = (axis_connections(axis, isinstance(layer, Transposed)) for axis in layer.axes)
    both = np.multiply.outer(rows > 0, columns > 0)
    taps = np.add.outer((rows - 1) * layer.k[1], columns) * both
    table = taps.swapaxes(1, 2).reshape(layer.i[0] * layer.i[1], layer.n_steps)
    return ["".join(DIGITS[tap] for tap in row) for row in table]


def check(case: list[Any]) -> None:
    *layer_of, size, connected = case
    if size is None:
        with pytest.raises(ValueError, match=r"lower|give"):
            build(*layer_of)
        return
    layer = build(*layer_of)
    assert list(layer.output_size)[-len(size) :] == size, case
    if connected is not None:
        assert connections(layer) == connected, case


def test_sizes_and_refusals_are_pytorchs() -> None:
    plain = [case for case in ORACLE if case[-1] is None]
    refused = [case for case in plain if case[-2] is None]
    assert len(plain) >= 3000
    assert 300 < len(refused) < 2000  # of both there are enough
    for case in plain:
        check(case)


def test_connections_are_pytorchs() -> None:
    connected = [case for case in ORACLE if case[-1] is not None]
    assert len(connected) >= 600
    assert {(case[0], len(case[1])) for case in connected} == {
        ("standard", 1), ("standard", 2), ("transposed", 1), ("transposed", 2)
    }  # fmt: skip
    for case in connected:
        check(case)


def test_fresh_cases_agree_with_pytorch() -> None:
    pytest.importorskip(
        "torch", reason="PyTorch is not installed; the committed cases were checked"
    )
    from tests.make_oracle import cases

    for case in cases(random.Random(1), count=400, connected=60):
        check(case)
