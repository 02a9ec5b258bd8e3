"""The options of a picture, one entry each, from which all that is said of them follows."""

from dataclasses import dataclass, fields, replace

from conv_anim.core.parameter import Table, table
from conv_anim.option_table.channels import ChannelOptions
from conv_anim.option_table.numbers import NumberOptions
from conv_anim.option_table.output import OutputOptions
from conv_anim.option_table.picture import PictureOptions
from conv_anim.option_table.time import TimeOptions


@dataclass(frozen=True, kw_only=True)
class OptionTable(OutputOptions, TimeOptions, NumberOptions, ChannelOptions, PictureOptions):
    """What may be given for a picture; an entry is a name, its type, its default and its row.

    Raises
    ------
    ValueError
        When a value is out of range or not of its kind.
    """

    def __post_init__(self) -> None:
        for entry in fields(self):
            value = entry.metadata["read"](getattr(self, entry.name), entry.name)
            object.__setattr__(self, entry.name, value)


TABLE: Table = table(
    replace(entry.metadata["row"], name=entry.name, default=entry.default)
    for entry in fields(OptionTable)
)
"""The rows by the names of the options."""
