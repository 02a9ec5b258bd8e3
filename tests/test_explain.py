"""The arithmetic in words and in JSON."""

import json
import re

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given

from conv_anim.cli.group import cli
from conv_anim.core import steps
from conv_anim.core.layer import Layer
from conv_anim.core.pool import Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.explain import arithmetic, comparison
from conv_anim.scene.states import State
from tests.support.slow import (
    all_layers,
    layers,
    slow_grid,
    slow_outputs,
    slow_sides,
    slow_states,
    slow_windows,
)

KEYS = (
    "layer input_size kernel_size padding stride dilation output_padding output_size drawn_size "
    "inserted_zeros drawn_padding cropped never_read padding_never_read "
    "unreached steps in_channels out_channels groups has_bias channels_read filters_per_group "
    "weight_shape parameters multiplications depthwise separable torch keras jax"
)


def run(command: str) -> str:
    result = CliRunner().invoke(cli, ["explain", *command.split()])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_json_of_a_standard_layer() -> None:
    facts = json.loads(run("standard --i 6 --p 1 --s 2 --json"))
    assert list(facts) == KEYS.split()
    assert facts == {
        "layer": "standard",
        "input_size": [6, 6],
        "kernel_size": [3, 3],
        "padding": [[1, 1], [1, 1]],
        "stride": [2, 2],
        "dilation": [1, 1],
        "output_padding": [0, 0],
        "output_size": [3, 3],
        "drawn_size": [8, 8],
        "inserted_zeros": [0, 0],
        "drawn_padding": [[1, 1], [1, 1]],
        "cropped": [[0, 0], [0, 0]],
        "never_read": 0,
        "padding_never_read": 15,
        "unreached": 0,
        "steps": 9,
        "in_channels": 1,
        "out_channels": 1,
        "groups": 1,
        "has_bias": False,
        "channels_read": 1,
        "filters_per_group": 1,
        "weight_shape": [1, 1, 3, 3],
        "parameters": 9,
        "multiplications": 81,
        "depthwise": {"parameters": 9, "multiplications": 81},
        "separable": {"parameters": 10, "multiplications": 90},
        "torch": "torch.nn.Conv2d(1, 1, kernel_size=3, stride=2, padding=1, bias=False)",
        "keras": None,
        "jax": "jax.lax.conv_general_dilated(x, w, window_strides=(2, 2), "
        "padding=[(1, 1), (1, 1)])",
    }


COMPARED = """\
                standard                    transposed
--------------  --------------------------  --------------------------------------------------
operation       pad, slide the kernel       insert zeros, pad, slide the kernel turned by 180°
input           6×6                         3×3
kernel          3×3                         3×3
zeros inserted  none                        s = 2: z = s − 1 = 1
padding         p = 1                       p = 1: p′ = k − p − 1 = 1, op = 1 more at the end
stride          s = 2                       1, as s is in z
output size     ⌊(i + 2p − K)/s⌋ + 1 = 3×3  s(i − 1) + K − 2p + op = 6×6
steps           9                           36

K = d(k − 1) + 1 = 3
"""


def test_a_layer_and_its_counterpart_side_by_side() -> None:
    assert run("standard --i 6 --p 1 --s 2 --compare") == COMPARED
    assert run("transposed --i 3 --p 1 --s 2 --op 1 --compare") == COMPARED
    facts = json.loads(run("standard --i 6 --p 1 --s 2 --compare --json"))
    assert facts["standard"]["output_size"] == facts["transposed"]["input_size"] == [3, 3]
    assert facts["standard"]["input_size"] == facts["transposed"]["output_size"] == [6, 6]


@given(layers)
def test_counterparts_lead_back(layer: Layer) -> None:
    if isinstance(layer, Transposed) and any(
        op >= s for op, s in zip(layer.op, layer.s, strict=True)
    ):
        with pytest.raises(ValueError, match="no standard layer leads back"):
            comparison.pair(layer)
        return
    standard, transposed = comparison.pair(layer)
    assert standard.output_size == transposed.i
    assert transposed.output_size == standard.i
    assert layer in (standard, transposed)


def test_json_of_a_transposed_layer() -> None:
    facts = json.loads(run("transposed --i 1 --k 1 --s 5 --p 2 --op 4 --json"))
    assert list(facts) == KEYS.split()
    assert facts["drawn_padding"] == [[0, 2], [0, 2]]
    assert facts["cropped"] == [[2, 0], [2, 0]]
    assert facts["drawn_size"] == facts["output_size"] == [1, 1]
    assert (facts["inserted_zeros"], facts["never_read"]) == ([4, 4], 1)


@given(all_layers)
def test_facts_are_those_of_the_rules(layer: Layer) -> None:
    facts = arithmetic.facts(layer)
    grid, (first, last) = slow_grid(layer), slow_sides(layer)
    assert facts["drawn_padding"] == [[first.added[axis], last.added[axis]] for axis in range(2)]
    assert facts["cropped"] == [[first.cropped[axis], last.cropped[axis]] for axis in range(2)]
    shown = [len(grid), len(grid[0])]
    assert facts["drawn_size"] == [shown[axis] - sum(facts["cropped"][axis]) for axis in range(2)]
    states = np.array(slow_states(layer))
    unread = [State.UNREAD_INPUT, State.CROPPED_INPUT]
    assert facts["never_read"] == np.isin(states, unread).sum()
    read = {cell for window in slow_windows(layer) for cell in window.taps}
    padding = np.argwhere(np.array(grid) == "padding").tolist()
    assert facts["padding_never_read"] == sum((y, x) not in read for y, x in padding)
    assert facts["unreached"] == slow_outputs(layer)[1].count(State.UNREACHED_DONE)
    assert json.loads(json.dumps(facts)) == facts


@pytest.mark.parametrize(
    ("command", "unreached", "padding"),
    [
        pytest.param("standard --1d --i 2 --k 1 --p 1 --pad-mode circular", 0, 0, id="copies"),
        pytest.param("standard --1d --i 2 --k 1 --p 1", 2, 0, id="zeros"),
        pytest.param("pool --i 4 --k 2 --p 1 --s 3", 0, 20 - 7, id="pool"),
        pytest.param("pool --i 2 --k 1 --s 2 --ceil", 0, 0, id="dropped window"),
        pytest.param("pool --i 5 --k 2 --ceil", 0, 0, id="outside is no padding"),
        pytest.param(
            "transposed --i 10000 --k 9999 --s 10000 --p 0", 1_999_700_000_001, 0, id="large"
        ),
        pytest.param(
            "standard --i 10000 --p 10000 --s 10000", 8, 8 * 10**8 - 72, id="large stride"
        ),
    ],
)
def test_what_is_out_of_reach_is_counted(command: str, unreached: int, padding: int) -> None:
    facts = json.loads(run(f"{command} --json"))
    assert (facts["unreached"], facts["padding_never_read"]) == (unreached, padding)


@given(layers)
def test_words_name_every_size(layer: Layer) -> None:
    text = arithmetic.text(layer)
    assert text.startswith(layer.alt_text)
    assert f"{layer.times(layer.output_size)} output" in text
    stages = re.findall(r"^(\d)\. ", text, re.MULTILINE)
    assert stages == ["1", "2", "3", "4"][: 4 if isinstance(layer, Transposed) else 2]


def test_words_of_a_transposed_layer() -> None:
    assert run("transposed --i 3 --k 2 --p 2 --s 3") == (
        "Transposed convolution, 3×3 input, 2×2 kernel, padding 2, stride 3, 4×4 output, 16 steps\n"
        "\n"
        "1. Work out z and p′, which is not p: z = s − 1 = 2, p′ = k − p − 1 = −1.\n"
        "2. Insert z zeros between the cells; 3×3 → 7×7.\n"
        "3. Crop: 1 before and 1 after; 7×7 → 5×5.\n"
        "4. Convolve with stride 1 and the kernel turned by 180°, which spans 2×2: "
        "o = 5 − 2 + 1 = 4; 4×4 output, 16 steps.\n"
        "\n"
        "At once: o = s(i − 1) + K − 2p + op = 3·(3 − 1) + 2 − 2·2 + 0 = 4.\n"
        "Within reach: 4 with op = 0, 5 with op = 1, 6 with op = 2; for other sizes change k, p or "
        "s.\n"
        "Layers cross-correlate, and call it convolution: they don't turn the kernel. Only with "
        "zeros inserted is it turned, as in a convolution of mathematics.\n"
        "\n"
        "Parameters: 1·1·2·2 = 4.\n"
        "Multiplications, input cells as they stamp · weights: 3·3·1·1·2·2 = 36.\n"
        "\n"
        "Never read: 8 of 9 input cells. "
        "Out of reach of every input cell: 12 of 16 output cells.\n"
        "A standard layer with the same sizes leads back to 3×3.\n"
        "\n"
        "PyTorch: torch.nn.ConvTranspose2d(1, 1, kernel_size=2, stride=3, padding=2, bias=False)\n"
        "Keras:   no single call; none of its paddings comes to this one.\n"
        "JAX:     jax.lax.conv_transpose(x, w, strides=(3, 3), padding=[(-1, -1), (-1, -1)], "
        "transpose_kernel=True)\n"
    )


@given(layers)
def test_the_way_back_that_it_names_is_one(layer: Layer) -> None:
    text = arithmetic.text(layer)
    same = {letter: getattr(layer, letter) for letter in "kpsd"}
    if found := re.search(r"output padding \(?(\d+)(?:, (\d+))?\)?\.", text):
        op = int(found[1]), int(found[2] or found[1])
        assert Transposed(i=layer.output_size, op=op, **same).output_size == layer.i
    elif "A standard layer with the same sizes leads back" in text:
        assert Standard(i=layer.output_size, **same).output_size == layer.i
    else:
        assert Standard(i=layer.output_size, **same).output_size != layer.i
        assert "does not lead back" in text


def test_what_no_single_call_can_do_is_said() -> None:
    text = run("standard --i 6 --s 2 --p same --convention tf")
    assert "PyTorch: no single call; it pads both sides of an axis alike; and it has" in text
    assert "no 'same' with a stride; torch.nn.functional.pad must come first." in text
    assert "Keras:   keras.layers.Conv2D" in text


def test_a_layers_text_stands_for_its_sizes() -> None:
    layer = "nn.ConvTranspose2d(16, 33, 3, stride=2, padding=1, output_padding=1)"
    result = CliRunner().invoke(cli, ["explain", "--layer", layer, "--i", "12"])
    assert "24×24 output" in result.stdout
    channels = {"in_channels": 16, "out_channels": 33, "has_bias": True}
    call = arithmetic.facts(Transposed(i=12, op=1, **channels))["torch"]
    assert call.startswith("torch.nn.ConvTranspose2d(16, 33, kernel_size=3")
    assert "bias" not in call
    again = CliRunner().invoke(cli, ["explain", "--layer", call, "--i", "12"])
    assert again.stdout == result.stdout


@pytest.mark.parametrize("sizes", ["--i 10000 --k 5000 --p 10000", "--i 10000 --s 7 --d 100"])
def test_large_layers_are_explained_at_once(sizes: str) -> None:
    # A grid of so many cells would not fit into memory; nothing here makes one.
    facts = json.loads(run(f"standard {sizes} --json"))
    axis = Standard(**dict(zip("ikp", re.findall(r"\d+", sizes), strict=False))).axes[0]
    assert facts["input_size"] == [10000, 10000]
    assert steps.readings(axis).shape == (axis.padded_size,)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("", "no layer is named: give standard, transposed, pool, or --layer"),
        (
            "pooling",
            "the layer is 'pooling': give standard, transposed, pool or network; did you mean",
        ),
        ("pool --compare", "--compare sets a standard layer against a transposed one"),
        ("standard --op 1", "--op 1 has no meaning for a standard layer"),
        ("transposed --convention tf", "--convention 'tf' has no meaning for a transposed layer"),
        ("--layer nn.Linear(3,4)", "--layer is 'nn.Linear(3,4)', which can't be read"),
        ("standard --i 1000000000", "--i is 1000000000: give a whole number from 1 to 10000"),
    ],
)
def test_mistakes(command: str, sentence: str) -> None:
    result = CliRunner().invoke(cli, ["explain", *command.split()])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {sentence}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("layer", "formula"),
    [
        (Pool(i=5, k=2, ceil=True), "o = ⌈(5 − 2)/2⌉ + 1 = 3;"),
        (Pool(i=5, k=2), "o = ⌊(5 − 2)/2⌋ + 1 = 2, remainder 1;"),
        (Pool(i=4, k=2, p=1, s=3, ceil=True),
         "o = ⌈(6 − 2)/3⌉ + 1 − 1 = 2, as the last window would begin past the padding;"),
        (Pool(i=3, k=2, p=1, ceil=True),
         "o = ⌈(5 − 2)/2⌉ + 1 − 1 = 2, as the last window would begin in the padding;"),
        (Pool(i=2, k=1, s=2, ceil=True),
         "o = ⌈(2 − 1)/2⌉ + 1 − 1 = 1, as the last window would begin past the input;"),
    ],
    ids=["rounded up", "rounded down", "past the padding", "in the padding", "past the input"],
)  # fmt: skip
def test_a_pooling_layers_rounding_is_said(layer: Pool, formula: str) -> None:
    assert formula in arithmetic.text(layer)
