"""What each file of a gallery was made from, so that only what has changed is made again.

A JSON object a line: a run that is ended at any moment loses at most the line that it was
writing, and two runs at once each add lines of their own. The last line about a file counts.
The first line has what all the others were made from, so that a run that finds nothing to do
needs to read nothing else.
"""

import json
import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

from conv_anim.core.files import checksum, content
from conv_anim.errors import InputError
from conv_anim.formats import atomic, registry
from conv_anim.version import __version__

NAME = "manifest.jsonl"
PAGES = INDEX, README = "index.html", "README.md"
MAX_BYTES = 50_000_000
MAX_RECORDS = 100_000
_MAX_LINE = 1_000_000
_MAX_LETTERS = 120  # more than a name of ours has

Record = dict[str, Any]
"""``file``, then what it was made from, then ``bytes`` and ``crc32`` of the file."""
_MADE_FROM = ("command", "theme", "version", "numbers")
_KEYS = ("file", *_MADE_FROM, "bytes", "crc32")
_MAX_LETTERS_OF_A_COMMAND = 500  # letters that a record keeps


def source_of(spec: Path, reads: Iterable[str]) -> str:
    """Return what identifies a spec file.

    That is its name, which may be a title, its contents and those of the files that it *reads*.
    """
    files = [spec, *(spec.parent / name for name in reads)]
    prints = [found[1] for path in files if (found := checksum(path))]
    return " ".join([title_of(spec), *prints])


def title_of(spec: Path) -> str:
    """Return the title of a spec without one: its name, as far as that can be printed."""
    return spec.stem.encode("utf-8", "replace").decode("utf-8")


def made_from(command: str, theme: str, numbers: str = "") -> Record:
    """Return everything that a file depends on, in words; *numbers* identifies those of files."""
    if len(command) > _MAX_LETTERS_OF_A_COMMAND:
        command = f"{command[:_MAX_LETTERS_OF_A_COMMAND]}… {crc32(command.encode()):08x}"
    record = {"command": command, "theme": theme, "version": __version__}
    return record | ({"numbers": numbers} if numbers else {})


class Manifest:
    """The records of a folder's files, by their names.

    Raises InputError where a manifest is so large that it is none of ours; it is not read then.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / NAME
        data = self._content()
        self._records = self._parsed(data)
        self.is_foreign = not (self._records or data.startswith(_BEGINNINGS) or not data.strip())
        """Whether there is a file of its name with nothing in it that we wrote."""
        self._own: dict[str, Record] = {}  # of this run

    def _content(self) -> bytes:
        data = content(self._path, MAX_BYTES) or b""
        if len(data) > MAX_BYTES:
            raise self._too_large(f"{MAX_BYTES:,} bytes")
        return data

    def _parsed(self, data: bytes) -> dict[str, Record]:
        """Return the records that make sense; other lines are as if they weren't there."""
        records = {}
        for line in BytesIO(data):
            try:
                record = json.loads(line) if len(line) <= _MAX_LINE else None
            except (ValueError, RecursionError):  # half a line, or not ours
                continue
            if isinstance(record, dict) and _is_ours(record.get("file")):
                records[record["file"]] = {
                    key: record[key]
                    for key in _KEYS
                    if key in record and isinstance(record[key], str | int)
                }
                if len(records) > MAX_RECORDS:
                    raise self._too_large(f"{MAX_RECORDS:,} records")
        return records

    def _too_large(self, what: str) -> InputError:
        return InputError(
            f"{str(self._path)!r} has more than {what}, too many for a gallery: move it, or give "
            f"another ‹output›"
        )

    def knows(self, file: str) -> bool:
        """Return whether a file has a record, whatever has become of it."""
        return file in self._records

    @property
    def files(self) -> list[str]:
        """The files with a record that are there, by name."""
        return sorted(file for file in self._records if (self._folder / file).is_file())

    def is_whole(self, file: str) -> bool:
        """Return whether a file is there as its record says."""
        record, path = self._records.get(file, {}), self._folder / file
        recorded = record.get("bytes"), record.get("crc32")
        try:
            if path.is_symlink() or path.stat().st_size != recorded[0]:
                return False
        except OSError:
            return False
        return checksum(path) == recorded

    def is_current(self, file: str, made_from: Record) -> bool:
        """Return whether a file is there, whole, and made from just this."""
        record = self._records.get(file, {})
        same = all(record.get(key) == value for key, value in made_from.items())
        return same and self.is_whole(file)

    def add(self, file: str, made_from: Record, data: bytes) -> None:
        """Record, at once, a file that is about to be written.

        Not after that: a run that is killed in between would leave a file without a record.
        """
        size, crc32_ = _print(data)
        record = {"file": file, **made_from, "bytes": size, "crc32": crc32_}
        self._records[file] = self._own[file] = record
        with self._path.open("ab") as manifest:  # one write at the end: lines don't mix
            manifest.write(_line(record, first="\n" if self._ends_midway() else ""))

    def _ends_midway(self) -> bool:
        """Return whether the last line was not written to its end."""
        with self._path.open("rb") as manifest:
            if not manifest.seek(0, os.SEEK_END):
                return False
            manifest.seek(-1, os.SEEK_END)
            return manifest.read(1) != b"\n"

    def remove(self, file: str) -> None:
        """Remove a file, and its record if it has one."""
        (self._folder / file).unlink(missing_ok=True)
        self._records.pop(file, None)

    def save(
        self, order: Iterable[str], source: str, reads: Iterable[str], pages: Iterable[str]
    ) -> None:
        """Write the records anew, one for each file, in this order and then by name.

        What another run has added meanwhile is kept. *source*, with what it *reads*, and *pages*
        are what the files were made from, and the names of what was made besides.
        """
        places = {file: place for place, file in enumerate(order)}
        records = self._parsed(self._content()) | self._own
        there = {file for file in {*records, *places} if (self._folder / file).is_file()}
        # Another run may have recorded one of ours that it is about to write.
        kept = [file for file in records if file in there or file in places]
        files = sorted(kept, key=lambda file: (places.get(file, len(places)), file))
        body = b"".join(_line(records[file]) for file in files)
        complete = set(files) == set(places) <= there
        first = self._first(source if complete else "", list(reads), pages, body)
        atomic.write_if_new(self._path, _line(first) + body)
        self._records = {file: records[file] for file in files}

    def _first(self, source: str, reads: list[str], pages: Iterable[str], body: bytes) -> Record:
        """Return the first line, for the others that follow it."""
        return {
            "source": source,
            "reads": reads,
            "version": __version__,
            "pages": {name: self._print_of_page(name) for name in pages},
            "records": _print(body)[1],
        }

    def _print_of_page(self, name: str) -> str:
        path = self._folder / name
        found = None if path.is_symlink() else checksum(path)
        return found[1] if found else ""

    def settled(self, spec: Path) -> int:
        """Return how many files there are, if all is as a run of this spec left it, or 0."""
        line, _, body = self._content().partition(b"\n")
        try:
            first = json.loads(line[:_MAX_LINE])
            pages = set(first["pages"]) & set(PAGES)
            reads = [str(name) for name in first["reads"]]
            source = source_of(spec, reads)
            expected = self._first(source, reads, [x for x in PAGES if x in pages], body)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return 0
        whole = first == expected and all(self.is_whole(file) for file in self._records)
        return len(self._records) if whole else 0


def _is_ours(file: object) -> bool:
    """Return whether a record's file may be one of ours: nothing outside the folder is touched."""
    if not isinstance(file, str):
        return False
    stem, suffix = os.path.splitext(file)
    is_written = suffix in registry.FORMATS and file not in PAGES
    return is_written and atomic.is_safe(stem) and len(stem) <= _MAX_LETTERS


def _print(data: bytes) -> tuple[int, str]:
    """Return the size and the checksum of a file, by which damage is found."""
    return len(data), f"{crc32(data):08x}"


_BEGINNINGS = tuple(f'{{"{key}": "'.encode() for key in ("file", "source"))


def _line(record: Record, first: str = "") -> bytes:
    return f"{first}{json.dumps(record, ensure_ascii=False)}\n".encode()
