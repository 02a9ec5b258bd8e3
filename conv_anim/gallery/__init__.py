"""Galleries: a spec becomes files, and pages to look at them.

>>> from conv_anim import gallery
>>> gallery.make(gallery.read("my-course.toml"), "site", executor)  # doctest: +SKIP
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conv_anim.gallery.build import GalleryBuild, make
    from conv_anim.gallery.entries import Entry, Gallery
    from conv_anim.gallery.spec import read

__all__ = ["BUILT_IN", "Entry", "Gallery", "GalleryBuild", "make", "read"]

BUILT_IN = Path(__file__).with_name("gallery.toml")
"""The spec of the gallery that comes with the package."""

_HOMES = {
    "Entry": "entries",
    "Gallery": "entries",
    "GalleryBuild": "build",
    "make": "build",
    "read": "spec",
}


def __getattr__(name: str) -> Any:
    """Load a name when it is asked for: a gallery that is up to date needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'conv_anim.gallery' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"conv_anim.gallery.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
