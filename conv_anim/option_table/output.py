"""The options of files, whatever is in them."""

from dataclasses import dataclass

from conv_anim.core import readers
from conv_anim.core.parameter import OUTPUT, Parameter, option

LAST, ALL = "last", "all"
MAX_BYTES = 5_000_000
"""Code hosts show no larger pictures in their pages."""


@dataclass(frozen=True, kw_only=True)
class OutputOptions:
    """What may be given for its file."""

    still: int | str | None = option(
        None,
        readers.number_or((LAST, ALL)),
        Parameter(
            group=OUTPUT,
            help=f"One picture: the Nth, the {LAST}, or {ALL} in numbered files.",
            metavar="N",
            choices=(LAST, ALL),
            prefix="still-",
        ),
    )
    max_bytes: int = option(
        MAX_BYTES,
        readers.whole(1_000, 1_000_000_000),
        Parameter(group=OUTPUT, help="Refuse to write a larger SVG or page.", metavar="N"),
    )
