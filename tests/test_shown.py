"""What drawings show at their frames."""

import numpy as np

from conv_anim import Transposed, animate
from conv_anim.drawing.drawing import Cells, Drawing, Frame, Line, Look, Places
from conv_anim.drawing.plane import Plane
from conv_anim.drawing.shown import shown
from conv_anim.drawing.styles import CellStyle

RED, BLUE = Look(CellStyle("#ff0000"), rank=1), Look(CellStyle("#0000ff"), rank=2)


def line(colour: str) -> Line:
    return Line((0, 0), (1, 1), 1, colour)


def drawing(*frames: Frame) -> Drawing:
    """Return a drawing of a row of three cells of ten points, the first of which is red."""
    plane = Plane("row", (5, 5), (10, 0), (0, 10), (1, 3), 10, (0, 0, 9, 9), 1)
    return Drawing(
        width=40,
        height=20,
        px_per_pt=1,
        size_px=(40, 20),
        background="#ffffff",
        planes={"row": plane},
        items={"stays": line("#111111")},
        cells=(Cells("row", 0, 0, np.array([[1, 0, 0]])),),
        looks=[None, RED, BLUE],
        styles=(RED.style, BLUE.style),
        inks=(),
        overlays=(),
        frames=frames,
    )


def test_cells_change_one_after_another() -> None:
    second = Frame(1, (Cells("row", 0, 1, np.array([[2, 1]])),))
    found = drawing(Frame(1), second, Frame(1, (Cells("row", 0, 0, np.array([[0]])),)))
    assert [*shown(found, 0).cells("row")] == [((5, 5), RED)]
    assert [*shown(found, 1).cells("row")] == [((5, 5), RED), ((15, 5), BLUE), ((25, 5), RED)]
    assert [*shown(found, 2).cells("row")] == [((15, 5), BLUE), ((25, 5), RED)]


def test_cells_that_have_moved_are_on_whole_pixels_and_those_of_low_ranks_on_top() -> None:
    cells = (Cells("row", 0, 0, np.array([[1, 2, 1]])),)
    places = (Places("row", np.array([0.0]), np.array([0.0, 0.52, 1.04])),)
    found = drawing(Frame(1, cells, places), Frame(1))
    for number in (0, 1):
        assert [*shown(found, number).cells("row")] == [
            ((10, 5), BLUE),
            ((5, 5), RED),
            ((15, 5), RED),
        ]


def test_items_that_are_replaced_lie_over_the_others_and_some_go() -> None:
    red, blue = line("#ff0000"), line("#0000ff")
    found = drawing(
        Frame(1, items={"a": red, "b": blue}),
        Frame(1, items={"a": blue}),
        Frame(1, items={"b": None}),
    )
    assert list(shown(found, 0).items.items())[1:] == [("a", red), ("b", blue)]
    assert list(shown(found, 1).items.items())[1:] == [("b", blue), ("a", blue)]
    assert [*shown(found, 2).items] == ["stays", "a"]


def test_a_frame_is_the_same_whichever_was_asked_for_before() -> None:
    found = animate(Transposed(i=2, k=2), values=True).drawing
    states = [shown(found, number) for number in (3, 1, 3)]
    cells = [[*state.cells("output")] for state in states]
    assert cells[0] == cells[2] != cells[1]
    assert states[0].items == states[2].items != states[1].items
