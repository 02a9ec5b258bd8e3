"""The command that lists the formats of files."""

from collections.abc import Callable, Mapping

from conv_anim.cli.shell import Command, say
from conv_anim.formats.registry import FORMATS, Format

_COLUMNS: Mapping[str, Callable[[Format], str]] = {
    "file": lambda row: f"`{row.suffix}`",
    "animation": lambda row: _yes(row.has_frames),
    "still": lambda row: _yes(row.has_stills),
    "says how often": lambda row: _yes(row.most_plays > 0),
    "smooth": lambda row: ("unasked" if row.is_smooth else "asked") if row.has_frames else "",
    "transparent": lambda row: _yes(row.is_transparent),
    "follows the page": lambda row: _yes(row.follows_page),
    "needs": lambda row: f"`conv-anim[{row.extra}]`" if row.extra else "",
}


def _yes(has_it: bool) -> str:
    return "yes" if has_it else ""


def table() -> str:
    """Return what each format can hold, as a table that Markdown has, too."""
    rows = [[*_COLUMNS], *([cell(row) for cell in _COLUMNS.values()] for row in FORMATS.values())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * width for width in widths])
    lines = (
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(f"| {line} |" for line in lines)


def formats_command() -> Command:
    """Return the command."""
    return Command(
        "formats",
        callback=lambda: say(table()),
        help="""List the formats of files, and what each can hold.

        A suffix says which is written: conv-anim standard -o x.webp
        """,
    )
