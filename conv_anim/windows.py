"""What of the input the windows of a pooling layer read, and the plain poolings that read the same.

A plain pooling has windows of neighbouring cells and a padding with a name: ``valid``, none, or
``same``, TensorFlow's. What is outside the input never counts in it.
"""

from conv_anim import padding
from conv_anim.parse import Pair
from conv_anim.pool import AVERAGE, Pool

VALID, SAME = "valid", "same"

Spans = list[Pair]
"""The first cell and the one after the last that each window along an axis reads."""


def are_single_cells(layer: Pool) -> bool:
    """Return whether every window reads one cell and counts nothing else: then a mean is that."""
    spans = [_spans(layer, axis) for axis in (0, 1)]
    return all(found is not None and all(b - a == 1 for a, b in found) for found in spans)


def plain(layer: Pool, name: str) -> tuple[Pair, Pair] | None:
    """Return size and stride of a plain pooling that gives the same numbers, if there is one.

    They are the layer's own where those do it.
    """
    found = []
    for axis in (0, 1):
        spans = _spans(layer, axis)
        one = None if spans is None else _plain_axis(layer, axis, spans, name)
        if one is None:
            return None
        found.append(one)
    (rows, row_stride), (columns, column_stride) = found
    return (rows, columns), (row_stride, column_stride)


def _spans(layer: Pool, axis: int) -> Spans | None:
    """Return what the windows along an axis read, or None if it isn't neighbours alone.

    Nor is it if a mean counts anything besides.
    """
    i, k, s, d = (size[axis] for size in (layer.i, layer.k, layer.s, layer.d))
    before, after = layer.p[axis]
    spans = []
    for start in range(-before, layer.output_size[axis] * s - before, s):
        first = max(-(start // d), 0)  # the first tap that is in the input, rounded up
        last = min((i - 1 - start) // d, k - 1)
        if first > last or (last > first and d > 1):
            return None
        counted = min(start + k, i + after) - start
        if layer.mode == AVERAGE and layer.count_include_pad and counted > last - first + 1:
            return None
        spans.append((start + first * d, start + last * d + 1))
    return spans


def _plain_axis(layer: Pool, axis: int, spans: Spans, name: str) -> Pair | None:
    """Return size and stride along one axis."""
    i, k, s = layer.i[axis], layer.k[axis], layer.s[axis]
    for stride in dict.fromkeys((s, *_strides(i, spans))):
        for size in dict.fromkeys((k, *_sizes(i, stride, spans))):
            if size > 0 and _plain_spans(name, i, size, stride, len(spans), spans):
                return size, stride
    return None


def _strides(i: int, spans: Spans) -> list[int]:
    """Return the strides that may give so many windows, the likeliest first."""
    if len(spans) == 1:
        return [i]
    steps = len(spans)
    between = spans[1][0] - spans[0][0]
    return [max(between, 1), *range(-(-i // steps), -(-i // (steps - 1)) + 1)]


def _sizes(i: int, stride: int, spans: Spans) -> list[int]:
    """Return the sizes that may give the first window.

    With ``same``, the padding before is ⌊((o − 1)s + k − i)/2⌋, so two sizes may do it.
    """
    end, shift = spans[0][1], (len(spans) - 1) * stride - i
    return [end, 2 * end + shift - 1, 2 * end + shift]


def _plain_spans(name: str, i: int, k: int, s: int, count: int, spans: Spans) -> bool:
    """Return whether a plain pooling's windows read just this."""
    if name == VALID:
        if k > i or (i - k) // s + 1 != count:
            return False
        before = 0
    else:
        if -(-i // s) != count:
            return False
        before, _ = padding.named("same", i=i, k=k, s=s, d=1, convention=padding.TF)
    return all(
        (max(at * s - before, 0), min(at * s - before + k, i)) == span
        for at, span in enumerate(spans)
    )
