"""The light theme."""

from conv_anim.drawing.styles import CellStyle, Edge, Pattern, Theme
from conv_anim.scene.states import State

# Faces are also told apart by lightness, for print and for colour-blind readers; where two
# are near each other, an edge or a pattern differs.
LIGHT = Theme(
    name="light",
    background="#ffffff",
    inks={
        "ink": "#1b2733",
        "muted": "#5b6673",
        "i": "#1f66a8",
        "k": "#b04a08",
        "d": "#b04a08",
        "s": "#1b2733",
        "o": "#0b6e4f",
    },
    outline="#7a2d00",
    beam="#fbe9dc",
    styles={
        State.INPUT: CellStyle("#8ab8e6"),
        State.ZERO: CellStyle("#dfe5ec"),
        State.PADDING: CellStyle("#f4f6f9", "#7f8a99", Edge.DASHED),
        State.OUTSIDE: CellStyle("#eff0f3", "#77818f", Edge.DASHED, Pattern.CROSS),
        State.MARKED: CellStyle("#8c2f00", "#ffd9a8", Edge.SOLID),
        State.SOURCE: CellStyle("#71abe2", "#7a2d00", Edge.SOLID),
        State.WEIGHT: CellStyle("#ea9858"),
        State.UNREAD_INPUT: CellStyle("#a7bed4", "#4a6680", pattern=Pattern.HATCH),
        State.UNREAD_ZERO: CellStyle("#d9dee5", "#767d84", pattern=Pattern.HATCH),
        State.UNREAD_PADDING: CellStyle("#ece9f5", "#7e798e", Edge.DASHED, Pattern.HATCH),
        State.CROPPED_INPUT: CellStyle("#d692a1", "#841f3f", pattern=Pattern.CROSS),
        State.CROPPED_ZERO: CellStyle("#e9d0d6", "#a85269", pattern=Pattern.CROSS),
        State.KERNEL_ON_INPUT: CellStyle("#e16c2f"),
        State.KERNEL_ON_ZERO: CellStyle("#f5c295"),
        State.TO_COME: CellStyle("#eef6f1", "#4f9273", Edge.SOLID),
        State.EXTRA_TO_COME: CellStyle("#eef0d5", "#7d8733", Edge.DASHED),
        State.NOW: CellStyle("#0b6e4f"),
        State.DONE: CellStyle("#86c8aa"),
        State.EXTRA_DONE: CellStyle("#c4d07f", "#64702a", Edge.SOLID),
        State.UNREACHED_DONE: CellStyle("#e1e7e2", "#707972", pattern=Pattern.HATCH),
        State.RED: CellStyle("#f19791"),
        State.GREEN: CellStyle("#9cc070"),
        State.IDLE: CellStyle("#c8d2de", "#677280", Edge.SOLID),
    },
)
