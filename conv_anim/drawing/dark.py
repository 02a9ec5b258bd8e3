"""The dark theme."""

from conv_anim.drawing.styles import CellStyle, Edge, Pattern, Theme
from conv_anim.scene.states import State

DARK = Theme(
    name="dark",
    background="#0d1117",
    ink="#e8edf4",
    muted="#9ca8b7",
    link="#ff9e45",
    looks={
        State.INPUT: CellStyle("#3f82c9"),
        State.ZERO: CellStyle("#343d4a"),
        State.PADDING: CellStyle("#171e28", "#5d6978", Edge.DASHED),
        State.OUTSIDE: CellStyle("#12171f", "#4d5866", Edge.DASHED, Pattern.CROSS),
        State.MARKED: CellStyle("#ffd7a3", "#b85f00", Edge.SOLID),
        State.SOURCE: CellStyle("#4a8fd8", "#ffe3c4", Edge.RAILS),
        State.WEIGHT: CellStyle("#7d5a33"),
        State.UNREAD_INPUT: CellStyle("#5b6878", "#a7b3c2", pattern=Pattern.HATCH),
        State.UNREAD_ZERO: CellStyle("#2a323d", "#66727f", pattern=Pattern.HATCH),
        State.UNREAD_PADDING: CellStyle("#262436", "#6c7888", Edge.DASHED, Pattern.HATCH),
        State.CROPPED_INPUT: CellStyle("#7f3d4e", "#e79aac", pattern=Pattern.CROSS),
        State.CROPPED_ZERO: CellStyle("#351f27", "#96566a", pattern=Pattern.CROSS),
        State.KERNEL_ON_INPUT: CellStyle("#ff9e45", "#ffe3c4", Edge.RAILS),
        State.KERNEL_ON_ZERO: CellStyle("#8f5622", "#ffb66f", Edge.RAILS),
        State.HOLE_ON_INPUT: CellStyle("#2f5a88", "#ff9e45", Edge.SOLID),
        State.HOLE_ON_ZERO: CellStyle("#232a34", "#b8702f", Edge.SOLID),
        State.EXTRA_TO_COME: CellStyle("#1e2312", "#74803f", Edge.DASHED),
        State.EXTRA_DONE: CellStyle("#8a9d38", "#e0eda0", Edge.RAILS),
        State.UNREACHED_DONE: CellStyle("#3a423e", "#86948d", Edge.RAILS),
        State.TO_COME: CellStyle("#14271f", "#3b6a55", Edge.SOLID),
        State.NOW: CellStyle("#6fe8b5", "#1c7a55", Edge.RAILS),
        State.DONE: CellStyle("#2f8460"),
    },
)
