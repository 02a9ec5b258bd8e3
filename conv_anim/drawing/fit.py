"""Whether a picture fits, by the sizes that its layout has; what to do if it doesn't.

This is arithmetic alone, so that a picture which cannot fit is refused at once.
"""

from collections.abc import Callable, Sequence

from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pair, listed
from conv_anim.drawing import cell_size
from conv_anim.drawing.sizes import MARGIN_PX, MAX_WIDTH_PX, MIN_CELL_PX, MIN_NUMBER_PX
from conv_anim.errors import InputError
from conv_anim.scene.arrangement import Arrangement
from conv_anim.scene.scene import Scene

Arrange = Callable[[Layer], Arrangement]

MAX_FRAMES = 1_000_000


def check_cells(layer: Layer, width_px: int, arrange: Arrange) -> None:
    """Raise InputError when cells would be smaller than can be told apart."""
    if _fits(layer, width_px, arrange):
        return
    _check_captions(arrange(layer), width_px)
    largest = _largest_input(layer, width_px, arrange)
    ways = [
        f"the largest input that fits is ‹i={layer.written(largest)}›"
        if largest
        else "no input fits: lower ‹k›, ‹d› or ‹p›"
    ]
    if _fits(layer, MAX_WIDTH_PX, arrange):
        ways.append(f"raise ‹width› (up to {MAX_WIDTH_PX})")
    elif width_px < MAX_WIDTH_PX and (wider := _largest_input(layer, MAX_WIDTH_PX, arrange)):
        ways.append(f"‹i={layer.written(wider)}› with ‹width={MAX_WIDTH_PX}›")
    way_out = ", or ".join(ways)
    first, *others = (
        (area.words, f"{area.shape[0]}×{area.shape[1]}") for area in arrange(layer).areas.values()
    )
    said = [f"{first[0]} has {first[1]} cells", *(" ".join(other) for other in others)]
    raise InputError(
        f"cells would be smaller than {MIN_CELL_PX} px: {', '.join(said)}, and the canvas is "
        f"{width_px} px wide; {way_out}"
    )


def _check_captions(arrangement: Arrangement, width_px: int) -> None:
    """Raise InputError when captions alone take more than a canvas that is too narrow."""
    taken = sum(cell_size.captions_px(arrangement, width_px).values()) + sum(arrangement.gaps_px(0))
    if arrangement.is_stacked or taken <= width_px - 2 * MARGIN_PX:
        return
    wider = range(width_px, MAX_WIDTH_PX + 1, 20)
    enough = next(
        (width for width in wider if cell_size.tile(arrangement, width).height >= MIN_CELL_PX), None
    )
    if enough:
        raise InputError(
            f"the canvas is {width_px} px wide, which has no room for the captions of "
            f"{len(arrangement.areas)} grids: give ‹width={enough}› or more"
        )


def _fits(layer: Layer, width_px: int, arrange: Arrange) -> bool:
    return cell_size.tile(arrange(layer), width_px).height >= MIN_CELL_PX


def _largest_input(layer: Layer, width_px: int, arrange: Arrange) -> Pair | None:
    """Return the largest input up to the layer's own that fits, or None if there is none."""
    low, high = 0, max(layer.i)
    for most in range(1, high):  # the smallest that the kernel can read
        try:
            smallest = layer.with_input_up_to(most)
        except InputError:
            continue
        low = most if _fits(smallest, width_px, arrange) else 0
        break
    if not low:
        return None
    while high - low > 1:  # fitting is monotone in the input size
        middle = (low + high) // 2
        fits = _fits(layer.with_input_up_to(middle), width_px, arrange)
        low, high = (middle, high) if fits else (low, middle)
    return layer.with_input_up_to(low).i


def check_length(n_frames: int, max_frames: int) -> None:
    """Raise InputError when there are more frames than are drawn without a word."""
    if n_frames > max_frames:
        more = ", or raise ‹max_frames›" if n_frames <= MAX_FRAMES else ""
        raise InputError(
            f"the animation would have {n_frames} frames, more than ‹max_frames={max_frames}›: "
            f"lower ‹i›, show fewer steps with ‹frames› or ‹every›{more}"
        )


def check_numbers(scene: Scene, width_px: int, other_ways: Sequence[str]) -> None:
    """Raise InputError when numbers would be smaller than can be read.

    *other_ways* out, besides a wider canvas, are what the sentence offers.
    """
    numbers_em = scene.numbers_em
    if not numbers_em:
        return

    def height(width: int) -> float:
        return max(
            0,
            cell_size.least_number_px(
                cell_size.tile(scene.arrangement, width, numbers_em), *numbers_em
            ),
        )

    if height(width_px) >= MIN_NUMBER_PX:
        return
    wider = range(width_px, MAX_WIDTH_PX + 1, 20)
    fitting = next((width for width in wider if height(width) >= MIN_NUMBER_PX), None)
    ways = [*([f"‹width={fitting}›"] if fitting else []), *other_ways]
    raise InputError(
        f"numbers would be {height(width_px):g} px high, and less than {MIN_NUMBER_PX} px "
        f"cannot be read: give {listed(ways)}"
    )
