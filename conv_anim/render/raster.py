"""Draw a drawing as pixels: a palette, and a stream of rectangles of palette indexes.

Every kind of cell, every text and every line is drawn once; frames are put together from these
as palette indexes, so that no colour is ever searched for, and only what a frame changes is
touched.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from conv_anim.drawing.drawing import (
    Cells,
    Drawing,
    Frame,
    Item,
    Line,
    Outline,
    Places,
    Polygon,
    Text,
    between,
)
from conv_anim.drawing.plane import lies_over
from conv_anim.drawing.shades import ink_on
from conv_anim.render import agg
from conv_anim.render.agg import Ink
from conv_anim.render.canvas import Canvas
from conv_anim.render.palette import Palette
from conv_anim.render.patches import Patch
from conv_anim.render.sprites import Sprites

SAMPLE_MS = 40
"""How often a glide is drawn."""


class Renderer:
    """Draws the frames of one drawing, each as what differs from the one before.

    ``palette`` has the colours that the indexes stand for, shape (n, 3): red, green and blue; or
    (n, 4), with how opaque they are, if the background is transparent.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._colours = Palette(drawing.background)
        self._background = self._colours.index(drawing.background)
        self.sprites = {
            key: Sprites(
                plane,
                drawing.looks,
                drawing.background,
                drawing.px_per_pt,
                self._colours,
                is_under=any(lies_over(other, plane) for other in drawing.planes.values()),
            )
            for key, plane in drawing.planes.items()
        }
        self._choose_colours()
        self.palette = self._colours.straight

    def _choose_colours(self) -> None:
        """See that the colours are there that are wanted most, as long as there is room."""
        drawing, colours = self._drawing, self._colours
        faces = [style.face for style in drawing.styles]
        for colour in (*faces, *(style.ink for style in drawing.styles if style.ink)):
            colours.index(colour)
        for ink in drawing.inks:
            colours.add_blends([drawing.background], ink)
        for key, plane in drawing.planes.items():
            if plane.order < 0:
                continue
            for style in drawing.styles:
                self.sprites[key].base(style)
        if any(plane.label for plane in drawing.planes.values()):
            for face in faces:
                colours.add_blends([face], ink_on(face))
        for ink in drawing.overlays:
            colours.add_blends([drawing.background, *faces], ink)
        colours.close()

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the canvas in pixels."""
        return self._drawing.size_px

    def patches(self, *, glides: bool = True) -> Iterator[Patch]:
        """Yield the whole canvas for the first frame, then only what changes.

        Without *glides* there is a patch for each frame: how it is when it starts.
        """
        drawing = self._drawing
        canvas = Canvas(*drawing.size_px, self._background)
        looks = {key: np.zeros(plane.shape, np.intp) for key, plane in drawing.planes.items()}
        places: dict[str, Places] = {}
        # Texts are beside cells; what lies over cells is laid anew when they change.
        beside = {key: item for key, item in drawing.items.items() if isinstance(item, Text)}
        for item in beside.values():
            self._lay(item, canvas, stays=True)
        self._put(drawing.cells, looks, {}, canvas)
        items = {key: item for key, item in drawing.items.items() if key not in beside}
        for frame in drawing.frames:
            canvas.lift()
            self._move(frame, looks, places, canvas)
            for key, replacement in frame.items.items():
                items.pop(key, None)
                if replacement is not None:
                    items[key] = replacement
            self._lay_all(items, canvas)
            first_ms, *others_ms = sampled_ms(frame) if glides else [frame.duration_ms]
            yield canvas.patch(first_ms)
            for sample, duration_ms in enumerate(others_ms, start=1):
                canvas.lift()
                moving = dict(items)
                for glide in frame.glides:
                    moved = between(glide, sample / (len(others_ms) + 1))
                    if isinstance(moved, Places):
                        self._put_moved(glide.key, looks, moved, canvas)
                    else:
                        moving[glide.key] = moved
                self._lay_all(moving, canvas)
                yield canvas.patch(duration_ms)

    def _lay_all(self, items: dict[str, Item], canvas: Canvas) -> None:
        for item in sorted(items.values(), key=lambda item: item.order):
            self._lay(item, canvas)

    def _lay(self, item: Item, canvas: Canvas, *, stays: bool = False) -> None:
        for ink in self.inks(item):
            canvas.lay(ink, item.order, self._colours.table(ink.colour), stays=stays)

    def inks(self, item: Item) -> list[Ink]:
        """Return what an item covers, the lower part of it first."""
        scale = self._drawing.px_per_pt
        if isinstance(item, Text):
            return [agg.text(item, scale)]
        if isinstance(item, Line):
            return agg.line(item, scale, self._drawing.hair)
        if isinstance(item, Polygon):
            return [agg.polygon(item, scale)]
        assert isinstance(item, Outline)
        return agg.outline(item, self._drawing.planes[item.plane], scale)

    def _move(
        self,
        frame: Frame,
        looks: dict[str, NDArray[np.intp]],
        places: dict[str, Places],
        canvas: Canvas,
    ) -> None:
        """Change cells, and put them, or the whole plane if its cells move."""
        moved = {place.plane for place in frame.places}
        for place in frame.places:
            places[place.plane] = place
        self._put(frame.cells, looks, places, canvas)
        changed = {cells.plane for cells in frame.cells}
        for key in list(places):
            if key in moved | changed:
                self._put_moved(key, looks, places[key], canvas)
                if _rests(places[key]) and looks[key].all():
                    del places[key]

    def _put(
        self,
        cells: tuple[Cells, ...],
        looks: dict[str, NDArray[np.intp]],
        places: dict[str, Places],
        canvas: Canvas,
    ) -> None:
        """Change cells, and put those of planes whose cells are in their places."""
        for block in cells:
            rows, columns = block.looks.shape
            at = np.s_[block.row : block.row + rows, block.column : block.column + columns]
            looks[block.plane][at] = block.looks
            if block.plane not in places:
                y, x = np.mgrid[at]
                self._put_cells(block.plane, y.ravel(), x.ravel(), block.looks.ravel(), canvas)

    def _put_moved(
        self, key: str, looks: dict[str, NDArray[np.intp]], places: Places, canvas: Canvas
    ) -> None:
        """Put all cells of a plane anew, each where its row and its column are."""
        self._clear(key, canvas)
        there = looks[key].ravel()
        ranks = np.array([look.rank if look else 0 for look in self._drawing.looks])
        order = np.argsort(-ranks[there], kind="stable")
        order = order[there[order] != 0]
        if len(order):
            rows, columns = np.unravel_index(order, looks[key].shape)
            at = places.rows[rows], places.columns[columns]
            self._put_cells(key, *at, there[order], canvas)

    def _clear(self, key: str, canvas: Canvas) -> None:
        plane, scale = self._drawing.planes[key], self._drawing.px_per_pt
        rows, columns = plane.shape
        corners = [plane.point(row, column) for row in (0, rows) for column in (0, columns)]
        xs, ys = ([round(x * scale) for x in along] for along in zip(*corners, strict=True))
        canvas.clear(min(xs), min(ys), max(xs), max(ys), self._background)

    def _put_cells(
        self,
        key: str,
        rows: NDArray[np.intp] | NDArray[np.float64],
        columns: NDArray[np.intp] | NDArray[np.float64],
        looks: NDArray[np.intp],
        canvas: Canvas,
    ) -> None:
        plane, scale = self._drawing.planes[key], self._drawing.px_per_pt
        across, down = agg.steps(scale, plane)
        origin = [round(x * scale) for x in plane.origin]
        xs, ys = (
            np.rint(start + columns * right + rows * below).astype(np.intp)
            for start, right, below in zip(origin, across, down, strict=True)
        )
        canvas.put(self.sprites[key], xs, ys, looks)


def sampled_ms(frame: Frame) -> list[int]:
    """Return how long a frame is seen as it starts, and each of the pictures of its glides."""
    n_moving = max(0, int(frame.glide_ms) // SAMPLE_MS - 1)
    return [frame.duration_ms - n_moving * SAMPLE_MS, *[SAMPLE_MS] * n_moving]


def _rests(places: Places) -> bool:
    return all(np.array_equal(at, np.arange(len(at))) for at in places[1:])
