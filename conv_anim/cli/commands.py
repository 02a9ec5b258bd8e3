"""The commands: what was asked for becomes a layer and drawing options, which others work on."""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from conv_anim.animation import Animation
from conv_anim.cli import networks, separable
from conv_anim.cli.arguments import PathOption, WordArgument, WordOption
from conv_anim.cli.parameters import drawing_options, given, given_layer, layer_options
from conv_anim.cli.shell import Command, Progress, printable, say, why
from conv_anim.core import choices
from conv_anim.core.layers import KINDS
from conv_anim.core.parse import shown
from conv_anim.errors import InputError, listed
from conv_anim.formats import registry as formats
from conv_anim.formats.registry import Format
from conv_anim.frameworks.build import build
from conv_anim.option_table.output import ALL
from conv_anim.request import requested, requested_network

SIZES = "A size is N, or 5x7: rows and columns."

LONG_MS = 60_000
"""From here on the printed line says how an animation gets shorter."""

DRAWN = {
    "standard": ("a standard convolution", "--i 5 --k 3 --s 2"),
    "transposed": ("a transposed convolution", "--i 3 --k 3 --p 1 --s 2 --theme dark"),
    "pool": ("a pooling layer, with numbers", "--mode max --i 6 --k 2"),
}


def drawing_command(kind: str, what: str, example: str) -> Command:
    """Return the command that draws layers of one kind."""
    sizes = layer_options((kind,))

    def made(ctx: click.Context, options: dict[str, Any]) -> Animation:
        return requested(kind, *given_layer(ctx, sizes), options)

    return _drawing(kind, f"Draw {what}.", example, sizes, made)


def network_command() -> Command:
    """Return the command that draws what the cells of a network see."""
    sizes = networks.size_options()

    def made(ctx: click.Context, options: dict[str, Any]) -> Animation:
        texts = networks.texts(ctx.params["layers"], ctx.params["model"])
        return requested_network(texts, given(ctx, sizes), options)

    layers = click.Argument(["layers"], nargs=-1, metavar="LAYER...")
    what = "Draw what the cells of a network see, layer by layer."
    params = [layers, *sizes, networks.model_option()]
    return _drawing(networks.NETWORK, what, networks.EXAMPLE, params, made)


def separable_command() -> Command:
    """Return the command that draws a depthwise layer and a 1×1 layer after it."""
    sizes = separable.size_options()

    def made(ctx: click.Context, options: dict[str, Any]) -> Animation:
        return requested(separable.SEPARABLE, given(ctx, sizes), None, options)

    what = "Draw a depthwise layer and a 1×1 layer after it."
    return _drawing(separable.SEPARABLE, what, separable.EXAMPLE, sizes, made)


def _drawing(
    name: str,
    what: str,
    example: str,
    subject: Sequence[click.Parameter],
    made: Callable[[click.Context, dict[str, Any]], Animation],
) -> Command:
    """Return a command that draws; *subject* says of what, and *made* returns its animation."""
    drawing = drawing_options(name)

    @click.pass_context
    def run(
        ctx: click.Context, /, output: str | None, format: str | None, quiet: bool, **_: Any
    ) -> None:
        options = given(ctx, drawing)
        row = _format(output, format, is_still=options.get("still") is not None)
        animation = made(ctx, options)
        animation.check_format(row)
        draw(animation, animation.name_in(row) if output is None else output, row, quiet)

    return Command(
        name,
        callback=run,
        params=[*subject, *drawing, *_output_options()],
        help=f"""\b
        {what} {SIZES}
        Example: conv-anim {name} {example}
        """,
    )


def _output_options() -> list[click.Option]:
    """Return the options of the commands that draw which say where to."""
    return [
        PathOption(
            ["-o", "--output"],
            metavar="PATH",
            help="The file; - is standard output.  [default: named by its options]",
        ),
        WordOption(
            ["--format"],
            formats.words(),
            metavar="WORD",
            help=f"Where no suffix says it: {listed(formats.words())}.",
        ),
        click.Option(["-q", "--quiet"], is_flag=True, help="Print nothing but errors."),
    ]


def _format(output: str | None, word: str | None, *, is_still: bool) -> Format:
    """Return the format that is asked for, by a path or by a word, which must say the same."""
    if output not in (None, "-"):
        return formats.of_path(output, word)
    return formats.unasked(is_still=is_still) if word is None else formats.by_word(word)


def draw(animation: Animation, output: str, row: Format, quiet: bool) -> None:
    """Write *animation* to the path *output*, or - for standard output, and say what was made."""
    to_stdout = output == "-"
    with Progress(len(animation), hidden=quiet) as progress:
        if to_stdout:
            n_bytes = _write_to_stdout(animation, row, progress)
        else:
            n_bytes = _save(animation, output, row, progress)
    if not quiet:
        name = output if to_stdout else str(animation.files(output)[0])
        say(_made(animation, printable(name), n_bytes, row), err=to_stdout)


def _is_played(animation: Animation, row: Format) -> bool:
    """Return whether what was made is an animation."""
    return animation.options.still is None and row.has_frames


def _length(animation: Animation, row: Format) -> tuple[str, ...]:
    """Return how much of an animation is in what was made."""
    still, n_frames = animation.options.still, len(animation)
    if _is_played(animation, row):
        frames = "1 frame" if n_frames == 1 else f"{n_frames} frames"
        return frames, f"{animation.duration_ms / 1000:g} s"
    if still == ALL:
        return (f"{n_frames} files up to number {n_frames}",)
    return (f"picture {still if isinstance(still, int) else n_frames} of {n_frames}",)


def _made(animation: Animation, name: str, n_bytes: int, row: Format) -> str:
    """Return the line that says what was made."""
    layer = animation.layer
    width, height = animation.size_in(row)
    facts = (
        *_length(animation, row),
        f"{layer.times(layer.i)} → {layer.times(layer.output_size)}",
        f"{width}×{height} px",
        f"{n_bytes:,} bytes",
    )
    remarks = [*animation.remarks_in(row)]
    if shown := animation.channels_text:
        remarks.append(shown)
    is_long = animation.duration_ms > LONG_MS and animation.options.duration is None
    if is_long and _is_played(animation, row):
        remarks.append("longer than a minute: --every shows fewer steps, --duration shorter ones")
    return "; ".join([f"{name}: {', '.join(facts)}", *remarks])


def _save(animation: Animation, output: str, row: Format, progress: Progress) -> int:
    """Write it to a file and return its size."""
    try:
        animation.save(output, progress.advance, row.word)
        return sum(path.stat().st_size for path in animation.files(output))
    except OSError as error:
        raise click.ClickException(f"{printable(output)} was not written: {why(error)}") from error


def _write_to_stdout(animation: Animation, row: Format, progress: Progress) -> int:
    """Write it to standard output and return its size."""
    if sys.stdout is None:
        raise InputError("standard output is closed: give -o a path, or open it")
    stream = sys.stdout.buffer
    if stream.isatty():
        raise InputError("standard output is a terminal: send -o - to a file or a pipe")
    data = animation.to_bytes(row.word, progress.advance)
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:  # who reads has seen enough
        raise
    except OSError as error:
        raise click.ClickException(
            f"standard output was not written whole: {why(error)}"
        ) from error
    return len(data)


def explain_command() -> Command:
    """Return the command that explains a layer, or a network, without drawing it."""
    kinds = tuple(KINDS)
    subjects = (*kinds, networks.NETWORK)
    sizes = layer_options(kinds)

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        kind: str | None,
        layers: tuple[str, ...],
        as_json: bool,
        compare: bool,
        model: str | None,
        cell: str | None,
        **_: Any,
    ) -> None:
        found = choices.find(kind, subjects)
        if kind is not None and found is None:
            raise InputError(f"the layer is {shown(kind)}: {choices.offer(kind, subjects)}")
        given_sizes = given_layer(ctx, sizes)
        if found == networks.NETWORK:
            if compare:
                raise InputError("‹compare› sets a layer against another: leave it out")
            texts = networks.texts(layers, model)
            say(networks.explained(texts, *given_sizes, cell, as_json=as_json))
            return
        for word, value in (("model", model), ("cell", cell)):
            if value is not None:
                raise InputError(
                    f"‹{word}› {shown(value)} has a meaning for a network alone: leave it out"
                )
        if layers:
            raise InputError(
                f"{shown(layers[0])} is more than the one layer that can be explained: leave it "
                f"out, or begin with network"
            )
        layer = build(found, *given_sizes)
        from conv_anim.explain import arithmetic, comparison  # they load NumPy: mistakes first

        words = comparison if compare else arithmetic
        say(json.dumps(words.facts(layer)) if as_json else words.text(layer))

    return Command(
        "explain",
        callback=run,
        params=[
            WordArgument("kind", subjects, required=False, metavar=f"[{'|'.join(subjects)}]"),
            click.Argument(["layers"], nargs=-1, metavar="[LAYER]..."),
            *sizes,
            networks.model_option(),
            click.Option(
                ["--cell"],
                metavar="R,C",
                help="Of a network: the input cells that this output cell sees.",
            ),
            click.Option(
                ["--compare"],
                is_flag=True,
                help="Print a table of the layer and its counterpart, standard against transposed.",
            ),
            click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON object."),
        ],
        help=f"""Explain the arithmetic of a layer, or of a network. {SIZES}

        \b
        Examples:
          conv-anim explain transposed --i 3 --k 3 --p 1 --s 2
          conv-anim explain network {networks.EXAMPLE}
        """,
    )


def make(name: str) -> Command:
    """Return the command of this name."""
    if name == "explain":
        return explain_command()
    if name == networks.NETWORK:
        return network_command()
    if name == separable.SEPARABLE:
        return separable_command()
    return drawing_command(name, *DRAWN[name])
