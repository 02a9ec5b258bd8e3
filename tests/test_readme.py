"""What the README promises is true."""

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import conv_anim.gallery
from conv_anim.cli.commands import make
from conv_anim.cli.gallery import gallery_command
from conv_anim.cli.group import cli
from conv_anim.gallery import spec
from conv_anim.gallery.executors import Here
from conv_anim.gallery.manifest import PAGES
from tests.support import option_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^```sh\nconv-anim (.+)$", README, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_work(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if command == "gallery":  # all of it is drawn in test_gallery.py, here two files
        shutil.copytree(ROOT / "gallery", "gallery")
        gone = sorted(Path().glob("gallery/standard_s2p1.*"))
        for path in gone:
            path.unlink()
    result = CliRunner().invoke(cli, shlex.split(command))
    assert result.exit_code == 0, result.output
    if command == "gallery":
        assert [path.suffix for path in gone] == [".gif", ".html", ".svg"]
        begins = [path.read_bytes()[:6] for path in gone]
        assert begins == [b"GIF89a", b"<!doct", b"<svg x"]


def test_its_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"gallery/[\w./-]+", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).stat().st_size < 200_000, picture


def test_its_pictures_are_what_they_say() -> None:
    entries = {entry.name: entry for entry in spec.read().entries}
    shown = re.findall(r'gallery/(\w+)\.svg" alt="([^"]+)"', README)
    shown += [(name, alt) for alt, name in re.findall(r"!\[([^]]+)\]\(gallery/(\w+)\.svg", README)]
    assert len(shown) >= 6
    for name, alt in shown:
        assert entries[name].animation.alt_text == alt


def test_its_spec_works(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(
        re.findall(r"```toml\n(.*?)```", README, re.DOTALL)[0], "utf-8"
    )
    assert len(spec.read(tmp_path / "my.toml").files) == 21


def test_its_gallery_from_python_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = '[[animation]]\nname = "a"\nlayer = "standard"\ni = 3\ntheme = "dark"'
    Path("my-course.toml").write_text(text, "utf-8")
    (expression,) = re.findall(r"From Python, `(.*?)`", README)
    made = eval(expression, {"conv_anim": conv_anim, "executor": Here()})
    assert isinstance(made, conv_anim.gallery.GalleryBuild)
    assert made.made == ["a_dark.gif"]
    assert {path.name for path in Path("site").iterdir()} == {
        "a_dark.gif",
        "manifest.jsonl",
        *PAGES,
    }


def test_its_python_example_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(example, names)
    assert (tmp_path / "x.gif").exists()
    for expression, value in re.findall(
        r"^([\w(][^=\n]*[=(.].*?)  # ([(\d][^a-z\n]*)", example, re.MULTILINE
    ):
        assert eval(expression, names) == eval(value), expression


def test_its_table_of_options_is_that_of_the_package() -> None:
    _, table, _ = option_table.in_readme(README)
    assert table == option_table.written()


def test_it_names_every_option() -> None:
    commands = [*map(make, ("standard", "transposed", "pool")), gallery_command()]
    for command in commands:
        for option in [x for x in command.params if isinstance(x, click.Option)]:
            for name in option.opts + option.secondary_opts:
                assert re.search(rf"`{name}[` ]", README), name


def test_its_table_of_formats_is_that_of_the_command() -> None:
    assert CliRunner().invoke(cli, ["formats"]).output in README
