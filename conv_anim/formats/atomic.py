"""Where a file may be written, and writing it whole or not at all."""

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from conv_anim.core import signals
from conv_anim.core.files import content
from conv_anim.core.parse import quoted
from conv_anim.errors import InputError

_PART = ".conv-anim-"
_PART_SUFFIX = ".part"
_ABANDONED_S = 600  # after so long without a write, the process that began a file was killed

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
# Windows keeps these for devices, whatever their extension.
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)


def is_safe(stem: str) -> bool:
    """Return whether a file may be called so on any system, and stays in its folder."""
    return bool(_NAME.fullmatch(stem)) and not _DEVICES.fullmatch(stem)


def check_place(path: Path) -> None:
    """Raise InputError when no file can be written to *path*; nothing is created."""
    check_folder(path.parent)
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        raise InputError(f"output {quoted(path)} is not a regular file: give another ‹output›")
    if mode is not None and not os.access(path, os.W_OK):
        raise _not_writable(path)


def check_folder(folder: Path) -> None:
    """Raise InputError when no files may be made in *folder*; nothing is created."""
    mode = _mode(folder)
    if mode is None:
        raise InputError(
            f"output folder {quoted(folder)} does not exist: create it, or give another ‹output›"
        )
    if not stat.S_ISDIR(mode):
        raise InputError(f"output folder {quoted(folder)} is not a folder: give another ‹output›")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _not_writable(folder)


def _mode(path: Path) -> int | None:
    """Return what stands at *path*, where links lead, or None; InputError when nothing can."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _cannot_be(path, error) from error


@contextmanager
def replacing(path: Path, *, follow: bool = True) -> Iterator[BinaryIO]:
    """Open a new file that replaces *path* when the block ends without an exception.

    Otherwise *path* stays as it was and the new file is removed. When *path* is a link, the file
    that it leads to is replaced, or, unless *follow*, the link itself.
    """
    if follow:
        check_place(path)
        path = path.resolve()
        check_folder(path.parent)  # where a link leads
    elif path.is_symlink():
        check_folder(path.parent)
    else:
        check_place(path)
    part = path.with_name(f"{_PART}{os.urandom(8).hex()}{_PART_SUFFIX}")
    with signals.Duty(part.unlink):
        try:
            file = part.open("xb")  # not a temporary file's mode, but what the user's umask says
        except OSError as error:
            if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
                raise _not_writable(path.parent) from error
            if error.errno == errno.ENAMETOOLONG:
                raise _cannot_be(path, error) from error
            raise
        try:
            with file:
                if path.is_file() and not path.is_symlink():
                    os.chmod(part, path.stat().st_mode & 0o777)
                yield file
            os.replace(part, path)
        except BaseException:
            with suppress(FileNotFoundError):
                part.unlink()
            raise


def abandoned(folder: Path) -> list[Path]:
    """Return the unfinished files in a folder that nobody writes any more."""
    found = []
    for part in sorted(folder.glob(f"{_PART}*{_PART_SUFFIX}")):
        with suppress(FileNotFoundError):  # it has just been finished
            if time.time() - part.stat().st_mtime > _ABANDONED_S:
                found.append(part)
    return found


def write_if_new(path: Path, data: bytes) -> None:
    """Write *data* to *path*, unless that is what the file has already."""
    if content(path, len(data)) != data:
        with replacing(path, follow=False) as file:
            file.write(data)


def _not_writable(path: Path) -> InputError:
    return InputError(
        f"output {quoted(path)} may not be written: change its permissions, or give another "
        "‹output›"
    )


def _cannot_be(path: Path, error: OSError) -> InputError:
    return InputError(f"output {quoted(path)} cannot be: {error.strerror}; give another ‹output›")
