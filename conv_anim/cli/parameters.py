"""The options of the commands, made from the defaults of what they fill in."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from conv_anim import fit, padding, pool, sources
from conv_anim.build import KINDS, WORDS
from conv_anim.numerals import MAX_DIGITS
from conv_anim.options import MAX_MS, MIN_MS, Options
from conv_anim.theme import THEMES
from conv_anim.views import DEFAULT, VIEWS, meaning

# letter: its meaning for each kind of layer that has it
_MEANINGS = {
    "i": dict.fromkeys(KINDS, "Input size: cells along an axis."),
    "k": {
        **dict.fromkeys(KINDS, "Kernel size: taps along an axis."),
        "pool": "Window size: cells along an axis.",
    },
    "p": {
        "standard": "Padding: zeros added on each side; 0:1 before and after; or same, valid, "
        "half, full, with --1d causal.",
        "transposed": "Padding: cells cropped from each side of the full output; 0:1 before and "
        "after; or half, full.",
        "pool": "Padding on both sides, at most half of the window.",
    },
    "s": {**dict.fromkeys(KINDS, "Stride."), "pool": "Stride.  [default: the window's size]"},
    "d": {
        **dict.fromkeys(KINDS, "Dilation: distance between taps."),
        "pool": "Dilation: distance between cells of a window; in max pooling alone.",
    },
    "op": {"transposed": "Output padding: rows and columns added at bottom and right."},
}
_NUMBER: dict[str, Any] = {"default": "1", "show_default": True, "metavar": "N"}
_CHANNELS: dict[str, dict[str, Any]] = {
    "in-channels": {**_NUMBER, "help": "Input channels, of which one is shown."},
    "out-channels": {**_NUMBER, "help": "Output channels, of which one is shown."},
    "groups": {**_NUMBER, "help": "Groups of channels that have nothing to do with each other."},
    "has-bias": {"is_flag": True, "help": "The layer has a bias, in the calls of explain."},
}
_TEXTS = {
    "standard": "nn.Conv2d(16, 33, 3, stride=2)",
    "transposed": "nn.ConvTranspose2d(16, 33, 3, stride=2)",
    "pool": "nn.MaxPool2d(3, stride=2)",
}


def layer_options(kinds: tuple[str, ...]) -> list[click.Option]:
    """Return the options that say what a layer is, for layers of these *kinds*."""
    options = []
    for letter, meanings in _MEANINGS.items():
        meaning = next((meanings[kind] for kind in kinds if kind in meanings), None)
        if meaning is None:
            continue
        has_default = letter != "s" or kinds != ("pool",)
        options.append(
            click.Option(
                [f"-{letter}", f"--{letter}", f"--{WORDS[letter]}", letter],
                default=_default(kinds, letter) if has_default else None,
                show_default=has_default,
                metavar="N",
                help=meaning,
            )
        )
    options += [option for kind in kinds for option in _own_options(kind)]
    if kinds != (pool.Pool.name,):
        options += [click.Option([f"--{name}"], **how) for name, how in _CHANNELS.items()]
    return [
        *options,
        click.Option(["--1d", "ndim"], is_flag=True, help="One axis: a strip of cells."),
        click.Option(
            ["--layer", "text"],
            metavar="TEXT",
            help=f"Take sizes and channels from the text of a PyTorch or Equinox layer, such as "
            f'"{_TEXTS[kinds[0]]}".',
        ),
    ]


def _own_options(kind: str) -> list[click.Option]:
    """Return what one kind of layer alone has."""

    def choice(name: str, default: str, choices: Sequence[str], help_text: str) -> click.Option:
        return click.Option(
            [name], default=default, show_default=True, metavar="|".join(choices), help=help_text
        )

    if kind == "standard":
        return [
            choice(
                "--convention",
                padding.TORCH,
                padding.CONVENTIONS,
                "Whose «same» --p same is: PyTorch's or TensorFlow's.",
            ),
            choice(
                "--pad-mode",
                padding.ZEROS,
                padding.MODES,
                "What the padding has in it: zeros, or copies of input cells.",
            ),
        ]
    if kind == "transposed":
        return [
            click.Option(
                ["--to"],
                metavar="N",
                help="The output size that is wanted, instead of --op.",
            )
        ]
    return [
        choice("--mode", pool.MAX, pool.MODES, "The largest of each window, or the mean."),
        click.Option(
            ["--ceil/--floor"],
            default=False,
            show_default=True,
            help="How the output size is rounded: with --ceil, a last window may reach past the "
            "padding.",
        ),
        click.Option(
            ["--count-include-pad/--no-count-include-pad"],
            default=True,
            show_default=True,
            help="Whether the padding's zeros count in a mean.",
        ),
    ]


def _default(kinds: Sequence[str], letter: str) -> str:
    """Return the default of a size, or each where kinds of layers differ."""
    layers = [KINDS[kind]() for kind in kinds]
    texts = [layer.written(getattr(layer, letter)) for layer in layers if hasattr(layer, letter)]
    if len(set(texts)) == 1:
        return texts[0]
    return ", ".join(f"{text} {layer.name}" for text, layer in zip(texts, layers, strict=True))


def is_given(ctx: click.Context, option: click.Parameter) -> bool:
    """Return whether the user gave an option."""
    source = ctx.get_parameter_source(str(option.name))
    return source == click.core.ParameterSource.COMMANDLINE


def given(ctx: click.Context, kinds: tuple[str, ...]) -> tuple[Mapping[str, Any], str | None]:
    """Return the parameters of the layer that the user gave, and the text of a layer."""
    values = {
        str(option.name): ctx.params[str(option.name)]
        for option in layer_options(kinds)
        if is_given(ctx, option)
    }
    text = values.pop("text", None)
    if "ndim" in values:
        values["ndim"] = 1
    return values, text


def drawing_options(kind: str) -> list[click.Option]:
    """Return the options that say how to draw, with the numbers that a kind of layer has."""
    default = Options()
    counted = ""
    if kind == "transposed":
        counted = ": output cells; input cells in stamp and overlap; in both, as it counts them"
    held = "" if kind == pool.Pool.name else ", and the end of each stage"
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
        option("--hold-ms", "MS", f"How long the last step is shown{held}, {milliseconds}."),
        click.Option(
            ["--loop/--once"],
            default=default.loop,
            show_default=True,
            help="Start again after the end, or stop there.",
        ),
        click.Option(
            ["--frames"],
            metavar="A:B",
            help=f"Show the steps from A to B only, counted from 1{counted}.  [default: all]",
        ),
        option(
            "--every",
            "N",
            "Of these, show the first, every Nth after it, and the last; those between fill cells "
            "unseen.",
        ),
        option(
            "--max-frames", "N", "Refuse to draw more frames than this; see --frames and --every."
        ),
        *_view_options(kind),
        *_process_option(kind),
        *_number_options(kind),
        click.Option(["-q", "--quiet"], is_flag=True, help="Print nothing but errors."),
    ]


def _view_options(kind: str) -> list[click.Option]:
    """Return the option that says how to look at a kind of layer, if there are several ways."""
    ways = [view for view in VIEWS.values() if kind in view.kinds]
    if len(ways) == 1:
        return []
    said = "; ".join(f"{view.name}: {meaning(view.name, kind)}" for view in ways)
    return [
        click.Option(
            ["--view"],
            default=DEFAULT,
            show_default=True,
            metavar="|".join(view.name for view in ways),
            help=f"The way of looking: {said}.",
        )
    ]


def _process_option(kind: str) -> list[click.Option]:
    """Return the option to build the picture first, for layers that can be."""
    if kind == pool.Pool.name:
        return []
    help_text = "First show how the input is padded, as the first of two stages."
    if kind == "transposed":
        help_text = (
            "First show, as three of four stages, how z and p′ come about, zeros are inserted, "
            "and padding and output padding are added or cells cropped."
        )
    return [click.Option(["--process"], is_flag=True, help=help_text)]


def _number_options(kind: str) -> list[click.Option]:
    """Return the options that say which numbers the cells have, and how they are shown."""
    default = Options()
    shown = "for pooling, and" if kind == pool.Pool.name else "only"
    options = [
        click.Option(
            ["--values/--no-values"],
            default=None,
            help=f"Show the numbers in the cells.  [default: {shown} with numbers that are given]",
        ),
        click.Option(
            ["--shade"], is_flag=True, help="In slide and stack, colour cells by value instead."
        ),
        click.Option(
            ["--input"],
            default=str(default.input),
            show_default=True,
            metavar="NUMBERS",
            help=f'The input: {", ".join(sources.INPUTS)}; numbers such as "1 2; 3 4"; or a CSV, '
            "NPY or image file.",
        ),
        click.Option(
            ["--kernel"],
            default=str(default.kernel),
            show_default=True,
            metavar="NUMBERS",
            help=f"The kernel: {', '.join(sources.KERNELS)}; numbers; or a file.",
        ),
        click.Option(
            ["--bias"],
            default=f"{default.bias:g}",
            show_default=True,
            metavar="NUMBER",
            help="What is added to every output cell.",
        ),
        click.Option(
            ["--seed"],
            default=str(default.seed),
            show_default=True,
            metavar="N",
            help="Which random numbers are taken.",
        ),
        click.Option(
            ["--digits"],
            default=str(default.digits),
            show_default=True,
            metavar="N",
            help=f"The most decimals of a number, up to {MAX_DIGITS}.",
        ),
    ]
    if kind == pool.Pool.name:
        return [option for option in options if option.name not in ("kernel", "bias")]
    return options
