"""The entries of a gallery, in the words of the command line, read and checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from conv_anim.animation import Animation
from conv_anim.core import choices
from conv_anim.core.arrays import Numbers
from conv_anim.core.layers import KINDS
from conv_anim.core.network import Network
from conv_anim.core.parse import shown
from conv_anim.core.separable import Separable
from conv_anim.drawing.auto import AUTO
from conv_anim.drawing.dark import DARK
from conv_anim.drawing.theme import THEMES
from conv_anim.errors import InputError, listed
from conv_anim.formats import atomic, registry
from conv_anim.formats.registry import Format
from conv_anim.frameworks import network_text, parameters
from conv_anim.gallery import asked
from conv_anim.gallery.asked import LAYER_WORDS, LAYERS, OPTION_WORDS, Words, spelled, text
from conv_anim.option_table.idle import where_idle
from conv_anim.option_table.output import ALL, LAST
from conv_anim.request import Reader
from conv_anim.views import registry as views

FORMAT = "format"
LISTS = FORMAT, LAYERS
"""The words of which a list is no sweep's."""

_OWN_WORDS = ("name", "section", "caption", "layer", LAYERS, "theme", FORMAT)
_NAMES = LAYER_WORDS | OPTION_WORDS
_KNOWN = [*_OWN_WORDS, *_NAMES]
_ALTERNATIVES = (
    {"to", "op"},
    {"step_ms", "duration"},
    {"c", "in_channels"},
    {"c", "out_channels"},
)
"""Names of which one replaces the others of the defaults."""

BOTH_THEMES = "both"
_BOTH = {theme: DARK.name if theme == DARK.name else AUTO.name for theme in THEMES}
MAX_LETTERS = {"title": 200, "section": 200, "caption": 2_000, "": 10_000}
"""How long a text may be, by its word; "" is any other."""
_MAX_LETTERS_OF_A_NAME = 100


@dataclass(frozen=True)
class Entry:
    """One animation of a gallery, in one theme or in several."""

    name: str
    section: str
    caption: str
    pictures: Mapping[str, Animation]
    """By the name of its theme; there is at least one, and they differ in nothing else."""
    formats: tuple[Format, ...] = (registry.DEFAULT,)
    """What it is written in, the one that pages show first."""

    @property
    def animation(self) -> Animation:
        """The first of the pictures, for what they have in common."""
        return next(iter(self.pictures.values()))

    @cached_property
    def files(self) -> Mapping[str, Animation]:
        """Its files by their names; what follows the page is one for light and dark ones."""
        return {
            f"{self.name}{ending}{row.suffix}": animation
            for row in self.formats
            for ending, animation in self._in(row)
        }

    def _in(self, row: Format) -> Iterator[tuple[str, Animation]]:
        """Yield the ends of its files' names in a format, and what is in the files."""
        if row.follows_page and len(self.pictures) > 1:
            yield "", self.animation
            return
        for theme, animation in self.pictures.items():
            yield "_dark" if theme == DARK.name else "", animation


@dataclass(frozen=True)
class Gallery:
    """A title, and what is to be made."""

    title: str
    entries: tuple[Entry, ...]
    source: str = ""
    """What identifies its spec and the files read for it, if it comes from one."""

    @property
    def files(self) -> dict[str, Animation]:
        """What is to be drawn, by the names of the files."""
        return {
            file: animation for entry in self.entries for file, animation in entry.files.items()
        }

    @property
    def reads(self) -> list[str]:
        """The files that numbers come from."""
        options = [entry.animation.options for entry in self.entries]
        given = [numbers for own in options for numbers in (own.input, own.kernel)]
        return sorted({x.text for x in given if isinstance(x, Numbers) and x.is_file})

    @property
    def sections(self) -> dict[str, list[Entry]]:
        """The entries by section, in the order in which sections are first named."""
        sections: dict[str, list[Entry]] = {"": []}  # what has none, comes first
        for entry in self.entries:
            sections.setdefault(entry.section, []).append(entry)
        return {name: entries for name, entries in sections.items() if entries}


def check_words(words: Words, where: str) -> None:
    """Raise InputError when a word is none of ours, or its text is too long."""
    for word, value in words.items():
        if word in ("output", "o", "out"):
            raise InputError(f"{where}: {word} has no meaning here: a file is called by its name")
        if word not in _KNOWN:
            raise InputError(f"{where}: {unknown(word, _KNOWN)}")
        for part in value if isinstance(value, list) else [value]:
            check_length(part, word, f"{where}: ")


def check_length(value: object, word: str, where: str) -> None:
    """Raise InputError when a text is longer than one may be; *where* ends in what is before."""
    most = MAX_LETTERS.get(word, MAX_LETTERS[""])
    if isinstance(value, str) and len(value) > most:
        way_out = "give a file" if word in ("input", "kernel") else "shorten it"
        raise InputError(f"{where}{word} has {len(value):,} letters, more than {most:,}: {way_out}")


def read_entry(words: Words, defaults: Words, where: str, folder: Path, read: Reader) -> Entry:
    """Return an entry, with *defaults* for words that it doesn't have.

    Files are in *folder*; *read* gives the numbers in them.
    """
    words = {**_fitting(defaults, words), **words}
    theme = words.get("theme", BOTH_THEMES)
    try:
        rows = _formats(words.get(FORMAT, registry.DEFAULT.word))
        ask = asked.asked(words, folder, read)
        options = asked.options(words)
        theme = choices.choice(theme, "theme", [AUTO.name, *THEMES, BOTH_THEMES])
        # What follows the page is of both; what can't be is light.
        themes = _BOTH if theme == BOTH_THEMES else {theme: theme}
        pictures = {theme: ask({**options, "theme": chosen}) for theme, chosen in themes.items()}
        for animation in pictures.values():
            _check_files(animation, rows)
            animation.forget()  # a spec may have thousands
    except InputError as error:
        raise InputError(f"{where}: {error.spelled(spelled)}") from error
    name = text(words["name"], f"{where}: name")
    if not atomic.is_safe(name) or len(name) > _MAX_LETTERS_OF_A_NAME:
        raise InputError(
            f"{where}: name is {shown(name)}: give a file's name for any system, of up to "
            f"{_MAX_LETTERS_OF_A_NAME} letters, digits, - and _"
        )
    caption = text(words.get("caption", ""), f"{where}: caption")
    check_length(caption, "caption", f"{where}: ")  # a sweep's is longer than what it was made of
    section = text(words.get("section", ""), f"{where}: section")
    return Entry(name, section, caption, pictures, rows)


def _check_files(animation: Animation, rows: Sequence[Format]) -> None:
    """Raise InputError when an entry's files can't be what its words ask for."""
    if animation.options.still == ALL:
        raise InputError(
            f"‹still={ALL}› makes several files, an entry has one a format: give a number or {LAST}"
        )
    for row in rows:
        animation.check_format(row)


def _formats(value: object) -> tuple[Format, ...]:
    """Return the formats of an entry, the one that pages show first."""
    words = value if isinstance(value, list) else [value]
    rows = dict.fromkeys(registry.by_word(text(word, FORMAT)) for word in words)
    if not any(row.is_image for row in rows):
        images = [row.word for row in registry.FORMATS.values() if row.is_image]
        raise InputError(
            f"format is {shown(value)}: give one or several of {listed(registry.words())}, among "
            f"them {listed(images)}, which the gallery shows"
        )
    return tuple(sorted(rows, key=lambda row: (not row.is_image, not row.follows_page)))


def _fitting(defaults: Words, words: Words) -> dict[str, object]:
    """Return the defaults that apply to an entry, without those that its own words replace."""
    kind = choices.find(words.get("layer", defaults.get("layer")), [*KINDS, Separable.name])
    if LAYERS in words or (LAYERS in defaults and "layer" not in words):
        kind = Network.name
    view = words.get("view", defaults.get("view", views.DEFAULT))
    own = {_NAMES.get(word, word) for word in words}
    own |= {name for names in _ALTERNATIVES if own & names for name in names}
    return {
        word: value
        for word, value in defaults.items()
        if _NAMES.get(word, word) not in own and _applies(word, kind, view)
    }


def _applies(word: str, kind: str | None, view: object) -> bool:
    """Return whether a word has a meaning for an entry; a layer's text has its own sizes."""
    if word in LAYER_WORDS:
        row = parameters.TABLE[LAYER_WORDS[word]]
        if kind == Network.name:
            return row.name in network_text.OWN
        return row.name == "i" if kind is None else row.is_for(kind)
    if word in ("layer", LAYERS):
        return (kind == Network.name) == (word == LAYERS)
    return word not in OPTION_WORDS or not where_idle(OPTION_WORDS[word], kind, view)


def unknown(word: str, known: Sequence[str], instead: str = "") -> str:
    """Return a complaint about a word, what there is *instead*, and one that may be meant."""
    meant = instead + choices.meant(word.replace("_", "-"), known, ";" if instead else ":")
    return f"{short(word) if word.isidentifier() else shown(word)} is not known{meant}"


def short(word: str) -> str:
    """Return a word, or the beginning of one that is too long for a message."""
    return word if len(word) <= 40 else f"{word[:36]}…"
