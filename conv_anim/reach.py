"""Output sizes of transposed layers that are wanted, and what must change where none is reached."""

from bisect import bisect_left
from typing import NamedTuple

from conv_anim.parse import MAX_SIZE, Pair

_LETTERS = "ksp"


class UpAxis(NamedTuple):
    """One axis of a transposed layer, but for its output padding."""

    i: int
    k: int
    s: int
    d: int
    p: Pair

    @property
    def least(self) -> int:
        """The output size without output padding; it may be below 1."""
        full = self.s * (self.i - 1) + self.d * (self.k - 1) + 1
        return full - sum(self.p)  # Relationship 14, arXiv 1603.07285

    @property
    def sizes(self) -> range:
        """The output sizes that an output padding gives; it must be below stride or dilation."""
        return range(max(self.least, 1), self.least + max(self.s, self.d))

    def changed(self, letter: str, by: int) -> "UpAxis | None":
        """Return the axis with another k, s or p (on both sides), if there is such a one."""
        before, after = self.p
        if letter == "p":
            if min(before, after) + by < 0 or max(before, after) + by > MAX_SIZE:
                return None
            return self._replace(p=(before + by, after + by))
        number = (self.k if letter == "k" else self.s) + by
        if not 1 <= number <= MAX_SIZE:
            return None
        return self._replace(k=number) if letter == "k" else self._replace(s=number)


def nearest(axes: tuple[UpAxis, UpAxis], wanted: Pair) -> list[tuple[str, tuple[UpAxis, UpAxis]]]:
    """Return a letter each with which, changed alone and least, both axes reach what is wanted.

    The nearest comes first; what another letter would do besides is left out if it is a hundred
    times as far.
    """
    found = []
    for letter in _LETTERS:
        steps = [_step(axis, letter, size) for axis, size in zip(axes, wanted, strict=True)]
        rows, columns = (
            None if by is None else axis.changed(letter, by)
            for axis, by in zip(axes, steps, strict=True)
        )
        if rows and columns:
            found.append((sum(abs(by) for by in steps if by), letter, (rows, columns)))
    found.sort(key=lambda way: way[0])
    return [(letter, changed) for far, letter, changed in found if far <= 100 * found[0][0]]


def _step(axis: UpAxis, letter: str, size: int) -> int | None:
    """Return by how much a letter must change at least, 0 if the size is reached as it is.

    Sizes grow with k and s and shrink with p, so the first change that goes far enough is the one,
    if it doesn't go too far.
    """
    grows = size >= axis.sizes.stop
    sign = 1 if grows == (letter != "p") else -1

    def is_enough(far: int) -> bool:
        other = axis.changed(letter, sign * far)
        return other is None or (size < other.sizes.stop if grows else size >= other.least)

    far = bisect_left(range(MAX_SIZE), True, key=is_enough)
    other = axis.changed(letter, sign * far)
    return sign * far if other and size in other.sizes else None
