"""The options that say which steps are shown, and for how long."""

from dataclasses import dataclass

from conv_anim.core import readers
from conv_anim.core.parameter import TIME, Parameter, option, without_decimals
from conv_anim.drawing.fit import MAX_FRAMES
from conv_anim.views.timing import AUTO, MAX_MS, MIN_MS, QUICKEST_MS, SLOWEST_MS


@dataclass(frozen=True, kw_only=True)
class TimeOptions:
    """What may be given for its time."""

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
            help="How long one play takes, instead of ‹step_ms›.",
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
    smooth: bool | None = option(
        None,
        readers.flag_or_none,
        Parameter(
            group=TIME,
            help="Let outlines glide from step to step.",
            switches={"smooth": True, "no-smooth": False},
            default_text="in SVG and pages",
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
            help="Show steps A to B only, counted from the first on.",
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
            help="Of these, the first, every Nth after it, and the last.",
            metavar="N",
            prefix="every",
        ),
    )
    max_frames: int = option(
        5000,
        readers.whole(1, MAX_FRAMES),
        Parameter(group=TIME, help="Refuse to draw more frames than this.", metavar="N"),
    )
