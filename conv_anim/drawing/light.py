"""The light theme."""

from conv_anim.drawing.styles import CellStyle, Edge, Pattern, Theme
from conv_anim.scene.states import State

# Faces are also told apart by lightness, for print and for colour-blind readers; where two
# are near each other, an edge or a pattern differs.
LIGHT = Theme(
    name="light",
    background="#ffffff",
    ink="#1b2733",
    muted="#55606e",
    link="#b8500f",
    looks={
        State.INPUT: CellStyle("#5b9bd5"),
        State.ZERO: CellStyle("#d5dbe3"),
        State.PADDING: CellStyle("#ebeff5", "#8d97a5", Edge.DASHED),
        State.OUTSIDE: CellStyle("#f6f7f9", "#a4adb9", Edge.DASHED, Pattern.CROSS),
        State.MARKED: CellStyle("#8c2f00", "#ffd9a8", Edge.SOLID),
        State.SOURCE: CellStyle("#5fa0da", "#8a3a06", Edge.RAILS),
        State.WEIGHT: CellStyle("#ddb07a"),
        State.UNREAD_INPUT: CellStyle("#a3b4c6", "#5c6b7c", pattern=Pattern.HATCH),
        State.UNREAD_ZERO: CellStyle("#dfe3e9", "#8d97a5", pattern=Pattern.HATCH),
        State.UNREAD_PADDING: CellStyle("#dcdae6", "#8d97a5", Edge.DASHED, Pattern.HATCH),
        State.CROPPED_INPUT: CellStyle("#dd9cab", "#8a3247", pattern=Pattern.CROSS),
        State.CROPPED_ZERO: CellStyle("#f6e0e5", "#b4677a", pattern=Pattern.CROSS),
        State.KERNEL_ON_INPUT: CellStyle("#bd5410", "#6f2a00", Edge.RAILS),
        State.KERNEL_ON_ZERO: CellStyle("#f4bb85", "#9c4a12", Edge.RAILS),
        State.HOLE_ON_INPUT: CellStyle("#83b3e0", "#a3470c", Edge.SOLID),
        State.HOLE_ON_ZERO: CellStyle("#e9ecf1", "#c9712c", Edge.SOLID),
        State.EXTRA_TO_COME: CellStyle("#f3f6e2", "#93a24a", Edge.DASHED),
        State.EXTRA_DONE: CellStyle("#a6ba52", "#56671a", Edge.RAILS),
        State.UNREACHED_DONE: CellStyle("#e2e5e3", "#7f8c86", Edge.RAILS),
        State.TO_COME: CellStyle("#e0f0e8", "#94bfa9", Edge.SOLID),
        State.NOW: CellStyle("#0b6e4f", "#04402c", Edge.RAILS),
        State.DONE: CellStyle("#7fc4a4"),
    },
)
