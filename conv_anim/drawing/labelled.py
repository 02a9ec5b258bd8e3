"""Single rows of cells below each other, each with what is written of it at its left."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from conv_anim.drawing.cell_size import Plan, strip_ends
from conv_anim.drawing.fonts import Font, measure
from conv_anim.drawing.placement import Placement
from conv_anim.drawing.sizes import MARGIN_PT, MIN_TEXT_PT
from conv_anim.drawing.text_flow import (
    LEADING,
    PLAIN,
    Rect,
    TextFlow,
    Written,
)
from conv_anim.scene.scene import Chunks, Scene

_CLEARANCE_PT = 16
_BELOW_PT = 10
_FILLED = 0.85  # of the way from row to row


def strips(scene: Scene, plan: Plan, flow: TextFlow) -> Placement:
    """Place the rows; the lines of each one's captions are in the middle of its height."""
    cell, arrangement = plan.cell, scene.arrangement
    first, last = strip_ends(arrangement)
    middle = MARGIN_PT + (flow.inner + arrangement.labels_pt) / 2
    left = middle - (last - first) * cell.width / 2
    room = arrangement.labels_pt - _CLEARANCE_PT
    starts = {
        role: left + (area.start - first) * cell.width for role, area in arrangement.areas.items()
    }
    rooms = {
        role: _Room(room, x - MARGIN_PT - _CLEARANCE_PT, cell.height) for role, x in starts.items()
    }
    font = _font(scene, plan, rooms)
    most = int(_pitch(plan) / (LEADING * font.pt))
    texts = {
        role: _cut(_lines(grid.captions, font, rooms[role]), most, font, room)
        for role, grid in scene.grids.items()
    }
    boxes: dict[str, Rect] = {}
    slots: dict[str, Rect] = {}
    for (role, area), gap in zip(arrangement.areas.items(), (*plan.gaps, 0.0), strict=True):
        x = starts[role]
        width = ((area.shape[1] - 1) * area.step + 1) * cell.width
        boxes[role] = Rect(x, flow.y, x + width, flow.y + cell.height)
        slots[role] = Rect(MARGIN_PT, flow.y, MARGIN_PT + room, flow.y)
        flow.texts += _written(texts[role], font, boxes[role])
        flow.skip(cell.height + gap)
    flow.skip(_BELOW_PT)
    return Placement(boxes, slots, [], font)


class _Room(NamedTuple):
    """How much there is for what is written of a row."""

    width: float
    """Of every row."""
    beside: float
    """Up to its own cells: a line is as high as they are, so that no beam meets it."""
    height: float

    def of_line(self, font: Font) -> float:
        """Return how wide a single line may be."""
        is_low = font.pt * LEADING <= self.height
        return max(self.width, self.beside) if is_low else self.width


def _lines(captions: Chunks, font: Font, room: _Room) -> list[str]:
    """Return captions on one line, if there is room, or else each on as many as it needs."""
    line = " ".join(captions)
    if measure(line, font).width <= room.of_line(font):
        return [line]
    lines = []
    for caption in captions:
        start, *words = caption.split(" ")
        for word in words:
            if measure(f"{start} {word}", font).width > room.width:
                lines.append(start)
                start = word
            else:
                start += f" {word}"
        lines.append(start)
    return lines


def _cut(lines: list[str], most: int, font: Font, room: float) -> list[str]:
    """Return so many lines at most, the last one among them, with … for what is left out."""
    if len(lines) <= most:
        return lines
    first, *words = lines[: max(most - 1, 1)][-1].split(" ")
    while words and measure(" ".join([first, *words, "…"]), font).width > room:
        words.pop()
    return [*lines[: max(most - 2, 0)], " ".join([first, *words, "…"]), lines[-1]]


def _pitch(plan: Plan) -> float:
    """Return how far it is from row to row."""
    return plan.cell.height + min(plan.gaps, default=plan.cell.height)


def _font(scene: Scene, plan: Plan, rooms: Mapping[str, _Room]) -> Font:
    """Return the font in which all captions keep to their rows and to the room at the left."""
    pitch = _pitch(plan)
    font = PLAIN
    while font.pt > MIN_TEXT_PT:
        texts = {
            role: _lines(grid.captions, font, rooms[role]) for role, grid in scene.grids.items()
        }
        height = LEADING * font.pt * max(map(len, texts.values()))
        is_narrow = all(
            measure(line, font).width
            <= (rooms[role].of_line(font) if len(lines) == 1 else rooms[role].width)
            for role, lines in texts.items()
            for line in lines
        )
        if height <= _FILLED * pitch and is_narrow:
            break
        font = replace(font, pt=max(MIN_TEXT_PT, font.pt - 0.5))
    return font


def _written(lines: list[str], font: Font, box: Rect) -> list[Written]:
    """Return lines of text beside a row, at the left margin."""
    height = LEADING * font.pt
    top = (box.top + box.bottom - height * len(lines)) / 2
    return [
        Written(line, font, MARGIN_PT, top + height * (number + 0.75))
        for number, line in enumerate(lines)
    ]
