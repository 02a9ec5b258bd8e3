"""An animation as a format writes it: each takes what it needs, which is made only then."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conv_anim.drawing.drawing import Drawing
    from conv_anim.render.raster import Renderer
    from conv_anim.scene.scene import Scene


@dataclass(frozen=True, eq=False)
class Picture:
    """What there is to write."""

    scene: "Scene"
    """What it shows, and all words for it, whatever parts are drawn."""
    drawing: "Drawing"
    """Its items in points, smooth and following the page as its format is."""
    theme: str
    """The name of its theme, as it was asked for."""
    alt_text: str
    """One phrase that says what it shows."""
    plays: int
    """How often it is played; 0 is without end."""
    max_bytes: int
    """The size that the text of a file may have."""

    @cached_property
    def renderer(self) -> "Renderer":
        """What turns the drawing into pixels, frame by frame."""
        from conv_anim.render.raster import Renderer  # texts need no pixels

        return Renderer(self.drawing)
