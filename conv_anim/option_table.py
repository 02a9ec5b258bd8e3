"""The options of a picture, one entry each, from which all that is said of them follows."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace

from conv_anim.core import arrays, readers
from conv_anim.core.layers import KINDS
from conv_anim.core.parameter import (
    NUMBERS,
    PICTURE,
    TIME,
    Parameter,
    Table,
    checksum,
    numbers_row,
    option,
    table,
    without_decimals,
)
from conv_anim.drawing import sizes
from conv_anim.drawing.fit import MAX_FRAMES
from conv_anim.drawing.light import LIGHT
from conv_anim.drawing.theme import THEMES
from conv_anim.scene.parts import PARTS
from conv_anim.views import registry as views
from conv_anim.views.number_format import MAX_DIGITS
from conv_anim.views.timing import AUTO, MAX_MS, MIN_MS, QUICKEST_MS, SLOWEST_MS

MAX_TITLE, MOST_SEED = 100, 2**32 - 1
HIDDEN = "none", "output"

_WITH_WEIGHTS = tuple(kind for kind, layer in KINDS.items() if layer.has_weights)
_SEVERAL_WAYS = {kind: ways for kind in KINDS if len(ways := views.names_for(kind)) > 1}


@dataclass(frozen=True, kw_only=True)
class OptionTable:
    """What may be given for a picture; an entry is a name, its type, its default and its row.

    Raises
    ------
    ValueError
        When a value is out of range or not of its kind.
    """

    theme: str = option(
        LIGHT.name,
        readers.one_of(tuple(THEMES)),
        Parameter(
            group=PICTURE,
            help="Colours.",
            metavar="|".join(THEMES),
            choices=tuple(THEMES),
            prefix="",
        ),
    )
    scale: float = option(
        1.0,
        readers.within(sizes.MIN_SCALE, sizes.MAX_SCALE),
        Parameter(
            group=PICTURE,
            help=f"Pixels a point, up to {sizes.MAX_SCALE:g}; {sizes.WIDTH_PT} points are usual.",
            metavar="F",
            prefix="x",
            written="{:g}".format,
        ),
    )
    width: int | None = option(
        None,
        readers.or_none(readers.whole(sizes.MIN_WIDTH_PX, sizes.MAX_SIDE_PX)),
        Parameter(
            group=PICTURE,
            help=f"Instead: how wide it is, {sizes.MIN_WIDTH_PX} to {sizes.MAX_SIDE_PX} pixels.",
            metavar="PX",
            prefix="w",
        ),
    )
    size: tuple[int, int] | None = option(
        None,
        readers.or_none(readers.canvas(sizes.MIN_SIDE_PX, sizes.MAX_SIDE_PX)),
        Parameter(
            group=PICTURE,
            help="Instead: an exact canvas, 1920x1080, in which it is as large as fits.",
            metavar="WxH",
            prefix="size",
            written=lambda given: "{}x{}".format(*given),
        ),
    )
    step_ms: int | str = option(
        AUTO,
        readers.whole_or(AUTO, MIN_MS, MAX_MS, multiple_of=10),
        Parameter(
            group=TIME,
            help=f"How long a step is; {AUTO}: {QUICKEST_MS} to {SLOWEST_MS}, for 15 s in all.",
            metavar="MS",
            choices=(AUTO,),
            prefix="step",
        ),
    )
    duration: float | None = option(
        None,
        readers.seconds,
        Parameter(
            group=TIME,
            help="How long one play takes, instead of --step-ms.",
            metavar="SECONDS",
            prefix="duration",
            written=without_decimals,
        ),
    )
    hold_ms: int = option(
        1500,
        readers.whole(MIN_MS, MAX_MS, multiple_of=10),
        Parameter(
            group=TIME,
            help="How long the last frame is shown, and each stage's end.",
            metavar="MS",
            prefix="hold",
        ),
    )
    loop: bool | int = option(
        True,
        readers.plays,
        Parameter(
            group=TIME,
            help=f"How often it plays; 0 or {readers.FOREVER}: without end.",
            metavar="N",
            switches={"once": False, "no-loop": False},
            bare=readers.FOREVER,
            default_text=readers.FOREVER,
            prefix="loop",
        ),
    )
    frames: str | tuple[int, int] | None = option(
        None,
        readers.span,
        Parameter(
            group=TIME,
            help="Show steps A to B only, as the picture counts them.",
            metavar="A:B",
            default_text="all",
            prefix="frames",
            written=lambda given: "{}:{}".format(*given),
        ),
    )
    every: int = option(
        1,
        readers.whole(1, MAX_FRAMES),
        Parameter(
            group=TIME,
            help="Of these, show the first, every Nth after it, and the last.",
            metavar="N",
            prefix="every",
        ),
    )
    max_frames: int = option(
        5000,
        readers.whole(1, MAX_FRAMES),
        Parameter(group=TIME, help="Refuse to draw more frames than this.", metavar="N"),
    )
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
    view: str = option(
        views.DEFAULT,
        readers.one_of(tuple(views.VIEWS)),
        Parameter(
            group=PICTURE,
            help={kind: views.meanings(kind) for kind in ("", *_SEVERAL_WAYS)},
            metavar="WAY",
            choices=_SEVERAL_WAYS,
            kinds=tuple(_SEVERAL_WAYS),
            prefix="",
        ),
    )
    process: bool = option(
        False,
        readers.flag,
        Parameter(
            group=PICTURE,
            help="First build, stage by stage, what the kernel slides over.",
            switches={"process": True},
            kinds=_WITH_WEIGHTS,
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
    title: str | None = option(
        None,
        readers.line(MAX_TITLE),
        Parameter(
            group=PICTURE,
            help=f"The heading, one line of up to {MAX_TITLE} letters.",
            metavar="TEXT",
            default_text="the kind of layer",
            prefix="title-",
            short=checksum,
        ),
    )
    parts: str | Collection[str] = option(
        PARTS,
        readers.some_of(PARTS),
        Parameter(
            group=PICTURE,
            help=f"Which of {', '.join(PARTS)}.",
            metavar="LIST",
            choices=PARTS,
            switches={"bare": ()},
            default_text="all",
            prefix="parts-",
            written=",".join,
            short=lambda text: text.replace(",", "-"),
        ),
    )
    hide: str = option(
        HIDDEN[0],
        readers.one_of(HIDDEN),
        Parameter(
            group=PICTURE,
            help="output: its cells stay to come, for asking.",
            metavar="|".join(HIDDEN),
            choices=HIDDEN,
            prefix="hide-",
        ),
    )

    def __post_init__(self) -> None:
        for entry in fields(self):
            value = entry.metadata["read"](getattr(self, entry.name), entry.name)
            object.__setattr__(self, entry.name, value)


TABLE: Table = table(
    replace(entry.metadata["row"], name=entry.name, default=entry.default)
    for entry in fields(OptionTable)
)
"""The rows by the names of the options."""
