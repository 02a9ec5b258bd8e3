"""What each file of a gallery was made from, so that only what has changed is made again.

A JSON object a line: a run that is ended at any moment loses at most the line that it was
writing, and two runs at once each add lines of their own. The last line about a file counts.
The first line tells what all the others were made from, so that a run that finds nothing to do
needs to read nothing else.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

from conv_anim import paths
from conv_anim.version import __version__

NAME = "manifest.jsonl"
PAGES = INDEX, README = "index.html", "README.md"
_MOST_LETTERS = 120  # more than a name of ours has

Record = dict[str, Any]
"""``file``, then what it was made from, then ``bytes`` and ``crc32`` of the file."""


def source_of(spec: Path, reads: Iterable[str]) -> str:
    """Return what tells a spec file from others.

    That is its name, which may be a title, its contents and those of the files that it *reads*.
    """
    files = [spec, *(spec.parent / name for name in reads)]
    prints = [_print(path.read_bytes())[1] for path in files if path.is_file()]
    return " ".join([title_of(spec), *prints])


def title_of(spec: Path) -> str:
    """Return the title of a spec without one: its name, as far as that can be printed."""
    return spec.stem.encode("utf-8", "replace").decode("utf-8")


class Manifest:
    """The records of a folder's files, by their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / NAME
        self._records = self._read()
        self._own: dict[str, Record] = {}  # of this run

    def _read(self) -> dict[str, Record]:
        """Return the records that make sense; other lines are as if they weren't there."""
        records = {}
        lines = (paths.content(self._path) or b"").splitlines()
        for line in lines:
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):  # half a line, or not ours
                continue
            if isinstance(record, dict) and _is_ours(record.get("file")):
                records[record["file"]] = record
        return records

    @property
    def files(self) -> list[str]:
        """The files with a record that are there, by name."""
        return sorted(file for file in self._records if (self._folder / file).is_file())

    def is_whole(self, file: str) -> bool:
        """Return whether a file is there as its record says."""
        record = self._records.get(file, {})
        data = paths.content(self._folder / file)
        return data is not None and (record.get("bytes"), record.get("crc32")) == _print(data)

    def is_current(self, file: str, made_from: Record) -> bool:
        """Return whether a file is there, whole, and made from just this."""
        record = self._records.get(file, {})
        same = all(record.get(key) == value for key, value in made_from.items())
        return same and self.is_whole(file)

    def add(self, file: str, made_from: Record, data: bytes) -> None:
        """Note that a file was made, at once."""
        size, checksum = _print(data)
        record = {"file": file, **made_from, "bytes": size, "crc32": checksum}
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
        records = self._read() | self._own
        for file in [file for file in records if not (self._folder / file).is_file()]:
            del records[file]
        places = {file: place for place, file in enumerate(order)}
        files = sorted(records, key=lambda file: (places.get(file, len(places)), file))
        body = b"".join(_line(records[file]) for file in files)
        complete = set(files) == set(places)
        first = self._first(source if complete else "", list(reads), pages, body)
        paths.write_if_new(self._path, _line(first) + body)
        self._records = records

    def _first(self, source: str, reads: list[str], pages: Iterable[str], body: bytes) -> Record:
        """Return the first line, for the others that follow it."""
        return {
            "source": source,
            "reads": reads,
            "version": __version__,
            "pages": {name: _print(paths.content(self._folder / name) or b"")[1] for name in pages},
            "records": _print(body)[1],
        }

    def settled(self, spec: Path) -> int:
        """Return how many files there are, if all is as a run of this spec left it, or 0."""
        line, _, body = (paths.content(self._path) or b"").partition(b"\n")
        try:
            first = json.loads(line)
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
    return suffix == paths.SUFFIX and paths.is_safe(stem) and len(stem) <= _MOST_LETTERS


def _print(data: bytes) -> tuple[int, str]:
    """Return the size and the checksum of a file, which tell damage."""
    return len(data), f"{crc32(data):08x}"


def _line(record: Record, first: str = "") -> bytes:
    return f"{first}{json.dumps(record, ensure_ascii=False)}\n".encode()
