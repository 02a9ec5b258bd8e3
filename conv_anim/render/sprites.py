"""Cells as they are seen: each kind, shade and number is drawn once and then put together."""

import matplotlib as mpl
import numpy as np
from matplotlib.colors import to_hex, to_rgb
from numpy.typing import NDArray

from conv_anim.drawing.cell_shape import CellShape
from conv_anim.drawing.layout import Layout
from conv_anim.drawing.sizes import SWATCH_PX
from conv_anim.drawing.styles import (
    COLOUR_MAP,
    SHADED,
    SIGNED_COLOUR_MAP,
    CellStyle,
    Pattern,
    Theme,
)
from conv_anim.render import agg
from conv_anim.render.glyphs import Typesetter
from conv_anim.render.palette import Palette
from conv_anim.render.patches import AnyPixel, Coverage, Indexes
from conv_anim.scene.playback import Cells
from conv_anim.scene.scene import SHADES, Scene
from conv_anim.scene.states import NOTHING, State

_BLACK, _WHITE = "#000000", "#ffffff"


class Sprites:
    """Draws cells of one size, each distinct one once."""

    def __init__(self, scene: Scene, layout: Layout, theme: Theme, palette: Palette) -> None:
        self._tile = layout.tile
        self._strings = scene.strings
        self._background = palette.index(theme.background)
        states = [mark.state for mark in scene.legend]
        self._looks = {(int(state), -1): theme.looks[state] for state in states}
        self.shades: Indexes = np.zeros(0, np.uint8)
        """The palette's index of each shade, of the lowest value first."""
        if any(grid.levels is not None for grid in scene.grids.values()):
            colours = shade_colours(is_signed=scene.is_signed)
            self.shades = np.array([palette.index(colour) for colour in colours], np.uint8)
            for state in [mark.state for mark in scene.legend if mark.is_shaded]:
                # The largest is one of the kernel's cells, and stands out from them.
                outline = theme.ink if state is State.MARKED else theme.link
                for level, face in enumerate(colours):
                    self._looks[int(state), level] = CellStyle(
                        face, ink_on(face), *SHADED[state], outline=outline
                    )

        # A file has 255 colours: shades between values' colours and others would be too many.
        steps = 1 if len(self.shades) else agg.SMOOTH

        def drawn(look: CellStyle, tile: CellShape, is_written: bool) -> Indexes:
            # In colours of values, patterns have all the room that numbers leave.
            cell = agg.cell(
                look, theme.background, tile, steps, is_written=is_written or not look.outline
            )
            return palette.indexes(cell)

        self._bases = {
            key: drawn(look, self._tile, layout.label is not None)
            for key, look in self._looks.items()
        }
        self.swatches: dict[State, Indexes] = {}
        """A sample of each kind of cell; of a shaded kind, in a colour from the middle."""
        for state in states:
            key = int(state), SHADES * 2 // 3
            look = self._looks.get(key) or self._looks[int(state), -1]
            self.swatches[state] = drawn(look, CellShape.of(SWATCH_PX), is_written=False)
        self._label = self._corner = None
        self._ramps: dict[tuple[int, int], Indexes] = {}
        if layout.label:
            self._label = Typesetter(layout.label)
            self._ramps = {
                key: palette.ramp(look.face, ink_on(look.face)) for key, look in self._looks.items()
            }
        if layout.corner:
            self._corner = Typesetter(layout.corner)
        self._known: dict[int, int] = {}
        self._atlas = np.zeros((64, self._tile.height, self._tile.width), np.uint8)
        self._written = np.zeros(self._atlas.shape, dtype=bool)

    def tiles(self, cells: Cells) -> Indexes:
        """Return cells side by side as one image."""
        places = self._places(cells)  # the atlas may grow
        return _side_by_side(self._atlas, places)

    def written(self, cells: Cells) -> NDArray[np.bool_]:
        """Return which pixels of ``tiles`` are a number's, or beside one."""
        places = self._places(cells)
        return _side_by_side(self._written, places)

    def scattered(
        self, cells: Cells, rows: NDArray[np.float64], columns: NDArray[np.float64]
    ) -> Indexes:
        """Return cells as one image, each where its row and its column are; see ``Move``."""
        tile, places = self._tile, self._places(cells)
        size = len(rows) * tile.height, len(columns) * tile.width
        image = np.full(size, self._background, np.uint8)
        tops, lefts = (rows * tile.height).round(), (columns * tile.width).round()
        order = np.argsort(cells.states, axis=None, kind="stable")[::-1]
        shown = order[cells.states.ravel()[order] != NOTHING]
        for row, column in zip(*np.unravel_index(shown, cells.states.shape), strict=True):
            top, left = int(tops[row]), int(lefts[column])
            area = image[top : top + tile.height, left : left + tile.width]
            area[...] = self._atlas[places[row, column]]
        return image

    def _places(self, cells: Cells) -> NDArray[np.intp]:
        """Return where each cell is in the atlas; those that aren't there yet are drawn."""
        n_strings = len(self._strings)
        code = cells.states.astype(np.int64) * (SHADES + 1) + cells.levels + 1
        code = ((code * n_strings + cells.labels) * n_strings + cells.corners) * 2
        found, inverse = np.unique(code + cells.has_corners, return_inverse=True)
        places = np.array([self._place(int(number)) for number in found], np.intp)
        result: NDArray[np.intp] = places[inverse.reshape(code.shape)]
        return result

    def _place(self, code: int) -> int:
        """Return where a cell is in the atlas; it is drawn if it isn't there yet."""
        place = self._known.get(code)
        if place is None:
            place = len(self._known)
            if place == len(self._atlas):
                self._atlas = np.concatenate([self._atlas, np.zeros_like(self._atlas)])
                self._written = np.concatenate([self._written, np.zeros_like(self._written)])
            self._draw(code, self._atlas[place], self._written[place])
            self._known[code] = place
        return place

    def _draw(self, code: int, sprite: Indexes, written: NDArray[np.bool_]) -> None:
        """Draw one cell with its numbers, and mark where they are."""
        rest, has_corners = divmod(code, 2)
        rest, corner = divmod(rest, len(self._strings))
        rest, label = divmod(rest, len(self._strings))
        state, level = divmod(rest, SHADES + 1)
        key = state, level - 1
        if key not in self._bases:  # this kind of cell keeps its own colour
            key = state, -1
        sprite[...] = self._bases.get(key, self._background)  # or there is no cell
        if key not in self._bases:
            return
        left, top, right, bottom = self._tile.face
        if label and self._label:
            up = 0.09 * self._tile.height if has_corners and self._corner else 0
            ascent = self._label.font.px * 0.73  # of digits
            x = (left + right - self._label.width(self._strings[label])) / 2
            baseline = (top + bottom) / 2 - up + ascent / 2
            self._write(sprite, key, self._label, label, round(x), round(baseline))
        if corner and self._corner:
            inset = 4 if len(self.shades) else 2  # clear of a double edge
            x = right - inset - self._corner.width(self._strings[corner])
            self._write(sprite, key, self._corner, corner, x, bottom - 1 - inset)
        inked = np.argwhere(sprite != self._bases[key])
        for y, x in inked:
            written[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2] = True

    def _write(
        self,
        sprite: Indexes,
        key: tuple[int, int],
        typesetter: Typesetter,
        string: int,
        left: int,
        baseline: int,
    ) -> None:
        """Write a number on a cell, clear of its pattern and inside its face."""
        coverage = typesetter.set(self._strings[string])
        top = baseline - typesetter.above
        if self._tile.slant:  # leave the text upright
            up = 0.36 if typesetter is self._label else 0
            line = baseline - 1 - round(typesetter.font.px * up)
            coverage, left = self._upright(coverage, left, top, line)
        near_x, near_y, far_x, far_y = self._tile.face
        cut = max(0, near_y - top), max(0, near_x - left)
        coverage = coverage[cut[0] : far_y - top, cut[1] : far_x - left]
        rows, columns = coverage.shape
        top, left = top + cut[0], left + cut[1]
        area = sprite[top : top + rows, left : left + columns]
        ramp = self._ramps[key]
        if self._looks[key].pattern is not Pattern.NONE:
            inked = np.argwhere(coverage)
            first, last = inked.min(axis=0), inked.max(axis=0) + 1
            area[first[0] : last[0], first[1] : last[1]] = ramp[0]
        area[coverage > 0] = ramp[coverage[coverage > 0]]

    def _upright(self, coverage: Coverage, left: int, top: int, fixed: int) -> tuple[Coverage, int]:
        """Return a text, and its left edge, upright on a slanted cell; one line stays *fixed*."""
        shifts = self._tile.shifts(1)
        lines = range(top, top + len(coverage))
        moves = [shifts[fixed] - shifts[min(max(y, 0), len(shifts) - 1)] for y in lines]
        width = coverage.shape[1]
        result = np.zeros((len(coverage), width + max(moves) - min(moves)), np.uint8)
        for line, ink, move in zip(result, coverage, moves, strict=True):
            line[move - min(moves) : move - min(moves) + width] = ink
        return result, left + min(moves)


def shade_colours(*, is_signed: bool) -> list[str]:
    """Return the colour of each shade, of the lowest value first."""
    colours = mpl.colormaps[SIGNED_COLOUR_MAP if is_signed else COLOUR_MAP]
    return [to_hex(colours(x)) for x in np.linspace(0, 1, SHADES)]


def _side_by_side(atlas: NDArray[AnyPixel], places: NDArray[np.intp]) -> NDArray[AnyPixel]:
    """Return cells of the atlas as one image."""
    rows, columns = places.shape
    _, height, width = atlas.shape
    image: NDArray[AnyPixel] = atlas[places].swapaxes(1, 2).reshape(rows * height, columns * width)
    return image


def ink_on(face: str) -> str:
    """Return black or white, whichever has more contrast on a face (WCAG 2.2)."""
    parts = np.array(to_rgb(face))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return _BLACK if (luminance + 0.05) ** 2 > 0.05 * 1.05 else _WHITE
