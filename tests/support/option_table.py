"""README's table of options, made from the tables of the package.

``python -m tests.support.option_table`` puts it there.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from conv_anim import errors
from conv_anim.cli.commands import make
from conv_anim.cli.parameters import TABLE, TableOption, spelled
from conv_anim.core.layers import KINDS
from conv_anim.core.network import Network
from conv_anim.core.parameter import Parameter, by_kind
from conv_anim.core.separable import Separable

README = Path(__file__).parent.parent.parent / "README.md"
SUBJECTS = (*KINDS, Network.name)
HEAD = "| option | meaning | default |\n|---|---|---|\n"


def written() -> str:
    """Return the table as README should have it."""
    options: dict[str, click.Option] = {}
    for kind in SUBJECTS:
        own = [option for option in make(kind).params if isinstance(option, click.Option)]
        options |= {str(option.name): options.get(str(option.name), option) for option in own}
    names = [*TABLE, *(name for name in options if name not in TABLE)]
    return HEAD + "".join(_row(options[name]) for name in names)


def _row(option: click.Option) -> str:
    words = [f"`{word}`" for word in (*option.opts, *option.secondary_opts)]
    meaning, _, default = (option.help or "").partition("  [default: ")
    default = default.removesuffix("]")
    if isinstance(option, TableOption):
        kinds = [kind for kind in KINDS if option.row.is_for(kind)] or [Network.name]
        meaning = errors.spelled(_meaning(option.row, kinds), spelled)
        default = option.row.default_in_words(kinds)
    return f"| {', '.join(words)} | {_cell(meaning.removesuffix('.'))} | {_cell(default)} |\n"


def _meaning(row: Parameter, kinds: list[str]) -> str:
    """Return what a row means, for all kinds of layers where there is one text for all."""
    if isinstance(row.help, Mapping) and "" not in row.help:
        texts = by_kind(row.help, kinds).items()
        return "; ".join(f"{kind}: {text.removesuffix('.')}" for kind, text in texts)
    text = row.help if isinstance(row.help, str) else row.help[""]
    named = [*kinds, Separable.name] if row.is_for(Separable.name) else kinds
    return text if len(kinds) == len(KINDS) else f"{', '.join(named)}: {text}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def in_readme(text: str) -> Iterator[str]:
    """Yield what is before README's table, the table, and what is after it."""
    before, _, rest = text.partition("\n" + HEAD + "| `-i`")
    rows = ("| `-i`" + rest).splitlines(keepends=True)
    count = next(at for at, row in enumerate(rows) if not row.startswith("|"))
    yield before + "\n"
    yield HEAD + "".join(rows[:count])
    yield "".join(rows[count:])


if __name__ == "__main__":
    before, _, after = in_readme(README.read_text("utf-8"))
    README.write_text(before + written() + after, "utf-8")
