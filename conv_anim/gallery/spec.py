"""A gallery's spec: a TOML file of entries, sweeps crossed, read and checked."""

import itertools
import re
from collections.abc import Iterator, Sequence
from math import prod
from pathlib import Path
from zlib import crc32

from conv_anim import request
from conv_anim.core.files import read_regular
from conv_anim.core.parse import shown
from conv_anim.errors import InputError, listed
from conv_anim.formats import atomic
from conv_anim.gallery import BUILT_IN, spec_text
from conv_anim.gallery.asked import LAYERS, Words, text
from conv_anim.gallery.entries import (
    LISTS,
    MAX_LETTERS,
    Entry,
    Gallery,
    check_length,
    check_words,
    read_entry,
    short,
    unknown,
)
from conv_anim.gallery.manifest import PAGES, source_of, title_of

MAX_ANIMATIONS = 10_000
_OURS = [name.lower() for name in PAGES]
_MAX_QUOTED = 200  # letters, from its end, that a message quotes


def read(path: str | Path = BUILT_IN) -> Gallery:
    """Read a spec file and check everything in it; nothing is drawn.

    Raises ValueError, with the file, the entry and the key, when anything is wrong.
    """
    path = Path(path)
    name = str(path) if len(str(path)) <= _MAX_QUOTED else f"…{str(path)[-_MAX_QUOTED:]}"
    spec = f"spec {name!r}"
    try:
        data = read_regular(path, spec_text.MAX_BYTES, spec)
        table = spec_text.parsed(data.decode("utf-8-sig"), spec)
    except OSError as error:
        raise InputError(f"{spec} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{spec} is not text in UTF-8: save it as such") from error
    try:
        title, entries = _gallery(table, title_of(path), path.parent)
    except InputError as error:
        raise InputError(f"{name if name.isprintable() else repr(name)}: {error}") from error
    reads = Gallery(title, entries).reads
    return Gallery(title, entries, source_of(path, reads))


def _gallery(table: Words, title: str, folder: Path) -> tuple[str, tuple[Entry, ...]]:
    """Return the title and the entries of a spec's table."""
    known = ("title", "defaults", "animation", "sweep")
    for word in table:
        if word not in known:
            raise InputError(unknown(word, known, f": a spec has {listed(known)}"))
    defaults = _table(table.get("defaults", {}), "defaults")
    for word in ("name", "caption"):
        if word in defaults:
            raise InputError(f"defaults: {word} is each animation's own, give it there")
    check_words(defaults, "defaults")
    _check_no_lists(defaults, "defaults")
    reader = request.reading_once()
    entries: list[Entry] = []
    owners: dict[str, str] = {}  # by file in lower case: on many systems case is no difference
    for where, words in _described(table, defaults):
        entry = read_entry(words, defaults, where, folder, reader)
        for file in entry.files:
            if file.lower() in _OURS:
                raise InputError(f"{where}: {file!r} is a page of the gallery: give another name")
            if file.lower() in owners:
                raise InputError(
                    f"{where}: its file {file!r} is that of {owners[file.lower()]}, too: "
                    f"give another name"
                )
            owners[file.lower()] = where
        entries.append(entry)
    if not entries:
        raise InputError("there is nothing to draw: add an [[animation]] or a [[sweep]]")
    title = text(table.get("title", title), "title")
    check_length(title, "title", "")
    if not title:
        raise InputError("title is empty: give one, or leave it out")
    return title, tuple(entries)


def _described(table: Words, defaults: Words) -> Iterator[tuple[str, Words]]:
    """Yield what messages call each animation, and its words; sweeps are crossed."""
    animations, sweeps = (_tables(table.get(word, []), word) for word in ("animation", "sweep"))
    count = len(animations)
    _check_count(count, "animation", "make several specs of it")
    for number, words in enumerate(animations, 1):
        name = words.get("name")
        where = f"animation {number}" + (f" ({shown(name)})" if isinstance(name, str) else "")
        check_words(words, where)
        _check_no_lists(words, where)
        if "name" not in words:
            raise InputError(f"{where}: it has no name: give one, its file is called so")
        yield where, words
    for number, words in enumerate(sweeps, 1):
        where = f"sweep {number}"
        check_words(words, where)
        lists = {
            word: value
            for word, value in words.items()
            if isinstance(value, list) and word not in LISTS
        }
        if not lists or not all(lists.values()):
            raise InputError(
                f"{where}: give lists to cross, such as k = [2, 3], each with something in it"
            )
        count += prod(map(len, lists.values()))
        _check_count(count, where, "shorten its lists")
        for values in itertools.product(*lists.values()):
            yield _crossed(
                {**defaults, **words}, dict(zip(lists, values, strict=True)), words, where
            )


def _check_count(count: int, where: str, way_out: str) -> None:
    if count > MAX_ANIMATIONS:
        raise InputError(
            f"{where}: that makes {count} animations, more than {MAX_ANIMATIONS}: {way_out}"
        )


def _crossed(
    known: Words, chosen: Words, words: Words, where: str
) -> tuple[str, dict[str, object]]:
    """Return one animation of a sweep: its *words*, with what was *chosen* from the lists.

    Names and captions may have *known* words in braces, those of the defaults, too.
    """
    where += f" ({', '.join(f'{word} = {shown(value)}' for word, value in chosen.items())})"
    known = {**known, **chosen}
    first = "network" if LAYERS in known else "{layer}"
    plain = "_".join([first, *(f"{x}{{{x}}}" for x in chosen if x != "layer")])
    name = _filled(words.get("name", plain), known, where, "name")
    caption = _filled(words.get("caption", ""), known, where, "caption")
    if "name" not in words and not atomic.is_safe(name.replace(":", "-").replace("×", "x")):
        # What is wrong with a value is reported first; what is left makes no file's name.
        name = f"{where.split(' (')[0].replace(' ', '-')}_{crc32(name.encode()):08x}"
    names = {"name": name.replace(":", "-").replace("×", "x"), "caption": caption}
    return where, {**words, **chosen, **names}


def _filled(template: object, known: Words, where: str, word: str) -> str:
    """Return a text with values instead of words in braces; {{ is a brace."""

    def value(match: re.Match[str]) -> str:
        """Return what replaces a match; a long value makes no caption, and no name as it is."""
        if match[0] in ("{{", "}}"):
            return match[0][0]
        if match[1] in ("name", "caption") or match[1] not in known:
            choice = [f"{{{x}}}" for x in known if x not in ("name", "caption")]
            raise InputError(
                f"{where}: {word} has {short(match[0])}, which the sweep does not say: give "
                f"{listed(choice)}, or {{{{ for a brace"
            )
        found = _written(known[match[1]])
        if word == "caption":
            check_length(found, word, f"{where}: {match[0]} of its ")
        return found if len(found) <= MAX_LETTERS[""] else f"{crc32(found.encode()):08x}"

    return re.sub(r"\{\{|\}\}|\{([^{}]*)\}", value, text(template, f"{where}: {word}"))


def _written(value: object) -> str:
    """Return a value as it is written in a spec."""
    try:
        return str(value).lower() if isinstance(value, bool) else str(value)
    except ValueError:  # Python does not print integers of thousands of digits
        return shown(value)


def _check_no_lists(words: Words, where: str) -> None:
    for word, value in words.items():
        if isinstance(value, list) and word not in LISTS:
            raise InputError(
                f"{where}: {word} is a list: cross it in a [[sweep]], or write rows and columns "
                f'as "5x7"'
            )


def _table(value: object, what: str) -> Words:
    if not isinstance(value, dict):
        raise InputError(f"{what} is {shown(value)}: write it as a table, [{what}]")
    return value


def _tables(value: object, what: str) -> Sequence[Words]:
    if not isinstance(value, list) or not all(isinstance(words, dict) for words in value):
        raise InputError(f"{what} is not a list of tables: write [[{what}]] before each one")
    return value
