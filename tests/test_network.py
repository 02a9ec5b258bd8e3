"""Networks: sizes, what a cell sees, and what is refused."""

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import conv_anim
from conv_anim import Network, Pool, Standard, Transposed, Upsample, animate
from conv_anim.core import closed_form, fields
from conv_anim.core.layer import Layer
from conv_anim.core.layer_words import label
from tests.support.network_cases import cases, check, network_of

CASES = cases()


def test_cells_see_what_pytorch_says() -> None:
    for case in CASES:
        check(case)


def test_the_cases_have_everything_in_them() -> None:
    seen: Counter[Any] = Counter()
    for layers, i, _, _, _, _, paths, _ in CASES:
        seen["axes", len(i)] += 1
        seen["layers", len(layers)] += 1
        seen["many ways", max(paths) > 9] += 1
        for kind, sizes in layers:
            seen[kind, len(i)] += 1
            if kind != "upsample":
                seen["dilation", kind, max(sizes["d"]) > 1] += 1
            seen["gaps", max(sizes.get("s", [1])) > max(sizes.get("k", [9]))] += 1
            seen["op", any(sizes.get("op", []))] += 1
            if kind == "pool":
                seen[sizes["mode"], "ceil", sizes["ceil"]] += 1
            if kind == "standard":
                seen[sizes["pad_mode"]] += any(map(any, sizes["p"]))
            if kind in ("standard", "transposed"):
                seen[kind, "uneven", any(a != b for a, b in sizes["p"])] += 1
    assert min(seen.values()) >= 5, seen.most_common()[-5:]


def test_fresh_cases_agree_with_pytorch() -> None:
    pytest.importorskip(
        "torch", reason="PyTorch is not installed; the committed cases were checked"
    )
    from tests.make_network import cases as fresh

    for case in fresh(random.Random(5), 150):
        check(case)


@st.composite
def standard_layers(draw: st.DrawFn, ndim: int, pad_mode: str = "zeros") -> Layer:
    return Standard(
        k=draw(st.integers(1, 4)),
        s=draw(st.integers(1, 3)),
        d=draw(st.integers(1, 3)),
        p=f"{draw(st.integers(0, 3))}:{draw(st.integers(0, 3))}",
        pad_mode=pad_mode,
        ndim=ndim,
    )


@st.composite
def pooling_layers(draw: st.DrawFn, ndim: int) -> Layer:
    k = draw(st.integers(1, 3))
    p, s = draw(st.integers(0, k // 2)), draw(st.integers(1, 3))
    return Pool(k=k, s=s, p=p, ceil=draw(st.booleans()), ndim=ndim)


@st.composite
def dense_transposed_layers(draw: st.DrawFn, ndim: int) -> Layer:
    return Transposed(k=draw(st.integers(1, 4)), s=1, p=0, d=draw(st.integers(1, 2)), ndim=ndim)


@st.composite
def sliding_networks(draw: st.DrawFn) -> Network:
    """Return a network whose cells all see the same, each a jump further."""
    ndim = draw(st.integers(1, 2))
    kinds = st.one_of(standard_layers(ndim), pooling_layers(ndim), dense_transposed_layers(ndim))
    layers = draw(st.lists(kinds, min_size=1, max_size=5))
    try:
        return Network(layers, i=draw(st.integers(1, 40)))
    except ValueError:
        assume(False)
        raise


def interval(layers: tuple[Layer, ...], axis: int, cell: int) -> tuple[int, int]:
    *_, found = closed_form.reaches(layers, axis)
    assert isinstance(found, closed_form.Reach)
    first = found.start + cell * found.jump
    return first, first + found.size - 1


@given(sliding_networks())
def test_the_closed_form_is_what_cells_see(network: Network) -> None:
    assert not network.why_none
    axis, n_layers = 1, len(network.layers)
    reach = network.reaches_of_layers[-1][axis]
    assert isinstance(reach, closed_form.Reach)
    size, jump, start = reach
    said = network.receptive_field, network.jump, network.start
    assert [along and along[axis] for along in said] == [size, jump, start]
    for cell in range(network.output_size[axis]):
        first = start + cell * jump
        last = first + size - 1
        assert (first, last) == interval(network.layers, axis, cell)
        seen = network.fields_along(cell if network.ndim == 1 else (0, cell))[0][axis]
        ends = fields.ends(seen)
        assert ends is None or (first <= ends[0] and ends[1] <= last)
        on_the_way = [interval(network.layers[at:], axis, cell) for at in range(n_layers)]
        if all(
            a >= 0 and b < layer.i[axis]
            for layer, (a, b) in zip(network.layers, on_the_way, strict=True)
        ):
            assert ends == (first, last)


@given(sliding_networks())
def test_what_a_cell_sees_reaches_it(network: Network) -> None:
    rng = random.Random(0)
    at = tuple(rng.randrange(size) for size in network.i)
    start = at if network.ndim == 2 else at[1]
    reached = network.reaches(start)
    for cell in np.ndindex(reached.shape):
        one = cell if network.ndim == 2 else cell[0]
        assert network.field(one)[start] == reached[cell]
        assert bool(network.paths(one)[start] > 0) == reached[cell]


CLOSED: dict[str, tuple[Network, Any, Any, Any]] = {
    "three 3×3 are one 7×7": (Network([Standard(k=3, p=1)] * 3), (7, 7), (1, 1), (-3, -3)),
    "stride and pooling": (
        Network([Standard(k=3, p=1), Standard(k=3, s=2, p=1), Pool(k=2)], i=16),
        *((7, 7), (4, 4), (-2, -2)),
    ),
    "dilated and causal": (
        Network([Standard(k=2, d=d, p="causal", ndim=1) for d in (1, 2, 4, 8)], i=16),
        *((1, 16), (1, 1), (0, -15)),
    ),
    "stride beyond the kernel": (
        Network([Standard(k=1, s=3), Standard(k=2)], i=9),
        *((4, 4), (3, 3), (0, 0)),
    ),
    "axes apart": (
        Network([Standard(k=(3, 5), s=(1, 2), p="1x2")], i=9),
        *((3, 5), (1, 2), (-1, -2)),
    ),
    "transposed with stride 1": (
        Network([Transposed(k=3, s=1, p=1)], i=5),
        *((3, 3), (1, 1), (-1, -1)),
    ),
    "upsampling by 1": (Network([Upsample(1)], i=5), (1, 1), (1, 1), (0, 0)),
}


@pytest.mark.parametrize("name", CLOSED)
def test_receptive_field_jump_and_start(name: str) -> None:
    network, receptive_field, jump, start = CLOSED[name]
    assert (network.receptive_field, network.jump, network.start) == (receptive_field, jump, start)
    assert network.why_none == ""


NONE: dict[str, list[Layer]] = {
    "layer 2, transposed k=3 s=2 p=1: it makes 2 cells for each": [
        Standard(k=3),
        Transposed(k=3, s=2),
    ],
    "layer 1, upsample 2x3: it makes 2 cells for each": [Upsample((2, 3)), Standard(k=3)],
    "its circular padding copies cells": [Standard(k=3, p=1, pad_mode="circular")],
}


@pytest.mark.parametrize("why", NONE)
def test_where_there_is_no_closed_form(why: str) -> None:
    network = Network(NONE[why], i=6)
    assert network.receptive_field is network.jump is network.start is None
    assert why in network.why_none


def test_a_network_with_one_axis_has_a_closed_form_of_it_or_none() -> None:
    network = Network([Upsample(2, ndim=1), Standard(k=3, ndim=1)], i=5)
    assert network.receptive_field is network.jump is network.start is None
    assert network.why_none.startswith("layer 1, upsample 2: it makes 2 cells")


def test_one_axis_may_have_a_closed_form() -> None:
    network = Network([Upsample((1, 3)), Standard(k=3, p=1)], i=6)
    assert network.receptive_field == (3, None)
    assert (network.jump, network.start) == ((1, None), (-1, None))
    assert network.why_none.startswith("along the columns, layer 1, upsample 1x3: it makes 3 cells")


def test_a_mode_without_padding_copies_nothing() -> None:
    assert Network([Standard(k=3, pad_mode="reflect")], i=6).receptive_field == (3, 3)


def test_holes_and_ways() -> None:
    network = Network([Standard(k=3, d=2, ndim=1)] * 2, i=11)
    assert network.field(1).astype(int).tolist() == [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]
    assert network.paths(1).tolist() == [0, 1, 0, 2, 0, 3, 0, 2, 0, 1, 0]
    assert network.reaches(5).tolist() == [False, True, False]


def test_padding_in_the_middle_is_no_input() -> None:
    network = Network([Standard(k=1, ndim=1), Standard(k=3, p=2, ndim=1)], i=5)
    assert network.field(0).tolist() == [True, False, False, False, False]


def test_ways_are_counted_exactly_however_many() -> None:
    few = Network([Standard(k=3, p=1)] * 19, i=60).paths((30, 30))
    many = Network([Standard(k=3, p=1)] * 50, i=110).paths((55, 55))
    assert few.dtype == np.int64
    assert few.sum() == 9**19
    assert many.dtype == object
    assert sum(many.ravel().tolist()) == 9**50


def test_what_has_no_size_of_its_own_waits() -> None:
    layer = Standard(k=3, d=4)
    assert not layer.is_bound
    assert Network([layer], i=9).output_size == (1, 1)
    with pytest.raises(ValueError, match="kernel spans 9 cells"):
        layer.output_size  # noqa: B018 - asking is the test
    with pytest.raises(ValueError, match="kernel spans 9 cells"):
        animate(layer)
    with pytest.raises(ValueError, match="kernel spans 9 cells"):
        Standard(i=5, k=3, d=4)
    assert Pool(k=9).on((9, 10)).output_size == (1, 1)
    assert Transposed(k=1, s=1, p=3).on((9, 9)).output_size == (3, 3)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Standard(p="causal"), id="a name for one axis alone"),
        pytest.param(lambda: Standard(s=2, p="same"), id="same with a stride"),
        pytest.param(lambda: Transposed(op=3), id="output padding"),
        pytest.param(lambda: Pool(k=2, p=2), id="padding of pooling"),
        pytest.param(lambda: Pool(k=3, p="0:1"), id="uneven padding of pooling"),
        pytest.param(lambda: Upsample(0), id="no factor"),
    ],
)
def test_what_no_size_mends_does_not_wait(make: Any) -> None:
    with pytest.raises(ValueError, match=r"‹?.+: |give"):
        make()


def test_what_follows_from_the_size_is_worked_out_on_it() -> None:
    same = Standard(k=3, s=2, p="same", convention="tf")
    assert same.on((6, 7)).p == ((0, 1), (1, 1))
    up = Transposed(k=3, s=2, p=1, to=40)
    assert up.on((20, 20)).op == (1, 1)
    assert Network([same, up], i=39).output_size == (40, 40)
    with pytest.raises(ValueError, match="to is 40, which no output padding gives"):
        up.output_size  # noqa: B018 - asking is the test


def test_upsampling() -> None:
    layer = Upsample((2, 3), i=(2, 4), in_channels=5)
    assert (layer.output_size, layer.f, layer.parameters) == ((4, 12), (2, 3), 0)
    assert eval(repr(layer)) == layer
    assert layer != Upsample((2, 2), i=(2, 4), in_channels=5)
    with pytest.raises(ValueError, match="f is 0: give a whole number"):
        Upsample(0)


def test_what_works_plane_by_plane_takes_what_comes() -> None:
    network = Network([Pool(), Standard(in_channels=3, out_channels=8), Upsample(), Pool()], i=16)
    assert [layer.in_channels for layer in network.layers] == [3, 3, 8, 8]
    assert network.parameters == 3 * 8 * 9
    assert network.multiplications == 6 * 6 * 3 * 8 * 9


def test_networks_are_compared_by_their_layers() -> None:
    one, other = (Network([Standard(k=3)], i=i) for i in (8, "8x8"))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Network([Standard(k=3)], i=9)
    assert Network([Standard(i=8, k=3)], i=8) == one


REFUSED: dict[str, tuple[Any, str]] = {
    "nothing to slide over": (
        lambda: Network([Standard(k=3, s=2), Pool(k=2), Standard(k=7)], i=(12, 80)),
        "layer 3, standard k=7, on 2×19 cells: the kernel has 7 cells (k=7) but the padded input "
        "only 2 (2 + 2·0): change it, or give i='29x80'",
    ),
    "nothing fits": (
        lambda: Network([Transposed(to=4)], i=9),
        "layer 1, transposed k=3 s=2 p=1, on 9×9 cells: to is 4, which no output padding gives: "
        "change the layer, for no i is large enough",
    ),
    "no layer": (lambda: Network([]), "a network has at least one layer, and there is none"),
    "channels": (
        lambda: Network([Standard(out_channels=8), Pool(), Standard(in_channels=4)]),
        "layer 3, standard k=3, reads 4 channels, and layer 2, pool max k=2, makes 8: give them",
    ),
    "one axis after two": (
        lambda: Network([Standard(), Upsample(2, ndim=1)]),
        "layer 2, upsample 2, is 1-D, and those before it are 2-D: give all layers one axis",
    ),
    "sizes of its own": (
        lambda: Network([Standard(k=3), Standard(i=7)], i=8),
        "layer 2, standard k=3, has an input of 7×7 of its own, and layer 1 makes 6×6: leave its i",
    ),
    "too large": (
        lambda: Network([Upsample(2)] * 20),
        "layer 9, upsample 2, makes 16384×16384 cells, and along an axis can be at most 10000",
    ),
    "no such cell": (
        lambda: Network([Standard(k=3)], i=8).field((2, 6)),
        "cell is (2, 6), and the output has 6×6 cells: give a row from 0 to 5 and a column from 0",
    ),
    "a cell of one axis": (lambda: Network([Standard(k=3)], i=8).paths(3), "cell is 3, and the"),
    "a cell that is none": (
        lambda: Network([Standard(k=3, ndim=1)], i=8).fields("x"),  # type: ignore[arg-type]
        "cell is 'x', and the output has 6 cells: give a number from 0 to 5",
    ),
    "a cell before the first": (
        lambda: Network([Standard(k=3, ndim=1)], i=8).reaches(-1),
        "input_cell is -1, and the input has 8 cells: give a number from 0 to 7",
    ),
    "size": (lambda: Network([Standard()], i=0), "i is 0: give a whole number from 1 to 10000"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name: str) -> None:
    make, sentence = REFUSED[name]
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole sentence is compared
        make()
    assert sentence in str(caught.value)


def test_what_is_no_layer() -> None:
    with pytest.raises(TypeError, match="takes layers such as Standard"):
        Network([3])  # type: ignore[list-item]
    wrong: list[Any] = [None, Standard(k=3)]
    for alone in wrong:
        with pytest.raises(TypeError, match=r"takes layers in a list, such as \[Standard\(k=3\)\]"):
            Network(alone)


@pytest.mark.parametrize("case", CASES[:40], ids=str)
def test_the_least_input_that_is_offered_fits(case: Any) -> None:
    layers, i = case[0], case[1]
    try:
        network_of(layers, [1] * len(i))
    except ValueError as error:
        _, _, least = str(error).rpartition("i=")
        assert network_of(layers, [int(least)] * len(i))
        with pytest.raises(ValueError, match="on "):
            network_of(layers, [int(least) - 1] * len(i))


def test_labels_say_what_is_not_the_default() -> None:
    found = [
        label(layer)
        for layer in (
            Standard(k=3, s=2, p=1, in_channels=3, has_bias=True),
            Standard(k=(3, 5), p="0:1x2", d=2, pad_mode="circular"),
            Transposed(),
            Pool(k=3, s=2, ceil=True),
            Pool(mode="average", k=2, count_include_pad=False),
            Upsample((2, 3)),
        )
    ]
    assert found == [
        "standard k=3 s=2 p=1",
        "standard k=3x5 p=0:1x2 d=2 pad-mode=circular",
        "transposed k=3 s=2 p=1",
        "pool max k=3 s=2 ceil",
        "pool average k=2 no-count-include-pad",
        "upsample 2x3",
    ]


def test_both_are_there_to_import() -> None:
    assert {"Network", "Upsample"} <= set(conv_anim.__all__)
