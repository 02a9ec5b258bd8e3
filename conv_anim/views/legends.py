"""The legends: which kinds of cells there are, and what each view calls them."""

from collections.abc import Iterable, Mapping

from conv_anim.core.layer import Layer
from conv_anim.core.pool import Pool
from conv_anim.scene.scene import Mark
from conv_anim.scene.states import State

_WITHOUT_VALUE = (State.ZERO, State.PADDING, State.OUTSIDE, State.UNREAD_ZERO,
                  State.UNREAD_PADDING, State.CROPPED_ZERO, State.KERNEL_ON_ZERO,
                  State.HOLE_ON_ZERO, State.TO_COME, State.EXTRA_TO_COME)  # fmt: skip


def sliding(
    layer: Layer,
    states: Iterable[State],
    *,
    shaded: bool = False,
    said: Mapping[State, str] | None = None,
) -> tuple[Mark, ...]:
    """Return kinds of cells with what they are called for this layer.

    What is *said* of a kind goes before the words that it has elsewhere.
    """
    words = {}
    if isinstance(layer, Pool):
        words = {
            State.KERNEL_ON_INPUT: "window on input",
            State.KERNEL_ON_ZERO: "window on padding",
            State.HOLE_ON_INPUT: "input, passed over",
            State.HOLE_ON_ZERO: "padding, passed over",
        }
    elif layer.has_copies:
        words = {
            State.KERNEL_ON_ZERO: "kernel on padding",
            State.HOLE_ON_ZERO: "padding between taps",
        }
    seen = set(states)
    copied = (State.PADDING, State.UNREAD_PADDING, State.KERNEL_ON_ZERO, State.HOLE_ON_ZERO)
    plain = {*_WITHOUT_VALUE} - ({*copied} if layer.has_copies else set())
    return tuple(
        Mark(
            state,
            (said or {}).get(state, words.get(state, state.words)),
            shaded and state not in plain,
        )
        for state in State
        if state in seen
    )


def stamping(states: Iterable[State], *, shaded: bool) -> tuple[Mark, ...]:
    """Return kinds of cells with what they are called where stamps add up."""
    words = {
        State.KERNEL_ON_INPUT: "stamps now",
        State.NOW: "stamped now",
        State.DONE: "stamped",
        State.TO_COME: "output to come",
        State.CROPPED_ZERO: "cropped",
    }
    by_value = (State.NOW, State.DONE, State.EXTRA_DONE)
    seen = set(states)
    return tuple(
        Mark(state, words.get(state, state.words), shaded and state in by_value)
        for state in State
        if state in seen
    )


def matrix(layer: Layer, states: Iterable[State]) -> tuple[Mark, ...]:
    """Return kinds of cells with what they are called beside a matrix."""
    said = {
        State.ZERO: "zero",
        State.KERNEL_ON_INPUT: "in use",
        State.KERNEL_ON_ZERO: f"zero{' or padding' if layer.has_copies else ''}, in use",
    }
    return sliding(layer, states, said=said)


def both(layer: Layer, states: Iterable[State]) -> tuple[Mark, ...]:
    """Return kinds of cells with what they are called beside both readings."""
    said = {
        State.KERNEL_ON_INPUT: "input in use",
        State.MARKED: "the product that both add",
        State.CROPPED_ZERO: "cropped",
        State.DONE: "done; right: stamped",
    }
    return sliding(layer, states, said=said)
