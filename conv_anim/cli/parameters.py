"""The options of the commands, made from the tables of what may be given."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import click
from click.shell_completion import CompletionItem

from conv_anim import errors, option_table
from conv_anim.cli.arguments import completed
from conv_anim.core import parameter
from conv_anim.core.parameter import Parameter
from conv_anim.frameworks import parameters
from conv_anim.frameworks.parameters import TEXT

TABLE: parameter.Table = {**parameters.TABLE, TEXT.name: TEXT, **option_table.TABLE}
"""What may be given for a layer or a picture, by its name in Python."""

spelled = partial(parameter.on_the_command_line, TABLE)
"""How messages write a parameter."""


class TableOption(click.Option):
    """An option of a table, for layers of some kinds."""

    def __init__(self, row: Parameter, kinds: Iterable[str]) -> None:
        self.row = row
        self.kinds = tuple(kinds)
        self.group = row.group
        how: dict[str, Any] = {"is_flag": True}
        names = ["/".join(f"--{word}" for word in row.switches)]
        if row.metavar:
            names = [f"-{row.name}"] if row.letter else []
            names += [f"--{word}" for word in row.own_words]
            how = {"type": click.UNPROCESSED, "metavar": row.metavar}
            if row.bare is not None:
                how |= {"is_flag": False, "flag_value": row.bare, "metavar": f"[{row.metavar}]"}
        super().__init__([*names, row.name], default=None, help=self._help(), **how)
        if row.metavar:
            self.secondary_opts += [f"--{word}" for word in row.switches]

    def _help(self) -> str:
        """Return the meaning and the default."""
        meaning = errors.spelled(self.row.meaning(self.kinds), spelled)
        default = self.row.default_in_words(self.kinds)
        return f"{meaning}  [default: {default}]" if default else meaning

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """Add the words with a value, and those that stand for one."""
        super().add_to_parser(parser, ctx)
        if self.row.metavar:
            for word, value in self.row.switches.items():
                parser.add_option(
                    obj=self,
                    opts=[f"--{word}"],
                    dest=self.name,
                    action="store_const",
                    nargs=0,
                    const=value,
                )

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return its words and what they mean; of those for the same value, the first."""
        if not self.row.in_help:
            return None
        words = [", ".join(self.opts), *self.secondary_opts[:1]]
        if self.row.metavar:
            words[0] += f" {self.make_metavar(ctx)}"
        return " / ".join(words), self.help or ""

    def value(self, given: Any) -> object:
        """Return what a value that click gives means in Python."""
        if self.row.metavar:
            return given
        return self.row.meant(next(iter(self.row.switches)), given)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the words that may be given and begin so, and where files may be given, these."""
        found = completed(self.row.choices_for(self.kinds), incomplete)
        return [*found, CompletionItem(incomplete, type="file")] if self.row.is_file else found


def layer_options(kinds: tuple[str, ...]) -> list[TableOption]:
    """Return the options that say what a layer is, for layers of these *kinds*."""
    rows = [row for row in parameters.TABLE.values() if any(map(row.is_for, kinds))]
    return [TableOption(row, kinds) for row in (*rows, TEXT)]


def drawing_options(kind: str) -> list[TableOption]:
    """Return the options that say how to draw a kind of layer."""
    return [TableOption(row, (kind,)) for row in option_table.TABLE.values() if row.is_for(kind)]


def given(ctx: click.Context, options: Iterable[TableOption]) -> dict[str, object]:
    """Return the values of those options that the user gave, by their names in Python."""
    return {
        str(option.name): option.value(ctx.params[str(option.name)])
        for option in options
        if ctx.get_parameter_source(str(option.name)) == click.core.ParameterSource.COMMANDLINE
    }


def given_layer(
    ctx: click.Context, options: Iterable[TableOption]
) -> tuple[Mapping[str, object], str | None]:
    """Return the parameters of the layer that the user gave, and the text of a layer."""
    values = given(ctx, options)
    text = values.pop(TEXT.name, None)
    return values, None if text is None else str(text)
