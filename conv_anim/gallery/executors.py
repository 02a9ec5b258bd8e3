"""Where work may be done: here, in processes of this machine, or on a cluster."""

import multiprocessing
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any, ParamSpec, TypeVar

from conv_anim.core import signals
from conv_anim.core.parse import shown
from conv_anim.drawing import own_settings
from conv_anim.errors import InputError

P = ParamSpec("P")
T = TypeVar("T")

DASK_TIMEOUT_S = 10
DASK_PATIENCE_S = 20


class Processes(ProcessPoolExecutor):
    """Begins processes that signals don't meet before they know what to do then."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have the work done; a process may be begun for it."""
        with signals.Held():
            return super().submit(fn, *args, **kwargs)


class Here(Executor):
    """Does the work in this process, at once."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do the work and return its outcome."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # as an executor does: it belongs to the future
            future.set_exception(error)
        return future


@contextmanager
def processes(jobs: int, preload: Callable[[], None] | None = None) -> Iterator[Executor]:
    """Work in *jobs* processes, which end at once when the block ends with an exception.

    With *preload*, which loads what the work needs, they are copies of this one, which must be
    ``alone``; otherwise they begin anew.
    """
    others = set(multiprocessing.active_children())
    if preload:
        preload()
    context = multiprocessing.get_context("fork" if preload else "spawn")
    pool = Processes(jobs, context, _begin)

    def kill() -> None:
        for process in set(multiprocessing.active_children()) - others:
            process.kill()  # which ends a stopped one, too; it has nothing to lose

    with signals.Duty(kill):
        try:
            yield pool
        except BaseException:
            kill()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        else:
            pool.shutdown()


def alone() -> bool:
    """Return whether processes can be copies of this one, and make sure that they can be later.

    A process must not be copied while threads run; NumPy starts some when it is loaded, unless
    these variables forbid it.
    """
    if sys.platform != "linux" or "numpy" in sys.modules or threading.active_count() > 1:
        return False
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    return True


def _begin() -> None:
    """Make a new process end at a signal, and when the one that began it ends."""
    signals.unmeet()  # the one that began it reports Ctrl-C
    own_settings.claim()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # nothing is lost: files are written by the process that has ended


@contextmanager
def dask(address: str) -> Iterator[tuple[Executor, int, Callable[[], None]]]:
    """Work on the dask cluster whose scheduler is at *address*.

    Also gives how many threads it has, and what raises OSError when it is gone. Raises InputError
    when dask.distributed is not installed, there can be no such address or the cluster has no
    workers, OSError when nobody answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError(
            "‹dask› needs dask.distributed: install conv-anim[dask], or use ‹jobs›"
        ) from error
    if not re.fullmatch(r"\w+://[^/\s]+:[0-9]+", address):
        raise InputError(
            f"‹dask› is {shown(address)}: give the address of a scheduler, such as "
            f"tcp://127.0.0.1:8786"
        )
    client = Client(address, timeout=DASK_TIMEOUT_S, set_as_default=False)
    last_seen = time.monotonic()

    def check() -> None:
        nonlocal last_seen
        now = time.monotonic()
        if client.status == "running" and _threads(client):
            last_seen = now
        elif now - last_seen > DASK_PATIENCE_S:
            raise OSError(f"the dask cluster at {shown(address)} is gone")

    try:
        threads = _threads(client)
        if not threads:
            raise InputError(
                f"the dask cluster at {shown(address)} has no workers: start some, or use ‹jobs›"
            )
        yield client.get_executor(pure=False), threads, check
    finally:
        client.close(timeout=2)


def _threads(client: Any) -> int:
    """Return how many threads the workers have; 0 if nobody answers."""
    try:
        threads: dict[str, int] = client.ncores()
    except (OSError, TimeoutError):
        return 0
    return sum(threads.values())
