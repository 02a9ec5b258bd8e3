"""What can be written in which format, and stills in numbered files."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from conv_anim.core import signals
from conv_anim.core.parse import quoted
from conv_anim.errors import InputError, listed
from conv_anim.formats import atomic
from conv_anim.formats.registry import FORMATS, Format
from conv_anim.option_table.output import ALL, LAST
from conv_anim.options import Options

_OF_TIME = ("loop", "smooth", "step_ms", "duration", "hold_ms")
"""Options that mean nothing in a single picture."""


def check(options: Options, row: Format) -> None:
    """Raise InputError when a format can't hold what the options ask for."""
    if options.still is not None and not row.has_stills:
        raise _idle("still", options, f"in {row.in_words}, and can be", lambda row: row.has_stills)
    if options.still is not None or not row.has_frames:
        where = "with a still" if row.has_frames else f"in {row.in_words}, which is one picture"
        for name in _OF_TIME:
            if options.is_given(name):
                raise InputError(f"{options.written(name)} has no meaning {where}: leave it out")
    elif options.is_given("loop"):
        _check_plays(options, row)
    if options.is_transparent and not row.is_transparent:
        raise _idle(
            "background", options, f"in {row.in_words}, and can be", lambda row: row.is_transparent
        )
    if row.needs and find_spec(row.needs) is None:
        raise InputError(
            f"{row.in_words} needs PyAV, which python3 -m pip install 'conv-anim[{row.extra}]' "
            f"brings: install it, or give a name that ends in .webp"
        )


def _check_plays(options: Options, row: Format) -> None:
    if not row.most_plays:
        where = f"in {row.in_words}, which doesn't say how often it is played, and can be"
        raise _idle("loop", options, where, lambda row: row.most_plays > 0)
    if options.plays > row.most_plays:
        raise InputError(
            f"{options.written('loop')} is more than {row.in_words} can hold: give up to "
            f"‹loop={row.most_plays}›, or leave it out for no end"
        )


def _idle(name: str, options: Options, where: str, has_it: Callable[[Format], bool]) -> InputError:
    suffixes = listed([row.suffix for row in FORMATS.values() if has_it(row)])
    return InputError(
        f"{options.written(name)} has no meaning {where} in {suffixes}: leave it out, or write "
        f"one of those"
    )


def still_numbers(still: int | str | None, n_frames: int) -> Sequence[int]:
    """Return the frames that are written as stills, counted from 0."""
    if still == ALL:
        return range(n_frames)
    if not isinstance(still, int):
        return [n_frames - 1]
    if not 1 <= still <= n_frames:
        raise InputError(
            f"‹still› is {still}, and the last picture is number {n_frames}: give one from 1 to "
            f"{n_frames}, {LAST} or {ALL}"
        )
    return [still - 1]


def numbered(path: Path, n_files: int) -> list[Path]:
    """Return the paths of stills, ``x_01.pdf`` and so on, after the one that was given."""
    digits = max(2, len(str(n_files)))
    return [
        path.with_name(f"{path.stem}_{number:0{digits}}{path.suffix}")
        for number in range(1, n_files + 1)
    ]


def check_free(paths: Sequence[Path]) -> None:
    """Raise InputError when not all of these files can be new ones."""
    atomic.check_folder(paths[0].parent)
    there = [path for path in paths if os.path.lexists(path)]
    if there:
        others = f" and {len(there) - 1} more of its kind" if there[1:] else ""
        exist = "exist" if there[1:] else "exists"
        raise InputError(
            f"output {quoted(there[0])}{others} {exist} already, and ‹still={ALL}› replaces "
            f"nothing: remove what is there, or give another ‹output›"
        )


def save_new(paths: Sequence[Path], files: Iterator[bytes]) -> None:
    """Write new files, all of them or none."""
    made: list[Path] = []

    def remove() -> None:
        for path in made:
            with suppress(OSError):
                path.unlink()

    with signals.Duty(remove):
        try:
            for path, data in zip(paths, files, strict=True):
                with atomic.replacing(path, follow=False) as file:
                    file.write(data)
                made.append(path)
        except BaseException:
            remove()
            raise
