"""What the commands for networks have in common: layers, or a printed model, become a network."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from conv_anim.cli.arguments import PathOption
from conv_anim.cli.shell import why
from conv_anim.core.files import read_regular
from conv_anim.core.parse import integer, quoted, shown
from conv_anim.errors import InputError
from conv_anim.frameworks import modules, network_text
from conv_anim.frameworks.network_text import Read

NETWORK = "network"
_OWN = ("i", "ndim")
"""The parameters of a layer that a network has, too."""

EXAMPLE = '"Conv2d(1, 8, 3)" "standard k=3 s=2 p=1" "pool max k=2"'


def model_option() -> click.Option:
    """Return the option that names a printed model."""
    return PathOption(
        ["--model"],
        metavar="FILE",
        help="What print(model) shows of a Sequential, instead of layers; - is standard input.",
    )


def read(
    layers: tuple[str, ...], model: str | None, given: Mapping[str, object], text: str | None
) -> Read:
    """Return the network of these *layers*, or of a *model* in a file.

    *given* are the parameters of a layer that the user gave, *text* is that of one.
    """
    if text is not None:
        raise InputError("‹layer› is for a single layer: give a network's layers one by one")
    for name, value in given.items():
        if name not in _OWN:
            raise InputError(
                f"‹{name}› {shown(value)} has no meaning for a network: give it with a layer, such "
                f"as 'standard k=3 s=2'"
            )
    if model is not None and layers:
        raise InputError("‹model› and layers both say what the network is: leave one out")
    texts = layers if model is None else (_content(model),)
    return network_text.read(texts, dict(given))


def _content(name: str) -> str:
    """Return the text of a file, or of standard input."""
    label = "standard input" if name == "-" else f"‹model› {quoted(name)}"
    limit = modules.MAX_LENGTH
    try:
        if name == "-":
            data = sys.stdin.buffer.read(limit + 1) if sys.stdin else b""
        else:
            data = read_regular(Path(name), limit, label)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{label} cannot be read: {why(error)}") from error
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{label} is not text in UTF-8: give what print(model) shows") from error
    if len(data) > limit:
        raise InputError(f"{label} has more than {limit:,} bytes, the limit: give a smaller model")
    return text


def explained(read: Read, cell: str | None, *, as_json: bool) -> str:
    """Return the arithmetic of a network in words, or as JSON, with what a *cell* sees."""
    from conv_anim.explain import networks

    at = None if cell is None else _cell(cell, read)
    return json.dumps(networks.facts(read, at)) if as_json else networks.text(read, at)


def _cell(text: str, read: Read) -> tuple[int, ...]:
    """Return an output cell's row and column, in 1-D its number."""
    numbers = [integer(part) for part in text.split(",")]
    found = [number for number in numbers if number is not None]
    network = read.network
    if len(found) != len(numbers) or len(found) != network.ndim:
        form = "a row and a column such as 3,4" if network.ndim == 2 else "a number such as 3"
        raise InputError(f"‹cell› is {shown(text)}: give {form}, counted from 0")
    return tuple(found)
