"""The options of the numbers in a picture."""

from dataclasses import dataclass

from conv_anim.core import arrays, readers
from conv_anim.core.layers import KINDS
from conv_anim.core.parameter import NUMBERS, Parameter, numbers_row, option, without_decimals
from conv_anim.views.number_format import MAX_DIGITS

MOST_SEED = 2**32 - 1

_WITH_WEIGHTS = tuple(kind for kind, layer in KINDS.items() if layer.has_weights)


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
            "NPY or image file.",
        ),
    )
    kernel: object = option(
        "random",
        readers.numbers,
        numbers_row(
            "kernel",
            arrays.KERNELS,
            help=f"The kernel: {', '.join(arrays.KERNELS)}; numbers; or a file.",
            kinds=_WITH_WEIGHTS,
        ),
    )
    bias: float = option(
        0.0,
        readers.real,
        Parameter(
            group=NUMBERS,
            help="What is added to every output cell.",
            metavar="NUMBER",
            kinds=_WITH_WEIGHTS,
            prefix="bias",
            written=without_decimals,
        ),
    )
    seed: int = option(
        0,
        readers.whole(0, MOST_SEED),
        Parameter(
            group=NUMBERS, help="Which random numbers are taken.", metavar="N", prefix="seed"
        ),
    )
    shade: bool = option(
        False,
        readers.flag,
        Parameter(
            group=NUMBERS,
            help="In slide and stack, colour cells by value instead.",
            switches={"shade": True},
        ),
    )
    digits: int = option(
        2,
        readers.whole(0, MAX_DIGITS),
        Parameter(
            group=NUMBERS,
            help=f"The most decimals of a number, up to {MAX_DIGITS}.",
            metavar="N",
            prefix="digits",
        ),
    )
