"""Outlines of glyphs as paths that take few letters: in whole numbers, from point to point."""

from collections.abc import Sequence

import numpy as np
from matplotlib.path import Path

from conv_anim.drawing.fonts import Outline

EM = 1000
"""Paths are written in so many parts of an em, as whole numbers; y goes downwards."""

_N_POINTS = {Path.MOVETO: 1, Path.LINETO: 1, Path.CURVE3: 2, Path.CURVE4: 3, Path.CLOSEPOLY: 1}
_NEAR = 1  # by so much a curve may pass by where the font has it

Whole = tuple[int, int]


def path(shape: Outline) -> str:
    """Return the path of an outline; nothing if nothing of it shows."""
    points = [(x, y) for x, y in np.rint(shape.vertices * (EM, -EM)).astype(int).tolist()]
    writer = _Writer()
    at = 0
    while at < len(shape.codes):
        code = shape.codes[at]
        corners = points[at : at + _N_POINTS[code]]
        at += len(corners)
        writer.add(code, corners)
    return "".join(writer.found)


class _Writer:
    """Writes each point from the one before, which takes fewer digits than where it is."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._start: Whole = (0, 0)
        self._here: Whole = (0, 0)
        self._bend: Whole | None = None
        """The middle point of the curve that has just been written."""

    def add(self, code: np.uint8, corners: Sequence[Whole]) -> None:
        """Add a part of an outline, which ends in the last of these points."""
        if code == Path.CLOSEPOLY:
            self.found.append("z")
            self._here, self._bend = self._start, None
            return
        end = corners[-1]
        if code == Path.MOVETO:
            self._start = end
        if code == Path.CURVE3:
            self._curve(*corners)
        else:
            self._bend = None
            if code != Path.LINETO:
                self.found.append(("m" if code == Path.MOVETO else "c") + self._written(corners))
            elif end != self._here:
                self.found.append(self._line(end))
        self._here = end

    def _line(self, end: Whole) -> str:
        across, down = end[0] - self._here[0], end[1] - self._here[1]
        if not down:
            return f"h{across}"
        return f"v{down}" if not across else f"l{self._written([end])}"

    def _curve(self, bend: Whole, end: Whole) -> None:
        """Add a curve; where it goes on from the one before as it came, it has no middle point."""
        if self._bend:
            mirrored = 2 * self._here[0] - self._bend[0], 2 * self._here[1] - self._bend[1]
            if max(abs(a - b) for a, b in zip(mirrored, bend, strict=True)) <= _NEAR:
                self.found.append(f"t{self._written([end])}")
                self._bend = mirrored
                return
        self.found.append(f"q{self._written([bend, end])}")
        self._bend = bend

    def _written(self, points: Sequence[Whole]) -> str:
        """Return points from here, with a blank where there is no sign between two numbers."""
        steps = [x - here for point in points for x, here in zip(point, self._here, strict=True)]
        return " ".join(map(str, steps)).replace(" -", "-")
