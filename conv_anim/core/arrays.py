"""Numbers given for the input or the kernel: as a word, as text, in a file, as an array."""

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from conv_anim.core import tables
from conv_anim.core.files import read_regular
from conv_anim.core.parse import Pair, shown
from conv_anim.core.rows import Filters, Rows, empty
from conv_anim.errors import InputError, reason

INPUTS = ("random", "ones", "ramp", "impulse")
KERNELS = (
    "random", "ones", "box", "gaussian", "sobel-x", "sobel-y", "laplacian", "sharpen", "identity",
    "bilinear",
)  # fmt: skip
WORDS = {"input": INPUTS, "kernel": KERNELS}
_MOST_DIMENSIONS = {"input": 3, "kernel": 4}

N_COLOURS = 3
"""The planes of a picture in colour."""
MAX_BYTES = 20_000_000
"""Of a file of numbers; what all of them could take."""
_MOST_LETTERS = 100  # of a name that is quoted in full
_TEXTS = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class Numbers:
    """Numbers that are given, or a word from which they follow when the size is known."""

    text: str
    """What gives them again on the command line."""
    filters: Filters = ()
    """Filters of planes of rows, an input's in a single one; empty if there is only a word."""
    ndim: int | None = None
    """The number of dimensions of an array; None for what may have one or two."""
    has_channels: bool = False
    """Whether channels are an axis; if not, it is the same numbers in all of them."""
    is_file: bool = False
    """Whether the text is a file's name, so that it may give other numbers another day."""
    is_image: bool = False
    """Whether that file is a picture."""
    remarks: tuple[str, ...] = ()
    """What whoever gave them should hear of, a phrase each."""

    @property
    def rows(self) -> Rows:
        """The first plane."""
        return self.filters[0][0] if self.filters else ()

    @property
    def size(self) -> Pair | None:
        """(rows, columns) of a plane, or None for a word."""
        return (len(self.rows), len(self.rows[0])) if self.filters else None

    @property
    def shape(self) -> tuple[int, int]:
        """(filters, planes in each)."""
        return (len(self.filters), len(self.filters[0])) if self.filters else (0, 0)

    @property
    def n_numbers(self) -> int:
        """How many numbers there are."""
        rows, columns = self.size or (0, 0)
        return self.shape[0] * self.shape[1] * rows * columns

    def fits(self, ndim: int) -> bool:
        """Return whether a layer with *ndim* axes can have these numbers."""
        return self.ndim in (None, ndim) or self.has_channels

    def along(self, ndim: int, name: str) -> "Numbers":
        """Return the same for a layer with *ndim* axes: its channels, if it has any, by themselves.

        With one axis, a column lies along it. Raises InputError when there are several rows and
        columns for one axis.
        """
        if not self.filters:
            return self
        if self.ndim is None:
            return self if ndim == 2 else self._on_one_axis(name)
        n_channels = 1 if name == "input" else 2
        if self.has_channels or self.ndim != ndim + n_channels:
            return self
        filters = self.filters
        if ndim == 1:  # what were rows are planes
            planes = [tuple((row,) for row in plane) for plane in filters[0]]
            filters = tuple(planes)
        text = _text(filters) if name == "input" and not self.is_file else self.text
        return replace(self, text=text, filters=filters, has_channels=True)

    def _on_one_axis(self, name: str) -> "Numbers":
        """Return the same with a single row in each plane."""
        assert self.size is not None
        rows, columns = self.size
        if columns == 1:
            planes = [
                tuple((tuple(number for (number,) in plane),) for plane in planes)
                for planes in self.filters
            ]
            return replace(self, filters=tuple(planes))
        if rows > 1:
            comma = " (decimals have a point, not a comma)" if columns == 2 else ""
            raise InputError(
                f"‹{name}› has {rows}×{columns} numbers, and the layer one axis: give one row or "
                f"one column{comma}"
            )
        return self


def read(
    value: object,
    name: str,
    size: Pair | None = None,
    folder: Path | None = None,
    in_colour: bool = False,
) -> Numbers:
    """Return the numbers that *value* gives.

    Parameters
    ----------
    value
        A word, numbers such as «1 2; 3 4», planes of them with | between and filters with ||, an
        array as programs print it, the name or the path of a file, or an array.
    name
        ``input`` or ``kernel``.
    size
        What a picture is scaled down to, (rows, columns).
    folder
        Where files are whose names don't say; the current one if it is not given.
    in_colour
        Whether a picture is three planes, red, green and blue, if it has colours.

    Raises
    ------
    ValueError
        When these are no finite numbers in equally long rows, and equally large planes.
    """
    if isinstance(value, Numbers):
        return value
    if isinstance(value, os.PathLike):
        value = os.fsdecode(value)
    label = f"‹{name}›"
    if not isinstance(value, str):
        from conv_anim.core import numpy_arrays

        with _one_sentence(label):
            filters, ndim = numpy_arrays.from_array(value, label, _MOST_DIMENSIONS[name])
        return Numbers(_array_text(filters, ndim, name), filters, ndim)
    if value in WORDS[name]:
        return Numbers(value)
    if not value.strip():
        raise empty(label)
    if tables.is_printed(value):
        filters, ndim = tables.from_printed(value, label, _MOST_DIMENSIONS[name])
        return Numbers(_array_text(filters, ndim, name), filters, _loose(ndim, filters))
    if tables.is_typed(value):
        return _typed(value, name)
    return _from_file(name, value, size, folder or Path(), in_colour=in_colour)


def read_row(value: object, name: str) -> tuple[float, ...]:
    """Return the numbers that an array, or a text, has in a single row or column."""
    label = f"‹{name}›"
    with _one_sentence(label):
        if not isinstance(value, str):
            from conv_anim.core import numpy_arrays

            filters, _ = numpy_arrays.from_array(value, label, 1)
        elif tables.is_printed(value):
            filters, _ = tables.from_printed(value, label, 1)
        else:
            filters = tables.from_typed(value, label)
    rows = [row for planes in filters for plane in planes for row in plane]
    if len(rows) > 1 and len(rows[0]) > 1:
        raise InputError(f"{label} is {shown(value)}: give a single row of numbers")
    return tuple(number for row in rows for number in row)


def _typed(text: str, name: str) -> Numbers:
    if name == "input" and "||" in text:
        raise InputError("‹input› has || in it, which is between filters: put | between planes")
    filters = tables.from_typed(text, f"‹{name}›")
    return Numbers(_text(filters), filters, has_channels="|" in text)


def _loose(ndim: int | None, filters: Filters) -> int | None:
    """Return the dimensions of an array in a text or a file, None if it has one row or column.

    That may be along the axis of a layer with one, or a plane of one with two.
    """
    rows, columns = len(filters[0][0]), len(filters[0][0][0])
    return None if ndim in (None, 1) or (ndim == 2 and 1 in (rows, columns)) else ndim


def _from_file(
    name: str, file: str, size: Pair | None, folder: Path, *, in_colour: bool
) -> Numbers:
    path = folder / file
    label = f"‹{name}› {file!r}" if len(file) <= _MOST_LETTERS else f"‹{name}› {shown(file)}"
    try:
        path.stat()
    except (OSError, ValueError) as error:
        raise InputError(
            f"‹{name}› is {shown(file)}: give {', '.join(WORDS[name])}, numbers such as "
            f'"1 2; 3 4", or a file that is there'
        ) from error
    most, suffix = _MOST_DIMENSIONS[name], path.suffix.lower()
    ndim: int | None
    with _one_sentence(label):
        if suffix in _TEXTS or suffix == ".npy":
            data = read_regular(path, MAX_BYTES, label)
            if suffix == ".npy":
                from conv_anim.core import numpy_arrays

                filters, ndim = numpy_arrays.from_npy(data, label, most)
            else:
                filters, ndim = tables.from_table(data, label, most)
            return Numbers(file, filters, _loose(ndim, filters), is_file=True)
        from conv_anim.core import images

        data = read_regular(path, images.MAX_BYTES, label)
        planes, remarks = images.read(data, label, name[0], size, in_colour=in_colour)
    return Numbers(
        file,
        (planes,),
        has_channels=len(planes) > 1,
        is_file=True,
        is_image=True,
        remarks=remarks,
    )


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


def _text(filters: Filters) -> str:
    return " || ".join(" | ".join(map(_rows_text, planes)) for planes in filters)


def _array_text(filters: Filters, ndim: int, name: str) -> str:
    """Return what gives an array again; in brackets where PyTorch has another order than ours."""
    if name == "input" or ndim <= 2:
        return _text(filters)
    return f"[{', '.join(map(_bracketed, filters))}]" if ndim == 4 else _bracketed(filters[0])


def _bracketed(planes: Sequence[Rows]) -> str:
    rows = ("[" + ", ".join(f"[{', '.join(map(_number, row))}]" for row in rows) + "]"
            for rows in planes)  # fmt: skip
    return f"[{', '.join(rows)}]"


def _rows_text(rows: Rows) -> str:
    return "; ".join(" ".join(map(_number, row)) for row in rows)


def _number(number: float) -> str:
    return repr(number) if number % 1 else f"{number + 0.0:.0f}"
