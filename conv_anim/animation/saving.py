"""Writing an animation, or its frames by themselves, in the formats that there are."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from conv_anim.animation import output
from conv_anim.animation.frames import Frames
from conv_anim.errors import InputError
from conv_anim.formats import atomic
from conv_anim.formats import registry as formats
from conv_anim.option_table.output import ALL
from conv_anim.options import Options

Progress = Callable[[], None]


class Saving(Frames):
    """What has pictures in every format, and options that say which of its frames are written."""

    options: Options

    @property
    def _on_paper(self) -> int:
        """The frame that is asked for, or the last one."""
        return output.still_numbers(self.options.still, len(self))[-1]

    def save(
        self, path: str | Path, progress: Progress | None = None, format: str | None = None
    ) -> Path:
        """Write a file in the format of its suffix, whole or not at all, and return *path*.

        A name without a suffix needs a *format*, a word such as ``"gif"``. With ``still="all"``
        these are ``files(path)``, which must be new, and none is *path*. *progress* is called
        after every frame. Raises ValueError when *path* has no suffix of ours or another one than
        *format*, its format can't hold what the options ask for or no file can be there, OSError
        when writing fails.
        """
        row = formats.of_path(path, format)
        self.check_format(row)
        if self.options.still == ALL:
            paths = self.files(path)
            output.check_free(paths)
            output.save_new(paths, self._stills(row, progress))
        else:
            with atomic.replacing(Path(path)) as file:
                self.write(file, row.word, progress)
        return Path(path)

    def files(self, path: str | Path) -> list[Path]:
        """Return the files that ``save`` writes."""
        found = Path(path)
        return output.numbered(found, len(self)) if self.options.still == ALL else [found]

    def check_format(self, row: formats.Format) -> None:
        """Raise InputError when a format can't hold what the options ask for."""
        output.check(self.options, row)

    @property
    def is_one_picture(self) -> bool:
        """Whether one of its frames is asked for, and no more."""
        return self.options.still not in (None, ALL)

    def still_in(self, format: str) -> bytes:
        """Return the one picture that is asked for, however long it would have been shown."""
        (data,) = self._stills(formats.by_word(format), None)
        return data

    def _stills(self, row: formats.Format, progress: Progress | None) -> Iterator[bytes]:
        """Yield the files of the frames that are wanted by themselves."""
        numbers = output.still_numbers(self.options.still, len(self))
        for data in row.still_writer(self.picture_in(row), numbers):
            yield data
            if progress:
                progress()

    def write(
        self, file: BinaryIO, format: str = formats.DEFAULT.word, progress: Progress | None = None
    ) -> None:
        """Write it to an open binary file, frame by frame, in a format such as ``"svg"``."""
        row = formats.by_word(format)
        self.check_format(row)
        if self.options.still == ALL:
            raise InputError(f"‹still={ALL}› makes several files: give ‹output› a name for them")
        if self.options.still is not None or not row.has_frames:
            file.writelines(self._stills(row, progress))
        else:
            row.writer(file, self.picture_in(row), progress=progress)

    def to_bytes(
        self, format: str = formats.DEFAULT.word, progress: Progress | None = None
    ) -> bytes:
        """Return the file as it would be saved, in a format such as ``"svg"``."""
        file = BytesIO()
        self.write(file, format, progress)
        return file.getvalue()
