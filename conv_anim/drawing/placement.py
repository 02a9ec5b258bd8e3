"""Where grids are placed on the canvas, side by side or stacked, with what belongs to them."""

from itertools import pairwise
from typing import NamedTuple

from conv_anim.drawing.cell_shape import CellShape
from conv_anim.drawing.fonts import Font, measure
from conv_anim.drawing.text_flow import (
    PLAIN,
    SECTION_PX,
    Bar,
    Text,
    TextFlow,
    centred,
    first_baseline,
)
from conv_anim.scene.scene import Caption, Grid, Scene

LINK_CLEARANCE_PX = 3

Edges = dict[str, tuple[int, int]]
"""From where to where each grid and its texts reach, by its role."""


class Rect(NamedTuple):
    """A rectangle of pixels; *right* and *bottom* are the first ones outside."""

    left: int
    top: int
    right: int
    bottom: int


class Placement(NamedTuple):
    """Where grids are, with what belongs to them."""

    grids: dict[str, Rect]
    bars: list[Bar]
    counter: Text
    link_rooms: dict[str, Rect]

    def caption(self, caption: Caption, tile: CellShape, font: Font) -> Text:
        """Return where a caption that changes is placed."""
        box = self.grids[caption.grid]
        bottom = box.top + round(caption.below * tile.height)
        middle = (box.left + box.right) / 2 + caption.aside * tile.width
        return centred(caption.words, font, middle, first_baseline(bottom, font))


def row(
    scene: Scene, tile: CellShape, font: Font, counter_font: Font, flow: TextFlow, edges: Edges
) -> Placement:
    """Place grids side by side, with their captions below; the counter is above one of them."""
    counter_px = round(1.5 * PLAIN.px)
    counted = scene.arrangement.counted
    above = int(scene.arrangement.top(counted) * tile.height)
    flow.skip(max(SECTION_PX, counter_px + SECTION_PX // 2 - above))
    top = flow.y
    grids: dict[str, Rect] = {}
    bars: list[Bar] = []
    for role, grid in scene.grids.items():
        start, end = edges[role]
        rows, columns = grid.states.shape
        width, height = tile.size(rows, columns)
        x = start + (end - start - width) // 2
        y = top + int(scene.arrangement.top(role) * tile.height)
        grids[role] = Rect(x, y, x + width, y + height)
        middle = (start + end) / 2
        baseline = flow.captions(scene.lines_below(role), font, middle, grids[role].bottom)
        if grid.scale:
            bars.append(flow.bar(grid.scale, font, middle, baseline, end - start))
    middle = top + scene.arrangement.height * tile.height / 2
    neighbours = list(pairwise(scene.arrangement.roles))
    signs = scene.arrangement.signs or ("",) * len(neighbours)
    for sign, (left, right) in zip(signs, neighbours, strict=True):
        flow.sign(sign, (edges[left][1] + edges[right][0]) / 2, middle)
    counter = _counter(scene, counter_font, sum(edges[counted]) / 2, grids[counted].top)
    link_rooms = {
        left: _link_room((grids[left], grids[right]), (edges[left], edges[right]))
        for sign, (left, right) in zip(signs, neighbours, strict=True)
        if not sign
    }
    return Placement(grids, bars, counter, link_rooms)


def stack(
    scene: Scene, tile: CellShape, font: Font, counter_font: Font, flow: TextFlow, edges: Edges
) -> Placement:
    """Place one grid below the other; the upper one's captions and the counter are above it."""
    (under, lower), (over, upper) = scene.grids.items()
    start, end = edges[under]
    middle = (start + end) / 2

    def rect(grid: Grid, y: int) -> Rect:
        rows, columns = grid.states.shape
        width, height = tile.size(rows, columns)
        x = round(middle - width / 2)
        return Rect(x, y, x + width, y + height)

    bars = []
    baseline = flow.captions(scene.lines_below(over), font, middle, flow.y + SECTION_PX // 3)
    if upper.scale:
        bars.append(flow.bar(upper.scale, font, middle, baseline, end - start))
    flow.skip(round(PLAIN.px * 2.2))
    above = rect(upper, flow.y)
    below = rect(lower, above.bottom + scene.arrangement.gaps_px(tile.width)[0])
    baseline = flow.captions(scene.lines_below(under), font, middle, below.bottom)
    if lower.scale:
        bars.append(flow.bar(lower.scale, font, middle, baseline, end - start))
    counter = _counter(scene, counter_font, middle, above.top)
    return Placement({under: below, over: above}, bars, counter, {})


def _counter(scene: Scene, font: Font, middle: float, bottom: int) -> Text:
    """Return where the counter is placed above a grid."""
    left = middle - measure(scene.longest_counter, font).width / 2
    return Text(scene.longest_counter, font, round(left), bottom - round(PLAIN.px * 0.7))


def _link_room(grids: tuple[Rect, Rect], columns: tuple[tuple[int, int], ...]) -> Rect:
    """Return the room between two grids; next to a lower one, clear of its texts."""
    top, bottom = min(box.top for box in grids), max(box.bottom for box in grids)
    left, right = (
        edge if (box.top, box.bottom) == (top, bottom) else column
        for box, edge, column in (
            (grids[0], grids[0].right, columns[0][1]),
            (grids[-1], grids[-1].left, columns[-1][0]),
        )
    )
    return Rect(left + LINK_CLEARANCE_PX, top, right - LINK_CLEARANCE_PX, bottom)
