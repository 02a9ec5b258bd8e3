"""The command line: what it makes, what it says, and how it refuses."""

import errno
import os
import re
import shlex
import signal
import subprocess
import sys
import termios
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from PIL import Image

from conv_anim import Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.cli import commands
from conv_anim.cli.group import cli
from conv_anim.cli.parameters import spelled
from conv_anim.core.layer import Layer
from conv_anim.errors import InputError
from conv_anim.options import Options
from tests.support.command import SCRIPT, run
from tests.support.slow import layers

pytestmark = pytest.mark.usefixtures("folder")


def test_a_command_makes_a_gif_and_says_so(folder: Path) -> None:
    result = run("standard --i 5 --k 3 --s 2")
    target = folder / "standard_i5_k3_p0_s2.gif"
    with Image.open(target) as image:
        width, height = image.size
    assert result.exit_code == 0
    assert result.stdout == (
        f"standard_i5_k3_p0_s2.gif: 4 frames, 3 s, 5×5 → 2×2, {width}×{height} px, "
        f"{target.stat().st_size:,} bytes\n"
    )
    assert result.stderr == ""
    assert target.read_bytes() == animate(Standard(i=5, k=3, s=2)).to_bytes()


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("standard", "standard_i5_k3_p0_s1.gif"),
        ("transposed", "transposed_i3_k3_p1_s2.gif"),
        ("transposed --theme dark", "transposed_i3_k3_p1_s2_dark.gif"),
        ("standard -i 4 -k 2 -p 1 -s 3", "standard_i4_k2_p1_s3.gif"),
        (
            "standard --input-size 4 --kernel-size 2 --padding 1 --stride 3",
            "standard_i4_k2_p1_s3.gif",
        ),
        ("standard --i 4 --width 700 --step-ms 20 --hold-ms 30 --once",
         "standard_i4_k3_p0_s1_w700_step20_hold30_once.gif"),
        ("standard --frames 2:8 --every 3", "standard_i5_k3_p0_s1_frames2-8_every3.gif"),
        ("standard --i 5x7 --p 0:1x2 --d 2 --s 2x1", "standard_i5x7_k3_p0-1x2_s2x1_d2.gif"),
        ("transposed --1d --to 6", "transposed_1d_i3_k3_p1_s2_op1.gif"),
        ("standard --scale 1 --step-ms auto --hold-ms 1500 --loop --max-frames 9",
         "standard_i5_k3_p0_s1.gif"),
    ],
)  # fmt: skip
def test_files_are_named_after_what_is_not_the_default(command: str, name: str) -> None:
    assert run(command).exit_code == 0
    assert os.listdir() == [name]


NO_DEFAULT = Options(
    theme="dark", width=700, step_ms=20, hold_ms=30, loop=False, frames="2:3", every=2
)


WITH_NUMBERS = Options(shade=True, input="ramp", kernel="box", bias=-0.1, seed=3, digits=3)


@pytest.mark.parametrize(
    "options", [Options(), NO_DEFAULT, WITH_NUMBERS], ids=["default", "no default", "numbers"]
)
def test_the_command_of_an_animation_makes_it_again(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Animation] = []
    monkeypatch.setattr(commands, "draw", lambda animation, *rest: made.append(animation))

    @given(layers)
    def check(layer: Layer) -> None:
        animation = Animation(layer, replace(options, frames=options.frames and "1:1"))
        program, *words = shlex.split(animation.command)
        assert program == "conv-anim"
        assert CliRunner().invoke(cli, words).exit_code == 0
        assert made.pop() == animation

    check()
    strip = Animation(Standard(i=7, p="1:2", ndim=1), options)
    CliRunner().invoke(cli, shlex.split(strip.command)[1:])
    assert made == [strip]


def test_output_is_where_it_is_wanted(folder: Path) -> None:
    (folder / "sub").mkdir()
    assert run("standard -o sub/x.GIF").exit_code == 0
    assert run("standard --output sub/x.GIF --theme dark").exit_code == 0  # replaces
    assert (folder / "sub/x.GIF").read_bytes() == animate(Standard(), theme="dark").to_bytes()


def test_standard_output_gets_the_gif_and_standard_error_the_line(folder: Path) -> None:
    result = run("transposed -o -")
    assert result.stdout_bytes == animate(Transposed()).to_bytes()
    assert result.stderr.startswith("-: 25 frames, 13.5 s, 3×3 → 5×5, ")
    assert not os.listdir()


@pytest.mark.parametrize("output", ["x.gif", "-"])
def test_quiet_prints_nothing(output: str) -> None:
    result = run(f"standard -q -o {output}")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert output == "-" or result.stdout == ""


def test_options_reach_the_animation(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Animation] = []
    save = Animation.save

    def spy(self: Animation, *arguments: str) -> Path:
        made.append(self)
        return save(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Animation, "save", spy)
    sizes = "--i 2 --k 4 --p 2 --s 3"
    run(f"transposed {sizes} --theme dark --width 500 --step-ms 40 --hold-ms 60 --once")
    (animation,) = made
    assert animation.layer == Transposed(i=2, k=4, p=2, s=3)
    options = animation.options
    assert (options.theme, options.width, options.loop) == ("dark", 500, False)
    assert (options.step_ms, options.hold_ms) == (40, 60)


BAD = {
    "kernel too large": ("standard --k 9", "the kernel has 9 cells (--k 9) but the padded input"),
    "empty output": ("transposed --p 4", "the output would have −1 cells along an axis"),
    "input below 1": ("standard --i 0", "--i is 0: give a whole number from 1 to 10000"),
    "kernel below 1": ("standard -k -2", "--k is -2: give a whole number from 1 to 10000"),
    "stride below 1": ("transposed --stride 0", "--s is 0: give a whole number from 1 to 10000"),
    "padding below 0": ("standard --p -1", "--p is -1: give a whole number from 0 to 10000"),
    "size too large": ("standard --i 10001", "--i is 10001: give a whole number from 1 to 10000"),
    "enormous size": (f"standard --s {'9' * 9999}", "--s is '99999999999999999999999999999999999…"),
    "text for a number": ("standard --i five", "--i is 'five': give a whole number from 1"),
    "fraction": ("standard --i 5.0", "--i is '5.0': give a whole number from 1"),
    "short step": ("standard --step-ms 10", "--step-ms is 10: give a multiple of 10 from 20 to"),
    "uneven step": ("standard --step-ms 105", "--step-ms is 105: give a multiple of 10 from 20"),
    "long step": ("standard --step-ms 655360", "--step-ms is 655360: give a multiple of 10 from"),
    "short hold": ("standard --hold-ms 0", "--hold-ms is 0: give a multiple of 10 from 20"),
    "step in words": ("standard --step-ms slow", "--step-ms is 'slow': give a multiple of 10"),
    "narrow": ("standard --width 319", "--width is 319: give a whole number from 320 to 4000"),
    "wide": ("standard --width 4001", "--width is 4001: give a whole number from 320 to 4000"),
    "other extension": ("standard -o x.bmp", "output 'x.bmp' ends in '.bmp': only .gif, .webp"),
    "folder's name": ("standard -o x.gif/", "output 'x.gif/' is a folder's name: add a file's"),
    "no extension": ("standard -o x", "output 'x' has no extension: only .gif, .webp, .png"),
    "no such folder": ("standard -o none/x.gif", "output folder 'none' does not exist: create it"),
    "file for a folder": ("standard -o file/x.gif", "output folder 'file' is not a folder"),
    "too many frames": (
        "standard --i 100",
        "the animation would have 9604 frames, more than --max-frames 5000: "
        "lower --i, show fewer steps with --frames or --every, or raise --max-frames",
    ),
    "too many before a still": (
        "standard --i 100 --still 5001",
        "up to the still there are 5001 frames, more than --max-frames 5000: ask for an earlier "
        "one, lower --i, show fewer steps with --frames or --every, or raise --max-frames",
    ),
    "no span": ("standard --frames 3", "--frames is 3: give the first and the last step that are"),
    "half a span": ("standard --frames 3:", "--frames is '3:': give the first and the last step"),
    "span of words": ("standard --frames a:b", "--frames is 'a:b': give the first and the last"),
    "span past the end": ("standard --frames 3:10", "--frames is 3:10, and the layer has 9 steps"),
    "span from zero": ("standard --frames 0:9", "--frames is 0:9, and the layer has 9 steps"),
    "span backwards": ("standard --frames 5:4", "--frames is 5:4, and the layer has 9 steps"),
    "every none": ("standard --every 0", "--every is 0: give a whole number from 1 to 1000000"),
    "no frames": ("standard --max-frames 0", "--max-frames is 0: give a whole number from 1"),
    "cells too small": ("transposed --i 90 --max-frames 99999", "cells would be smaller than 3 px"),
    "unknown theme": ("standard --theme pink", "--theme is 'pink': give auto, light or dark"),
    "unknown option": ("standard --output-size 3", "No such option"),
    "missing value": ("standard --i", "Option '--i' requires an argument: see conv-anim standard"),
    "stray word": ("standard 5 3", "Got unexpected extra arguments (5 3): see conv-anim standard"),
    "unknown command": ("standrad", "No such command 'standrad'"),
    "unknown option of all": ("--nonsense", "No such option"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_gets_one_sentence(name: str, folder: Path) -> None:
    (folder / "file").touch()
    command, sentence = BAD[name]
    result = run(command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {sentence}")
    assert result.stderr.count("\n") == 1
    assert os.listdir() == ["file"]


HUGE = "x" * 50_000


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([HUGE], id="command"),
        pytest.param([f"--{HUGE}"], id="option of all"),
        pytest.param(["standard", f"--{HUGE}"], id="option"),
        pytest.param(["standard", f"-{HUGE}"], id="letter"),
        pytest.param(["standard", "--once=" + HUGE], id="value of a flag"),
        pytest.param(["standard", HUGE], id="stray word"),
        pytest.param(["standard", *"x" * 5000], id="stray words"),
        pytest.param(["standard", "--a\nb"], id="option on two lines"),
        pytest.param(["standard", "\x1b[2J\r\udcff"], id="stray codes"),
        pytest.param(["standard", "-o", HUGE], id="output"),
        pytest.param(["standard", "-o", HUGE + ".gif"], id="name"),
        pytest.param(["standard", "-o", "x/" * 2500 + "x.gif"], id="path"),
        pytest.param(["standard", "--i", HUGE], id="size"),
        pytest.param(["standard", "--frames", HUGE], id="frames"),
        pytest.param(["standard", "--theme", HUGE], id="theme"),
        pytest.param(["standard", "--view", HUGE], id="view"),
        pytest.param(["standard", "--kernel", HUGE], id="kernel"),
        pytest.param(["standard", "--layer", HUGE], id="layer"),
        pytest.param(["standard", "--layer", f"Conv2d(1, 1, 3, {HUGE}=1)"], id="layer's word"),
        pytest.param(["standard", "--layer", f"Conv2d(1, 1, '{HUGE}')"], id="layer's value"),
        pytest.param(["pool", "--mode", HUGE], id="mode"),
        pytest.param(["explain", HUGE], id="layer to explain"),
        pytest.param(["explain", f"a\n{HUGE}"], id="layer on two lines"),
        pytest.param(["gallery", "-o", HUGE], id="folder"),
        pytest.param(["gallery", HUGE], id="spec"),
        pytest.param(["gallery", "x/" * 2500 + "x.toml"], id="path of a spec"),
        pytest.param(["gallery", "--jobs", HUGE], id="jobs"),
        pytest.param(["standard", "--input", HUGE + ".csv"], id="file"),
        pytest.param(["standard", "--input", "x/" * 2500 + "x.csv"], id="path of a file"),
    ],
)
def test_what_is_wrong_is_quoted_in_short(words: list[str]) -> None:
    result = CliRunner().invoke(cli, words, prog_name="conv-anim")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.endswith("\n")
    assert result.stderr[:-1].isprintable()
    assert len(result.stderr) < 500
    assert not os.listdir()


def test_python_gets_the_same_sentences() -> None:
    cases: list[tuple[dict[str, Any], dict[str, Any], str]] = [
        ({"k": 9}, {}, "standard --k 9"),
        ({"p": -1}, {}, "standard --p -1"),
        ({}, {"step_ms": 105}, "standard --step-ms 105"),
        ({"i": 100}, {}, "standard --i 100"),
        ({}, {"theme": "pink"}, "standard --theme pink"),
    ]
    for sizes, options, command in cases:
        with pytest.raises(InputError) as caught:
            animate(Standard(**sizes), **options)
        assert run(command).stderr == f"Error: {caught.value.spelled(spelled)}\n"
    with pytest.raises(ValueError, match=r"ends in '\.bmp': only .gif, .webp, .* are written"):
        animate(Standard()).save("x.bmp")


def test_a_failure_midway_leaves_the_old_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "x.gif").write_bytes(b"old")
    write = Animation.write

    def fail(self: Animation, file: object, *options: object) -> None:
        write(self, file)  # type: ignore[arg-type]
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Animation, "write", fail)
    result = run("standard -o x.gif")
    assert result.exit_code == 1
    assert result.stderr == "Error: x.gif was not written: No space left on device\n"
    assert (folder / "x.gif").read_bytes() == b"old"
    assert os.listdir() == ["x.gif"]


def test_a_part_of_a_long_run() -> None:
    result = run("standard --i 64 --p 1 --frames 2000:2100 --every 50 -o x.gif")
    assert result.stdout.startswith("x.gif: 3 frames, 2.5 s, 64×64 → 64×64, ")
    assert len(animate(Standard(i=64, p=1), frames=(2000, 2100), every=50)) == 3


@pytest.mark.parametrize(
    ("command", "length", "is_long"),
    [
        pytest.param("standard --i 3 --k 3 --hold-ms 20", "0.02 s", False, id="short"),
        pytest.param("transposed --process --every 9", "8.46 s", False, id="stages"),
        pytest.param("standard --i 13 --k 3 --step-ms 490 --hold-ms 1200", "60 s", False, id="60"),
        pytest.param("standard --i 13 --k 3 --step-ms 490", "60.3 s", True, id="more than 60"),
    ],
)
def test_the_line_says_how_long_it_takes(command: str, length: str, is_long: bool) -> None:
    result = run(f"{command} -o x.gif")
    assert f" frame{'' if ' 1 frame,' in result.stdout else 's'}, {length}, " in result.stdout
    assert ("; longer than a minute: --every" in result.stdout) == is_long
    for still in ("1", "all"):
        assert "longer than" not in run(f"{command} --still {still} -o {still}.png").stdout
    with Image.open("x.gif") as image:
        played = 0
        for at in range(getattr(image, "n_frames", 1)):
            image.seek(at)
            played += image.info["duration"]
    assert f"{played / 1000:g} s" == length


@pytest.mark.parametrize(
    ("command", "is_shaded"),
    [
        pytest.param("standard --i 24 --input x.png", True, id="numbers don't fit"),
        pytest.param("standard --i 4 --input x.png", False, id="numbers fit"),
        pytest.param("standard --i 24 --input x.png --shade", False, id="as asked"),
        pytest.param("pool --i 24 --input x.png", True, id="pool"),
    ],
)
def test_an_image_whose_numbers_do_not_fit_is_shaded(command: str, is_shaded: bool) -> None:
    Image.linear_gradient("L").resize((48, 48)).save("x.png")
    result = run(f"{command} --width 700 --every 100 -o x.gif")
    assert result.exit_code == 0, result.stderr
    assert ("; shaded, as the image's numbers would be too small to be read" in result.stdout) == (
        is_shaded
    )


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("standard --i 24 --input x.png --values", id="numbers wanted"),
        pytest.param("standard --i 24 --input ramp", id="no image"),
        pytest.param("transposed --i 24 --input x.png --view stamp", id="no shades"),
    ],
)
def test_nothing_else_is_shaded_unasked(command: str) -> None:
    Image.linear_gradient("L").resize((48, 48)).save("x.png")
    result = run(f"{command} --width 700 --every 100 -o x.gif")
    assert result.exit_code == 2
    assert "cannot be read: give" in result.stderr


LAST: dict[str, tuple[Layer, dict[str, Any], int]] = {
    "not a multiple": (Standard(i=28, k=3, p=1), {"every": 28}, 29),
    "a multiple": (Standard(i=5, k=1), {"every": 4}, 7),
    "beyond the end": (Standard(i=3, k=1), {"every": 1000}, 2),
    "the only one": (Standard(i=3, k=1), {"every": 4, "frames": "3:3"}, 1),
    "of a part": (Standard(i=5, k=1), {"every": 3, "frames": "2:6"}, 3),
    "transposed": (Transposed(i=2, k=2), {"every": 5}, 2),
}


@pytest.mark.parametrize("name", LAST)
def test_the_last_step_of_a_range_is_always_shown(name: str) -> None:
    layer, options, n_frames = LAST[name]
    animation = animate(layer, **options)
    assert len(animation) == n_frames
    shown = [frame.counter for frame in animation.scene.frames]
    first, last = options.get("frames", f"1:{layer.n_steps}").split(":")
    assert len(shown) == n_frames
    assert shown[0] == f"step {first} / {layer.n_steps}"
    assert shown[-1] == f"step {last} / {layer.n_steps}"


def test_help_has_an_example_that_works(folder: Path) -> None:
    for command in ["", "standard ", "transposed "]:
        text = run(f"{command}-h").stdout
        assert text == run(f"{command}--help").stdout
        (example,) = re.findall(r"^  .*conv-anim (.+)$", text, re.MULTILINE)
        assert run(example).exit_code == 0
    for option in ["-i, --i, --input-size", "[default: 5]", "light, dark", "--loop [N] / --once"]:
        assert option in run("standard --help").stdout


def test_without_a_command_it_helps() -> None:
    result = run("")
    assert result.exit_code == 2
    assert "Commands:" in result.stderr


def test_the_notebook_shows_the_animation() -> None:
    shown = animate(Standard(i=3))._repr_html_()
    assert shown.startswith('<img src="data:image/svg+xml;base64,')
    assert 'alt="Standard convolution, 3×3 input' in shown
    assert repr(animate(Standard(i=3))).startswith("<Animation: Standard convolution, 3×3 input")


# The real thing: the installed script in a process of its own.


def test_the_installed_script(folder: Path) -> None:
    done = subprocess.run(
        [SCRIPT, "standard", "-i", "3"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("standard_i3_k3_p0_s1.gif: 1 frame, 1.5 s, 3×3 → 1×1, ")
    version = subprocess.run([SCRIPT, "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"conv-anim, version \d+\.\d+\.\d+\n", version.stdout)


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"{SCRIPT} standard --i 24 --width 320 --bare -q -o - | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert done.stdout.startswith(b"GIF89a")
    assert len(done.stdout) == 10
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "kill"]
)
def test_a_signal_midway_leaves_the_old_file(folder: Path, number: int, status: int) -> None:
    (folder / "x.gif").write_bytes(b"old")
    long = ["--i", "64", "--p", "30", "--max-frames", "20000"]  # far longer than it takes to see it
    program = [str(SCRIPT), "standard", *long, "-o", "x.gif"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + 30
        while len(os.listdir()) == 1 and time.monotonic() < until:
            time.sleep(0.01)
        assert len(os.listdir()) == 2, "the new file is being written beside the old one"
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (status, b"")
    assert os.listdir() == ["x.gif"]
    assert (folder / "x.gif").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("arguments", "is_small"),
    [
        pytest.param("-o x.gif", False, id="by itself"),
        pytest.param("--width 320 -o x.gif", True, id="narrow"),
        pytest.param("--size 200x200 --still 1 -o x.png", True, id="on a small canvas"),
        pytest.param("--width 320 --parts none -o x.gif", False, id="without words"),
        pytest.param("--width 320 -o x.svg", False, id="sharp when it is enlarged"),
    ],
)
def test_words_that_are_too_small_are_mentioned(arguments: str, is_small: bool) -> None:
    words = r"; words of \d(\.\d)? px can hardly be read: make the picture larger, or leave parts "
    assert bool(re.search(words, run(f"standard {arguments}").stdout)) == is_small


IMPATIENT = "from conv_anim import __main__; from conv_anim.cli import shell; "
IMPATIENT += "shell.PATIENCE_S = 0; __main__.main()"
"""The command, which shows its progress from the first frame on, however fast the machine."""


def on_a_terminal(*arguments: str) -> tuple[str, str]:
    """Run the command with standard error on a terminal; return standard output and error."""
    reader, writer = os.openpty()
    termios.tcsetwinsize(writer, (24, 80))
    env = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    env["TERM"] = "xterm"
    program = [sys.executable, "-c", IMPATIENT, *arguments]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=writer, env=env) as process:
        os.close(writer)
        seen = b""
        while True:
            try:
                seen += os.read(reader, 4096)
            except OSError:  # the other end is closed
                break
        os.close(reader)
        assert process.stdout
        return process.stdout.read().decode(), seen.decode()


def test_long_work_on_a_terminal_shows_a_progress_bar() -> None:
    _, bar = on_a_terminal("standard", "--bare", "-o", "x.gif")
    assert "Drawing  [####################################]  100%" in bar
    assert on_a_terminal("standard", "--bare", "-q", "-o", "x.gif") == ("", "")


@pytest.mark.parametrize(
    ("command", "status", "output", "errors"),
    [
        pytest.param(
            "PYTHONIOENCODING=cp1252 conv-anim standard", 0, "5×5 ? 3×3", "", id="no arrow"
        ),
        pytest.param(
            "conv-anim standard -o - >&-", 2, "", "standard output is closed", id="closed"
        ),
        pytest.param("conv-anim standard > /dev/full", 1, "", "No space left", id="full"),
        pytest.param("conv-anim standard | true", 0, "", "", id="nobody reads"),
        pytest.param("conv-anim --help | true", 0, "", "", id="nobody reads help"),
    ],
)
def test_printing_where_it_is_hard(command: str, status: int, output: str, errors: str) -> None:
    path = f"{SCRIPT.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="cp1252",
        check=False,
    )
    assert errors in done.stderr
    assert "Traceback" not in done.stderr
    assert bool(errors) == bool(done.stderr)
    assert output in done.stdout
    assert status in (0, done.returncode)
    if "standard" in command and "-o" not in command:
        assert (os.listdir()) == ["standard_i5_k3_p0_s1.gif"]


def test_a_terminal_gets_no_gif() -> None:
    reader, writer = os.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "conv_anim", "standard", "-o", "-"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(reader)
    os.close(writer)
    assert done.returncode == 2
    assert done.stderr == ("Error: standard output is a terminal: send -o - to a file or a pipe\n")
