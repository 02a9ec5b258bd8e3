"""SVG and HTML from the command line, from Python and in notebooks: names, sizes, mistakes."""

import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conv_anim import Standard, animate
from conv_anim.cli.group import cli
from conv_anim.formats import svg
from conv_anim.option_table.output import MAX_BYTES

LAYER = Standard(i=4, k=3)


def run(command: str) -> Result:
    return CliRunner().invoke(cli, command.split())


@pytest.mark.parametrize(
    ("command", "name", "start"),
    [
        pytest.param("-o x.svg", "x.svg", b"<svg ", id="svg"),
        pytest.param("-o X.SVG", "X.SVG", b"<svg ", id="in capitals"),
        pytest.param("-o x.html", "x.html", b"<!doctype html>", id="html"),
        pytest.param("--format svg", "standard_i4_k3_p0_s1.svg", b"<svg ", id="named by options"),
        pytest.param("--format HTML", "standard_i4_k3_p0_s1.html", b"<!doctype", id="a page"),
        pytest.param("-o x.svg --format svg", "x.svg", b"<svg ", id="both"),
        pytest.param("--format gif", "standard_i4_k3_p0_s1.gif", b"GIF89a", id="gif"),
    ],
)
def test_a_suffix_or_a_word_says_what_is_written(
    command: str, name: str, start: bytes, folder: Path
) -> None:
    result = run(f"standard --i 4 {command}")
    assert (result.exit_code, result.stderr) == (0, "")
    (path,) = folder.iterdir()
    assert path.name == name
    assert path.read_bytes().startswith(start)
    assert f"{path.stat().st_size:,} bytes" in result.stdout
    assert result.stdout.startswith(f"{name}: 4 frames, ")


@pytest.mark.parametrize("word", ["gif", "svg", "html"])
def test_standard_output_takes_any_format(word: str, folder: Path) -> None:
    result = run(f"standard --i 4 -o - --format {word}")
    assert result.stdout_bytes == animate(LAYER).to_bytes(word)
    assert result.stderr.startswith("-: 4 frames, ")
    assert not list(folder.iterdir())


@pytest.mark.parametrize("word", ["svg", "html"])
def test_python_writes_the_same(word: str, tmp_path: Path) -> None:
    animation = animate(LAYER)
    data = animation.to_bytes(word)
    assert animation.save(tmp_path / f"x.{word}").read_bytes() == data
    assert animate(LAYER).to_bytes(word) == data


REFUSED = {
    "suffix against format": (
        "-o x.gif --format svg",
        "output 'x.gif' ends in '.gif', and --format is svg: leave out --format, or give a name "
        "such as 'x.svg'",
    ),
    "no such format": (
        "--format smv",
        "--format is 'smv': give gif, webp, png, svg, html, mp4, webm or pdf; did you mean svg?",
    ),
    "no such suffix": (
        "-o x.bmp",
        "output 'x.bmp' ends in '.bmp': only .gif, .webp, .png, .svg, .html, .mp4, .webm and .pdf "
        "are written, give a name such as 'x.gif'",
    ),
    "too few bytes": ("--max-bytes 10", "--max-bytes is 10: give a whole number from 1000 to"),
    "too large an SVG": (
        "-o x.svg --max-bytes 9000",
        " bytes, more than --max-bytes 9000: show fewer steps with --every or --frames, let "
        "nothing glide with --no-smooth, write a GIF, or raise --max-bytes",
    ),
    "too large a still": (
        "-o x.svg --still 2 --max-bytes 1000",
        "more than --max-bytes 1000: write a PNG, or raise --max-bytes",
    ),
    "too large a page": ("-o x.html --max-bytes 9000", "the page would have "),
}


@pytest.mark.parametrize("name", REFUSED)
def test_mistakes(name: str, folder: Path) -> None:
    words, sentence = REFUSED[name]
    for old in ("x.svg", "x.html"):
        (folder / old).write_text("old", "utf-8")
    result = run(f"standard --i 4 {words}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == {
        "x.svg": "old",
        "x.html": "old",
    }


def test_a_file_of_just_as_many_bytes_is_written() -> None:
    size = len(animate(LAYER).to_bytes("svg"))
    assert len(animate(LAYER, max_bytes=size).to_bytes("svg")) == size
    with pytest.raises(
        ValueError, match=rf"would have {size:,} bytes, more than max_bytes={size - 1}"
    ):
        animate(LAYER, max_bytes=size - 1).to_bytes("svg")


def test_a_gif_may_have_any_size() -> None:
    assert len(animate(LAYER, max_bytes=1000).to_bytes()) > 1000


def test_a_failure_midway_leaves_what_was_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(svg, "animated", fail)
    (folder / "x.svg").write_text("old", "utf-8")
    result = run("standard -o x.svg")
    assert result.exit_code == 1
    assert result.stderr == "Error: x.svg was not written: No space left on device\n"
    assert [path.read_text("utf-8") for path in folder.iterdir()] == ["old"]


def test_progress_is_called_after_every_frame() -> None:
    seen: list[int] = []
    for word in ("svg", "html"):
        animate(LAYER).to_bytes(word, lambda: seen.append(1))
    assert len(seen) == 8


@pytest.mark.parametrize(
    ("max_bytes", "kind", "start"),
    [
        pytest.param(MAX_BYTES, "image/svg+xml", b"<svg ", id="an SVG"),
        pytest.param(9_000, "image/gif", b"GIF89a", id="a GIF where that is too large"),
    ],
)
def test_a_notebook_shows_an_image(max_bytes: int, kind: str, start: bytes) -> None:
    shown = animate(LAYER, max_bytes=max_bytes)._repr_html_()
    before, _, rest = shown.partition(";base64,")
    data, _, after = rest.partition('"')
    assert before == f'<img src="data:{kind}'
    assert b64decode(data).startswith(start)
    assert after == f' alt="{animate(LAYER).alt_text}">'


def test_an_svg_is_written_without_what_draws_pixels(folder: Path) -> None:
    program = (
        "import sys; from conv_anim.cli.group import cli\n"
        "try: cli(['transposed', '-o', 'x.svg'], prog_name='conv-anim')\n"
        "except SystemExit: print(*sys.modules)"
    )
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())  # formulas with fractions load some, it is matplotlib's way
    assert "matplotlib.path" in loaded
    assert not loaded & {"imageio", "jinja2", "matplotlib.backends.backend_agg"}
    assert not loaded & {"conv_anim.render.raster", "conv_anim.render.agg"}


@pytest.mark.parametrize("theme", ["light", "auto"])
def test_without_a_page_to_follow_it_is_light(theme: str) -> None:
    assert animate(LAYER, theme=theme).to_bytes() == animate(LAYER).to_bytes()
    assert animate(LAYER, theme=theme).options.palette.name == "light"
    names = animate(LAYER, theme=theme).default_name, animate(LAYER).default_name
    assert (names[0] == names[1]) == (theme == "auto")
