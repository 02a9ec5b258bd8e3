"""Legends: which kinds of cells there are, and what they are called in most views."""

from collections.abc import Collection, Iterable, Mapping

from conv_anim.core.layer import Layer
from conv_anim.scene.scene import LegendEntry
from conv_anim.scene.states import State

_WITHOUT_VALUE = (State.ZERO, State.PADDING, State.OUTSIDE, State.UNREAD_ZERO,
                  State.UNREAD_PADDING, State.CROPPED_ZERO, State.KERNEL_ON_ZERO,
                  State.TO_COME, State.EXTRA_TO_COME, State.IDLE)  # fmt: skip

_WITHOUT_WEIGHTS = {
    State.KERNEL_ON_INPUT: "window on input",
    State.KERNEL_ON_ZERO: "window on padding",
}
_WITH_COPIES = {
    State.KERNEL_ON_ZERO: "kernel on padding",
}


def sliding(
    layer: Layer,
    states: Iterable[State],
    *,
    shaded: bool = False,
    words: Mapping[State, str] | None = None,
) -> tuple[LegendEntry, ...]:
    """Return kinds of cells with what they are called for this layer.

    A view's *words* for a kind go before those that it has elsewhere.
    """
    usual = _WITHOUT_WEIGHTS if not layer.has_weights else _WITH_COPIES if layer.has_copies else {}
    copied = (State.PADDING, State.UNREAD_PADDING, State.KERNEL_ON_ZERO)
    plain = {*_WITHOUT_VALUE} - ({*copied} if layer.has_copies else set())
    by_value = [state for state in State if state not in plain]
    return named(states, {**usual, **(words or {})}, by_value if shaded else ())


def named(
    states: Iterable[State], words: Mapping[State, str], shaded: Collection[State] = ()
) -> tuple[LegendEntry, ...]:
    """Return kinds of cells with their *words*; those *shaded* are coloured by value."""
    seen = set(states)
    return tuple(
        LegendEntry(state, words.get(state, state.words), state in shaded)
        for state in State
        if state in seen
    )
