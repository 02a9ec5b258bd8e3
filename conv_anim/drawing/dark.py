"""The dark theme."""

from conv_anim.drawing.styles import CellStyle, Edge, Pattern, Theme
from conv_anim.scene.states import State

DARK = Theme(
    name="dark",
    background="#0d1117",
    inks={
        "ink": "#e8edf4",
        "muted": "#9ca8b7",
        "i": "#6fb1f5",
        "k": "#ff9e45",
        "d": "#ff9e45",
        "s": "#e8edf4",
        "o": "#6fe8b5",
    },
    outline="#ffd9b0",
    beam="#2a221c",
    styles={
        State.INPUT: CellStyle("#2f6cab"),
        State.ZERO: CellStyle("#2f3845"),
        State.PADDING: CellStyle("#141b24", "#6b7788", Edge.DASHED),
        State.OUTSIDE: CellStyle("#1d2228", "#717d8d", Edge.DASHED, Pattern.CROSS),
        State.MARKED: CellStyle("#ffe0b8", "#8a3f00", Edge.SOLID),
        State.SOURCE: CellStyle("#387bb7", "#ffe3c4", Edge.SOLID),
        State.WEIGHT: CellStyle("#c47a3e"),
        State.UNREAD_INPUT: CellStyle("#364e68", "#97abc1", pattern=Pattern.HATCH),
        State.UNREAD_ZERO: CellStyle("#2a303a", "#7a8591", pattern=Pattern.HATCH),
        State.UNREAD_PADDING: CellStyle("#292637", "#83819a", Edge.DASHED, Pattern.HATCH),
        State.CROPPED_INPUT: CellStyle("#8f4d5d", "#e9abb8", pattern=Pattern.CROSS),
        State.CROPPED_ZERO: CellStyle("#4c383e", "#c08697", pattern=Pattern.CROSS),
        State.KERNEL_ON_INPUT: CellStyle("#f58b36"),
        State.KERNEL_ON_ZERO: CellStyle("#7b481b"),
        State.TO_COME: CellStyle("#13231c", "#4b8a70", Edge.SOLID),
        State.EXTRA_TO_COME: CellStyle("#242615", "#7f8a40", Edge.DASHED),
        State.NOW: CellStyle("#6fe8b5"),
        State.DONE: CellStyle("#2f8460"),
        State.EXTRA_DONE: CellStyle("#819037", "#f2f8c7", Edge.SOLID),
        State.UNREACHED_DONE: CellStyle("#434844", "#8e9890", pattern=Pattern.HATCH),
        State.RED: CellStyle("#ad5153"),
        State.GREEN: CellStyle("#577c3a"),
        State.IDLE: CellStyle("#324455", "#8ea2b7", Edge.SOLID),
    },
)
