"""Write a picture as a page to step through: one file with an animated SVG and a small script."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO

from conv_anim.drawing.plane import Plane
from conv_anim.formats import registry
from conv_anim.formats.picture import Picture
from conv_anim.formats.text import check_size
from conv_anim.render.animated_svg import animated
from conv_anim.scene.visits import Visits, visits, words

_TEMPLATES = Path(__file__).with_name("templates")
_STILL_ON = "print,(scripting:none) and (prefers-reduced-motion:reduce)"
"""Where the last frame is shown; otherwise the script keeps still for those who want that."""
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def write(file: BinaryIO, picture: Picture, *, progress: Callable[[], None] | None = None) -> None:
    """Write a picture to a binary file; *progress* is called after every frame.

    Raises TooLargeError, a ValueError, when the file would be larger than a picture's may be.
    """
    svg = animated(
        picture.drawing,
        picture.scene.title,
        picture.alt_text,
        plays=picture.plays,
        still_on=_STILL_ON,
        progress=progress,
    )
    file.write(check_size(_page(picture, svg).encode(), registry.HTML.name, picture))


def _page(picture: Picture, svg: str) -> str:
    import jinja2  # it takes a while to load

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, script = ((_TEMPLATES / name).read_text("utf-8") for name in ("player.css", "player.js"))
    width, height = picture.drawing.size_px
    style += f":root {{ --own: {width}px; --ratio: {width / height:.6g}; }}\n"
    return environment.get_template("player.html").render(
        title=picture.alt_text,
        svg=svg,
        style=style,
        script=script,
        styles=_digests([style, *_STYLE.findall(svg)]),
        scripts=_digests([script]),
        theme=picture.theme,
        story=_story(picture),
    )


def _digests(texts: Iterable[str]) -> str:
    """Return what lets a page have these texts in it as scripts or styles, and no others."""
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)


def _story(picture: Picture) -> dict[str, Any]:
    """Return what the script knows: times in milliseconds, words, and where output cells are."""
    durations = [frame.duration_ms for frame in picture.scene.frames]
    *starts, end = accumulate(durations, initial=0)
    planes = picture.drawing.planes
    return {
        "starts": starts,
        "end": end,
        "plays": picture.plays,
        "words": [*words(picture.scene)],
        "grids": [_grid(planes[key], x) for key, x in visits(picture.scene).items()],
    }


def _grid(plane: Plane, cells: Visits) -> dict[str, Any]:
    """Return where a grid's cells are, in points, and the frames that belong to each."""
    rows, columns = plane.shape
    frames = [[cells.get((y, x), []) for x in range(columns)] for y in range(rows)]
    return {"origin": plane.origin, "across": plane.across, "down": plane.down, "frames": frames}
