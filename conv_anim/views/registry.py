"""The views by their names: ways of looking at a layer, each with a file of its own."""

from collections.abc import Mapping

from conv_anim.core import choices
from conv_anim.core.network import Network
from conv_anim.core.subject import Subject
from conv_anim.errors import InputError
from conv_anim.views import both, field, matrix, overlap, separable, slide, stack, stamp
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
        field.VIEW,
        separable.VIEW,
    )
}
DEFAULT = slide.VIEW.name
"""That of layers; what can't be seen so has the first that can show it."""


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
    shown = f"{' and '.join(VIEWS[found].kinds)} layers, not {kind} ones"
    if Network.name in (kind, *VIEWS[found].kinds):
        shown = "layers, not networks" if kind == Network.name else "networks, not layers"
    raise InputError(f"‹view={found}› shows {shown}: {choices.offer('', names)}")


def default_for(kind: str) -> str:
    """Return the name of the view that a kind has if none is asked for."""
    names = names_for(kind)
    return DEFAULT if DEFAULT in names else names[0]


def view_of(name: str, subject: Subject, choice: Choice | None = None) -> View:
    """Return a view, if it can show the subject; the default is that of its kind.

    Of a layer with channels it shows those of the choice; without one, one of them.
    """
    kind = subject.name
    view = VIEWS[default_for(kind) if name == DEFAULT else check(name, kind)]
    if choice is None or view.over_channels is None or not subject.has_channels:
        return view
    return view.over_channels(view, subject.single(), choice)
