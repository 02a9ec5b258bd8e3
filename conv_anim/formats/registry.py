"""The formats that animations are written in, by suffix: a row for each.

A format is a module of this wing with a function ``write``, a ``Writer``. It is loaded when a
file is written.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from conv_anim.core import choices
from conv_anim.core.parse import quoted
from conv_anim.errors import InputError

if TYPE_CHECKING:
    from conv_anim.formats.picture import Picture


class Writer(Protocol):
    """What writes one format."""

    def __call__(
        self,
        file: BinaryIO,
        picture: "Picture",
        *,
        progress: Callable[[], None] | None = None,
    ) -> None:
        """Write *picture* to a binary file; call *progress* after every frame."""


@dataclass(frozen=True)
class Format:
    """One format of files, and what it can hold."""

    suffix: str
    """What its files' names end in, such as ``.gif``, in lower case."""
    name: str
    media_type: str
    module: str
    """The module of this wing that writes it."""
    has_frames: bool
    """Whether a file has every frame, not the last one alone."""
    has_loop: bool
    """Whether a file says how often it is played, as the animation's options ask."""
    is_image: bool = True
    """Whether pages can show it as an image."""
    is_smooth: bool = False
    """Whether outlines glide from step to step unless the options say something else."""
    follows_page: bool = False
    """Whether its colours can be those of the page that it is on, light or dark."""

    @property
    def word(self) -> str:
        """What it is called where no file is named."""
        return self.suffix.removeprefix(".")

    @property
    def writer(self) -> Writer:
        """What writes such files; it is loaded here."""
        write: Writer = import_module(f"conv_anim.formats.{self.module}").write
        return write


DEFAULT = Format(".gif", "GIF", "image/gif", "gif", has_frames=True, has_loop=True)
"""What is written when nothing asks for another; galleries have no other."""
SVG = Format(
    *(".svg", "SVG", "image/svg+xml", "svg"),
    has_frames=True,
    has_loop=True,
    is_smooth=True,
    follows_page=True,
)
HTML = Format(
    *(".html", "page", "text/html", "html"),
    has_frames=True,
    has_loop=True,
    is_image=False,
    is_smooth=True,
    follows_page=True,
)

FORMATS = {row.suffix: row for row in (DEFAULT, SVG, HTML)}


def words() -> list[str]:
    """Return what formats are called where no file is named."""
    return [row.word for row in FORMATS.values()]


def by_word(word: object) -> Format:
    """Return the format of a word, in any case; raise InputError when there is none."""
    return FORMATS[f".{choices.choice(word, 'format', words())}"]


def of_path(name: str | Path) -> Format:
    """Return the format that a file's name asks for.

    Raises InputError when it is empty, a folder's, or ends in no suffix of ours.
    """
    example = "x" + DEFAULT.suffix
    if not str(name):
        raise InputError(f"output is empty: give a file's name, such as {example!r}")
    if str(name).endswith(("/", os.sep)):
        raise InputError(
            f"output {quoted(name)} is a folder's name: add a file's, such as "
            f"{quoted(Path(name, example))}"
        )
    path = Path(name)
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        ending = f"ends in {quoted(path.suffix)}" if path.suffix else "has no extension"
        *most, last = FORMATS
        raise InputError(
            f"output {quoted(path)} {ending}: only {', '.join(most)} and {last} are written, "
            f"give a name such as {quoted((path.stem or 'x') + DEFAULT.suffix)}"
        )
    return found
