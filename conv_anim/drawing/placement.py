"""Where grids are placed on the canvas, side by side or stacked, with what belongs to them."""

from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from conv_anim.drawing.cell_size import Cell, Plan, above_pt, columns, strip_ends
from conv_anim.drawing.fonts import Font, measure, shrunk
from conv_anim.drawing.plane import Point
from conv_anim.drawing.sizes import MARGIN_PT
from conv_anim.drawing.text_flow import (
    HEADING,
    LEADING,
    LEAST_LEVEL_PT,
    PLAIN,
    PLAIN_GAP,
    Bar,
    Rect,
    TextFlow,
    Written,
    centred,
    filled,
    first_baseline,
)
from conv_anim.scene.scene import Caption, Scene

CLEARANCE_PT = 6
_LEVEL_PT = 6.0  # of a colour bar
_HEADING_GAP_PT = 16


class Changing(Enum):
    """Where captions that change are."""

    FOLLOW = "follow"
    """They keep to the cells that there are."""
    AT_THE_LEFT = "at the left"
    """They begin where the lasting ones do."""
    BELOW = "below"
    """They are in the middle, as the lasting ones are."""


class Placement(NamedTuple):
    """Where grids are, with what belongs to them."""

    grids: dict[str, Rect]
    slots: dict[str, Rect]
    """Where each grid's captions may be; their top is where they begin."""
    bars: list[Bar]
    font: Font
    """That of all captions."""
    changing: Changing = Changing.FOLLOW
    joint: Point | None = None
    """The middle of the sign that says what is added."""
    plus: Written | None = None
    """What is added besides."""

    def caption(self, caption: Caption, cell: Cell) -> Written:
        """Return where a caption that changes is placed."""
        box, slot = self.grids[caption.grid], self.slots[caption.grid]
        if self.changing is not Changing.FOLLOW:
            baseline = first_baseline(slot.top, self.font)
            middle = slot.left if self.changing is Changing.AT_THE_LEFT else box.middle
            return centred(caption.words, self.font, slot, middle, baseline)
        bottom = box.top + caption.below * cell.height
        middle = box.middle + caption.aside * cell.width
        baseline = first_baseline(bottom, self.font)
        return centred(caption.words, self.font, slot, middle, baseline)


def row(scene: Scene, plan: Plan, flow: TextFlow) -> Placement:
    """Place grids side by side, with their captions below, those of grids above others above."""
    boxes = _side_by_side(scene, plan, flow.inner)
    whole = Rect(MARGIN_PT, 0, MARGIN_PT + flow.inner, 0)
    signs = scene.arrangement.signs
    slots = _slots(boxes, flow.inner, are_apart=bool(signs) and all(signs))
    upper = scene.arrangement.upper
    font = caption_font(scene, slots | dict.fromkeys(upper.values(), whole))
    _headings(scene, boxes, flow)
    over = _above(scene, plan, boxes, font, flow)
    boxes, slots = _moved(boxes, flow.y), _moved(slots, flow.y)
    _signs(scene, boxes, flow)
    bars: list[Bar] = []
    flow.y = max(box.bottom for box in boxes.values())
    for role, box in boxes.items():
        slot = slots[role]
        lines = filled(scene.grids[role].captions, font, slot.width)
        changing = any(caption.grid == role for caption in scene.captions)
        baseline = flow.captions([""] * changing + lines, font, slot, box.middle)
        if scale := scene.grids[role].scale:
            bars.append(flow.bar(scale, font, slot, box.middle, baseline))
    boxes |= over
    return Placement({role: boxes[role] for role in scene.grids}, slots, bars, font)


def _side_by_side(scene: Scene, plan: Plan, inner: float) -> dict[str, Rect]:
    """Return where grids are, all of them in the middle of the canvas; the highest begin at 0."""
    arrangement, cell = scene.arrangement, plan.cell
    widths = columns(arrangement, cell)
    x = MARGIN_PT + (inner - sum(widths) - sum(plan.gaps)) / 2
    boxes: dict[str, Rect] = {}
    for role, column, gap in zip(arrangement.row, widths, (*plan.gaps, 0), strict=True):
        width, height = cell.size(*arrangement.areas[role].shape)
        left, top = x + (column - width) / 2, arrangement.top(role) * cell.height
        boxes[role] = Rect(left, top, left + width, top + height)
        x += column + gap
    return boxes


def _moved(rects: dict[str, Rect], down: float) -> dict[str, Rect]:
    return {
        role: rect._replace(top=rect.top + down, bottom=rect.bottom + down)
        for role, rect in rects.items()
    }


def _headings(scene: Scene, boxes: dict[str, Rect], flow: TextFlow) -> None:
    """Write the headings of grids, each as far as to the next one, and go on below them."""
    heads = [role for role in boxes if scene.grids[role].heading]
    starts = [*(boxes[role].left for role in heads), MARGIN_PT + flow.inner + _HEADING_GAP_PT]
    bottom = flow.y
    for role, (left, right) in zip(heads, pairwise(starts), strict=True):
        column = TextFlow(right - _HEADING_GAP_PT - left, left, flow.y)
        column.line(scene.grids[role].heading, HEADING, PLAIN_GAP)
        flow.texts += column.texts
        bottom = max(bottom, column.y + HEADING.pt * 0.7)
    flow.y = bottom


def _above(
    scene: Scene, plan: Plan, boxes: dict[str, Rect], font: Font, flow: TextFlow
) -> dict[str, Rect]:
    """Place grids above others, their captions above them, and go on where the others begin."""
    arrangement, cell = scene.arrangement, plan.cell
    placed: dict[str, Rect] = {}
    bottom = flow.y
    for below, role in arrangement.upper.items():
        box = boxes[below]
        if lines := filled(scene.grids[role].captions, font, flow.inner):
            slot = Rect(MARGIN_PT, flow.y - font.pt * 0.5, MARGIN_PT + flow.inner, flow.y)
            flow.captions(lines, font, slot, box.middle)
            flow.skip(font.pt * 0.5)
        width, height = cell.size(*arrangement.areas[role].shape)
        top, left = flow.y, box.middle - width / 2
        placed[role] = Rect(left, top, left + width, top + height)
        bottom = max(bottom, top + above_pt(arrangement, role, cell) - box.top)
        middle = top + (height + above_pt(arrangement, role, cell)) / 2
        flow.sign(arrangement.areas[role].sign, box.middle, middle)
    flow.y = bottom
    return placed


def _slots(boxes: dict[str, Rect], inner: float, *, are_apart: bool) -> dict[str, Rect]:
    """Return the room for captions below grids, half way to each one's neighbours.

    Unless grids are *apart*, it is below the lowest: captions of a smaller grid would be crossed
    by the lines that lead to it.
    """
    bottom = max(box.bottom for box in boxes.values())
    inside = ((left.right + right.left) / 2 for left, right in pairwise(boxes.values()))
    edges = [MARGIN_PT - CLEARANCE_PT, *inside, MARGIN_PT + inner + CLEARANCE_PT]
    return {
        role: Rect(left + CLEARANCE_PT, top, right - CLEARANCE_PT, top)
        for (role, box), (left, right) in zip(boxes.items(), pairwise(edges), strict=True)
        for top in [box.bottom if are_apart else bottom]
    }


def caption_font(scene: Scene, slots: dict[str, Rect]) -> Font:
    """Return the font in which every caption keeps to its slot."""
    font = PLAIN
    for role, slot in slots.items():
        changing = [caption.words for caption in scene.captions if caption.grid == role]
        for line in (*scene.grids[role].captions, *changing):
            font = shrunk(line, font, slot.width)
        if scale := scene.grids[role].scale:
            least = LEAST_LEVEL_PT * scale.n_levels + 2 * font.pt
            font = shrunk(scale.low + scale.high, font, slot.width - least)
    return font


def _signs(scene: Scene, boxes: dict[str, Rect], flow: TextFlow) -> None:
    placed = [boxes[role] for role in scene.arrangement.upper or boxes]
    tallest = max(placed, key=lambda box: box.bottom - box.top)
    middle = (tallest.top + tallest.bottom) / 2
    for sign, (left, right) in zip(scene.arrangement.signs, pairwise(boxes.values()), strict=False):
        flow.sign(sign, (left.right + right.left) / 2, middle)


def strips(scene: Scene, plan: Plan, flow: TextFlow) -> Placement:
    """Place single rows below each other; the captions of the first are above it."""
    cell, arrangement = plan.cell, scene.arrangement
    first, last = strip_ends(arrangement)
    left = MARGIN_PT + (flow.inner - (last - first) * cell.width) / 2
    whole = Rect(MARGIN_PT, flow.y, MARGIN_PT + flow.inner, flow.y)
    font = caption_font(scene, dict.fromkeys(arrangement.roles, whole))
    boxes: dict[str, Rect] = {}
    slots: dict[str, Rect] = {}
    bars: list[Bar] = []
    for number, (role, area) in enumerate(arrangement.areas.items()):
        x = left + (area.start - first) * cell.width
        width = ((area.shape[1] - 1) * area.step + 1) * cell.width
        slot = Rect(max(x, MARGIN_PT), flow.y, whole.right, flow.y)
        lines = filled(scene.grids[role].captions, font, slot.width)
        if not number:
            flow.y -= font.pt * 0.5
            baseline = flow.captions(lines, font, slot._replace(top=flow.y), x)
            if scale := scene.grids[role].scale:
                bars.append(flow.bar(scale, font, slot, x, baseline))
            flow.skip(font.pt * 0.5)
        boxes[role] = Rect(x, flow.y, x + width, flow.y + cell.height)
        flow.y = boxes[role].bottom
        slots[role] = slot = slot._replace(top=flow.y)
        if number:
            changing = any(caption.grid == role for caption in scene.captions)
            baseline = flow.captions([""] * changing + lines, font, slot, x)
            if scale := scene.grids[role].scale:
                bars.append(flow.bar(scale, font, slot, x, baseline))
            flow.skip(font.pt * 0.8)
        elif plan.gaps:
            flow.y = boxes[role].bottom + plan.gaps[0]
    return Placement(boxes, slots, bars, font)


class _Block(NamedTuple):
    """What is written of a grid in perspective, in a corner beside it."""

    lines: list[str]
    width: float
    height: float

    @classmethod
    def of(cls, scene: Scene, role: str, font: Font, room: float, near: float) -> "_Block":
        """Return the captions of a grid, of which one may change, and its colour bar."""
        grid = scene.grids[role]
        changing = [caption.words for caption in scene.captions if caption.grid == role]
        lines = [""] * bool(changing) + filled(grid.captions, font, room)
        widths = [measure(line, font).width for line in (*lines, *changing)]
        if grid.scale:
            ends = measure(grid.scale.low + grid.scale.high, font).width
            widths.append(ends + 2 * font.pt + _LEVEL_PT * grid.scale.n_levels)
        n_lines = len(lines) + bool(grid.scale)
        height = (0.4 + LEADING * n_lines + 0.4 * bool(grid.scale)) * font.pt + near
        return cls(lines, max(widths, default=0.0), height if n_lines else 0.0)


def stack(scene: Scene, plan: Plan, flow: TextFlow) -> Placement:
    """Place grids above each other as they are seen in perspective, the first one lowest.

    Captions are where nothing leads from grid to grid: those of the lowest in the corner at its
    near left, those of the others in the corner at their far right.
    """
    whole = Rect(MARGIN_PT, flow.y, MARGIN_PT + flow.inner, flow.y)
    font = caption_font(scene, dict.fromkeys(scene.grids, whole))
    boxes: dict[str, Rect] = {}
    slots: dict[str, Rect] = {}
    bars: list[Bar] = []
    lowest = scene.arrangement.roles[0]
    for role, gap in reversed([*zip(scene.grids, (0.0, *plan.gaps), strict=True)]):
        grid = scene.grids[role]
        block = _Block.of(scene, role, font, flow.inner / 2, plan.near)
        corner = _near if role == lowest else _far
        boxes[role], slots[role] = corner(grid.states.shape, block, plan.cell, whole, flow.y)
        baseline = flow.captions(block.lines, font, slots[role], whole.left)
        if grid.scale:
            bars.append(flow.bar(grid.scale, font, slots[role], whole.left, baseline))
        flow.y = max(flow.y, boxes[role].bottom) if role == lowest else boxes[role].bottom + gap
    from_below = {role: boxes[role] for role in scene.grids}
    return Placement(from_below, slots, bars, font, Changing.AT_THE_LEFT)


Placed = tuple[Rect, Rect]
"""Where a grid is, and where what is written of it begins."""


def _far(shape: tuple[int, int], block: _Block, cell: Cell, whole: Rect, start: float) -> Placed:
    """Place a grid below *start*, and what is written of it over its far side, at the right."""
    width, height = cell.size(*shape)
    left = whole.middle - width / 2
    back = left + shape[0] * cell.slant
    x = max(back, left + width - block.width)
    x = max(whole.left, min(x, whole.right - block.width))
    lower = max(0.0, x - back) * cell.rise / cell.width
    top = start + max(0.0, block.height - lower)
    return (
        Rect(left, top, left + width, top + height),
        Rect(x, top + lower - block.height, whole.right, top + lower - block.height),
    )


def _near(shape: tuple[int, int], block: _Block, cell: Cell, whole: Rect, start: float) -> Placed:
    """Place a grid at *start*, and what is written of it under its near side, at the left."""
    width, height = cell.size(*shape)
    left = whole.middle - width / 2
    end = min(whole.left + block.width + 2 * CLEARANCE_PT, left + shape[1] * cell.width)
    lower = shape[0] * cell.height + max(0.0, end - left) * cell.rise / cell.width
    top = start + max(lower, height - block.height)
    return (
        Rect(left, start, left + width, start + height),
        Rect(whole.left, top, whole.right, top),
    )
