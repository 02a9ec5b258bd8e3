"""Numbers given for the input or the kernel: as a word, as text, in a file, as an array."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from conv_anim.core import tables
from conv_anim.core.files import read_regular
from conv_anim.core.parse import Pair, shown
from conv_anim.core.rows import Rows, empty
from conv_anim.errors import InputError, reason

INPUTS = ("random", "ones", "ramp", "impulse")
KERNELS = (
    "random", "ones", "box", "gaussian", "sobel-x", "sobel-y", "laplacian", "sharpen", "identity",
    "bilinear",
)  # fmt: skip
WORDS = {"input": INPUTS, "kernel": KERNELS}

MAX_BYTES = 20_000_000
"""Of a file of numbers; what all of them could take."""
_MOST_LETTERS = 100  # of a name that is quoted in full
_TEXTS = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class Numbers:
    """Numbers that are given, or a word from which they follow when the size is known."""

    text: str
    """What gives them again on the command line."""
    rows: Rows = ()
    """Empty if there is only a word."""
    ndim: int | None = None
    """The number of dimensions of an array; None for what may have one or two."""
    is_file: bool = False
    """Whether the text is a file's name, so that it may give other numbers another day."""
    is_image: bool = False
    """Whether that file is a picture."""

    @property
    def size(self) -> Pair | None:
        """(rows, columns), or None for a word."""
        return (len(self.rows), len(self.rows[0])) if self.rows else None

    def along(self, ndim: int, name: str) -> "Numbers":
        """Return the same for a layer with *ndim* axes; with one, a column lies along it.

        Raises InputError when there are several rows and columns for one axis.
        """
        if ndim == 2 or self.ndim is not None or self.size is None:
            return self
        rows, columns = self.size
        if columns == 1:
            return replace(self, rows=(tuple(number for (number,) in self.rows),))
        if rows > 1:
            comma = " (decimals have a point, not a comma)" if columns == 2 else ""
            raise InputError(
                f"‹{name}› has {rows}×{columns} numbers, and the layer one axis: give one row or "
                f"one column{comma}"
            )
        return self


def read(value: object, name: str, size: Pair | None = None, folder: Path | None = None) -> Numbers:
    """Return the numbers that *value* gives.

    Parameters
    ----------
    value
        A word, numbers such as «1 2; 3 4», an array as programs print it, the name or the path
        of a file, or an array with one or two dimensions.
    name
        ``input`` or ``kernel``.
    size
        What a picture is scaled down to, (rows, columns).
    folder
        Where files are whose names don't say; the current one if it is not given.

    Raises
    ------
    ValueError
        When these are no finite numbers in equally long rows.
    """
    if isinstance(value, Numbers):
        return value
    if isinstance(value, os.PathLike):
        value = os.fsdecode(value)
    if not isinstance(value, str):
        from conv_anim.core import numpy_arrays

        label = f"‹{name}›"
        with _one_sentence(label):
            rows, ndim = numpy_arrays.from_array(value, label)
        return Numbers(_text(rows), rows, ndim)
    if value in WORDS[name]:
        return Numbers(value)
    if not value.strip():
        raise empty(f"‹{name}›")
    if tables.is_printed(value):
        rows = tables.from_printed(value, f"‹{name}›")
    elif tables.is_typed(value):
        rows = tables.from_typed(value, f"‹{name}›")
    else:
        return _from_file(name, value, size, folder or Path())
    return Numbers(_text(rows), rows)


def _from_file(name: str, file: str, size: Pair | None, folder: Path) -> Numbers:
    path = folder / file
    label = f"‹{name}› {file!r}" if len(file) <= _MOST_LETTERS else f"‹{name}› {shown(file)}"
    try:
        path.stat()
    except (OSError, ValueError) as error:
        raise InputError(
            f"‹{name}› is {shown(file)}: give {', '.join(WORDS[name])}, numbers such as "
            f'"1 2; 3 4", or a file that is there'
        ) from error
    with _one_sentence(label):
        rows = _rows(path, label, name, size)
    is_image = path.suffix.lower() not in (*_TEXTS, ".npy")
    return Numbers(file, rows, is_file=True, is_image=is_image)


def _rows(path: Path, label: str, name: str, size: Pair | None) -> Rows:
    """Return the numbers in a file of whatever kind its name says; a picture's need no name."""
    suffix = path.suffix.lower()
    if suffix in _TEXTS:
        return tables.from_table(read_regular(path, MAX_BYTES, label), label)
    if suffix == ".npy":
        from conv_anim.core import numpy_arrays

        return numpy_arrays.from_npy(read_regular(path, MAX_BYTES, label), label)
    from conv_anim.core import images

    return images.read(read_regular(path, images.MAX_BYTES, label), label, name[0], size)


@contextmanager
def _one_sentence(label: str) -> Iterator[None]:
    """Let nothing but an InputError out of a reader, whatever it raises, and no warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except InputError:
            raise
        except UnicodeDecodeError as error:
            raise InputError(f"{label} is not text in UTF-8: save it as such") from error
        except MemoryError as error:
            raise InputError(f"{label} takes more memory than there is: give less") from error
        except Exception as error:  # readers believe what a file says of itself
            if isinstance(error, OSError) and error.strerror:
                raise InputError(f"{label} cannot be read: {error.strerror}") from error
            raise InputError(
                f"{label} cannot be read ({reason(error)}): save it again, whole"
            ) from error


def _text(rows: Rows) -> str:
    return "; ".join(" ".join(repr(number) if number % 1 else f"{number + 0.0:.0f}"
                              for number in row) for row in rows)  # fmt: skip
