"""Animations that explain convolution arithmetic.

>>> from conv_anim import Standard, animate
>>> animate(Standard(i=5, k=3, s=2), theme="dark").save("x.gif")  # doctest: +SKIP
"""

from conv_anim.version import __version__

TYPE_CHECKING = False  # as type checkers know it; ``typing`` takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

    from conv_anim.animation import Animation, animate
    from conv_anim.core.network import Network
    from conv_anim.core.pool import Pool
    from conv_anim.core.separable import Separable
    from conv_anim.core.standard import Standard
    from conv_anim.core.transposed import Transposed
    from conv_anim.core.upsample import Upsample

__all__ = [
    "Animation",
    "Network",
    "Pool",
    "Separable",
    "Standard",
    "Transposed",
    "Upsample",
    "__version__",
    "animate",
]

_HOMES = {
    "Animation": "animation",
    "Network": "core.network",
    "Separable": "core.separable",
    "Pool": "core.pool",
    "Standard": "core.standard",
    "Transposed": "core.transposed",
    "Upsample": "core.upsample",
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
