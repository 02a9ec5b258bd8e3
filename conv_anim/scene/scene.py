"""The vocabulary of pictures: what there is to see, without pixels and without colours.

A scene is what all frames have in common; its frames list what changes from one to the next.
Views make scenes, renderers draw them, and neither knows the other.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from conv_anim.scene.arrangement import Arrangement
from conv_anim.scene.states import State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Chunks = tuple[str, ...]
"""A line of text in pieces between which it may be broken; a piece in $…$ is mathtext."""

SHADES = 25
"""The levels in which values are shaded; a file has 256 colours for everything. The number is odd,
so that 0 is in the middle one where values are below and above it."""


class Scale(NamedTuple):
    """What a colour bar says at its ends, and which shades it has between them."""

    low: str
    high: str
    first: int = 0
    last: int = SHADES - 1

    @property
    def n_levels(self) -> int:
        """How many shades it has."""
        return self.last - self.first + 1


@dataclass(frozen=True, eq=False)
class Grid:
    """A matrix of cells."""

    states: "NDArray[np.uint8]"
    """State of every cell before the first frame, shape (rows, columns)."""
    captions: Chunks
    """Lines under the grid."""
    labels: "NDArray[np.intp] | None" = None
    """Each cell's number before the first frame, as a place in the scene's strings."""
    levels: "NDArray[np.int8] | None" = None
    """Each cell's shade before the first frame, from 0; −1 for the plain colour of its state."""
    scale: Scale | None = None
    """The colour bar, if the grid is shaded."""
    has_corners: bool = False
    """Whether any cell ever has a small number in its corner."""
    is_outlined: bool = False
    """Whether there is an outline round it, as round the window."""
    label_em: float = 0.0
    """How wide its widest label is, in font sizes, if all of them may be larger than others'."""
    heading: Chunks = ()
    """A line above it and those beside it, up to the next that has one; side by side."""


class Box(NamedTuple):
    """A rectangle of cells in the grid of a role."""

    grid: str
    row: int
    column: int
    rows: int
    columns: int

    @property
    def area(self) -> tuple[slice, slice]:
        """Where the cells are in arrays of the grid."""
        down = slice(self.row, self.row + self.rows)
        return down, slice(self.column, self.column + self.columns)

    @property
    def n_cells(self) -> int:
        """How many cells it has."""
        return self.rows * self.columns

    def is_level_with(self, other: "Box") -> bool:
        """Return whether another one begins in the same row or column of the same grid."""
        begins_so = self.row == other.row or self.column == other.column
        return self.grid == other.grid and begins_so

    def with_other(self, other: "Box") -> "Box":
        """Return the smallest rectangle round it and another one of the same grid."""
        top, left = min(self.row, other.row), min(self.column, other.column)
        bottom = max(self.row + self.rows, other.row + other.rows)
        right = max(self.column + self.columns, other.column + other.columns)
        return Box(self.grid, top, left, bottom - top, right - left)


class Link(NamedTuple):
    """Lines between grids, from the corners of one rectangle to another's.

    Between grids side by side, those that lead across the room between them.
    """

    tail: Box
    head: Box
    taps: tuple[int, ...] = ()
    """In strips, the columns of the tail from which lines lead to the head."""
    threads: tuple[tuple[int, int], ...] | None = None
    """In strips whose head has several cells, the columns of tail and head that lines lead from
    and to; None elsewhere."""
    is_framed: tuple[bool, bool] = (True, True)
    """Whether there are outlines round the tail and the head."""

    def can_glide_to(self, other: "Link") -> bool:
        """Return whether another link is this one, moved along a row or a column.

        To the next row the kernel jumps, as eyes do when they read.
        """
        return self.tail.is_level_with(other.tail) and self.head.is_level_with(other.head)


class Joint(NamedTuple):
    """Lines from rectangles to a sign, where what they stand for is added, and on to the result."""

    tails: tuple[Box, ...]
    head: Box
    is_sum: bool = True
    """Whether what they stand for is added; if not, they lead to the result straight away."""

    def can_glide_to(self, other: "Joint") -> bool:
        """Return whether another one is this one, its result moved along a row or a column."""
        return self.tails == other.tails and self.head.is_level_with(other.head)


class Change(NamedTuple):
    """Cells of the grid of a role that become different; the arrays broadcast together.

    What is None stays as it was.
    """

    grid: str
    rows: "NDArray[np.intp]"
    columns: "NDArray[np.intp]"
    states: "NDArray[np.uint8] | np.uint8"
    labels: "NDArray[np.intp] | None" = None
    corners: "NDArray[np.intp] | None" = None
    """The small numbers in the corners, places in the scene's strings."""
    levels: "NDArray[np.int8] | None" = None


class Move(NamedTuple):
    """Where the rows and columns of a grid's cells are from now on.

    In cells from the top left of the grid, each array (rows,) or (columns,). Where cells overlap,
    those whose state has the smaller number cover the others.
    """

    grid: str
    rows: "NDArray[np.float64]"
    columns: "NDArray[np.float64]"


class Caption(NamedTuple):
    """What is written below a part of a grid, for as long as that is all there is of it."""

    grid: str
    words: str
    below: float
    """The row of cells under which it is, from the top of the grid."""
    aside: float = 0.0
    """How far to the right of the grid's middle that part's is, in cells."""


class Sum(NamedTuple):
    """What a step computes, in pieces: terms may be left out, those that add nothing first."""

    start: str
    terms: tuple[str, ...]
    joint: str
    end: str
    zeros: frozenset[int] = frozenset()
    """The places of the terms that add nothing."""
    parts: tuple[tuple[str, int], ...] = ()
    """What is written before some terms, and how many; nothing before all of them if empty."""


class LegendEntry(NamedTuple):
    """A kind of cell, and what the legend calls it; nothing if it needs no explanation."""

    state: State
    words: str
    is_shaded: bool = False
    """Whether such cells can be coloured by value."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture, as what differs from the one before."""

    changes: tuple[Change, ...]
    """Cells that become different and stay so."""
    links: tuple[Link, ...]
    """All links of this frame; those of the one before are gone."""
    counter: str
    """Shown above a grid: how far the animation is, such as «step 5 / 9»."""
    duration_ms: int
    shows: tuple[Change, ...] = ()
    """What cells are in this frame alone, over its changes; the later ones cover the others."""
    sum: Sum | None = None
    note: int | None = None
    """Which of the scene's notes is shown; None for none."""
    moves: tuple[Move, ...] = ()
    glides: tuple[Move, ...] = ()
    """Where cells move to, towards the end of the frame."""
    caption: int | None = None
    """Which of the scene's changing captions is shown; None for none."""
    joint: Joint | None = None
    """What of several grids is added."""


class Frames(Protocol):
    """Frames in order; they can be asked for again and again and are made one at a time."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Frame]: ...


@dataclass(frozen=True, eq=False)
class EachFrame:
    """Frames that are made from others, one by one."""

    frames: Frames
    made: Callable[[Frame], Frame]

    def __len__(self) -> int:
        return len(self.frames)

    def __iter__(self) -> Iterator[Frame]:
        return map(self.made, self.frames)


@dataclass(frozen=True, eq=False)
class Scene:
    """What all frames have in common, and the frames."""

    title: str
    parameters: tuple[Chunks, ...]
    """Lines under the title."""
    formulas: tuple[Chunks, ...]
    """Lines under the grids."""
    grids: Mapping[str, Grid]
    """The grids by their roles, such as «input» and «output», in the order of the arrangement."""
    arrangement: Arrangement
    """How the grids are placed."""
    legend: tuple[LegendEntry, ...]
    """The kinds of cells that occur in any frame, whether it is shown or not."""
    longest_counter: str
    """The counter's text when it needs the most room."""
    frames: Frames
    is_signed: bool = False
    """Whether the middle shade stands for 0, and the others for what is below and above it."""
    strings: tuple[str, ...] = ("",)
    """What labels and corners say; the first is nothing."""
    numbers_em: tuple[float, float] | None = None
    """The widest label and the widest corner, in font sizes; None without numbers."""
    has_sums: bool = False
    notes: tuple[Chunks, ...] = ()
    """Texts above the grids, of which one is shown at a time."""
    captions: tuple[Caption, ...] = ()
    """Captions that change, of which one is shown at a time, above the lasting ones of its grid."""
    shows_legend: bool = True
    plus: str = ""
    """What is added to sums besides, after their sign; empty for nothing."""

    @property
    def numbers_ways(self) -> tuple[tuple[float, float], ...]:
        """What may be written in cells, as ``numbers_em``, the best first.

        Corners may stay empty where the kernel has a grid that says the same.
        """
        if self.numbers_em is None:
            return ()
        label, corner = self.numbers_em
        return (
            (self.numbers_em, (label, 0.0))
            if corner and "kernel" in self.grids
            else (self.numbers_em,)
        )

    def lines_below(self, grid: str) -> Chunks:
        """Return a grid's lasting captions, below an empty line for those that change."""
        changing = any(caption.grid == grid for caption in self.captions)
        return ("",) * changing + self.grids[grid].captions
