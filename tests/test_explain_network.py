"""What is explained of a network: the table, what cells see, the way back."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from conv_anim import Network, Pool, Standard, Transposed
from conv_anim.cli.group import cli
from conv_anim.explain import networks
from conv_anim.frameworks.network_text import Read

MODEL = """\
Sequential(
  (0): Conv2d(1, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))
  (1): ReLU(inplace=True)
  (2): Sequential(
    (0): Conv2d(8, 16, kernel_size=(3, 3), stride=(2, 2))
    (1): InstanceNorm2d(16, eps=1e-05, momentum=0.1)
    (2): ReLU(inplace=True)
    (3): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
  )
)
"""
TEXT = """\
Network, 32×32 input, 3 layers, 7×7 output

   layer             channels  output  r  jump  start  parameters  multiplications
-  ----------------  --------  ------  -  ----  -----  ----------  ---------------
   input                    1   32×32
1  standard k=3 p=1         8   32×32  3     1     −1          80           73,728
2  standard k=3 s=2        16   15×15  5     2     −1       1,168          259,200
3  pool max k=2            16     7×7  7     4     −1           0                0
   all                                                      1,248          332,928

An output cell sees r = 7 input cells along an axis, holes and padding among them included; its \
neighbour's begin 4 further, and the first one's at −1.
Output cell (0, 3) sees rows 0 to 5 and columns 11 to 17 of the input: 42 in all.

Layer 2, standard k=3 s=2, loses 1 row and 1 column at the end of 32×32, where its steps don't \
come out even.
Layer 3, pool max k=2, loses 1 row and 1 column at the end of 15×15, where its steps don't come \
out even.
Back through layer 3, 7×7 → 15×15: transposed k=2 s=2 p=0 op=1.
Back through layer 2, 15×15 → 32×32: transposed k=3 s=2 p=0 op=1.

Passed over: ReLU (2), InstanceNorm2d. They move no cell; what they learn is not counted.
The means of InstanceNorm2d are over many cells, which is not counted as seeing them.
"""


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["explain", "network", *arguments], input=text)


def facts(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_table_of_a_printed_model(tmp_path: Path) -> None:
    path = tmp_path / "model.txt"
    path.write_text(MODEL, "utf-8")
    assert run("--model", str(path), "--cell", "0,3").stdout == TEXT
    assert run("--model", "-", "--cell", "0,3", text=MODEL).stdout == TEXT
    assert run(MODEL, "--cell", "0,3").stdout == TEXT


def test_json() -> None:
    found = facts(
        "Conv2d(1, 8, 3, padding=1)", "ReLU()", "pool max k=3 s=2", "--cell", "0,2", "--i", "9x8"
    )
    assert found == {
        "layer": "network",
        "input_size": [9, 8],
        "output_size": [4, 3],
        "receptive_field": [5, 5],
        "jump": [2, 2],
        "start": [-1, -1],
        "why_none": "",
        "parameters": 80,
        "multiplications": 9 * 8 * 72,
        "passed_over": ["ReLU"],
        "layers": [
            {
                "layer": "standard",
                "words": "standard k=3 p=1",
                "input_size": [9, 8],
                "output_size": [9, 8],
                "receptive_field": [3, 3],
                "jump": [1, 1],
                "start": [-1, -1],
                "in_channels": 1,
                "out_channels": 8,
                "parameters": 80,
                "multiplications": 9 * 8 * 72,
                "lost": [0, 0],
                "output_padding_back": [0, 0],
            },
            {
                "layer": "pool",
                "words": "pool max k=3 s=2",
                "input_size": [9, 8],
                "output_size": [4, 3],
                "receptive_field": [5, 5],
                "jump": [2, 2],
                "start": [-1, -1],
                "in_channels": 8,
                "out_channels": 8,
                "parameters": 0,
                "multiplications": 0,
                "lost": [0, 1],
                "output_padding_back": [0, 1],
            },
        ],
        "cell": [0, 2],
        "field": [[0, 3], [3, 7]],
        "holes": 0,
    }  # fmt: skip


def test_holes_and_one_axis() -> None:
    hole = ["standard k=3 d=2", "standard k=3 d=2", "--1d", "--i", "16"]
    found = facts(*hole, "--cell", "1")
    assert (found["receptive_field"], found["start"]) == ([1, 9], [0, 0])
    assert (found["cell"], found["field"], found["holes"]) == ([1], [[0, 0], [1, 9]], 4)
    said = run(*hole, "--cell", "1").stdout
    assert said.startswith("Network in 1-D, 16 input, 2 layers, 8 output\n")
    assert "Output cell (1) sees cells 1 to 9 of the input, but for 4 holes: 5 in all." in said
    assert "channels" not in said


def test_a_cell_that_sees_nothing() -> None:
    alone = ["standard k=1 p=3", "--i", "2", "--cell", "0,0"]
    assert (facts(*alone)["field"], facts(*alone)["holes"]) == (None, 0)
    assert "Output cell (0, 0) sees no input cell." in run(*alone).stdout


def test_where_cells_differ() -> None:
    found = facts("standard k=3 s=2 p=1", "transposed k=3 s=2 p=1", "--i", "8")
    assert found["receptive_field"] is found["jump"] is found["start"] is None
    assert found["layers"][0]["receptive_field"] == [3, 3]
    assert found["layers"][1]["jump"] is None
    said = run("standard k=3 s=2 p=1", "transposed k=3 s=2 p=1", "--i", "8").stdout
    assert "There is no closed form for r, jump and start: layer 2, transposed" in said
    assert "–     –      –" in said


def test_where_one_axis_has_a_closed_form() -> None:
    layers = "upsample 1x2", "standard k=3x1 s=1x2", "--i", "6"
    found = facts(*layers)
    assert (found["receptive_field"], found["jump"], found["start"]) == (
        [3, None], [1, None], [0, None]
    )  # fmt: skip
    assert found["why_none"].startswith(
        "along the columns, layer 1, upsample 1x2: it makes 2 cells"
    )
    said = run(*layers).stdout
    assert "(3, –)  (1, –)  (0, –)" in said
    assert "sees r = (3, –) input cells" in said
    assert "There is no closed form for r, jump and start: along the columns, layer 1" in said


@given(st.data())
def test_the_way_back_leads_back(data: st.DataObject) -> None:
    k, s, d, i = (data.draw(st.integers(1, most)) for most in (4, 4, 3, 20))
    try:
        if data.draw(st.booleans()):
            ceil = data.draw(st.booleans())
            (layer,) = Network([Pool(k=k, s=s, d=d, ceil=ceil)], i=i).layers
        else:
            p = f"{data.draw(st.integers(0, 2))}:{data.draw(st.integers(0, 2))}"
            (layer,) = Network([Standard(k=k, s=s, d=d, p=p)], i=i).layers
    except ValueError:
        assume(False)
        raise
    op = networks.way_back(layer)
    if op is None:
        assert isinstance(layer, Pool)
        assert layer.ceil
        return
    try:
        back = Transposed(layer.output_size, k, layer.p, s, d=d, op=op)
    except ValueError:
        assert max(op) >= max(s, d)
        assert isinstance(layer, Pool)
        return
    assert back.output_size == layer.i


@given(st.integers(1, 30), st.integers(1, 4), st.integers(1, 4), st.integers(0, 2))
def test_what_is_lost_is_at_the_end_and_seen_by_none(i: int, k: int, s: int, p: int) -> None:
    assume(i + 2 * p >= k)
    network = Network([Standard(k=k, s=s, p=p, ndim=1)], i=i)
    _, n_lost = networks.lost(network.layers[0])
    seen = [network.reaches(cell).any() for cell in range(i)]
    assert not any(seen[i - n_lost :])
    if s <= k and n_lost < i:
        assert seen[i - n_lost - 1]


def test_five_hundred_layers_are_explained() -> None:
    found = facts(*["standard k=3 p=1"] * 500)
    assert found["receptive_field"] == [1001, 1001]
    assert len(found["layers"]) == 500


def test_facts_are_of_json() -> None:
    read = Read(Network([Standard(k=3), Pool(k=2)]), ())
    found = networks.facts(read, (1, 2))
    assert json.loads(json.dumps(found)) == found


REFUSED = {
    "a layer's option": (
        ["standard k=3", "--k", "3"],
        "--k 3 has no meaning for a network: give it with a layer, such as 'standard k=3 s=2'",
    ),
    "a layer's text": (["--layer", "Conv2d(1, 1, 3)"], "--layer is for a single layer: give a"),
    "a model and layers": (["standard", "--model", "x"], "--model and layers both say what"),
    "no such model": (["--model", "no/such"], "--model 'no/such' cannot be read: No such file"),
    "a folder": (["--model", "."], "--model '.' cannot be read: Is a directory"),
    "no layer": ([], "a network has at least one layer, and there is none: give some"),
    "comparing": (["standard k=3", "--compare"], "--compare sets a layer against another"),
    "one number": (["standard k=3", "--cell", "3"], "--cell is 3: give a row and a column such"),
    "no number": (["standard k=3", "--cell", "a,b"], "--cell is 'a,b': give a row and a column"),
    "three numbers": (["standard", "--cell", "1,2,3"], "--cell is '1,2,3': give a row and a"),
    "a cell outside": (
        ["standard k=3", "--cell", "30,3"],
        "--cell is (30, 3), and the output has 30×30 cells: give a row from 0 to 29 and a column",
    ),
    "a cell before": (["standard k=3", "--cell", "-1,3"], "--cell is (-1, 3), and the output"),
    "two of one axis": (
        ["standard k=3", "--1d", "--cell", "1,3"],
        "--cell is (1, 3), and the output has 30 cells: give a number from 0 to 29",
    ),
    "none of one axis": (
        ["standard k=3", "--1d", "--cell", "x"],
        "--cell is 'x': give a number such as 3, counted from 0",
    ),
    "nothing to slide over": (
        ["standard k=3 s=2", "standard k=7", "--i", "9"],
        "layer 2, standard k=7, on 4×4 cells: the kernel has 7 cells (k=7) but the padded input "
        "only 4 (4 + 2·0): change it, or give --i 15",
    ),
    "no size": (["standard", "--i", "x"], "--i is 'x': give a whole number from 1 to 10000"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name: str) -> None:
    arguments, sentence = REFUSED[name]
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {sentence}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param("standard --cell 1,2", "--cell '1,2' has a meaning for a network", id="cell"),
        pytest.param("pool --model x", "--model 'x' has a meaning for a network", id="model"),
        pytest.param("standard 3", "3 is more than the one layer", id="a second word"),
        pytest.param(
            "netwrok",
            "give standard, transposed, pool or network; did you mean network?",
            id="typo",
        ),
    ],
)
def test_what_is_for_networks_alone(arguments: str, sentence: str) -> None:
    result = CliRunner().invoke(cli, ["explain", *arguments.split()])
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_model_that_is_no_text() -> None:
    result = CliRunner().invoke(cli, ["explain", "network", "--model", "-"], input=b"\xff\xfe\x00")
    assert result.stderr.startswith("Error: standard input is not text in UTF-8: give what print")
    many = CliRunner().invoke(cli, ["explain", "network", "--model", "-"], input=b" " * 1_000_001)
    assert "standard input has more than 1,000,000 bytes, the limit" in many.stderr


def test_the_table_says_groups_which_costs_follow_from() -> None:
    printed = run("Conv2d(4, 8, 3, groups=2)", "standard k=3 c=8:4", "--i", "10").stdout
    rows = [line.split("  ")[1] for line in printed.splitlines() if line[:1] in ("1", "2")]
    assert rows == ["standard k=3 groups=2", "standard k=3"]
