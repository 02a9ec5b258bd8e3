"""The formats that animations are written in, by suffix: a row for each.

A format is a module of this wing with a function ``write``, a ``Writer``, or with ``stills``, a
``StillWriter``, or both. It is loaded when a file is written.
"""

import os
from collections.abc import Callable, Iterable, Iterator
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


class StillWriter(Protocol):
    """What makes files of single frames."""

    def __call__(self, picture: "Picture", numbers: Iterable[int]) -> Iterator[bytes]:
        """Yield a file for each frame of these *numbers*, which count from 0 and only grow."""


GIF_PLAYS, WEBP_PLAYS = 65_536, 65_535
"""What their 16 bits can say; of options, no more than a GIF can is ever asked."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format of files, and what it can hold."""

    suffix: str
    """What its files' names end in, such as ``.gif``, in lower case."""
    name: str
    media_type: str
    module: str
    """The module of this wing that writes it, by ``write``, and stills by ``stills``."""
    has_frames: bool = True
    """Whether a file has every frame, not one alone."""
    has_stills: bool = False
    """Whether a file may be a single frame."""
    most_plays: int = 0
    """How often it can say that it is played, if it doesn't say without end; 0: it says nothing."""
    is_image: bool = True
    """Whether pages can show it as an image."""
    is_smooth: bool = False
    """Whether outlines glide from step to step unless the options say something else."""
    follows_page: bool = False
    """Whether its colours can be those of the page that it is on, light or dark."""
    is_vector: bool = False
    """Whether it can be made larger and stays sharp."""
    is_transparent: bool = False
    """Whether it can be without a background."""
    has_even_sides: bool = False
    """Whether a side of an odd number of pixels is one longer in it."""
    needs: str = ""
    """The module that an extra of ours installs and that has to be there."""
    extra: str = ""

    @property
    def word(self) -> str:
        """What it is called where no file is named."""
        return self.suffix.removeprefix(".")

    @property
    def in_words(self) -> str:
        """Its name with an article."""
        is_spelled = self.name.isupper()
        return f"{'an' if is_spelled and self.name[0] in 'AEFHILMNORSX' else 'a'} {self.name}"

    @property
    def writer(self) -> Writer:
        """What writes such files; it is loaded here."""
        write: Writer = import_module(f"conv_anim.formats.{self.module}").write
        return write

    @property
    def still_writer(self) -> StillWriter:
        """What makes files of single frames; it is loaded here."""
        stills: StillWriter = import_module(f"conv_anim.formats.{self.module}").stills
        return stills


DEFAULT = Format(
    suffix=".gif", name="GIF", media_type="image/gif", module="gif", most_plays=GIF_PLAYS
)
"""What animations are written in when nothing asks for another."""
WEBP = Format(
    suffix=".webp",
    name="WebP",
    media_type="image/webp",
    module="webp",
    most_plays=WEBP_PLAYS,
    is_transparent=True,
)
PNG = Format(
    suffix=".png",
    name="PNG",
    media_type="image/png",
    module="png",
    has_stills=True,
    most_plays=GIF_PLAYS,
    is_transparent=True,
)
"""What stills are written in when nothing asks for another."""
SVG = Format(
    suffix=".svg",
    name="SVG",
    media_type="image/svg+xml",
    module="svg",
    has_stills=True,
    most_plays=GIF_PLAYS,
    is_smooth=True,
    follows_page=True,
    is_transparent=True,
    is_vector=True,
)
HTML = Format(
    suffix=".html",
    name="page",
    media_type="text/html",
    module="html",
    most_plays=GIF_PLAYS,
    is_image=False,
    is_smooth=True,
    follows_page=True,
    is_vector=True,
)
MP4 = Format(
    suffix=".mp4",
    name="MP4",
    media_type="video/mp4",
    module="mp4",
    is_image=False,
    has_even_sides=True,
    needs="av",
    extra="video",
)
WEBM = Format(
    suffix=".webm",
    name="WebM",
    media_type="video/webm",
    module="webm",
    is_image=False,
    has_even_sides=True,
    needs="av",
    extra="video",
)
PDF = Format(
    suffix=".pdf",
    name="PDF",
    media_type="application/pdf",
    module="pdf",
    has_frames=False,
    has_stills=True,
    is_image=False,
    is_transparent=True,
    is_vector=True,
)


def unasked(*, is_still: bool) -> Format:
    """Return what is written when nothing asks for another."""
    return PNG if is_still else DEFAULT


FORMATS = {row.suffix: row for row in (DEFAULT, WEBP, PNG, SVG, HTML, MP4, WEBM, PDF)}


def words() -> list[str]:
    """Return what formats are called where no file is named."""
    return [row.word for row in FORMATS.values()]


def by_word(word: object) -> Format:
    """Return the format of a word, in any case; raise InputError when there is none."""
    return FORMATS[f".{choices.choice(word, 'format', words())}"]


def of_path(name: str | Path, word: str | None = None) -> Format:
    """Return the format that a file's name asks for, or, if it has no suffix, a *word*.

    Raises InputError when it is empty, a folder's, or ends in no suffix of ours, and when the word
    is that of another format.
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
    asked = None if word is None else by_word(word)
    if asked and not path.suffix:
        return asked
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        ending = f"ends in {quoted(path.suffix)}" if path.suffix else "has no extension"
        *most, last = FORMATS
        raise InputError(
            f"output {quoted(path)} {ending}: only {', '.join(most)} and {last} are written, "
            f"give a name such as {quoted((path.stem or 'x') + DEFAULT.suffix)}"
            f"{'' if path.suffix else ', or a ‹format›'}"
        )
    if asked not in (None, found):
        raise InputError(
            f"output {quoted(path)} ends in {quoted(path.suffix)}, and ‹format› is {asked.word}: "
            f"leave out ‹format›, or give a name such as {quoted(path.stem + asked.suffix)}"
        )
    return found
