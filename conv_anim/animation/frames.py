"""The frames of an animation one by one: as arrays, as figures, as files of their own."""

from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Iterator
from operator import index
from typing import TYPE_CHECKING

from conv_anim.drawing import fit
from conv_anim.errors import InputError
from conv_anim.formats import registry as formats

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from conv_anim.formats.picture import Picture


class Frames(ABC):
    """What has pictures in every format, and can be asked for each frame of it."""

    @property
    @abstractmethod
    def alt_text(self) -> str:
        """One phrase that says what the picture shows."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def picture_in(self, row: formats.Format) -> "Picture":
        """Return what there is to write in a format."""

    @property
    @abstractmethod
    def _on_paper(self) -> int:
        """The number of the frame that stands for all, counted from 0."""

    def __iter__(self) -> "Iterator[NDArray[np.uint8]]":
        """Yield each frame as it starts: red, green and blue, (height, width, 3).

        With a transparent background, (height, width, 4): and how opaque.
        """
        picture = self.picture_in(formats.PNG)
        from conv_anim.render.frames import pictures

        yield from pictures(picture.renderer)

    def frame(self, number: int) -> "NDArray[np.uint8]":
        """Return a frame as iteration does; it counts from 0, and −1 is the last.

        Raises ValueError if there is no such frame.
        """
        wanted = fit.counted(number, len(self))
        picture = self.picture_in(formats.PNG)
        from conv_anim.render.frames import chosen

        (moment,) = chosen(picture.renderer, [wanted])
        return picture.renderer.palette[moment.indexes]

    def figure(self, step: int) -> "Figure":
        """Return a frame as a matplotlib figure, to which more can be added; the first is 1.

        Its axes are in points, from the upper left corner. Raises ValueError if there is no such
        frame.
        """
        number, last = index(step), len(self)
        if not 1 <= number <= last:
            raise InputError(f"there is no ‹step={number}›: give one from 1 to {last}, the last")
        picture = self.picture_in(formats.PDF)
        from conv_anim.render.figure import figures

        (made,) = figures(picture.drawing, [number - 1])
        return made

    def still_svg(self, frame: int = 0) -> str:
        """Return one frame as SVG, whole in itself: it needs no font and nothing from elsewhere.

        *frame* counts from 0, and −1 is the last. Raises ValueError if there is no such frame.
        """
        number = fit.counted(frame, len(self))
        drawing = self.picture_in(formats.SVG).drawing
        from conv_anim.render import svg

        return svg.still(drawing, number, self.alt_text, f"frame {number + 1} of {len(self)}")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Give notebooks one frame, too, for where they can show no animation: on paper."""
        picture = self.picture_in(formats.PNG)
        (data,) = formats.PNG.still_writer(picture, [self._on_paper])
        return {formats.PNG.media_type: b64encode(data).decode("ascii")}
