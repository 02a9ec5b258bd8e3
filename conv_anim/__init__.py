"""Animated GIFs that explain convolution arithmetic.

>>> from conv_anim import Standard, animate
>>> animate(Standard(i=5, k=3, s=2), theme="dark").save("x.gif")  # doctest: +SKIP
"""

from conv_anim.version import __version__

TYPE_CHECKING = False  # as type checkers know it; ``typing`` takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

    from conv_anim.animation import Animation, animate
    from conv_anim.pool import Pool
    from conv_anim.standard import Standard
    from conv_anim.transposed import Transposed

__all__ = ["Animation", "Pool", "Standard", "Transposed", "__version__", "animate"]

_HOMES = {
    "Animation": "animation",
    "Pool": "pool",
    "Standard": "standard",
    "Transposed": "transposed",
    "animate": "animation",
}


def __getattr__(name: str) -> "Any":
    """Load a name when it is asked for, so that the import costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'conv_anim' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"conv_anim.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
