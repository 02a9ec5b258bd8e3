"""Themes: the colour of each kind of cell, inks, and the sizes that pictures have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from conv_anim.scene.states import State


class Edge(Enum):
    """How the border of a cell is drawn."""

    NONE = "none"
    SOLID = "solid"
    DASHED = "dashed"
    RAILS = "rails"
    """At top and bottom alone."""
    DOUBLE = "double"
    """A line in a colour of its own, and one in ink inside."""


class Pattern(Enum):
    """What is drawn over a cell's face, clear of its centre."""

    NONE = "none"
    HATCH = "hatch"
    CROSS = "cross"


@dataclass(frozen=True)
class Look:
    """How one kind of cell is drawn; colours are #rrggbb."""

    face: str
    ink: str = ""
    """The colour of edge and pattern."""
    edge: Edge = Edge.NONE
    pattern: Pattern = Pattern.NONE
    outline: str = ""
    """In colours of values, that of an edge's outer line; rails are double then, too."""


@dataclass(frozen=True)
class Theme:
    """Everything about a picture's appearance that does not depend on its layer."""

    name: str
    background: str
    ink: str
    muted: str
    link: str
    looks: Mapping[State, Look]


# Faces are also told apart by lightness, for print and for colour-blind readers; where two
# are near each other, an edge or a pattern differs.
LIGHT = Theme(
    name="light",
    background="#ffffff",
    ink="#1b2733",
    muted="#55606e",
    link="#b8500f",
    looks={
        State.INPUT: Look("#5b9bd5"),
        State.ZERO: Look("#d5dbe3"),
        State.PADDING: Look("#ebeff5", "#8d97a5", Edge.DASHED),
        State.OUTSIDE: Look("#f6f7f9", "#a4adb9", Edge.DASHED, Pattern.CROSS),
        State.MARKED: Look("#8c2f00", "#ffd9a8", Edge.SOLID),
        State.SOURCE: Look("#5fa0da", "#8a3a06", Edge.RAILS),
        State.WEIGHT: Look("#ddb07a"),
        State.UNREAD_INPUT: Look("#a3b4c6", "#5c6b7c", pattern=Pattern.HATCH),
        State.UNREAD_ZERO: Look("#dfe3e9", "#8d97a5", pattern=Pattern.HATCH),
        State.UNREAD_PADDING: Look("#dcdae6", "#8d97a5", Edge.DASHED, Pattern.HATCH),
        State.CROPPED_INPUT: Look("#dd9cab", "#8a3247", pattern=Pattern.CROSS),
        State.CROPPED_ZERO: Look("#f6e0e5", "#b4677a", pattern=Pattern.CROSS),
        State.KERNEL_ON_INPUT: Look("#bd5410", "#6f2a00", Edge.RAILS),
        State.KERNEL_ON_ZERO: Look("#f4bb85", "#9c4a12", Edge.RAILS),
        State.HOLE_ON_INPUT: Look("#83b3e0", "#a3470c", Edge.SOLID),
        State.HOLE_ON_ZERO: Look("#e9ecf1", "#c9712c", Edge.SOLID),
        State.EXTRA_TO_COME: Look("#f3f6e2", "#93a24a", Edge.DASHED),
        State.EXTRA_DONE: Look("#a6ba52", "#56671a", Edge.RAILS),
        State.UNREACHED_DONE: Look("#e2e5e3", "#7f8c86", Edge.RAILS),
        State.TO_COME: Look("#e0f0e8", "#94bfa9", Edge.SOLID),
        State.NOW: Look("#0b6e4f", "#04402c", Edge.RAILS),
        State.DONE: Look("#7fc4a4"),
    },
)

DARK = Theme(
    name="dark",
    background="#0d1117",
    ink="#e8edf4",
    muted="#9ca8b7",
    link="#ff9e45",
    looks={
        State.INPUT: Look("#3f82c9"),
        State.ZERO: Look("#343d4a"),
        State.PADDING: Look("#171e28", "#5d6978", Edge.DASHED),
        State.OUTSIDE: Look("#12171f", "#4d5866", Edge.DASHED, Pattern.CROSS),
        State.MARKED: Look("#ffd7a3", "#b85f00", Edge.SOLID),
        State.SOURCE: Look("#4a8fd8", "#ffe3c4", Edge.RAILS),
        State.WEIGHT: Look("#7d5a33"),
        State.UNREAD_INPUT: Look("#5b6878", "#a7b3c2", pattern=Pattern.HATCH),
        State.UNREAD_ZERO: Look("#2a323d", "#66727f", pattern=Pattern.HATCH),
        State.UNREAD_PADDING: Look("#262436", "#6c7888", Edge.DASHED, Pattern.HATCH),
        State.CROPPED_INPUT: Look("#7f3d4e", "#e79aac", pattern=Pattern.CROSS),
        State.CROPPED_ZERO: Look("#351f27", "#96566a", pattern=Pattern.CROSS),
        State.KERNEL_ON_INPUT: Look("#ff9e45", "#ffe3c4", Edge.RAILS),
        State.KERNEL_ON_ZERO: Look("#8f5622", "#ffb66f", Edge.RAILS),
        State.HOLE_ON_INPUT: Look("#2f5a88", "#ff9e45", Edge.SOLID),
        State.HOLE_ON_ZERO: Look("#232a34", "#b8702f", Edge.SOLID),
        State.EXTRA_TO_COME: Look("#1e2312", "#74803f", Edge.DASHED),
        State.EXTRA_DONE: Look("#8a9d38", "#e0eda0", Edge.RAILS),
        State.UNREACHED_DONE: Look("#3a423e", "#86948d", Edge.RAILS),
        State.TO_COME: Look("#14271f", "#3b6a55", Edge.SOLID),
        State.NOW: Look("#6fe8b5", "#1c7a55", Edge.RAILS),
        State.DONE: Look("#2f8460"),
    },
)

THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}

COLOUR_MAP = "viridis"
"""matplotlib's name of a perceptually even one."""
SIGNED_COLOUR_MAP = "coolwarm"
"""The same for values of either sign, blue and red, with a grey 0 that shows in both themes:
Moreland, «Diverging color maps for scientific visualization», 2009."""

# In shaded cells the colour is the value's, so shapes alone tell kinds apart. Their ink is black
# or white, whichever shows on the value's colour; a double edge's outer line has that of links,
# which is none of the values' and shows on the background.
SHADED: Mapping[State, tuple[Edge, Pattern]] = {
    State.INPUT: (Edge.NONE, Pattern.NONE),
    State.PADDING: (Edge.DASHED, Pattern.NONE),
    State.UNREAD_INPUT: (Edge.NONE, Pattern.HATCH),
    State.UNREAD_PADDING: (Edge.DASHED, Pattern.HATCH),
    State.CROPPED_INPUT: (Edge.NONE, Pattern.CROSS),
    State.KERNEL_ON_INPUT: (Edge.DOUBLE, Pattern.NONE),
    State.KERNEL_ON_ZERO: (Edge.DOUBLE, Pattern.CROSS),
    State.MARKED: (Edge.DOUBLE, Pattern.HATCH),
    State.HOLE_ON_INPUT: (Edge.RAILS, Pattern.NONE),
    State.HOLE_ON_ZERO: (Edge.RAILS, Pattern.CROSS),
    State.SOURCE: (Edge.RAILS, Pattern.HATCH),
    State.NOW: (Edge.DOUBLE, Pattern.NONE),
    State.DONE: (Edge.NONE, Pattern.NONE),
    State.EXTRA_DONE: (Edge.RAILS, Pattern.NONE),
    State.UNREACHED_DONE: (Edge.NONE, Pattern.HATCH),
}
"""How kinds of cells are told apart in colours of values; the others keep their own."""

# Sizes in pixels.
MARGIN_PX = 32
MIN_CELL_PX = 3
MAX_CELL_PX = 48
EASY_CELL_PX = 20
"""Cells get no smaller than this to keep the canvas narrow, only to fit it."""
EASY_WIDTH_PX = 300
"""How wide both grids and what is between them get when cells needn't be small for it."""
EASY_NUMBERS_PX = 420
"""The same when cells have numbers in them."""
EASY_STACK_PX = 390
"""The same in perspective."""
EASY_STRIP_PX = 780
"""The same for grids of a single row, which are small files however wide they are."""
SWATCH_PX = 18
TITLE_PX = 22
TEXT_PX = 15
FORMULA_PX = 18
MIN_TEXT_PX = 9
MIN_NUMBER_PX = 7
EASY_NUMBER_PX = 9
EASY_CORNER_PX = 8
MAX_NUMBER_PX = 18
