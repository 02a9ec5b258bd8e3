"""Draw a scene: a palette, and a stream of rectangles of palette indexes.

Every kind of cell, every text and every digit is drawn once; frames are put together from
these as palette indexes, so that no colour is ever searched for, and only what a frame changes
is touched.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from conv_anim.drawing.fonts import own_settings
from conv_anim.drawing.layout import Layout
from conv_anim.drawing.placement import Rect
from conv_anim.drawing.styles import Theme
from conv_anim.drawing.text_flow import PLAIN, Text
from conv_anim.render import agg
from conv_anim.render.canvas import Canvas, Shifts
from conv_anim.render.glyphs import Typesetter
from conv_anim.render.palette import Palette
from conv_anim.render.patches import Coverage, Indexes, Patch
from conv_anim.render.sprites import Sprites
from conv_anim.scene.playback import Cells, Player
from conv_anim.scene.scene import Box, Frame, Link, Move, Scene, Sum
from conv_anim.scene.states import NOTHING


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
        with own_settings:
            self._sprites = Sprites(scene, layout, theme, palette)
            self._counter = Typesetter(layout.counter.font)
            self._counter_width = self._counter.width(layout.counter.string)
            self._sums = Typesetter(PLAIN) if layout.sum else None
            self._texts = [self._draw_text(text) for text in layout.texts]
            self._captions = [self._draw_text(text) for text in layout.captions]
        self._drawn: dict[Link, tuple[int, int, Coverage]] = {}
        """The links of the last frame; they are often those of the next one."""
        tile = layout.tile
        self._shifts: dict[str, Shifts] = {
            role: tile.shifts((box.bottom - box.top) // tile.height) if tile.slant else ()
            for role, box in layout.grids.items()
        }
        """How far to the right each line of pixels of a slanted grid begins."""
        self._noted: int | None = None
        self._captioned: int | None = None
        self._moves: dict[str, Move] = {}
        """Grids whose cells are not all in their places."""
        self.palette = palette.colours

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the canvas in pixels."""
        return self._layout.width, self._layout.height

    def patches(self) -> Iterator[Patch]:
        """Yield the whole canvas for the first frame, then only what changes."""
        self._noted = self._captioned = None
        self._moves = {}
        canvas = Canvas(self._layout.width, self._layout.height, self._background)
        for left, top, indexes in self._texts:
            canvas.put(left, top, indexes)
        for swatch in self._layout.swatches:
            canvas.put(swatch.left, swatch.top, self._sprites.swatches[swatch.state])
        for bar in self._layout.bars:
            levels = np.repeat(self._sprites.shades[bar.first : bar.last + 1], bar.level_px)
            canvas.put(bar.left, bar.top, np.tile(levels, (bar.height, 1)))
        player = Player(self._scene.grids)
        for grid, cells in player.cells.items():
            self._put(grid, 0, 0, cells, canvas)
        for frame in self._scene.frames:
            canvas.lift()
            self._note(frame.note, canvas)
            has_moved = bool(self._moves or frame.moves)  # then grids are put anew
            if has_moved and self._captioned is not None:
                left, top, indexes = self._captions[self._captioned]
                canvas.put(left, top, np.full_like(indexes, self._background))
            self._change(frame, player, canvas)
            if has_moved and frame.caption is not None:
                canvas.put(*self._captions[frame.caption])
                self._captioned = frame.caption
            self._overlay(frame, canvas)
            yield canvas.patch(frame.duration_ms)

    def _draw_text(self, text: Text) -> tuple[int, int, Indexes]:
        coverage, above = agg.text(text.string, text.font)
        ramp = self._muted if text.font.muted else self._ink
        return text.left, text.baseline - above, ramp[coverage]

    def _note(self, note: int | None, canvas: Canvas) -> None:
        """Put a note in the place of the one that was there."""
        room = self._layout.note_room
        if note == self._noted or room is None:
            return
        size = room.bottom - room.top, room.right - room.left
        canvas.put(room.left, room.top, np.full(size, self._background, np.uint8))
        for text in self._layout.notes[note] if note is not None else ():
            canvas.put(*self._draw_text(text))
        self._noted = note

    def _change(self, frame: Frame, player: Player, canvas: Canvas) -> None:
        """Change cells, and put the rectangle round them, or the grid if its cells move."""
        for move in frame.moves:
            self._moves[move.grid] = move
        for box in player.show(frame):
            if box.grid not in self._moves:
                block = player.cells[box.grid].block(*box.area)
                self._put(box.grid, box.row, box.column, block, canvas)
        for grid, move in list(self._moves.items()):
            block = player.cells[grid]
            rests = all(np.array_equal(at, np.arange(len(at))) for at in move[1:])
            if rests and not (block.states == NOTHING).any():
                del self._moves[grid]
                self._put(grid, 0, 0, block, canvas)
            else:
                left, top, shifts = self._place(grid, 0, 0, len(block.states))
                canvas.put(left, top, self._sprites.scattered(block, *move[1:]), shifts)

    def _put(self, grid: str, row: int, column: int, block: Cells, canvas: Canvas) -> None:
        """Put cells in their places in a grid."""
        place = self._place(grid, row, column, block.states.shape[0])
        canvas.put(*place[:2], self._sprites.tiles(block), place[2])
        if self._layout.label and place[2]:  # links cross cells, below numbers
            canvas.keep_clear(*place[:2], self._sprites.written(block), place[2])

    def _place(self, grid: str, row: int, column: int, rows: int) -> tuple[int, int, Shifts]:
        """Return the left and the top of so many rows of cells, and how their lines are shifted."""
        tile, box = self._layout.tile, self._layout.grids[grid]
        left, top = box.left + column * tile.width, row * tile.height
        shifts = self._shifts[grid][top : top + rows * tile.height]
        return left, box.top + top, shifts

    def _overlay(self, frame: Frame, canvas: Canvas) -> None:
        """Lay what is beside the cells: links and the counter."""
        self._drawn = {link: self._drawn.get(link) or self._draw(link) for link in frame.links}
        for drawn in self._drawn.values():
            canvas.lay_ink(*drawn, self._link)
        place = self._layout.counter
        coverage = self._counter.set(frame.counter, self._counter_width)
        canvas.lay(place.left, place.baseline - self._counter.above, self._muted[coverage])
        if frame.sum and self._sums and self._layout.sum:
            left, baseline, width = self._layout.sum
            text = elided(frame.sum, self._sums, width)
            canvas.lay(left, baseline - self._sums.above, self._ink[self._sums.set(text)])

    def _draw(self, link: Link) -> tuple[int, int, Coverage]:
        """Draw a link, side by side the part of it that shows between its grids."""
        if self._layout.tile.slant:
            return self._draw_from_corners(link)
        left, right = sorted(link, key=lambda box: self._layout.grids[box.grid].left)
        room = self._layout.link_rooms[left.grid]
        here, there = self._rect(left), self._rect(right)
        segments = [
            ((0, start - room.top), (room.right - room.left, end - room.top))
            for start, end in ((here.top, there.top), (here.bottom, there.bottom))
        ]
        coverage = agg.lines(
            segments, room.right - room.left, room.bottom - room.top, self._layout.line_px
        )
        return room.left, room.top, coverage

    def _draw_from_corners(self, link: Link) -> tuple[int, int, Coverage]:
        """Draw a link from corner to corner."""
        segments = list(zip(self._corners(link.tail), self._corners(link.head), strict=True))
        xs, ys = zip(*(point for ends in segments for point in ends), strict=True)
        left, top = int(min(xs)) - 2, int(min(ys)) - 2
        width, height = int(max(xs)) + 3 - left, int(max(ys)) + 3 - top
        moved = [((x - left, y - top), (u - left, v - top)) for (x, y), (u, v) in segments]
        return left, top, agg.lines(moved, width, height, self._layout.line_px)

    def _corners(self, box: Box) -> list[agg.Point]:
        """Return where the corners of a rectangle of cells are on the canvas."""
        tile, grid = self._layout.tile, self._layout.grids[box.grid]
        flat = self._rect(box)
        rows = (grid.bottom - grid.top) // tile.height
        return [
            (x + tile.shift(y - grid.top, rows), y)
            for y in (flat.top, flat.bottom)
            for x in (flat.left, flat.right)
        ]

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
    """Return what a step computes, as many terms of it as there is room for.

    If all are too many, first those that add nothing go, unless there are no others, and then, as
    «…», those in the middle, so that the first and the last stay as long as any do.
    """

    def written(terms: Sequence[str]) -> str:
        return total.start + total.joint.join(terms) + total.end

    terms: Sequence[str] = total.terms
    text = written(terms)
    if typesetter.width(text) > room and len(total.zeros) < len(terms):
        terms = [term for place, term in enumerate(terms) if place not in total.zeros]
        text = written(terms)
    for shown in range(len(terms) - 1, -1, -1):
        if typesetter.width(text) <= room:
            break
        first = (shown + 1) // 2
        text = written([*terms[:first], "…", *terms[len(terms) - (shown - first) :]])
    return text
