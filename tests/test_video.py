"""Videos, decoded by PyAV: what is seen in the middle of each step, how long, in which colours."""

import math
import os
import subprocess
import sys
from fractions import Fraction
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conv_anim import Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.formats import registry
from conv_anim.render.frames import durations_ms, moments
from conv_anim.render.yuv import Converter
from tests.support.command import run
from tests.support.refusals import check_refused

NO_VIDEO = "no test of videos: PyAV is not installed"
WORDS = ("mp4", "webm")
words = pytest.mark.parametrize("word", WORDS)
BT709 = 1
MOST_AWAY = {"mp4": 3, "webm": 4}
"""Of 255: how far colours may be; what 8 bits of brightness and hue can't say is part of it."""

PICTURES: dict[str, tuple[Any, dict[str, Any]]] = {
    "slide": (Standard(i=4, k=3, p=1, s=2), {}),
    "odd sides": (Transposed(i=2), {"width": 333, "theme": "dark"}),
    "odd times": (Standard(i=4), {"step_ms": 70, "hold_ms": 210}),
    "smooth": (Standard(i=4), {"smooth": True, "width": 400}),
    "stages": (Transposed(i=2, k=3, p=1, s=2), {"process": True, "width": 500}),
    "slow": (Standard(i=4), {"step_ms": 2000, "hold_ms": 4000, "width": 400}),
    "one frame": (Standard(i=3), {"width": 400}),
}


class Video:
    """What is in a file: frames as red, green and blue, and what it says of itself."""

    def __init__(self, data: bytes) -> None:
        av = pytest.importorskip("av", reason=NO_VIDEO)
        with av.open(BytesIO(data)) as container:
            (self.stream,) = container.streams
            context = self.stream.codec_context
            self.rate = Fraction(self.stream.average_rate)
            self.length_s = container.duration / 1e6
            self.size = context.width, context.height
            self.format = context.pix_fmt
            self.tags = {
                *((context.colorspace, context.color_primaries, context.color_trc)),
                context.color_range,
            }
            self.frames: list[NDArray[np.uint8]] = [
                frame.reformat(
                    format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709"
                ).to_ndarray()
                for frame in container.decode(self.stream)
            ]


def middles(animation: Animation) -> list[float]:
    """Return the middle of each moment, in seconds."""
    durations = [*durations_ms(animation.picture_in(registry.MP4).drawing)]
    ends = accumulate(durations)
    return [(end - ms / 2) / 1000 for end, ms in zip(ends, durations, strict=True)]


@words
def test_the_size_that_is_printed_is_the_files(word: str, folder: Path) -> None:
    pytest.importorskip("av", reason=NO_VIDEO)
    sizes = set()
    for width in ("320", "321"):
        done = run(f"standard --i 4 --width {width} -o x.{word}")
        width_px, height_px = Video((folder / f"x.{word}").read_bytes()).size
        assert f" {width_px}×{height_px} px, " in done.stdout
        sizes.add(width_px)
    assert sizes == {320, 322}


@words
@pytest.mark.parametrize("name", PICTURES)
def test_each_step_is_seen_at_its_time(name: str, word: str) -> None:
    layer, options = PICTURES[name]
    animation = animate(layer, **options)
    pytest.importorskip("av", reason=NO_VIDEO)
    data = animation.to_bytes(word)
    video = Video(data)
    width, height = animation.size
    assert video.size == (width + width % 2, height + height % 2)
    assert video.format == "yuv420p"
    assert video.tags == {BT709}  # of range, it is the limited one
    assert video.length_s == pytest.approx(animation.duration_ms / 1000, abs=0.01)
    drawing = animation.picture_in(registry.MP4).drawing
    assert video.rate == Fraction(1000, math.gcd(*durations_ms(drawing)))
    assert len(video.frames) / video.rate == Fraction(animation.duration_ms, 1000)
    renderer = animation.picture_in(registry.MP4).renderer
    for time, moment in zip(middles(animation), moments(renderer), strict=True):
        seen = video.frames[int(time * video.rate)][:height, :width].astype(int)
        away = np.abs(seen - renderer.palette[moment.indexes]).max(axis=2)
        assert away.mean() < 5  # at edges; each step differs from the next by more at its cells
        assert np.median(away) <= 2
    assert animate(layer, **options).to_bytes(word) == data


@words
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_those_of_the_theme(word: str, theme: str) -> None:
    pytest.importorskip("av", reason=NO_VIDEO)
    animation = animate(Transposed(i=3, k=3, p=1, s=2), theme=theme)
    frames = Video(animation.to_bytes(word)).frames
    n_cells = 0
    for number in (0, len(animation) - 1):
        expected = animation.frame(number)
        for plane in animation.drawing.planes.values():
            for row, column in np.ndindex(*plane.shape):
                x, y = (round(at) for at in plane.point(row + 0.5, column + 0.5))
                plain = expected[y - 9 : y + 10, x - 9 : x + 10].reshape(-1, 3)
                if plain.size and (plain == plain[0]).all():  # no line crosses it
                    seen = frames[number][y - 3 : y + 4, x - 3 : x + 4].mean(axis=(0, 1))
                    assert np.abs(seen - plain[0]).max() <= MOST_AWAY[word]
                    n_cells += 1
    assert n_cells > 80


def test_numbers_of_colours_are_those_of_the_standard() -> None:
    """White, black, and what BT.709 says of pure colours, by 8 bits in limited range."""
    colours = np.array([[255] * 3, [0] * 3, [255, 0, 0], [0, 255, 0], [0, 0, 255]], np.uint8)
    known = [(235, 128, 128), (16, 128, 128), (63, 102, 240), (173, 42, 26), (32, 240, 118)]
    for index, expected in enumerate(known):
        planes = Converter(colours).frame(np.full((2, 3), index, np.uint8))
        assert planes.shape == (3, 4)
        bright, hues = planes[:2], planes[2]
        assert (bright == expected[0]).all()
        assert hues.tolist() == [expected[1]] * 2 + [expected[2]] * 2


@words
def test_a_video_is_small(word: str) -> None:
    pytest.importorskip("av", reason=NO_VIDEO)
    animation = animate(Transposed(i=3, k=3, p=1, s=2), scale=2)
    assert len(animation.to_bytes(word)) <= 100_000


REFUSED = {
    "once": ("--once", "--once has no meaning in an MP4, which doesn't say how often it is played"),
    "plays": ("--loop 3", "--loop 3 has no meaning in an MP4, which doesn't say how often it is "),
    "still": ("--still 2", "--still 2 has no meaning in an MP4, and can be in .png, .svg or .pdf"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_it_can_not_hold(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments, sentence = REFUSED[name]
    check_refused(f"standard -o x.mp4 {arguments}", sentence, folder, monkeypatch)


@words
def test_without_the_extra_it_says_how_to_have_it(
    word: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    sentence = "needs PyAV, which python3 -m pip install 'conv-anim[video]' brings: install it, or"
    check_refused(f"standard -o x.{word}", sentence, folder, monkeypatch)


@words
def test_an_encoder_that_fails_leaves_what_was_there(
    word: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    av = pytest.importorskip("av", reason=NO_VIDEO)
    from conv_anim.formats.video import VideoStream

    written = VideoStream.write

    def failing(self: Any, image: Any, **how: Any) -> None:
        written(self, image, **how)
        if self._n_frames > 3:
            raise av.error.ExternalError(1, "it gave up")

    monkeypatch.setattr(VideoStream, "write", failing)
    path = folder / f"x.{word}"
    path.write_text("mine")
    result = run(f"standard -o x.{word}")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: x.{word} was not written: the encoder lib")
    assert result.stderr.count("\n") == 1
    assert [file.read_text() for file in folder.iterdir()] == ["mine"]


def test_it_may_be_written_where_nobody_can_go_back(folder: Path) -> None:
    pytest.importorskip("av", reason=NO_VIDEO)
    program = (
        "import sys; from conv_anim import *; "
        "animate(Standard(i=4), width=400).write(sys.stdout.buffer, 'mp4')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == animate(Standard(i=4), width=400).to_bytes("mp4")


@words
def test_what_was_in_memory_before_changes_nothing(word: str) -> None:
    pytest.importorskip("av", reason=NO_VIDEO)
    program = (
        "import sys; from conv_anim import *; "
        f"animate(Standard(i=4), width=400, smooth=True).write(sys.stdout.buffer, {word!r})"
    )
    command = [sys.executable, "-c", program]
    found = set()
    for filling in ("0", "1", "85", "170"):  # glibc puts it where memory is asked for
        env = {**os.environ, "MALLOC_PERTURB_": filling}
        found.add(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    (data,) = found
    assert data == animate(Standard(i=4), width=400, smooth=True).to_bytes(word)
