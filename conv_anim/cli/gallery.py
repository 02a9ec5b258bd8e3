"""The command that makes a gallery, by processes of this machine or on a cluster."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conv_anim.cli.arguments import FolderOption, WordArgument
from conv_anim.cli.shell import Command, Progress, printable, say, why
from conv_anim.core import parse, signals
from conv_anim.core.grouped import counted
from conv_anim.errors import InputError
from conv_anim.formats import atomic
from conv_anim.gallery import BUILT_IN
from conv_anim.gallery.manifest import Manifest

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from conv_anim.gallery.build import GalleryBuild
    from conv_anim.gallery.entries import Gallery

DEFAULT_FOLDER = "gallery"
MOST_JOBS = 1000


def gallery_command() -> Command:
    """Return the command."""
    return Command(
        "gallery",
        callback=run,
        params=[
            WordArgument("file", required=False, metavar="[FILE]"),
            FolderOption(
                ["-o", "--out", "--output", "folder"],
                default=DEFAULT_FOLDER,
                show_default=True,
                metavar="FOLDER",
                help="Where files and pages go.",
            ),
            click.Option(
                ["-j", "--jobs"],
                default=lambda: str(_cores()),
                show_default="the cores",
                metavar="N",
                help="How many processes draw at a time.",
            ),
            click.Option(
                ["--dask"],
                metavar="ADDRESS",
                help="Draw on the dask cluster whose scheduler is there, such as "
                "tcp://10.0.0.1:8786, instead.",
            ),
            click.Option(
                ["--check"], is_flag=True, help="Check FILE and list what it makes; make nothing."
            ),
            click.Option(
                ["--force"],
                is_flag=True,
                help="Make everything anew, but for files that others have made.",
            ),
            click.Option(
                ["--prune"],
                is_flag=True,
                help="Remove files that an earlier run made and FILE no longer has.",
            ),
            click.Option(["-q", "--quiet"], is_flag=True, help="Print nothing but errors."),
        ],
        help="""Make all the animations of a TOML file, and index.html to look at them.

        Without FILE, make the built-in set. What is there already, made by this version from
        the same words, is left as it is, so that an interrupted run can be gone on with.

        \b
        Example:
          conv-anim gallery my-course.toml --out site --jobs 2
        \b
        In my-course.toml:
          title = "My course"
          [[animation]]
          name = "first"
          caption = "A 3×3 kernel on a 5×5 input"
          layer = "standard"
          i = 5
          k = 3
          [[sweep]]
          layer = "transposed"
          k = [2, 3]
          s = [1, 2, 3]
          theme = "dark"
        """,
    )


@click.pass_context
def run(
    ctx: click.Context,
    /,
    file: str | None,
    folder: str,
    jobs: str,
    dask: str | None,
    check: bool,
    force: bool,
    prune: bool,
    quiet: bool,
) -> None:
    """Make a gallery, and say how it went."""
    begun = time.monotonic()
    n_jobs = parse.whole(jobs, "jobs", 1, MOST_JOBS)
    if not folder or file == "":
        raise InputError("a name is empty: give a file's for the spec, a folder's for ‹output›")
    path = BUILT_IN if file is None else Path(file)
    if not (check or force) and (n_files := _settled(path, Path(folder))):
        if not quiet:
            say(_summary(folder, [f"0 made, {n_files} unchanged"], begun))
        return
    from conv_anim.gallery import executors, work

    preload = work.preload if executors.alone() else None
    from conv_anim.gallery import spec  # with all it needs, which a settled gallery does not
    from conv_anim.gallery.build import GalleryBuild

    gallery = spec.read(path)
    if check:
        for line in _listing(gallery):
            say(line)
        return
    making = GalleryBuild(gallery, folder, force=force)
    try:
        with (
            signals.Duty(lambda: signals.write(_interrupted(making))),
            Progress(len(making.todo), hidden=quiet, counted=True) as progress,
        ):
            while making.todo:  # once, unless a process breaks down: then each one alone
                with _executor(n_jobs, dask, making, preload) as (executor, in_flight, alive):
                    making.draw(
                        executor, in_flight=in_flight, progress=progress.advance, check=alive
                    )
                n_jobs, dask = 0, None
            removed = making.prune() if prune else []
            making.publish()
    except OSError as error:
        _report(making)
        raise click.ClickException(
            f"{printable(folder)}: {why(error)}; {_progress(making)}, run it again to go on"
        ) from error
    _report(making)
    if not quiet:
        parts = [f"{len(making.made)} made", f"{making.unchanged} unchanged"]
        parts += [f"{len(making.failed)} failed"] if making.failed else []
        parts += [f"{len(removed)} removed"] if removed else []
        say(_summary(folder, parts, begun))
        if orphans := making.orphans:
            say(f"No longer in the spec, remove with --prune: {', '.join(orphans)}")
    if making.failed:
        ctx.exit(1)


def _report(making: "GalleryBuild") -> None:
    """Say what failed."""
    if not making.failed:
        return
    from conv_anim.cli.parameters import spelled  # failures are rare

    for name, reason in making.failed.items():
        say(f"Error: {name}: {reason.spelled(spelled)}", err=True)


def _interrupted(making: "GalleryBuild") -> str:
    return f"Interrupted: {_progress(making)}; run it again to go on.\n"


def _progress(making: "GalleryBuild") -> str:
    n_files = len(making.gallery.files)
    n_missing = len(making.todo) + len(making.failed)
    return f"{n_files - n_missing} of {n_files} files are there"


def _settled(spec: Path, folder: Path) -> int:
    """Return how many files there are, if there is nothing to do, or 0."""
    try:
        if atomic.abandoned(folder):
            return 0
        return Manifest(folder).settled(spec)
    except OSError:  # there is no such spec; who reads it, says so
        return 0


def _cores() -> int:
    """Return how many processes can run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _executor(
    jobs: int, address: str | None, making: "GalleryBuild", preload: Callable[[], None] | None
) -> Iterator[tuple["Executor", int, Callable[[], None] | None]]:
    """Give what does the work, how much of it at a time, and what tells that it is gone.

    0 *jobs* are one process.
    """
    from conv_anim.gallery import executors

    if address is not None:
        with executors.dask(address) as (executor, threads, check):
            yield executor, 2 * threads, check
    elif jobs == 1 or len(making.todo) == 1 <= jobs:
        yield executors.Here(), 1, None
    else:
        n_processes = max(1, min(jobs, len(making.todo)))
        with executors.processes(n_processes, preload) as executor:
            yield executor, 2 * jobs or 1, None


def _listing(gallery: "Gallery") -> Iterator[str]:
    """Yield what a gallery would make, a line an animation."""
    counts = counted(len(gallery.entries), "animation"), counted(len(gallery.files), "file")
    yield f"{gallery.title}: {', '.join(counts)}"
    for entry in gallery.entries:
        files = " ".join(entry.files)
        yield f"{files}: {entry.animation.command}"


def _summary(folder: str, parts: list[str], begun: float) -> str:
    page = printable(os.path.join(folder, "index.html"))
    return f"{page}: {', '.join(parts)}, {time.monotonic() - begun:.1f} s"
