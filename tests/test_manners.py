"""The manners of the command line: help in groups, what may be meant, and completion."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from click.shell_completion import BashComplete, ShellComplete, get_completion_class
from click.testing import CliRunner
from PIL import Image

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.cli.group import COMMANDS, cli
from conv_anim.cli.parameters import TABLE
from conv_anim.core.layer import Layer
from conv_anim.core.parameter import GROUPS, NUMBERS
from tests.support.command import SCRIPT, run
from tests.support.gifs import Blocks

pytestmark = pytest.mark.usefixtures("folder")


def made(command: str, monkeypatch: pytest.MonkeyPatch) -> Animation:
    """Return what a command would draw."""
    found: list[Animation] = []
    monkeypatch.setattr(
        "conv_anim.cli.commands.draw", lambda animation, *rest: found.append(animation)
    )
    result = run(command)
    assert result.exit_code == 0, result.output
    return found.pop()


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_short_and_in_groups(command: str) -> None:
    columns = 100 - 2  # click leaves two of a terminal's
    result = CliRunner().invoke(cli, [command, "--help"], terminal_width=columns)
    lines = result.output.splitlines()
    assert len(lines) <= 62
    assert max(map(len, lines)) <= 100
    heads = [line.removesuffix(":") for line in lines if re.fullmatch(r"[A-Z]\w+:", line)]
    drawn = command in ("standard", "transposed", "pool", "separable", "network")
    assert heads == {
        "gallery": ["Output"],
        "formats": ["Output"],
        "explain": ["Layer", "Output"],
        "network": [x for x in GROUPS if x != NUMBERS],
    }.get(command, [*GROUPS])
    assert any("--theme" in line for line in lines) == drawn


def test_help_says_what_every_row_means() -> None:
    for kind in ("standard", "transposed", "pool"):
        text = " ".join(run(f"{kind} --help").output.split())
        for name, row in TABLE.items():
            assert (f"--{row.all_words[0]}" in text) or not row.is_for(kind), name
            assert not row.is_for(kind) or row.meaning([kind]).split(" ")[0] in text


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_version(option: str) -> None:
    assert re.fullmatch(r"conv-anim, version \d+\.\d+\.\d+\n", run(option).output)


REFUSED = {
    "command": ("standart", "No such command 'standart', did you mean standard: see conv-anim -"),
    "command in capitals": ("POOL", "No such command 'POOL', did you mean pool: see"),
    "no command at all": ("xyz", "No such command 'xyz': see conv-anim --help"),
    "option": ("standard --widht 9", "No such option '--widht', did you mean --width: see conv-an"),
    "option in capitals": ("pool --MODE max", "No such option '--MODE', did you mean --mode: see"),
    "option with a value": ("pool --moed=max", "No such option '--moed', did you mean --mode: see"),
    "option of the group": ("--versoin", "No such option '--versoin', did you mean --version: see"),
    "option like none": ("standard --xyz", "No such option '--xyz': see conv-anim standard --help"),
    "option of other layers": (
        "pool --process",
        "No such option '--process', it has no meaning for conv-anim pool: see conv-anim pool --h",
    ),
    "short option": ("standard -z", "No such option '-z': see conv-anim standard --help"),
    "view": ("standard --view slid", "--view is 'slid': give slide, stack or matrix; did you mea"),
    "view that such layers have not": (
        "standard --view stampp",
        "--view is 'stampp': give slide, stack or matrix\n",
    ),
    "view of other layers": (
        "pool --view Stamp",
        "--view stamp shows transposed layers, not pool ones: give slide or stack\n",
    ),
    "theme": ("pool --theme drak", "give auto, light or dark; did you mean dark?\n"),
    "mode": ("pool --mode averge", "--mode is 'averge': give max or average; did you mean average"),
    "padding": ("standard --p smae", "did you mean same?\n"),
    "pad mode": ("standard --pad-mode refelct", "or circular; did you mean reflect?\n"),
    "convention": ("standard --convention touch", "give torch or tf; did you mean torch?\n"),
    "kind": ("explain pol", "give standard, transposed, pool or network; did you mean pool?"),
    "plays below none": ("pool --loop=-1", "No such option '-1': see conv-anim pool --help"),
    "too many plays": ("pool --loop 65537", "--loop is 65537: give how often it plays, from 1 to"),
    "plays in words": ("pool --loop twice", "--loop is 'twice': give how often it plays, from 1"),
    "output padding of a standard layer": ("standard -op1", "No such option '--op', it has no mea"),
    "output padding, apart": ("standard -op 1", "No such option '--op', it has no meaning for "),
    "output padding of a pool": ("pool -op=1 -o x.gif", "No such option '--op', it has no meaning"),
    "output padding of a gallery": ("gallery -op1", "No such option '--op', it has no meaning for"),
    "output padding with a suffix": ("transposed -op1.gif", "--op is '1.gif': give a whole number"),
    "output padding below 0": ("transposed -op-1", "--op is -1: give a whole number from 0"),
    "output padding too large": ("transposed -op2", "--op is 2: it must be smaller than the strid"),
    "no output padding": ("transposed -op", "Option '--op' requires an argument: see conv-anim tr"),
    "empty output padding": ("transposed -op=", "--op is '': give a whole number from 0"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_mistyped_is_offered(name: str, folder: Path) -> None:
    command, sentence = REFUSED[name]
    result = run(command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert not list(folder.iterdir())


MEANT: dict[str, tuple[str, Layer, dict[str, bool | int | str]]] = {
    "no loop": ("standard --no-loop", Standard(), {"loop": False}),
    "once": ("standard --once", Standard(), {"loop": False}),
    "one play": ("standard --loop 1", Standard(), {"loop": False}),
    "plays": ("standard --loop 3", Standard(), {"loop": 3}),
    "plays, joined": ("standard --loop=65536", Standard(), {"loop": 65536}),
    "no end": ("standard --loop 0", Standard(), {}),
    "no end in a word": ("standard --loop Forever", Standard(), {}),
    "no end without a number": ("standard --loop", Standard(), {}),
    "no end before an option": ("standard --loop --theme dark", Standard(), {"theme": "dark"}),
    "the last counts": ("standard --once --loop 4", Standard(), {"loop": 4}),
    "the last counts, once": ("standard --loop 4 --once", Standard(), {"loop": False}),
    "the last counts, no end": ("standard --once --loop", Standard(), {}),
    "numbers hidden, then shown": ("standard --no-values --values", Standard(), {"values": True}),
    "alias": ("pool --mode avg", Pool(mode="average"), {}),
    "another alias": ("pool --mode Mean", Pool(mode="average"), {}),
    "padding in capitals": ("standard --p SAME", Standard(p="same"), {}),
    "padding in mixed case": ("transposed --p Half", Transposed(p="half"), {}),
    "choices in capitals": (
        "standard --pad-mode ZEROS --convention TF --p same",
        Standard(p="same", convention="tf"),
        {},
    ),
    "theme and view": (
        "standard --theme DARK --view Stack",
        Standard(),
        {"theme": "dark", "view": "stack"},
    ),
    "output padding, joined": ("transposed -op1", Transposed(op=1), {}),
    "output padding, apart": ("transposed -op 1", Transposed(op=1), {}),
    "output padding after =": ("transposed -op=1", Transposed(op=1), {}),
    "output padding of two axes": ("transposed -op1x0", Transposed(op=(1, 0)), {}),
    "output padding after a flag": ("transposed -q -op1 --1d", Transposed(op=1, ndim=1), {}),
    "channels and a bias": (
        "standard --in-channels 2 --has-bias",
        Standard(in_channels=2, has_bias=True),
        {},
    ),
}


@pytest.mark.parametrize("name", MEANT)
def test_what_is_meant_is_understood(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command, layer, options = MEANT[name]
    animation = made(command, monkeypatch)
    assert animation == Animation(layer, animation.options)
    for option, value in options.items():
        found = getattr(animation.options, option)
        assert (found, type(found)) == (value, type(value))
    if "loop" not in options:
        assert animation.options.loop is True


@pytest.mark.parametrize(
    ("command", "name"),
    [
        pytest.param("standard -opath.gif", "path.gif", id="a path that begins with p"),
        pytest.param("transposed -opath.gif", "path.gif", id="in a command that has -op"),
        pytest.param("standard -o p1.gif", "p1.gif", id="apart"),
        pytest.param("transposed -o -op1.gif", "-op1.gif", id="a value, whatever it is"),
        pytest.param("transposed -ox.gif", "x.gif", id="joined"),
    ],
)
def test_paths_may_be_joined_to_their_option(command: str, name: str, folder: Path) -> None:
    assert run(command).exit_code == 0
    assert [path.name for path in folder.iterdir()] == [name]


def test_what_stands_after_two_dashes_is_no_option() -> None:
    result = run("transposed -- -op1")
    assert "unexpected extra argument (-op1)" in result.stderr


@pytest.mark.parametrize(
    ("loop", "stored", "slug", "words"),
    [
        pytest.param(True, 0, (), (), id="for ever"),
        pytest.param(0, 0, (), (), id="0 is for ever"),
        pytest.param(False, None, ("once",), ("--once",), id="once"),
        pytest.param(1, None, ("once",), ("--once",), id="1 is once"),
        pytest.param(2, 1, ("loop2",), ("--loop", "2"), id="twice"),
        pytest.param(65_536, 65_535, ("loop65536",), ("--loop", "65536"), id="most"),
    ],
)
def test_how_often_it_plays(
    loop: bool | int, stored: int | None, slug: tuple[str, ...], words: tuple[str, ...]
) -> None:
    animation = animate(Standard(i=4), loop=loop)
    assert (animation.options.slug, animation.options.arguments) == (slug, words)
    gif = animation.to_bytes()
    assert Blocks(gif).loop == stored
    expected = b"" if stored is None else stored.to_bytes(2, "little") + b"\0"
    assert (b"NETSCAPE2.0\x03\x01" + expected in gif) == (stored is not None)
    animation.save("x.gif")
    with Image.open("x.gif") as image:
        assert image.info.get("loop") == stored
    again = animation.command.split()[1:]
    assert run(" ".join([*again, "-o", "y.gif"])).exit_code == 0
    assert Path("y.gif").read_bytes() == gif


@pytest.mark.parametrize("loop", [-1, 65_537, 2.0, "often", None, [3]])
def test_how_often_it_can_not_play(loop: object) -> None:
    options: dict[str, object] = {"loop": loop}
    with pytest.raises(ValueError, match=r"^loop is .*: give how often it plays, from 1 to 65536"):
        animate(Standard(), **options)  # type: ignore[arg-type]  # that is the mistake


def completed(words: str, incomplete: str, shell: str = "bash") -> list[tuple[str, str]]:
    """Return what a shell is given to complete a word after others: (type, value) of each."""
    found = get_completion_class(shell)
    assert found is not None
    complete: ShellComplete = found(cli, {}, "conv-anim", "_CONV_ANIM_COMPLETE")
    items = complete.get_completions(words.split(), incomplete)
    return [(item.type, item.value) for item in items]


def plain(*values: str) -> list[tuple[str, str]]:
    return [("plain", value) for value in values]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        pytest.param("", "st", plain("standard"), id="command"),
        pytest.param("", "", plain(*COMMANDS), id="all commands"),
        pytest.param("", "--v", plain("--version"), id="option of the group"),
        pytest.param("standard", "--th", plain("--theme"), id="option"),
        pytest.param("standard", "--on", plain("--once"), id="word of an option"),
        pytest.param("standard --theme", "", plain("auto", "light", "dark"), id="theme"),
        pytest.param("standard --theme", "D", plain("dark"), id="theme in capitals"),
        pytest.param("standard --view", "s", plain("slide", "stack"), id="view"),
        pytest.param(
            "transposed --view", "s", plain("slide", "stack", "stamp"), id="view of transposed"
        ),
        pytest.param("pool --view", "", plain("slide", "stack"), id="view of pool"),
        pytest.param("pool --mode", "", plain("max", "average"), id="mode"),
        pytest.param("standard --pad-mode", "re", plain("reflect", "replicate"), id="pad mode"),
        pytest.param("standard --convention", "t", plain("torch", "tf"), id="convention"),
        pytest.param("standard --p", "s", plain("same"), id="padding"),
        pytest.param("transposed --padding", "", plain("half", "full"), id="padding, transposed"),
        pytest.param("pool -p", "", [], id="padding of pool"),
        pytest.param(
            "standard --input", "r", [*plain("random", "ramp"), ("file", "r")], id="input"
        ),
        pytest.param(
            "transposed --kernel", "sobel", [*plain("sobel-x", "sobel-y"), ("file", "sobel")],
            id="kernel",
        ),
        pytest.param("standard -o", "x", [("file", "x")], id="output"),
        pytest.param("standard --output", "x", [("file", "x")], id="output in a word"),
        pytest.param("standard --once --view", "m", plain("matrix"), id="after a flag"),
        pytest.param("standard --loop --view", "m", plain("matrix"), id="after an optional value"),
        pytest.param("standard --i", "", [], id="a number"),
        pytest.param("explain", "p", plain("pool"), id="kind"),
        pytest.param("explain transposed --p", "f", plain("full"), id="explain"),
        pytest.param("gallery", "my", [("file", "my")], id="spec"),
        pytest.param("gallery --out", "si", [("dir", "si")], id="folder"),
        pytest.param("nonsense", "--th", [], id="no such command"),
    ],
)  # fmt: skip
def test_completion(
    shell: str, words: str, incomplete: str, expected: list[tuple[str, str]]
) -> None:
    assert completed(words, incomplete, shell) == expected


def test_completion_says_what_commands_do() -> None:
    complete = BashComplete(cli, {}, "conv-anim", "_CONV_ANIM_COMPLETE")
    items = complete.get_completions([], "")
    assert {item.value: item.help for item in items} == COMMANDS


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("tr", "plain,transposed\n", id="command"),
        pytest.param("standard --view m", "plain,matrix\n", id="value"),
    ],
)
def test_completion_by_the_script(words: str, expected: str) -> None:
    env = {
        **os.environ,
        "_CONV_ANIM_COMPLETE": "bash_complete",
        "COMP_WORDS": f"conv-anim {words}",
        "COMP_CWORD": str(len(words.split())),
    }
    done = subprocess.run([SCRIPT], env=env, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (expected, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_gives_what_switches_completion_on(shell: str) -> None:
    env = {**os.environ, "_CONV_ANIM_COMPLETE": f"{shell}_source"}
    done = subprocess.run([SCRIPT], env=env, capture_output=True, text=True, check=False)
    assert f"_CONV_ANIM_COMPLETE={shell}_complete" in done.stdout
    assert done.stderr == ""
