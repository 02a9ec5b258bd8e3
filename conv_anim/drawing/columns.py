"""Where grids in columns are placed, such as the planes of an array, and what leads across."""

from itertools import pairwise

from conv_anim.drawing import column_sizes, joints
from conv_anim.drawing.cell_size import Plan
from conv_anim.drawing.fonts import measure
from conv_anim.drawing.placement import CLEARANCE_PT, Changing, Placement, caption_font
from conv_anim.drawing.sizes import MARGIN_PT
from conv_anim.drawing.text_flow import (
    PLAIN,
    Bar,
    Rect,
    TextFlow,
    Written,
    filled,
)
from conv_anim.scene.scene import Scene

_NAME_GAP_PT = 8
_SIGN_AT, _PLUS_AT = 0.2, 0.62
"""Of the gap in which something is added, where the sign is if more is, and where that is."""
_MORE_ABOVE_PT = column_sizes.MORE_PT / 2
_MORE_BELOW_PT = _MORE_ABOVE_PT + 6


def place(scene: Scene, plan: Plan, flow: TextFlow) -> Placement:
    """Place the columns side by side; captions are below them, names beside the grids."""
    arrangement, cell = scene.arrangement, plan.cell
    widths, (left, right) = column_sizes.widths(arrangement, cell), column_sizes.sides(arrangement)
    whole = Rect(MARGIN_PT, flow.y, MARGIN_PT + flow.inner, flow.y)
    x = whole.left + left + (flow.inner - sum(widths) - sum(plan.gaps) - left - right) / 2
    tops, starts = column_sizes.tops(arrangement, cell), []
    boxes: dict[str, Rect] = {}
    for column, width, gap in zip(arrangement.columns, widths, (*plan.gaps, 0), strict=True):
        starts.append(x)
        for role in column:
            across, down = cell.size(*arrangement.areas[role].shape)
            top, near = flow.y + tops[role], x + (width - across) / 2
            boxes[role] = Rect(near, top, near + across, top + down)
        x += width + gap
    slots = _slots(scene, boxes, whole)
    font = caption_font(scene, slots)
    joint = plus = None
    if arrangement.joint is not None:
        at = arrangement.joint
        start, level = starts[at] + widths[at], column_sizes.height(arrangement, cell) / 2
        gap, middle = plan.gaps[at], flow.y + level
        rooms = (_PLUS_AT - _SIGN_AT) * gap, (1 - _PLUS_AT) * gap
        if scene.plus and joints.has_room(scene.plus, *rooms):
            plus = _plus(scene.plus, start + _PLUS_AT * gap, middle)
        joint = start + (_SIGN_AT if plus else 0.5) * gap, middle
    _beside(scene, boxes, flow)
    bars: list[Bar] = []
    for role, slot in slots.items():
        grid, box = scene.grids[role], boxes[role]
        lines = filled(grid.captions, font, slot.width)
        changing = any(caption.grid == role for caption in scene.captions)
        baseline = flow.captions([""] * changing + lines, font, slot, box.middle)
        if grid.scale:
            bars.append(flow.bar(grid.scale, font, slot, box.middle, baseline))
    flow.y = max(flow.y, *(box.bottom for box in boxes.values()))
    return Placement({role: boxes[role] for role in scene.grids}, slots, bars, font,
                     Changing.BELOW, joint, plus)  # fmt: skip


def _plus(string: str, middle: float, level: float) -> Written:
    """Return where it is written what is added to sums besides."""
    x = middle - measure(string, PLAIN).width / 2
    return Written(string, PLAIN, x, level + PLAIN.pt * 0.35)


def _slots(scene: Scene, boxes: dict[str, Rect], whole: Rect) -> dict[str, Rect]:
    """Return the room for captions below the last grid of each column.

    It is below all grids, where no line leads; but what comes after a sum is level with its sign,
    so that nothing leads past its end either.
    """
    arrangement = scene.arrangement
    columns = arrangement.columns
    ends = {
        role: boxes[role].bottom + column_sizes.below(area)
        for role, area in arrangement.areas.items()
    }
    lowest = max(ends.values())
    tops = [lowest] * len(columns)
    if arrangement.joint == len(columns) - 2:
        tops[-1] = ends[columns[-1][-1]]
    middles = [boxes[column[0]].middle for column in columns]
    edges = [(a + b) / 2 for a, b in pairwise(middles)]
    if tops[-1] < lowest:  # what is beside it reaches lower
        edges[-1] = max(edges[-1], boxes[columns[-2][0]].right + CLEARANCE_PT)
    return {
        column[-1]: Rect(left + CLEARANCE_PT, top, right - CLEARANCE_PT, top)
        for column, top, left, right in zip(
            columns, tops, [whole.left, *edges], [*edges, whole.right], strict=True
        )
    }


def _beside(scene: Scene, boxes: dict[str, Rect], flow: TextFlow) -> None:
    """Write the names of grids, and below them what is said of those that are left out."""
    for role, area in scene.arrangement.areas.items():
        box = boxes[role]
        at_the_right = box.right + _NAME_GAP_PT
        if area.name:
            width = measure(area.name, PLAIN).width
            x = at_the_right if area.column else box.left - _NAME_GAP_PT - width
            _write(area.name, x, (box.top + box.bottom) / 2, flow)
        for more, middle in (
            (area.more_above, box.top - _MORE_ABOVE_PT),
            (area.more, box.bottom + _MORE_BELOW_PT),
        ):
            if more:
                width = measure(more, PLAIN).width
                x = at_the_right if area.column else box.middle - width / 2
                if not area.column and column_sizes.is_lower(scene.arrangement, role):
                    x = box.left - _NAME_GAP_PT - width
                _write(more, x, middle, flow)


def _write(string: str, x: float, middle: float, flow: TextFlow) -> None:
    """Write a text with its middle at some height."""
    flow.texts.append(Written(string, PLAIN, x, middle + PLAIN.pt * 0.35))
