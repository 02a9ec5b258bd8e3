"""The options of files, whatever is in them."""

from dataclasses import dataclass

from conv_anim.core import readers
from conv_anim.core.parameter import OUTPUT, Parameter, option

MAX_BYTES = 5_000_000
"""Code hosts show no larger pictures in their pages."""


@dataclass(frozen=True, kw_only=True)
class OutputOptions:
    """What may be given for its file."""

    max_bytes: int = option(
        MAX_BYTES,
        readers.whole(1_000, 1_000_000_000),
        Parameter(group=OUTPUT, help="Refuse to write a larger SVG or page.", metavar="N"),
    )
