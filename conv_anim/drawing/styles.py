"""How kinds of cells can be drawn: edges, patterns, colours; a theme has a style for each."""

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
class CellStyle:
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
    inks: Mapping[str, str]
    """Colours of texts: «ink», «muted», and the letters that have one of their own."""
    outline: str
    """The colour of the frames round the window and the cell that it fills."""
    beam: str
    """What lies between the two."""
    styles: Mapping[State, CellStyle]

    def ink(self, name: str) -> str:
        """Return the colour of a text."""
        return self.inks.get(name, self.inks["muted"])


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
    State.SOURCE: (Edge.RAILS, Pattern.HATCH),
    State.WEIGHT: (Edge.NONE, Pattern.NONE),
    State.NOW: (Edge.DOUBLE, Pattern.NONE),
    State.DONE: (Edge.NONE, Pattern.NONE),
    State.EXTRA_DONE: (Edge.RAILS, Pattern.NONE),
    State.UNREACHED_DONE: (Edge.NONE, Pattern.HATCH),
}
"""How kinds of cells are distinguished in colours of values; the others keep their own."""
