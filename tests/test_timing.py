"""How long frames are shown: by themselves, and when one play is to take a given time."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.cli.group import cli
from conv_anim.core.layer import Layer
from conv_anim.errors import InputError
from conv_anim.gallery import spec
from conv_anim.options import Options
from conv_anim.views.timing import MAX_MS, Run, Times, automatic, in_seconds, lasting
from tests.support.gifs import Blocks
from tests.support.limits import check_refused_in_limits

runs = st.builds(
    Run,
    n_frames=st.integers(1, 5000),
    hold_ms=st.integers(2, 2000).map(lambda tens: 10 * tens),
    stages_ms=st.integers(0, 2000).map(lambda tens: 10 * tens),
)


def length_ms(run: Run, times: Times) -> int:
    return run.stages_ms + (run.n_frames - 1) * times.step + times.last


@pytest.mark.parametrize(
    ("run", "step_ms"),
    [
        pytest.param(Run(1, 1500), 500, id="one frame"),
        pytest.param(Run(9, 1500), 500, id="short"),
        pytest.param(Run(28, 1500), 500, id="just 15 s"),
        pytest.param(Run(29, 1500), 480, id="rounded down"),
        pytest.param(Run(29, 1500, 5000), 300, id="with stages"),
        pytest.param(Run(169, 1500), 80, id="the last that takes 15 s"),
        pytest.param(Run(170, 1500), 80, id="longer"),
        pytest.param(Run(5000, 1500), 80, id="long"),
        pytest.param(Run(2, 20_000), 80, id="a long hold"),
    ],
)
def test_steps_by_themselves(run: Run, step_ms: int) -> None:
    assert automatic(run) == (step_ms, run.hold_ms)


@given(runs)
def test_a_play_by_itself_takes_15_s_where_that_can_be(run: Run) -> None:
    times = automatic(run)
    length = length_ms(run, times)
    assert times.step % 10 == 0
    assert 80 <= times.step <= 500
    assert times.last == run.hold_ms
    assert length <= 15_000 or times.step == 80
    assert length > 15_000 - 10 * run.n_frames or times.step == 500


@given(runs, st.integers(0, 10**6))
def test_a_play_takes_as_long_as_is_asked(run: Run, more: int) -> None:
    shortest = run.stages_ms + (run.n_frames - 1) * 20 + run.hold_ms
    asked = min(shortest + 10 * more, run.stages_ms + run.n_frames * MAX_MS)
    times = lasting(run, asked / 1000)
    assert length_ms(run, times) == asked
    assert times.step % 10 == times.last % 10 == 0
    assert 20 <= times.step <= MAX_MS
    assert run.hold_ms <= times.last <= MAX_MS
    if times.step < MAX_MS and run.n_frames > 1:
        assert times.last - run.hold_ms < 10 * (run.n_frames - 1)


@given(runs)
def test_the_length_that_a_refusal_offers_is_the_nearest_that_works(run: Run) -> None:
    for asked, most in ((0.001, False), (1e9, True)):
        with pytest.raises(InputError) as caught:
            lasting(run, asked)
        offered = str(caught.value).split("give duration=")[1].split(" or ")[0]
        lasting(run, float(offered))
        with pytest.raises(InputError):
            lasting(run, float(offered) + (0.01 if most else -0.01))


def test_the_last_frame_is_held_no_longer_than_a_gif_can() -> None:
    run = Run(200_000, 1500)
    assert lasting(run, 200_000 * 0.02 + 1800).last == MAX_MS


@pytest.mark.parametrize(
    ("ms", "text"),
    [(20, "0.02"), (1500, "1.5"), (15_000, "15"), (100_000, "100"), (98_765_430, "98765.43")],
)
def test_seconds_as_they_are_written(ms: int, text: str) -> None:
    assert in_seconds(ms) == text


SHOWN: dict[str, tuple[Layer, dict[str, Any]]] = {
    "standard": (Standard(), {}),
    "one step": (Standard(i=3), {}),
    "a part": (Standard(), {"frames": (3, 8), "every": 2}),
    "pool with numbers": (Pool(), {}),
    "stack": (Standard(i=4), {"view": "stack"}),
    "stamp": (Transposed(), {"view": "stamp"}),
    "stamp, a part": (Transposed(), {"view": "stamp", "frames": (2, 4)}),
    "overlap": (Transposed(), {"view": "overlap"}),
    "both": (Transposed(), {"view": "both"}),
    "both, a part": (Transposed(), {"view": "both", "frames": (1, 7), "every": 3}),
    "matrix": (Standard(i=4), {"view": "matrix"}),
    "stages": (Transposed(op=1), {"process": True}),
    "stages of padding": (Standard(p=2), {"process": True, "view": "stack"}),
}


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("length", [12.5, 30, 77.77])
def test_every_view_takes_as_long_as_is_asked(name: str, length: float) -> None:
    layer, options = SHOWN[name]
    picture = animate(layer, duration=length, **options)
    assert picture.duration_ms == round(length * 1000)
    *others, last = [frame.duration_ms for frame in picture.scene.frames]
    n_stages = len(picture) - Options(**{**options, "process": False}).n_frames(layer)
    assert len(set(others[n_stages:])) <= 1
    assert last >= 1500


@pytest.mark.parametrize("name", SHOWN)
def test_stages_take_no_longer_by_themselves_than_with_steps_of_half_a_second(name: str) -> None:
    layer, options = SHOWN[name]
    asked_for: list[dict[str, Any]] = [{}, {"step_ms": 500}, {"duration": 60}]
    by_itself, slow, asked = (
        [frame.duration_ms for frame in animate(layer, **options, **times).scene.frames]
        for times in asked_for
    )
    n_stages = len(slow) - Options(**{**options, "process": False}).n_frames(layer)
    assert by_itself[:n_stages] == slow[:n_stages] == asked[:n_stages]
    assert by_itself[-1] == slow[-1] == 1500


def test_a_file_plays_as_long_as_is_asked() -> None:
    assert sum(Blocks(animate(Standard(), duration=2.5).to_bytes()).delays_ms) == 2500
    assert sum(Blocks(animate(Standard(i=16)).to_bytes()).delays_ms) == 1500 + 195 * 80


TOO_SHORT = (
    "--duration is 2 s, and 24 steps of 20 ms, stages of 5.46 s and the last frame's "
    "--hold-ms 1500 "
    "take 7.44 s at least: give --duration 7.44 or more, or lower --hold-ms, or show fewer steps "
    "with --every"
)
REFUSED = {
    "too short": ("transposed --process --duration 2", TOO_SHORT),
    "too short for one frame": (
        "standard --i 3 --duration 1",
        "--duration is 1 s, and the last frame's --hold-ms 1500 takes 1.5 s at least: "
        "give --duration 1.5 or more, or lower --hold-ms",
    ),
    "too short for two": (
        "pool --i 4x2 --duration 1",
        "--duration is 1 s, and 1 step of 20 ms and the last frame's --hold-ms 1500 take 1.52 s at "
        "least: give --duration 1.52 or more, or lower --hold-ms",
    ),
    "too long": (
        "standard --duration 1e9",
        "--duration is 1e+09 s, and 9 frames of up to 655.35 s take 5898.15 s at most: "
        "give --duration 5898.15 or less",
    ),
    "too long for one frame": (
        "standard --i 3 --process --duration 9999",
        "--duration is 9999 s, and stages of 1.5 s and 1 frame of up to 655.35 s take 656.85 s at "
        "most: give --duration 656.85 or less",
    ),
    "a step's time, too": (
        "standard --duration 8 --step-ms 100",
        "--duration 8 and --step-ms 100 both say how long a step takes: leave one out",
    ),
    "nothing": (
        "standard --duration 0",
        "--duration is 0: give a length in seconds above 0, such as --duration 8",
    ),
    "less than nothing": ("standard --duration -2.5", "--duration is '-2.5': give a length in"),
    "words": ("standard --duration long", "--duration is 'long': give a finite number"),
    "no number": ("standard --duration nan", "--duration is 'nan': give a finite number"),
    "endless": ("standard --duration inf", "--duration is 'inf': give a finite number"),
    "enormous": ("standard --duration 1e300", "--duration is 1e300: give a number up to 1e+100"),
    "a step's time in words": (
        "standard --step-ms soon",
        "--step-ms is 'soon': give a multiple of 10 from 20 to 655350, or auto",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_length_that_cannot_be_is_refused(name: str, folder: Path) -> None:
    command, sentence = REFUSED[name]
    result = CliRunner().invoke(cli, command.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {sentence}")
    assert result.stderr.count("\n") == 1
    assert not list(folder.iterdir())


def test_a_length_is_refused_before_anything_is_drawn(folder: Path) -> None:
    check_refused_in_limits(["transposed", "--process", "--duration", "2"], TOO_SHORT, folder)


def test_python_spells_it_its_way() -> None:
    with pytest.raises(ValueError, match=r"^duration=8 and step_ms=100 both say how long a step"):
        animate(Standard(), duration=8, step_ms=100)
    assert animate(Standard(), duration=8, step_ms="AUTO") == animate(Standard(), duration=8.0)


@pytest.mark.parametrize(
    ("options", "slug", "words"),
    [
        pytest.param({"step_ms": "auto"}, (), (), id="by itself"),
        pytest.param({"step_ms": 500}, ("step500",), ("--step-ms", "500"), id="half a second"),
        pytest.param({"duration": 8}, ("duration8",), ("--duration", "8"), id="whole"),
        pytest.param({"duration": "2.50"}, ("duration2.5",), ("--duration", "2.5"), id="not whole"),
    ],
)
def test_what_is_not_the_default_is_in_the_name(
    options: dict[str, Any], slug: tuple[str, ...], words: tuple[str, ...]
) -> None:
    made = Options(**options)
    assert (made.slug, made.arguments) == (slug, words)


def test_a_spec_may_have_either(folder: Path) -> None:
    path = folder / "x.toml"
    path.write_text(
        """
        [defaults]
        step-ms = 100
        [[animation]]
        name = "a"
        layer = "standard"
        duration = 8
        [[animation]]
        name = "b"
        layer = "standard"
        step-ms = "auto"
        [[animation]]
        name = "c"
        layer = "standard"
        """
    )
    a, b, c = (entry.animation for entry in spec.read(path).entries)
    assert (a.duration_ms, a.options.step_ms) == (8000, "auto")
    assert (b.options, c.options) == (Options(), Options(step_ms=100))
    path.write_text('[[animation]]\nname = "a"\nlayer = "standard"\nduration = 8\nstep-ms = 20')
    with pytest.raises(InputError, match="duration = 8 and step-ms = 20 both say how long"):
        spec.read(path)


@pytest.mark.parametrize(
    ("command", "end"),
    [
        pytest.param("--i 13", "121 frames, 14.7 s, ", id="by itself"),
        pytest.param("--i 13 --duration 20", "121 frames, 20 s, ", id="as asked"),
        pytest.param("--i 40 --every 2", "723 frames, 59.26 s, ", id="long"),
        pytest.param("--i 3 --duration 61", "1 frame, 61 s, ", id="as long as asked"),
    ],
)
def test_the_line_says_how_long_a_play_takes(command: str, end: str, folder: Path) -> None:
    small = ["--width", "320", "--bare", "-o", str(folder / "x.gif")]
    result = CliRunner().invoke(cli, ["standard", *command.split(), *small])
    assert f"x.gif: {end}" in result.stdout
    assert "longer than a minute" not in result.stdout
