"""Numbers in text: as they are typed, as an array is printed, or in a table's file."""

import csv
import re
from io import BytesIO, TextIOWrapper

from conv_anim.core.parse import MAX_SIZE, shown
from conv_anim.core.rows import (
    MAX_NUMBERS,
    Filters,
    Rows,
    check_below,
    check_ndim,
    checked,
    checked_filters,
)
from conv_anim.errors import InputError

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
_ENDLESS = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9][0-9.]*,[0-9]+([eE][+-]?[0-9]+)?", re.ASCII)
_MOST_LETTERS = 2_000  # of one number: more than any needs, few enough to be read at once

_MARKS = re.compile(r"[\[\]();]|[^\s,\[\]();]+")
# «np.float64(1.5)», as NumPy prints a number in a list.
_WRAPPED = re.compile(r"\b[A-Za-z_][\w.]{0,30}\(([^()\[\],]{0,60})\)")
_TRUTHS = {"True": 1.0, "False": 0.0}


def is_typed(text: str) -> bool:
    """Return whether a text gives numbers, right or wrong ones, not a file's name."""
    return ";" in text or all(map(_is_number, re.split(r"[\s,;|]+", text.strip(" \t\n,;|"))))


def from_typed(text: str, label: str) -> Filters:
    """Return numbers from text such as «1 2; 3 4 | 5 6; 7 8».

    | is between planes and || between filters; empty rows are passed over.
    """
    filters = [
        [_typed_rows(plane, label, is_only="|" not in text) for plane in planes.split("|")]
        for planes in text.split("||")
    ]
    return checked_filters(filters, label)


def _typed_rows(text: str, label: str, *, is_only: bool) -> Rows:
    """Return the rows of a plane, which has some unless it is the only one."""
    rows = []
    for line in re.split(r"[;\n]", text):
        tokens = re.split(r"[\s,;]+", line.strip(" \t\r\n,;"))
        if tokens != [""]:
            rows.append([_number(token, label) for token in tokens])
    if not rows and not is_only:
        raise InputError(f"{label} has an empty plane: give numbers on both sides of each |")
    return checked(rows, label)


def is_printed(text: str) -> bool:
    """Return whether a text is an array as programs write it.

    Such as «[[1, 2], [3, 4]]», or «tensor([[1., 2.]], device='cuda:0')».
    """
    before, bracket, rest = text.partition("[")
    _, end, after = rest.rpartition("]")
    begins = before.strip()[-1:] in ("", "(", ":", "=")
    return bool(bracket and end) and begins and after.strip()[-1:] in ("", ")", ">", ";")


def from_printed(text: str, label: str, most: int) -> tuple[Filters, int]:
    """Return the numbers of an array as programs write it, and its dimensions, at *most* so many.

    Brackets in brackets are rows; in a single pair «;» separates rows, and a line's end does not:
    long rows are printed in several lines.
    """
    text = _WRAPPED.sub(r"\1", text[text.index("[") : text.rindex("]") + 1])
    if "..." in text or "…" in text:
        raise InputError(
            f"{label} leaves numbers out where «...» stands: print them all, after "
            f"numpy.set_printoptions(threshold=10**7) or torch.set_printoptions(profile='full')"
        )
    ndim = len("".join(re.split(r"[^\s\[(]", text, maxsplit=1)[0].split()))
    check_ndim(ndim, most, label)
    # Of one row or one plane there are no brackets round what it is in.
    filters: list[list[list[list[float]]]] = [] if ndim > 2 else [[] if ndim == 2 else [[]]]
    depth = count = 0
    for found in _MARKS.finditer(text):
        mark = found[0]
        opens = mark in "[("
        depth += opens - (mark in "])")
        ends_early = depth == 0 and found.end() < len(text)
        if depth > ndim or ends_early or (mark == ";" and ndim > 1):
            raise _uneven(label)
        if mark == ";" or (opens and depth == ndim):
            filters[-1][-1].append([])
        elif opens and depth == ndim - 1:
            filters[-1].append([])
        elif opens and depth == ndim - 2:
            filters.append([])
        elif mark not in "[()]":
            if depth != ndim:
                raise _uneven(label)
            filters[-1][-1][-1].append(_TRUTHS[mark] if mark in _TRUTHS else _number(mark, label))
            count += 1
            check_below(count, MAX_NUMBERS, "numbers", label)
    if depth:
        raise _uneven(label)
    rows = filters[-1][-1] if ndim == 1 else []
    if len(rows) > 1 and not rows[-1]:  # «[1 2; 3 4;]»
        rows.pop()
    planes = [[checked(plane, label) for plane in planes] for planes in filters]
    return checked_filters(planes, label), ndim


def from_table(data: bytes, label: str, most: int) -> tuple[Filters, int | None]:
    """Return the numbers in a text file; one character separates fields in all of its lines.

    An empty field is no number, and with ; between fields neither is «1,5». There may also be
    an array in it as programs write it, with its dimensions, at *most* so many. Raises
    UnicodeDecodeError when it is not in UTF-8.
    """
    if b"[" in data and is_printed(text := data.decode("utf-8-sig")):
        return from_printed(text, label, most)
    separator = next((mark for mark in "\t;," if mark.encode() in data), None)
    rows: list[tuple[float, ...]] = []
    count = 0
    for line in TextIOWrapper(BytesIO(data), "utf-8-sig"):
        if line.strip():
            fields = _fields(line, separator, label)
            rows.append(tuple(_number(field.strip(), label, separator) for field in fields))
            count += len(fields)
            check_below(count, MAX_NUMBERS, "numbers", label)
            check_below(len(rows), MAX_SIZE, "rows", label)
    return ((checked(rows, label),),), None


def _fields(line: str, separator: str | None, label: str) -> list[str]:
    """Return what is between separators, unless these are in quotes; None is white space."""
    if '"' in line and separator is not None:
        check_below(line.count(separator), MAX_SIZE, "numbers in a row", label)
        fields = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
    else:
        fields = line.replace('"', "").split(separator, MAX_SIZE)
    check_below(len(fields), MAX_SIZE, "numbers in a row", label)
    return fields


def _is_number(token: str) -> bool:
    return len(token) <= _MOST_LETTERS and bool(
        _NUMBER.fullmatch(token) or _ENDLESS.fullmatch(token)
    )


def _number(token: str, label: str, separator: str | None = None) -> float:
    """Return the number that a text is, which stood between *separator*s."""
    if _is_number(token):
        return float(token)
    if _DECIMAL_COMMA.fullmatch(token):
        why = "which is not a number with a decimal comma: write a point, as in 1.5"
    elif separator == "," and all(map(_is_number, token.split() or [""])):
        why = (
            "which is not a number but several: separate numbers by commas alone, and write "
            "decimals with a point, as in 1.5"
        )
    else:
        why = "which is not a number: mend it"
    raise InputError(f"{label} has {shown(token)} in it, {why}")


def _uneven(label: str) -> InputError:
    return InputError(
        f"{label} has brackets that don't fit together: write rows such as [[1, 2], [3, 4]]"
    )
