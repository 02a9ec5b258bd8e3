"""What holds in a process that is ours alone, the command's or a worker's: silence, own settings.

Elsewhere, in somebody's notebook, both are theirs.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_claims: list[int] = []


def claim() -> None:
    """Let no library print anything, nor draw as the user's settings say, in this process."""
    import logging
    import warnings

    _claims[:] = [os.getpid()]
    warnings.simplefilter("ignore")
    logging.disable()
    os.environ.pop("MPLBACKEND", None)  # that of a notebook, which need not be installed here


def load_matplotlib() -> None:
    """Load matplotlib; in a process of ours with its own settings, whatever the user's say."""
    if not _claims or "matplotlib" in sys.modules:
        return
    from importlib.util import find_spec

    spec = find_spec("matplotlib")
    data = Path(spec.origin or "").with_name("mpl-data") if spec else None
    if data and (data / "matplotlibrc").is_file():
        # The first settings that it looks for are those in the current folder.
        with _in_folder(data):
            import matplotlib as mpl
    else:
        import matplotlib as mpl
    try:
        mpl.get_cachedir()
    except (OSError, RuntimeError):  # it keeps a list of fonts there, and can do without
        mpl.get_cachedir = lambda: os.devnull
    with _hushed():
        import matplotlib.font_manager  # noqa: F401


@contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    """Work in another folder; the current one need not exist any more, nor be readable."""
    try:
        here = os.open(os.curdir, os.O_PATH) if hasattr(os, "O_PATH") else os.getcwd()
    except OSError:  # there are no settings in it, then
        yield
        return
    try:
        os.chdir(folder)
        yield
    finally:
        os.chdir(here)
        if isinstance(here, int):
            os.close(here)


@contextmanager
def _hushed() -> Iterator[None]:
    """Let nobody print to standard error, not even the programs that list the fonts."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
