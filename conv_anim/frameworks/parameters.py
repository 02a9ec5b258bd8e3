"""The table of what may be given for a layer."""

from typing import Any

from conv_anim.core import padding, pool
from conv_anim.core.layers import KINDS
from conv_anim.core.network import Network
from conv_anim.core.parameter import LAYER, ByKind, Parameter, Table, table
from conv_anim.core.pool import Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed

_CONVOLUTIONS = (Standard.name, Transposed.name)


def _defaults(letter: str) -> dict[str, str]:
    """Return the default of a size for each kind of layer that has it."""
    layers = {kind: make() for kind, make in KINDS.items() if hasattr(make(), letter)}
    return {kind: layer.written(getattr(layer, letter)) for kind, layer in layers.items()}


def _size(letter: str, word: str, meaning: ByKind, **how: Any) -> Parameter:
    """Return the row of a size, with its default for each kind of layer."""
    defaults = _defaults(letter)
    return Parameter(
        name=letter,
        group=LAYER,
        help=meaning,
        letter=True,
        words=(letter, word),
        metavar="N",
        **{"default_text": defaults, "kinds": tuple(defaults), **how},
    )


def _channels(name: str, meaning: ByKind, kinds: tuple[str, ...] = _CONVOLUTIONS) -> Parameter:
    return Parameter(name=name, group=LAYER, help=meaning, metavar="N", default=1, kinds=kinds)


TABLE: Table = table(
    (
        _size(
            "i",
            "input-size",
            "Input size: cells along an axis.",
            default_text={**_defaults("i"), Network.name: str(Network.own_input)},
        ),
        _size(
            "k",
            "kernel-size",
            {
                "": "Kernel size: taps along an axis.",
                Pool.name: "Window size: cells along an axis.",
            },
        ),
        _size(
            "p",
            "padding",
            {
                Standard.name: "Padding on each side, 0:1 before and after, or same, valid, half, "
                "full, in 1-D causal.",
                Transposed.name: "Padding: cropped from each side, 0:1, half or full.",
                Pool.name: "Padding, at most half of the window.",
            },
            choices={
                Standard.name: padding.NAMES,
                Transposed.name: padding.TRANSPOSED_NAMES,
            },
        ),
        _size(
            "s",
            "stride",
            "Stride.",
            default_text={
                Standard.name: "1",
                Transposed.name: "2",
                Pool.name: "the window's size",
            },
        ),
        _size(
            "d",
            "dilation",
            {
                "": "Dilation: distance between taps.",
                Pool.name: "Dilation: distance between cells; max alone.",
            },
        ),
        _size("op", "output-padding", "Output padding, at bottom and right."),
        Parameter(
            name="to",
            group=LAYER,
            help="The output size that is wanted, instead of --op.",
            metavar="N",
            kinds=(Transposed.name,),
        ),
        Parameter(
            name="convention",
            group=LAYER,
            help="PyTorch's or TensorFlow's «same».",
            metavar="|".join(padding.CONVENTIONS),
            choices=padding.CONVENTIONS,
            default=padding.TORCH,
            kinds=(Standard.name,),
        ),
        Parameter(
            name="pad_mode",
            group=LAYER,
            help=f"Padding: {', '.join(padding.MODES)}.",
            metavar="MODE",
            choices=padding.MODES,
            default=padding.ZEROS,
            kinds=(Standard.name,),
        ),
        Parameter(
            name="mode",
            group=LAYER,
            help="The largest of each window, or the mean.",
            metavar="|".join(pool.MODES),
            choices=pool.MODES,
            default=pool.MAX,
            kinds=(Pool.name,),
        ),
        Parameter(
            name="ceil",
            group=LAYER,
            help="How the output size is rounded.",
            switches={"ceil": True, "floor": False},
            default=False,
            kinds=(Pool.name,),
        ),
        Parameter(
            name="count_include_pad",
            group=LAYER,
            help="Whether the padding counts in a mean.",
            default_text="it does",
            switches={"count-include-pad": True, "no-count-include-pad": False},
            default=True,
            kinds=(Pool.name,),
        ),
        _channels(
            "in_channels",
            {
                "": "Input channels; or both: -c, --c 3:64.",
                Pool.name: "Channels, or -c 3.",
            },
            kinds=tuple(KINDS),
        ),
        _channels("out_channels", "Output channels, one a filter."),
        _channels("groups", "Groups of channels, each apart from the others."),
        Parameter(
            name="c",
            group=LAYER,
            help="Input and output channels at once, such as 3:64.",
            in_help=False,
            letter=True,
            words=("c",),
            metavar="IN:OUT",
        ),
        Parameter(
            name="has_bias",
            group=LAYER,
            help="The layer has a bias, in the calls of explain.",
            switches={"has-bias": True},
            default=False,
            kinds=_CONVOLUTIONS,
        ),
        Parameter(
            name="ndim",
            group=LAYER,
            help="One axis: a strip of cells.",
            switches={"1d": 1},
            default=2,
        ),
    )
)
"""What a layer is made of, by the names of its parameters in Python."""

TEXT = Parameter(
    name="layer",
    group=LAYER,
    help={
        "": 'A PyTorch or Equinox layer: "nn.Conv2d(16, 33, 3)".',
        Transposed.name: 'A PyTorch or Equinox layer: "nn.ConvTranspose2d(16, 33, 3)".',
        Pool.name: 'A PyTorch or Equinox layer: "nn.MaxPool2d(3, stride=2)".',
    },
    metavar="TEXT",
)
"""The text of a layer, from which sizes and channels are taken."""


SHORT_FOR = {"c": ("in_channels", "out_channels")}
"""Rows that stand for others, of which a layer is made."""


def parameters(kind: str) -> tuple[str, ...]:
    """Return what a layer of this kind is made of."""
    own = (name for name, row in TABLE.items() if row.is_for(kind))
    return tuple(name for name in own if name not in SHORT_FOR)
