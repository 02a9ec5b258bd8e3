"""Where a file may go, putting it there whole or not at all, and reading one of bounded size."""

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from conv_anim import signals
from conv_anim.errors import InputError
from conv_anim.parse import quoted

SUFFIX = ".gif"
BUILT_IN = Path(__file__).with_name("gallery.toml")
"""The spec of the gallery that comes with the package."""
_PART = ".conv-anim-"
_PART_SUFFIX = ".part"
_DEAD_S = 600  # what nobody has written to for so long was left by a process that was killed
_PIECE = 1_000_000
MOST_CHECKED = 1_000_000_000
"""More bytes than any file of ours has."""

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
    if content(path, len(data)) != data:
        with replacing(path, follow=False) as file:
            file.write(data)


def content(path: Path, limit: int) -> bytes | None:
    """Return what is in a file, or None if there is no regular one that can be read.

    No more than *limit* bytes are read, and one that says whether there are more.
    """
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with open(path, "rb", opener=_open_at_once) as file:
            return file.read(limit + 1)
    except OSError:
        return None


def checksum(path: Path) -> tuple[int, str] | None:
    """Return a file's size and CRC-32, which tell damage, or None if it cannot be read.

    It is read piece by piece; more than ``MOST_CHECKED`` bytes are none.
    """
    size = crc = 0
    try:
        if not path.is_file() or path.stat().st_size > MOST_CHECKED:
            return None
        with open(path, "rb", opener=_open_at_once) as file:
            while (piece := file.read(_PIECE)) and size <= MOST_CHECKED:
                size, crc = size + len(piece), crc32(piece, crc)
    except OSError:
        return None
    return (size, f"{crc:08x}") if size <= MOST_CHECKED else None


def read_regular(path: Path, limit: int, said: str) -> bytes:
    """Return what is in a regular file, having read no more than *limit* bytes and one.

    Parameters
    ----------
    path
        The file, or a link to it.
    limit
        How many bytes it may have, whatever size it states: some state none.
    said
        What a sentence calls the file, such as ``--input 'x.csv'``.

    Raises
    ------
    InputError
        When it has more, or is no regular file: a pipe may keep its reader waiting for ever, and
        a device has no end.
    OSError
        When it cannot be read.
    """
    state = path.stat()
    if not stat.S_ISREG(state.st_mode) and not stat.S_ISDIR(state.st_mode):
        raise InputError(f"{said} is not a regular file: copy what it gives to one, and give that")
    data = b""
    if state.st_size <= limit:
        with open(path, "rb", opener=_open_at_once) as file:
            data = file.read(limit + 1) or b""
    if max(state.st_size, len(data)) > limit:
        raise InputError(f"{said} has more than {limit:,} bytes, the limit: give a smaller file")
    return data


def _open_at_once(name: str, flags: int) -> int:
    """Open a file without waiting, even if a pipe has taken its place just now."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _not_writable(path: Path) -> InputError:
    return InputError(
        f"output {quoted(path)} may not be written: change its permissions, or give another "
        "--output"
    )


def _cannot_be(path: Path, error: OSError) -> InputError:
    return InputError(f"output {quoted(path)} cannot be: {error.strerror}; give another --output")
