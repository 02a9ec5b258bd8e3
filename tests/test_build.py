"""Layers from options and from the text of PyTorch layers."""

import pytest

from conv_anim.core.layer import Layer
from conv_anim.core.pool import Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.frameworks.build import build

BIAS: dict[str, object] = {"has_bias": True}  # PyTorch's default
MANY: dict[str, object] = {"in_channels": 16, "out_channels": 33, **BIAS}

READ: dict[str, tuple[str, Layer]] = {
    "positions": ("nn.Conv2d(16, 33, 3, 2, 1, 2)", Standard(k=3, s=2, p=1, d=2, i=12, **MANY)),
    "keywords": (
        "torch.nn.ConvTranspose2d(16, 33, 3, stride=2, padding=1, output_padding=1)",
        Transposed(i=12, k=3, s=2, p=1, op=1, **MANY),
    ),
    "PyTorch's defaults, not ours": (
        "nn.ConvTranspose2d(1, 1, 3)",
        Transposed(i=12, s=1, p=0, **BIAS),
    ),
    "transposed positions": (
        "ConvTranspose2d(1, 1, 3, 2, 1, 1, 1, True, 2)",
        Transposed(i=12, k=3, s=2, p=1, op=1, d=2, **BIAS),
    ),
    "printed": (
        "Conv2d(1, 1, kernel_size=(3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2))",
        Standard(i=12, k=(3, 2), s=(2, 1), p=(1, 0), d=(1, 2), **BIAS),
    ),
    "printed with a name for its padding": (
        "Conv2d(1, 1, kernel_size=(4, 4), stride=(1, 1), padding=same, bias=False)",
        Standard(i=12, k=4, p="same"),
    ),
    "named padding in source": (
        'nn.Conv2d(1, 1, 4, padding="same")',
        Standard(i=12, k=4, p="same", **BIAS),
    ),
    "printed in a model": (
        "  (conv1): Conv2d(1, 6, kernel_size=(5, 5), stride=(1, 1))",
        Standard(i=12, k=5, out_channels=6, **BIAS),
    ),
    "assigned": (
        "self.up = nn.ConvTranspose2d(1, 1, 2, 2),",
        Transposed(i=12, k=2, s=2, p=0, **BIAS),
    ),
    "1-D": (
        "nn.Conv1d(1, 1, kernel_size=(3,), stride=(2,), padding=[1])",
        Standard(i=12, k=3, s=2, p=1, ndim=1, **BIAS),
    ),
    "1-D transposed": (
        "nn.ConvTranspose1d(1, 1, 3, dilation=2)",
        Transposed(i=12, k=3, s=1, p=0, d=2, ndim=1, **BIAS),
    ),
    "channels, and what has no effect": (
        "nn.Conv2d(8, 8, 3, groups=8, bias=False, padding_mode='zeros', dtype=torch.float16)",
        Standard(i=12, k=3, in_channels=8, out_channels=8, groups=8),
    ),
    "a printed padding mode": (
        "Conv2d(1, 1, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), padding_mode=reflect)",
        Standard(i=12, k=3, p=1, pad_mode="reflect", **BIAS),
    ),
    "a padding mode in source": (
        "nn.Conv1d(1, 1, 3, padding=2, padding_mode='circular')",
        Standard(i=12, k=3, p=2, ndim=1, pad_mode="circular", **BIAS),
    ),
    "a pool in source": ("nn.MaxPool2d(3, 2, padding=1)", Pool(i=12, k=3, s=2, p=1)),
    "a printed pool": (
        "MaxPool2d(kernel_size=3, stride=3, padding=0, dilation=2, ceil_mode=True)",
        Pool(i=12, k=3, s=3, d=2, ceil=True),
    ),
    "a mean": (
        "nn.AvgPool1d(2, stride=None, padding=1, count_include_pad=False)",
        Pool(i=12, k=2, p=1, mode="average", count_include_pad=False, ndim=1),
    ),
    "channels that are names": ("nn.Conv2d(c_in, 2 * c, 3)", Standard(i=12, k=3, **BIAS)),
}


@pytest.mark.parametrize("name", READ)
def test_texts_of_layers(name: str) -> None:
    text, layer = READ[name]
    assert build(None, {"i": 12}, text) == layer
    assert build(layer.name, {"i": "12"}, text) == layer


def test_saying_the_same_twice_is_no_contradiction() -> None:
    given = {"i": 9, "k": "3", "s": 2, "p": "1:1"}
    assert build(None, given, "nn.Conv2d(1, 1, 3, 2, 1)") == Standard(i=9, s=2, p=1, **BIAS)
    assert build(None, {"to": 6}, "nn.ConvTranspose2d(1, 1, 3, 2, 1)") == Transposed(op=1, **BIAS)


REFUSED = {
    "another layer": ("nn.Linear(3, 4)", "which can't be read: only Conv1d, Conv2d, "),
    "a call to be evaluated": ('__import__("os").system("true")', "only Conv1d, Conv2d, "),
    "three axes": ("nn.Conv3d(1, 1, 3)", "only Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d"),
    "an unclosed bracket": ("nn.Conv2d(1, 1, 3", "it is not an expression of Python"),
    "deep brackets": ("(" * 900, "it is not an expression of Python"),
    "nothing": ("", "it is not an expression of Python"),
    "a zero byte": ("nn.Conv2d(1, 1, 3)\0", "it is not an expression of Python"),
    "100 KB": ("nn.Conv2d(1, 1, 3)" + " " * 100_000, "it has 100018 characters, and the limit is"),
    "deep signs": (f"nn.Conv2d(1, 1, {'-' * 900}3)", "is not a size"),
    "starred sizes": ("nn.Conv2d(*ch, 3, 5)", "its arguments must be written out"),
    "a padding mode that there is not": (
        "nn.Conv2d(1, 1, 3, padding_mode='mirror')",
        "padding_mode of a standard layer can be 'zeros' or 'reflect' or 'replicate' or 'circular'",
    ),
    "a padding mode that PyTorch has not": (
        "nn.ConvTranspose2d(1, 1, 3, padding_mode='reflect')",
        "padding_mode of a transposed layer can be 'zeros'",
    ),
    "another divisor": ("nn.AvgPool2d(2, divisor_override=3)", "a divisor_override is not drawn"),
    "a flag that is none": ("nn.MaxPool2d(2, ceil_mode=1)", "ceil_mode can be True or False"),
    "a pool without a size": ("nn.MaxPool2d()", "kernel_size must be given"),
    "a class": ("nn.Conv2d", "only Conv1d, Conv2d, "),
    "no sizes": ("nn.Conv2d(1, 1)", "kernel_size must be given"),
    "nothing given": ("nn.Conv2d()", "in_channels and out_channels and kernel_size must be given"),
    "too much given": ("nn.Conv2d(1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3)", "it has 12 argu"),
    "unknown argument": ("nn.Conv2d(1, 1, 3, strid=2)", "there is no argument strid"),
    "unpacked arguments": ("nn.Conv2d(1, 1, **sizes)", "there is no argument **"),
    "given twice": ("nn.Conv2d(1, 1, 3, kernel_size=3)", "kernel_size is given twice"),
    "a name": ("nn.Conv2d(1, 1, k)", "k is not a size"),
    "a quotient": ("nn.Conv2d(1, 1, 6 / 2)", "6 / 2 is not a size"),
    "a fraction": ("nn.Conv2d(1, 1, 3, 2.0)", "2.0 is not a size"),
    "a truth": ("nn.Conv2d(1, 1, 3, True)", "True is not a size"),
    "an empty tuple": ("nn.Conv2d(1, 1, ())", "() is not a size"),
    "a name that PyTorch has not": ("nn.Conv2d(1, 1, 3, padding='full')", "'full' is not a size"),
    "a name where there is none": ("nn.ConvTranspose2d(1, 1, 3, padding='same')", "is not a size"),
    "three sizes": ("nn.Conv2d(1, 1, (3, 3, 3))", "k is (3, 3, 3): give one number for both"),
    "two sizes in 1-D": ("nn.Conv1d(1, 1, (3, 3))", "k is (3, 3): a 1-D layer takes one size"),
    "zero stride": ("nn.Conv2d(1, 1, 3, stride=0)", "s is 0: give a whole number from 1"),
    "huge kernel": ("nn.Conv2d(1, 1, 1000000000)", "k is 1000000000: give a whole number"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_texts_that_are_no_layer_of_ours(name: str) -> None:
    text, sentence = REFUSED[name]
    with pytest.raises(ValueError, match=r".") as caught:
        build(None, {}, text)
    assert sentence in str(caught.value)
    assert len(str(caught.value)) < 300


CONTRADICTIONS: dict[str, tuple[str | None, dict[str, object], str]] = {
    "kernel": (None, {"k": 4}, "k=4 contradicts layer, which says 3: leave one of them out"),
    "what the text leaves out": (None, {"s": 2}, "s=2 contradicts layer, which says 1"),
    "padding": (None, {"p": "0:1"}, "p='0:1' contradicts layer, which says 0"),
    "kind": ("transposed", {}, "layer is a standard layer, not a transposed one: use standard"),
    "axes": (None, {"ndim": 1}, "ndim=1 contradicts layer, which has two axes"),
    "output padding": (None, {"op": 1}, "op 1 has no meaning for a standard layer"),
    "wanted size": ("standard", {"to": "9"}, "to 9 has no meaning for a standard layer"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradictions(name: str) -> None:
    kind, given, sentence = CONTRADICTIONS[name]
    with pytest.raises(ValueError, match=r".") as caught:
        build(kind, given, "nn.Conv2d(1, 1, 3)")
    assert str(caught.value).startswith(sentence)


def test_a_stated_output_padding_and_a_wanted_size() -> None:
    text = "nn.ConvTranspose2d(1, 1, 3, 2, 1, output_padding=1)"
    assert build(None, {"i": 12, "to": 24}, text) == Transposed(i=12, op=1, **BIAS)
    with pytest.raises(ValueError, match="op=0 contradicts layer, which says 1"):
        build(None, {"i": 12, "to": 23}, text)
    with pytest.raises(ValueError, match="op and to both say"):
        build(None, {"to": 6, "op": 1}, text)


def test_no_layer_at_all() -> None:
    with pytest.raises(
        ValueError, match="no layer is named: give standard, transposed, pool, or l"
    ):
        build(None, {})
    with pytest.raises(ValueError, match="convention 'tf' has no meaning for a transposed layer"):
        build("transposed", {"convention": "tf"})
