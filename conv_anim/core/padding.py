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
    an odd span K = d(k − 1) + 1, and K − 1.
    """
    span = d * (k - 1) + 1
    if name == "same" and convention == TF:
        total = max((-(-i // s) - 1) * s + span - i, 0)
        return total // 2, total - total // 2
    if name == "same":
        if s != 1:
            raise InputError(
                f"--p same needs stride 1 in PyTorch's convention, and --s is {s}: "
                f"give --p in cells, or --convention tf"
            )
        return (span - 1) // 2, span - 1 - (span - 1) // 2
    if name == "half":
        if span % 2 == 0:
            raise InputError(
                f"--p half needs a kernel that spans an odd number of cells, and this one spans "
                f"{span}: give --p in cells, such as --p {span // 2}, or change --k"
            )
        return span // 2, span // 2
    return (span - 1, span - 1) if name == "full" else (0, 0)


def check_convention(convention: object) -> str:
    """Return *convention* if there is such a one."""
    if convention not in CONVENTIONS:
        raise InputError(
            f"--convention is {parse.shown(convention)}: give {' or '.join(CONVENTIONS)}"
        )
    return str(convention)


def check_mode(mode: object) -> str:
    """Return what padding has in it, if there is such a way."""
    if mode not in MODES:
        raise InputError(f"--pad-mode is {parse.shown(mode)}: give {' or '.join(MODES)}")
    return str(mode)
