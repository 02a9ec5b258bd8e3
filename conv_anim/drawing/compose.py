"""From a scene that is laid out to its drawing: planes on whole pixels, texts, and the frames."""

import numpy as np
from numpy.typing import NDArray

from conv_anim.drawing import cell_size, drawing, joints, linking, shades
from conv_anim.drawing.cell_size import Cell
from conv_anim.drawing.composed_frames import ComposedFrames
from conv_anim.drawing.drawing import Cells, Drawing, Item, Look, Text
from conv_anim.drawing.fonts import measure
from conv_anim.drawing.layout import Layout
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.sizes import SWATCH_PT
from conv_anim.drawing.styles import CellStyle, Theme
from conv_anim.drawing.sums import elided
from conv_anim.drawing.text_flow import Bar, Rect, Swatch, Written
from conv_anim.scene import playback
from conv_anim.scene.playback import Player
from conv_anim.scene.scene import SHADES, Box, Frame, Scene

_WIDE_GAP_PT = 20
_GAP_PT = 2


def compose(scene: Scene, layout: Layout, theme: Theme, *, is_smooth: bool = False) -> Drawing:
    """Return the drawing of a scene; where it is smooth, what is in use glides to the next step."""
    return Composer(scene, layout, theme, is_smooth=is_smooth).drawing()


class Composer:
    """Makes the items of one picture."""

    def __init__(self, scene: Scene, layout: Layout, theme: Theme, *, is_smooth: bool) -> None:
        self.scene, self.layout, self.theme, self.is_smooth = scene, layout, theme, is_smooth
        self.pixels = layout.pixels
        self.styles = shades.cell_styles(scene, theme)
        self.looks: list[Look | None] = [None]
        self._known: dict[int, int] = {}
        self._places: dict[CellStyle, int] = {}
        scale = self.pixels.per_pt
        size = (layout.width, layout.height)
        self.origin: Point = tuple(  # type: ignore[assignment]
            max(0, (canvas - round(own * scale)) // 2) / scale
            for canvas, own in zip(layout.size_px, size, strict=True)
        )
        self.planes = {
            role: self._plane(role, box, self._height(place, role) * drawing.NEXT_PLANE)
            for place, (role, box) in enumerate(layout.grids.items())
        }

    def drawing(self) -> Drawing:
        """Return the drawing."""
        layout, theme = self.layout, self.theme
        items: dict[str, Item] = {
            f"outline {role}": linking.outline(
                Box(role, 0, 0, *grid.states.shape), self.planes[role], theme, self.pixels
            )
            for role, grid in self.scene.grids.items()
            if grid.is_outlined
        }
        items |= {
            f"text {number}": self.text(written) for number, written in enumerate(layout.texts)
        }
        items |= {
            f"ground {role}": linking.ground(self.planes[role], theme)
            for role in self.scene.grids
            if self.scene.arrangement.depth(role)
        }
        player = Player(self.scene.grids)
        cells = [Cells(role, 0, 0, self.numbers(found)) for role, found in player.cells.items()]
        samples = dict(map(self._swatch, enumerate(layout.swatches)))
        samples |= dict(map(self._bar, enumerate(layout.bars)))
        cells += [found for _, found in samples.values()]
        planes = self.planes | {key: plane for key, (plane, _) in samples.items()}
        over = tuple(dict.fromkeys((theme.outline, theme.background)))
        return Drawing(
            width=layout.size_px[0] / self.pixels.per_pt,
            height=layout.size_px[1] / self.pixels.per_pt,
            px_per_pt=self.pixels.per_pt,
            size_px=layout.size_px,
            background=theme.background,
            planes=planes,
            items=items,
            cells=tuple(cells),
            looks=self.looks,
            styles=tuple(dict.fromkeys(self.styles.values())),
            inks=tuple(dict.fromkeys((*theme.inks.values(), theme.beam))),
            overlays=over,
            frames=ComposedFrames(self),
        )

    def _plane(self, role: str, box: Rect, order: int) -> Plane:
        """Return where a grid's cells are, in whole pixels and in the middle of its box."""
        rows, columns = self.scene.grids[role].states.shape
        cell = self.layout.cell.in_pixels(self.pixels)
        step = self.scene.arrangement.areas[role].step
        if self.scene.arrangement.is_strips:
            return self._strip(role, box, cell, step, order=0)
        across, down = cell.size(rows, columns)
        left = self.pixels.nearest(box.left + (box.width - across) * self._aside(role))
        top = self.pixels.nearest((box.top + box.bottom - down) / 2)
        has_corners = self.scene.grids[role].has_corners
        return self._lattice(
            role,
            (left + rows * cell.slant, top),
            cell,
            (rows, columns),
            order,
            has_corners=has_corners,
        )

    def _height(self, place: int, role: str) -> int:
        """Return how many planes a grid's may lie over."""
        arrangement = self.scene.arrangement
        return place if arrangement.is_stacked else arrangement.depth(role)

    def _aside(self, role: str) -> float:
        """Return what share of the room that rounding leaves is to the left of a grid.

        The outermost grids keep to the edges, which may be those of texts.
        """
        arrangement = self.scene.arrangement
        if arrangement.is_stacked:
            return 0.5
        if arrangement.is_columns or arrangement.is_volumes:
            return arrangement.areas[role].column / max(1, len(arrangement.columns) - 1)
        place = arrangement.row.index(arrangement.areas[role].above or role)
        return place / max(1, len(arrangement.row) - 1)

    def _strip(self, role: str, box: Rect, cell: Cell, step: float, order: int) -> Plane:
        """Return where the cells of a strip are, which may be further apart than their size."""
        area = self.scene.arrangement.areas[role]
        first, last = cell_size.strip_ends(self.scene.arrangement)
        middle = (self.layout.width + self.scene.arrangement.labels_pt) / 2
        left = self.pixels.nearest(middle - (last - first) * cell.width / 2)
        left += self.pixels.nearest((area.start - first) * cell.width)
        top = self.pixels.nearest((box.top + box.bottom - cell.height) / 2)
        columns = area.shape[1]
        plane = self._lattice(
            role,
            (left, top),
            cell,
            (1, columns),
            order,
            has_corners=self.scene.grids[role].has_corners,
        )
        spare = (step - 1) * cell.width / 2
        spare_px = self.pixels.nearest(spare)
        x, y = plane.origin
        near, top_, far, bottom = plane.face
        return plane._replace(
            origin=(x - spare_px, y),
            across=(step * cell.width, 0.0),
            face=(near + spare_px, top_, far + spare_px, bottom),
            spare=spare_px,
        )

    def _lattice(
        self,
        key: str,
        origin: Point,
        cell: Cell,
        shape: tuple[int, int],
        order: int = 0,
        *,
        has_corners: bool = False,
        has_gap: bool = True,
        has_numbers: bool = True,
    ) -> Plane:
        gap = _GAP_PT if min(cell[:2]) >= _WIDE_GAP_PT else _GAP_PT / 2
        gap_px = round(self.pixels.line(gap) * self.pixels.per_pt) if has_gap else 0
        if cell.slant:  # so that smooth edges keep to their own cell
            gap_px = max(gap_px, 2)
        before, after = (part / self.pixels.per_pt for part in (gap_px // 2, gap_px - gap_px // 2))
        return Plane(
            key=key,
            origin=(origin[0] + self.origin[0], origin[1] + self.origin[1]),
            across=(cell.width, cell.rise),
            down=(-cell.slant, cell.height),
            shape=shape,
            order=drawing.PLANE + order,
            face=(before, before, cell.width - after, cell.height - after),
            hair=self.pixels.line(1),
            label=self.layout.labels.get(key, self.layout.label) if has_numbers else None,
            corner=self.layout.corner if has_numbers and has_corners else None,
        )

    def _swatch(self, numbered: tuple[int, Swatch]) -> tuple[str, tuple[Plane, Cells]]:
        number, swatch = numbered
        key = f"swatch {number}"
        side = self.pixels.at_most(SWATCH_PT)
        origin = self.pixels.nearest(swatch.x), self.pixels.nearest(swatch.y)
        plane = self._lattice(key, origin, Cell(side, side), (1, 1), has_numbers=False)
        look = self._plain(shades.sample(self.styles, swatch.state))
        return key, (plane, Cells(key, 0, 0, np.array([[look]])))

    def _bar(self, numbered: tuple[int, Bar]) -> tuple[str, tuple[Plane, Cells]]:
        number, bar = numbered
        key = f"bar {number}"
        colours = shades.shade_colours(is_signed=self.scene.is_signed)[bar.first : bar.last + 1]
        length = bar.level * len(colours)
        n_levels = max(1, min(len(colours), int(length * self.pixels.per_pt + 1e-6)))
        colours = [colours[level * len(colours) // n_levels] for level in range(n_levels)]
        cell = Cell(self.pixels.at_most(length / n_levels), self.pixels.at_most(bar.height))
        spare = length - cell.width * n_levels
        origin = self.pixels.nearest(bar.x + spare / 2), self.pixels.nearest(bar.y)
        shape = (1, len(colours))
        plane = self._lattice(key, origin, cell, shape, has_gap=False, has_numbers=False)
        looks = np.array([[self._plain(CellStyle(colour)) for colour in colours]])
        return key, (plane, Cells(key, 0, 0, looks))

    def _plain(self, style: CellStyle) -> int:
        """Return the number of a look without numbers."""
        place = self._places.setdefault(style, len(self.looks))
        if place == len(self.looks):
            self.looks.append(Look(style))
        return place

    def _moved(self, point: Point) -> Point:
        """Return where a point of the layout is on the canvas."""
        return point[0] + self.origin[0], point[1] + self.origin[1]

    def text(self, written: Written) -> Text:
        """Return a text, its baseline on whole pixels."""
        baseline = self.pixels.nearest(written.baseline + self.origin[1])
        colour = self.theme.ink(written.font.ink)
        x = written.x + self.origin[0]
        return Text(written.string, written.font, x, baseline, colour)

    def numbers(self, cells: playback.Cells) -> NDArray[np.intp]:
        """Return the numbers of the looks of cells."""
        n_strings = len(self.scene.strings)
        code = cells.states.astype(np.int64) * (SHADES + 1) + cells.levels + 1
        code = (code * n_strings + cells.labels) * n_strings + cells.corners
        found, inverse = np.unique(code, return_inverse=True)
        places = np.array([self._place(int(number)) for number in found], np.intp)
        result: NDArray[np.intp] = places[inverse.reshape(code.shape)]
        return result

    def _place(self, code: int) -> int:
        """Return the number of a look; it is added if it isn't known yet."""
        if code not in self._known:
            rest, corner = divmod(code, len(self.scene.strings))
            rest, label = divmod(rest, len(self.scene.strings))
            state, level = divmod(rest, SHADES + 1)
            if (state, -1) not in self.styles:  # nothing, or what no frame ever shows
                self._known[code] = drawing.NOTHING
                return drawing.NOTHING
            # A kind of cell that is not shaded keeps its own colour.
            style = self.styles.get((state, level - 1)) or self.styles[state, -1]
            is_shown = self.layout.label is not None
            label_text, corner_text = (
                self.scene.strings[at] if is_shown else "" for at in (label, corner)
            )
            self._known[code] = len(self.looks)
            self.looks.append(Look(style, label_text, corner_text, state))
        return self._known[code]

    def overlay(self, frame: Frame) -> dict[str, Item]:
        """Return the items that a frame has besides those that no frame replaces."""
        layout = self.layout
        items: dict[str, Item] = {}
        has_lines = not self.scene.arrangement.is_volumes
        for number, link in enumerate(frame.links):
            items |= linking.items(
                linking.link_key(number),
                link,
                self.planes,
                self.theme,
                self.pixels,
                has_lines=has_lines,
            )
        if frame.joint:
            places = joints.Places(
                self._moved(layout.joint) if layout.joint else None,
                self.text(layout.plus) if layout.plus else None,
            )
            items |= joints.items(
                frame.joint, places, self.planes, self.theme, self.pixels, has_lines=has_lines
            )
        if not has_lines:  # that lead to what is behind others
            for roles in self.scene.arrangement.columns:
                items |= linking.uncovered(items, [self.planes[role] for role in roles])
        if frame.note is not None:
            for number, written in enumerate(layout.notes[frame.note]):
                items[f"note {number}"] = self.text(written)
        if frame.caption is not None:
            items["caption"] = self.text(layout.captions[frame.caption])
        if frame.counter:
            font, longest = layout.counter.font, layout.counter
            right = longest.x + measure(longest.string, font).width
            x = right - measure(frame.counter, font).width
            items["counter"] = self.text(Written(frame.counter, font, x, longest.baseline))
        if frame.sum and layout.sum and layout.label:
            left, baseline, width = layout.sum
            string, font = elided(frame.sum, width)
            items["sum"] = self.text(Written(string, font, left, baseline))
        return items
