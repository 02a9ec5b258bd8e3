"""Cells as they are seen: each kind, shade and number is drawn once and then put together."""

from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.colors import to_hex, to_rgb
from numpy.typing import NDArray

from conv_anim import brush
from conv_anim.cells import NOTHING, State
from conv_anim.layout import Layout
from conv_anim.palette import Palette
from conv_anim.scene import SHADES, Change, Grid, Scene
from conv_anim.stream import Indexes
from conv_anim.theme import COLOUR_MAP, SHADED, SWATCH_PX, Look, Pattern, Theme
from conv_anim.tile import Tile
from conv_anim.typeset import Typesetter

_BLACK, _WHITE = "#000000", "#ffffff"

Codes = NDArray[np.int64]
"""What cells are, in one number each: state, shade, label and corner."""


@dataclass(eq=False)
class Cells:
    """What the cells of a grid are at one moment, each array (rows, columns)."""

    states: NDArray[np.uint8]
    levels: NDArray[np.int8]
    labels: NDArray[np.intp]
    corners: NDArray[np.intp]

    @classmethod
    def of(cls, grid: Grid) -> "Cells":
        """Return the cells before the first frame."""
        shape = grid.states.shape
        return cls(
            grid.states.copy(),
            np.full(shape, -1, np.int8) if grid.levels is None else grid.levels.copy(),
            np.zeros(shape, np.intp) if grid.labels is None else grid.labels.copy(),
            np.zeros(shape, np.intp),
        )

    def change(self, change: Change) -> tuple[int, int, "Cells"]:
        """Change cells; return the top, the left and the contents of the rectangle round them."""
        at = change.rows, change.columns
        self.states[at] = change.states
        for mine, new in (
            (self.levels, change.levels),
            (self.labels, change.labels),
            (self.corners, change.corners),
        ):
            if new is not None:
                mine[at] = new
        top, left = int(change.rows.min()), int(change.columns.min())
        rows = slice(top, int(change.rows.max()) + 1)
        columns = slice(left, int(change.columns.max()) + 1)
        return top, left, self.block(rows, columns)

    def block(self, rows: slice = slice(None), columns: slice = slice(None)) -> "Cells":
        """Return a rectangle of cells."""
        at = rows, columns
        return Cells(self.states[at], self.levels[at], self.labels[at], self.corners[at])


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
        if any(grid.levels is not None for grid in scene.grids):
            colours = [to_hex(mpl.colormaps[COLOUR_MAP](x)) for x in np.linspace(0, 1, SHADES)]
            self.shades = np.array([palette.index(colour) for colour in colours], np.uint8)
            for state in [mark.state for mark in scene.legend if mark.is_shaded]:
                # The largest is one of the kernel's cells, and stands out from them.
                outline = theme.ink if state is State.WINNER else theme.link
                for level, face in enumerate(colours):
                    self._looks[int(state), level] = Look(
                        face, ink_on(face), *SHADED[state], outline=outline
                    )

        def drawn(look: Look, tile: Tile) -> Indexes:
            return palette.indexes(brush.cell(look, theme.background, tile))

        self._bases = {key: drawn(look, self._tile) for key, look in self._looks.items()}
        self.swatches: dict[State, Indexes] = {}
        """A sample of each kind of cell; of a shaded kind, in a colour from the middle."""
        for state in states:
            key = int(state), SHADES * 2 // 3
            look = self._looks.get(key) or self._looks[int(state), -1]
            self.swatches[state] = drawn(look, Tile.of(SWATCH_PX))
        self._label = self._corner = None
        self._ramps: dict[tuple[int, int], Indexes] = {}
        if layout.label:
            self._label = Typesetter(layout.label)
            self._ramps = {
                key: palette.ramp(look.face, ink_on(look.face)) for key, look in self._looks.items()
            }
        if layout.corner:
            self._corner = Typesetter(layout.corner)
        self._places: dict[int, int] = {}
        self._atlas = np.zeros((64, self._tile.height, self._tile.width), np.uint8)

    def tiles(self, cells: Cells) -> Indexes:
        """Return cells side by side as one image."""
        n_strings = len(self._strings)
        code = cells.states.astype(np.int64) * (SHADES + 1) + cells.levels + 1
        code = (code * n_strings + cells.labels) * n_strings + cells.corners
        found, inverse = np.unique(code, return_inverse=True)
        places = np.array([self._place(int(number)) for number in found])
        rows, columns = code.shape
        tiles = self._atlas[places[inverse.reshape(rows, columns)]].swapaxes(1, 2)
        image: Indexes = tiles.reshape(rows * self._tile.height, columns * self._tile.width)
        return image

    def scattered(
        self, cells: Cells, rows: NDArray[np.float64], columns: NDArray[np.float64]
    ) -> Indexes:
        """Return cells as one image, each where its row and its column stand; see ``Move``."""
        tile = self._tile
        height, width = (
            len(at) * size for at, size in ((rows, tile.height), (columns, tile.width))
        )
        image = np.full((height, width), self._background, np.uint8)
        tops, lefts = (rows * tile.height).round(), (columns * tile.width).round()
        order = np.argsort(cells.states, axis=None, kind="stable")[::-1]
        for row, column in zip(*np.unravel_index(order, cells.states.shape), strict=True):
            if cells.states[row, column] != NOTHING:
                at = slice(row, row + 1), slice(column, column + 1)
                top, left = int(tops[row]), int(lefts[column])
                image[top : top + tile.height, left : left + tile.width] = self.tiles(
                    cells.block(*at)
                )
        return image

    def _place(self, code: int) -> int:
        """Return where a cell is in the atlas; it is drawn if it isn't there yet."""
        place = self._places.get(code)
        if place is None:
            place = len(self._places)
            if place == len(self._atlas):
                self._atlas = np.concatenate([self._atlas, np.zeros_like(self._atlas)])
            self._atlas[place] = self._draw(code)
            self._places[code] = place
        return place

    def _draw(self, code: int) -> Indexes:
        """Return one cell with its numbers."""
        rest, corner = divmod(code, len(self._strings))
        rest, label = divmod(rest, len(self._strings))
        state, level = divmod(rest, SHADES + 1)
        key = state, level - 1
        if key not in self._bases:  # this kind of cell keeps its own colour
            key = state, -1
        if key not in self._bases:  # no frame shows it
            return np.full((self._tile.height, self._tile.width), self._background, np.uint8)
        sprite = self._bases[key].copy()
        left, _, right, bottom = self._tile.face
        if label and self._label:
            x = (left + right - self._label.width(self._strings[label])) / 2
            self._write(sprite, key, self._label, label, round(x), self._baseline(state))
        if corner and self._corner:
            x = right - 2 - self._corner.width(self._strings[corner])
            self._write(sprite, key, self._corner, corner, x, bottom - 3)
        return sprite

    def _baseline(self, state: int) -> int:
        """Return where the number of a cell stands: higher if there may be one in the corner."""
        _, top, _, bottom = self._tile.face
        has_corners = self._corner and state < State.TO_COME
        up = 0.09 * self._tile.height if has_corners else 0
        ascent = self._label.font.px * 0.73 if self._label else 0  # of digits
        return round((top + bottom) / 2 - up + ascent / 2)

    def number_room(self, grid: Grid) -> NDArray[np.bool_]:
        """Return which pixels of a grid's cells numbers may take, as ``tiles`` places them."""
        tile = self._tile
        room = np.zeros((tile.height, tile.width), dtype=bool)
        if self._label:
            width = max(self._label.width(string) for string in self._strings)
            baseline = self._baseline(int(grid.states[0, 0]))
            left, top, right, _ = tile.face
            reach = min((right - left) // 2, width // 2 + 2)
            middle = (left + right) // 2
            ascent = round(self._label.font.px * 0.73)
            room[
                max(top, baseline - ascent - 1) : baseline + 2, middle - reach : middle + reach
            ] = True
        return np.tile(room, grid.states.shape)

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

    def _upright(
        self, coverage: brush.Coverage, left: int, top: int, fixed: int
    ) -> tuple[brush.Coverage, int]:
        """Return a text, and its left edge, upright on a slanted cell; one line stays *fixed*."""
        shifts = self._tile.shifts(1)
        lines = range(top, top + len(coverage))
        moves = [shifts[fixed] - shifts[min(max(y, 0), len(shifts) - 1)] for y in lines]
        width = coverage.shape[1]
        result = np.zeros((len(coverage), width + max(moves) - min(moves)), np.uint8)
        for line, ink, move in zip(result, coverage, moves, strict=True):
            line[move - min(moves) : move - min(moves) + width] = ink
        return result, left + min(moves)


def ink_on(face: str) -> str:
    """Return black or white, whichever has more contrast on a face (WCAG 2.2)."""
    parts = np.array(to_rgb(face))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return _BLACK if (luminance + 0.05) ** 2 > 0.05 * 1.05 else _WHITE
