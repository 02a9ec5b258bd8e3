"""Numbers given for the input or the kernel: as a word, as text, in a file, as an array."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path, PurePath

from conv_anim.errors import InputError
from conv_anim.parse import Pair, shown

INPUTS = ("random", "ones", "ramp", "impulse")
KERNELS = (
    "random", "ones", "box", "gaussian", "sobel-x", "sobel-y", "laplacian", "sharpen", "identity",
    "bilinear",
)  # fmt: skip
WORDS = {"--input": INPUTS, "--kernel": KERNELS}

MAX_NUMBERS = 1_000_000
MAX_VALUE = 1e100  # so that no product or sum overflows
MAX_BYTES = 20_000_000
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
_ENDLESS = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_TEXTS = (".csv", ".tsv", ".txt")

Rows = tuple[tuple[float, ...], ...]


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


def read(
    value: object, option: str, size: Pair | None = None, folder: Path | None = None
) -> Numbers:
    """Return the numbers that *value* gives.

    Parameters
    ----------
    value
        A word, numbers such as «1 2; 3 4», the name or the path of a file, or an array with
        one or two dimensions.
    option
        ``--input`` or ``--kernel``.
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
    if isinstance(value, PurePath):
        value = str(value)
    if not isinstance(value, str):
        return _from_array(value, option)
    if value in WORDS[option]:
        return Numbers(value)
    if not value.strip():
        raise _empty(option)
    tokens = re.split(r"[\s,;]+", value.strip(" \t\n,;"))
    if ";" in value or all(_NUMBER.fullmatch(x) or _ENDLESS.fullmatch(x) for x in tokens):
        rows = _rows(re.split(r"[;\n]", value), option)
        return Numbers(_text(rows), rows)
    return _from_file(value, option, size, folder or Path())


def _from_array(value: object, option: str) -> Numbers:
    import numpy as np

    try:
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError) as error:  # ragged rows, for one
        raise _not_numbers(value, option) from error
    if array.dtype.kind not in "buif":
        raise _not_numbers(value, option)
    if array.ndim not in (1, 2):
        raise InputError(f"{option} has {array.ndim} dimensions: give one or two")
    if array.size > MAX_NUMBERS:
        raise _too_many(array.size, option)
    rows = _checked(np.atleast_2d(array).astype(float).tolist(), option)
    return Numbers(_text(rows), rows, array.ndim)


def _from_file(name: str, option: str, size: Pair | None, folder: Path) -> Numbers:
    path = folder / name
    try:
        n_bytes = path.stat().st_size
    except (OSError, ValueError) as error:
        raise InputError(
            f"{option} is {shown(name)}: give {', '.join(WORDS[option])}, numbers such as "
            f'"1 2; 3 4", or a file that is there'
        ) from error
    suffix = path.suffix.lower()
    try:
        if suffix in _TEXTS:
            if n_bytes > MAX_BYTES:
                raise InputError(f"{option} {name!r} has {n_bytes:,} bytes: give a smaller file")
            lines = path.read_text("utf-8-sig").splitlines()
            rows = _from_lines([line.replace('"', "") for line in lines], f"{option} {name!r}")
        elif suffix == ".npy":
            rows = _from_npy(path, f"{option} {name!r}")
        else:
            from conv_anim import images

            rows = _checked(images.read(path, option, size), f"{option} {name!r}")
    except UnicodeDecodeError as error:
        raise InputError(f"{option} {name!r} is not text in UTF-8: save it as such") from error
    except OSError as error:
        raise InputError(f"{option} {name!r} cannot be read: {error.strerror or error}") from error
    is_image = suffix not in (*_TEXTS, ".npy")
    return Numbers(name, rows, is_file=True, is_image=is_image)


def _from_lines(lines: Sequence[str], option: str) -> Rows:
    """Return the numbers of a text file; one character separates fields in all of its lines.

    An empty field is no number, and with ; between fields neither is «1,5».
    """
    separator = next((mark for mark in "\t;," if any(mark in line for line in lines)), None)
    rows = [
        [_number(field.strip(), option) for field in line.split(separator)]
        for line in lines
        if line.strip()
    ]
    return _checked(rows, option)


def _from_npy(path: Path, option: str) -> Rows:
    import numpy as np

    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)  # the head alone, at first
    except (ValueError, EOFError, SyntaxError) as error:
        raise InputError(
            f"{option} is no NPY file with numbers: save an array of them with numpy.save"
        ) from error
    return _from_array(array, option).rows


def _rows(lines: Sequence[str], option: str) -> Rows:
    """Return numbers from lines of text; empty lines are passed over."""
    rows = []
    for line in lines:
        tokens = re.split(r"[\s,;]+", line.strip(" \t\r\n,;"))
        if tokens != [""]:
            rows.append([_number(token, option) for token in tokens])
    return _checked(rows, option)


def _number(token: str, option: str) -> float:
    if not _NUMBER.fullmatch(token) and not _ENDLESS.fullmatch(token):
        raise InputError(f"{option} has {shown(token)} in it, which is not a number: mend it")
    return float(token)


def _checked(rows: Sequence[Sequence[float]], option: str) -> Rows:
    """Return rows if they are numbers of a rectangle."""
    if not rows or not rows[0]:
        raise _empty(option)
    lengths = sorted({len(row) for row in rows})
    if len(lengths) > 1:
        raise InputError(
            f"{option} has rows of {lengths[0]} and of {lengths[-1]} numbers: make them equally "
            f"long"
        )
    if len(rows) * lengths[0] > MAX_NUMBERS:
        raise _too_many(len(rows) * lengths[0], option)
    for row in rows:
        for number in row:
            if abs(number) > MAX_VALUE and isfinite(number):
                raise InputError(f"{option} has {number:g} in it: give numbers up to {MAX_VALUE:g}")
            if not isfinite(number):
                raise InputError(f"{option} has {number} in it: give finite numbers alone")
    return tuple(map(tuple, rows))


def _text(rows: Rows) -> str:
    return "; ".join(" ".join(repr(number) if number % 1 else f"{number + 0.0:.0f}"
                              for number in row) for row in rows)  # fmt: skip


def _not_numbers(value: object, option: str) -> InputError:
    return InputError(
        f"{option} is {shown(value)}: give an array of numbers with one or two dimensions, its "
        f"rows equally long"
    )


def _empty(option: str) -> InputError:
    return InputError(f'{option} is empty: give at least one number, such as "1 2; 3 4"')


def _too_many(count: int, option: str) -> InputError:
    return InputError(f"{option} has {count:,} numbers, and the limit is {MAX_NUMBERS:,}")
