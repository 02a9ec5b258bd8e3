"""Whatever somebody has set for matplotlib or Python, the same bytes come, and nothing is said."""

import os
import subprocess
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.drawing import fonts
from conv_anim.render import agg
from tests.support.launch import MODULE, after

TIMEOUT_S = 60
GIF = animate(Standard()).to_bytes()
NOWHERE = "/dev/null/none"
LATIN = "font.family: caf\xe9\n".encode("latin-1")
OTHERS = b"text.hinting: none\nfont.weight: bold\nmathtext.default: it\nno.such.setting: 3\nwhat\n"

# What lists a system's fonts may complain to whoever began it.
FONT_LISTER = "#!/bin/sh\necho 'no writable cache directories' >&2\nexit 1\n"


pytestmark = pytest.mark.usefixtures("folder")


def run(command: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*MODULE, *command.split()],
        capture_output=True,
        env={**os.environ, **more},
        timeout=TIMEOUT_S,
        check=False,
    )


def check_same(**more: str) -> None:
    """Check that the command draws what it always does, and that nothing else is printed."""
    done = run("standard -q -o -", **more)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == GIF


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"MPLBACKEND": "nonsense"}, id="no such backend"),
        pytest.param({"MPLBACKEND": "module://none.backend_inline"}, id="backend not installed"),
        pytest.param({"MPLBACKEND": "ipympl"}, id="backend of a notebook"),
        pytest.param({"MATPLOTLIBRC": NOWHERE}, id="no such settings"),
        pytest.param({"PYTHONWARNINGS": "error"}, id="warnings as errors"),
        pytest.param({"PYTHONWARNINGS": "always"}, id="all warnings"),
        pytest.param({"MPLCONFIGDIR": NOWHERE}, id="no place for a cache"),
    ],
)
def test_the_environment_changes_nothing(more: dict[str, str]) -> None:
    check_same(**more)


@pytest.mark.parametrize(
    ("place", "settings"),
    [
        pytest.param("matplotlibrc", LATIN, id="current folder, in Latin-1"),
        pytest.param("matplotlibrc", OTHERS, id="current folder"),
        pytest.param("named", OTHERS, id="named"),
        pytest.param("set/matplotlibrc", OTHERS, id="folder that is named"),
        pytest.param(".config/matplotlib/matplotlibrc", OTHERS, id="home"),
    ],
)
def test_files_of_settings_change_nothing(folder: Path, place: str, settings: bytes) -> None:
    file = folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(settings)
    more = {"XDG_CACHE_HOME": str(Path(mpl.get_cachedir()).parent), "HOME": str(folder)}
    if place == "named":
        more["MATPLOTLIBRC"] = str(file)
    if place.startswith("set"):
        more["MPLCONFIGDIR"] = str(file.parent)
    check_same(**more)


def test_a_home_that_cannot_be_written_is_not_worth_a_word(folder: Path) -> None:
    programs, temporary = folder / "programs", folder / "temporary"
    programs.mkdir()
    temporary.mkdir()
    lister = programs / "fc-list"
    lister.write_text(FONT_LISTER)
    lister.chmod(0o755)
    check_same(
        HOME=NOWHERE,
        XDG_CACHE_HOME=NOWHERE,
        PATH=f"{programs}{os.pathsep}{os.environ['PATH']}",
        TMPDIR=str(temporary),
    )
    assert not list(temporary.iterdir())


def test_no_file_at_all_need_be_written() -> None:
    done = subprocess.run(
        after("ulimit -f 0", *MODULE, "standard", "-q", "-o", "-"),
        capture_output=True,
        env={**os.environ, "HOME": NOWHERE, "XDG_CACHE_HOME": NOWHERE},
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, GIF, b"")


def test_a_folder_that_is_gone_is_no_matter(folder: Path) -> None:
    gone = folder / "gone"
    gone.mkdir()
    program = f"import os; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); "
    program += "from conv_anim.__main__ import main; main()"
    output = folder / "x.gif"
    done = subprocess.run(
        [sys.executable, "-c", program, "standard", "-q", "-o", str(output)],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert output.read_bytes() == GIF


@pytest.mark.parametrize("words", ["", "values = true\ninput = 'ramp'\n"], ids=["copies", "anew"])
def test_workers_draw_the_same(folder: Path, words: str) -> None:
    Path("set.toml").write_text(
        f'[[sweep]]\nlayer = "standard"\ntheme = "light"\ni = [5, 6]\n{words}'
    )
    Path("matplotlibrc").write_bytes(OTHERS + LATIN)
    done = run("gallery set.toml -q --jobs 2", MPLBACKEND="nonsense", PYTHONWARNINGS="always")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    options: dict[str, Any] = {"values": True, "input": "ramp"} if words else {}
    expected = {animate(Standard(i=i), **options).to_bytes() for i in (5, 6)}
    assert {path.read_bytes() for path in Path().glob("gallery/*.gif")} == expected


# In somebody's own process: their settings are theirs, and ours are ours.

ODD: dict[Any, Any] = {
    "agg.path.chunksize": 101,
    "font.enable_last_resort": False,
    "font.family": ["monospace"],
    "font.size": 31.0,
    "font.stretch": "condensed",
    "font.style": "italic",
    "font.variant": "small-caps",
    "font.weight": "bold",
    "hatch.color": "red",
    "image.cmap": "magma",
    "lines.antialiased": False,
    "lines.linewidth": 7.0,
    "mathtext.default": "it",
    "mathtext.fallback": "stix",
    "mathtext.fontset": "cm",
    "mathtext.rm": "serif",
    "patch.antialiased": False,
    "path.simplify": False,
    "path.sketch": (3.0, 10.0, 5.0),
    "path.snap": False,
    "text.antialiased": False,
    "text.hinting": "none",
    "text.hinting_factor": 1,
    "text.kerning_factor": 6,
    "text.usetex": True,
}

PICTURES = [
    animate(Standard(i=6, p=1, s=2), process=True, every=4),
    animate(Transposed(d=2), theme="dark", view="stamp"),
    animate(Pool(), values=True, view="stack"),
]


def forget() -> None:
    """Forget what was measured and drawn before."""
    for module in (fonts, agg):
        for kept in vars(module).values():
            if hasattr(kept, "cache_clear"):
                kept.cache_clear()


@pytest.fixture
def odd() -> Any:
    """Set everything that might matter otherwise than we do."""
    with mpl.rc_context(), warnings.catch_warnings(action="ignore"):  # some will go
        mpl.rcParams.update({key: ODD[key] for key in ODD if key in mpl.rcParams})
        forget()
        yield
    forget()


def drawn(animation: Animation) -> bytes:
    return Animation(animation.layer, animation.options).to_bytes()


EXPECTED = [picture.to_bytes() for picture in PICTURES]


@pytest.mark.usefixtures("odd")
def test_settings_of_a_process_change_nothing() -> None:
    assert [drawn(picture) for picture in PICTURES] == EXPECTED


@pytest.mark.parametrize("key", ODD)
def test_each_setting_changes_nothing(key: Any) -> None:
    if key not in mpl.rcParams:
        return
    with mpl.rc_context(), warnings.catch_warnings(action="ignore"):
        mpl.rcParams[key] = ODD[key]
        forget()
        assert drawn(PICTURES[0]) == EXPECTED[0]


def settings() -> dict[str, str]:
    with warnings.catch_warnings(action="ignore"):
        return {key: repr(value) for key, value in mpl.rcParams.items() if key != "backend"}


@pytest.mark.usefixtures("odd")
def test_settings_of_a_process_stay() -> None:
    before = settings()
    drawn(PICTURES[0])
    assert settings() == before

    def fail() -> None:
        with fonts.own_settings, fonts.own_settings:
            raise ValueError("while drawing")

    with pytest.raises(ValueError, match="while drawing"):
        fail()
    assert settings() == before
    assert mpl.rcParams["text.hinting"] == "none"


@pytest.mark.usefixtures("odd")
def test_threads_draw_the_same_and_leave_settings_alone() -> None:
    before = settings()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(drawn, PICTURES * 2)) == EXPECTED * 2
    assert settings() == before


def test_a_font_is_used_by_one_thread_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # FreeType crashes now and then where two threads come to it, be it with different fonts.
    face, is_free = fonts._face, []

    def watched(bold: bool) -> Any:
        def enter() -> None:
            if fonts.own_settings._lock.acquire(blocking=False):
                fonts.own_settings._lock.release()
                is_free.append(bold)

        other = threading.Thread(target=enter)
        other.start()
        other.join()
        return face(bold)

    forget()
    monkeypatch.setattr(fonts, "_face", watched)
    font = fonts.Font(12, math=True)
    fonts.measure("−a + b", font)
    fonts.outline("b", font)
    fonts.measure("$a-b$", font)
    fonts.formula("$a-b$", bold=True)
    assert not is_free
