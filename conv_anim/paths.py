"""Where a file may go, and putting it there whole or not at all."""

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from conv_anim import signals
from conv_anim.errors import InputError
from conv_anim.parse import quoted

SUFFIX = ".gif"
BUILT_IN = Path(__file__).with_name("gallery.toml")
"""The spec of the gallery that comes with the package."""
_PART = ".conv-anim-"
_PART_SUFFIX = ".part"
_DEAD_S = 600  # what nobody has written to for so long was left by a process that was killed

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
# Windows keeps these for devices, whatever their extension.
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)


def is_safe(stem: str) -> bool:
    """Return whether a file may be called so on any system, and stays in its folder."""
    return bool(_NAME.fullmatch(stem)) and not _DEVICES.fullmatch(stem)


def gif_path(name: str | Path) -> Path:
    """Return the path that *name* is, if it is one of a GIF."""
    if not str(name):
        raise InputError(f"output is empty: give a file's name, such as {'x' + SUFFIX!r}")
    if str(name).endswith(("/", os.sep)):
        raise InputError(
            f"output {quoted(name)} is a folder's name: add a file's, such as "
            f"{quoted(Path(name, 'x' + SUFFIX))}"
        )
    path = Path(name)
    if path.suffix.lower() != SUFFIX:
        ending = f"ends in {quoted(path.suffix)}" if path.suffix else "has no extension"
        raise InputError(
            f"output {quoted(path)} {ending}: only GIFs are written, "
            f"give a name such as {quoted((path.stem or 'x') + SUFFIX)}"
        )
    return path


def check_place(path: Path) -> None:
    """Raise InputError when no file may stand at *path*; nothing is created."""
    check_folder(path.parent)
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        raise InputError(f"output {quoted(path)} is not a regular file: give another --output")
    if mode is not None and not os.access(path, os.W_OK):
        raise _not_writable(path)


def check_folder(folder: Path) -> None:
    """Raise InputError when no files may be made in *folder*; nothing is created."""
    mode = _mode(folder)
    if mode is None:
        raise InputError(
            f"output folder {quoted(folder)} does not exist: create it, or give another --output"
        )
    if not stat.S_ISDIR(mode):
        raise InputError(f"output folder {quoted(folder)} is not a folder: give another --output")
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
    """Open a new file that takes the place of *path* when the block ends without an exception.

    Otherwise *path* stays as it was and the new file is removed. When *path* is a link, the file
    is where it leads, or, not to *follow* it, in its place.
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
            if time.time() - part.stat().st_mtime > _DEAD_S:
                found.append(part)
    return found


def write_if_new(path: Path, data: bytes) -> None:
    """Put *data* at *path*, unless that is what stands there."""
    if content(path) != data:
        with replacing(path, follow=False) as file:
            file.write(data)


def content(path: Path) -> bytes | None:
    """Return what is in a file, or None if there is no regular one that can be read."""
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None


def _not_writable(path: Path) -> InputError:
    return InputError(
        f"output {quoted(path)} may not be written: change its permissions, or give another "
        "--output"
    )


def _cannot_be(path: Path, error: OSError) -> InputError:
    return InputError(f"output {quoted(path)} cannot be: {error.strerror}; give another --output")
