"""The views by their names: ways of looking at a layer, each with a file of its own."""

from collections.abc import Mapping

from conv_anim.core import choices
from conv_anim.core.layer import Layer
from conv_anim.errors import InputError
from conv_anim.views import both, matrix, overlap, slide, stack, stamp
from conv_anim.views.shown_channels import Choice
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


def names_for(kind: str) -> tuple[str, ...]:
    """Return the names of the views that can show a kind of layer."""
    return tuple(view.name for view in VIEWS.values() if kind in view.kinds)


def meanings(kind: str = "") -> str:
    """Return what the views of a kind of layer, or all, show, for help."""
    found = (
        f"{view.name}: {view.meaning_for(kind) if kind else view.meaning}"
        for view in VIEWS.values()
        if not kind or kind in view.kinds
    )
    return "; ".join(found) + "."


def check(value: object, kind: str) -> str:
    """Return the name of a view, if it can show a kind of layer."""
    names = names_for(kind)
    found = choices.find(value, VIEWS)
    if found is None or found in names:
        return choices.choice(value, "view", names)
    raise InputError(
        f"‹view={found}› shows {' and '.join(VIEWS[found].kinds)} layers, not {kind} ones: "
        f"{choices.offer('', names)}"
    )


def view_of(name: str, layer: Layer, choice: Choice | None = None) -> View:
    """Return a view, if it can show the layer; of a layer with channels, those of the choice.

    Without one, it shows one of them.
    """
    view = VIEWS[check(name, layer.name)]
    if choice is None or view.over_channels is None or not layer.has_channels:
        return view
    return view.over_channels(view, layer, choice)
