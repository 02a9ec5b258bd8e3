"""Networks of any kinds of layers, drawn by hypothesis."""

import random

from hypothesis import strategies as st

from conv_anim import Network
from conv_anim.core.layer import Layer
from conv_anim.errors import InputError
from tests.support.network_cases import layer_of


@st.composite
def networks(draw: st.DrawFn, most_layers: int = 4, most_cells: int = 14) -> Network:
    """Return a network whose layers are as those of the committed cases."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    ndim = rng.choice([1, 2])
    while True:
        layers: list[Layer] = []
        for _ in range(rng.randint(1, most_layers)):
            kind = rng.choice(["standard", "standard", "transposed", "pool", "upsample"])
            k, s, d = rng.randint(1, 3), rng.randint(1, 3), rng.randint(1, 2)
            p = [[rng.randint(0, 2), rng.randint(0, 2)]] * ndim
            given: dict[str, object] = {"k": k, "s": s, "d": d, "p": p}
            if kind == "upsample":
                given = {"f": k}
            elif kind == "pool":
                given |= {"p": [[k // 2, k // 2]] * ndim, "ceil": rng.random() < 0.5}
            elif kind == "standard" and rng.random() < 0.3:
                given["pad_mode"] = rng.choice(["circular", "replicate", "reflect"])
            layers.append(layer_of(kind, given, ndim))
        try:
            network = Network(layers, i=rng.randint(1, most_cells))
        except InputError:
            continue
        if max(max(size) for size in network.sizes) <= 3 * most_cells:
            return network
