"""A frame of a drawing as a matplotlib figure, which can be gone on with, and as a PDF.

The figure has one pair of axes, over all of it, in points from the upper left corner. All that is
seen in it are filled areas: texts are outlines, which need no fonts, lines have the width that they
have in points, and nothing depends on anybody's settings.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from conv_anim.drawing import fonts
from conv_anim.drawing.drawing import NUMBER, Drawing, Item, Line, Look, Outline, Polygon, Text
from conv_anim.drawing.linking import rings
from conv_anim.drawing.marks import Mark, Stroke, marks
from conv_anim.drawing.plane import Plane, Point
from conv_anim.drawing.shades import ink_on
from conv_anim.drawing.shown import Shown, ShownCell, chosen
from conv_anim.render.hidden import Corners, Hidden

_PT_PER_INCH = 72
_ZORDER = 0.001
"""Of an order: all that is drawn lies under what is added to the axes afterwards."""
_FACTS = {"Creator": "conv-anim", "CreationDate": None}
"""No file says when it was made, so that the next one is the same."""


def figures(drawing: Drawing, numbers: Iterable[int]) -> Iterator[Figure]:
    """Yield frames as they start; their numbers count from 0 and only grow."""
    for state in chosen(drawing, numbers):
        with fonts.own_settings, mpl.rc_context(_settings()):
            made = _empty(drawing)
            painter = _Painter(made.axes[0], drawing)
            painter.paint(state)
        yield made


def pdf(made: Figure, title: str) -> bytes:
    """Return a figure as a PDF of one page, as large as it is."""
    file = BytesIO()
    with fonts.own_settings, mpl.rc_context(_settings()):
        made.savefig(file, format="pdf", metadata={**_FACTS, "Title": title})
    return file.getvalue()


@lru_cache(maxsize=1)
def _settings() -> dict[Any, Any]:
    """Return what figures and files may depend on besides texts: matplotlib's own defaults."""
    about = ("axes.", "figure.", "grid.", "patch.", "pdf.", "savefig.", "xtick.", "ytick.")
    defaults = mpl.rcParamsDefault.items()
    return {key: value for key, value in defaults if key.startswith(about)}


def _empty(drawing: Drawing) -> Figure:
    """Return a figure with axes in which nothing is drawn."""
    made = Figure(
        figsize=(drawing.width / _PT_PER_INCH, drawing.height / _PT_PER_INCH),
        dpi=_PT_PER_INCH * drawing.px_per_pt,
        facecolor=drawing.background,
        edgecolor="none",
        frameon=True,
    )
    axes = made.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    axes.set_axis_off()
    return made


class _Painter:
    """Adds areas to axes, each with the order that it has in a drawing."""

    def __init__(self, axes: Axes, drawing: Drawing) -> None:
        self._axes, self._drawing, self._hidden = axes, drawing, Hidden(drawing)

    def paint(self, state: Shown) -> None:
        """Add all that is there; of one order, what is added later lies over the rest."""
        for item in state.items.values():
            self._item(item)
        for key, plane in self._drawing.planes.items():
            self._cells(plane, [*state.cells(key)])

    def _area(self, path: Path, colour: str, order: float, *, border: float = 0) -> None:
        """Add an area in a colour, or with a *border*, which makes it so much larger."""
        patch = PathPatch(
            path,
            facecolor=colour,
            edgecolor=colour if border else "none",
            linewidth=2 * border,
            linestyle="solid",
            joinstyle="round",
            antialiased=True,
            snap=False,
            zorder=order * _ZORDER,
        )
        if holes := self._hidden.under(int(order)):
            patch.set_clip_path(_outside(self._drawing, holes), self._axes.transData)
        self._axes.add_patch(patch)

    def _item(self, item: Item) -> None:
        if isinstance(item, Text):
            self._text([item], item.order)
        elif isinstance(item, Polygon):
            self._area(_filled([item.points]), item.colour, item.order)
        elif isinstance(item, Line):
            casing = item.width + 2 * self._drawing.hair
            for width, colour in ((casing, item.casing), (item.width, item.colour)):
                if colour:
                    ends = _thick(item.start, item.end, width)
                    self._area(_filled([ends]), colour, item.order)
        else:
            assert isinstance(item, Outline)
            plane = self._drawing.planes[item.plane]
            for colour, outer, inner in rings(item, plane, plane.hair):
                self._area(_filled([outer, inner[::-1]]), colour, item.order)

    def _text(self, alike: Sequence[Text], order: float, *, border: float = 0) -> None:
        """Add texts of one colour."""
        found = [path for text in alike for path in _outlines(text)]
        if found:
            path = Path.make_compound_path(*found)
            self._area(path, alike[0].colour, order, border=border)

    def _cells(self, plane: Plane, cells: Sequence[ShownCell]) -> None:
        """Add the cells of a plane: of each kind all at once, and their numbers over them."""

        def kind(cell: ShownCell) -> int:
            return cell.look.rank

        # They are of one style with others of their rank, whatever it is that they say.
        for _, ranked in groupby(sorted(cells, key=kind, reverse=True), kind):
            by_style: dict[object, list[ShownCell]] = {}
            for cell in ranked:
                by_style.setdefault(cell.look.style, []).append(cell)
            for alike in by_style.values():
                self._faces(plane, alike)
        written: dict[str, list[Text]] = {}
        for at, look in cells:
            for text in self._written(plane, look, at):
                written.setdefault(look.style.face, []).append(text)
        for face, texts in written.items():
            # In the face's colour, so that a line under numbers ends before them.
            under = [text._replace(colour=face) for text in texts]
            self._text(under, plane.order + NUMBER, border=plane.hair)
            self._text(texts, plane.order + NUMBER)

    def _faces(self, plane: Plane, alike: Sequence[ShownCell]) -> None:
        """Add cells of one style, with their share of the gaps, which hides what is under them."""
        width, height = plane.cell
        corners = [plane.place(*at) for at in ((0, 0), (width, 0), (width, height), (0, height))]
        places = [cell.at for cell in alike]
        self._area(_repeated(_filled([corners]), places), self._drawing.background, plane.order)
        for mark in marks(alike[0].look.style, plane, self._drawing.px_per_pt):
            self._area(_repeated(_marked(mark), places), mark.colour, plane.order)

    def _written(self, plane: Plane, look: Look, at: Point) -> Iterator[Text]:
        """Yield the numbers of a cell, with baselines on whole pixels."""
        scale, colour = self._drawing.px_per_pt, ink_on(look.style.face)
        for string, font, place in (
            (look.label, plane.label, plane.label_at),
            (look.corner, plane.corner, plane.corner_at),
        ):
            if string and font:
                x, y = place(string)
                yield Text(string, font, at[0] + x, at[1] + round(y * scale) / scale, colour)


def _filled(areas: Iterable[Sequence[Point]]) -> Path:
    """Return areas as one path; one that goes round the other way is a hole in another."""
    return Path.make_compound_path(
        *(Path(np.array([*corners, corners[0]]), closed=True) for corners in areas)
    )


def _outside(drawing: Drawing, holes: Iterable[Corners]) -> Path:
    """Return the canvas without some areas."""
    width, height = drawing.width, drawing.height
    canvas = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    return _filled([canvas, *(corners[::-1] for corners in holes)])


def _thick(start: Point, end: Point, width: float) -> list[Point]:
    """Return the corners of a line."""
    (x0, y0), (x1, y1) = start, end
    across = np.array([y0 - y1, x1 - x0]) * width / 2 / np.hypot(x1 - x0, y1 - y0)
    corners = np.array([start, end, end, start]) + across * [[1], [1], [-1], [-1]]
    return [(float(x), float(y)) for x, y in corners]


def _marked(mark: Mark) -> Path:
    """Return what a cell has as areas, of a dashed line each dash."""
    if not isinstance(mark, Stroke):
        return _filled([mark.points])
    start, end = map(np.array, mark.points)
    length = float(np.hypot(*(end - start)))
    dash = mark.dash or length
    starts = np.arange(0, length - 1e-6, 2 * dash) / length
    ends = np.minimum(starts + dash / length, 1)
    return _filled(
        [
            _thick(tuple(start + (end - start) * a), tuple(start + (end - start) * b), mark.width)
            for a, b in zip(starts, ends, strict=True)
        ]
    )


def _repeated(path: Path, places: Sequence[Point]) -> Path:
    """Return a path in each of some places, as one."""
    vertices, n = np.asarray(path.vertices), len(places)
    moved: NDArray[np.float64] = (vertices + np.array(places)[:, np.newaxis]).reshape(-1, 2)
    return Path(moved, np.tile(np.asarray(path.codes), n))


def _outlines(text: Text) -> Iterator[Path]:
    """Yield the outlines of a text's characters where they stand."""
    size = text.font.pt

    def placed(shape: fonts.Outline, x: float) -> Path:
        points = shape.vertices * (size, -size) + (text.x + x * size, text.baseline)
        return Path(points, shape.codes)

    if fonts.is_math(text.string, text.font):
        yield from (placed(shape, 0) for shape in fonts.formula(text.string, text.font.bold))
        return
    for character, x in fonts.characters(text.string, text.font):
        shape = fonts.outline(character, text.font)
        if len(shape.vertices):
            yield placed(shape, x)
