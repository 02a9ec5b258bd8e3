"""Make a gallery: draw what has changed, anywhere, and write files and pages here."""

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from conv_anim.animation import Animation
from conv_anim.core.arrays import Numbers
from conv_anim.core.parse import shown
from conv_anim.errors import InputError
from conv_anim.formats import atomic
from conv_anim.formats import registry as formats
from conv_anim.gallery import page
from conv_anim.gallery.entries import Gallery
from conv_anim.gallery.manifest import NAME, PAGES, Manifest, Record, made_from
from conv_anim.gallery.work import drawn
from conv_anim.version import __version__

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

IN_FLIGHT = 64


def make(
    gallery: Gallery,
    folder: str | Path,
    executor: "Executor",
    *,
    in_flight: int = IN_FLIGHT,
    force: bool = False,
) -> "GalleryBuild":
    """Make what has changed of a gallery, and its pages.

    Parameters
    ----------
    gallery
        From ``conv_anim.gallery.read``.
    folder
        Where the files go; it is made if need be.
    executor
        Any of ``concurrent.futures``'s kind. It draws; files are written here, so that its
        workers may be on machines that share no folder.
    in_flight
        How many drawings are handed to it at a time.
    force
        Whether everything is made anew; what others have made stays, even then.

    Returns
    -------
    GalleryBuild
        What was made, what failed, and which orphans there are.

    Raises
    ------
    ValueError
        When *folder* is no place for a gallery, or has files of the same names that others made.
    """
    build = GalleryBuild(gallery, folder, force=force)
    build.draw(executor, in_flight=in_flight)
    build.publish()
    return build


class GalleryBuild:
    """A gallery on its way into a folder."""

    def __init__(self, gallery: Gallery, folder: str | Path, *, force: bool = False) -> None:
        self.gallery = gallery
        self.folder = Path(folder)
        _check_folder(self.folder)
        page.check_files(self.folder)
        # Before the manifest is read: a file that another run adds meanwhile has its record.
        present = [file for file in gallery.files if _is_regular(self.folder / file)]
        self._manifest = Manifest(self.folder)
        self._check_whose(present)
        self._prints: dict[tuple[int, ...], str] = {}  # of numbers from files, by their identity
        self.todo: dict[str, Animation] = {
            file: animation
            for file, animation in gallery.files.items()
            if force or not self._manifest.is_current(file, self._made_from(animation))
        }
        """What is still to be drawn, by the names of the files."""
        self.unchanged = len(gallery.files) - len(self.todo)
        self.made: list[str] = []
        self.failed: dict[str, InputError] = {}
        """Why a file was not made, by its name."""

    def _check_whose(self, present: Iterable[str]) -> None:
        """Raise InputError when files to be replaced were not made by us."""
        foreign = [file for file in present if not self._manifest.knows(file)]
        if foreign:  # the manifest may be lost
            foreign = sorted({*foreign} - page.pictures(self.folder))
        if not foreign and self._manifest.is_foreign and not page.pictures(self.folder):
            foreign = [NAME]
        if not foreign:
            return
        names = [repr(str(self.folder / file)) for file in foreign[:3]]
        if len(foreign) > len(names):
            names.append(f"{len(foreign) - len(names)} more")
        was, them = ("was", "it") if len(foreign) == 1 else ("were", "them")
        way_out = "" if foreign == [NAME] else " or other names"
        raise InputError(
            f"{', '.join(names)} {was} not made by conv-anim gallery, which does not replace "
            f"{them}, even with ‹force›: move {them}, or give another ‹output›{way_out}"
        )

    def _made_from(self, animation: Animation) -> Record:
        """Return everything that a file depends on."""
        options = animation.options
        files = [x for x in (options.input, options.kernel) if isinstance(x, Numbers) and x.is_file]
        key = tuple(map(id, files))  # they are large, and many entries may share them
        if files and key not in self._prints:
            self._prints[key] = f"{crc32(repr([x.filters for x in files]).encode()):08x}"
        return made_from(animation.command, options.palette.name, self._prints.get(key, ""))

    @property
    def orphans(self) -> list[str]:
        """The files that an earlier run made or left unfinished, and that are not in the spec."""
        files = self.gallery.files
        known = [file for file in self._manifest.files if file not in files]
        return known + [path.name for path in atomic.abandoned(self.folder)]

    def draw(
        self,
        executor: "Executor",
        *,
        in_flight: int = IN_FLIGHT,
        progress: Callable[[], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> None:
        """Draw what is in ``todo``, and write each file when it is ready.

        Drawings that an executor loses because it breaks down stay in ``todo``, unless only one
        was in flight. *progress* is called after every file, and *check* every second in which none
        is ready; it may raise an exception, for instance when a cluster is gone. Raises OSError
        when the folder cannot be made.
        """
        from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait

        self.folder.mkdir(parents=True, exist_ok=True)
        waiting = iter(self._groups())
        running: dict[Future[list[bytes]], list[str]] = {}
        broken = False
        while True:
            broken = broken or not self._submit(
                islice(waiting, in_flight - len(running)), executor, running
            )
            if not running:
                return
            done, _ = wait(running, timeout=1, return_when=FIRST_COMPLETED)
            if check and not done:
                check()
            for future in done:
                files = running.pop(future)
                try:
                    pictures = future.result()
                except BrokenExecutor:
                    broken = True
                    if in_flight > 1:
                        continue
                    self._fail(files, InputError("the process that drew it ended abruptly"))
                except InputError as error:  # too large for its format, for instance
                    self._fail(files, error)
                except Exception as error:
                    self._fail(files, InputError(f"{type(error).__name__}: {error}"))
                else:
                    for file, data in zip(files, pictures, strict=True):
                        self._place(file, data)
                for _ in files:
                    if progress:
                        progress()

    def _groups(self) -> list[list[str]]:
        """Return the files to draw, an entry's together: they have most of their texts in common.

        The longest come first, so that all workers are busy until about the end.
        """
        groups = [
            [file for file in entry.files if file in self.todo] for entry in self.gallery.entries
        ]
        return sorted(
            filter(None, groups), key=lambda files: -sum(len(self.todo[file]) for file in files)
        )

    def _submit(
        self,
        groups: Iterable[list[str]],
        executor: "Executor",
        running: "dict[Future[list[bytes]], list[str]]",
    ) -> bool:
        """Submit drawings to an executor; return whether it accepted them."""
        from concurrent.futures import BrokenExecutor

        for files in groups:
            pictures = [
                (self.todo[file].layer, self.todo[file].options, formats.of_path(file).word)
                for file in files
            ]
            try:
                future = executor.submit(drawn, pictures, __version__)
            except BrokenExecutor:
                return False
            running[future] = files
        return True

    def _place(self, file: str, data: bytes) -> None:
        try:
            with atomic.replacing(self.folder / file, follow=False) as target:
                target.write(data)
                self._manifest.add(file, self._made_from(self.todo[file]), data)
        except OSError as error:
            self._fail([file], InputError(error.strerror or str(error)))
        except InputError as error:  # something else is there
            self._fail([file], error)
        else:
            del self.todo[file]
            self.made.append(file)

    def _fail(self, files: Iterable[str], reason: InputError) -> None:
        for file in files:
            self.failed[file] = reason
            del self.todo[file]

    def publish(self) -> None:
        """Write the pages and the manifest, with what could be made."""
        missing = {*self.failed, *self.todo}
        entries = tuple(entry for entry in self.gallery.entries if not missing & {*entry.files})
        page.write(Gallery(self.gallery.title, entries), self.folder)
        gallery = self.gallery
        self._manifest.save(gallery.files, gallery.source, gallery.reads, PAGES)

    def prune(self) -> list[str]:
        """Remove the orphans and return their names; what others have changed since stays."""
        files = self.gallery.files
        made = [
            file
            for file in self._manifest.files
            if file not in files and self._manifest.is_whole(file)
        ]
        orphans = made + [path.name for path in atomic.abandoned(self.folder)]
        for file in orphans:
            self._manifest.remove(file)
        return orphans


def _is_regular(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _check_folder(folder: Path) -> None:
    """Raise InputError when *folder* is no place for files."""
    nearest = folder
    try:
        while not (nearest.exists() or nearest.is_symlink()) and nearest != nearest.parent:
            nearest = nearest.parent
    except OSError as error:
        raise InputError(
            f"output folder {shown(str(folder))} cannot be: {error.strerror}; give another ‹output›"
        ) from error
    if nearest.is_symlink() and not nearest.exists():
        raise InputError(f"output folder {str(nearest)!r} is a link to nothing: give another -o")
    atomic.check_folder(nearest)
    manifest = folder / NAME
    if manifest.is_symlink() or (manifest.exists() and not manifest.is_file()):
        raise InputError(
            f"{str(manifest)!r} is not a regular file: move it, or give another ‹output›"
        )
