"""The separable view: a depthwise layer fills planes, and a 1×1 layer after it mixes them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conv_anim.core.separable import Separable
from conv_anim.scene.arrangement import Arrangement, in_columns
from conv_anim.views import channels
from conv_anim.views.roles_of_separable import of_first, of_second
from conv_anim.views.shown_channels import FILTER, Choice, ShownChannels
from conv_anim.views.view import View

if TYPE_CHECKING:
    from conv_anim.core.values import Values
    from conv_anim.scene.scene import Scene
    from conv_anim.views.annotations import What
    from conv_anim.views.channel_numbers import ChannelNumbers

    Numbers = tuple[ChannelNumbers, ChannelNumbers]


def both(layers: Separable) -> tuple[ShownChannels, ShownChannels]:
    """Return the channels of both layers that are drawn; the second reads what the first fills."""
    first = ShownChannels.of(layers.depthwise, Choice(order=FILTER))
    numbers = tuple(channel + 1 for channel in first.outputs)
    return first, ShownChannels.of(layers.mixing, Choice(numbers, order=FILTER))


def arrange(layers: Separable) -> Arrangement:
    """Return input planes, their kernels, the planes between, 1×1 kernels, and the output."""
    first, second = both(layers)
    areas = {
        name: area if area.column == 0 else area._replace(name="")  # lines lead past them
        for name, area in channels.columns(first).areas.items()
    }
    found = {of_first(name): area for name, area in areas.items()}
    for name, area in channels.columns(second).areas.items():
        if not name.startswith("input"):
            beside = of_second(area.beside) if area.beside else ""
            found[of_second(name)] = area._replace(column=area.column + 2, beside=beside)
    return in_columns(found, 3 if layers.mixing.in_channels > 1 else None)


def n_steps(layers: Separable) -> int:
    """Return how many steps both layers have."""
    first, second = both(layers)
    return first.n_steps + second.n_steps


def separable(
    layers: Separable,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    numbers: "Numbers | None" = None,
) -> "Scene":
    """Return the scene: first all steps of the depthwise layer, then all of the 1×1 layer."""
    from conv_anim.views.separable_scene import scene

    halves = both(layers), numbers or (None, None)
    return scene(*halves, layers, arrange(layers), chosen, step_ms, hold_ms)


def annotate(layers: Separable, values: "list[Values]", what: "What") -> "Numbers":
    """Return what the cells of each layer say, in texts that they share."""
    from conv_anim.views import channel_numbers
    from conv_anim.views.string_table import Strings

    strings, is_signed = Strings(what.digits), False
    while True:
        first, second = (
            channel_numbers.annotate(own, shown, what, strings, is_signed=is_signed)
            for own, shown in zip(values, both(layers), strict=True)
        )
        if first.is_signed == second.is_signed:
            return first, second
        is_signed = True


VIEW = View(
    Separable.name,
    (Separable.name,),
    "depthwise, then 1×1",
    arrange,
    n_steps,
    separable,
    annotate=annotate,
)
