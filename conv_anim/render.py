"""Draw a scene: a palette, and a stream of rectangles of palette indexes.

Every kind of cell, every text and every digit is drawn once; frames are put together from
these as palette indexes, so that no colour is ever searched for, and only what a frame changes
is touched.
"""

from collections.abc import Iterator

import numpy as np

from conv_anim import brush
from conv_anim.layout import Layout, Rect
from conv_anim.lettering import own_settings
from conv_anim.palette import Palette
from conv_anim.pen import PLAIN, Text
from conv_anim.scene import Box, Frame, Link, Scene, Sum
from conv_anim.sprites import Cells, Sprites
from conv_anim.stream import Indexes, Patch
from conv_anim.theme import Theme
from conv_anim.typeset import Typesetter

_NOTHING = np.zeros((0, 0), np.uint8)


class Canvas:
    """A picture that changes: what stays until it is put anew, and what one frame lays over it."""

    def __init__(self, width: int, height: int, background: int) -> None:
        self._base = np.full((height, width), background, np.uint8)
        self._shown = self._base.copy()
        self._laid: list[Rect] = []
        self._changed: list[Rect] = [Rect(0, 0, width, height)]

    def put(self, left: int, top: int, indexes: Indexes) -> None:
        """Put an image where it stays."""
        area = self._touch(left, top, indexes)
        self._base[area] = indexes
        self._shown[area] = indexes

    def lay(self, left: int, top: int, indexes: Indexes) -> None:
        """Lay an image over what is there, until the next ``lift``."""
        self._shown[self._touch(left, top, indexes)] = indexes
        self._laid.append(self._changed[-1])

    def lift(self) -> None:
        """Take away all that was laid."""
        for rect in self._laid:
            self._shown[_area(rect)] = self._base[_area(rect)]
        self._changed += self._laid
        self._laid = []

    def patch(self, duration_ms: int) -> Patch:
        """Return the rectangle round all that changed since the last patch."""
        lefts, tops, rights, bottoms = zip(*self._changed, strict=True)
        rect = Rect(min(lefts), min(tops), max(rights), max(bottoms))
        self._changed = []
        return Patch(rect.left, rect.top, self._shown[_area(rect)].copy(), duration_ms)

    def _touch(self, left: int, top: int, indexes: Indexes) -> tuple[slice, slice]:
        rect = Rect(left, top, left + indexes.shape[1], top + indexes.shape[0])
        self._changed.append(rect)
        return _area(rect)


def _area(rect: Rect) -> tuple[slice, slice]:
    return slice(rect.top, rect.bottom), slice(rect.left, rect.right)


class Renderer:
    """Draws the frames of one scene, each as what differs from the one before.

    ``palette`` has the colours that the indexes stand for, shape (n, 3): red, green and blue.
    """

    def __init__(self, scene: Scene, layout: Layout, theme: Theme) -> None:
        self._scene = scene
        self._layout = layout
        palette = Palette()
        self._background = palette.index(theme.background)
        self._ink = palette.ramp(theme.background, theme.ink)
        self._muted = palette.ramp(theme.background, theme.muted)
        self._link = palette.ramp(theme.background, theme.link)
        with own_settings():
            self._sprites = Sprites(scene, layout, theme, palette)
            self._counter = Typesetter(layout.counter.font)
            self._counter_width = self._counter.width(layout.counter.string)
            self._sums = Typesetter(PLAIN) if layout.sum else None
            self._texts = [self._draw_text(text) for text in layout.texts]
        self._drawn: tuple[tuple[Link, ...], tuple[int, int, Indexes]] = ((), (0, 0, _NOTHING))
        self.palette = palette.colours

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the canvas in pixels."""
        return self._layout.width, self._layout.height

    def patches(self) -> Iterator[Patch]:
        """Yield the whole canvas for the first frame, then only what changes."""
        canvas = Canvas(self._layout.width, self._layout.height, self._background)
        for left, top, indexes in self._texts:
            canvas.put(left, top, indexes)
        for swatch in self._layout.swatches:
            canvas.put(swatch.left, swatch.top, self._sprites.swatches[swatch.state])
        for bar in self._layout.bars:
            levels = np.repeat(self._sprites.shades, bar.level_px)
            canvas.put(bar.left, bar.top, np.tile(levels, (bar.height, 1)))
        cells = [Cells.of(grid) for grid in self._scene.grids]
        for grid, box in enumerate(self._layout.grids):
            canvas.put(box.left, box.top, self._sprites.tiles(cells[grid].block()))
        for frame in self._scene.frames:
            canvas.lift()
            self._change(frame, cells, canvas)
            self._overlay(frame, canvas)
            yield canvas.patch(frame.duration_ms)

    def _draw_text(self, text: Text) -> tuple[int, int, Indexes]:
        coverage, above = brush.text(text.string, text.font)
        ramp = self._muted if text.font.muted else self._ink
        return text.left, text.baseline - above, ramp[coverage]

    def _change(self, frame: Frame, cells: list[Cells], canvas: Canvas) -> None:
        """Change cells, and put the rectangle round them."""
        tile = self._layout.tile
        for change in frame.changes:
            top, left, block = cells[change.grid].change(change)
            box = self._layout.grids[change.grid]
            tiles = self._sprites.tiles(block)
            canvas.put(box.left + left * tile.width, box.top + top * tile.height, tiles)

    def _overlay(self, frame: Frame, canvas: Canvas) -> None:
        """Lay what is beside the cells: links and the counter."""
        if frame.links:
            if frame.links != self._drawn[0]:  # they are often those of the frame before
                self._drawn = frame.links, self._draw_links(frame.links)
            canvas.lay(*self._drawn[1])
        place = self._layout.counter
        coverage = self._counter.set(frame.counter, self._counter_width)
        canvas.lay(place.left, place.baseline - self._counter.above, self._muted[coverage])
        if frame.sum and self._sums and self._layout.sum:
            left, baseline, width = self._layout.sum
            text = elided(frame.sum, self._sums, width)
            canvas.lay(left, baseline - self._sums.above, self._ink[self._sums.set(text)])

    def _draw_links(self, links: tuple[Link, ...]) -> tuple[int, int, Indexes]:
        """Draw the part of the links that shows between their grids."""
        room = self._layout.link_rooms[min(links[0].tail.grid, links[0].head.grid)]
        segments = []
        for link in links:
            tail, head = self._rect(link.tail), self._rect(link.head)
            for start, end in ((tail.top, head.top), (tail.bottom, head.bottom)):
                segments.append(((0, start - room.top), (room.right - room.left, end - room.top)))
        coverage = brush.lines(
            segments, room.right - room.left, room.bottom - room.top, self._layout.line_px
        )
        return room.left, room.top, self._link[coverage]

    def _rect(self, box: Box) -> Rect:
        """Return the pixels of a rectangle of cells, from the first face to the last."""
        tile = self._layout.tile
        left, top, right, bottom = tile.face
        grid = self._layout.grids[box.grid]
        return Rect(
            grid.left + box.column * tile.width + left,
            grid.top + box.row * tile.height + top,
            grid.left + (box.column + box.columns - 1) * tile.width + right,
            grid.top + (box.row + box.rows - 1) * tile.height + bottom,
        )


def elided(total: Sum, typesetter: Typesetter, room: int) -> str:
    """Return what a step computes, as many terms of it as there is room for, «…» for the others.

    Terms are left out from the middle, so that the first and the last stay as long as any do.
    """
    terms = list(total.terms)
    for shown in range(len(terms), -1, -1):
        first = (shown + 1) // 2
        kept = [*terms[:first], "…", *terms[len(terms) - (shown - first) :]]
        text = total.start + total.joint.join(terms if shown == len(terms) else kept) + total.end
        if typesetter.width(text) <= room:
            break
    return text
