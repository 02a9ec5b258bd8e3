"""Where a file may go, and putting it there whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from conv_anim.errors import InputError

SUFFIX = ".gif"


def gif_path(name: str | Path) -> Path:
    """Return the path that *name* is, if it is one of a GIF."""
    if not str(name):
        raise InputError(f"output is empty: give a file's name, such as {'x' + SUFFIX!r}")
    if str(name).endswith(("/", os.sep)):
        raise InputError(
            f"output {str(name)!r} is a folder's name: add a file's, such as "
            f"{str(Path(name, 'x' + SUFFIX))!r}"
        )
    path = Path(name)
    if path.suffix.lower() != SUFFIX:
        named = f"ends in {path.suffix!r}" if path.suffix else "has no extension"
        raise InputError(
            f"output {str(path)!r} {named}: only GIFs are written, "
            f"give a name such as {(path.stem or 'x') + SUFFIX!r}"
        )
    return path


def check_place(path: Path) -> None:
    """Raise InputError when no file may stand at *path*; nothing is created."""
    folder = path.parent
    if not folder.exists():
        raise InputError(
            f"output folder {str(folder)!r} does not exist: create it, or give another --output"
        )
    if not folder.is_dir():
        raise InputError(f"output folder {str(folder)!r} is not a folder: give another --output")
    if path.exists() and not path.is_file():
        raise InputError(f"output {str(path)!r} is not a regular file: give another --output")
    not_writable = path if path.exists() and not os.access(path, os.W_OK) else None
    if not os.access(folder, os.W_OK | os.X_OK):
        not_writable = folder
    if not_writable:
        raise _not_writable(not_writable)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of *path* when the block ends without an exception.

    Otherwise *path* stays as it was and the new file is removed.
    """
    check_place(path)
    path = path.resolve()  # write where a link leads, and let the link be
    part = path.with_name(f".conv-anim-{secrets.token_hex(8)}.part")
    try:
        file = part.open("xb")  # not a temporary file's mode, but what the user's umask says
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise _not_writable(path.parent) from error
        raise
    try:
        with file:
            if path.exists():
                os.chmod(part, path.stat().st_mode & 0o777)
            yield file
        os.replace(part, path)
    except BaseException:
        with suppress(FileNotFoundError):
            part.unlink()
        raise


def _not_writable(path: Path) -> InputError:
    return InputError(
        f"output {str(path)!r} may not be written: change its permissions, or give another --output"
    )
