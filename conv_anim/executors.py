"""Where work may be done: here, in processes of this machine, or on a cluster."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from typing import Any, ParamSpec, TypeVar

from conv_anim.errors import InputError

P = ParamSpec("P")
T = TypeVar("T")

DASK_TIMEOUT_S = 10


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

    *preload* loads what the work needs; where processes can be copies of this one, it is called
    once, here.
    """
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, _context(preload), _begin)
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    else:
        pool.shutdown()


def _context(preload: Callable[[], None] | None) -> BaseContext:
    """Return how processes begin: as copies where that is known to be safe, else anew.

    A copy must not be taken where threads run; NumPy starts some, unless it is told not to.
    """
    fresh = "numpy" not in sys.modules and threading.active_count() == 1
    if sys.platform != "linux" or preload is None or not fresh:
        return multiprocessing.get_context("spawn")
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    preload()
    return multiprocessing.get_context("fork")


def _begin() -> None:
    """Make a new process end when it is told to, and when the one that began it does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # of Ctrl-C, the one that began it tells
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # nothing is lost: files are written by the process that has ended


@contextmanager
def dask(address: str) -> Iterator[tuple[Executor, int]]:
    """Work on the dask cluster whose scheduler is at *address*; also says how many threads it has.

    Raises InputError when dask.distributed is not installed, OSError when nobody answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError(
            "--dask needs dask.distributed: install conv-anim[dask], or use --jobs"
        ) from error
    with Client(address, timeout=DASK_TIMEOUT_S, set_as_default=False) as client:
        threads: dict[str, Any] = client.ncores()
        yield client.get_executor(pure=False), sum(threads.values())
