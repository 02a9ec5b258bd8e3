"""How long frames are shown: as long as was asked for, or such that one play has a fair length."""

from typing import NamedTuple

from conv_anim.errors import InputError

AUTO = "auto"
"""What is given for the time of a step that is to be worked out."""

# GIF delays are 16-bit numbers of centiseconds, and browsers show 10 ms or less as 100 ms.
MIN_MS = 20
MAX_MS = 655_350

PLAY_MS = 15_000
"""What one play takes by itself, if its steps can be followed then and don't drag on."""
QUICKEST_MS, SLOWEST_MS = 80, 500


class Run(NamedTuple):
    """What is known of the frames before their times are."""

    n_frames: int
    """Those of the steps, the last of which is held."""
    hold_ms: int
    """How long that is at least."""
    stages_ms: int = 0
    """What the stages before them take, all together."""

    @property
    def n_steps(self) -> int:
        """How many frames are shown for the time of a step."""
        return self.n_frames - 1

    def length_ms(self, step_ms: int) -> int:
        """Return how long one play takes with steps of so many milliseconds."""
        return self.stages_ms + self.n_steps * step_ms + self.hold_ms


class Times(NamedTuple):
    """How long frames are shown, in milliseconds."""

    step: int
    last: int
    """The last frame."""


def automatic(run: Run) -> Times:
    """Return the times with which one play takes about ``PLAY_MS``; long runs still take long."""
    step = _step(run, PLAY_MS) if run.n_steps else SLOWEST_MS
    return Times(min(max(step, QUICKEST_MS), SLOWEST_MS), run.hold_ms)


def lasting(run: Run, seconds: float) -> Times:
    """Return the times with which one play takes so many *seconds*, to 10 ms.

    Steps take equally long, and what is left over goes to the last frame. Raises InputError
    when the frames cannot be so quick or so slow.
    """
    length = round(seconds * 100) * 10
    shortest = run.length_ms(MIN_MS)
    longest = run.stages_ms + run.n_frames * MAX_MS
    if length < shortest:
        fewer = ", or show fewer steps with ‹every›" if run.n_steps > 1 else ""
        raise InputError(
            f"‹duration› is {seconds:g} s, and {_parts(run)} {in_seconds(shortest)} s at least: "
            f"give ‹duration={in_seconds(shortest)}› or more, or lower ‹hold_ms›{fewer}"
        )
    if length > longest:
        stages = f"{_stages(run)} and " if run.stages_ms else ""
        frames = "1 frame" if not run.n_steps else f"{run.n_frames} frames"
        take = "take" if run.n_frames > 1 or stages else "takes"
        raise InputError(
            f"‹duration› is {seconds:g} s, and {stages}{frames} of up to {in_seconds(MAX_MS)} s "
            f"{take} {in_seconds(longest)} s at most: give ‹duration={in_seconds(longest)}› or less"
        )
    step = min(_step(run, length), MAX_MS) if run.n_steps else MIN_MS
    return Times(step, min(length - run.length_ms(step) + run.hold_ms, MAX_MS))


def in_seconds(ms: int) -> str:
    """Return milliseconds, a multiple of 10, as seconds are written: 1.5."""
    return f"{ms / 1000:.2f}".rstrip("0").rstrip(".")


def _step(run: Run, length_ms: int) -> int:
    """Return the longest time of a step, in tens, with which a play takes no longer than that."""
    return (length_ms - run.length_ms(0)) // run.n_steps // 10 * 10


def _parts(run: Run) -> str:
    """Return what takes time in a play, and that it does, as a sentence says it."""
    found = []
    if run.n_steps:
        found.append(f"{run.n_steps} step{'s' * (run.n_steps > 1)} of {MIN_MS} ms")
    if run.stages_ms:
        found.append(_stages(run))
    *others, last = [*found, f"the last frame's ‹hold_ms={run.hold_ms}›"]
    return f"{', '.join(others)} and {last} take" if others else f"{last} takes"


def _stages(run: Run) -> str:
    return f"stages of {in_seconds(run.stages_ms)} s"
