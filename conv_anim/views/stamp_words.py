"""What the legend calls the cells of stamps, and which can be coloured."""

from conv_anim.scene.states import State

WORDS = {
    State.KERNEL_ON_INPUT: "stamps now",
    State.NOW: "stamped now",
    State.DONE: "stamped",
    State.TO_COME: "to come",
    State.WEIGHT: "",
    State.CROPPED_ZERO: "cropped",
}
"""What the legend calls kinds of cells."""
SHADED = (State.NOW, State.DONE, State.EXTRA_DONE)
"""The kinds of cells that can be coloured by how often they are stamped."""
