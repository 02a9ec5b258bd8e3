"""The whole pipeline, from top to bottom: ``Animation`` has a part for each stage of it.

A layer and options → the view → the scene → its layout → the renderer → a file of some format.
"""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from conv_anim.animation import output
from conv_anim.animation.keywords import takes_options
from conv_anim.animation.naming import Named
from conv_anim.animation.notebook import Player, image
from conv_anim.animation.numbered import Numbered
from conv_anim.animation.saving import Saving
from conv_anim.core.subject import Subject
from conv_anim.drawing import fit, own_settings
from conv_anim.drawing.sizes import even
from conv_anim.errors import InputError
from conv_anim.formats import registry as formats
from conv_anim.formats.picture import Picture
from conv_anim.options import Options
from conv_anim.scene import parts
from conv_anim.views import captions
from conv_anim.views import registry as views

if TYPE_CHECKING:
    from conv_anim.drawing.drawing import Drawing
    from conv_anim.drawing.layout import Layout
    from conv_anim.render.raster import Renderer
    from conv_anim.scene.scene import Scene


@takes_options
def animate(layer: Subject, options: Options) -> "Animation":
    """Return the animation of *layer*; nothing is drawn before it is saved or shown.

    Parameters
    ----------
    layer
        What to draw: ``Standard(…)``, ``Transposed(…)``, ``Pool(…)``, ``Separable(…)`` or
        ``Network(…)``.
    {options}

    Raises
    ------
    ValueError
        When an option is out of range, or the picture would be too small or too long.
    TypeError
        When there is no such option.
    """
    return Animation(layer, options)


class Animation(Named, Numbered, Saving):
    """A layer, or a network, and how to draw it; ``save`` it, or let a notebook show it.

    ``len()`` is the number of frames; iteration gives each as an array.
    """

    def __init__(self, layer: Subject, options: Options) -> None:
        if not views.names_for(getattr(layer, "name", "")):
            raise TypeError(
                f"animate() takes a layer such as Standard(i=5), or a Network of layers, not "
                f"{layer!r}"
            )
        layer = layer.with_planes(options.n_planes(layer))
        self.layer = layer.seen_along(options.axis)
        self.options = options.with_default_view(layer.name)
        self.view = self.options.view_of(self.layer)
        self.remarks: tuple[str, ...] = ()
        """What whoever made it should hear of, a phrase each."""
        self._check()

    def __len__(self) -> int:
        return self.options.n_frames(self.layer)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Animation):
            return NotImplemented
        return (self.layer, self.options) == (other.layer, other.options)

    def __hash__(self) -> int:
        return hash((self.layer, self.options))

    def __repr__(self) -> str:
        return f"<Animation: {self.alt_text}>"

    def _check(self) -> None:
        """Raise InputError when there can be no such picture, before anything is drawn."""
        self.options.check_meaning(self.layer)
        fit.check_cells(self.layer, self.options.sizing, self.view.arrange)
        wanted = output.still_numbers(self.options.still, len(self))
        fit.check_length(wanted[-1] + 1, self.options.max_frames, is_still=self.is_one_picture)
        self.options.times(self.layer)  # so that a length which can't be is refused now
        self.options = self.options.for_layer(self.layer)
        self.remarks = self.options.remarks
        if self.options.shade and not self.options.shows_numbers(self.layer):
            self._numbers  # noqa: B018 - so that what is wrong with them is found now
        self._check_numbers()
        if self.options.title and "header" in self.options.parts:
            own_settings.load_matplotlib()
            fit.check_letters(self.options.title, "title")
        if self.options.size:  # how much of it the picture takes is known when it is laid out
            has_numbers = self.options.shows_numbers(self.layer)
            fit.check_canvas(self.layout, self.options.size, has_numbers=has_numbers)

    def _check_numbers(self) -> None:
        """Raise InputError when numbers can't be read; an image is shaded instead."""
        if not self.options.shows_numbers(self.layer):
            return
        self._numbers  # noqa: B018 - so that what is wrong with them is refused, and not shaded
        try:
            ways = self.options.ways_to_read(self.layer, self.scene.strings)
            ways = [*self._fewer_channels(), *ways]
            fit.check_numbers(self.scene, self.options.sizing, ways, lambda: self.layout.width)
        except InputError:
            if not self.options.can_be_shaded(self.layer):
                raise
            self.options = replace(self.options, shade=True)
            self.remarks = (self.options.why_shaded, *self.remarks)
            self.forget()

    def _fewer_channels(self) -> list[str]:
        """Return how many channels there may be for their numbers to be read, as a way out."""
        shown, arrange = self.view.channels, self.view.arrange_channels
        ways = self.scene.numbers_ways
        if shown is None or arrange is None or not ways:
            return []
        for count, fewer in shown.fewer():
            if fit.numbers_fit(arrange(fewer), ways, self.options.sizing):
                return [f"up to {count} of each side with ‹channels›"]
        return []

    @cached_property
    def whole_scene(self) -> "Scene":
        """What there would be to see with all parts of it."""
        layer, options = self.layer, self.options
        steps, times = options.steps(layer), options.times(layer)
        scene = self.view.scene(layer, steps, *times, self._numbers)
        if options.process:
            from conv_anim.views.process import with_process

            scene = with_process(scene, layer.single(), options.stage_times(layer))
        scene = replace(scene, title=options.title or scene.title)
        if not self.view.channels:
            scene = captions.with_pair(scene, layer, options.pair)
        if self._numbers is not None and not self.view.channels:
            scene = captions.with_part(scene, layer.single(), has_bias=options.has_bias)
        if options.hides_output:
            from conv_anim.scene.hide import with_output_to_come

            scene = with_output_to_come(scene)
        return scene

    @cached_property
    def scene(self) -> "Scene":
        """What there is to see, frame by frame, without pixels and colours."""
        return parts.with_parts(self.whole_scene, self.options.parts)

    @cached_property
    def layout(self) -> "Layout":
        """Where everything is on the canvas, in points."""
        # What draws is loaded when something is drawn, so that a mistake is answered at once.
        own_settings.load_matplotlib()
        from conv_anim.drawing.layout import lay_out

        return lay_out(self.scene, self.options.sizing)

    @cached_property
    def drawing(self) -> "Drawing":
        """The items of the picture and its frames, in points."""
        return self.picture_in(formats.DEFAULT).drawing

    @cached_property
    def renderer(self) -> "Renderer":
        """What turns the drawing into pixels, frame by frame."""
        return self.picture_in(formats.DEFAULT).renderer

    @cached_property
    def _pictures(self) -> dict[tuple[bool, bool], Picture]:
        return {}

    def picture_in(self, row: formats.Format) -> Picture:
        """Return what there is to write in a format."""
        smooth = self.options.smooth
        is_smooth = row.is_smooth if smooth is None else smooth
        key = is_smooth, row.follows_page
        if key not in self._pictures:
            layout = self.layout  # matplotlib is loaded for it, with settings of our own
            from conv_anim.drawing.compose import compose

            options = self.options
            theme = options.live_palette if row.follows_page else options.palette
            drawing = compose(self.scene, layout, theme, is_smooth=is_smooth)
            facts = options.theme, self.alt_text, options.plays, options.max_bytes
            self._pictures[key] = Picture(self.whole_scene, drawing, *facts)
        return self._pictures[key]

    def forget(self) -> None:
        """Keep nothing that has been worked out; it is worked out again where it is needed."""
        stages = (
            "values_in_turn",
            "shown",
            "_numbers",
            "whole_scene",
            "scene",
            "layout",
            "drawing",
            "renderer",
        )
        for name in (*stages, "_pictures"):
            vars(self).pop(name, None)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the canvas in pixels."""
        return self.layout.size_px

    def size_in(self, row: formats.Format) -> tuple[int, int]:
        """Return (width, height) of a file in a format, in pixels."""
        width, height = self.size
        return (even(width), even(height)) if row.has_even_sides else (width, height)

    def remarks_in(self, row: formats.Format) -> tuple[str, ...]:
        """Return what whoever makes a file in a format should hear of, a phrase each."""
        smallest_px = None if row.is_vector else self.layout.smallest_words_px
        return (*self.remarks, *fit.remarks_on_words(smallest_px))

    @property
    def duration_ms(self) -> int:
        """How long it takes to play once, in milliseconds."""
        return sum(frame.duration_ms for frame in self.scene.frames)

    def player(self) -> Player:
        """Return a page to step through the animation, which a notebook shows in a frame."""
        return Player(self.to_bytes(formats.HTML.word).decode(), self.size)

    def _repr_html_(self) -> str:
        """Show the animation, or the one picture of it that is asked for, in a notebook.

        There is no output type of its own for it.
        """
        if not self.is_one_picture:
            whole = Animation(self.layer, replace(self.options, still=None))
            other = formats.WEBP if self.options.is_transparent else formats.DEFAULT
            return image(whole.to_bytes, self.alt_text, other)
        return image(self.still_in, self.alt_text, formats.PNG)
