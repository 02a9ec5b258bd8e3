"""The options that say what is to be seen, and in what size."""

from collections.abc import Collection
from dataclasses import dataclass

from conv_anim.core import readers
from conv_anim.core.layers import KINDS
from conv_anim.core.network import AXES, Network
from conv_anim.core.parameter import PICTURE, Parameter, checksum, option
from conv_anim.core.separable import Separable
from conv_anim.drawing import sizes
from conv_anim.drawing.auto import AUTO
from conv_anim.drawing.theme import THEMES
from conv_anim.scene.parts import PARTS
from conv_anim.views import registry as views

MAX_TITLE = 100
HIDDEN = "none", "output"
BACKGROUNDS = "theme", "transparent"

_THEMES = (AUTO.name, *THEMES)
_WITH_WEIGHTS = tuple(kind for kind, layer in KINDS.items() if layer.has_weights)
_SEVERAL_WAYS = {kind: ways for kind in KINDS if len(ways := views.names_for(kind)) > 1}
_WAYS = _SEVERAL_WAYS | {name: views.names_for(name) for name in (Network.name, Separable.name)}


@dataclass(frozen=True, kw_only=True)
class PictureOptions:
    """What may be given for what is drawn."""

    theme: str = option(
        AUTO.name,
        readers.one_of(_THEMES),
        Parameter(
            group=PICTURE,
            help="Colours: light, dark; auto: the reader's if it can.",
            metavar="NAME",
            choices=_THEMES,
            prefix="",
        ),
    )
    background: str = option(
        BACKGROUNDS[0],
        readers.one_of(BACKGROUNDS),
        Parameter(
            group=PICTURE,
            help=f"The {BACKGROUNDS[0]}'s, or {BACKGROUNDS[1]}.",
            metavar="WORD",
            choices=BACKGROUNDS,
            prefix="",
        ),
    )
    scale: float = option(
        1.0,
        readers.within(sizes.MIN_SCALE, sizes.MAX_SCALE),
        Parameter(
            group=PICTURE,
            help=f"Pixels a point, {sizes.MIN_SCALE:g} to {sizes.MAX_SCALE:g}; usual: "
            f"{sizes.WIDTH_PT} points.",
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
            help=f"Or how wide the picture is, {sizes.MIN_WIDTH_PX} to {sizes.MAX_SIDE_PX} pixels.",
            metavar="PX",
            prefix="w",
        ),
    )
    size: tuple[int, int] | None = option(
        None,
        readers.or_none(readers.canvas(sizes.MIN_SIDE_PX, sizes.MAX_SIDE_PX)),
        Parameter(
            group=PICTURE,
            help="Or an exact canvas, such as 1920x1080, in which it is as large as fits.",
            metavar="WxH",
            prefix="size",
            written=lambda given: "{}x{}".format(*given),
        ),
    )
    view: str = option(
        views.DEFAULT,
        readers.one_of(tuple(views.VIEWS)),
        Parameter(
            group=PICTURE,
            help={kind: views.meanings(kind) for kind in ("", *_WAYS)},
            metavar="WAY",
            default_text={kind: views.default_for(kind) for kind in _WAYS},
            choices=_WAYS,
            kinds=tuple(_WAYS),
            prefix="",
        ),
    )
    axis: str = option(
        AXES[1],
        readers.one_of(AXES),
        Parameter(
            group=PICTURE,
            help="Along which axis the picture is a cross-section.",
            metavar="|".join(AXES),
            choices=AXES,
            kinds=(Network.name,),
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
    title: str | None = option(
        None,
        readers.line(MAX_TITLE),
        Parameter(
            group=PICTURE,
            help=f"The heading, up to {MAX_TITLE} letters.",
            metavar="TEXT",
            default_text={"": "the kind of layer", Network.name: "Receptive field"},
            prefix="title-",
            short=checksum,
        ),
    )
    parts: str | Collection[str] = option(
        PARTS,
        readers.some_of(PARTS),
        Parameter(
            group=PICTURE,
            help=f"Of {','.join(PARTS)}, or none.",
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
            help="output: all its cells stay empty, as a question.",
            metavar="|".join(HIDDEN),
            choices=HIDDEN,
            kinds=tuple(KINDS),
            prefix="hide-",
        ),
    )
