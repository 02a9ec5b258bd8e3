"""The views by their names: ways of looking at a layer, each with a file of its own."""

from collections.abc import Mapping

from conv_anim.core.layer import Layer
from conv_anim.core.parse import shown
from conv_anim.core.pool import Pool
from conv_anim.errors import InputError
from conv_anim.views import both, matrix, overlap, slide, stack, stamp
from conv_anim.views.view import View

VIEWS: Mapping[str, View] = {
    view.name: view
    for view in (
        slide.VIEW,
        stack.VIEW,
        stamp.VIEW,
        overlap.VIEW,
        both.VIEW,
        matrix.VIEW,
    )
}
DEFAULT = slide.VIEW.name
WITHOUT: Mapping[str, tuple[str, ...]] = {Pool.name: ("kernel", "bias", "process")}
"""Drawing options that have no meaning for a kind of layer."""


def check(name: object) -> str:
    """Return the name of a view if there is one."""
    if not isinstance(name, str) or name not in VIEWS:
        raise InputError(f"‹view› is {shown(name)}: give {', '.join(VIEWS)}")
    return name


def view_of(name: str, layer: Layer) -> View:
    """Return a view, if it can show the layer."""
    view = VIEWS[name]
    if layer.name not in view.kinds:
        raise InputError(
            f"‹view={name}› shows {' and '.join(view.kinds)} layers, not {layer.name} ones: give "
            f"{', '.join(x.name for x in VIEWS.values() if layer.name in x.kinds)}"
        )
    return view
