"""The pages of a gallery: ``index.html`` to look at, ``README.md`` for those on a code host."""

import re
from collections.abc import Callable, Iterable
from functools import singledispatch
from pathlib import Path
from typing import Any

from conv_anim.animation import Animation
from conv_anim.core.files import content
from conv_anim.core.network import Network
from conv_anim.core.parse import integers
from conv_anim.core.separable import Separable
from conv_anim.drawing.dark import DARK
from conv_anim.errors import InputError
from conv_anim.formats import atomic, registry
from conv_anim.frameworks.torch import torch_call
from conv_anim.gallery.entries import Entry, Gallery
from conv_anim.gallery.manifest import INDEX, README

_SIGNATURES = {
    INDEX: '<meta name="generator" content="conv-anim gallery">',
    README: "<!-- made by conv-anim gallery -->",
}
_TEMPLATES = Path(__file__).with_name("templates")

_SUFFIXES = "|".join(map(re.escape, registry.FORMATS))
_PICTURE = re.compile(rf'(?:src(?:set)?|href)="([A-Za-z0-9_-]+(?:{_SUFFIXES}))"'.encode())
_HEAD = 10_000  # bytes that the signature is in
_LONGEST_LINE = 1_000_000
# Where a sentence ends: not at a full stop after one letter, as in «e.g.», or after these.
_SENTENCE = re.compile(
    r"(?<![\s.(][^\W\d])(?<!\bcf)(?<!\bvs)(?<!\bal)(?<!\b[Ff]ig)(?<!\b[Ee]q)(?<!\bNo)"
    r"(?<=[\w)\]′»”\"'])([.!?])\s+(?![a-z])"
)

# Options are not broken at their dashes, nor before short values.
_UNBROKEN = re.compile(r"(--\S+(?: (?!--)\S{1,12}(?!\S))?)")

_WIDE_PX = 640  # a picture that is wider gets two columns, if there are any


@singledispatch
def _size(layer: Any, letter: str) -> str:
    """Return a size of what is drawn, by its letter, as it is given."""
    written: str = layer.written(getattr(layer, letter))
    return written


@_size.register
def _sizes_of_a_network(network: Network, letter: str) -> str:
    first, *others = {_size(layer, letter) for layer in network.layers}
    return "several" if others else first


@_size.register
def _size_of_a_separable_one(layers: Separable, letter: str) -> str:
    return _size(layers.dense, letter)


_FILTERS: dict[str, tuple[str, Callable[[Animation], str]]] = {
    "layer": ("Layer", lambda animation: animation.layer.name),
    "view": ("View", lambda animation: animation.view.name),
    "stride": ("Stride", lambda animation: _size(animation.layer, "s")),
    "padding": ("Padding", lambda animation: _size(animation.layer, "p")),
    "dilation": ("Dilation", lambda animation: _size(animation.layer, "d")),
}


def check_files(folder: Path) -> None:
    """Raise InputError when a page that is not ours is where one of ours is to be written."""
    for name, signature in _SIGNATURES.items():
        path = folder / name
        there = path.exists() or path.is_symlink()
        if there and signature.encode() not in (content(path, _HEAD) or b""):
            raise InputError(
                f"{str(path)!r} was not made by conv-anim gallery: move it, or give another "
                f"‹output›"
            )


def pictures(folder: Path) -> set[str]:
    """Return the files that the pages in a folder show, as far as we made these."""
    found: set[str] = set()
    for name, signature in _SIGNATURES.items():
        path = folder / name
        if signature.encode() in (content(path, _HEAD) or b""):
            with path.open("rb") as file:
                while line := file.readline(_LONGEST_LINE):
                    found.update(name.decode() for name in _PICTURE.findall(line))
    return found


def write(gallery: Gallery, folder: Path) -> None:
    """Write both pages; the pictures are there already."""
    for name, text in rendered(gallery).items():
        atomic.write_if_new(folder / name, text.encode())


def rendered(gallery: Gallery) -> dict[str, str]:
    """Return the pages by their names; they load nothing but the pictures beside them."""
    import jinja2  # most runs of the command write no pages

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,  # also in Markdown, where the table is HTML, in which nothing is special
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    ids = _section_ids(gallery.sections)
    sections = [
        {"name": name, "id": ids.get(name), "cards": [_card(entry) for entry in entries]}
        for name, entries in gallery.sections.items()
    ]
    animations = [entry.animation for entry in gallery.entries]
    filters = {
        key: (label, _sorted(map(value_of, animations)))
        for key, (label, value_of) in _FILTERS.items()
    }
    words = {"title": gallery.title, "filters": filters, "sections": sections}
    return {
        name: environment.get_template(name.lower()).render(signature=signature, **words)
        for name, signature in _SIGNATURES.items()
    }


def _section_ids(names: Iterable[str]) -> dict[str, str]:
    """Return what sections can be linked to by; names of cards have no dot, so these differ."""
    ids: dict[str, str] = {}
    for name in filter(None, names):
        plain = found = "section." + re.sub(r"\W+", "-", name.lower()).strip("-")
        number = 1
        while found in ids.values():
            number += 1
            found = f"{plain}.{number}"
        ids[name] = found
    return ids


def _sorted(values: Iterable[str]) -> list[str]:
    """Return the different values, by the numbers in them."""
    return sorted(set(values), key=lambda text: (integers(text), text))


def _card(entry: Entry) -> dict[str, Any]:
    """Return what the pages show of an entry."""
    animation = entry.animation
    layer = animation.layer
    torch = torch_call(layer.with_bias() if animation.options.has_bias else layer)
    shown, *others = entry.files
    is_dark = f"{entry.name}_{DARK.name}{Path(shown).suffix}"
    dark_file = is_dark if is_dark in others else None
    player = next((file for file in others if registry.of_path(file) is registry.HTML), None)
    width, height = animation.size
    moves = not animation.is_one_picture and len(animation) > 1
    animation.forget()  # a gallery may have thousands
    heading, rest = _heading(entry.caption)
    sizes = f"{layer.times(layer.i)} → {layer.times(layer.output_size)}"
    return {
        "name": entry.name,
        "heading": heading,
        "rest": rest,
        "file": shown,
        "dark_file": dark_file,
        "player": player,
        "downloads": _downloads(entry),
        "alt_text": animation.alt_text,
        "width": width,
        "height": height,
        "moves": moves,
        "is_wide": width > _WIDE_PX,
        "filters": {key: value_of(animation) for key, (_, value_of) in _FILTERS.items()},
        "facts": _facts(layer),
        "sizes": f"{sizes}, {animation.steps_text}",
        "command": animation.command,
        # Every second part is to stay on one line.
        "commands": {x: _UNBROKEN.split(y.command) for x, y in entry.pictures.items()},
        "torch": torch.code,
        "why_not_torch": torch.why_not,
    }


def _downloads(entry: Entry) -> dict[str, str]:
    """Return the files of an entry by what they are called in a list of them."""
    found = {}
    for file in entry.files:
        row = registry.of_path(file)
        is_dark = file == f"{entry.name}_{DARK.name}{row.suffix}"
        found[f"{row.name}, dark" if is_dark else row.name] = file
    return found


def _heading(caption: str) -> tuple[str, str]:
    """Return the first sentence of a caption, without its full stop, and the others."""
    first, *rest = _SENTENCE.split(caption, maxsplit=1)
    if not rest:
        return caption.removesuffix("."), ""
    stop, others = rest
    return first + stop.replace(".", ""), others


@singledispatch
def _facts(layer: Any) -> str:
    """Return the sizes of what is drawn by their letters, for a search to find them."""
    facts = {letter: getattr(layer, letter) for letter in "ikspd"} | {"o": layer.output_size}
    if layer.derived:
        facts["op"] = layer.output_padding
        facts |= {x.letter.replace("′", "'"): x.size for x in reversed(layer.derived)}
    return " ".join(f"{letter}={layer.written(size)}" for letter, size in facts.items())


@_facts.register
def _facts_of_a_network(network: Network) -> str:
    return f"i={network.written(network.i)} o={network.written(network.output_size)}"


@_facts.register
def _facts_of_a_separable_one(layers: Separable) -> str:
    return _facts(layers.dense)
