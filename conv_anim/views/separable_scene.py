"""The scene of a separable convolution: two sliding pictures with channels, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from conv_anim.core.separable import Separable
from conv_anim.scene.arrangement import Arrangement
from conv_anim.scene.playback import occurring
from conv_anim.scene.scene import Box, Change, Frame, Grid, Joint, Link, Scene
from conv_anim.scene.states import NOTHING, State
from conv_anim.views import captions, cell_states, channel_scene, channels, legends
from conv_anim.views.cell_states import States
from conv_anim.views.formulas import formulas
from conv_anim.views.roles_of_separable import BETWEEN, MIXING, of_first, of_second
from conv_anim.views.shown_channels import ShownChannels, role

_FIRST, _SECOND = "depthwise", "1×1"
Named = Callable[[str], str]
"""From the role of a grid in one half to the one that it has in the whole."""


def scene(
    shown: tuple[ShownChannels, ShownChannels],
    layers: Separable,
    arrangement: Arrangement,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
) -> Scene:
    """Return the scene of both layers, of which *shown* says what is drawn."""
    n_first = shown[0].n_steps
    steps = [x for x in chosen if x < n_first], [x - n_first for x in chosen if x >= n_first]
    halves = [
        channel_scene.slide(of, channels.columns(of), own or [0], step_ms, hold_ms)
        for of, own in zip(shown, steps, strict=True)
    ]
    frames = SeparableFrames(shown, steps, (halves[0], halves[1]), step_ms)
    grids = _grids(shown, halves)
    grids = {name: grids[name] for name in arrangement.roles}
    sizes, *others = captions.parameters(layers.depthwise)
    words = {State.WEIGHT: "", State.RED: "", State.GREEN: "", State.KERNEL_ON_INPUT: "kernel"}
    words |= {State.INPUT: ""} if shown[0].is_coloured else {}
    return Scene(
        title=f"{layers.heading}{', 1-D' if layers.ndim == 1 else ''}",
        parameters=(sizes, *((cost,) for cost in layers.costs), *others),
        formulas=formulas(layers.depthwise),
        grids=grids,
        arrangement=arrangement,
        legend=legends.sliding(layers.depthwise, occurring(grids, frames), words=words),
        longest_counter=max((half.longest_counter for half in frames.named_halves), key=len),
        frames=frames,
        captions=tuple(
            caption._replace(grid=named(caption.grid))
            for half, named in zip(halves, (of_first, of_second), strict=True)
            for caption in half.captions
        ),
    )


def _grids(shown: tuple[ShownChannels, ShownChannels], halves: Sequence[Scene]) -> dict[str, Grid]:
    """Return the grids of both halves; the planes between are as the first one fills them."""
    first, second = halves
    found = {of_first(name): grid for name, grid in first.grids.items()}
    found |= {
        of_second(name): grid for name, grid in second.grids.items() if not name.startswith("input")
    }
    kernels, mixing = role("kernel", shown[0].inputs[-1]), role(MIXING, shown[1].inputs[-1])
    found[kernels] = replace(found[kernels], captions=(_FIRST, *found[kernels].captions))
    found[mixing] = replace(found[mixing], captions=(f"{_SECOND} kernels",))
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
        for name, grid in self.halves[0].grids.items():
            y, x = np.mgrid[: grid.states.shape[0], : grid.states.shape[1]]
            kind = name.partition(" ")[0]
            states: States | np.uint8 = grid.states
            if kind == "output":
                states = cell_states.output_states(shown.layer)[1]
            elif kind == "kernel":
                states = np.uint8(NOTHING)
            yield Change(of_first(name), y, x, states)


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
