"""The commands: what was asked for becomes a layer and drawing options, which others work on."""

import json
import sys
from typing import Any

import click

from conv_anim.animation import Animation
from conv_anim.build import KINDS, build
from conv_anim.cli.parameters import drawing_options, given, is_given, layer_options
from conv_anim.cli.shell import Command, Progress, printable, say
from conv_anim.errors import InputError
from conv_anim.parse import MAX_SIZE
from conv_anim.request import requested

SIZES = f"A size is a whole number up to {MAX_SIZE} for both axes, or 5x7 for rows and columns."

DRAWN = {
    "standard": ("a standard convolution", "--i 5 --k 3 --s 2"),
    "transposed": ("a transposed convolution", "--i 3 --k 3 --p 1 --s 2 --theme dark"),
    "pool": ("a pooling layer, with numbers", "--mode max --i 6 --k 2"),
}


def drawing_command(kind: str, what: str, example: str) -> Command:
    """Return the command that draws layers of one kind."""
    sizes, drawing = layer_options((kind,)), drawing_options(kind)

    @click.pass_context
    def run(ctx: click.Context, /, output: str | None, quiet: bool, **values: Any) -> None:
        options = {
            str(option.name): values[str(option.name)]
            for option in drawing
            if option.name in values and is_given(ctx, option)
        }
        animation = requested(kind, *given(ctx, (kind,)), options)
        draw(animation, animation.default_name if output is None else output, quiet)

    return Command(
        kind,
        callback=run,
        params=[*sizes, *drawing],
        help=f"""Draw {what}.

        {SIZES}

        \b
        Example:
          conv-anim {kind} {example}
        """,
    )


def draw(animation: Animation, output: str, quiet: bool) -> None:
    """Write *animation* to the path *output*, or - for standard output, and say what was made."""
    to_stdout = output == "-"
    with Progress(len(animation), hidden=quiet) as progress:
        if to_stdout:
            n_bytes = _write_to_stdout(animation, progress)
        else:
            n_bytes = _save(animation, output, progress)
    if not quiet:
        layer = animation.layer
        frames = "1 frame" if len(animation) == 1 else f"{len(animation)} frames"
        say(
            f"{printable(output)}: {frames}, "
            f"{layer.times(layer.i)} → {layer.times(layer.output_size)}, "
            f"{animation.size[0]}×{animation.size[1]} px, {n_bytes:,} bytes"
            f"{'; ' if layer.shown_channels else ''}{layer.shown_channels_text}",
            err=to_stdout,
        )


def _save(animation: Animation, output: str, progress: Progress) -> int:
    """Write the GIF to a file and return its size."""
    try:
        return animation.save(output, progress.advance).stat().st_size
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(f"{printable(output)} was not written: {reason}") from error


def _write_to_stdout(animation: Animation, progress: Progress) -> int:
    """Write the GIF to standard output and return its size."""
    if sys.stdout is None:
        raise InputError("standard output is closed: give -o a path, or open it")
    stream = sys.stdout.buffer
    if stream.isatty():
        raise InputError("standard output is a terminal: send -o - to a file or a pipe")
    gif = animation.to_bytes(progress.advance)
    stream.write(gif)
    stream.flush()
    return len(gif)


def explain_command() -> Command:
    """Return the command that explains a layer without drawing it."""
    kinds = tuple(KINDS)

    @click.pass_context
    def run(
        ctx: click.Context, /, kind: str | None, as_json: bool, compare: bool, **values: Any
    ) -> None:
        if kind is not None and kind not in KINDS:
            raise InputError(f"the layer is {kind!r}: give {', '.join(kinds)}")
        layer = build(kind, *given(ctx, kinds))
        from conv_anim import compare as both
        from conv_anim import explain  # they load NumPy, so mistakes come first

        words = both if compare else explain
        say(json.dumps(words.facts(layer)) if as_json else words.text(layer))

    return Command(
        "explain",
        callback=run,
        params=[
            click.Argument(["kind"], required=False, metavar="|".join(kinds)),
            *layer_options(kinds),
            click.Option(
                ["--compare"],
                is_flag=True,
                help="Print a table of the layer and its counterpart, standard against transposed.",
            ),
            click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON object."),
        ],
        help=f"""Explain the arithmetic of a layer, step by step, with its numbers.

        {SIZES}

        \b
        Example:
          conv-anim explain transposed --i 3 --k 3 --p 1 --s 2
        """,
    )


def make(name: str) -> Command:
    """Return the command of this name."""
    if name == "explain":
        return explain_command()
    return drawing_command(name, *DRAWN[name])
