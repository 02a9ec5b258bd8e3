"""The standard streams of the command: they are there, and take all that they are given or fail."""

import io
import os
import sys
from contextlib import suppress
from select import select
from typing import Any, TextIO


class Whole(io.FileIO):
    """A file that may be written to without a buffer, or does not wait, but is given everything."""

    def write(self, data: Any, /) -> int:
        """Write all of *data*, or raise OSError."""
        with memoryview(data).cast("B") as view:
            done = 0
            while done < len(view):
                # None is what a pipe says that is full and was told not to wait.
                n_written: int | None = super().write(view[done:])
                if n_written is None:
                    select([], [self.fileno()], [])
                done += n_written or 0
        return done


def prepare() -> None:
    """Make the standard streams such that they can be relied on.

    What is closed is opened, so that no file of ours gets its number; ``sys.stdout`` stays None
    then, for that a picture can't be written there has to be said.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # which is given the lowest number that is free
            os.set_inheritable(number, True)
    sys.stdout = sys.stdout and _whole(sys.stdout)
    sys.stderr = _whole(sys.stderr) if sys.stderr else _text(2, "utf-8")


def complain(what: str) -> None:
    """Print what went wrong, if that can be."""
    with suppress(OSError):
        print(f"Error: {what}", file=sys.stderr, flush=True)


def flush() -> None:
    """Write what is still in a buffer; that it can't be has been said where it was printed."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            if stream is not None:
                stream.flush()


def _whole(stream: TextIO) -> TextIO:
    """Return a stream that writes to the same place, any text, and all of it."""
    buffer = stream.buffer
    raw = getattr(buffer, "raw", buffer)
    if type(raw) is not io.FileIO:  # a console of Windows
        return stream
    return _text(raw.fileno(), stream.encoding, bool(stream.line_buffering))


def _text(number: int, encoding: str, line_buffering: bool = False) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(Whole(number, "w", closefd=False)),
        encoding=encoding,
        errors="replace",  # × in any encoding
        line_buffering=line_buffering,
    )
