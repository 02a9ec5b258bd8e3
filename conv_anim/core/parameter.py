"""What may be given, a row each: front ends take names, words, help and defaults from here."""

import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from zlib import crc32

from conv_anim.core.arrays import Numbers
from conv_anim.core.readers import Read
from conv_anim.errors import in_python, literal, spelled

LAYER, PICTURE, NUMBERS, TIME, OUTPUT = "Layer", "Picture", "Numbers", "Time", "Output"
GROUPS = (LAYER, PICTURE, NUMBERS, TIME, OUTPUT)
"""Of parameters, in the order of the help."""

ByKind = str | Mapping[str, str]
"""A text, or one for each kind of layer; "" is any other kind."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One thing that may be given for a layer or a picture."""

    group: str
    help: ByKind
    """What it means."""
    name: str = ""
    """In Python; there, and in a spec, underscores may be dashes."""
    default: object = None
    default_text: ByKind = ""
    """What help says instead of the default, where that is worked out."""
    metavar: str = ""
    """What a value is called; empty if there is none, but *switches* alone."""
    letter: bool = False
    """Whether one dash before the first of its words is enough."""
    words: tuple[str, ...] | None = None
    """Its words, the first of which messages use; its name with dashes, if not given."""
    switches: Mapping[str, object] = field(default_factory=dict)
    """Words without a value, and the value that each stands for, its opposite last."""
    bare: object = None
    """What the word alone means; None if a value must follow."""
    choices: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    """What may be given, or among other things, or that by kind of layer."""
    in_help: bool = True
    """Whether help has a line for it; if not, the meaning of another names it."""
    is_file: bool = False
    """Whether a file may be given."""
    kinds: tuple[str, ...] = ()
    """The kinds of layers that have it; empty if all have."""
    prefix: str | None = None
    """What comes before a value in a file's name; None where it doesn't show in the file."""
    written: Callable[[Any], str] = str
    """A value's text, as it would be given on the command line."""
    short: Callable[[str], str] = lambda text: text.replace(":", "-")
    """That text as a part of a file's name."""

    @property
    def own_words(self) -> tuple[str, ...]:
        """The words that a value may follow."""
        if not self.metavar:
            return ()
        return (dashed(self.name),) if self.words is None else self.words

    @property
    def all_words(self) -> tuple[str, ...]:
        """These, and those without a value."""
        return *self.own_words, *self.switches

    @property
    def shows_in_file(self) -> bool:
        """Whether a file differs by it, so that its name should say so."""
        return self.prefix is not None or bool(self.switches)

    def is_for(self, kind: str) -> bool:
        """Return whether a kind of layer has it."""
        return not self.kinds or kind in self.kinds

    def meaning(self, kinds: Iterable[str]) -> str:
        """Return what it means for the first of these kinds that has it."""
        return next(iter(by_kind(self.help, kinds).values()), "")

    @property
    def in_python(self) -> str:
        """What it means, whatever the layer, in the words of a call."""
        text = self.help if isinstance(self.help, str) else next(iter(self.help.values()))
        return spelled(text, in_python)

    def default_in_words(self, kinds: Iterable[str]) -> str:
        """Return what help calls the default for layers of these kinds, if there is one."""
        if self.default_text:
            return in_short(by_kind(self.default_text, kinds))
        if self.default is None:
            return ""
        word = self._switch(self.default)
        if word or not self.metavar:  # a switch that is off needs no words
            return f"--{word}" if word else ""
        return self.written(self.default)

    def choices_for(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """Return what may be given for layers of these kinds."""
        if not isinstance(self.choices, Mapping):
            return self.choices
        return tuple(dict.fromkeys(word for kind in kinds for word in self.choices.get(kind, ())))

    def meant(self, word: str, given: bool = True) -> object:
        """Return the value that a *word* without one stands for, or its opposite."""
        value = self.switches[word]
        if given:
            return value
        return not value if isinstance(value, bool) else self.default

    def slug(self, value: object) -> str:
        """Return a value as a part of a file's name, in characters that every system takes."""
        return self._switch(value) or f"{self.prefix}{self.short(self.written(value))}"

    def arguments(self, value: object) -> tuple[str, ...]:
        """Return a value as words of the command line."""
        word = self._switch(value)
        if word:
            return (f"--{word}",)
        return f"--{self.own_words[0]}", self.written(value)

    def _switch(self, value: object) -> str:
        """Return the word that stands for a value, if there is one."""
        kind = type(value)  # True is no 1
        found = (x for x, is_ in self.switches.items() if type(is_) is kind and is_ == value)
        return next(found, "")


def option(default: T, read: Read, row: Parameter) -> T:
    """Return a dataclass's field with its row of the table, and what reads a value for it."""
    return field(default=default, metadata={"read": read, "row": row})


def numbers_row(name: str, words: tuple[str, ...], **how: Any) -> Parameter:
    """Return the row of numbers, which are a word, numbers or a file."""

    def short(text: str) -> str:
        return text if text in words else checksum(text)

    return Parameter(
        group=NUMBERS,
        metavar="NUMBERS",
        choices=words,
        is_file=True,
        prefix=f"{name}-",
        written=lambda given: given.text if isinstance(given, Numbers) else given,
        short=short,
        **how,
    )


def without_decimals(number: float) -> str:
    """Return a number's text, of a whole one without decimals."""
    return repr(number).removesuffix(".0")


def checksum(text: str) -> str:
    """Return what stands for a text in a file's name, where that may not have it as it is."""
    return f"{crc32(text.encode()):08x}"


def by_kind(text: ByKind, kinds: Iterable[str]) -> dict[str, str]:
    """Return the text for each of these kinds of layers that has one."""
    if isinstance(text, str):
        return dict.fromkeys(kinds, text)
    texts = {kind: text.get(kind, text.get("", "")) for kind in kinds}
    return {kind: found for kind, found in texts.items() if found}


def in_short(texts: Mapping[str, str]) -> str:
    """Return texts by kinds of layers in one: «standard 5, transposed 3»."""
    if len(set(texts.values())) <= 1:
        return next(iter(texts.values()), "")
    return ", ".join(f"{kind} {text}" for kind, text in texts.items())


Table = Mapping[str, Parameter]
"""Rows by their names in Python."""


def table(rows: Iterable[Parameter]) -> Table:
    """Return rows by their names."""
    return {row.name: row for row in rows}


def vocabulary(rows: Table) -> dict[str, str]:
    """Return the names of rows by each of their words."""
    return {word: name for name, row in rows.items() for word in row.all_words}


def dashed(name: str) -> str:
    """Return a name in Python as a word."""
    return name.replace("_", "-")


def on_the_command_line(rows: Table, name: str, value: str | None) -> str:
    """Return how a parameter is given on the command line, alone or with a value's text."""
    word, is_switch = _spelled(rows, name, value)
    return f"--{word}" if value is None or is_switch else f"--{word} {shlex.quote(value)}"


def in_a_spec(rows: Table, name: str, value: str | None) -> str:
    """Return how a parameter is given in a TOML file."""
    word, is_switch = _spelled(rows, name, value)
    if value is None:
        return word
    return f"{word} = {'true' if is_switch else _toml(value)}"


def _spelled(rows: Table, name: str, value: str | None) -> tuple[str, bool]:
    """Return the word for a parameter with a value, and whether that is in the word."""
    if name not in rows:
        return dashed(name), False
    row = rows[name]
    for word, meant in row.switches.items():
        if value == str(meant):
            return word, True
    return row.all_words[0], False


def _toml(value: str) -> str:
    """Return a value as TOML reads it."""
    return value.lower() if value in ("True", "False") else literal(value)
