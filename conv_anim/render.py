"""Draw a scene: a palette, and a stream of rectangles of palette indexes.

Every kind of cell, every text and every digit is drawn once; frames are put together from
these as palette indexes, so that no colour is ever searched for, and only what a frame changes
is touched.
"""

import re
from collections.abc import Iterator

import numpy as np
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

from conv_anim import brush
from conv_anim.cells import State
from conv_anim.layout import Layout, Rect, Text
from conv_anim.lettering import measure, own_settings
from conv_anim.scene import Box, Frame, Link, Scene
from conv_anim.stream import Colours, Indexes, Patch
from conv_anim.theme import SWATCH_PX, Theme

# Shades between an ink and what it stands on. Fewer make smaller files; with five the edges
# of letters are smooth.
SHADES = 5

_NOTHING = np.zeros((0, 0), np.uint8)


class Palette:
    """The colours in use, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._places: dict[tuple[int, int, int], int] = {}

    def index(self, colour: str) -> int:
        """Return the index of a colour, #rrggbb."""
        red, green, blue = to_rgb(colour)
        return self._place((round(255 * red), round(255 * green), round(255 * blue)))

    def ramp(self, under: str, ink: str) -> Indexes:
        """Return the index for every coverage, 0 to 255, of *under* by *ink*."""
        shades = np.linspace(to_rgb(under), to_rgb(ink), SHADES)
        places = [self._place((r, g, b)) for r, g, b in (255 * shades).round().astype(int).tolist()]
        return np.array(places, np.uint8)[np.arange(256) * (SHADES - 1) // 255]

    def indexes(self, colours: Colours) -> Indexes:
        """Return the indexes of an image that has few colours, shape (height, width)."""
        found, inverse = np.unique(colours.reshape(-1, 3), axis=0, return_inverse=True)
        places = np.array([self._place((r, g, b)) for r, g, b in found.tolist()], np.uint8)
        return places[inverse.ravel()].reshape(colours.shape[:2])

    def _place(self, rgb: tuple[int, int, int]) -> int:
        return self._places.setdefault(rgb, len(self._places))

    @property
    def colours(self) -> Colours:
        """All colours, shape (n, 3): red, green and blue."""
        return np.array(list(self._places), dtype=np.uint8)


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
        self._theme = theme
        palette = Palette()
        self._background = palette.index(theme.background)
        self._ink = palette.ramp(theme.background, theme.ink)
        self._muted = palette.ramp(theme.background, theme.muted)
        self._link = palette.ramp(theme.background, theme.link)
        self._cells = self._draw_cells(palette, layout.cell_px)
        self._swatches = self._draw_cells(palette, SWATCH_PX)
        with own_settings():
            self._counter = _Counter(layout.counter)
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
            canvas.put(swatch.left, swatch.top, self._swatches[swatch.state])
        states = [grid.states.copy() for grid in self._scene.grids]
        for grid, box in enumerate(self._layout.grids):
            canvas.put(box.left, box.top, self._tiles(states[grid]))
        for frame in self._scene.frames:
            canvas.lift()
            self._change(frame, states, canvas)
            self._overlay(frame, canvas)
            yield canvas.patch(frame.duration_ms)

    def _draw_cells(self, palette: Palette, size: int) -> Indexes:
        """Return every kind of cell in the legend, shape (n_states, size, size)."""
        cells = np.zeros((len(State), size, size), np.uint8)
        for state in self._scene.legend:
            look = self._theme.looks[state]
            cells[state] = palette.indexes(brush.cell(look, self._theme.background, size))
        return cells

    def _draw_text(self, text: Text) -> tuple[int, int, Indexes]:
        coverage, above = brush.text(text.string, text.font)
        ramp = self._muted if text.font.muted else self._ink
        return text.left, text.baseline - above, ramp[coverage]

    def _tiles(self, states: NDArray[np.uint8]) -> Indexes:
        """Return cells side by side as one image."""
        rows, columns = states.shape
        size = self._layout.cell_px
        return self._cells[states].swapaxes(1, 2).reshape(rows * size, columns * size)

    def _change(self, frame: Frame, states: list[NDArray[np.uint8]], canvas: Canvas) -> None:
        """Give cells their new states, and put the rectangle round them."""
        size = self._layout.cell_px
        for change in frame.changes:
            grid = states[change.grid]
            grid[change.rows, change.columns] = change.states
            top, left = int(change.rows.min()), int(change.columns.min())
            block = grid[top : int(change.rows.max()) + 1, left : int(change.columns.max()) + 1]
            box = self._layout.grids[change.grid]
            canvas.put(box.left + left * size, box.top + top * size, self._tiles(block))

    def _overlay(self, frame: Frame, canvas: Canvas) -> None:
        """Lay what is beside the cells: links and the counter."""
        if frame.links:
            if frame.links != self._drawn[0]:  # they are often those of the frame before
                self._drawn = frame.links, self._draw_links(frame.links)
            canvas.lay(*self._drawn[1])
        left, top, coverage = self._counter.draw(frame.counter)
        canvas.lay(left, top, self._muted[coverage])

    def _draw_links(self, links: tuple[Link, ...]) -> tuple[int, int, Indexes]:
        """Draw the part of the links that shows between the grids."""
        room = self._layout.link_room
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
        size = self._layout.cell_px
        near, far = brush.face(size)
        grid = self._layout.grids[box.grid]
        return Rect(
            grid.left + box.column * size + near,
            grid.top + box.row * size + near,
            grid.left + (box.column + box.columns - 1) * size + far,
            grid.top + (box.row + box.rows - 1) * size + far,
        )


class _Counter:
    """Draws a text that changes with every frame from digits that are drawn once."""

    def __init__(self, place: Text) -> None:
        self._place = place
        self._pieces: dict[str, brush.Coverage] = {}
        self._advances: dict[str, int] = {}
        drawn = {p: brush.text(p, place.font) for p in [*_pieces(place.string), *"0123456789"]}
        self._above = max(above for _, above in drawn.values())
        for piece, (coverage, above) in drawn.items():
            self._pieces[piece] = np.pad(coverage, ((self._above - above, 0), (0, 0)))
            # A piece alone is measured by its ink; between digits, by its advance.
            between = measure(f"0{piece}0", place.font).width - measure("00", place.font).width
            self._advances[piece] = round(between)
        self._height = max(piece.shape[0] for piece in self._pieces.values())

    def draw(self, string: str) -> tuple[int, int, brush.Coverage]:
        """Return where the text goes and its coverage, as wide as the longest text."""
        pieces = _pieces(string)
        longest = sum(self._advances[piece] for piece in _pieces(self._place.string))
        coverage = np.zeros((self._height, longest + 4), np.uint8)
        x = 0
        for piece in pieces:
            drawn = self._pieces[piece]
            area = coverage[: drawn.shape[0], x : x + drawn.shape[1]]
            np.maximum(area, drawn[:, : area.shape[1]], out=area)
            x += self._advances[piece]
        return self._place.left, self._place.baseline - self._above, coverage


def _pieces(string: str) -> list[str]:
    return [piece for piece in re.split(r"([0-9])", string) if piece]
