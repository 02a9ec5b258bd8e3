"""Files read within limits: regular ones alone, and no more bytes than wanted."""

import os
import stat
from pathlib import Path
from zlib import crc32

from conv_anim.errors import InputError

MAX_CHECKED_BYTES = 1_000_000_000
"""More than any file of ours has."""
_PIECE_BYTES = 1_000_000


def content(path: Path, limit: int) -> bytes | None:
    """Return what is in a file, or None if there is no regular one that can be read.

    No more than *limit* + 1 bytes are read; the last one shows whether there are more.
    """
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with open(path, "rb", opener=_open_at_once) as file:
            return file.read(limit + 1)
    except OSError:
        return None


def checksum(path: Path) -> tuple[int, str] | None:
    """Return a file's size and CRC-32 in hexadecimal, or None if it cannot be read.

    It is read piece by piece; more than ``MAX_CHECKED_BYTES`` are not read.
    """
    size = crc = 0
    try:
        if not path.is_file() or path.stat().st_size > MAX_CHECKED_BYTES:
            return None
        with open(path, "rb", opener=_open_at_once) as file:
            while (piece := file.read(_PIECE_BYTES)) and size <= MAX_CHECKED_BYTES:
                size, crc = size + len(piece), crc32(piece, crc)
    except OSError:
        return None
    return (size, f"{crc:08x}") if size <= MAX_CHECKED_BYTES else None


def read_regular(path: Path, limit: int, name: str) -> bytes:
    """Return what is in a regular file, reading at most *limit* + 1 bytes.

    Parameters
    ----------
    path
        The file, or a link to it.
    limit
        How many bytes it may have, whatever size it states: some state none.
    name
        What messages call the file, such as ``‹input› 'x.csv'``.

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
        raise InputError(f"{name} is not a regular file: copy what it gives to one, and give that")
    data = b""
    if state.st_size <= limit:
        with open(path, "rb", opener=_open_at_once) as file:
            data = file.read(limit + 1) or b""
    if max(state.st_size, len(data)) > limit:
        raise InputError(f"{name} has more than {limit:,} bytes, the limit: give a smaller file")
    return data


def _open_at_once(path: str, flags: int) -> int:
    """Open a file without waiting, even if a pipe has replaced it just now."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
