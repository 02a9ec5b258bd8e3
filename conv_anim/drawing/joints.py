"""Where what several grids give is added: a sign in a circle, lines to it, and on to the result."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from conv_anim.drawing import drawing, linking
from conv_anim.drawing.drawing import Item, Line, Polygon, Text
from conv_anim.drawing.fonts import measure
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.sizes import Pixels
from conv_anim.drawing.styles import Theme
from conv_anim.drawing.text_flow import PLAIN
from conv_anim.scene.scene import Box, Joint

KEY = "joint "
"""How the keys of its items begin."""
RADIUS_PT = 13
_ARM_PT = 6
_BESIDE_PT = 5
_LEAST_LINE_PT = 16
_N_CORNERS = 48
_ORDER = drawing.PLANE + drawing.LINE + 1


def _sign(middle: Point, theme: Theme, pixels: Pixels) -> dict[str, Item]:
    """Return the circle and the sign in it."""
    thin = pixels.line(2)
    x, y = (pixels.middle(part, thin) for part in middle)
    arm = pixels.nearest(_ARM_PT)
    found: dict[str, Item] = {
        f"{KEY}circle": Polygon(_ring((x, y), RADIUS_PT - thin, RADIUS_PT), theme.outline, _ORDER)
    }
    for name, (dx, dy) in {"across": (arm, 0.0), "down": (0.0, arm)}.items():
        ends = (x - dx, y - dy), (x + dx, y + dy)
        found[f"{KEY}{name}"] = Line(*ends, thin, theme.outline, "", _ORDER + 1)
    return found


def has_room(string: str, before: float, after: float) -> bool:
    """Return whether there is room for what is added besides, and for a line on each side of it.

    *before* is how far its middle is from that of the sign, *after* how far from the results.
    """
    half = _BESIDE_PT + measure(string, PLAIN).width / 2
    return before >= RADIUS_PT + _BESIDE_PT + half and after >= _LEAST_LINE_PT + half


class Places(NamedTuple):
    """Where things are that lines lead through."""

    sign: Point | None = None
    """The middle of the sign, if there is one."""
    plus: Text | None = None
    """What is added after it, if anything is."""


def items(
    joint: Joint,
    places: Places,
    planes: Mapping[str, Plane],
    theme: Theme,
    pixels: Pixels,
    *,
    has_lines: bool,
) -> dict[str, Item]:
    """Return the lines of a joint, if it has any, its sign, and the outline round its result."""
    head = planes[joint.head.grid]
    outline: dict[str, Item] = {f"{KEY}cell": linking.outline(joint.head, head, theme, pixels)}
    if not has_lines:
        return outline
    middle, plus = places if joint.is_sum else Places()
    starts = [_right_of(box.grid, planes) for box in joint.tails]
    lines: list[tuple[Point, Point]] = []
    end = _end(joint.head, head)
    if middle is not None:
        lines += [(start, _on_rim(middle, start)) for start in starts]
        starts = [_on_rim(middle, end)]
    if middle is not None and plus is not None:
        before, after = _beside(plus, middle[1])
        lines.append((_on_rim(middle, before), before))
        starts = [after]
    for start in starts:
        lines.append((start, end))
    thin = pixels.line(min(1.2, max(1.0, min(head.cell) / 36)))
    found: dict[str, Item] = {
        f"{KEY}line {number}": Line(
            *linking.sharp(start, end, thin, pixels), thin, theme.outline,
            linking.casing(head, theme), head.order + drawing.LINE
        )
        for number, (start, end) in enumerate(lines)
    }  # fmt: skip
    if middle is not None:
        found |= _sign(middle, theme, pixels)
    if plus is not None:
        found[f"{KEY}plus"] = plus
    return found | outline


def _end(box: Box, plane: Plane) -> Point:
    """Return where the line to a result ends; numbers it would cross are kept clear of.

    It is then beside the grid, level with the result.
    """
    row = box.row + box.rows / 2
    if plane.label is None:
        return plane.point(row, box.column)
    x, y = plane.point(row, 0)
    return x - linking.GAP_PT, y


def _beside(text: Text, level: float) -> tuple[Point, Point]:
    """Return where a line ends before a text, and where one begins after it."""
    width = measure(text.string, text.font).width
    return (text.x - _BESIDE_PT, level), (text.x + width + _BESIDE_PT, level)


def _right_of(role: str, planes: Mapping[str, Plane]) -> Point:
    plane = planes[role]
    return plane.point(plane.shape[0] / 2, plane.shape[1])


def _on_rim(middle: Point, other: Point) -> Point:
    """Return where a line from the middle to another point leaves the circle."""
    dx, dy = other[0] - middle[0], other[1] - middle[1]
    share = RADIUS_PT / math.hypot(dx, dy)
    return middle[0] + dx * share, middle[1] + dy * share


def _ring(middle: Point, inner: float, outer: float) -> tuple[Point, ...]:
    """Return the way round a ring: along its outer side, and back along its inner one."""
    there, back = _circle(middle, outer), _circle(middle, inner)
    return (*there, there[0], back[0], *reversed(back))


def _circle(middle: Point, radius: float) -> tuple[Point, ...]:
    turns = (2 * math.pi * number / _N_CORNERS for number in range(_N_CORNERS))
    return tuple(
        (middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn)) for turn in turns
    )
