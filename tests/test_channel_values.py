"""Numbers of layers with channels: against PyTorch's own, slow ones, and in several readings."""

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.core import sources
from conv_anim.core.arrays import Numbers
from conv_anim.core.channels import Channelled
from conv_anim.core.layer import Layer
from conv_anim.core.plane import Plane
from conv_anim.core.values import Values, stamped
from conv_anim.explain import costs
from conv_anim.views.annotations import What, annotate
from tests.support.channel_cases import Case, arrays, build, cases
from tests.support.examples import examples
from tests.support.slow import (
    copying_layers,
    pooling_layers,
    slow_values,
    standard_layers,
    transposed_layers,
)

CASES = cases()


def check(case: Case) -> None:
    kind, given_sizes, bias, seed, expected = case
    layer = build(kind, given_sizes)
    x, *kernels = arrays(kind, given_sizes, seed)
    options: dict[str, Any] = {"kernel": kernels[0], "bias": bias} if kernels else {}
    output = animate(layer, input=x, values=False, **options).output
    assert output.shape == np.shape(expected if layer.has_channels else expected[0]), case
    assert np.allclose(output, expected, rtol=1e-12, atol=0), case


def test_numbers_are_pytorchs() -> None:
    for case in CASES:
        check(case)


def test_the_cases_have_everything_in_them() -> None:
    seen: Counter[Any] = Counter()
    for kind, sizes, bias, _, _ in CASES:
        seen[kind, len(sizes["i"])] += 1
        seen[kind, "stride", max(sizes["s"]) > 1] += 1
        seen[kind, "padding", any(map(any, sizes["p"]))] += 1
        seen["dilation", max(sizes["d"]) > 1] += 1
        if kind != "pool":
            c_in, c_out, groups = (sizes[x] for x in ("in_channels", "out_channels", "groups"))
            seen[kind, "dense"] += groups == 1 and c_in > 1
            seen[kind, "groups"] += groups > 1 and c_in > groups
            seen[kind, "depthwise"] += c_in == c_out == groups > 1
            seen[kind, "multiplier"] += c_in == groups > 1 and c_out > groups
            seen[kind, "bias", type(bias)] += bool(bias)
            seen["op", any(sizes.get("op", []))] += 1
    assert min(seen.values()) >= 5, seen


def test_fresh_cases_agree_with_pytorch() -> None:
    pytest.importorskip(
        "torch", reason="PyTorch is not installed; the committed cases were checked"
    )
    from tests.make_channels import cases as fresh

    for case in fresh(random.Random(3), 200):
        check(case)


@st.composite
def with_channels(draw: st.DrawFn, layers: st.SearchStrategy[Any]) -> Any:
    layer = draw(layers)
    groups = draw(st.integers(1, 3))
    read, made = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    return layer.with_channels(groups * read, groups * made, groups)


standard = with_channels(standard_layers())
transposed = with_channels(transposed_layers())


def random_values(layer: Channelled, seed: int = 0) -> Values:
    rng = np.random.default_rng(seed)
    x = rng.integers(-4, 5, (layer.in_channels, *layer.i)).astype(float)
    w = rng.integers(-3, 4, (*layer.weight_shape[:2], *layer.k)).astype(float)
    return Values(layer, x, w, rng.integers(-5, 6, layer.out_channels).astype(float))


@given(st.one_of(standard, transposed), st.integers(0, 99))
@examples(60)
def test_each_filter_adds_what_the_channels_of_its_group_give(layer: Channelled, seed: int) -> None:
    values = random_values(layer, seed)
    assert values.kernel is not None
    read, made = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    for filter_ in range(layer.out_channels):
        group = filter_ // made
        parts = []
        for channel in range(group * read, (group + 1) * read):
            at = (channel, filter_ % made) if layer.inserts_zeros else (filter_, channel % read)
            parts.append(slow_values(layer, values.input[channel], values.kernel[at]))
        assert list(layer.reads(filter_)) == list(range(group * read, (group + 1) * read))
        assert np.array_equal(values.products(filter_), parts)
        assert np.array_equal(values.output[filter_], sum(parts) + values.bias[filter_])


@given(transposed, st.integers(0, 99))
@examples(60)
def test_both_readings_of_a_transposed_layer_are_equal(layer: Transposed, seed: int) -> None:
    values = random_values(layer, seed)
    assert np.array_equal(stamped(values), values.output)


@given(st.one_of(standard, transposed, with_channels(copying_layers())))
@examples(60)
def test_an_impulse_shows_which_channel_feeds_which(layer: Channelled) -> None:
    shape = *layer.weight_shape[:2], *layer.k
    read, made = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    for channel in range(layer.in_channels):
        x = np.zeros((layer.in_channels, *layer.i))
        x[channel] = 1
        values = Values(layer, x, np.ones(shape), np.zeros(layer.out_channels))
        fed = values.output.reshape(layer.out_channels, -1).any(axis=1)
        alone = Values(
            layer.of_one_channel(), np.ones((1, *layer.i)), np.ones((1, 1, *layer.k)), np.zeros(1)
        )
        group = np.arange(layer.out_channels) // made == channel // read
        assert np.array_equal(fed, group & alone.output.any())


@given(pooling_layers(), st.integers(2, 4))
@examples(40)
def test_pooling_keeps_its_planes(layer: Pool, count: int) -> None:
    x = np.random.default_rng(0).integers(-9, 9, (count, *layer.i)).astype(float)
    several = layer.with_planes(count)
    assert (several.in_channels, several.out_channels, several.groups) == (count,) * 3
    output = Values(several, x, None, np.zeros(count)).output
    for plane, made in zip(x, output, strict=True):
        assert np.array_equal(Values(layer, plane[np.newaxis], None, np.zeros(1)).output[0], made)


WORDS = [("random", "random"), ("ramp", "gaussian"), ("impulse", "ones"), ("ones", "random")]


@pytest.mark.parametrize(("word", "kernel"), WORDS)
@pytest.mark.parametrize(
    "layer",
    [
        pytest.param(Standard(i=4, in_channels=4, out_channels=6, groups=2), id="groups"),
        pytest.param(Standard(i=4, in_channels=2, out_channels=4, groups=2), id="depthwise"),
        pytest.param(Transposed(in_channels=3, out_channels=2), id="transposed"),
        pytest.param(Standard(i=4, out_channels=3, ndim=1), id="one input channel"),
    ],
)
def test_the_first_pair_needs_no_more_than_its_own_numbers(
    layer: Channelled, word: str, kernel: str
) -> None:
    given_words = Numbers(word), Numbers(kernel)
    biases = tuple(map(float, range(1, layer.out_channels + 1)))
    plane = Plane(sources.make(layer, *given_words, biases, 7))
    shown = sources.make_pair(layer, (*given_words, biases, 7), 0, 0)
    for name in ("input", "drawn", "kernel", "weights", "output", "bias"):
        assert np.array_equal(getattr(plane, name), getattr(shown, name)), name
    assert shown.bias == (1 if layer.channels_read == 1 else 0)
    alone = sources.make(layer.of_one_channel(), *given_words, shown.bias, 7)
    assert np.array_equal(alone.output[0], shown.output)  # a layer's first plane is the only one's


def test_a_plane_is_any_channel_and_filter() -> None:
    layer = Transposed(i=3, in_channels=4, out_channels=6, groups=2)
    values = random_values(layer)
    assert values.kernel is not None
    plane = Plane(values, channel=3, filter=4)
    assert plane.kernel is not None
    assert np.array_equal(plane.kernel, values.kernel[3, 1])
    assert np.array_equal(plane.input, values.input[3])
    assert np.array_equal(plane.output, slow_values(layer, plane.input, plane.kernel))
    assert (plane.bias, plane.is_part) == (0, True)
    position = np.array([1, 2])
    assert plane.weights is not None
    assert (plane.window(position) * plane.weights).sum() == plane.output[1, 2]


def test_sums_are_of_the_channel_alone_and_say_so() -> None:
    layer = Standard(i=3, k=2, in_channels=2, out_channels=2)
    picture = animate(
        layer,
        view="matrix",
        input="1 2 0; 0 1 3; 2 2 1 | 9 9 9; 9 9 9; 9 9 9",
        kernel="1 0; 0 1 | 5 5; 5 5 || 7 7; 7 7 | 8 8; 8 8",
        bias="3, 4",
    )
    total = annotate(picture.shown, What(2, numbers=True, shade=False)).sum(np.array([0, 0]))
    assert total is not None
    assert total.start + total.joint.join(total.terms) + total.end == "1·1 + 2·0 + 0·0 + 1·1 = 2"
    assert picture.output[0, 0, 0] == 2 + 9 * 20 + 3
    lines = [" ".join(line) for line in picture.scene.parameters]
    assert [lines[1], lines[-1]] == [
        "input channel 1 of 2 and output channel 1 of 2 are shown",
        "numbers: the products of this input channel alone; an output channel adds those of 2 and "
        "its bias",
    ]
    without = animate(layer).scene.parameters
    assert not any("numbers" in " ".join(line) for line in without)
    alone = animate(Standard(in_channels=2, out_channels=2, groups=2), values=True, bias="3, 4")
    assert not any("numbers" in " ".join(line) for line in alone.scene.parameters)
    assert (alone.shown.bias, alone.shown.output.tolist()) == (3, alone.output[0].tolist())


@pytest.mark.parametrize("view", ["slide", "both", "matrix"])
def test_every_picture_with_numbers_says_what_they_are(view: str) -> None:
    layer = Transposed(i=2, k=2, s=1, p=0, in_channels=3)
    picture = animate(layer, view=view, values=True, process=view == "slide")
    lines = [" ".join(line) for line in picture.scene.parameters]
    assert sum(line.startswith("numbers: the products of this") for line in lines) == 1


SHAPES = [
    pytest.param(Standard(in_channels=3), (1, 3, 3), id="one output channel"),
    pytest.param(Standard(out_channels=2), (2, 3, 3), id="one input channel"),
    pytest.param(Standard(in_channels=3, out_channels=3, groups=3, ndim=1), (3, 3), id="1-D"),
    pytest.param(Standard(), (3, 3), id="one channel"),
    pytest.param(Pool(in_channels=3), (3, 2, 2), id="pool"),
    pytest.param(Standard(i=48, p=1, in_channels=2, out_channels=2), (2, 48, 48), id="large"),
]


@pytest.mark.parametrize(("layer", "shape"), SHAPES)
def test_output_has_channels_when_the_layer_has(layer: Layer, shape: tuple[int, ...]) -> None:
    assert animate(layer).output.shape == shape


def test_output_is_there_although_its_numbers_would_not_fit() -> None:
    layer = Standard(i=48, p=1, in_channels=2, out_channels=3)
    x = np.random.default_rng(0).random((2, 48, 48))
    picture = animate(layer, input=x, kernel="identity", max_frames=9000)
    assert picture.remarks == ("shaded, as the numbers would be too small to be read",)
    assert np.allclose(picture.output, x.sum(axis=0))


layers_with_bias = st.one_of(standard, transposed).flatmap(
    lambda layer: st.sampled_from([layer, layer.with_bias()])
)


@given(layers_with_bias)
@examples(60)
def test_what_a_layer_costs_is_what_pytorch_counts(layer: Channelled) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed; it counts")
    from torch.utils.flop_counter import FlopCounterMode

    kind = torch.nn.ConvTranspose2d if layer.inserts_zeros else torch.nn.Conv2d

    def counted(c_in: int, c_out: int, groups: int, k: Any, x: Any) -> tuple[int, int, Any]:
        own = {"stride": layer.s, "dilation": layer.d} if k != 1 else {}
        if layer.inserts_zeros and k != 1:
            own["output_padding"] = layer.output_padding
        module = (kind if k != 1 else torch.nn.Conv2d)(
            c_in, c_out, k, groups=groups, bias=layer.has_bias, **own
        )
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            made = module(x)
        return sum(p.numel() for p in module.parameters()), counter.get_total_flops() // 2, made

    size: tuple[int, ...] = layer.i
    if not layer.inserts_zeros:
        size = tuple(i + sum(p) for i, p in zip(layer.i, layer.p, strict=True))
    x = torch.zeros(1, layer.in_channels, *size)
    c_in, c_out = layer.in_channels, layer.out_channels
    found = counted(c_in, c_out, layer.groups, layer.k, x)
    assert (layer.parameters, layer.multiplications) == found[:2]
    first = counted(c_in, c_in, c_in, layer.k, x)
    assert costs.depthwise(layer) == first[:2]
    rows, columns = layer.output_size
    then = counted(c_in, c_out, 1, 1, torch.zeros(1, c_in, rows, columns))
    assert costs.separable(layer) == (first[0] + then[0], first[1] + then[1])


def test_depthwise_and_1x1_are_one_dense_layer() -> None:
    dense = Standard(i=5, in_channels=2, out_channels=3)
    depthwise = Standard(i=5, in_channels=2, out_channels=4, groups=2)
    rng = np.random.default_rng(0)
    x = rng.integers(-3, 4, (2, 5, 5)).astype(float)
    dw = rng.integers(-3, 4, (4, 1, 3, 3)).astype(float)
    pw = rng.integers(-3, 4, (3, 4, 1, 1)).astype(float)
    w = np.einsum("ocm,cmyx->ocyx", pw.reshape(3, 2, 2), dw.reshape(2, 2, 3, 3))
    between = animate(depthwise, input=x, kernel=dw).output
    after = animate(Standard(i=3, k=1, in_channels=4, out_channels=3), input=between, kernel=pw)
    assert np.array_equal(after.output, animate(dense, input=x, kernel=w).output)


@given(st.one_of(standard, transposed))
@examples(40)
def test_the_first_words_are_the_same_whatever_the_channels(layer: Channelled) -> None:
    random_words = Numbers("random"), Numbers("random"), 0.0, 3
    several = sources.make(layer, *random_words)
    one = sources.make(layer.of_one_channel(), *random_words)
    assert several.kernel is not None
    assert one.kernel is not None
    assert np.array_equal(several.input[0], one.input[0])
    assert np.array_equal(several.kernel[0, 0], one.kernel[0, 0])
