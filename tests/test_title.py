"""A heading of one's own."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conv_anim import Standard, Transposed, animate
from conv_anim.cli.group import cli
from conv_anim.errors import InputError
from conv_anim.gallery import spec
from conv_anim.options import Options

TITLES = {
    "plain": ("Edges", "Edges"),
    "spaces round it": ("  Edges ", "Edges"),
    "a space that never breaks": ("Convolution\u00a0: bords", "Convolution : bords"),
    "dollars": ("$5 and $x^2$", "$5 and $x^2$"),
    "signs": (r"a < b & \frac{c}{d} ‹k=3›", r"a < b & \frac{c}{d} ‹k=3›"),
    "the longest": ("x" * 100, "x" * 100),
}


@pytest.mark.parametrize("name", TITLES)
@pytest.mark.parametrize(
    "options", [{}, {"view": "stamp"}, {"process": True}], ids=["slide", "stamp", "process"]
)
def test_it_stands_for_the_usual_heading(name: str, options: dict[str, Any]) -> None:
    given, title = TITLES[name]
    layer = Transposed()
    picture, usual = animate(layer, title=given, **options), animate(layer, **options)
    assert (picture.scene.title, usual.scene.title) == (title, "Transposed convolution")
    assert picture.scene.parameters == usual.scene.parameters
    assert picture.alt_text == f"{title}: {usual.alt_text}"


def test_letters_that_cannot_be_set_are_refused() -> None:
    for letters in ("ά Ж ç ≥ ∗ é", "Ă, ß, Œ: «x»"):
        assert animate(Standard(), title=letters).scene.title == letters
    for title, unset in (("畳み込み 🙂", "畳み込🙂"), ("קוונ s=2", "קונ"), ("تتف", "تف")):
        with pytest.raises(InputError) as caught:
            animate(Standard(), title=title)
        assert f"title has '{unset}' in it, and pictures" in str(caught.value)
        assert str(caught.value).endswith("or leave the heading out with parts")
        assert title in animate(Standard(), title=title, parts=("legend",)).alt_text


REFUSED: dict[str, tuple[Any, str]] = {
    "empty": ("", "title is empty: give a text, or leave the heading out with parts"),
    "spaces": (" \u3000", "title is empty: give a text"),
    "two lines": ("a\nb", r"title is 'a\nb': give one line, of characters that can be printed"),
    "a tab": ("a\tb", r"title is 'a\tb': give one line"),
    "a control character": ("a\x1b[2J", r"title is 'a\x1b[2J': give one line"),
    "another way round": ("a\u202eb", r"title is 'a\u202eb': give one line"),
    "half a letter": ("a\udcff", r"title is 'a\udcff': give one line"),
    "long": ("x" * 101, "title has 101 letters, more than 100: shorten it"),
    "a number": (5, "title is 5: give a text"),
    "bytes": (b"a", "title is b'a': give a text"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_line_of_text_is_refused(name: str) -> None:
    given, sentence = REFUSED[name]
    with pytest.raises(InputError) as caught:
        animate(Standard(), title=given)
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).isprintable()


def test_the_command_refuses_it_in_one_sentence(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["standard", "--title", ""])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: --title is empty: give a text, or leave the heading out with --parts\n"
    )
    assert not list(folder.iterdir())


def test_a_file_is_named_after_its_checksum(folder: Path) -> None:
    title = "Is it $5? / \"Yes\" & 'no'"
    result = CliRunner().invoke(cli, ["standard", "--i", "4", "--title", title])
    assert result.exit_code == 0
    assert [path.name for path in folder.iterdir()] == ["standard_i4_k3_p0_s1_title-41b376d7.gif"]
    assert Options(title=title).arguments == ("--title", title)


def test_a_spec_may_have_titles(folder: Path) -> None:
    path = folder / "x.toml"
    entry = '[[animation]]\nname = "a"\nlayer = "standard"\n'
    path.write_text(f'title = "Course"\n{entry}title = "Edges"\n')
    gallery = spec.read(path)
    (found,) = gallery.entries
    assert (gallery.title, found.animation.options.title) == ("Course", "Edges")
    path.write_text(f'{entry}title = ""\n')
    with pytest.raises(InputError, match="title is empty: give a text, or leave the heading out"):
        spec.read(path)
