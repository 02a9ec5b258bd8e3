"""Networks and what PyTorch's gradients say of them; ``make_network`` made them.

A case is [layers, input size, cell, input cell, sizes, fields, paths, reached]: the layers as
[kind, arguments]; fields are those of the cell in the input and in what each layer but the last
makes, and with what the input cell reaches texts of 0 and 1, cell by cell; paths are numbers.
"""

import json
from pathlib import Path
from typing import Any

from conv_anim import Network, Pool, Standard, Transposed, Upsample
from conv_anim.core.layer import Layer

FILE = Path(__file__).parent.parent / "network.json"
KINDS = {"standard": Standard, "transposed": Transposed, "pool": Pool, "upsample": Upsample}
Case = list[Any]


def cases() -> list[Case]:
    found: list[Case] = json.loads(FILE.read_text("utf-8"))
    return found


def layer_of(kind: str, given: dict[str, Any], ndim: int) -> Layer:
    """Return a layer of a case, without the size of its input."""
    sizes = dict(given)
    if "p" in sizes:
        sizes["p"] = [tuple(sides) for sides in sizes["p"]]
    layer: Layer = KINDS[kind](**sizes, ndim=ndim)
    return layer


def network_of(layers: list[Any], i: list[int]) -> Network:
    """Return the network of a case."""
    return Network([layer_of(kind, given, len(i)) for kind, given in layers], i=i)


def check(case: Case) -> None:
    """Check that a network says of itself what PyTorch says."""
    layers, i, cell, input_cell, sizes, fields, paths, reached = case
    network = network_of(layers, i)
    at, start = (tuple(place) if len(i) == 2 else place[0] for place in (cell, input_cell))
    assert [list(size)[-len(i) :] for size in network.sizes] == sizes, case
    found = network.fields(at)
    assert [field.shape for field in found] == [tuple(size) for size in sizes], case
    assert [text_of(field) for field in found[:-1]] == fields, case
    assert found[-1].sum() == found[-1][at] == 1, case
    assert (network.field(at) == found[0]).all(), case
    assert network.paths(at).ravel().tolist() == paths, case
    assert text_of(network.reaches(start)) == reached, case


def text_of(cells: Any) -> str:
    """Return which cells are so as a text of 0 and 1."""
    return "".join("01"[int(is_so)] for is_so in cells.ravel().tolist())
