"""Where volumes are placed, side by side, each of planes one behind another."""

from itertools import pairwise

from conv_anim.drawing import volume_sizes
from conv_anim.drawing.cell_size import Plan
from conv_anim.drawing.placement import CLEARANCE_PT, Changing, Placement, caption_font
from conv_anim.drawing.sizes import MARGIN_PT
from conv_anim.drawing.text_flow import Bar, Rect, TextFlow, filled
from conv_anim.scene.scene import Scene


def place(scene: Scene, plan: Plan, flow: TextFlow) -> Placement:
    """Place the volumes in a row, their middles level; captions are below them."""
    arrangement, cell = scene.arrangement, plan.cell
    widths, whole = volume_sizes.widths(arrangement, cell), volume_sizes.height(arrangement, cell)
    x = MARGIN_PT + (flow.inner - sum(widths) - sum(plan.gaps)) / 2
    aside, up = volume_sizes.shift(cell)
    boxes: dict[str, Rect] = {}
    rounds: list[Rect] = []
    for roles, width, gap in zip(arrangement.columns, widths, (*plan.gaps, 0), strict=True):
        across, down = volume_sizes.size(arrangement, roles, cell)
        left, top = x + (width - across) / 2, flow.y + (whole - down) / 2
        rounds.append(Rect(left, top, left + across, top + down))
        for behind, role in enumerate(roles):
            own, high = cell.size(*arrangement.areas[role].shape)
            near, bottom = left + behind * aside, top + down - behind * up
            boxes[role] = Rect(near, bottom - high, near + own, bottom)
        x += width + gap
    ends = [MARGIN_PT, *((a.right + b.left) / 2 for a, b in pairwise(rounds))]
    slots = {
        roles[0]: Rect(left + CLEARANCE_PT, box.bottom, right - CLEARANCE_PT, box.bottom)
        for roles, box, (left, right) in zip(
            arrangement.columns, rounds, pairwise([*ends, MARGIN_PT + flow.inner]), strict=True
        )
    }
    font = caption_font(scene, slots)
    for sign, (before, after) in zip(arrangement.signs, pairwise(rounds), strict=True):
        flow.sign(sign, (before.right + after.left) / 2, flow.y + whole / 2)
    bars: list[Bar] = []
    for role, slot in slots.items():
        grid, middle = scene.grids[role], boxes[role].middle
        lines = filled(grid.captions, font, slot.width)
        changing = any(caption.grid == role for caption in scene.captions)
        baseline = flow.captions([""] * changing + lines, font, slot, middle)
        if grid.scale:
            bars.append(flow.bar(grid.scale, font, slot, middle, baseline))
    flow.y = max(flow.y, *(box.bottom for box in rounds))
    placed = {role: boxes[role] for role in scene.grids}
    return Placement(placed, slots, bars, font, Changing.BELOW)
