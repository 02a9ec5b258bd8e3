"""The scene of a separable convolution: two sliding pictures with channels, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from conv_anim.core.separable import Separable
from conv_anim.core.steps import Indexes
from conv_anim.scene.arrangement import Arrangement
from conv_anim.scene.playback import occurring
from conv_anim.scene.scene import Box, Change, Frame, Grid, Joint, Link, Scene
from conv_anim.scene.states import State
from conv_anim.views import captions, cell_states, channel_scene, channel_words, channels, legends
from conv_anim.views.annotations import Levels
from conv_anim.views.cell_states import States
from conv_anim.views.channel_numbers import ChannelNumbers
from conv_anim.views.formulas import formulas
from conv_anim.views.roles_of_separable import BETWEEN, MIXING, of_first, of_second
from conv_anim.views.shown_channels import ShownChannels, role

_FIRST, _SECOND = "depthwise", "1×1"
Named = Callable[[str], str]
"""From the role of a grid in one half to the one that it has in the whole."""


def scene(
    shown: tuple[ShownChannels, ShownChannels],
    numbers: tuple[ChannelNumbers | None, ChannelNumbers | None],
    layers: Separable,
    arrangement: Arrangement,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
) -> Scene:
    """Return the scene of both layers, of which *shown* says what is drawn, and *numbers* what."""
    n_first = shown[0].n_steps
    steps = [x for x in chosen if x < n_first], [x - n_first for x in chosen if x >= n_first]
    halves = [
        channel_scene.slide(of, channels.columns(of), own or [0], step_ms, hold_ms, says)
        for of, own, says in zip(shown, steps, numbers, strict=True)
    ]
    frames = SeparableFrames(shown, steps, (halves[0], halves[1]), step_ms, numbers[0])
    grids = _grids(shown, halves, numbers[1])
    grids = {name: grids[name] for name in arrangement.roles}
    sizes, *others = captions.parameters(layers.depthwise)
    has_bias = numbers[1] is not None and bool(numbers[1].values.bias.any())
    biased = layers.mixing.with_bias() if has_bias else layers.mixing
    weights, multiplications = layers.costs
    biases = tuple(f"both {line}" for line in channel_words.biases(biased))
    costs = ((f"{weights};", *biases) if biases else (weights,)), (multiplications,)
    words = {State.WEIGHT: "", State.RED: "", State.GREEN: "", State.KERNEL_ON_INPUT: "kernel"}
    words |= {State.IDLE: "not in use now"}
    is_shaded = numbers[0] is not None and numbers[0].input_shading is not None
    words |= {State.INPUT: ""} if shown[0].is_coloured and not is_shaded else {}
    return Scene(
        title=f"{layers.heading}{', 1-D' if layers.ndim == 1 else ''}",
        parameters=(sizes, *costs, *others),
        formulas=formulas(layers.depthwise),
        grids=grids,
        arrangement=arrangement,
        legend=legends.sliding(
            layers.depthwise, occurring(grids, frames), shaded=is_shaded, words=words
        ),
        longest_counter=max((half.longest_counter for half in frames.named_halves), key=len),
        frames=frames,
        is_signed=halves[0].is_signed,  # as the other is
        strings=halves[1].strings,  # they are put in one table, in turn
        numbers_em=_widest(halves),
        has_sums=halves[0].has_sums,
        plus=channel_words.plus(biased),
        captions=tuple(
            caption._replace(grid=named(caption.grid))
            for half, named in zip(halves, (of_first, of_second), strict=True)
            for caption in half.captions
        ),
    )


def _widest(halves: Sequence[Scene]) -> tuple[float, float] | None:
    """Return how wide the widest number is, and that there are no corners; None without numbers."""
    found = [half.numbers_em[0] for half in halves if half.numbers_em]
    return (max(found), 0.0) if found else None


def _grids(
    shown: tuple[ShownChannels, ShownChannels],
    halves: Sequence[Scene],
    numbers: ChannelNumbers | None,
) -> dict[str, Grid]:
    """Return the grids of both halves; the planes between are as the first one fills them.

    Until the second one begins, of which the *numbers* are, the kernels of its first filter wait.
    """
    first, second = halves
    found = {of_first(name): grid for name, grid in first.grids.items()}
    found |= {
        of_second(name): grid for name, grid in second.grids.items() if not name.startswith("input")
    }
    for place, channel in enumerate(shown[1].inputs):
        name = role(MIXING, channel)
        waiting = np.full_like(found[name].states, State.IDLE)
        labels = None if numbers is None or numbers.kernel is None else numbers.kernel[0, place]
        found[name] = replace(found[name], states=waiting, labels=labels)
    kernels, mixing = role("kernel", shown[0].inputs[-1]), role(MIXING, shown[1].inputs[-1])
    line, *others = found[kernels].captions
    named = (_FIRST, line.removeprefix("filter, "), *others)
    found[kernels] = replace(found[kernels], captions=named)
    shading = numbers.kernel_shading if numbers else None
    more = shading.captions if shading else ()
    found[mixing] = replace(found[mixing], captions=(f"{_SECOND} kernels", *more))
    last = role(BETWEEN, shown[0].outputs[-1])
    first_line, *others = first.grids[role("output", shown[0].outputs[-1])].captions
    first_line = first_line.replace("output", BETWEEN)
    found[last] = replace(found[last], captions=(first_line, *others))
    return found


@dataclass(frozen=True, eq=False)
class SeparableFrames:
    """First the frames of the depthwise layer, then those of the 1×1 layer."""

    shown: tuple[ShownChannels, ShownChannels]
    steps: tuple[Sequence[int], Sequence[int]]
    halves: tuple[Scene, Scene]
    step_ms: int
    numbers: ChannelNumbers | None = None
    """Those of the first one."""

    def __len__(self) -> int:
        return sum(map(len, self.steps))

    @property
    def named_halves(self) -> tuple[Scene, Scene]:
        """The halves, each with its name in the counter."""
        first, second = (
            replace(half, longest_counter=f"{name}: {half.longest_counter}")
            for name, half in zip((_FIRST, _SECOND), self.halves, strict=True)
        )
        return first, second

    def __iter__(self) -> Iterator[Frame]:
        first, second = self.halves
        if self.steps[0]:
            for frame in first.frames:
                # The end of the first half is no end.
                ms = self.step_ms if self.steps[1] else frame.duration_ms
                yield replace(_renamed(frame, of_first, _FIRST), duration_ms=ms)
        if not self.steps[1]:
            return
        before: tuple[Change, ...] = tuple(self._between())
        n_captions = len(first.captions)
        for frame in second.frames:
            own = tuple(x for x in frame.changes if not x.grid.startswith("input"))
            moved = _renamed(replace(frame, changes=own), of_second, _SECOND)
            caption = None if frame.caption is None else frame.caption + n_captions
            yield replace(moved, changes=(*before, *moved.changes), caption=caption)
            before = ()

    def _between(self) -> Iterator[Change]:
        """Yield what has changed when the second half begins: the first is done."""
        shown = self.shown[0]
        labels: dict[str, Indexes] = {}
        levels: dict[str, Levels] = {}
        numbers = self.numbers
        for place, channel in enumerate(shown.outputs):  # whose own filter is of the same place
            if numbers and numbers.output is not None and numbers.kernel is not None:
                labels[role("output", channel)] = numbers.output[place]
                labels[role("kernel", channel)] = numbers.kernel[place, place]
            if numbers and numbers.output_shading:
                levels[role("output", channel)] = numbers.output_shading.levels[place]
        for name, grid in self.halves[0].grids.items():
            y, x = np.mgrid[: grid.states.shape[0], : grid.states.shape[1]]
            kind = name.partition(" ")[0]
            states: States | np.uint8 = grid.states
            if kind == "output":
                states = cell_states.output_states(shown.layer)[1]
            elif kind == "kernel":
                states = np.uint8(State.IDLE)
            given = labels.get(name), levels.get(name)
            yield Change(of_first(name), y, x, states, given[0], levels=given[1])


def _renamed(frame: Frame, named: Named, half: str) -> Frame:
    """Return a frame of one half as one of the whole."""

    def moved(box: Box) -> Box:
        return box._replace(grid=named(box.grid))

    joint = frame.joint
    return replace(
        frame,
        changes=tuple(x._replace(grid=named(x.grid)) for x in frame.changes),
        shows=tuple(x._replace(grid=named(x.grid)) for x in frame.shows),
        links=tuple(Link(moved(x.tail), moved(x.head)) for x in frame.links),
        counter=f"{half}: {frame.counter}",
        joint=joint and Joint(tuple(map(moved, joint.tails)), moved(joint.head), joint.is_sum),
    )
