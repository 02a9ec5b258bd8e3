"""Making galleries: what is made, skipped, left alone and put right; interruptions; clusters."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from markupsafe import escape

from conv_anim.cli.group import cli
from conv_anim.errors import InputError
from conv_anim.gallery import BUILT_IN as SPEC
from conv_anim.gallery import spec, work
from conv_anim.gallery.build import GalleryBuild, make
from conv_anim.gallery.executors import Here, processes
from tests.support.command import SCRIPT
from tests.support.gifs import Blocks, frames
from tests.support.limits import check_refused_in_limits, run_limited

ROOT = Path(__file__).parent.parent

SMALL = """
title = "Small"
[defaults]
layer = "standard"
i = 3
k = 2
[[animation]]
name = "a"
[[animation]]
name = "b"
s = 2
theme = "light"
"""
PAGES = ["README.md", "index.html", "manifest.jsonl"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run everything in an empty folder with a small spec."""
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(SMALL, "utf-8")
    return tmp_path


def run(command: str) -> Result:
    return CliRunner().invoke(cli, ["gallery", *shlex.split(command)], prog_name="conv-anim")


def contents(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def records(folder: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(folder, "manifest.jsonl").read_bytes().splitlines()]


def test_a_gallery_is_made_and_says_so() -> None:
    result = run("small.toml --jobs 1")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("gallery/index.html: 3 made, 0 unchanged, ")
    assert sorted(contents("gallery")) == sorted([*PAGES, "a.gif", "a_dark.gif", "b.gif"])
    gallery = spec.read("small.toml")
    for file, picture in gallery.files.items():
        assert Path("gallery", file).read_bytes() == picture.to_bytes()
    assert [record.get("file") for record in records("gallery")] == [None, *gallery.files]


def test_the_same_bytes_however_they_are_made() -> None:
    with processes(2) as two:
        make(spec.read("small.toml"), "two", two)
    with ThreadPoolExecutor(2) as threads:
        make(spec.read("small.toml"), "threads", threads, in_flight=2)
    make(spec.read("small.toml"), "here", Here(), in_flight=1)
    assert contents("two") == contents("threads") == contents("here")


def test_what_is_unchanged_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    run("small.toml --jobs 1")
    before = {path: path.stat().st_mtime_ns for path in Path("gallery").iterdir()}
    result = run("small.toml --jobs 1")
    assert result.stdout.startswith("gallery/index.html: 0 made, 3 unchanged, ")
    assert {path: path.stat().st_mtime_ns for path in Path("gallery").iterdir()} == before
    monkeypatch.delattr(GalleryBuild, "draw")  # nor is it drawn when the short way is not gone
    Path("small.toml").write_text(SMALL.replace("Small", "Smaller"))
    assert "0 made, 3 unchanged" in run("small.toml").stdout
    assert b"<h1>Smaller</h1>" in contents("gallery")["index.html"]
    assert "0 made, 3 unchanged" in run("small.toml --prune -j 1").stdout
    assert run("small.toml -q").output == ""


@pytest.mark.parametrize(
    ("harm", "made"),
    [
        pytest.param(lambda: Path("gallery/b.gif").unlink(), 1, id="file gone"),
        pytest.param(lambda: Path("gallery/b.gif").write_bytes(b"GIF89a"), 1, id="file cut short"),
        pytest.param(lambda: shutil.copy("gallery/a.gif", "gallery/b.gif"), 1, id="another file"),
        pytest.param(lambda: Path("gallery/manifest.jsonl").unlink(), 3, id="manifest gone"),
        pytest.param(lambda: Path("gallery/manifest.jsonl").write_text("[1]\n{\n3"), 3, id="junk"),
        pytest.param(lambda: Path("gallery/index.html").unlink(), 0, id="page gone"),
        pytest.param(lambda: Path("small.toml").write_text(SMALL.replace("s = 2", "s = 1")), 1,
                     id="an entry changed"),
        pytest.param(lambda: Path("small.toml").write_text(SMALL.replace("i = 3", "i = 4")), 3,
                     id="all changed"),
        pytest.param(lambda: Path("small.toml").write_text(
            SMALL + "[[animation]]\nname = 'c'\ntheme = 'light'"), 1, id="an entry more"),
    ],
)  # fmt: skip
def test_what_has_changed_is_made_again(harm: Callable[[], object], made: int) -> None:
    run("small.toml --jobs 1")
    harm()
    result = run("small.toml --jobs 1")
    assert f": {made} made," in result.stdout, result.output
    again = make(spec.read("small.toml"), "anew", Here())
    assert len(again.made) == len(again.gallery.files)
    assert contents("gallery") == contents("anew")


def test_a_file_of_numbers_is_found_beside_the_spec_and_watched() -> None:
    Path("sub").mkdir()
    Path("sub/x.csv").write_text("1 2\n3 4")
    text = '[[animation]]\nname = "n"\nlayer = "standard"\ninput = "x.csv"\nk = 2\ntheme = "dark"'
    Path("sub/n.toml").write_text(text)
    assert "1 made, 0 unchanged" in run("sub/n.toml --jobs 1").stdout
    assert "0 made, 1 unchanged" in run("sub/n.toml --jobs 1").stdout
    assert records("gallery")[1]["command"].endswith("--theme dark --input x.csv")
    Path("sub/x.csv").write_text("1 2\n3 5")
    assert "1 made, 0 unchanged" in run("sub/n.toml --jobs 1").stdout
    Path("sub/x.csv").unlink()
    assert "animation 1 ('n'): input is 'x.csv': give random" in run("sub/n.toml").stderr


BREAKS = "x\n\n# big\u2028<b>\t'\\\x1b[2J.csv"


def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    Path(BREAKS).write_text("1 2\n3 4")
    name = json.dumps(BREAKS)  # as TOML has it, too
    Path("n.toml").write_text(f"[[animation]]\nname='n'\nlayer='standard'\nk=2\ninput={name}")
    listing = run("n.toml --check").stdout
    assert run("n.toml --jobs 1").exit_code == 0
    command = (
        "conv-anim standard --i 2 --k 2 --p 0 --s 1 "
        "--input $'x\\x0a\\x0a# big\\U00002028<b>\\x09\\'\\\\\\x1b[2J.csv'"
    )
    assert listing == f"n: 1 animation, 2 files\nn.gif n_dark.gif: {command}\n"
    assert all(line.isprintable() for line in listing.splitlines())
    readme = Path("gallery/README.md").read_text()
    assert escape(command) in readme
    assert "\n# " not in readme
    assert records("gallery")[1]["command"] == command
    assert ": 0 made, 2 unchanged" in run("n.toml --jobs 1").stdout
    bash = shutil.which("bash")
    if bash:  # what is copied works
        echo = command.replace("conv-anim", "printf '%s\\0'")
        done = subprocess.run([bash, "-c", echo], capture_output=True, check=True,
                              env={"LC_ALL": "C.UTF-8"})  # fmt: skip
        assert done.stdout.decode().split("\0")[-2] == BREAKS


def test_another_version_makes_all_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    run("small.toml --jobs 1")
    for module in ("gallery.build", "gallery.manifest", "gallery.work"):
        monkeypatch.setattr(f"conv_anim.{module}.__version__", "9.9.9")
    assert ": 3 made, 0 unchanged" in run("small.toml --jobs 1").stdout
    assert ": 3 made, 0 unchanged" in run("small.toml --jobs 1 --force").stdout


def test_orphans_are_listed_and_removed_only_when_asked() -> None:
    Path("gallery").mkdir()
    Path("gallery/mine.gif").write_bytes(b"somebody else's")
    run("small.toml --jobs 1")
    part = Path("gallery/.conv-anim-0.part")
    for path in (part, Path("gallery/.conv-anim-1.part")):
        path.touch()
    os.utime(part, (0, 0))
    Path("small.toml").write_text(SMALL.replace('name = "a"', 'name = "c"'))
    result = run("small.toml --jobs 1")
    assert ": 2 made, 1 unchanged" in result.stdout
    assert "with --prune: a.gif, a_dark.gif, .conv-anim-0.part\n" in result.stdout
    assert "with --prune: a.gif, a_dark.gif" in run("small.toml --jobs 1").stdout
    assert 'id="a"' not in Path("gallery/index.html").read_text()
    assert ", 3 removed, " in run("small.toml --jobs 1 --prune").stdout
    assert sorted(contents("gallery")) == sorted(
        [".conv-anim-1.part", *PAGES, "b.gif", "c.gif", "c_dark.gif", "mine.gif"]
    )
    assert "prune" not in run("small.toml --jobs 1").stdout


def test_the_output_folder_may_stand_beside_anything() -> None:
    Path("x").mkdir()
    assert run("small.toml --jobs 1").exit_code == 0
    Path("nowhere").symlink_to("none")
    result = run("small.toml --jobs 1 -o nowhere")
    assert result.exit_code == 2
    assert "output folder 'nowhere' is a link to nothing" in result.stderr


def test_failures_are_not_forgotten_next_time() -> None:
    run("small.toml --jobs 1")
    Path("small.toml").write_text(SMALL.replace('"a"', '"c"').replace('"b"', '"d"'))
    for name in ("c.gif", "c_dark.gif", "d.gif"):
        Path("gallery", name).mkdir()
    for _ in range(2):  # there are as many orphans as failures
        assert run("small.toml --jobs 1").exit_code == 1


FOREIGN = ["a.gif", "a_dark.gif", "b.gif"]


@pytest.mark.parametrize("more", ["", " --force", " --prune"], ids=["plain", "force", "prune"])
@pytest.mark.parametrize("n_files", [1, 2, 3])
def test_what_somebody_else_made_is_not_replaced(n_files: int, more: str) -> None:
    Path("gallery").mkdir()
    for name in FOREIGN[:n_files]:
        Path("gallery", name).write_bytes(b"somebody else's")
    names = ", ".join(repr(f"gallery/{name}") for name in FOREIGN[:n_files])
    was, them = ("was", "it") if n_files == 1 else ("were", "them")
    result = run(f"small.toml --jobs 1{more}")
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: {names} {was} not made by conv-anim gallery, which does not replace {them}, even "
        f"with --force: move {them}, or give another --output or other names\n"
    )
    assert contents("gallery") == dict.fromkeys(FOREIGN[:n_files], b"somebody else's")


def test_what_is_added_to_a_gallery_does_not_replace_anything_either() -> None:
    run("small.toml --jobs 1")
    names = [f"z{number}" for number in range(5)]
    for name in names:
        Path(f"gallery/{name}.gif").write_bytes(b"somebody else's")
    more = "".join(f"[[animation]]\nname = '{name}'\ntheme = 'light'\n" for name in names)
    Path("small.toml").write_text(SMALL + more)
    before = contents("gallery")
    result = run("small.toml --jobs 1")
    assert result.exit_code == 2
    assert "'gallery/z0.gif', 'gallery/z1.gif', 'gallery/z2.gif', 2 more were not" in result.stderr
    assert contents("gallery") == before
    with pytest.raises(ValueError, match="were not made by conv-anim gallery"):
        make(spec.read("small.toml"), "gallery", Here(), force=True)
    assert ", 0 unchanged, " in run("small.toml --jobs 1 -o other").stdout


@pytest.mark.parametrize("page", ["index.html", "README.md"])
def test_either_page_tells_what_was_made_when_the_manifest_is_lost(page: str) -> None:
    run("small.toml --jobs 1")
    before = contents("gallery")
    Path("gallery/manifest.jsonl").unlink()
    Path("gallery", page).unlink()
    assert ": 3 made, " in run("small.toml --jobs 1").stdout
    assert contents("gallery") == before
    Path("gallery/manifest.jsonl").unlink()
    for name in ("index.html", "README.md"):
        Path("gallery", name).unlink()
    assert "'gallery/b.gif' were not made by" in run("small.toml --jobs 1").stderr


@pytest.mark.parametrize("text", ['{"data": 3}\n', "mine\n"], ids=["records", "text"])
def test_a_manifest_of_something_else_is_not_replaced(text: str) -> None:
    Path("gallery").mkdir()
    Path("gallery/manifest.jsonl").write_text(text)
    result = run("small.toml --jobs 1")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: 'gallery/manifest.jsonl' was not made by conv-anim gallery, which does not replace "
        "it, even with --force: move it, or give another --output\n"
    )
    assert contents("gallery") == {"manifest.jsonl": text.encode()}


@pytest.mark.parametrize("text", ["", '{"file": "a.g', '{"source": "x"'], ids=["empty", "1", "2"])
def test_a_manifest_that_was_cut_short_is_ours(text: str) -> None:
    Path("gallery").mkdir()
    Path("gallery/manifest.jsonl").write_text(text)
    assert ": 3 made, " in run("small.toml --jobs 1").stdout


KILLED = """
import os, signal, sys
from conv_anim.formats import atomic
from conv_anim.cli.group import cli
put = os.replace
def replace(part, path):
    if path.name == "a_dark.gif":
        if {after}: put(part, path)
        os.kill(os.getpid(), signal.SIGKILL)
    put(part, path)
atomic.os.replace = replace
cli(["gallery", "small.toml", "--jobs", "1"])
"""


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("again", [False, True], ids=["new", "over an old one"])
def test_a_kill_while_a_file_is_put_in_place(after: bool, again: bool) -> None:
    if again:
        Path("small.toml").write_text(SMALL.replace("i = 3", "i = 4"))
        run("small.toml --jobs 1")
        Path("small.toml").write_text(SMALL)
    done = subprocess.run([sys.executable, "-c", KILLED.format(after=after)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert Path("gallery/a_dark.gif").exists() == (after or again)
    made = 1 if after else 2
    assert f": {made} made, {3 - made} unchanged, " in run("small.toml --jobs 1").stdout
    make(spec.read("small.toml"), "anew", Here())
    there = contents("gallery")
    assert {name: there[name] for name in contents("anew")} == contents("anew")


def test_a_run_that_begins_while_another_is_at_work() -> None:
    first = GalleryBuild(spec.read("small.toml"), "gallery")
    first.todo = {file: first.todo[file] for file in ("a.gif", "a_dark.gif")}
    first.draw(Here())
    second = GalleryBuild(spec.read("small.toml"), "gallery")
    assert list(second.todo) == ["b.gif"]
    second._manifest.add("b.gif", second._made_from(second.todo["b.gif"]), b"not yet there")
    first.failed["b.gif"] = InputError("it is the other's")
    first.publish()
    assert [record.get("file") for record in records("gallery")] == [
        None, "a.gif", "a_dark.gif", "b.gif"
    ]  # fmt: skip
    assert GalleryBuild(spec.read("small.toml"), "gallery").todo.keys() == {"b.gif"}
    assert ": 1 made, 2 unchanged" in run("small.toml --jobs 1").stdout


def test_a_manifest_that_is_too_large_is_not_read(folder: Path) -> None:
    Path("gallery").mkdir()
    with Path("gallery/manifest.jsonl").open("wb") as file:
        file.truncate(300_000_000)
    sentence = (
        "'gallery/manifest.jsonl' has more than 50,000,000 bytes, too many for a gallery: move it, "
        "or give another --output"
    )
    check_refused_in_limits(["gallery", "small.toml"], sentence, folder)


def test_a_manifest_of_too_many_records_is_refused(folder: Path) -> None:
    Path("gallery").mkdir()
    lines = (f'{{"file": "a{number}.gif", "x": [[], []]}}\n' for number in range(100_001))
    Path("gallery/manifest.jsonl").write_text("".join(lines))
    sentence = "'gallery/manifest.jsonl' has more than 100,000 records, too many for a gallery"
    check_refused_in_limits(["gallery", "small.toml"], sentence, folder)


def test_a_file_that_has_grown_is_not_read(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    run("small.toml --jobs 1")
    with Path("gallery/b.gif").open("r+b") as file:
        file.truncate(3_000_000_000)
    result = run_limited(["gallery", "small.toml", "--jobs", "1"], folder, 1_000_000_000)
    assert ": 1 made, 2 unchanged" in result.stdout, result.stderr


def test_a_record_keeps_the_beginning_of_a_long_command() -> None:
    numbers = "; ".join(["1 2 3 4 5 6 7 8"] * 8 * 12)
    for last in (1, 2):
        text = f"[[animation]]\nname='n'\nlayer='standard'\ninput='{numbers}; {'9 ' * 7}{last}'\n"
        Path("n.toml").write_text(f"{text}shade = true\nframes = '1:2'\ntheme = 'light'")
        assert ": 1 made, 0 unchanged" in run("n.toml --jobs 1").stdout
        assert len(records("gallery")[1]["command"]) < 600
    Path("n.toml").write_text(Path("n.toml").read_text() + "\n# the same")
    assert ": 0 made, 1 unchanged" in run("n.toml --jobs 1").stdout


def test_what_somebody_has_changed_is_not_pruned() -> None:
    run("small.toml --jobs 1")
    Path("gallery/a.gif").write_bytes(b"mine now")
    Path("small.toml").write_text(SMALL.replace('"a"', '"c"'))
    assert ", 1 removed, " in run("small.toml --jobs 1 --prune").stdout
    assert Path("gallery/a.gif").read_bytes() == b"mine now"
    assert not Path("gallery/a_dark.gif").exists()


def test_links_do_not_lead_out_of_the_folder() -> None:
    Path("gallery").mkdir()
    Path("precious").write_bytes(b"precious")
    Path("gallery/a.gif").symlink_to("../precious")
    assert run("small.toml --jobs 1").exit_code == 0
    assert not Path("gallery/a.gif").is_symlink()
    for name in ("manifest.jsonl", "index.html"):
        Path("gallery", name).unlink()
        Path("gallery", name).symlink_to("../precious")
        assert run("small.toml --jobs 1").exit_code == 2
        Path("gallery", name).unlink()
    assert Path("precious").read_bytes() == b"precious"


def test_leftovers_are_pruned_when_nothing_else_is_to_do() -> None:
    run("small.toml --jobs 1")
    part = Path("gallery/.conv-anim-0.part")
    part.touch()
    os.utime(part, (0, 0))
    assert ", 1 removed, " in run("small.toml --jobs 1 --prune").stdout
    assert not part.exists()


@pytest.mark.parametrize(
    "line",
    [
        "[" * 200_000,
        '{"file": "' + "a" * 300 + '.gif"}',
        '{"pages": ["/dev/zero"]}',
        '{"pages": 3}',
    ],
    ids=["deep", "long name", "a page elsewhere", "no pages"],
)
def test_a_manifest_with_anything_in_it(line: str) -> None:
    run("small.toml --jobs 1")
    path = Path("gallery/manifest.jsonl")
    path.write_text(line + "\n" + path.read_text())
    result = run("small.toml --jobs 1 --prune")
    assert result.exit_code == 0
    assert ": 0 made, 3 unchanged" in result.stdout


def test_a_full_disk_is_said_with_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("conv_anim.gallery.manifest.Manifest.add", fail)
    monkeypatch.setattr("conv_anim.gallery.manifest.Manifest.save", fail)
    result = run("small.toml --jobs 1")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0] == "Error: a.gif: No space left on device"
    assert lines[-1] == (
        "Error: gallery: No space left on device; 0 of 3 files are there, run it again to go on"
    )


def test_a_manifest_that_names_files_elsewhere_removes_none() -> None:
    run("small.toml --jobs 1")
    names = ["../outside.gif", str(Path("far.gif").resolve()), "..", "x.txt", "sub/x.gif", 3, None]
    Path("gallery/sub").mkdir()
    for there in ("outside.gif", "far.gif", "gallery/x.txt", "gallery/sub/x.gif"):
        Path(there).touch()
    before = sorted(Path().rglob("*"))
    with Path("gallery/manifest.jsonl").open("a") as manifest:
        for name in names:
            manifest.write(json.dumps({"file": name}) + "\n")
    assert "removed" not in run("small.toml --jobs 1 --prune").stdout
    assert sorted(Path().rglob("*")) == before


def test_a_failure_stops_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(pictures: list[Any], version: str) -> list[bytes]:
        if len(pictures) == 2:
            raise MemoryError("too large")
        return work.drawn(pictures, version)

    monkeypatch.setattr("conv_anim.gallery.build.drawn", fail)
    result = run("small.toml --jobs 1")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: a.gif: MemoryError: too large\nError: a_dark.gif: MemoryError: too large\n"
    )
    assert ": 1 made, 0 unchanged, 2 failed, " in result.stdout
    page = Path("gallery/index.html").read_text()
    assert 'id="b"' in page
    assert 'id="a"' not in page


def test_a_file_that_cannot_be_put_in_place_stops_nothing_else() -> None:
    Path("gallery/a.gif").mkdir(parents=True)
    result = run("small.toml --jobs 1")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: a.gif: ")
    assert result.stderr.endswith(" is not a regular file: give another --output\n")
    assert ": 2 made, 0 unchanged, 1 failed, " in result.stdout


def test_a_process_that_dies_takes_only_its_own_file_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conv_anim.gallery.build.drawn", dies)
    result = run("small.toml --jobs 2")
    assert result.exit_code == 1
    assert result.stderr == "Error: b.gif: the process that drew it ended abruptly\n"
    assert ": 2 made, 0 unchanged, 1 failed, " in result.stdout


def dies(pictures: list[Any], version: str) -> list[bytes]:
    """Draw, but end at once when the stride is 2."""
    if pictures[0][0].s == (2, 2):
        os._exit(9)
    return work.drawn(pictures, version)


def test_a_worker_of_another_version_is_refused() -> None:
    picture = next(iter(spec.read("small.toml").files.values()))
    with pytest.raises(RuntimeError, match=r"the worker has conv-anim .*, and 9\.9\.9 is wanted"):
        work.drawn([(picture.layer, picture.options, "gif")], "9.9.9")


LONG = """
[defaults]
width = 320
bare = true
[[sweep]]
layer = "standard"
theme = "light"
i = [7, 8, 9]
p = [1, 2]
d = [1, 2]
"""


# Python runs this before the command, which then ends itself when its third file is to be put in
# its place: the process that began does that, not its workers.
ENDING = """
import os, sys

there = []

def watch(event, arguments):
    if event == "os.rename" and str(arguments[1]).endswith(".gif"):
        there.append(arguments[1])
        if len(there) == 3:
            os.kill(os.getpid(), int(os.environ["NUMBER"]))

sys.addaudithook(watch)
"""


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)],
    ids=["Ctrl-C", "SIGTERM", "SIGKILL"],
)
def test_an_interrupted_run_is_gone_on_with(number: signal.Signals, status: int) -> None:
    Path("long.toml").write_text(LONG)
    Path("sitecustomize.py").write_text(ENDING)
    process = subprocess.Popen(
        [SCRIPT, "gallery", "long.toml", "-o", "long", "--jobs", "2"],
        env={**os.environ, "PYTHONPATH": os.getcwd(), "NUMBER": str(int(number))},
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == status
    if number != signal.SIGKILL:  # then Python's own helper may complain
        assert stderr == "" or stderr.startswith("Interrupted: "), stderr
    until(lambda: not alive(process.pid))  # its workers end, too
    there = sorted(path.name for path in Path("long").glob("*.gif"))
    assert 2 <= len(there) < 12
    for name in there:
        Blocks(Path("long", name).read_bytes())
    result = run("long.toml -o long --jobs 2")
    assert result.exit_code == 0
    made = int(result.stdout.split(": ")[1].split(" made")[0])
    assert 12 - len(there) <= made <= 12 - len(there) + 1  # the last one's record may be lost
    assert len(list(Path("long").glob("*.gif"))) == 12


def until(happens: Callable[[], bool]) -> None:
    """Wait for something that is to happen soon."""
    for _ in range(3000):
        if happens():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen")


def alive(group: int) -> bool:
    """Return whether a process of this group still runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_two_runs_at_once_do_no_harm() -> None:
    command = [str(SCRIPT), "gallery", "small.toml", "--jobs", "2", "-q"]
    runs = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[1] for process in runs] == ["", ""]
    assert [process.returncode for process in runs] == [0, 0]
    make(spec.read("small.toml"), "alone", Here())
    assert contents("gallery") == contents("alone")
    assert "0 made, 3 unchanged" in run("small.toml").stdout


def test_what_two_runs_record_is_kept() -> None:
    first, second = (GalleryBuild(spec.read("small.toml"), "gallery") for _ in range(2))
    first.todo = {file: first.todo[file] for file in ("a.gif", "b.gif")}
    first.draw(Here())
    second.todo = {file: second.todo[file] for file in ("a_dark.gif",)}
    second.draw(Here())
    second.publish()
    first.publish()
    assert not GalleryBuild(spec.read("small.toml"), "gallery").todo


def test_a_record_that_was_cut_short_costs_one_file() -> None:
    run("small.toml --jobs 1")
    manifest = Path("gallery/manifest.jsonl")
    manifest.write_bytes(manifest.read_bytes()[:-20])
    assert ": 1 made, 2 unchanged" in run("small.toml --jobs 1").stdout
    assert len(records("gallery")) == 4


def test_a_check_lists_and_makes_nothing() -> None:
    result = run("small.toml --check")
    assert result.stdout == (
        "Small: 2 animations, 3 files\n"
        "a.gif a_dark.gif: conv-anim standard --i 3 --k 2 --p 0 --s 1\n"
        "b.gif: conv-anim standard --i 3 --k 2 --p 0 --s 2 --theme light\n"
    )
    assert os.listdir() == ["small.toml"]
    assert "standard_s2p1.svg standard_s2p1.gif standard_s2p1.html: " in run("--check").stdout


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("none.toml", "spec 'none.toml' cannot be read: No such file or directory"),
        ("none.toml --check", "spec 'none.toml' cannot be read: No such file or directory"),
        ("small.toml --jobs 0", "--jobs is 0: give a whole number from 1 to 1000"),
        ("small.toml --jobs two", "--jobs is 'two': give a whole number from 1 to 1000"),
        ("small.toml -o small.toml", "output folder 'small.toml' is not a folder"),
        ("small.toml -o small.toml/x", "output folder 'small.toml' is not a folder"),
        ("small.toml -o foreign", "was not made by conv-anim gallery: move it, or give another"),
        ("small.toml -o ''", "a name is empty: give a file's for the spec"),
        ("'' --check", "a name is empty"),
        (f"small.toml -o {'x' * 300}", "cannot be: File name too long; give another --output"),
        ("small.toml other.toml", "Got unexpected extra argument"),
    ],
)
def test_mistakes_make_nothing(command: str, sentence: str) -> None:
    Path("foreign").mkdir()
    Path("foreign/README.md").write_text("# My own\n")
    result = run(command)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(os.listdir()) == ["foreign", "small.toml"]
    assert os.listdir("foreign") == ["README.md"]


def test_dask_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = run("small.toml --dask tcp://127.0.0.1:1")
    assert result.exit_code == 2
    assert "install conv-anim[dask], or use --jobs" in result.stderr


@pytest.mark.filterwarnings("default")  # of the cluster's own libraries
def test_a_dask_cluster_of_two_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conv_anim.gallery.executors.DASK_TIMEOUT_S", 2)
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None
    ) as cluster:
        result = run(f"small.toml --dask {cluster.scheduler_address}")
    assert result.exit_code == 0, result.output
    make(spec.read("small.toml"), "here", Here())
    assert contents("gallery") == contents("here")
    result = run("small.toml --force --dask tcp://127.0.0.1:1")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("Error: gallery: ")
    assert "0 of 3 files are there, run it again to go on" in result.stderr


# Another version of the font engine lays formulas out otherwise, so that a small canvas, which is
# as wide as its texts, differs by some pixels. What stays below this share of 255 levels, on
# average down to the last row of cells, is no cell in the wrong place or colour.
TOLERANCE = 0.5
MOST_WIDER_PX = 16


def test_the_committed_gallery_has_every_entry() -> None:
    there = contents(str(ROOT / "gallery"))
    gallery = spec.read(SPEC)
    assert sorted(there) == sorted([*PAGES, *gallery.files])
    assert sum(map(len, there.values())) < 8_000_000
    assert all(len(data) < 200_000 for data in there.values())
    said = {record["file"]: record["command"] for record in records(str(ROOT / "gallery"))[1:]}
    assert said == {file: picture.command for file, picture in gallery.files.items()}
    page = there["index.html"].decode()
    assert all(f'id="{entry.name}"' in page for entry in gallery.entries)


BUILT_IN = spec.read(SPEC).files


@pytest.mark.parametrize("file", BUILT_IN)
def test_the_committed_gallery_is_what_its_spec_makes(file: str) -> None:
    old = (ROOT / "gallery" / file).read_bytes()
    picture = BUILT_IN[file]
    new = picture.to_bytes(file.rpartition(".")[2])
    if old == new:
        return
    if not file.endswith(".gif"):  # other versions of libraries have other outlines of letters
        assert abs(len(old) - len(new)) < 0.05 * len(old)
        return
    assert Blocks(old).delays_ms == Blocks(new).delays_ms
    before, after = frames(old), frames(new)
    assert len(before) == len(after)
    width = after[0].shape[1]
    assert abs(before[0].shape[1] - width) <= MOST_WIDER_PX
    if before[0].shape[1] != width:
        return
    planes = (picture.drawing.planes[role] for role in picture.scene.grids)
    bottom = int(max(plane.point(plane.shape[0], 0)[1] for plane in planes))
    for one, other in zip(before, after, strict=True):
        differing = np.abs(one[:bottom].astype(int) - other[:bottom])
        assert differing.mean() < TOLERANCE
