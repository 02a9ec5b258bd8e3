"""How a layer is to be drawn: everything that is not geometry, checked."""

from dataclasses import dataclass

from conv_anim import fit, parse
from conv_anim.errors import InputError
from conv_anim.layer import Layer
from conv_anim.theme import LIGHT, THEMES, Theme

# GIF delays are 16-bit numbers of centiseconds, and browsers show 10 ms or less as 100 ms.
MIN_MS = 20
MAX_MS = 655_350
MOST_FRAMES = 1_000_000


@dataclass(frozen=True)
class Options:
    """Drawing options, with their defaults.

    Raises
    ------
    ValueError
        When a value is out of range or not of its kind.
    """

    theme: str = LIGHT.name
    """``light`` or ``dark``."""
    width: int = 960
    """The widest that the canvas may get, in pixels."""
    step_ms: int = 500
    """How long each frame but the last is shown, in milliseconds."""
    hold_ms: int = 1500
    """How long the last frame is shown, in milliseconds."""
    loop: bool = True
    """Whether the animation starts again after its end."""
    frames: str | tuple[int, int] | None = None
    """The first and the last step that are shown, counted from 1, (3, 9) or «3:9»."""
    every: int = 1
    """Of these, the distance from one step that is shown to the next, from the first on."""
    max_frames: int = 5000
    """The most frames that are drawn without a word."""

    def __post_init__(self) -> None:
        if not isinstance(self.theme, str) or self.theme not in THEMES:
            known = " or ".join(THEMES)
            raise InputError(f"--theme is {parse.shown(self.theme)}: give {known}")
        if not isinstance(self.loop, bool):
            raise InputError(f"loop is {parse.shown(self.loop)}: give True or False")
        numbers = {
            "width": parse.whole(self.width, "--width", fit.MIN_WIDTH_PX, fit.MAX_WIDTH_PX),
            "step_ms": parse.whole(self.step_ms, "--step-ms", MIN_MS, MAX_MS, multiple_of=10),
            "hold_ms": parse.whole(self.hold_ms, "--hold-ms", MIN_MS, MAX_MS, multiple_of=10),
            "every": parse.whole(self.every, "--every", 1, MOST_FRAMES),
            "max_frames": parse.whole(self.max_frames, "--max-frames", 1, MOST_FRAMES),
        }
        for name, number in numbers.items():
            object.__setattr__(self, name, number)

        object.__setattr__(self, "frames", _span(self.frames))

    @property
    def palette(self) -> Theme:
        """The theme's colours."""
        return THEMES[self.theme]

    @property
    def slug(self) -> tuple[str, ...]:
        """What is not the default and shows in the file, as parts of a file name."""
        return tuple(slug for slug, _ in self._not_default)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The same as words of the command line."""
        return tuple(word for _, words in self._not_default for word in words)

    @property
    def _not_default(self) -> list[tuple[str, tuple[str, ...]]]:
        """What is not the default and shows in the file: for its name, and as words."""
        default = Options()
        first, last = _span(self.frames) or (0, 0)
        said = {
            "theme": (self.theme, ("--theme", self.theme)),
            "width": (f"w{self.width}", ("--width", str(self.width))),
            "step_ms": (f"step{self.step_ms}", ("--step-ms", str(self.step_ms))),
            "hold_ms": (f"hold{self.hold_ms}", ("--hold-ms", str(self.hold_ms))),
            "loop": ("once", ("--once",)),
            "frames": (f"frames{first}-{last}", ("--frames", f"{first}:{last}")),
            "every": (f"every{self.every}", ("--every", str(self.every))),
        }
        return [
            parts for name, parts in said.items() if getattr(self, name) != getattr(default, name)
        ]

    def steps(self, layer: Layer) -> range:
        """Return the steps that are shown, counted from 0."""
        first, last = _span(self.frames) or (1, layer.n_steps)
        if not 1 <= first <= last <= layer.n_steps:
            raise InputError(
                f"--frames is {first}:{last}, and the layer has {layer.n_steps} steps: give the "
                f"first and the last step that are shown, from 1 to {layer.n_steps}"
            )
        return range(first - 1, last, self.every)

    def check(self, layer: Layer) -> None:
        """Raise InputError when a picture of *layer* would be too small or too long."""
        fit.check_fits(layer, self.width)
        frames = len(self.steps(layer))
        if frames > self.max_frames:
            more = ", or raise --max-frames" if frames <= MOST_FRAMES else ""
            raise InputError(
                f"the animation would have {frames} frames, more than --max-frames "
                f"{self.max_frames}: lower --i, show fewer steps with --frames or --every{more}"
            )


def _span(frames: object) -> tuple[int, int] | None:
    """Return the first and the last step, or None for all."""
    if frames is None:
        return None
    parts = frames.split(":") if isinstance(frames, str) else frames
    if isinstance(parts, tuple | list) and len(parts) == 2:
        first, last = (parse.integer(part) for part in parts)
        if first is not None and last is not None:
            return first, last
    raise InputError(
        f"--frames is {parse.shown(frames)}: give the first and the last step that are shown, "
        f"such as --frames 3:9"
    )
