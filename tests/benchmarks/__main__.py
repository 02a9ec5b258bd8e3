"""``python -m tests.benchmarks [--json FILE]`` measures everything that the targets name.

Everything is run side by side on the same machine, so that only ratios matter. It needs nothing
but the test extra; gifsicle is used when it is there.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from conv_anim import Standard, Transposed, animate
from conv_anim.views.registry import names_for
from tests.support.table import TABLE

RUNS = 5
COMMAND = str(Path(sysconfig.get_path("scripts")) / "conv-anim")
FLOOR = (
    "import numpy, click, imageio.v3, matplotlib.figure; "
    "from matplotlib.backends.backend_agg import FigureCanvasAgg"
)
STANDARD = ["standard", "--i", "5", "--k", "3", "--p", "1", "--s", "2"]
TRANSPOSED = ["transposed", "--i", "3", "--k", "3", "--p", "1", "--s", "2"]
LONG = ["standard", "--i", "32", "--k", "3", "--p", "1", "--s", "1"]


@dataclass
class Row:
    """One line of the table: what was measured, how it came out, and what it must reach."""

    what: str
    value: float | None
    bound: str
    reached: bool | None
    detail: str


def timed(program: Sequence[str], folder: str) -> tuple[float, int]:
    """Run a program; return its seconds and its peak memory in KiB."""
    begun = time.perf_counter()
    process = subprocess.Popen(program, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(program)} ended with {process.returncode}")
    return seconds, usage.ru_maxrss


def medians(folder: str, *programs: Sequence[str], runs: int = RUNS) -> list[float]:
    """Return each program's median seconds; they are run in turn, so that noise meets them all."""
    times: list[list[float]] = [[] for _ in programs]
    for _ in range(runs):
        for program, kept in zip(programs, times, strict=True):
            kept.append(timed(program, folder)[0])
    return [statistics.median(kept) for kept in times]


def ours(*arguments: str) -> list[str]:
    return [COMMAND, *arguments, "-q", "-o", "ours.gif"]


def peer(way: str, layer: Sequence[str], frames: int, size: tuple[int, int]) -> list[str]:
    kind, *sizes = [word for word in layer if not word.startswith("--")]
    numbers = map(str, (*sizes, frames, *size))
    return [sys.executable, "-m", "tests.benchmarks.peer", way, kind, *numbers, "peer.gif"]


def at_most(what: str, value: float, bound: float, detail: str) -> Row:
    return Row(what, round(value, 2), f"≤ {bound:g}×", value <= bound, detail)


def at_least(what: str, value: float, bound: float, detail: str) -> Row:
    return Row(what, round(value, 2), f"≥ {bound:g}×", value >= bound, detail)


def kilobytes_at_most(what: str, path: Path, bound: int) -> Row:
    size = path.stat().st_size / 1000
    return Row(f"{what}, KB", round(size, 1), f"≤ {bound}", size <= bound, "default options")


def whole_commands(folder: str) -> list[Row]:
    """Measure whole commands against a bare import, a peer in two ways, and click alone."""
    size = animate(TABLE["T-S2P1"][0]).size
    standard, floor, transposed, reused, cleared = medians(
        folder,
        ours(*STANDARD),
        [sys.executable, "-c", FLOOR],
        ours(*TRANSPOSED),
        in_here(peer("reused", TRANSPOSED, 25, size)),
        in_here(peer("cleared", TRANSPOSED, 25, size)),
    )
    helping, click = medians(
        folder, [COMMAND, "--help"], [sys.executable, "-c", "import click"], runs=2 * RUNS + 1
    )
    return [
        at_most("standard i5 k3 p1 s2 over bare imports", standard / floor, 1.35,
                f"{standard:.2f} s, {floor:.2f} s"),
        at_least("transposed i3 k3 p1 s2: FuncAnimation, artists reused, over ours",
                 reused / transposed, 2.5, f"{reused:.2f} s, {transposed:.2f} s"),
        at_least("the same, axes cleared", cleared / transposed, 5,
                 f"{cleared:.2f} s, {transposed:.2f} s"),
        at_most("--help over import click", helping / click, 1.6,
                f"{helping * 1000:.0f} ms, {click * 1000:.0f} ms"),
    ]  # fmt: skip


def in_here(program: list[str]) -> list[str]:
    """Let a module of the tests be found, whatever the folder."""
    root = Path(__file__).parents[2]
    return ["env", f"PYTHONPATH={root}", *program]


def further_frames(folder: str) -> list[Row]:
    """Measure what each further frame costs, as the difference of a long and a short run."""
    size = animate(Standard(i=32, p=1)).size
    many, few = medians(folder, ours(*LONG), ours(*LONG, "--frames", "1:25"))
    one = (many - few) / (1024 - 25)
    twice = medians(
        folder,
        *(
            ours("standard", "--i", "16", "--p", "1", "--scale", scale, "--frames", f"1:{frames}")
            for scale in ("1", "2")
            for frames in (256, 16)
        ),
    )
    large, small = twice[2] - twice[3], twice[0] - twice[1]
    slow = [timed(in_here(peer("reused", LONG, frames, size)), folder)[0] for frames in (196, 25)]
    other = (slow[0] - slow[1]) / (196 - 25)
    layers = {i: ["standard", "--i", str(i), "--p", "1"] for i in (16, 64)}
    seconds = medians(
        folder,
        *(
            ours(*layer, "--frames", f"1:{frames}")
            for layer in layers.values()
            for frames in (256, 16)
        ),
    )
    costs = [(seconds[at] - seconds[at + 1]) / (256 - 16) for at in (0, 2)]
    canvases = ["×".join(map(str, animate(Standard(i=i, p=1)).size)) for i in layers]
    return [
        at_least("a further frame of standard i32 k3 p1 s1: FuncAnimation, reused, over ours",
                 other / one, 40, f"{other * 1000:.1f} ms, {one * 1000:.2f} ms"),
        at_most("a frame of i16 at scale 2 over one at scale 1", large / small, 4.5,
                f"{large / 240 * 1000:.2f} ms, {small / 240 * 1000:.2f} ms"),
        at_most("a frame at i = 64 over one at i = 16", costs[1] / costs[0], 1.5,
                f"{costs[1] * 1000:.2f} ms on {canvases[1]} px, "
                f"{costs[0] * 1000:.2f} ms on {canvases[0]} px"),
    ]  # fmt: skip


def memory(folder: str) -> list[Row]:
    """Measure peak memory of a long run over that of a short one."""
    runs = [[timed(ours(*layer), folder)[1] for layer in (LONG, STANDARD)] for _ in range(RUNS)]
    peaks = [statistics.median(kept) for kept in zip(*runs, strict=True)]
    return [
        at_most("peak memory, 1,024 frames over 9", peaks[0] / peaks[1], 1.3,
                f"{peaks[0] / 1024:.0f} MiB, {peaks[1] / 1024:.0f} MiB")
    ]  # fmt: skip


MOST = {"stack": 120, "stamp": 100, "overlap": 100, "both": 200, "matrix": 200, "smooth": 350}
"""How many KB the transposed layer may take in other views, and in motion."""


def sizes(folder: str) -> list[Row]:
    """Measure files, on their own and over what gifsicle makes of them."""
    paths = {name: Path(folder, f"{name}.gif") for name in TABLE}
    for name, path in paths.items():
        animate(TABLE[name][0]).save(path)
    ways: dict[str, Any] = {view: {"view": view} for view in names_for(Transposed.name)}
    ways |= {"process": {"process": True}, "smooth": {"smooth": True}}
    for way, options in ways.items():
        paths[way] = animate(Transposed(), **options).save(Path(folder, f"{way}.gif"))
    subprocess.run([*ours(*LONG)], cwd=folder, check=True)
    paths["1,024 frames"] = Path(folder, "ours.gif")
    double = animate(TABLE["T-S2P1"][0], scale=2).save(Path(folder, "double.gif"))
    paths["scale 2"] = double
    kilobytes = {way: paths[way].stat().st_size / 1000 for way in ways}
    rows = [
        kilobytes_at_most("transposed i3 k3 p1 s2", paths["T-S2P1"], 130),
        kilobytes_at_most("the same at scale 2", double, 300),
        kilobytes_at_most("standard i5 k3 p1 s2", paths["S2P1"], 60),
        at_most("the transposed one, with --process over without",
                kilobytes["process"] / kilobytes["slide"], 1.5,
                f"{kilobytes['process']:.0f} KB, {kilobytes['slide']:.0f} KB"),
        *(kilobytes_at_most(f"the same, {way}", paths[way], bound) for way, bound in MOST.items()),
    ]  # fmt: skip
    what = f"largest of {len(paths)} files over gifsicle -O3 of it"
    if not shutil.which("gifsicle"):
        return [*rows, Row(what, None, "≤ 1.06×", None, "gifsicle is missing")]
    ratios = {}
    for name, path in paths.items():
        squeezed = subprocess.run(["gifsicle", "-O3", path], capture_output=True, check=True).stdout
        ratios[name] = path.stat().st_size / len(squeezed)
    worst = max(ratios, key=lambda name: ratios[name])
    return [*rows, at_most(what, ratios[worst], 1.06, worst)]


def numbers(folder: str) -> list[Row]:
    """Measure what a frame with numbers costs, as the difference of a long and a short run."""
    rows = []
    for what, layer, frames in (
        ("standard i8 k3 p1", ["standard", "--i", "8", "--p", "1"], 64),
        ("standard i16 k3 p1", ["standard", "--i", "16", "--p", "1"], 256),
        ("transposed i8 k3 p1 s2", ["transposed", "--i", "8"], 225),
    ):
        seconds = medians(
            folder,
            *(
                ours(*layer, "--frames", f"1:{count}", *more)
                for more in ([], ["--values"])
                for count in (frames, 4)
            ),
        )
        plain, written = (seconds[at] - seconds[at + 1] for at in (0, 2))
        rows.append(
            at_most(f"a frame of {what} with --values over one without", written / plain, 3,
                    f"{written / (frames - 4) * 1000:.2f} ms, "
                    f"{plain / (frames - 4) * 1000:.2f} ms")
        )  # fmt: skip
    return rows


SWEEP = """
[[sweep]]
layer = "standard"
theme = "light"
i = 6
k = [1, 2]
step-ms = {times}
"""


def galleries(folder: str) -> list[Row]:
    """Measure the built-in gallery by one and two processes, again, and the memory of sweeps."""
    anew = ["gallery", "-q", "-o", "built-in", "--force", "--jobs"]
    one, two = medians(folder, [COMMAND, *anew, "1"], [COMMAND, *anew, "2"], runs=3)
    again, helping = medians(folder, [COMMAND, *anew[:4]], [COMMAND, "--help"], runs=2 * RUNS + 1)
    peaks = {}
    for n_layers in (500, 50):
        times = [20 + 10 * number for number in range(n_layers // 2)]
        Path(folder, f"{n_layers}.toml").write_text(SWEEP.format(times=times))
        sweep = [COMMAND, "gallery", f"{n_layers}.toml", "-q", "-o", str(n_layers), "--jobs", "1"]
        peaks[n_layers] = timed(sweep, folder)[1] / 1024
    megabytes = sum(path.stat().st_size for path in Path(folder, "built-in").iterdir()) / 1e6
    return [
        at_least("the built-in gallery, 1 job over 2", one / two, 1.7, f"{one:.2f} s, {two:.2f} s"),
        at_most("the same with nothing to do, over --help", again / helping, 1.5,
                f"{again * 1000:.0f} ms, {helping * 1000:.0f} ms"),
        at_most("peak memory, a sweep of 500 layers over one of 50", peaks[500] / peaks[50], 1.1,
                f"{peaks[500]:.0f} MiB, {peaks[50]:.0f} MiB"),
        Row("the built-in gallery, MB", round(megabytes, 2), "≤ 8", megabytes <= 8, "all files"),
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the figures there, too")
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} before; "
        f"medians of {RUNS} runs in turn, but the long runs of the peer are one each"
    )
    begun = time.perf_counter()
    rows: list[Row] = []
    print("\n| what | measured | must reach | |\n|---|---|---|---|")
    for part in (whole_commands, further_frames, numbers, sizes, memory, galleries):
        with tempfile.TemporaryDirectory() as folder:
            for row in part(folder):
                rows.append(row)
                mark = {True: "yes", False: "MISSED", None: "not measured"}[row.reached]
                value = "–" if row.value is None else f"{row.value:g}"
                print(f"| {row.what} | {value} ({row.detail}) | {row.bound} | {mark} |", flush=True)
    print(f"\n{time.perf_counter() - begun:.0f} s")
    if arguments.json:
        figures = {
            "python": platform.python_version(),
            "load": load,
            "runs": RUNS,
            "rows": [asdict(row) for row in rows],
        }
        Path(arguments.json).write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
