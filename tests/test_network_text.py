"""Networks from texts: our own words, PyTorch layers, printed models."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Network, Pool, Standard, Transposed, Upsample
from conv_anim.core.layer import Layer
from conv_anim.core.layer_words import words
from conv_anim.errors import InputError
from conv_anim.frameworks.network_text import Read, read

PRINTED = """\
Sequential(
  (0): Conv2d(1, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))
  (1): ReLU(inplace=True)
  (block): Sequential(
    (conv): Conv2d(8, 16, kernel_size=(3, 3), stride=(2, 2), padding_mode=circular, bias=False)
    (1): BatchNorm2d(16, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
    (2): Sequential(
      (0): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
    )
  )
  (3): Upsample(scale_factor=2.0, mode='nearest')
)
"""


def of(*texts: str, **given: Any) -> Read:
    return read(texts, given)


def test_a_printed_model() -> None:
    found = of(PRINTED, i=20)
    layers = [
        Standard(k=3, p=1, out_channels=8, has_bias=True),
        Standard(k=3, s=2, in_channels=8, out_channels=16, pad_mode="circular"),
        Pool(k=2),
        Upsample(2),
    ]
    assert found.network == Network(layers, i=20)
    assert found.passed_over == ("ReLU", "BatchNorm2d")


def test_what_pytorch_prints() -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed; samples were checked")
    nn = torch.nn
    model = nn.Sequential(
        nn.Conv2d(3, 8, (3, 5), stride=(1, 2), padding=1, dilation=2),
        nn.Sequential(nn.GroupNorm(2, 8, affine=False), nn.SiLU(), nn.Dropout2d(0.5)),
        nn.MaxPool2d(2, ceil_mode=True),
        nn.Sequential(nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=1), nn.Identity()),
        nn.Upsample(scale_factor=(2, 3)),
        nn.UpsamplingNearest2d(scale_factor=2),
        nn.LazyConv2d(5, 1),
    )
    found = of(str(model), i=24)
    assert found.passed_over == ("GroupNorm", "SiLU", "Dropout2d", "Identity")
    layers = [
        Standard(k=(3, 5), s=(1, 2), p=1, d=2, in_channels=3, out_channels=8, has_bias=True),
        Pool(k=2, ceil=True),
        Transposed(k=3, s=2, p=0, op=1, in_channels=8, out_channels=4, has_bias=True),
        Upsample((2, 3)),
        Upsample(2),
        Standard(k=1, in_channels=4, out_channels=5, has_bias=True),
    ]
    assert found.network == Network(layers, i=24)
    assert tuple(model(torch.zeros(1, 3, 24, 24)).shape[2:]) == found.network.output_size
    assert sum(x.numel() for x in model.parameters()) == found.network.parameters


WRITTEN: dict[str, tuple[tuple[str, ...], list[Layer]]] = {
    "our words": (
        ("standard k=3 s=2 p=1", "pool max k=2", "upsample 2"),
        [Standard(k=3, s=2, p=1), Pool(k=2), Upsample(2)],
    ),
    "in any case": (("STANDARD K=3", "Pool AVG k=2"), [Standard(k=3), Pool(k=2, mode="average")]),
    "long words": (
        ("standard kernel-size=3 pad_mode=reflect", "upsample factor=3"),
        [Standard(k=3, pad_mode="reflect"), Upsample(3)],
    ),
    "words without a value": (
        ("pool average k=3 ceil no-count-include-pad", "standard has-bias"),
        [Pool(mode="average", k=3, ceil=True, count_include_pad=False), Standard(has_bias=True)],
    ),
    "axes": (
        ("upsample 2x3", "standard k=3x5 p=0:1x2"),
        [Upsample((2, 3)), Standard(k=(3, 5), p="0:1x2")],
    ),
    "source": (
        ("nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), torch.nn.MaxPool2d(2))",),
        [Standard(out_channels=2, has_bias=True), Pool(k=2)],
    ),
    "a name alone": (("ReLU", "MaxPool2d(2)"), [Pool(k=2)]),
    "channels go on": (
        ("Conv2d(3, 8, 3)", "standard k=3", "LazyConv2d(4, 1)", "standard k=1 out-channels=2"),
        [
            Standard(in_channels=3, out_channels=8, has_bias=True),
            Standard(in_channels=8, out_channels=8),
            Standard(k=1, in_channels=8, out_channels=4, has_bias=True),
            Standard(k=1, in_channels=4, out_channels=2),
        ],
    ),
    "channels in short": (
        ("standard c=4:8 groups=2",),
        [Standard(in_channels=4, out_channels=8, groups=2)],
    ),
    "names for channels": (
        ("Conv2d(c, 2 * c, 3)",),
        [Standard(has_bias=True)],
    ),
    "one axis": (
        ("Conv1d(1, 1, 2)", "standard k=2 d=4 p=4:0", "upsample 2"),
        [
            Standard(k=2, ndim=1, has_bias=True),
            Standard(k=2, d=4, p="4:0", ndim=1),
            Upsample(2, ndim=1),
        ],
    ),
    "one axis in words": (
        ("standard k=2", "standard 1d k=3 p=causal"),
        [Standard(k=2, ndim=1), Standard(k=3, p="causal", ndim=1)],
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_texts_mean(name: str) -> None:
    texts, layers = WRITTEN[name]
    assert of(*texts).network == Network(layers)


def test_axes_that_are_given() -> None:
    assert of("standard k=3", "upsample 2", ndim=1, i=9).network.sizes == ((1, 9), (1, 7), (1, 14))


@st.composite
def any_layers(draw: st.DrawFn) -> list[Layer]:
    """Return layers whose channels follow one another."""
    ndim, planes, found = draw(st.integers(1, 2)), 1, list[Layer]()
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["standard", "transposed", "pool", "upsample"]))
        k, s, d = (draw(st.integers(1, 3)) for _ in range(3))
        made = draw(st.integers(1, 3))
        channels = {"in_channels": planes, "out_channels": made, "has_bias": draw(st.booleans())}
        if kind == "standard":
            p, mode = f"{draw(st.integers(0, 1))}:1", draw(st.sampled_from(["zeros", "circular"]))
            found.append(Standard(k=k, s=s, d=d, p=p, ndim=ndim, pad_mode=mode, **channels))
        elif kind == "transposed":
            found.append(Transposed(k=k, s=s, d=d, p=0, op=s - 1, ndim=ndim, **channels))
        elif kind == "pool":
            mode, made = draw(st.sampled_from(["max", "average"])), planes
            found.append(Pool(mode=mode, k=k, s=s, ceil=draw(st.booleans()), ndim=ndim))
        else:
            found.append(Upsample(k, ndim=ndim))
            made = planes
        planes = made
    return found


@given(any_layers())
def test_what_is_written_is_read(layers: list[Layer]) -> None:
    network = Network(layers, i=200)
    assert of(*map(words, network.layers), i=200).network == network


REFUSED = {
    "no word of ours": (
        ["standard k3"],
        "layer 1, 'standard k3': 'k3' has no meaning for a standard layer: give such as k=3",
    ),
    "no layer of ours": (
        ["Conv2d(1, 1, 3)", "stndard k=3"],
        "layer 2 is 'stndard k=3': begin with standard, transposed, pool or upsample, or give a "
        "PyTorch layer such as 'Conv2d(1, 8, 3)'; did you mean standard?",
    ),
    "no size": (["standard k=0"], "layer 1, 'standard k=0': k is 0: give a whole number from 1"),
    "twice": (["standard k=3 kernel-size=4"], "k is given twice: leave one out"),
    "an input size": (["standard i=3"], "i of a layer is what the one before makes: leave it out"),
    "channels twice": (["standard c=3 in-channels=3"], "c and in_channels say the same"),
    "what another kind has": (["pool op=1"], "'op=1' has no meaning for a pool layer"),
    "upsampling by a word": (["upsample x"], "'x' has no meaning for an upsample layer"),
    "no value": (["standard k="], "'k=' has no meaning for a standard layer: give such as k=3"),
    "a flag with a value": (["pool ceil=no"], "'ceil=no' has no meaning for a pool layer"),
    "a size without a value": (["standard k="], "'k=' has no meaning for a standard layer"),
    "a layer that sees everything": (
        ["Conv2d(1, 8, 3)", "Flatten()"],
        "layer 2 is 'Flatten()', and a network here has convolutions, pooling and nearest",
    ),
    "a name that is close": (
        ["Conv2D(1, 8, 3)"],
        "leave it out, or give one such as 'standard k=3'; did you mean Conv2d?",
    ),
    "PyTorch's own refusal": (
        ["Conv2d(1, 8)"],
        "layer 1: it is 'Conv2d(1, 8)', which can't be read: kernel_size must be given",
    ),
    "a module of its own": (
        ["Net(\n  (conv): Conv2d(1, 8, kernel_size=(3, 3), stride=(1, 1))\n)"],
        "'Net' has layers of its own and is no Sequential, so that its text does not say in which",
    ),
    "a branch within": (
        ["Sequential(\n  (0): BasicBlock(\n    (conv1): Conv2d(1, 8, 3)\n  )\n)"],
        "'BasicBlock' has layers of its own and is no Sequential",
    ),
    "a list": (["ModuleList(\n  (0-2): 3 x Conv2d(1, 8, 3)\n)"], "'ModuleList' has layers of its"),
    "not closed": (["Sequential(Conv2d(1, 8, 3)"], "can't be read as layers: a bracket is not"),
    "nor there": (["Conv2d(1, 8, 3"], "can't be read as layers: a bracket is not closed"),
    "no layer": (["(((("], "can't be read as layers: there is no layer at '(((('"),
    "a bracket too many": (["Conv2d(1, 8, 3))"], "there is no layer at ')'"),
    "too long": (["x" * 1_000_001], "it has 1,000,001 characters, and the limit is 1,000,000"),
    "too many": (["ReLU() " * 10_001], "it has more than 10,000 layers, the limit"),
    "nothing": ([], "a network has at least one layer, and there is none"),
    "nothing that moves": (
        ["ReLU()", "ReLU()", "Dropout(0.5)"],
        "a network has at least one layer that moves cells, and ReLU (2), Dropout move none",
    ),
    "one that doesn't move": (["Softmax(dim=1)"], "and Softmax moves none: give one such as"),
    "padding": (
        ["Conv2d(1, 8, 3)", "ReflectionPad2d((1, 1, 0, 0))", "Conv2d(8, 8, 3)"],
        "layer 2 is 'ReflectionPad2d((1, 1, 0, 0))', and padding here is the next layer's: give it",
    ),
    "smooth upsampling": (
        ["Upsample(scale_factor=2.0, mode='bilinear')"],
        "whose mode is 'bilinear': nearest upsampling alone can be in a network",
    ),
    "upsampling to a size": (["Upsample(size=(3, 4))"], "give scale_factor instead of size"),
    "upsampling by half": (["Upsample(scale_factor=1.5)"], "must be one or two whole numbers"),
    "one axis after two": (
        ["Conv2d(1, 8, 3)", "Conv1d(8, 8, 3)"],
        "layer 2, standard k=3, is 1-D, and those before it are 2-D: give all layers one axis",
    ),
    "channels": (
        ["Conv2d(1, 8, 3)", "ReLU()", "Conv2d(4, 8, 3)"],
        "layer 2, standard k=3, reads 4 channels, and layer 1, standard k=3, makes 8",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name: str) -> None:
    texts, sentence = REFUSED[name]
    with pytest.raises(InputError) as caught:
        of(*texts)
    assert sentence in str(caught.value)
    assert len(str(caught.value)) < 400


def test_one_axis_and_a_text_with_two() -> None:
    sentence = r"ndim=1 contradicts layer 2, 'Conv2d\(1, 1, 3\)', which has two axes"
    with pytest.raises(InputError, match=sentence):
        of("standard k=3", "Conv2d(1, 1, 3)", ndim=1)


@given(st.text(st.sampled_from("Sequential(Conv2d():, 0\n'\"#[]x=ReLU"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = of(text)
    except InputError:
        return
    assert found.network.layers
