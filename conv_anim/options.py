"""How a layer is to be drawn: everything that is not geometry, for a layer that is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conv_anim.core import arrays, readers
from conv_anim.core.arrays import Numbers
from conv_anim.core.layer import Layer
from conv_anim.core.layers import KINDS
from conv_anim.core.parameter import NUMBERS
from conv_anim.core.subject import Subject
from conv_anim.drawing.auto import AUTO
from conv_anim.drawing.colours import TRANSPARENT
from conv_anim.drawing.light import LIGHT
from conv_anim.drawing.sizes import Sizing
from conv_anim.drawing.styles import Theme
from conv_anim.drawing.theme import THEMES
from conv_anim.errors import InputError
from conv_anim.option_table import TABLE, OptionTable
from conv_anim.option_table.idle import noun, where_idle
from conv_anim.views import asked_channels, stages, timing
from conv_anim.views import registry as views
from conv_anim.views.shown_channels import Choice
from conv_anim.views.view import View

if TYPE_CHECKING:
    from conv_anim.core.sources import Sources

_THAT_SHOW_NUMBERS = tuple(
    name for name, row in TABLE.items() if row.group == NUMBERS and row.metavar
)

_SIZES = ("scale", "width", "size")


@dataclass(frozen=True, kw_only=True)
class Options(OptionTable):
    """Drawing options, checked, and what follows from them for a layer."""

    def __post_init__(self) -> None:
        super().__post_init__()
        given = [name for name in _SIZES if not self._is_default(name)]
        if len(given) > 1:
            written = " and ".join(
                f"‹{name}={TABLE[name].written(getattr(self, name))}›" for name in given
            )
            count = "both" if len(given) == 2 else "all"
            raise InputError(f"{written} {count} say how large the picture is: give one of them")
        if self.duration is not None and self.step_ms != timing.AUTO:
            duration = TABLE["duration"].written(self.duration)
            raise InputError(
                f"‹duration={duration}› and ‹step_ms={self.step_ms}› both say how long a step "
                f"takes: leave one out"
            )

    @property
    def sizing(self) -> Sizing:
        """How large the picture is."""
        return Sizing(self.scale, self.width, self.size)

    @property
    def palette(self) -> Theme:
        """The colours of what cannot follow the page that it is on."""
        return self._on_background(THEMES.get(self.theme, LIGHT))

    @property
    def live_palette(self) -> Theme:
        """The colours of what can: those of both themes, unless one is asked for."""
        return self._on_background(THEMES.get(self.theme, AUTO))

    @property
    def is_transparent(self) -> bool:
        """Whether the picture has no background of its own."""
        return self.background != TABLE["background"].default

    def _on_background(self, theme: Theme) -> Theme:
        return replace(theme, background=TRANSPARENT) if self.is_transparent else theme

    @property
    def plays(self) -> int:
        """How often the animation plays; 0 is without end."""
        return int(not self.loop) if isinstance(self.loop, bool) else self.loop

    @property
    def hides_output(self) -> bool:
        """Whether the output stays to come."""
        return self.hide == "output"

    @property
    def slug(self) -> tuple[str, ...]:
        """What is not the default and shows in the file, as parts of a file name."""
        return tuple(TABLE[name].slug(value) for name, value in self._not_default.items())

    @property
    def arguments(self) -> tuple[str, ...]:
        """The same as words of the command line."""
        found = (TABLE[name].arguments(value) for name, value in self._not_default.items())
        return tuple(word for words in found for word in words)

    @property
    def _not_default(self) -> dict[str, object]:
        """What is not the default and shows in the file, by its name."""
        return {
            name: getattr(self, name)
            for name, row in TABLE.items()
            if row.shows_in_file and not self._is_default(name)
        }

    def with_default_view(self, kind: str) -> "Options":
        """Return the same without a view, if the one that is asked for is there unasked."""
        is_unasked = self.view == views.default_for(kind)
        return replace(self, view=views.DEFAULT) if is_unasked else self

    def is_given(self, name: str) -> bool:
        """Return whether an option is not what it is by itself."""
        return not self._is_default(name)

    def _is_default(self, name: str) -> bool:
        value, default = getattr(self, name), TABLE[name].default
        return value is default or (type(value) is type(default) and value == default)

    def shows_numbers(self, layer: Subject) -> bool:
        """Return whether numbers stand in the cells."""
        if self.values is not None or not self.has_meaning("values", layer):
            return bool(self.values)
        given = not all(map(self._is_default, _THAT_SHOW_NUMBERS))
        return (given or not layer.has_weights) and not self.shade

    @property
    def kernel_name(self) -> str:
        """What the kernel is called, if it is known by a name."""
        word = self.kernel.text if isinstance(self.kernel, Numbers) else self.kernel
        return word if word in arrays.KERNELS and not self._is_default("kernel") else ""

    @property
    def biases(self) -> float | tuple[float, ...]:
        """What is added to output cells, for all filters, or one a filter."""
        assert isinstance(self.bias, float | tuple)  # as it has been read
        return self.bias

    @property
    def has_bias(self) -> bool:
        """Whether anything is added to output cells."""
        return any(self.biases) if isinstance(self.biases, tuple) else bool(self.biases)

    @property
    def has_image(self) -> bool:
        """Whether the input is an image, which is known when it is read."""
        return isinstance(self.input, Numbers) and self.input.is_image

    @property
    def remarks(self) -> tuple[str, ...]:
        """What whoever gave the input should hear of, if it has been read."""
        return self.input.remarks if isinstance(self.input, Numbers) else ()

    @property
    def why_shaded(self) -> str:
        """Why numbers are shaded unasked."""
        whose = "the image's" if self.has_image else "the"
        return f"shaded, as {whose} numbers would be too small to be read"

    def can_be_shaded(self, layer: Subject) -> bool:
        """Return whether nothing is given of how numbers are to be shown, and shades will do.

        They do for an image, and for a layer with channels, whose numbers are for its output, too.
        """
        may_be = self.has_image or layer.has_channels
        return may_be and self.values is None and self.has_meaning("shade", layer)

    def ways_to_read(self, layer: Subject, strings: Iterable[str]) -> list[str]:
        """Return what else can be given where numbers, as *strings*, don't fit."""
        ways = ["‹shade› instead of ‹values›"] if self.has_meaning("shade", layer) else []
        if isinstance(self.input, str):  # a word, whatever the size
            ways.append("a smaller ‹i›")
        if any("." in string for string in strings):
            ways.append("fewer ‹digits›")
        return ways or ["‹values=False›"]

    def view_of(self, layer: Subject) -> View:
        """Return the view, if it can show the layer; stages are those of one channel."""
        return views.view_of(self.view, layer, None if self.process else self._choice)

    @property
    def _choice(self) -> Choice:
        """Which channels are asked for."""
        sides = self.channels or (None, None)
        assert isinstance(sides, tuple)  # as it has been read
        inputs, outputs = sides
        return Choice(inputs, outputs, self.order, self.gray)

    @property
    def pair(self) -> tuple[int, int]:
        """The input and the output channel that a picture of one pair shows, counted from 1."""
        assert isinstance(self.channel, tuple)  # as it has been read
        return self.channel

    def has_meaning(self, name: str, layer: Subject) -> bool:
        """Return whether an option means anything for *layer* in this view."""
        return not where_idle(name, layer.name, self.view)

    def check_meaning(self, layer: Subject) -> None:
        """Raise InputError when an option is given that means nothing for *layer* in this view."""
        for name in TABLE:
            where = where_idle(name, layer.name, self.view)
            if where and not self._is_default(name):
                raise InputError(f"‹{name}› has no meaning {where}: leave it out")
        given = {name: self.written(name) for name in asked_channels.OPTIONS if self.is_given(name)}
        asked_channels.check(layer, self.view_of(layer).channels, given, self.pair)

    def for_layer(self, layer: Subject) -> "Options":
        """Return the same with all numbers read that a picture of *layer* needs."""
        if self.shade or self.shows_numbers(layer):
            given, kernel = self.numbers(layer.single())
            return replace(self, input=_with_remark(layer.single(), given), kernel=kernel)
        return replace(
            self,
            input=_along(layer, self.input, "input"),
            kernel=_along(layer, self.kernel, "kernel"),
        )

    def written(self, name: str) -> str:
        """Return an option and its value, for messages."""
        return f"‹{name}={TABLE[name].written(getattr(self, name))}›"

    def numbers(self, layer: Layer) -> tuple[Numbers, Numbers]:
        """Return the numbers of the input and of the kernel, or words for them."""
        in_colour = layer.in_channels == arrays.N_COLOURS and not self.gray
        given = arrays.read(self.input, "input", layer.i, None, in_colour)
        kernel = arrays.read(self.kernel, "kernel", layer.k)
        return given.along(layer.ndim, "input"), kernel.along(layer.ndim, "kernel")

    def sources(self, layer: Layer) -> "Sources":
        """Return what all numbers follow from: input, kernel, biases, seed."""
        return *self.numbers(layer), self.biases, self.seed

    def n_planes(self, layer: Subject) -> int:
        """Return how many planes an input has that gives them by themselves; 1 for any other."""
        given = self.input
        if isinstance(given, str) and "|" in given:
            given = arrays.read(given, "input", layer.i)
        if not isinstance(given, Numbers):
            return 1
        given = given.along(layer.ndim, "input")
        return given.shape[1] if given.has_channels else 1

    def steps(self, layer: Subject) -> Sequence[int]:
        """Return the steps that are shown, counted from 0."""
        first, last = self._ends(layer)
        regular = range(first - 1, last, self.every)
        return regular if regular[-1] == last - 1 else (*regular, last - 1)

    def n_frames(self, layer: Subject) -> int:
        """Return how many frames there are."""
        building = len(stages.moments(layer.single())) if self.process else 0
        return building + self._n_frames_of_steps(layer)

    def _n_frames_of_steps(self, layer: Subject) -> int:
        """Return how many frames there are after those of the stages."""
        view = self.view_of(layer)
        first, last = self._ends(layer)
        n_chosen = -(-(last - first) // self.every) + 1  # as ``steps`` has, of which 10⁸ may be
        ending = view.has_ending and last == view.n_steps(layer)
        return n_chosen + ending

    def times(self, layer: Subject) -> timing.Times:
        """Return how long the frames of the steps are shown."""
        stages_ms = sum(self.stage_times(layer)) if self.process else 0
        run = timing.Run(self._n_frames_of_steps(layer), self.hold_ms, stages_ms)
        if self.duration is not None:
            return timing.lasting(run, self.duration)
        if isinstance(self.step_ms, int):
            return timing.Times(self.step_ms, self.hold_ms)
        return timing.automatic(run)

    def stage_times(self, layer: Subject) -> Sequence[int]:
        """Return how long each frame of the stages is shown, in milliseconds.

        They don't depend on the time that steps are given by themselves, which depends on theirs.
        """
        step_ms = self.step_ms if isinstance(self.step_ms, int) else timing.SLOWEST_MS
        return stages.times(layer.single(), step_ms, self.hold_ms)

    def _ends(self, layer: Subject) -> tuple[int, int]:
        """Return the first and the last step that are shown, counted from 1."""
        n_steps = self.view_of(layer).n_steps(layer)
        first, last = readers.span(self.frames) or (1, n_steps)
        if not 1 <= first <= last <= n_steps:
            what = "layer" if layer.name in KINDS else noun(layer.name)
            raise InputError(
                f"‹frames› is {first}:{last}, and the {what} has {n_steps} steps: give the "
                f"first and the last step that are shown, from 1 to {n_steps}"
            )
        return first, last


def _with_remark(layer: Layer, numbers: Numbers) -> Numbers:
    """Return numbers with a remark if they are an image that more or fewer than three planes share.

    It is grey then.
    """
    if not numbers.is_image or layer.in_channels in (1, arrays.N_COLOURS):
        return numbers
    word = f"each of the {layer.in_channels} planes is the image in grey"
    return replace(numbers, remarks=(*numbers.remarks, word))


def _along(layer: Subject, numbers: object, name: str) -> object:
    """Return numbers along the layer's axes, unless they are not read yet."""
    return numbers.along(layer.ndim, name) if isinstance(numbers, Numbers) else numbers
