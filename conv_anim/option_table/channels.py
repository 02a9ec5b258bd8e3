"""The options of channels: which are drawn, and in which order."""

from dataclasses import dataclass

from conv_anim.core import channel_lists, readers
from conv_anim.core.layers import KINDS
from conv_anim.core.parameter import PICTURE, Parameter, option
from conv_anim.core.pool import Pool
from conv_anim.views.shown_channels import FILTER, POSITION

_ORDERS = FILTER, POSITION
_WITH_WEIGHTS = tuple(kind for kind, layer in KINDS.items() if layer.has_weights)


@dataclass(frozen=True, kw_only=True)
class ChannelOptions:
    """What may be given for the channels of its picture."""

    channels: object = option(
        None,
        channel_lists.some,
        Parameter(
            group=PICTURE,
            help={
                "": "Channels drawn: 1,2:1,8; ‹order=position›; others: ‹channel=2:1›.",
                Pool.name: "Channels drawn: 1,2:1,2; ‹order=position›.",
            },
            metavar="LIST",
            kinds=tuple(KINDS),
            prefix="channels",
            written=channel_lists.written,
            short=lambda text: text.replace(",", "-").replace(":", "to"),
        ),
    )
    channel: object = option(
        (1, 1),
        channel_lists.pair,
        Parameter(
            group=PICTURE,
            help="The pair that other views show, such as 2:1.",
            metavar="IN:OUT",
            in_help=False,
            kinds=_WITH_WEIGHTS,  # all views of the others show several
            prefix="channel",
            written=lambda given: "{}:{}".format(*given),
            short=lambda text: text.replace(":", "to"),
        ),
    )
    order: str | None = option(
        None,
        readers.or_none(readers.one_of(_ORDERS)),
        Parameter(
            group=PICTURE,
            help="One filter after another, or at each position all filters.",
            metavar="|".join(_ORDERS),
            choices=_ORDERS,
            in_help=False,
            default_text="filter; in stack, position",
            kinds=tuple(KINDS),
            prefix="by-",
        ),
    )
