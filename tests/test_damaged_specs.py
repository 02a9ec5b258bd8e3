"""Damaged specs and manifests: a gallery or one sentence, and nobody's file is touched.

The environment's DAMAGED_FILES is how many are made of each whole one, DAMAGE_SEED which.
"""

import shutil
from pathlib import Path

import pytest

from conv_anim.errors import InputError
from conv_anim.formats import atomic
from conv_anim.gallery import spec
from conv_anim.gallery.build import GalleryBuild, make
from conv_anim.gallery.entries import Gallery
from conv_anim.gallery.executors import Here
from conv_anim.gallery.manifest import NAME, Manifest
from tests.support.damage import damaged

WHOLE = {
    "animation": """
title = "A course"
[defaults]
layer = "standard"
i = 4
theme = "light"
[[animation]]
name = "first"
section = "One"
caption = "A 3×3 kernel. \\"Quoted\\"."
k = 3
p = "0:1x2:2"
[[animation]]
name = 'second'
layer = "nn.ConvTranspose2d(1, 1, 3, stride=2, output_padding=1)"
""",
    "sweep": """
defaults.theme = "dark"
defaults.once = true
[[sweep]]
name = "{layer}{k}-{s}"
caption = '''
{{{layer}}} {k}'''
layer = ["standard", "transposed"]
k = [2, "3x2"]
s = [1, 2]
step-ms = 100
""",
    "numbers": """
animation = [{name = "a", layer = "pool", mode = "average", ceil = true, values = true},
    {name = "b", layer = "standard", input = "1 2; 3 4", kernel = "ones", k = 2, bias = 1.5e-1}]
[[sweep]]
layer = "standard"
input = ["x.csv", [[1, 2.0], [3, 0x4]]]
shade = true
k = 2
frames = "1:1"
""",
}


def check(sentence: str) -> None:
    """Check that it is one, of a bounded length."""
    assert sentence.isprintable()
    assert ": " in sentence
    assert len(sentence) < 700


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where a spec goes, with a file of numbers beside it."""
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text("1,2\n3,4\n")
    return Path("course.toml")


@pytest.mark.parametrize("name", WHOLE)
def test_whole_specs_are_read(name: str, course: Path) -> None:
    course.write_text(WHOLE[name], "utf-8")
    assert len(spec.read(course).files) == {"animation": 2, "sweep": 8, "numbers": 8}[name]


@pytest.mark.parametrize("name", WHOLE)
def test_damaged_specs_are_read_or_refused_in_one_sentence(
    name: str, course: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for data in damaged(WHOLE[name].encode(), name):
        course.write_bytes(data)
        try:
            gallery = spec.read(course)
        except InputError as error:
            check(str(error))
        else:
            assert gallery.files
            assert all(atomic.is_safe(file.removesuffix(".gif")) for file in gallery.files)
            assert all(entry.caption.isprintable() for entry in gallery.entries)
    assert capfd.readouterr() == ("", "")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gallery, Path]:
    """Make a small gallery, with a file beside it that it once made and one that it didn't."""
    folder = tmp_path_factory.mktemp("made")
    text = "[[sweep]]\nname = 'n{k}'\nlayer = 'standard'\ni = 3\ntheme = 'light'\nk = [2, 3]\n"
    (folder / "x.toml").write_text(f"{text}\n[[animation]]\nname = 'old'\nlayer = 'pool'\ni = 2")
    make(spec.read(folder / "x.toml"), folder / "out", Here())
    (folder / "x.toml").write_text(text)
    (folder / "out" / "mine.gif").write_bytes(b"mine")
    return spec.read(folder / "x.toml"), folder


@pytest.mark.parametrize("pages", [True, False], ids=["with pages", "without"])
def test_damaged_manifests_cost_work_and_no_files(
    made: tuple[Gallery, Path], tmp_path: Path, pages: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    gallery, origin = made
    whole = (origin / "out" / NAME).read_bytes()
    n_refused = n_current = 0
    for data in damaged(whole, NAME):
        folder = tmp_path / "out"
        shutil.copytree(origin / "out", folder)
        (folder / NAME).write_bytes(data)
        for page in () if pages else ("index.html", "README.md"):
            (folder / page).unlink()
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        try:
            Manifest(folder).settled(origin / "x.toml")
            build = GalleryBuild(gallery, folder)
        except InputError as error:
            check(str(error))
            n_refused += 1
            assert not pages
            assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
        else:
            n_current += build.unchanged
            build.draw(Here())
            build.prune()
            build.publish()
            assert (folder / "mine.gif").read_bytes() == b"mine"
            assert all((folder / file).read_bytes() == before[file] for file in gallery.files)
            assert not GalleryBuild(gallery, folder).todo
            assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
        shutil.rmtree(folder)
    assert n_current > 0
    assert (n_refused > 0) != pages
    assert capfd.readouterr() == ("", "")
