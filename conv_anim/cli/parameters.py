"""The options of the commands, made from the defaults of what they fill in."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from conv_anim import fit
from conv_anim.build import KINDS, WORDS
from conv_anim.layer import Layer
from conv_anim.options import MAX_MS, MIN_MS, Options
from conv_anim.padding import CONVENTIONS, TORCH
from conv_anim.theme import THEMES

# letter: meaning for a standard layer, for a transposed one
_MEANINGS = {
    "i": ("Input size: cells along an axis.", ""),
    "k": ("Kernel size: taps along an axis.", ""),
    "p": (
        "Padding: zeros added on each side; 0:1 before and after; or same, valid, half, full.",
        "Padding: cells cropped from each side of the full output; 0:1 before and after; "
        "or half, full.",
    ),
    "s": ("Stride.", ""),
    "d": ("Dilation: distance between taps.", ""),
    "op": ("", "Output padding: rows and columns added at bottom and right."),
}


def layer_options(kinds: tuple[str, ...]) -> list[click.Option]:
    """Return the options that say what a layer is, for layers of these *kinds*."""
    defaults = [KINDS[kind]() for kind in kinds]
    options = []
    for letter, meanings in _MEANINGS.items():
        if letter == "op" and "transposed" not in kinds:
            continue
        meaning = (
            meanings[0] if "standard" in kinds and meanings[0] else meanings[-1] or meanings[0]
        )
        options.append(
            click.Option(
                [f"-{letter}", f"--{letter}", f"--{WORDS[letter]}", letter],
                default=_default(defaults, letter),
                show_default=True,
                metavar="N",
                help=meaning,
            )
        )
    if "standard" in kinds:
        options.append(
            click.Option(
                ["--convention"],
                default=TORCH,
                show_default=True,
                metavar="|".join(CONVENTIONS),
                help="Whose «same» --p same is: PyTorch's or TensorFlow's.",
            )
        )
    if "transposed" in kinds:
        options.append(
            click.Option(
                ["--to"],
                metavar="N",
                help="The output size that is wanted, instead of --op.",
            )
        )
    return [
        *options,
        click.Option(["--1d", "ndim"], is_flag=True, help="One axis: a strip of cells."),
        click.Option(
            ["--layer", "text"],
            metavar="TEXT",
            help="Take the sizes from the text of a PyTorch layer, "
            'such as "nn.Conv2d(16, 33, 3, stride=2)".',
        ),
    ]


def _default(defaults: Sequence[Layer], letter: str) -> str:
    """Return the default of a size, or both where two kinds of layers differ."""
    texts = [layer.written(getattr(layer, letter)) for layer in defaults if hasattr(layer, letter)]
    if len(set(texts)) == 1:
        return texts[0]
    return ", ".join(f"{text} {layer.name}" for text, layer in zip(texts, defaults, strict=True))


def given(ctx: click.Context, kinds: tuple[str, ...]) -> tuple[Mapping[str, Any], str | None]:
    """Return the parameters of the layer that the user gave, and the text of a layer."""
    values = {
        str(option.name): ctx.params[str(option.name)]
        for option in layer_options(kinds)
        if ctx.get_parameter_source(str(option.name)) == click.core.ParameterSource.COMMANDLINE
    }
    text = values.pop("text", None)
    if "ndim" in values:
        values["ndim"] = 1
    return values, text


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
        click.Option(
            ["--frames"],
            metavar="A:B",
            help="Show the steps from A to B only, counted from 1.  [default: all]",
        ),
        option(
            "--every",
            "N",
            "Of these, show the first and every Nth after it; those between fill cells unseen.",
        ),
        option(
            "--max-frames", "N", "Refuse to draw more frames than this; see --frames and --every."
        ),
        click.Option(["-q", "--quiet"], is_flag=True, help="Print nothing but errors."),
    ]
