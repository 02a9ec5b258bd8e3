"""Whether a layer has the channels that are asked for, and its view a use for them."""

from collections.abc import Mapping

from conv_anim.core.layer import Layer
from conv_anim.core.subject import Subject
from conv_anim.errors import InputError
from conv_anim.views.shown_channels import ShownChannels

OPTIONS = "channels", "channel", "order"


def check(
    layer: Subject, shown: ShownChannels | None, given: Mapping[str, str], pair: tuple[int, int]
) -> None:
    """Raise InputError when channels are asked for that there are not, or to no purpose.

    *shown* are those that the view shows, if they are several, *given* the options that are given,
    as messages write them, and *pair* is that of a view which shows one of each side.
    """
    one = "where the view shows one pair, which ‹channel› gives"
    where = one if layer.has_channels else "for a layer with one channel"
    for name in ("channels", "order"):
        if shown is None and name in given:
            raise InputError(f"{given[name]} has no meaning {where}: leave it out")
    if shown and len(shown.outputs) == 1 and "order" in given:
        raise InputError(f"{given['order']} has no meaning where one filter is drawn: leave it out")
    if "channel" not in given:
        return
    if shown or not layer.has_channels:
        why = "several are drawn, which ‹channels› gives" if shown else "the layer has one"
        raise InputError(f"{given['channel']} has no meaning where {why}: leave it out")
    _check_pair(pair, layer.single())


def _check_pair(pair: tuple[int, int], layer: Layer) -> None:
    """Raise InputError when there is no such pair of channels, counted from 1."""
    channel, filter_ = pair
    sides = (("input", channel, layer.in_channels), ("output", filter_, layer.out_channels))
    for side, number, count in sides:
        if number > count:
            raise InputError(
                f"‹channel› is {channel}:{filter_}, and the layer has {count} {side} "
                f"channel{'s' * (count > 1)}: give one from 1 to {count}"
            )
    reads = layer.reads(filter_ - 1)
    if channel - 1 not in reads:
        raise InputError(
            f"‹channel› is {channel}:{filter_}, and filter {filter_} reads "
            f"{layer.reads_text(filter_ - 1)}: give {'one of those' if len(reads) > 1 else 'that'}"
        )
