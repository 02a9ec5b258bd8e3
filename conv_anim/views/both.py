"""Both readings of a transposed layer side by side: zero insertion, and stamping.

After each stamp the kernel slides over the cells that are complete by it. The product that both
then add is marked: its input cell under a tap on one side, its output cell under the same tap on
the other. Taps are numbered or have their weights, so that the turn by 180° can be seen.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conv_anim.core.transposed import Transposed
from conv_anim.scene.arrangement import Arrangement, beside
from conv_anim.scene.scene import Grid, Scene
from conv_anim.scene.states import State
from conv_anim.views import captions, interleave, legends, slide, stamp
from conv_anim.views.formulas import formulas
from conv_anim.views.view import View

if TYPE_CHECKING:
    from conv_anim.views.annotations import Annotations

_SLIDING = ("zero insertion:", "the kernel, turned by 180°, slides")
_STAMPING = ("stamping:", "each input cell stamps")
_APART = 1.7  # times the gap within them, two halves are
_WORDS = {
    State.KERNEL_ON_INPUT: "input in use",
    State.MARKED: "the product that both add",
    State.CROPPED_ZERO: "cropped",
    State.DONE: "done; right: stamped",
}


def arrange(layer: Transposed) -> Arrangement:
    """Return the grids of the sliding and the stamping picture, each from input to output."""
    slides, stamps = beside(slide.areas(layer)), stamp.arrange(layer)
    gap = max(2, min(4, *slides.gaps, *stamps.gaps) - 1)  # there are three
    return Arrangement(
        areas={
            "drawn input": slides.areas["input"],
            "output": slides.areas["output"],
            **stamps.areas,
        },
        gaps=(gap, _APART * gap, gap),
    )


def both(
    layer: Transposed,
    chosen: Sequence[int],
    step_ms: int,
    hold_ms: int,
    annotations: "Annotations | None" = None,
) -> Scene:
    """Return the scene: the drawn input and the output, then the input and the full output.

    There is a frame for each of the *chosen* steps of ``interleave.beats``, and after the last
    one a frame in which the full output is cropped. With *annotations*, cells have numbers.
    """
    import numpy as np

    from conv_anim.core import matrix
    from conv_anim.scene.playback import occurring
    from conv_anim.views import cell_states
    from conv_anim.views.pairing import BothFrames, numbers_of
    from conv_anim.views.sliding import SlideFrames
    from conv_anim.views.stamped import numbered, running_sums
    from conv_anim.views.stamping import StampFrames, canvas_states
    from conv_anim.views.string_table import Strings, widest_em

    resting = cell_states.resting_states(layer)
    to_come, done = cell_states.output_states(layer)
    strings = Strings(
        annotations.digits if annotations else 0, annotations.strings if annotations else ()
    )
    taps = strings.written(matrix.tap_numbers(layer).astype(np.float64))
    if annotations:
        stamped = running_sums(layer, annotations.values, strings)
    else:
        stamped = numbered(layer, taps[::-1, ::-1], strings.all)
    beats = tuple(interleave.beats(layer))
    frames = BothFrames(
        beats=beats,
        chosen=chosen,
        sliding=SlideFrames(
            layer,
            numbers_of([beat.cell is not None for beat in beats], chosen),
            resting,
            done,
            step_ms,
            hold_ms,
            annotations,
            None if annotations else taps,
            np.array([beat.cell for beat in beats if beat.cell]).reshape(-1, 2),
        ),
        stamping=StampFrames(
            layer,
            sorted({beats[at].number(layer) for at in chosen}),
            step_ms,
            hold_ms,
            stamped,
            canvas_states(layer),
        ),
    )
    inputs = np.full(layer.i, State.INPUT, np.uint8)
    canvas = frames.stamping.canvas
    grids = {
        "drawn input": Grid(
            resting,
            captions.drawn_captions(layer),
            labels=annotations.input if annotations else None,
            has_corners=annotations is not None,
            heading=_SLIDING,
        ),
        "output": Grid(to_come, captions.output_captions(layer)),
        "input": Grid(
            inputs,
            captions.input_captions(layer)[:1],
            labels=stamped.input,
            heading=_STAMPING,
        ),
        "full output": Grid(
            canvas,
            captions.canvas_captions(layer),
            has_corners=annotations is not None,
        ),
    }
    return Scene(
        title=captions.title(layer),
        parameters=captions.in_one_line(layer),
        formulas=formulas(layer),
        grids=grids,
        arrangement=arrange(layer),
        legend=legends.sliding(layer, occurring(grids, frames), words=_WORDS),
        longest_counter=captions.beat(inputs.size, inputs.size, layer.n_steps, layer.n_steps),
        frames=frames,
        strings=strings.all,
        numbers_em=(
            widest_em(
                strings.all,
                frames.sliding.taps,
                *stamped.texts,
                *(annotations.labels if annotations else ()),
            ),
            widest_em(strings.all, annotations.weights) if annotations else 0,
        ),
        has_sums=annotations is not None,
    )


VIEW = View(
    "both",
    (Transposed.name,),
    "both readings, in step",
    arrange,
    interleave.n_beats,
    both,
    without=("shade", "process"),
    has_ending=True,
)
