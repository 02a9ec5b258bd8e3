"""What an animation is called: a file, a command line, and a text for those who don't see it."""

from conv_anim.core import shell_words
from conv_anim.core.subject import Subject
from conv_anim.formats import registry as formats
from conv_anim.options import Options
from conv_anim.views import registry as views
from conv_anim.views.view import View


class Named:
    """What has names that follow from a layer, or a network, and how it is drawn."""

    layer: Subject
    options: Options
    view: View

    @property
    def default_name(self) -> str:
        """A file name that gives the layer and every option that is not the default."""
        return self.name_in(formats.unasked(is_still=self.options.still is not None))

    def name_in(self, row: formats.Format) -> str:
        """Return the same for a file in a format."""
        return "_".join([*self.layer.slug, *self.options.slug]) + row.suffix

    @property
    def alt_text(self) -> str:
        """One phrase that says what the picture shows, for those who don't see it."""
        options, layer = self.options, self.layer
        title = f"{options.title}: " if options.title else ""
        built = ", built stage by stage" if options.process else ""
        hidden = ", the output hidden" if options.hides_output else ""
        is_usual = self.view.name == views.default_for(layer.name)
        if is_usual and not self.channels_text:
            return f"{title}{layer.alt_text}{built}{hidden}"
        words = [layer.geometry_with(self.channels_text)]
        words += [] if is_usual else [self.view.meaning_for(layer.name)]
        return f"{title}{', '.join([*words, self.steps_text])}{built}{hidden}"

    @property
    def channels_text(self) -> str:
        """Which channels the picture shows, as a clause; nothing if there is one."""
        shown = self.view.channels
        return shown.text if shown else self.layer.pair_text(*self.options.pair)

    @property
    def steps_text(self) -> str:
        """How many steps the view has, in words."""
        n_steps = self.view.n_steps(self.layer)
        return "1 step" if n_steps == 1 else f"{n_steps} steps"

    @property
    def command(self) -> str:
        """The command line that makes the same file, but for its name."""
        words = ["conv-anim", *self.layer.arguments, *self.options.arguments]
        return " ".join(map(shell_words.quoted, words))
