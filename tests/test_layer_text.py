"""Pasted layers: what stands round them, arithmetic, other spellings, and what PyTorch refuses."""

import warnings
from typing import Any

import pytest
from click.testing import CliRunner

from conv_anim.build import build
from conv_anim.cli import cli
from conv_anim.layer import Layer
from conv_anim.pool import Pool
from conv_anim.standard import Standard
from conv_anim.transposed import Transposed

BIAS: dict[str, object] = {"has_bias": True}
PLAIN = Standard(i=12, k=3, **BIAS)
MODEL = """Sequential(
  (0): Conv2d(3, 64, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))
  (1): ReLU()
"""

READ: dict[str, tuple[str, Layer]] = {
    "a comment": ("nn.Conv2d(1, 1, 3),  # c", PLAIN),
    "a layer in a comment": ("nn.Conv2d(1, 1, 3)  # was nn.Conv2d(1, 1, 5)", PLAIN),
    "a layer in a string": ("f('nn.Conv2d(1, 1, 5)', nn.Conv2d(1, 1, 3))", PLAIN),
    "another after it": ("nn.Conv2d(1, 1, 3), nn.ReLU()", PLAIN),
    "others on lines before and after": (
        "    nn.Flatten(),\n    nn.Conv2d(\n        1, 1,\n        3,\n    ),\n    nn.ReLU(),\n",
        PLAIN,
    ),
    "in another": ("self.conv = spectral_norm(nn.Conv2d(1, 1, 3))", PLAIN),
    "the end of a list": ("nn.Conv2d(1, 1, 3)])", PLAIN),
    "printed lines": ("  (0): Conv2d(1, 1, kernel_size=(3, 3))\n  (1): ReLU()\n", PLAIN),
    "a quotient": ("nn.Conv2d(1, 1, 3, padding=3 // 2)", Standard(i=12, k=3, p=1, **BIAS)),
    "all operations": (
        "nn.Conv2d(2**3, 64 // 2, (7 - 4, +3), padding=(7 % 4, -(-1) * 2), groups=1 + 1)",
        Standard(i=12, k=3, p=(3, 2), in_channels=8, out_channels=32, groups=2, **BIAS),
    ),
    "lazy": (
        "nn.LazyConv2d(64, 3, 2, groups=4)",
        Standard(i=12, k=3, s=2, in_channels=4, out_channels=64, groups=4, **BIAS),
    ),
    "lazy, transposed": (
        "nn.LazyConvTranspose1d(8, kernel_size=3)",
        Transposed(i=12, k=3, p=0, s=1, ndim=1, out_channels=8, **BIAS),
    ),
    "depthwise, in names": ("nn.Conv2d(dim, dim, 3, groups=dim)", PLAIN),
    "a multiple of channels, in names": (
        "nn.Conv2d(64, 64 * m, 3, groups=64)",
        Standard(i=12, k=3, in_channels=64, out_channels=64, groups=64, **BIAS),
    ),
    "no bias, as PyTorch sees it": ("nn.Conv2d(1, 1, 3, bias=None)", Standard(i=12, k=3)),
    "a bias in a name": ("nn.Conv2d(1, 1, 3, bias=use_bias)", PLAIN),
    "a pool's size in a tuple": ("nn.MaxPool2d((2,), (2,))", Pool(i=12, k=2)),
    "Equinox": ("eqx.nn.Conv2d(in_channels=1, out_channels=1, kernel_size=3, key=key)", PLAIN),
    "Equinox by its words": (
        "nn.Conv2d(3, 8, 3, padding=((1, 2), (0, 1)), padding_mode='REFLECT', use_bias=False)",
        Standard(i=12, k=3, p="1:2x0:1", pad_mode="reflect", in_channels=3, out_channels=8),
    ),
    "Equinox, same": (
        "equinox.nn.Conv2d(1, 1, 3, 2, 'same', key=key)",
        Standard(i=12, k=3, s=2, p="same", convention="tf", **BIAS),
    ),
    "Equinox, 1-D": (
        "eqx.nn.Conv1d(1, 1, 3, padding=((2, 0),), key=key)",
        Standard(i=12, k=3, p="causal", ndim=1, **BIAS),
    ),
    "Equinox, transposed, output padding first": (
        "eqx.nn.ConvTranspose2d(1, 1, 3, 2, 1, 1, key=key)",
        Transposed(i=12, k=3, s=2, op=1, p=1, **BIAS),
    ),
    "Equinox, transposed, same": (
        "eqx.nn.ConvTranspose2d(1, 1, 3, 2, padding='SAME', key=key)",
        Transposed(i=12, k=3, s=2, p="0:1", **BIAS),
    ),
    "Equinox, transposed, same, less": (
        "eqx.nn.ConvTranspose1d(1, 1, 3, 2, 1, 'SAME_LOWER', key=key)",
        Transposed(i=12, k=3, s=2, p=1, ndim=1, **BIAS),
    ),
    "Equinox, transposed, same, more": (
        "eqx.nn.ConvTranspose2d(1, 1, 2, 3, padding='SAME', key=key)",
        Transposed(i=12, k=2, s=3, p=0, op=1, **BIAS),
    ),
    "Equinox's stride of a pool": ("eqx.nn.MaxPool2d(2)", Pool(i=12, k=2, s=1)),
    "Equinox, rounded up": (
        "nn.MaxPool2d(3, 2, ((1, 1), (1, 1)), use_ceil=True)",
        Pool(i=12, k=3, s=2, p=1, ceil=True),
    ),
    "Equinox's mean": (
        "eqx.nn.AvgPool1d(kernel_size=3, stride=2, padding=1)",
        Pool(i=12, k=3, s=2, p=1, mode="average", ndim=1),
    ),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_read(name: str) -> None:
    text, layer = READ[name]
    assert build(None, {"i": 12}, text) == layer


REFUSED = {
    "two layers": (
        "nn.Conv2d(1, 1, 3),\nnn.Conv2d(1, 1, 5)",
        "--layer is a text with 2 layers that can be drawn: give one line alone, "
        "«nn.Conv2d(1, 1, 3)» or «nn.Conv2d(1, 1, 5)»",
    ),
    "a printed model": (
        f"{MODEL})",
        "--layer is a printed model with one layer that can be drawn: give one line alone, "
        "«(0): Conv2d(3, 64, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))»",
    ),
    "a large one": (
        MODEL + "".join(f"  ({n}): MaxPool2d(kernel_size={n})\n" for n in range(2, 900)) + ")",
        "a printed model with 899 layers that can be drawn: give one line alone, «(0): Conv2d(3, "
        "64, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))», «(2): MaxPool2d(kernel_size=2)», "
        "«(3): MaxPool2d(kernel_size=3)» or another of its layers",
    ),
    "a model without any": ("Sequential(\n  (0): Linear(3, 4)\n)", "only Conv1d, Conv2d, "),
    "a very large power": ("nn.Conv2d(1, 1, 9**9**9)", "9 ** 9 ** 9 is not a size"),
    "by zero": ("nn.Conv2d(1, 1, 3 % 0)", "3 % 0 is not a size"),
    "an odd literal": ("nn.Conv2d(1, 1, 0x3or 1)", "3 or 1 is not a size"),
    "an odd escape": (r"nn.Conv2d(1, 1, '\d')", "is not a size"),
    "a product of words": ("nn.Conv2d(1, 1, 3 * 'x')", "is not a size"),
    "an open bracket": ("nn.Conv2d(1, 1, 3", "a bracket is not closed"),
    "a long call": (f"nn.Conv2d(1, 1, {'3' * 2000})", "it has 2017 characters, and the limit"),
    "quotes without end": ("'" * 99_999, "it has 99999 characters, and the limit is 1000"),
    "groups": (
        "nn.Conv2d(3, 64, 3, groups=2)",
        "--groups is 2: it must divide both in_channels and out_channels (--in-channels 3, "
        "--out-channels 64): change one of them, or give --groups 1",
    ),
    "lazy groups": ("nn.LazyConv2d(4, 3, groups=3)", "--groups is 3: it must divide both"),
    "no channels": ("nn.Conv2d(3, 0, 3)", "out_channels=0 is no number from 1 on"),
    "a fraction of channels": ("nn.Conv2d(3.0, 1, 3)", "in_channels=3.0 is no number from 1 on"),
    "a kernel of one number": (
        "nn.Conv2d(1, 1, (3,))",
        "kernel_size=(3,) has 1 number for two axes",
    ),
    "two sides in 1-D": (
        "nn.Conv1d(1, 1, 3, padding=(1, 2))",
        "padding=(1, 2) has 2 numbers for one axis",
    ),
    "same with a stride": (
        "nn.Conv2d(1, 1, 3, 2, padding='same')",
        "PyTorch has no padding='same' with a stride, and TensorFlow's is --p same --convention tf",
    ),
    "Equinox, a size in a tuple": ("eqx.nn.Conv2d(1, 1, (3,), key=k)", "has 1 number for two axes"),
    "Equinox, same, lower": (
        "eqx.nn.Conv2d(1, 1, 3, padding='SAME_LOWER', key=k)",
        "padding='SAME_LOWER' depends on the input: give it in numbers",
    ),
    "Equinox, no such padding": (
        "eqx.nn.Conv2d(1, 1, 3, padding='FULL', key=k)",
        "padding can be 'SAME', 'SAME_LOWER' or 'VALID'",
    ),
    "Equinox, sides of one axis": (
        "eqx.nn.Conv2d(1, 1, 3, padding=((1, 2),), key=k)",
        "((1, 2),) is not a size",
    ),
    "Equinox, a mean rounded up": (
        "eqx.nn.AvgPool2d(2, use_ceil=True)",
        "with use_ceil, Equinox's mean counts cells past the padding, which PyTorch's doesn't",
    ),
    "Equinox, rounded up too far": (
        "eqx.nn.MaxPool2d(2, 2, 1, use_ceil=True)",
        "with use_ceil, Equinox takes a stride up to kernel_size less padding, 1",
    ),
    "Equinox, output padding": (
        "eqx.nn.ConvTranspose2d(1, 1, 3, 2, 2, dilation=3, key=k)",
        "in Equinox, output_padding must be smaller than the stride",
    ),
    "Equinox, output padding, same": (
        "eqx.nn.ConvTranspose2d(1, 1, 2, (1, 3), 1, 'SAME', key=k)",
        "in Equinox, output_padding must be smaller than the stride",
    ),
    "Equinox, a padding mode": (
        "eqx.nn.ConvTranspose2d(1, 1, 3, padding_mode='CIRCULAR', key=k)",
        "padding_mode of a transposed layer can be 'ZEROS'",
    ),
    "Equinox, PyTorch's word": ("eqx.nn.Conv2d(1, 1, 3, bias=False, key=k)", "no argument bias"),
    "Equinox, lazy": ("eqx.nn.LazyConv2d(1, 3, key=k)", "Equinox has no lazy layers"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    text, sentence = REFUSED[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = CliRunner().invoke(cli, ["explain", "--layer", text, "--i", "12"])
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


CONV = "nn.Conv2d(4, 4, 3, {})"
UP = "nn.ConvTranspose2d(4, 4, 3, {})"
# Of what PyTorch takes that we refuse, there is nothing here; and the other way round.
TRIED = [
    "nn.Conv2d(3, 64, 3, groups=2)",
    "nn.Conv2d(4, 6, 3, groups=4)",
    "nn.ConvTranspose2d(4, 6, 3, groups=4)",
    *(CONV.format(f"groups={groups}") for groups in ("0", "-1", "2", "1.0", "True", "None")),
    *(f"nn.Conv2d({channels}, 3)" for channels in ("4, 0", "-4, 4", "4, -4", "4.0, 4", "'4', 4")),
    *(f"nn.Conv2d({channels}, 3)" for channels in ("4, None", "(4,), 4", "True, True")),
    *(f"nn.Conv2d(4, 4, {k})" for k in ("(3,)", "[3]", "(3, 3)", "[3, 2]", "(3, 3, 3)", "0", "-1")),
    *(f"nn.Conv1d(4, 4, {k})" for k in ("(3,)", "(3, 3)", "3")),
    *(f"nn.ConvTranspose2d(4, 4, {k})" for k in ("(3,)", "(3, 3)", "(3, 3, 3)")),
    *(f"nn.ConvTranspose1d(4, 4, {k})" for k in ("(3,)", "(3, 3)")),
    *(
        layer.format(f"{word}={size}")
        for layer in (CONV, UP)
        for word in ("stride", "padding", "dilation")
        for size in ("(2,)", "[2]", "(2, 1)", "(2, 2, 2)", "-1", "'full'")
    ),
    *(UP.format(f"stride=2, output_padding={size}") for size in ("(1,)", "(1, 0)", "(0, 0, 0)", 2)),
    *(f"nn.Conv1d(4, 4, 3, padding={size})" for size in ("(1,)", "(1, 2)", "(0, 0)")),
    *(f"nn.ConvTranspose1d(4, 4, 3, padding={size})" for size in ("(1,)", "(1, 1)")),
    *(CONV.format(f"padding={size}, padding_mode='reflect'") for size in ("1", "(1,)", "(1, 2)")),
    *(CONV.format(f"padding='same', {more}") for more in ("stride=2", "stride=(1, 2)")),
    *(CONV.format(f"padding='same', {more}") for more in ("stride=(1,)", "dilation=(2,)")),
    *(CONV.format(f"bias={bias}") for bias in ("3", "None", "'x'", "False")),
    UP.format("padding='same'"),
    UP.format("padding_mode='reflect'"),
    *(f"nn.MaxPool2d({more})" for more in ("(2,)", "(2, 2, 2)", "2, (2,)", "3, padding=(1,)")),
    *(f"nn.MaxPool2d({more})" for more in ("3, padding=2", "2, 0", "2, ceil_mode=1", "3, None, 1")),
    *(f"nn.AvgPool2d({more})" for more in ("(2,)", "(2, 2, 2)", "2, count_include_pad=0")),
    *(f"nn.MaxPool1d({more})" for more in ("(2, 2)", "(2,)", "2, padding=(1, 1)")),
    *(f"nn.AvgPool1d({more})" for more in ("(2, 2)", "2, (2,)", "2, None, (1, 1)")),
]


@pytest.mark.filterwarnings("ignore")  # of PyTorch's own
@pytest.mark.parametrize("text", TRIED)
def test_what_pytorch_refuses_is_refused(text: str) -> None:
    torch = pytest.importorskip("torch")

    def takes() -> bool:
        try:
            module: Any = eval(text, {"nn": torch.nn})
            cells = (12,) if "1d" in text else (12, 12)
            module(torch.ones(1, getattr(module, "in_channels", 4), *cells))
        except (ValueError, TypeError, RuntimeError, NotImplementedError):
            return False
        return True

    def read() -> bool:
        try:
            build(None, {"i": 12}, text)
        except ValueError:
            return False
        return True

    assert read() == takes()
