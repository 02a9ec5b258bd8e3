"""The command line. Its help needs click alone; a command is made when it is asked for."""

import click
from click.shell_completion import CompletionItem

from conv_anim.cli.shell import Group
from conv_anim.version import __version__

COMMANDS = {
    "standard": "Draw a standard convolution.",
    "transposed": "Draw a transposed convolution.",
    "pool": "Draw a pooling layer.",
    "separable": "Draw a depthwise layer and a 1×1 layer after it.",
    "network": "Draw what the cells of a network see.",
    "gallery": "Make a whole set from a file, and a page to look at it.",
    "explain": "Explain the arithmetic of a layer, or of a network.",
    "formats": "List the formats of files, and what each can hold.",
}


class LazyGroup(Group):
    """A group that knows its commands' names, and loads them when one is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name == "gallery":
            from conv_anim.cli.gallery import gallery_command

            return gallery_command()
        if cmd_name == "formats":
            from conv_anim.cli.formats import formats_command

            return formats_command()
        from conv_anim.cli.commands import make

        return make(cmd_name)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands, of which none is loaded for it, and the options, that begin so."""
        found = [
            CompletionItem(name, help=what)
            for name, what in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands' names and what they do."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="""Make animations that explain convolution arithmetic.

    A kernel slides over an input grid and fills the output grid, cell by cell. It is not turned:
    layers cross-correlate, and call it convolution.

    \b
    Example:
      conv-anim standard --i 5 --k 3 --s 2
    """,
)
@click.version_option(__version__, "-V", "--version")
def cli() -> None:
    """Do nothing but give the commands a home."""
