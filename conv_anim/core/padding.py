"""Paddings that have names: what they come to in cells."""

from conv_anim.core import parse
from conv_anim.core.parse import Pair
from conv_anim.errors import InputError

TORCH, TF = "torch", "tf"
CONVENTIONS = (TORCH, TF)

ZEROS, REFLECT, REPLICATE, CIRCULAR = "zeros", "reflect", "replicate", "circular"
MODES = (ZEROS, REFLECT, REPLICATE, CIRCULAR)


def named(name: str, *, i: int, k: int, s: int, d: int, convention: str) -> Pair:
    """Return (before, after) along one axis for a padding's *name*.

    ``valid`` is none. ``same`` keeps the size (divided by the stride): PyTorch has it for stride
    1 alone, with the odd zero after; TensorFlow makes the output ⌈i/s⌉, with the smaller half
    before. ``half`` and ``full`` are those of arXiv 1603.07285, sections 2.3 and 2.4: ⌊K/2⌋ for
    an odd span K = d(k − 1) + 1, and K − 1. ``causal`` is K − 1 before and none after, so that no
    output depends on what comes later.
    """
    span = d * (k - 1) + 1
    if name == "same" and convention == TF:
        total = max((-(-i // s) - 1) * s + span - i, 0)
        return total // 2, total - total // 2
    if name == "same":
        if s != 1:
            raise InputError(
                f"‹p=same› needs stride 1 in PyTorch's convention, and ‹s› is {s}: "
                f"give ‹p› in cells, or ‹convention=tf›"
            )
        return (span - 1) // 2, span - 1 - (span - 1) // 2
    if name == "half":
        if span % 2 == 0:
            raise InputError(
                f"‹p=half› needs a kernel that spans an odd number of cells, and this one spans "
                f"{span}: give ‹p› in cells, such as ‹p={span // 2}›, or change ‹k›"
            )
        return span // 2, span // 2
    after = span - 1 if name == "full" else 0
    return (span - 1 if name in ("full", "causal") else 0), after


def transposed(
    name: str, *, i: int, k: int, s: int, d: int, op: int | None, to: int | None
) -> tuple[Pair, int]:
    """Return (before, after) and output padding along one axis for a transposed layer's *name*.

    PyTorch has none. ``valid`` crops nothing, and adds cells up to the stride. ``same`` makes the
    output i·s, the smaller half of what is too much cropped before: Keras, TensorFlow and JAX
    agree. With its own output padding *op*, Keras makes it (i − 1)s + K mod 2 + op; TensorFlow
    makes it *to*, where a convolution leads back from there.
    """
    span = d * (k - 1) + 1
    full = (i - 1) * s + span
    if name == "valid":
        return (0, 0), max(s - span, 0) if op is None else op
    output = i * s
    if op is not None and (i - 1) * s + span % 2 + op > 0:
        output = (i - 1) * s + span % 2 + op
    elif to is not None and -(-to // s) == i:
        output = to
    crop = max(full - output, 0)
    return (crop // 2, crop - crop // 2), max(output - full, 0)


def check_convention(convention: object) -> str:
    """Return *convention* if there is such a one."""
    if convention not in CONVENTIONS:
        raise InputError(
            f"‹convention› is {parse.shown(convention)}: give {' or '.join(CONVENTIONS)}"
        )
    return str(convention)


def check_mode(mode: object) -> str:
    """Return what padding has in it, if there is such a way."""
    if mode not in MODES:
        raise InputError(f"‹pad_mode› is {parse.shown(mode)}: give {' or '.join(MODES)}")
    return str(mode)
