"""The options of the numbers in a picture."""

from dataclasses import dataclass

from conv_anim.core import arrays, readers
from conv_anim.core.layers import KINDS
from conv_anim.core.parameter import (
    NUMBERS,
    Parameter,
    checksum,
    numbers_row,
    option,
    without_decimals,
)
from conv_anim.core.separable import Separable
from conv_anim.views.number_format import MAX_DIGITS

MOST_SEED = 2**32 - 1

_ALL = *KINDS, Separable.name
_WITH_WEIGHTS = tuple(kind for kind, layer in KINDS.items() if layer.has_weights)


_MOST_LETTERS = 20  # of biases, in a file's name


def _biases(given: float | tuple[float, ...]) -> str:
    if isinstance(given, tuple):
        return ", ".join(map(without_decimals, given))
    return without_decimals(given)


def _short(biases: str) -> str:
    text = biases.replace(", ", "-")
    return text if len(text) <= _MOST_LETTERS else checksum(biases)


@dataclass(frozen=True, kw_only=True)
class NumberOptions:
    """What may be given for its numbers."""

    values: bool | None = option(
        None,
        readers.flag_or_none,
        Parameter(
            group=NUMBERS,
            help="Show the numbers in the cells.",
            switches={"values": True, "no-values": False},
            kinds=_ALL,
            default_text="pooling, and given numbers",
        ),
    )
    input: object = option(
        "random",
        readers.numbers,
        numbers_row(
            "input",
            arrays.INPUTS,
            help=f'The input: {", ".join(arrays.INPUTS)}; numbers such as "1 2; 3 4"; or a CSV, '
            "NPY or image file; ‹gray=True›: one plane.",
            kinds=_ALL,
        ),
    )
    kernel: object = option(
        "random",
        readers.numbers,
        numbers_row(
            "kernel",
            arrays.KERNELS,
            help=f"The kernel: {', '.join(arrays.KERNELS)}; numbers; or a file.",
            kinds=(*_WITH_WEIGHTS, Separable.name),
        ),
    )
    gray: bool = option(
        False,
        readers.flag,
        Parameter(
            group=NUMBERS,
            help="The image is one grey plane, even for three channels.",
            in_help=False,
            switches={"gray": True},
            kinds=_ALL,
        ),
    )
    bias: object = option(
        0.0,
        readers.biases,
        Parameter(
            group=NUMBERS,
            help='Added to every output cell; "1, 0" is one a filter.',
            metavar="NUMBER",
            kinds=(*_WITH_WEIGHTS, Separable.name),
            prefix="bias",
            written=_biases,
            short=_short,
        ),
    )
    seed: int = option(
        0,
        readers.whole(0, MOST_SEED),
        Parameter(
            group=NUMBERS,
            help="Which random numbers are taken.",
            metavar="N",
            kinds=_ALL,
            prefix="seed",
        ),
    )
    shade: bool = option(
        False,
        readers.flag,
        Parameter(
            group=NUMBERS,
            help="In slide, stack, separable: colour cells by value.",
            switches={"shade": True},
            kinds=_ALL,
        ),
    )
    digits: int = option(
        2,
        readers.whole(0, MAX_DIGITS),
        Parameter(
            group=NUMBERS,
            help=f"The most decimals of a number, up to {MAX_DIGITS}.",
            metavar="N",
            kinds=_ALL,
            prefix="digits",
        ),
    )
