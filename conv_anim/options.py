"""How a layer is to be drawn: everything that is not geometry, checked."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from conv_anim.core import arrays, parse, rows
from conv_anim.core.arrays import Numbers
from conv_anim.core.layer import Layer
from conv_anim.core.pool import Pool
from conv_anim.drawing.fit import MAX_FRAMES
from conv_anim.drawing.light import LIGHT
from conv_anim.drawing.sizes import MAX_WIDTH_PX, MIN_WIDTH_PX
from conv_anim.drawing.styles import Theme
from conv_anim.drawing.theme import THEMES
from conv_anim.errors import InputError
from conv_anim.views import registry as views
from conv_anim.views import stages
from conv_anim.views.number_format import MAX_DIGITS

# GIF delays are 16-bit numbers of centiseconds, and browsers show 10 ms or less as 100 ms.
MIN_MS = 20
MAX_MS = 655_350
MOST_SEED = 2**32 - 1


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
    """How long each step but the last is shown, in milliseconds."""
    hold_ms: int = 1500
    """How long the last frame is shown, and the end of each stage, in milliseconds."""
    loop: bool = True
    """Whether the animation starts again after its end."""
    frames: str | tuple[int, int] | None = None
    """The first and the last step that are shown, counted from 1, (3, 9) or «3:9»."""
    every: int = 1
    """Of these, the distance from one step that is shown to the next; the last is always shown."""
    max_frames: int = 5000
    """The most frames that are drawn without a word."""
    values: bool | None = None
    """Whether numbers are shown; None if they are for pooling and when numbers are given."""
    input: str | Numbers = "random"
    """The input's numbers: a word of ``arrays.INPUTS``, text «1 2; 3 4», an array, or a file by
    its name or its path."""
    kernel: str | Numbers = "random"
    """The kernel's, with a word of ``arrays.KERNELS``."""
    bias: float = 0.0
    """What is added to every output cell."""
    seed: int = 0
    """Which random numbers are taken."""
    shade: bool = False
    """Whether input and output cells are coloured by value."""
    digits: int = 2
    """The most decimals of a number."""
    view: str = views.DEFAULT
    """The way of looking at a layer, one of ``views.VIEWS``."""
    process: bool = False
    """Whether what the kernel slides over is built before the kernel starts."""

    def __post_init__(self) -> None:
        if not isinstance(self.theme, str) or self.theme not in THEMES:
            known = " or ".join(THEMES)
            raise InputError(f"‹theme› is {parse.shown(self.theme)}: give {known}")
        if not isinstance(self.loop, bool):
            raise InputError(f"‹loop› is {parse.shown(self.loop)}: give True or False")
        numbers = {
            "width": parse.whole(self.width, "width", MIN_WIDTH_PX, MAX_WIDTH_PX),
            "step_ms": parse.whole(self.step_ms, "step_ms", MIN_MS, MAX_MS, multiple_of=10),
            "hold_ms": parse.whole(self.hold_ms, "hold_ms", MIN_MS, MAX_MS, multiple_of=10),
            "every": parse.whole(self.every, "every", 1, MAX_FRAMES),
            "max_frames": parse.whole(self.max_frames, "max_frames", 1, MAX_FRAMES),
            "seed": parse.whole(self.seed, "seed", 0, MOST_SEED),
            "digits": parse.whole(self.digits, "digits", 0, MAX_DIGITS),
            "bias": parse.real(self.bias, "bias"),
        }
        if abs(numbers["bias"]) > rows.MAX_VALUE:
            raise InputError(f"‹bias› is {self.bias}: give a number up to {rows.MAX_VALUE:g}")
        for name, number in numbers.items():
            object.__setattr__(self, name, number)

        object.__setattr__(self, "frames", _span(self.frames))
        views.check(self.view)
        for name in ("input", "kernel"):
            given = getattr(self, name)
            if isinstance(given, os.PathLike):
                object.__setattr__(self, name, os.fsdecode(given))
            elif not isinstance(given, str):  # what a text means, depends on the layer
                read = arrays.read(given, name)
                object.__setattr__(self, name, read if read.rows else read.text)
        for name, kinds in (
            ("values", (bool, type(None))),
            ("shade", (bool,)),
            ("process", (bool,)),
        ):
            if not isinstance(getattr(self, name), kinds):
                raise InputError(
                    f"‹{name}› is {parse.shown(getattr(self, name))}: give True or False"
                )

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
            "values": _flag("values", bool(self.values)),
            "input": _numbers("input", self.input),
            "kernel": _numbers("kernel", self.kernel),
            "bias": (f"bias{self.bias!r}".removesuffix(".0"), ("--bias", repr(self.bias))),
            "seed": (f"seed{self.seed}", ("--seed", str(self.seed))),
            "shade": _flag("shade", self.shade),
            "view": (self.view, ("--view", self.view)),
            "process": _flag("process", self.process),
            "digits": (f"digits{self.digits}", ("--digits", str(self.digits))),
        }
        return [
            parts for name, parts in said.items() if getattr(self, name) != getattr(default, name)
        ]

    def shows_numbers(self, layer: Layer) -> bool:
        """Return whether numbers stand in the cells."""
        if self.values is not None or "values" in views.VIEWS[self.view].without:
            return bool(self.values)
        default = Options()
        names = ("input", "kernel", "bias", "seed", "digits")
        given = any(getattr(self, name) != getattr(default, name) for name in names)
        return (given or isinstance(layer, Pool)) and not self.shade

    @property
    def can_be_shaded(self) -> bool:
        """Whether an image is given and nothing is said of how its numbers are to be shown."""
        is_image = isinstance(self.input, Numbers) and self.input.is_image
        return is_image and self.values is None and "shade" not in views.VIEWS[self.view].without

    def for_layer(self, layer: Layer) -> "Options":
        """Return the same with all numbers read that a picture of *layer* needs."""
        for where, names in (
            (f"with ‹view={self.view}›", views.view_of(self.view, layer).without),
            (f"for a {layer.name} layer", views.WITHOUT.get(layer.name, ())),
        ):
            for name in names:
                if getattr(self, name) != getattr(Options(), name):
                    raise InputError(f"‹{name}› has no meaning {where}: leave it out")
        if not (self.shade or self.shows_numbers(layer)):
            return self
        return replace(
            self,
            input=arrays.read(self.input, "input", layer.i),
            kernel=arrays.read(self.kernel, "kernel", layer.k),
        )

    def steps(self, layer: Layer) -> Sequence[int]:
        """Return the steps that are shown, counted from 0."""
        first, last = self._ends(layer)
        regular = range(first - 1, last, self.every)
        return regular if regular[-1] == last - 1 else (*regular, last - 1)

    def n_frames(self, layer: Layer) -> int:
        """Return how many frames there are."""
        view = views.view_of(self.view, layer)
        first, last = self._ends(layer)
        n_chosen = -(-(last - first) // self.every) + 1  # as ``steps`` has, of which 10⁸ may be
        ending = view.has_ending and last == view.n_steps(layer)
        building = len(stages.moments(layer)) if self.process else 0
        return building + n_chosen + ending

    def _ends(self, layer: Layer) -> tuple[int, int]:
        """Return the first and the last step that are shown, counted from 1."""
        n_steps = views.view_of(self.view, layer).n_steps(layer)
        first, last = _span(self.frames) or (1, n_steps)
        if not 1 <= first <= last <= n_steps:
            raise InputError(
                f"‹frames› is {first}:{last}, and the layer has {n_steps} steps: give the "
                f"first and the last step that are shown, from 1 to {n_steps}"
            )
        return first, last


def _flag(name: str, value: bool) -> tuple[str, tuple[str, ...]]:
    return (name, (f"--{name}",)) if value else (f"no-{name}", (f"--no-{name}",))


def _numbers(name: str, given: str | Numbers) -> tuple[str, tuple[str, ...]]:
    """Return numbers as part of a file name and as words."""
    text = given.text if isinstance(given, Numbers) else given
    stem = text if text in arrays.WORDS[name] else f"{crc32(text.encode()):08x}"
    return f"{name}-{stem}", (f"--{name}", text)


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
        f"‹frames› is {parse.shown(frames)}: give the first and the last step that are shown, "
        f"such as ‹frames=3:9›"
    )
