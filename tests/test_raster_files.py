"""WebP and animated PNG, decoded by Pillow: the frames that are drawn, and as long."""

from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from conv_anim import Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.formats import registry
from conv_anim.render.frames import moments
from tests.support.samples import PICTURES

WORDS = ("gif", "webp", "png")
Shown = list[tuple[bytes, int]]
"""What is seen, and for how many milliseconds; neighbours differ."""

pictures = pytest.mark.parametrize("name", PICTURES)


def merged(seen: list[tuple[bytes, int]]) -> Shown:
    return [(key, sum(ms for _, ms in same)) for key, same in groupby(seen, itemgetter(0))]


def decoded(data: bytes, mode: str = "RGB") -> Shown:
    with Image.open(BytesIO(data)) as image:
        return merged(
            [
                (frame.convert(mode).tobytes(), round(frame.info["duration"]))
                for frame in ImageSequence.Iterator(image)
            ]
        )


def drawn(animation: Animation) -> Shown:
    renderer = animation.picture_in(registry.PNG).renderer
    return merged(
        [(renderer.palette[x.indexes].tobytes(), x.duration_ms) for x in moments(renderer)]
    )


@pytest.mark.parametrize("word", WORDS)
@pictures
def test_the_frames_are_those_that_are_drawn(name: str, word: str) -> None:
    layer, options = PICTURES[name]
    animation = animate(layer, **options)
    data = animation.to_bytes(word)
    found, expected = decoded(data), drawn(animation)
    assert found == expected
    assert found[-1][1] >= animation.options.hold_ms
    with Image.open(BytesIO(data)) as image:
        assert image.size == animation.size
        assert image.format == {"gif": "GIF", "webp": "WEBP", "png": "PNG"}[word]
    assert animate(layer, **options).to_bytes(word) == data


@pytest.mark.parametrize("word", WORDS)
def test_smaller_than_a_gif(word: str) -> None:
    animation = animate(Transposed(i=3, k=3, p=1, s=2))
    shares = {"gif": 1, "png": 0.6, "webp": 0.5}
    assert len(animation.to_bytes(word)) <= shares[word] * len(animation.to_bytes("gif"))


@pytest.mark.parametrize("word", ["webp", "png"])
@pytest.mark.parametrize(
    ("loop", "stored"),
    [
        pytest.param(True, 0, id="for ever"),
        pytest.param(False, 1, id="once"),
        pytest.param(3, 3, id="three times"),
        pytest.param(65_535, 65_535, id="as often as any can say"),
    ],
)
def test_how_often_it_is_played(word: str, loop: bool | int, stored: int) -> None:
    with Image.open(BytesIO(animate(Standard(i=4), loop=loop).to_bytes(word))) as image:
        assert image.info["loop"] == stored


@pytest.mark.parametrize("word", ["webp", "png"])
@pytest.mark.parametrize("background", ["theme", "transparent"])
def test_one_frame_is_a_picture_like_others(word: str, background: str) -> None:
    animation = animate(Standard(i=3), background=background)
    with Image.open(BytesIO(animation.to_bytes(word))) as image:
        assert getattr(image, "n_frames", 1) == 1
        mode = "RGB" if background == "theme" else "RGBA"
        assert np.array_equal(np.asarray(image.convert(mode))[..., 3:], animation.frame(0)[..., 3:])


@pytest.mark.parametrize("hold_ms", [65_530, 65_540, 655_350])
def test_long_frames_are_as_long(hold_ms: int) -> None:
    animation = animate(Standard(i=4), hold_ms=hold_ms)
    for word in ("webp", "png"):
        assert decoded(animation.to_bytes(word))[-1][1] == hold_ms


def test_every_size_and_many_colours() -> None:
    numbers = np.arange(400).reshape(20, 20)
    animation = animate(Standard(i=20, k=2), input=numbers, shade=True, every=60)
    expected = drawn(animation)
    assert decoded(animation.to_bytes("png")) == expected
    assert decoded(animation.to_bytes("webp")) == expected


@given(
    st.integers(1, 9).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, 3), min_size=6, max_size=6).map(tuple), min_size=n, max_size=n
        )
    ),
    st.sampled_from([3, 4]),
)
def test_any_patches_come_back(frames: list[tuple[int, ...]], n_parts: int) -> None:
    from conv_anim.formats.png import PngStream

    palette = np.array([[0, 0, 0, 0], [9, 8, 7, 255], [1, 2, 3, 99], [200, 100, 50, 255]], np.uint8)
    palette = palette[:, :n_parts]
    file = BytesIO()
    request: Any = type(
        "Request", (), {"get_file": lambda self: file, "finish": lambda self: None}
    )()
    stream = PngStream(request, palette=palette, plays=2)
    arrays = [np.array(frame, np.uint8).reshape(2, 3) for frame in frames]
    for array in arrays:
        stream.write(array, duration_ms=40)
    stream.finish()
    mode = "RGB" if n_parts == 3 else "RGBA"
    with Image.open(file) as image:
        seen = [np.asarray(frame.convert(mode)) for frame in ImageSequence.Iterator(image)]
    assert len(seen) == len(arrays)
    for got, indexes in zip(seen, arrays, strict=True):
        expected = palette[indexes]
        visible = expected[..., 3:] > 0 if n_parts == 4 else np.ones((2, 3, 1), bool)
        assert np.array_equal(got * visible, expected * visible)
