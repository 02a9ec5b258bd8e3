"""A function of a layer and options is called with the options as keywords, each by its name."""

import inspect
from collections.abc import Callable
from functools import wraps
from textwrap import indent
from typing import Concatenate, ParamSpec, TypeVar, cast

from conv_anim.core import choices
from conv_anim.core.layers import KINDS
from conv_anim.core.subject import Subject
from conv_anim.option_table import TABLE
from conv_anim.options import Options
from conv_anim.views import registry as views

P = ParamSpec("P")
T = TypeVar("T")


def _with_keywords_of(
    make: Callable[P, Options],
) -> Callable[[Callable[[Subject, Options], T]], Callable[Concatenate[Subject, P], T]]:
    """Return a decorator for which the keywords are those of *make*."""

    def decorate(function: Callable[[Subject, Options], T]) -> Callable[Concatenate[Subject, P], T]:
        @wraps(function)
        def call(layer: Subject, *args: P.args, **options: P.kwargs) -> T:
            for name in options:
                if name not in TABLE:
                    raise TypeError(f"there is no option {name}{_meant(name, layer)}")
            if "view" in options and views.names_for(getattr(layer, "name", "")):
                views.check(options["view"], layer.name)  # whose views alone are to be offered
            return function(layer, make(*args, **options))

        own = inspect.signature(function)
        parameters = [own.parameters["layer"], *inspect.signature(make).parameters.values()]
        signature = own.replace(parameters=parameters)
        call.__signature__ = signature  # type: ignore[attr-defined]  # as ``inspect`` knows it
        call.__doc__ = (inspect.getdoc(function) or "").replace("{options}", _described())
        return cast("Callable[Concatenate[Subject, P], T]", call)  # where it may be a keyword, too

    return decorate


def _meant(name: str, layer: Subject) -> str:
    """Return what else to write for what is no option, after a colon, if that is known."""
    for row in TABLE.values():
        switches = {switch.replace("-", "_"): value for switch, value in row.switches.items()}
        if name in switches:
            return f": give {row.name}={switches[name]!r}"
    for kind in (type(layer), *KINDS.values()):
        if name in inspect.signature(kind).parameters:
            whose = "the layer" if kind is type(layer) else "such a layer"
            return f": give it to {whose}, as in {kind.__name__}({name}=…)"
    return choices.meant(name, TABLE, ":")


def _described() -> str:
    """Return the options as a docstring lists them."""
    entries = (f"{name}\n{indent(row.in_python, '    ')}" for name, row in TABLE.items())
    return "\n".join(entries)


takes_options = _with_keywords_of(Options)
"""A decorator: what takes a layer and ``Options`` is called with their fields as keywords.

A name that is no option's raises TypeError, which offers the closest.
"""
