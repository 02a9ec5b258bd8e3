"""Which options mean nothing, for which kind of picture and in which view."""

from conv_anim.core.layers import KINDS
from conv_anim.core.separable import Separable
from conv_anim.option_table import TABLE
from conv_anim.views import registry as views


def where_idle(name: str, kind: object, view: object) -> str:
    """Return where an option has no meaning, as a phrase, or nothing where it has one.

    *kind* and *view* are names, if they are known.
    """
    if isinstance(view, str) and view in views.VIEWS and name in views.VIEWS[view].without:
        return f"with ‹view={view}›"
    if isinstance(kind, str) and not TABLE[name].is_for(kind):
        return f"for a {noun(kind)}"
    return ""


def noun(kind: str) -> str:
    """Return what messages call what a picture can be of."""
    if kind in KINDS:
        return f"{kind} layer"
    return Separable.noun if kind == Separable.name else kind
