"""Single pictures: as files, as arrays, as figures, and what can't be one."""

import json
import subprocess
import warnings
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.formats.registry import FORMATS, PDF
from tests.support.command import run
from tests.support.frames import pixels
from tests.support.refusals import check_refused
from tests.support.samples import PICTURES

STILLS = [row.word for row in FORMATS.values() if row.has_stills]
pictures = pytest.mark.parametrize("name", PICTURES)

MOST_DIFFERENT, DIFFERENCE, MEAN_DIFFERENCE = 0.006, 60, 1.9
"""How many pixels may differ by more than so much; how much all on average: of edges alone, which
are smoother in a figure."""


def away(seen: Any, expected: Any) -> tuple[float, float]:
    """Return how many of the pixels differ much, and how much all do on average."""
    found = np.abs(np.asarray(seen, int) - np.asarray(expected, int)).max(axis=2)
    return (found > DIFFERENCE).mean(), found.mean()


def check_alike(seen: Any, expected: Any) -> None:
    assert np.asarray(seen).shape == np.asarray(expected).shape
    share, mean = away(seen, expected)
    assert share <= MOST_DIFFERENT
    assert mean <= MEAN_DIFFERENCE


@pictures
def test_figures_are_as_the_frames(name: str) -> None:
    layer, options = PICTURES[name]
    animation = animate(layer, **options)
    frames = [*animation]
    assert len(frames) == len(animation)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for step in range(1, len(animation) + 1):
            made = animation.figure(step)
            if step in (1, len(animation) // 2 + 1, len(animation)):
                file = BytesIO()
                made.savefig(file, format="png")
                with Image.open(file) as image:
                    check_alike(image.convert("RGB"), frames[step - 1])


def test_a_figure_can_be_gone_on_with() -> None:
    animation = animate(Standard(i=4))
    made = animation.figure(2)
    (axes,) = made.axes
    width, height = animation.size
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, width), (height, 0))
    axes.plot([0, width], [0, height], color="red")
    file = BytesIO()
    made.savefig(file, format="png")
    with Image.open(file) as image:
        assert image.size == animation.size
        red = np.asarray(image.convert("RGB"))[height // 2, width // 2].tolist()
    assert red[0] > 200
    assert max(red[1:]) < 60  # what is added later lies over all


def test_settings_change_no_figure() -> None:
    animation = animate(Standard(i=4, k=3), values=True)
    plain = animation.to_bytes("pdf")
    odd: Any = {"figure.autolayout": True, "savefig.bbox": "tight", "savefig.facecolor": "red",
           "patch.force_edgecolor": True, "pdf.compression": 0, "axes.linewidth": 9}  # fmt: skip
    with mpl.rc_context(odd):
        assert animate(Standard(i=4, k=3), values=True).to_bytes("pdf") == plain


@pictures
def test_arrays_are_the_frames(name: str) -> None:
    layer, options = PICTURES[name]
    animation = animate(layer, **options)
    for number, frame in enumerate(animation):
        assert frame.dtype == np.uint8
        assert frame.shape == (*animation.size[::-1], 3)
        if number in (0, len(animation) - 1):
            assert np.array_equal(frame, pixels(animation, number))
            assert np.array_equal(frame, animation.frame(number))
    assert np.array_equal(animation.frame(-1), frame)


@pytest.mark.skipif(not which("pdftoppm"), reason="no test of pages: Poppler is not installed")
@pictures
def test_a_page_is_as_the_frame(name: str, folder: Path) -> None:
    layer, options = PICTURES[name]
    animation = animate(layer, **options)
    Path("x.pdf").write_bytes(animate(layer, **options | {"smooth": None}, still=2).to_bytes("pdf"))
    resolution = 72 * animation.drawing.px_per_pt
    subprocess.run(
        ["pdftoppm", "-r", str(resolution), "-png", "-singlefile", "x.pdf", "x"], check=True
    )
    with Image.open("x.png") as image:
        assert np.abs(np.subtract(image.size, animation.size)).max() <= 1
        size = np.minimum(image.size, animation.size).tolist()
        seen = np.asarray(image.convert("RGB"))[: size[1], : size[0]]
    check_alike(seen, animation.frame(1)[: size[1], : size[0]])


def test_a_pdf_says_what_it_shows_and_not_when_it_was_made() -> None:
    animation = animate(Transposed())
    data = animation.to_bytes("pdf")
    assert b"CreationDate" not in data
    assert b"ModDate" not in data
    assert b"/Font" not in data.replace(b"/Font <<", b"").replace(b"/Font 3", b"")
    assert animation.alt_text.encode("utf-16-be") in data or animation.alt_text.encode() in data


@pytest.mark.parametrize("word", STILLS)
@pytest.mark.parametrize(
    ("still", "number"),
    [
        pytest.param(1, 0, id="first"),
        pytest.param("3", 2, id="in text"),
        pytest.param("Last", 3, id="last"),
        pytest.param(4, 3, id="number of the last"),
    ],
)
def test_stills_are_found_by_number(word: str, still: int | str, number: int) -> None:
    animation = animate(Standard(i=4), still=still)
    data = animation.to_bytes(word)
    assert data == animate(Standard(i=4), still=number + 1).to_bytes(word)
    assert data != animate(Standard(i=4), still=(number + 1) % 4 + 1).to_bytes(word)
    if word == "png":
        with Image.open(BytesIO(data)) as image:
            assert np.array_equal(np.asarray(image.convert("RGB")), animation.frame(number))
            assert not getattr(image, "is_animated", False)
    if word == "svg":
        text = data.decode()
        assert f"frame {number + 1} of 4" in text
        assert "animate" not in text


def test_a_pdf_is_the_last_picture_unless_another_is_asked_for() -> None:
    assert not PDF.has_frames
    last = animate(Standard(i=4), still="last").to_bytes("pdf")
    assert animate(Standard(i=4)).to_bytes("pdf") == last


@pytest.mark.parametrize("word", STILLS)
def test_all_are_numbered_files_on_one_canvas(word: str, folder: Path) -> None:
    result = run(f"standard --i 6 --s 2 --still all -o x.{word}")
    assert result.exit_code == 0, result.output
    names = [f"x_{number:02}.{word}" for number in range(1, 5)]
    assert sorted(path.name for path in folder.iterdir()) == names
    n_bytes = sum(path.stat().st_size for path in folder.iterdir())
    assert result.output.startswith(f"x_01.{word}: 4 files up to number 4, ")
    assert f"{n_bytes:,} bytes" in result.output
    for number, name in enumerate(names, start=1):
        alone = animate(Standard(i=6, s=2), still=number).to_bytes(word)
        assert Path(name).read_bytes() == alone


def test_numbers_have_as_many_digits_as_the_last(folder: Path) -> None:
    animate(Standard(i=12, k=2), still="all", width=320, parts=()).save("x.png")
    assert sorted(path.name for path in folder.iterdir())[::60] == [
        "x_001.png",
        "x_061.png",
        "x_121.png",
    ]


def test_without_a_name_a_still_is_a_png(folder: Path) -> None:
    assert run("pool --still last").exit_code == 0
    (path,) = folder.iterdir()
    assert path.name == f"{'_'.join(Pool().slug)}_still-last.png"


REFUSED = {
    "none": ("--still 0", "--still is 0, and the last picture is number 9: give one from 1 to 9"),
    "below none": ("--still=-1", "--still is -1, and the last picture is number 9"),
    "past the end": ("--still 10 -o x.pdf", "--still is 10, and the last picture is number 9"),
    "a word": ("--still first", "--still is 'first': give a number from 1, last or all"),
    "in a GIF": ("--still 1 -o x.gif", "--still 1 has no meaning in a GIF, and can be in "),
    "in a WebP": ("--still 1 --format webp", "--still 1 has no meaning in a WebP"),
    "in a page": ("--still 1 -o x.html", "--still 1 has no meaning in a page"),
    "once": ("--still 1 --once", "--once has no meaning with a still: leave it out"),
    "plays": ("--still last --loop 3 -o x.svg", "--loop 3 has no meaning with a still"),
    "smooth": ("--still last --smooth", "--smooth has no meaning with a still"),
    "time": ("--still last --step-ms 100", "--step-ms 100 has no meaning with a still"),
    "once in a PDF": ("--once -o x.pdf", "--once has no meaning in a PDF, which is one picture"),
    "all in a pipe": ("--still all -o -", "--still all makes several files"),
    "too many plays": ("--loop 65536 -o x.webp", "--loop 65536 is more than a WebP can hold"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_is_refused_before_it_is_drawn(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments, sentence = REFUSED[name]
    monkeypatch.setattr("conv_anim.animation.Animation.picture_in", None)
    check_refused(f"standard {arguments}", sentence, folder, monkeypatch)


def test_there_is_no_figure_of_no_step() -> None:
    animation = animate(Standard())
    for step in (0, 10, -1):
        with pytest.raises(ValueError, match=f"no step={step}: give one from 1 to 9, the last"):
            animation.figure(step)
    with pytest.raises(ValueError, match="no frame=9 of 9: give one from 0 to 8, or"):
        animation.frame(9)


def test_nothing_is_replaced_by_numbered_files(folder: Path) -> None:
    Path("x_03.png").write_text("mine")
    result = run("standard --still all -o x.png")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: output 'x_03.png' exists already, and --still all replaces nothing: remove what "
        "is there, or give another --output\n"
    )
    assert [path.name for path in folder.iterdir()] == ["x_03.png"]
    assert Path("x_03.png").read_text() == "mine"


def test_when_one_fails_none_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from conv_anim.formats import png

    made = png.stills

    def failing(*args: Any) -> Any:
        for number, data in enumerate(made(*args)):
            if number == 2:
                raise OSError("no more room")
            yield data

    monkeypatch.setattr(png, "stills", failing)
    result = run("standard --still all -o x.png")
    assert (result.exit_code, result.stderr) == (1, "Error: x.png was not written: no more room\n")
    assert not list(folder.iterdir())


@pytest.mark.parametrize("suffix", [*FORMATS])
def test_a_folder_is_no_file(suffix: str, folder: Path) -> None:
    if FORMATS[suffix].needs:
        pytest.importorskip(FORMATS[suffix].needs, reason=f"no test of {suffix}: needs an extra")
    Path(f"x{suffix}").mkdir()
    result = run(f"standard -o x{suffix}")
    assert result.exit_code == 2
    assert f"output 'x{suffix}' is not a regular file: give another --output" in result.stderr
    assert [path.name for path in folder.iterdir()] == [f"x{suffix}"]


def test_notebooks_have_a_picture_for_paper() -> None:
    animation = animate(Standard(i=4))
    bundle = animation._repr_mimebundle_(include=None, exclude=None)
    assert [*json.loads(json.dumps(bundle))] == ["image/png"]
    with Image.open(BytesIO(b64decode(bundle["image/png"]))) as image:
        assert np.array_equal(np.asarray(image.convert("RGB")), animation.frame(-1))


def test_a_notebook_shows_a_still_too() -> None:
    assert animate(Standard(i=4), still="all")._repr_html_() == animate(Standard(i=4))._repr_html_()
    animation = animate(Standard(i=4), still=2)
    shown = b64decode(animation._repr_html_().partition(";base64,")[2].partition('"')[0])
    assert shown == animation.to_bytes("svg") != animate(Standard(i=4), still=3).to_bytes("svg")
    with Image.open(BytesIO(b64decode(animation._repr_mimebundle_()["image/png"]))) as image:
        assert np.array_equal(np.asarray(image.convert("RGB")), animation.frame(1))
    timed = animate(Standard(i=4), still=2, loop=3, step_ms=90, smooth=True)
    assert timed._repr_html_() == animation._repr_html_()
    small = animate(Standard(i=4), still=2, max_bytes=1000)._repr_html_()
    assert small.startswith('<img src="data:image/png;base64,')


@pytest.mark.parametrize("still", [2, "last", "all"])
def test_a_still_has_a_name_that_it_can_have(still: int | str, folder: Path) -> None:
    animation = animate(Standard(i=4), still=still)
    assert animation.default_name == f"standard_i4_k3_p0_s1_still-{still}.png"
    animation.save(folder / animation.default_name)


def test_a_still_needs_no_more_frames_than_there_are_before_it() -> None:
    layer = Standard(i=60, p=10)
    still = animate(layer, still=2).to_bytes("png")
    with pytest.raises(ValueError, match="would have 6084 frames, more than max_frames=5000"):
        animate(layer)
    whole = animate(layer, max_frames=10_000)
    with Image.open(BytesIO(still)) as image:
        assert np.array_equal(np.asarray(image.convert("RGB")), whole.frame(1))
