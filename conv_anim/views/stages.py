"""The moments in which what the kernel slides over is made: arithmetic alone, without NumPy.

They are counted before anything is drawn; ``process`` makes frames of them. Usually: pad, then
slide. By zero insertion (relationships 13 and 14, arXiv 1603.07285): work out z and p′, insert
zeros, pad and crop in this order, then slide.
"""

from collections.abc import Iterator
from typing import NamedTuple

from conv_anim.core.layer import Layer
from conv_anim.core.parse import Pads

_MOST_MOVING_MS = 480  # cells glide in the second half of it
_MAX_STOPS = 4  # so many times padding stops on its way, however wide it is
_NONE = ((0, 0), (0, 0))


class Moment(NamedTuple):
    """What there is at one moment."""

    stage: int
    """From 1."""
    spread: bool
    """Whether input cells have moved apart."""
    padded: Pads
    """How many cells of the padding have come out."""
    cropped: Pads = _NONE
    """How many cells have been cropped."""
    counted: str = ""
    """What has been counted so far: «ring 1 of 2»."""
    rests: bool = True
    """Whether everything is in its place; if not, it moves there from where it was before."""


def n_stages(layer: Layer) -> int:
    """Return the number of stages, the sliding among them."""
    return 4 if layer.inserts_zeros else 2


def moments(layer: Layer) -> list[Moment]:
    """Return all moments up to where the kernel starts."""
    padding, more, cropped = parts(layer)
    stage = n_stages(layer) - 1
    padded = [
        *_rings(stage, padding, "ring" if layer.ndim == 2 else "cell"),
        *_rings(stage, more, "op", padding),
        *_crops(stage, cropped, _sum(padding, more)),
    ]
    if not layer.inserts_zeros:
        return [Moment(stage, True, _NONE), *padded]
    moving = [Moment(2, True, _NONE, rests=False)] if layer.s != (1, 1) else []
    return [
        Moment(1, False, _NONE),
        *moving,
        Moment(2, True, _NONE),
        *(padded or [Moment(stage, True, _NONE)]),
    ]


def times(layer: Layer, step_ms: int, hold_ms: int) -> list[int]:
    """Return how long each moment is shown: *step_ms*, what moves less, a stage's end *hold_ms*."""
    found = moments(layer)
    return [
        hold_ms
        if following is None or following.stage != moment.stage
        else step_ms
        if moment.rests
        else min(step_ms, _MOST_MOVING_MS)
        for moment, following in zip(found, [*found[1:], None], strict=True)
    ]


def parts(layer: Layer) -> tuple[Pads, Pads, Pads]:
    """Return what is added as padding, then as output padding, and then cropped."""
    axes = layer.axes
    last = [min(op, axis.padding[1]) for op, axis in zip(layer.output_padding, axes, strict=True)]
    rows, columns = (
        (axis.padding[0], axis.padding[1] - op) for axis, op in zip(axes, last, strict=True)
    )
    return (rows, columns), ((0, last[0]), (0, last[1])), (axes[0].cropped, axes[1].cropped)


def _rings(stage: int, target: Pads, what: str, start: Pads = _NONE) -> list[Moment]:
    """Return how padding comes out, ring by ring, from *start* on."""
    most = max(max(sides) for sides in target)
    result = []
    for ring in _stops(most):
        sides = _sum(start, _capped(target, ring))
        counted = f"{what} {ring} of {most}"
        result.append(Moment(stage, True, sides, rests=False))
        result.append(Moment(stage, True, sides, counted=counted))
    return result


def _crops(stage: int, target: Pads, padded: Pads) -> list[Moment]:
    """Return how cells are cropped, from the outside."""
    most = max(max(sides) for sides in target)
    result = []
    for ring in _stops(most):
        counted = f"{ring} of {most} cropped" if most > 1 else ""
        result.append(Moment(stage, True, padded, _capped(target, ring), counted))
    return result


def _stops(most: int) -> Iterator[int]:
    """Yield how many rings are out at each stop."""
    n_stops = min(most, _MAX_STOPS)
    for number in range(1, n_stops + 1):
        yield round(most * number / n_stops)


def _capped(sides: Pads, most: int) -> Pads:
    (a, b), (c, d) = sides
    return (min(a, most), min(b, most)), (min(c, most), min(d, most))


def _sum(one: Pads, other: Pads) -> Pads:
    (a, b), (c, d) = one
    (e, f), (g, h) = other
    return (a + e, b + f), (c + g, d + h)
