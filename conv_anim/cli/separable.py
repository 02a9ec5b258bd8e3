"""What the command for separable convolutions has of its own: its sizes."""

from dataclasses import replace

from conv_anim.cli.parameters import TableOption
from conv_anim.core.separable import Separable
from conv_anim.core.standard import Standard
from conv_anim.frameworks import parameters

SEPARABLE = Separable.name
EXAMPLE = "--in-channels 3 --out-channels 4 --i 5 --k 3"
_OWN_DEFAULTS = dict(zip(("in_channels", "out_channels"), Separable.own_channels, strict=True))


def size_options() -> list[TableOption]:
    """Return the options of the sizes of both layers."""
    rows = [parameters.TABLE[name] for name in (*Separable.made_of, *parameters.SHORT_FOR)]
    rows = [
        replace(row, default=_OWN_DEFAULTS.get(row.name, row.default), default_text="")
        if row.name in _OWN_DEFAULTS
        else row
        for row in rows
    ]
    return [TableOption(row, (Standard.name,)) for row in rows]
