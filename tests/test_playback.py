"""The player: lasting changes stay, and what a frame alone shows is gone with it."""

import numpy as np

from conv_anim.scene.playback import Player, occurring, played
from conv_anim.scene.scene import Box, Change, Frame, Grid
from conv_anim.scene.states import State

ROW = np.zeros(1, np.intp)


def change(state: State, *columns: int, label: int | None = None) -> Change:
    labels = None if label is None else np.array([label])
    return Change("input", ROW, np.array(columns), np.uint8(state), labels)


def frame(*changes: Change, shows: tuple[Change, ...] = ()) -> Frame:
    return Frame(changes=changes, shows=shows, links=(), counter="", duration_ms=20)


STRIP = {"input": Grid(np.full((1, 4), State.INPUT, np.uint8), ())}
FRAMES = (
    frame(
        change(State.DONE, 0, label=1),
        shows=(change(State.NOW, 0, 1, label=2), change(State.MARKED, 1)),
    ),
    frame(change(State.DONE, 1), shows=(change(State.NOW, 3),)),
    frame(),
)


def test_what_a_frame_alone_shows_is_gone_in_the_next() -> None:
    now, marked, done, rest = State.NOW, State.MARKED, State.DONE, State.INPUT
    frames = [grids["input"] for grids in played(STRIP, FRAMES)]
    assert [cells.states[0].tolist() for cells in frames] == [
        [now, marked, rest, rest],
        [done, done, rest, now],
        [done, done, rest, rest],
    ]
    assert [cells.labels[0].tolist() for cells in frames] == [
        [2, 2, 0, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
    ]


def test_only_rectangles_in_which_something_changes_are_named() -> None:
    player = Player(STRIP)
    boxes = [set(player.show(frame)) for frame in FRAMES]
    assert boxes == [
        {Box("input", 0, 0, 1, 2)},
        {Box("input", 0, 0, 1, 2), Box("input", 0, 3, 1, 1)},
        {Box("input", 0, 3, 1, 1)},
    ]


def test_kinds_occur_in_the_frames_and_not_before_or_between_them() -> None:
    assert occurring(STRIP, FRAMES) == {State.INPUT, State.NOW, State.MARKED, State.DONE}
    everywhere = frame(change(State.DONE, 0, 1, 2, 3))
    assert occurring(STRIP, [everywhere]) == {State.DONE}
