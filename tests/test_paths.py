"""A file is in its place whole, or the place is as it was."""

import os
from pathlib import Path

import pytest

from conv_anim import Standard, animate
from conv_anim.core.files import read_regular
from conv_anim.errors import InputError
from conv_anim.formats import atomic, registry


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    with atomic.replacing(tmp_path / "x.gif") as file:
        file.write(b"new")
        assert not (tmp_path / "x.gif").exists()
    assert (tmp_path / "x.gif").read_bytes() == b"new"
    assert names(tmp_path) == ["x.gif"]


@pytest.mark.parametrize("failure", [OSError(28, "No space left"), KeyboardInterrupt()], ids=str)
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, failure: BaseException
) -> None:
    target = tmp_path / "x.gif"
    target.write_bytes(b"old")

    def write() -> None:
        with atomic.replacing(target) as file:
            file.write(b"half")
            raise failure

    with pytest.raises(type(failure)):
        write()
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["x.gif"]


def test_a_failure_while_drawing_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        animate(Standard()).save(tmp_path / "x.gif", progress=fail)
    assert names(tmp_path) == []


def test_a_new_file_has_the_mode_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with atomic.replacing(tmp_path / "x.gif"):
            pass
    finally:
        os.umask(before)
    assert (tmp_path / "x.gif").stat().st_mode & 0o777 == 0o640


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "x.gif"
    target.touch()
    target.chmod(0o604)
    with atomic.replacing(target):
        pass
    assert target.stat().st_mode & 0o777 == 0o604


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.gif").write_bytes(b"old")
    (tmp_path / "link.gif").symlink_to("real.gif")
    with atomic.replacing(tmp_path / "link.gif") as file:
        file.write(b"new")
    assert (tmp_path / "link.gif").is_symlink()
    assert (tmp_path / "real.gif").read_bytes() == b"new"


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 251 + ".gif")
    with atomic.replacing(target) as file:
        file.write(b"new")
    assert target.read_bytes() == b"new"


def test_places_that_are_no_place_for_a_gif(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.gif").mkdir()
    os.mkfifo(tmp_path / "pipe.gif")
    *most, last = registry.FORMATS
    only = f"{', '.join(most)} and {last}"
    sentences = {
        "x.bmp": f"ends in '.bmp': only {only} are written, give a name such as 'x.gif'",
        "x": f"has no extension: only {only} are written, give a name such as 'x.gif', or a format",
        "none/x.gif": "does not exist: create it, or give another output",
        "file/x.gif": "is not a folder: give another output",
        "folder.gif": "is not a regular file: give another output",
        "pipe.gif": "is not a regular file: give another output",
    }
    for name, sentence in sentences.items():
        with pytest.raises(ValueError, match="output") as caught:
            animate(Standard()).save(tmp_path / name)
        assert str(caught.value).endswith(sentence), name
    with pytest.raises(ValueError, match=r"output is empty: give a file's name"):
        registry.of_path("")
    with pytest.raises(ValueError, match="has no extension"):
        registry.of_path(Path())


def test_a_name_without_a_suffix_needs_a_format(tmp_path: Path) -> None:
    picture = animate(Standard())
    assert picture.save(tmp_path / "x", format="PNG") == tmp_path / "x"
    assert (tmp_path / "x").read_bytes() == picture.to_bytes("png")
    picture.save(tmp_path / "x.svg", format="svg")
    with pytest.raises(ValueError, match=r"ends in '\.svg', and format is gif: leave out format"):
        picture.save(tmp_path / "x.svg", format="gif")
    with pytest.raises(ValueError, match="format is 'bmp': give gif"):
        picture.save(tmp_path / "x", format="bmp")


@pytest.mark.parametrize("forbidden", ["folder", "file"])
def test_places_that_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forbidden: str
) -> None:
    # A superuser may write anywhere, so ask in another way than by changing permissions.
    target = tmp_path / "x.gif"
    target.touch()
    place = tmp_path if forbidden == "folder" else target
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != place)
    with pytest.raises(ValueError, match="may not be written: change its permissions"):
        atomic.check_place(target)


def loop(folder: Path) -> None:
    (folder / "loop.gif").symlink_to("loop.gif")
    (folder / "round").symlink_to("round")
    (folder / "astray.gif").symlink_to("none/x.gif")


LONG = "cannot be: File name too long; give another output"
ROUND = "cannot be: Too many levels of symbolic links; give another output"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("loop.gif", ROUND, id="link to itself"),
        pytest.param("round/x.gif", ROUND, id="folder that is a link to itself"),
        pytest.param("astray.gif", "none' does not exist: create it, or", id="link to nowhere"),
        pytest.param("x" * 300 + ".gif", LONG, id="long name"),
        pytest.param("x" * 300 + "/x.gif", LONG, id="long folder"),
        pytest.param("x/" * 2500 + "x.gif", LONG, id="long path"),
        pytest.param("x" * 5000, "has no extension", id="long name of no GIF"),
        pytest.param(
            "x." + "y" * 5000,
            "only .gif, .webp, .png, .svg, .html, .mp4, .webm and .pdf are w",
            id="long extension",
        ),
        pytest.param("y" * 5000 + "/", "is a folder's name: add a file's", id="long folder alone"),
        pytest.param("a\nb\x1b[2J/x.gif", "a\\nb\\x1b[2J' does not exist", id="unprintable"),
    ],
)
def test_names_that_cannot_be_are_refused_in_a_line(
    tmp_path: Path, name: str, sentence: str
) -> None:
    loop(tmp_path)
    before = names(tmp_path)
    with pytest.raises(InputError) as caught:
        animate(Standard()).save(f"{tmp_path}/{name}")
    said = str(caught.value)
    assert sentence in said
    assert said.isprintable()
    assert len(said) < 400
    assert names(tmp_path) == before


def test_a_path_as_long_as_paths_may_be(tmp_path: Path) -> None:
    # There is room for the name, but not for that of the file that takes its place at the end.
    folder = tmp_path
    while len(str(folder)) < 4095 - 250:
        folder /= "x" * 200
        folder.mkdir()
    folder /= "x" * (4095 - len("/y.gif") - len(str(folder)) - 1)
    folder.mkdir()
    with pytest.raises(InputError, match=LONG):
        animate(Standard()).save(folder / "y.gif")
    assert names(folder) == []


def test_a_file_system_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "open", refuse)
    refused = pytest.raises(ValueError, match="may not be written")
    with refused, atomic.replacing(tmp_path / "x.gif"):
        pass


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"12345")
    (tmp_path / "link").symlink_to(path)
    assert read_regular(path, 5, "x") == b"12345"
    assert read_regular(tmp_path / "link", 6, "x") == b"12345"
    with pytest.raises(ValueError, match="x has more than 4 bytes, the limit: give a smaller"):
        read_regular(path, 4, "x")
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "none", 4, "x")
    with pytest.raises(OSError, match="directory"):
        read_regular(tmp_path, 1_000_000, "x")


def test_a_file_that_states_no_size_is_read_up_to_the_limit_too() -> None:
    path = Path("/proc/self/status")
    if not path.exists():
        pytest.skip("no files without a stated size here")
    assert path.stat().st_size == 0
    assert b"Name:" in read_regular(path, 100_000, "x")
    with pytest.raises(ValueError, match="x has more than 10 bytes"):
        read_regular(path, 10, "x")


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)  # opening it would wait for somebody who writes
    (tmp_path / "link").symlink_to("/dev/zero")
    for path in (fifo, tmp_path / "link", Path("/dev/null")):
        with pytest.raises(ValueError, match="x is not a regular file: copy what it gives"):
            read_regular(path, 100, "x")


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    before = os.stat(__file__)
    monkeypatch.setattr(Path, "stat", lambda _: before)
    assert read_regular(fifo, 1_000_000, "x") == b""
