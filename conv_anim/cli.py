"""The command line: options become a layer and drawing options, mistakes become one sentence.

Only click and the standard library are loaded until something is drawn.
"""

import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO, Any

import click

from conv_anim import fit
from conv_anim.animation import Animation, animate
from conv_anim.errors import InputError
from conv_anim.layer import Layer, Standard, Transposed
from conv_anim.options import MAX_MS, MIN_MS, Options
from conv_anim.parse import MAX_SIZE
from conv_anim.theme import THEMES

INTERRUPTED = 130  # what shells report for a command ended by Ctrl-C
PATIENCE_S = 1.0


class Mistake(click.UsageError):
    """A mistake of the user's: one sentence, exit status 2."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence alone, without the usage lines that click adds."""
        click.echo(f"Error: {self.format_message()}", file=file, err=True)


class Command(click.Command):
    """A command whose mistakes are one sentence each."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, with click's own complaints in our form."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _in_one_sentence(error, ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run, with our errors as exit statuses: 2 mistake, 1 failure, 130 interrupted."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            raise Mistake(str(error), ctx) from error
        except BrokenPipeError:
            raise  # click ends quietly when the reader has gone
        except OSError as error:
            reason = error.strerror or str(error)
            raise click.ClickException(f"the file could not be written: {reason}") from error
        except KeyboardInterrupt:
            click.echo("Interrupted: nothing was written.", err=True)
            ctx.exit(INTERRUPTED)


class Group(click.Group):
    """The same for the command that the others belong to."""

    command_class = Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, with click's own complaints in our form."""
        try:
            return super().parse_args(ctx, args)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise _in_one_sentence(error, ctx) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, with click's complaint in our form."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise _in_one_sentence(error, ctx) from error


def _in_one_sentence(error: click.UsageError, ctx: click.Context) -> Mistake:
    message = error.format_message().rstrip(".")
    return Mistake(f"{message}: see {ctx.command_path} --help", ctx)


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Make animated GIFs that explain convolution arithmetic.

    A kernel slides over an input grid and fills the output grid, cell by cell.

    \b
    Example:
      conv-anim standard --i 5 --k 3 --s 2
    """,
)
@click.version_option(package_name="conv-anim")
def cli() -> None:
    """Do nothing but give the commands a home."""


def layer_options(layer: Layer) -> list[click.Option]:
    """Return the options for a layer's sizes; *layer* has the defaults."""
    padding = {
        "standard": "Padding: zeros added on each side.",
        "transposed": "Padding: cells cropped from each side of the full output.",
    }
    words = {
        "i": ("input-size", "Input size: cells along an axis."),
        "k": ("kernel-size", "Kernel size: taps along an axis."),
        "p": ("padding", padding[layer.name]),
        "s": ("stride", "Stride."),
    }
    return [
        click.Option(
            [f"-{letter}", f"--{letter}", f"--{word}", letter],
            default=layer.written(getattr(layer, letter)),
            show_default=True,
            metavar="N",
            help=help_text,
        )
        for letter, (word, help_text) in words.items()
    ]


def drawing_options() -> list[click.Option]:
    """Return the options that say how to draw, the same for every drawing command."""
    default = Options()
    milliseconds = f"a multiple of 10 from {MIN_MS} to {MAX_MS}"

    def option(name: str, metavar: str, help_text: str) -> click.Option:
        field = name.removeprefix("--").replace("-", "_")
        shown = str(getattr(default, field))
        return click.Option(
            [name], default=shown, show_default=True, metavar=metavar, help=help_text
        )

    return [
        click.Option(
            ["-o", "--output"],
            metavar="PATH",
            help="Where to write the GIF; - is standard output.  "
            "[default: a name made from the options, in the current folder]",
        ),
        option("--theme", "|".join(THEMES), "Colours."),
        option(
            "--width",
            "PX",
            "The widest that the canvas may get, in pixels, "
            f"from {fit.MIN_WIDTH_PX} to {fit.MAX_WIDTH_PX}.",
        ),
        option("--step-ms", "MS", f"How long each step is shown, {milliseconds}."),
        option("--hold-ms", "MS", f"How long the last step is shown, {milliseconds}."),
        click.Option(
            ["--loop/--once"],
            default=default.loop,
            show_default=True,
            help="Start again after the end, or stop there.",
        ),
        option("--max-frames", "N", "Refuse to draw more frames than this."),
        click.Option(["-q", "--quiet"], is_flag=True, help="Print nothing but errors."),
    ]


def drawing_command(layer_type: Callable[..., Layer], example: str) -> Command:
    """Return the command that draws layers of one kind."""
    default = layer_type()
    sizes = layer_options(default)
    letters = [str(option.name) for option in sizes]

    def run(output: str | None, quiet: bool, **values: Any) -> None:
        layer = layer_type(**{letter: values.pop(letter) for letter in letters})
        animation = animate(layer, **values)
        draw(animation, output or animation.default_name, quiet)

    return Command(
        default.name,
        callback=run,
        params=[*sizes, *drawing_options()],
        help=f"""Draw a {default.name} convolution.

        Sizes are whole numbers up to {MAX_SIZE}.

        \b
        Example:
          conv-anim {default.name} {example}
        """,
        short_help=f"Draw a {default.name} convolution.",
    )


def draw(animation: Animation, output: str, quiet: bool) -> None:
    """Write *animation* to the path *output*, or - for standard output, and say what was made."""
    to_stdout = output == "-"
    with Progress(len(animation), hidden=quiet) as progress:
        if to_stdout:
            n_bytes = _write_to_stdout(animation, progress)
        else:
            n_bytes = animation.save(output, progress.advance).stat().st_size
    if not quiet:
        layer = animation.layer
        frames = "1 frame" if len(animation) == 1 else f"{len(animation)} frames"
        click.echo(
            f"{click.format_filename(output)}: {frames}, "
            f"{layer.times(layer.i)} → {layer.times(layer.output_size)}, "
            f"{animation.size[0]}×{animation.size[1]} px, {n_bytes:,} bytes",
            err=to_stdout,
        )


def _write_to_stdout(animation: Animation, progress: "Progress") -> int:
    """Write the GIF to standard output and return its size."""
    stream = sys.stdout.buffer
    if stream.isatty():
        raise InputError("standard output is a terminal: send -o - to a file or a pipe")
    gif = animation.to_bytes(progress.advance)
    stream.write(gif)
    stream.flush()
    return len(gif)


class Progress:
    """A progress bar on standard error that appears when the work takes a while on a terminal."""

    def __init__(self, length: int, hidden: bool) -> None:
        self._length = length
        self._hidden = hidden or not sys.stderr.isatty()
        self._begun = time.monotonic()
        self._done = 0
        self._bar: Any = None  # click does not export the type
        self._stack = ExitStack()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def advance(self) -> None:
        """Note that one more frame is drawn and encoded."""
        self._done += 1
        if self._hidden or time.monotonic() - self._begun < PATIENCE_S:
            return
        if self._bar is None:
            bar = click.progressbar(length=self._length, label="Drawing", file=sys.stderr)
            self._bar = self._stack.enter_context(bar)
        self._bar.update(self._done - self._bar.pos)


cli.add_command(drawing_command(Standard, "--i 5 --k 3 --s 2"))
cli.add_command(drawing_command(Transposed, "--i 3 --k 3 --p 1 --s 2 --theme dark"))


def main() -> None:
    """Run the command line."""
    # So that a terminated command cleans up as an interrupted one does.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    cli(prog_name="conv-anim")
