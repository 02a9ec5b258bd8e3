"""The pages of a gallery: ``index.html`` to look at, ``README.md`` for those on a code host."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from conv_anim.animation import Animation
from conv_anim.core.layer import Layer
from conv_anim.core.parse import integers
from conv_anim.core.transposed import Transposed
from conv_anim.drawing.dark import DARK
from conv_anim.drawing.light import LIGHT
from conv_anim.errors import InputError
from conv_anim.formats import atomic
from conv_anim.frameworks.torch import torch_call, why_not_torch
from conv_anim.gallery.entries import Entry, Gallery
from conv_anim.gallery.manifest import INDEX, README

_MARKS = {
    INDEX: '<meta name="generator" content="conv-anim gallery">',
    README: "<!-- made by conv-anim gallery -->",
}
_TEMPLATE = Path(__file__).with_name("page.html")

_PICTURE = re.compile(rb'src(?:set)?="([A-Za-z0-9_-]+\.gif)"')
_HEAD = 10_000  # bytes that the mark is in
_LONGEST_LINE = 1_000_000
# Where a sentence ends; a full stop after one letter, as in «e.g.», or these is none.
_SENTENCE = re.compile(
    r"(?<![\s.(][^\W\d])(?<!\bcf)(?<!\bvs)(?<!\bal)(?<!\b[Ff]ig)(?<!\b[Ee]q)(?<!\bNo)"
    r"(?<=[\w)\]′»”\"'])([.!?])\s+(?![a-z])"
)

_WIDE_PX = 640  # a picture that is wider gets two columns, if there are any

_FILTERS: dict[str, tuple[str, Callable[[Animation], str]]] = {
    "layer": ("Layer", lambda animation: animation.layer.name),
    "view": ("View", lambda animation: animation.options.view),
    "stride": ("Stride", lambda animation: animation.layer.shown(animation.layer.s)),
    "padding": ("Padding", lambda animation: animation.layer.shown(animation.layer.p)),
    "dilation": ("Dilation", lambda animation: animation.layer.shown(animation.layer.d)),
}


def check_files(folder: Path) -> None:
    """Raise InputError when a page of somebody else's stands where one of ours is to go."""
    for name, mark in _MARKS.items():
        path = folder / name
        there = path.exists() or path.is_symlink()
        if there and mark.encode() not in (atomic.content(path, _HEAD) or b""):
            raise InputError(
                f"{str(path)!r} was not made by conv-anim gallery: move it, or give another "
                f"--output"
            )


def pictures(folder: Path) -> set[str]:
    """Return the files that the pages in a folder show, as far as we made these."""
    found: set[str] = set()
    for name, mark in _MARKS.items():
        path = folder / name
        if mark.encode() in (atomic.content(path, _HEAD) or b""):
            with path.open("rb") as file:
                while line := file.readline(_LONGEST_LINE):
                    found.update(name.decode() for name in _PICTURE.findall(line))
    return found


def write(gallery: Gallery, folder: Path) -> None:
    """Write both pages; the pictures are there already, and tell their sizes."""
    atomic.write_if_new(folder / INDEX, index(gallery, folder).encode())
    atomic.write_if_new(folder / README, readme(gallery).encode())


def index(gallery: Gallery, folder: Path) -> str:
    """Return the page; it asks for nothing but the pictures beside it."""
    parts = gallery.sections
    ids = _section_ids(parts)
    sections = []
    for name, entries in parts.items():
        cards = "\n".join(_card(entry, folder) for entry in entries)
        heading = f'<h2 id="{escape(ids[name])}">{escape(name)}</h2>\n' if name else ""
        sections.append(f'<section>\n{heading}<div class="cards">\n{cards}\n</div>\n</section>')
    animations = [entry.animation for entry in gallery.entries]
    return Template(_TEMPLATE.read_text("utf-8")).substitute(
        title=escape(gallery.title),
        filters="\n".join(_filter(key, animations) for key in _FILTERS),
        jumps=_jumps(ids),
        sections="\n".join(sections),
    )


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


def _jumps(ids: Mapping[str, str]) -> str:
    """Return links to the sections, if there are several."""
    if len(ids) < 2:
        return ""
    links = "\n".join(
        f'<li><a href="#{escape(quote(id_))}">{escape(name)}</a></li>' for name, id_ in ids.items()
    )
    return f'<nav aria-label="Sections">\n<ul>\n{links}\n</ul>\n</nav>'


def _filter(key: str, animations: Iterable[Animation]) -> str:
    """Return a choice of the values that occur."""
    label, value_of = _FILTERS[key]
    values = sorted(
        {value_of(animation) for animation in animations}, key=lambda text: (integers(text), text)
    )
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return (
        f'<label>{label}<select data-key="{key}"><option value="">any</option>{options}'
        f"</select></label>"
    )


def _card(entry: Entry, folder: Path) -> str:
    layer = entry.animation.layer
    keys = "".join(
        f' data-{key}="{escape(value_of(entry.animation))}"'
        for key, (_, value_of) in _FILTERS.items()
    )
    name, torch = entry.name, torch_call(layer)
    line = f'<p class="why">No single PyTorch call: {escape(why_not_torch(layer))}.</p>'
    if torch:
        copy = _copy(f"the PyTorch line of {name}")
        line = f'<div class="code"><code>{escape(torch)}</code>{copy}</div>'
    files = list(_files(entry).values())
    width, height = _size(folder / files[0])
    wide = ' class="wide"' if width > _WIDE_PX else ""
    heading, rest = _heading(entry)
    link = f'<a href="#{name}">{name}</a>'
    below = f'<p class="name">{link}</p>' if heading else ""
    caption = f'\n<p class="caption">{escape(rest)}</p>' if rest else ""
    return f"""\
<article id="{name}"{wide}{keys} data-facts="{escape(_facts(layer))}" \
data-section="{escape(entry.section)}">
<div>
<h3>{escape(heading) or link}</h3>
{below}
</div>
<figure style="max-width:{width}px">
<a href="{files[0]}" title="Open it at its own size">
{_picture(entry, f' width="{width}" height="{height}" loading="lazy" decoding="async"')}
<canvas aria-hidden="true"></canvas>
</a>
<button type="button" data-play="{name}" aria-label="Play {name}">Play</button>
<noscript><a href="{files[0]}">Open the animation {name}</a></noscript>
</figure>{caption}
<div class="foot">
<p class="sizes">{escape(_sizes(entry.animation))}</p>
<div class="code">{_commands(entry)}{_copy(f"the command of {name}")}</div>
{line}
</div>
</article>"""


def _heading(entry: Entry) -> tuple[str, str]:
    """Return the first sentence of a caption, without its full stop, and the others."""
    first, *rest = _SENTENCE.split(entry.caption, maxsplit=1)
    if not rest:
        return entry.caption.removesuffix("."), ""
    mark, others = rest
    return first + mark.replace(".", ""), others


def _facts(layer: Layer) -> str:
    """Return the sizes of a layer by their letters, for a search to find them."""
    facts = {letter: getattr(layer, letter) for letter in "ikspd"} | {"o": layer.output_size}
    if isinstance(layer, Transposed):
        facts |= {"op": layer.op, "p'": layer.p_prime, "z": (layer.s[0] - 1, layer.s[1] - 1)}
    return " ".join(f"{letter}={layer.written(size)}" for letter, size in facts.items())


def _commands(entry: Entry) -> str:
    """Return the command of each picture; the page shows the one of the theme that it has."""
    pictures = entry.pictures
    if len(pictures) == 1:
        return f"<code>{_command(entry.animation)}</code>"
    return "".join(
        f'<code class="for-{theme}">{_command(animation)}</code>'
        for theme, animation in pictures.items()
    )


def _command(animation: Animation) -> str:
    """Return a command whose options are not broken at their dashes, nor before short values."""
    return re.sub(
        r"--\S+(?: (?!--)\S{1,12}(?!\S))?", r"<span>\g<0></span>", escape(animation.command)
    )


def _copy(what: str) -> str:
    return f'<button type="button" data-copy aria-label="Copy {what}">Copy</button>'


def _sizes(animation: Animation) -> str:
    layer = animation.layer
    sizes = f"{layer.times(layer.i)} → {layer.times(layer.output_size)}"
    return f"{sizes}, {animation.steps_text}"


def _files(entry: Entry) -> dict[str, str]:
    return {theme: entry.file(theme) for theme in entry.pictures}


def _picture(entry: Entry, attributes: str) -> str:
    """Return the picture, dark for readers who prefer that, if there is one."""
    files = _files(entry)
    alt = escape(entry.animation.alt_text)
    dark = ""
    if LIGHT.name in files and DARK.name in files:
        dark = f'<source media="(prefers-color-scheme: dark)" srcset="{files[DARK.name]}">'
    image = next(iter(files.values()))
    return f'<picture>{dark}<img src="{image}" alt="{alt}"{attributes}></picture>'


def _size(path: Path) -> tuple[int, int]:
    """Return a GIF's width and height, which stand at its beginning."""
    with path.open("rb") as file:
        head = file.read(10)
    return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")


def readme(gallery: Gallery) -> str:
    """Return a table of the pictures in HTML, in which Markdown changes nothing."""
    parts = [_MARKS[README], f"<h1>{escape(gallery.title)}</h1>"]
    for name, entries in gallery.sections.items():
        rows = "\n".join(_row(entry) for entry in entries)
        heading = [f"<h2>{escape(name)}</h2>"] if name else []
        parts += [*heading, f"<table>\n{rows}\n</table>"]
    return "\n\n".join(parts) + "\n"


def _row(entry: Entry) -> str:
    layer = entry.animation.layer
    torch = torch_call(layer)
    heading, rest = _heading(entry)
    lines = [
        f"<b>{escape(heading) or entry.name}</b>",
        escape(rest),
        f"<small>{entry.name}</small>" if heading else "",
        escape(_sizes(entry.animation)),
        f"<code>{escape(entry.animation.command)}</code>",
        f"<code>{escape(torch)}</code>" if torch else "",
    ]
    text = "<br>\n".join(line for line in lines if line)
    width = ' width="400"'
    return f"<tr>\n<td>{_picture(entry, width)}</td>\n<td>{text}</td>\n</tr>"
