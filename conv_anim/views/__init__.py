"""Ways of looking at a layer: each module has a function from a layer to a scene.

Here is what has to be known of them before anything is drawn.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from conv_anim.core.layer import Layer
from conv_anim.core.parse import shown
from conv_anim.core.pool import Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.errors import InputError
from conv_anim.scene.arrangement import Arrangement
from conv_anim.views import arrange, interleave


class View(NamedTuple):
    """A way of looking at a layer."""

    name: str
    kinds: tuple[str, ...]
    """The kinds of layers that it can show."""
    arrange: Callable[[Layer], Arrangement]
    """What grids there are, and how they stand."""
    n_steps: Callable[[Layer], int]
    meaning: str
    module: str
    """The module in this package that has a function of the view's name."""
    without: tuple[str, ...] = ()
    """Drawing options that have no meaning for it."""
    has_ending: bool = False
    """Whether one more frame comes after the last step."""


def _outputs(layer: Layer) -> int:
    return layer.n_steps


def _inputs(layer: Layer) -> int:
    return layer.n_inputs


def _beats(layer: Layer) -> int:
    assert isinstance(layer, Transposed)
    return interleave.n_beats(layer)


_ALL = (Standard.name, Transposed.name, Pool.name)
VIEWS: Mapping[str, View] = {
    view.name: view
    for view in (
        View("slide", _ALL, arrange.sliding, _outputs, "the kernel slides over the input", "slide"),
        View(
            "stack",
            _ALL,
            arrange.stacked,
            _outputs,
            "in perspective, the output above the input",
            "stack",
        ),
        View(
            "stamp",
            (Transposed.name,),
            arrange.stamping,
            _inputs,
            "every input cell stamps the kernel onto the output",
            "stamp",
            without=("shade", "process"),
            has_ending=True,
        ),
        View(
            "overlap",
            (Transposed.name,),
            arrange.stamping,
            _inputs,
            "how often each output cell is stamped",
            "stamp",
            without=("values", "shade", "input", "kernel", "bias", "seed", "digits", "process"),
            has_ending=True,
        ),
        View(
            "both",
            (Transposed.name,),
            arrange.both,
            _beats,
            "both readings side by side, in step",
            "both",
            without=("shade", "process"),
            has_ending=True,
        ),
        View(
            "matrix",
            (Standard.name, Transposed.name),
            arrange.unrolled,
            _outputs,
            "the layer as a matrix, the row in use lit",
            "matrix",
            without=("shade", "process"),
        ),
    )
}
DEFAULT = "slide"
WITHOUT: Mapping[str, tuple[str, ...]] = {Pool.name: ("kernel", "bias", "process")}
"""Drawing options that have no meaning for a kind of layer."""


def scene(name: str) -> Callable[..., Any]:
    """Return the function that makes a view's scene of a layer; NumPy is loaded for it.

    It takes a layer, the steps that are shown, counted from 0, how long each of them and the
    last frame is shown, in milliseconds, and the numbers, if cells have any.
    """
    module = import_module(f"{__name__}.{VIEWS[name].module}")
    made: Callable[..., Any] = getattr(module, name)
    return made


def meaning(name: str, kind: str) -> str:
    """Return what a view shows of a kind of layer."""
    said = VIEWS[name].meaning
    return said.replace("kernel", "window") if kind == Pool.name else said


def check(name: object) -> str:
    """Return the name of a view if there is one."""
    if not isinstance(name, str) or name not in VIEWS:
        raise InputError(f"--view is {shown(name)}: give {', '.join(VIEWS)}")
    return name


def view_of(name: str, layer: Layer) -> View:
    """Return a view, if it can show the layer."""
    view = VIEWS[name]
    if layer.name not in view.kinds:
        raise InputError(
            f"--view {name} shows {' and '.join(view.kinds)} layers, not {layer.name} ones: give "
            f"{', '.join(x.name for x in VIEWS.values() if layer.name in x.kinds)}"
        )
    return view
