"""The field view: which cells of every layer, down to the input, a cell of the output depends on.

It is a cross-section of a network along one axis: a row of cells a layer, the output on top, each
cell over the middle of what it reads. Real cells alone lead on; padding ends the way.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

from conv_anim.core.layer import minus
from conv_anim.core.layer_words import label
from conv_anim.core.network import AXES, Network
from conv_anim.scene.arrangement import Area, Arrangement, labelled
from conv_anim.scene.scene import Chunks, Scene
from conv_anim.scene.states import State
from conv_anim.views.field_rows import counter, rows
from conv_anim.views.view import View

if TYPE_CHECKING:
    from conv_anim.views.annotations import Annotations

LABELS_PT = 168
_WORDS = {
    State.UNREAD_INPUT: "input that no cell sees",
    State.KERNEL_ON_INPUT: "seen in one way",
    State.MARKED: "seen in several ways",
    State.KERNEL_ON_ZERO: "padding, read",
    State.TO_COME: "cell of a layer",
    State.EXTRA_TO_COME: "cell that sees no input",
    State.UNREACHED_DONE: "cell that no output needs",
    State.DONE: "on the way",
    State.EXTRA_DONE: "on the way, sees no input",
    State.NOW: "output cell",
}


def arrange(network: Network) -> Arrangement:
    """Return the rows, the output first, each cell over what it reads."""
    found = rows(network)
    whole = lcm(*(row.pitch.denominator for row in found))
    unit = Fraction(gcd(*(int(row.pitch * whole) for row in found)), whole)
    return labelled(
        {
            row.role: Area(
                _called(row.role),
                (1, row.length),
                LABELS_PT,
                step=int(row.pitch / unit),
                start=float((row.at - row.padding[0] * row.pitch) / unit),
            )
            for row in reversed(found)
        }
    )


def _called(role: str) -> str:
    return role if role.startswith("layer") else f"the {role}"


def n_steps(network: Network) -> int:
    """Return the steps: one for each output cell along the axis."""
    return network.n_steps


def field(
    network: Network,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    annotations: "Annotations | None" = None,
) -> Scene:
    """Return the scene: the grids are the rows, its steps go over the output's cells."""
    from conv_anim.scene.playback import occurring
    from conv_anim.views import legends
    from conv_anim.views.field_frames import FieldFrames, grids, ways_written
    from conv_anim.views.string_table import widest_em

    found = rows(network)
    strings, places = ways_written(network, chosen)
    frames = FieldFrames(network, found, chosen, step_ms, hold_ms, places)
    captions = {row.role: _captions(network, number) for number, row in enumerate(found)}
    all_grids = grids(network, found, captions)
    return Scene(
        title=f"{network.heading}{', 1-D' if network.ndim == 1 else ''}",
        parameters=_parameters(network),
        formulas=(),
        grids={role: all_grids[role] for role in arrange(network).roles},
        arrangement=arrange(network),
        legend=legends.named(occurring(all_grids, frames), _WORDS),
        longest_counter=counter(network.n_steps, network.n_steps),
        frames=frames,
        strings=strings,
        numbers_em=(widest_em(strings, *places.values()), 0.0) if len(strings) > 1 else None,
    )


def _captions(network: Network, number: int) -> Chunks:
    """Return what is written beside a row: the layer that makes it, and its size."""
    size = network.times(network.sizes[number])
    if number == 0:
        return (f"input {size}",)
    return f"{label(network.layers[number - 1])}", f"→ {size}"


def _parameters(network: Network) -> tuple[Chunks, ...]:
    axis, last = network.axis, network.reaches_of_layers[-1][network.axis]
    along = () if network.ndim == 1 else (f"along the {AXES[axis]}",)
    sizes = (
        f"i = {network.i[axis]}",
        f"o = {network.output_size[axis]}",
        *along,
    )
    if isinstance(last, str):
        return sizes, (f"no closed form for r and jump: {last}",)
    size, jump, start = last
    letters = (f"r = {size}", f"jump = {jump}", f"start = {minus(start)}", *sizes)
    cells = "1 input cell" if size == 1 else f"{size} input cells"
    return letters, (
        f"each output cell sees {cells}, holes and padding included;",
        f"its neighbour's begin {jump} further",
    )


VIEW = View(
    "field",
    (Network.name,),
    "what a cell of the output sees, layer by layer",
    arrange,
    n_steps,
    field,
)
