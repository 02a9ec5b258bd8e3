"""Whether a picture fits, by the sizes that its layout has; what to do if it doesn't.

This is arithmetic alone, so that a picture which cannot fit is refused at once.
"""

import math
from collections.abc import Callable, Sequence
from operator import index
from typing import TYPE_CHECKING, Any, Protocol, Self

from conv_anim.drawing import cell_size
from conv_anim.drawing.sizes import (
    MAX_SIDE_PX,
    MIN_CELL_PX,
    MIN_READABLE_PX,
    MIN_WIDTH_PX,
    WIDTH_PT,
    Pixels,
    Sizing,
)
from conv_anim.errors import InputError, listed
from conv_anim.scene.arrangement import Arrangement
from conv_anim.scene.scene import Scene

if TYPE_CHECKING:
    from conv_anim.drawing.layout import Layout


class Sized(Protocol):
    """What has an input, and may have a smaller one."""

    @property
    def i(self) -> tuple[int, int]:
        """Rows and columns of the input."""

    def with_input_up_to(self, most: int) -> Self:
        """Return the same on a smaller input; raise InputError when there is none."""

    def written(self, size: tuple[int, int]) -> str:
        """Return a size as it is given."""


Arrange = Callable[[Any], Arrangement]

MAX_FRAMES = 1_000_000


def check_cells(layer: Sized, sizing: Sizing, arrange: Arrange) -> None:
    """Raise InputError when cells would be smaller than can be told apart."""
    _check_rows(arrange(layer))
    if _fits(layer, sizing, arrange):
        return
    largest = _largest_input(layer, sizing, arrange)
    ways = [
        f"the largest input that fits is ‹i={layer.written(largest)}›"
        if largest
        else "no input fits: lower ‹k›, ‹d› or ‹p›"
    ]
    widest = Sizing(width_px=MAX_SIDE_PX)
    if _fits(layer, widest, arrange):
        ways.append(f"give a larger ‹width› (up to {MAX_SIDE_PX})")
    elif sizing.width_px != MAX_SIDE_PX and (wider := _largest_input(layer, widest, arrange)):
        ways.append(f"‹i={layer.written(wider)}› with ‹width={MAX_SIDE_PX}›")
    way_out = ", or ".join(ways)
    canvas = f"{_width_px(arrange(layer), sizing)} px wide"
    raise InputError(
        f"cells would be smaller than {MIN_CELL_PX} px: {_sizes(arrange(layer))}, and the picture "
        f"is {canvas}; {way_out}"
    )


def _sizes(arrangement: Arrangement) -> str:
    """Return how many cells the grids have, as a clause."""
    areas = [*arrangement.areas.values()]
    if arrangement.labels_pt:  # there may be many rows, of which the longest doesn't fit
        longest = max(areas, key=lambda area: area.shape[1])
        return f"{longest.words} has {longest.shape[1]} cells"
    sizes = dict.fromkeys((area.words, f"{area.shape[0]}×{area.shape[1]}") for area in areas)
    (words, size), *others = sizes
    return ", ".join([f"{words} has {size} cells", *(" ".join(other) for other in others)])


def _check_rows(arrangement: Arrangement) -> None:
    """Raise InputError when there are more rows below each other than a picture has room for."""
    n_rows = len(arrangement.areas)
    if not arrangement.labels_pt or n_rows <= (most := cell_size.most_rows()):
        return
    raise InputError(
        f"a picture has room for {most - 1} layers, and the network has {n_rows - 1}: draw some of "
        f"them, or have all explained by «explain network»"
    )


def _width_px(arrangement: Arrangement, sizing: Sizing) -> int:
    width = max(cell_size.plan(arrangement).width, WIDTH_PT)
    return round(width * sizing.px_per_pt(width, 1e-6))


def _fits(layer: Sized, sizing: Sizing, arrange: Arrange) -> bool:
    return cell_size.cell_px(arrange(layer), sizing) >= MIN_CELL_PX


def _largest_input(layer: Sized, sizing: Sizing, arrange: Arrange) -> tuple[int, int] | None:
    """Return the largest input up to the layer's own that fits, or None if there is none."""
    low, high = 0, max(layer.i)
    for most in range(1, high):  # the smallest that the kernel can read
        try:
            smallest = layer.with_input_up_to(most)
        except InputError:
            continue
        low = most if _fits(smallest, sizing, arrange) else 0
        break
    if not low:
        return None
    while high - low > 1:  # fitting is monotone in the input size
        middle = (low + high) // 2
        fits = _fits(layer.with_input_up_to(middle), sizing, arrange)
        low, high = (middle, high) if fits else (low, middle)
    return layer.with_input_up_to(low).i


def check_canvas(layout: "Layout", size: tuple[int, int], *, has_numbers: bool) -> None:
    """Raise InputError when things are too small on a canvas of a size that was asked for."""
    canvas = f"on a canvas of {size[0]}×{size[1]} px"
    # Cells may be whole pixels, of which a calculation gives a little less.
    if layout.cell.height * layout.pixels.per_pt < MIN_CELL_PX - 1e-6:
        raise InputError(
            f"cells would be smaller than {MIN_CELL_PX} px {canvas}: give a larger ‹size›"
        )
    if has_numbers and layout.label is None:
        raise InputError(
            f"numbers would be less than {MIN_READABLE_PX} px high {canvas}, and cannot be read: "
            f"give a larger ‹size›, or ‹values=False›"
        )


def check_length(n_frames: int, max_frames: int, *, is_still: bool = False) -> None:
    """Raise InputError when there are more frames than are drawn without a word.

    Of a still, these are the frames up to it, which follow from each other.
    """
    if n_frames > max_frames:
        more = ", or raise ‹max_frames›" if n_frames <= MAX_FRAMES else ""
        what = "up to the still there are" if is_still else "the animation would have"
        earlier = "ask for an earlier one, " if is_still else ""
        raise InputError(
            f"{what} {n_frames} frames, more than ‹max_frames={max_frames}›: {earlier}"
            f"lower ‹i›, show fewer steps with ‹frames› or ‹every›{more}"
        )


def remarks_on_words(size_px: float | None) -> tuple[str, ...]:
    """Return a phrase if the smallest words of a picture, if it has any, are hard to read."""
    if size_px is None or size_px >= MIN_READABLE_PX:
        return ()
    tenths = math.floor(10 * size_px) / 10
    return (
        f"words of {tenths:g} px can hardly be read: make the picture larger, or leave parts out",
    )


def check_letters(string: str, name: str) -> None:
    """Raise InputError when a text has letters that can't be set; *name* is the option's."""
    from conv_anim.drawing.fonts import missing_letters  # with what draws, which is loaded for it
    from conv_anim.drawing.text_flow import TITLE

    if letters := missing_letters(string, TITLE):
        raise InputError(
            f"‹{name}› has {letters!r} in it, and pictures are written in Latin, Greek, Cyrillic "
            f"and some other letters, from left to right: give another text, or leave the heading "
            f"out with ‹parts›"
        )


def check_numbers(
    scene: Scene, sizing: Sizing, other_ways: Sequence[str], width: Callable[[], float]
) -> None:
    """Raise InputError when numbers would be smaller than can be read.

    *other_ways* out, besides a larger picture, are what the sentence offers. *width* returns the
    canvas's width in points, for which texts are measured; it is called in cases of doubt.
    """
    ways = scene.numbers_ways
    if not ways:
        return
    plan = cell_size.plan(scene.arrangement, ways[-1])

    def height(sizing: Sizing, width: float) -> float:
        return cell_size.largest_px(plan.cell, ways, Pixels(sizing.px_per_pt(width, 1e-6)))

    if height(sizing, max(plan.width, WIDTH_PT)) >= MIN_READABLE_PX:
        return
    own_width = width()
    if (found := height(sizing, own_width)) >= MIN_READABLE_PX:
        return
    wider = (Sizing(width_px=px) for px in range(MIN_WIDTH_PX, MAX_SIDE_PX + 1, 20))
    fitting = next(
        (way.width_px for way in wider if height(way, own_width) >= MIN_READABLE_PX), None
    )
    out = [*([f"‹width={fitting}›"] if fitting else []), *other_ways]
    raise InputError(
        f"numbers would be {max(0, round(found, 1)):g} px high, and less than {MIN_READABLE_PX} px "
        f"cannot be read: give {listed(out)}"
    )


def numbers_fit(
    arrangement: Arrangement, ways: Sequence[tuple[float, float]], sizing: Sizing
) -> bool:
    """Return whether numbers could be read in such grids, written in one of some ways."""
    plan = cell_size.plan(arrangement, ways[-1])
    pixels = Pixels(sizing.px_per_pt(max(plan.width, WIDTH_PT), 1e-6))
    return cell_size.largest_px(plan.cell, ways, pixels) >= MIN_READABLE_PX


def counted(frame: int, n_frames: int) -> int:
    """Return a frame's number from 0, if there is such a frame; −1 is the last, and so on."""
    number = index(frame)
    if not -n_frames <= number < n_frames:
        raise InputError(
            f"there is no ‹frame={number}› of {n_frames}: give one from 0 to {n_frames - 1}, or "
            f"from -1, the last, to -{n_frames}"
        )
    return number % n_frames
