"""What the commands for networks have in common: layers, or a printed model, become a network."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from conv_anim.cli.arguments import PathOption
from conv_anim.cli.parameters import TableOption
from conv_anim.cli.shell import why
from conv_anim.core.files import read_regular
from conv_anim.core.network import Network
from conv_anim.core.parse import integer, quoted, shown
from conv_anim.errors import InputError
from conv_anim.frameworks import modules, network_text, parameters
from conv_anim.frameworks.network_text import Read

NETWORK = Network.name
EXAMPLE = '"Conv2d(1, 8, 3)" "standard k=3 s=2 p=1" "pool max k=2"'


def model_option() -> click.Option:
    """Return the option that names a printed model."""
    return PathOption(
        ["--model"],
        metavar="FILE",
        help="What print(model) shows of a Sequential, instead of layers; - is standard input.",
    )


def size_options() -> list[TableOption]:
    """Return the options of a network's input."""
    return [TableOption(parameters.TABLE[name], (NETWORK,)) for name in network_text.OWN]


def texts(layers: tuple[str, ...], model: str | None) -> tuple[str, ...]:
    """Return the texts of a network's layers: these, or a *model* in a file."""
    if model is not None and layers:
        raise InputError("‹model› and layers both say what the network is: leave one out")
    return layers if model is None else (_content(model),)


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


def explained(
    texts: tuple[str, ...],
    given: Mapping[str, object],
    text: str | None,
    cell: str | None,
    *,
    as_json: bool,
) -> str:
    """Return the arithmetic of a network in words, or as JSON, with what a *cell* sees.

    *given* are the parameters of a layer that the user gave, *text* is that of one.
    """
    from conv_anim.explain import networks

    if text is not None:
        raise InputError("‹layer› is for a single layer: give a network's layers one by one")
    read = network_text.read(texts, given)
    at = None if cell is None else _cell(cell, read)
    return json.dumps(networks.facts(read, at)) if as_json else networks.text(read, at)


def _cell(text: str, read: Read) -> tuple[int, ...]:
    """Return an output cell's row and column, in 1-D its number."""
    numbers = [integer(part) for part in text.split(",")]
    found = [number for number in numbers if number is not None]
    network = read.network
    if len(found) != len(numbers) or len(found) not in (network.ndim, 2):
        form = "a row and a column such as 3,4" if network.ndim == 2 else "a number such as 3"
        raise InputError(f"‹cell› is {shown(text)}: give {form}, counted from 0")
    return tuple(found)
