"""Pictures as they looked when somebody looked at them: one frame each, as PNG files.

``python -m tests.support.golden`` makes them anew, or those that are named after it; look at what
it says has changed before you commit it.
"""

import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib import ft2font
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from conv_anim import Network, Pool, Separable, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.subject import Subject

FOLDER = Path(__file__).parents[1] / "golden"
_DRAWN_WITH = "Drawn with"

Picture = NDArray[np.uint8]


class Golden(NamedTuple):
    """Which frame of which picture; the last one is −1."""

    layer: Subject
    frame: int
    options: dict[str, Any]

    def animation(self) -> Animation:
        return animate(self.layer, **self.options)


def golden(layer: Subject, frame: int, **options: Any) -> Golden:
    return Golden(layer, frame, options)


GOLDEN = {
    "slide": golden(Standard(i=5, p=1, s=2), 4),
    "slide_dark": golden(Standard(i=5, p=1, s=2), 4, theme="dark"),
    "slide_values": golden(Standard(i=4, k=2, s=2), 2, values=True, bias=1),
    "slide_values_dark": golden(Transposed(i=2, k=2, s=2), 5, values=True, theme="dark"),
    "slide_shade": golden(Standard(i=5, k=2, s=3), 1, shade=True),
    "slide_shade_signed_dark": golden(
        Standard(i=3, k=2), 2, shade=True, input="-3 0 1; 2 5 -1; 0 4 2", theme="dark"
    ),
    "process_stage": golden(Transposed(i=2, k=3, s=2), 8, process=True),
    "process_slides_dark": golden(Standard(i=3, p=1, s=2), -1, process=True, theme="dark"),
    "strip": golden(Standard(i=7, k=3, s=2, ndim=1), 1),
    "strip_causal_dark": golden(Standard(i=6, k=3, p="2:0", ndim=1), 0, theme="dark"),
    "uneven_padding": golden(Standard(i=(3, 4), k=2, p=((1, 0), (0, 2)), s=(1, 2)), 2),
    "dilated": golden(Standard(i=6, k=2, d=3, s=2), 1),
    "output_padding": golden(Transposed(i=2, k=2, p=0, s=3, op=1), -1),
    "long_legend_dark": golden(Transposed(i=3, k=2, p=2, s=3, d=2), 3, theme="dark"),
    "pool": golden(Pool(i=4, k=2), 2),
    "pool_mean_dark": golden(Pool(i=3, k=2, s=1, p=1, mode="average"), 5, theme="dark"),
    "stack": golden(Standard(i=4, k=2, p=1, s=2), 4, view="stack"),
    "stack_values_dark": golden(
        Transposed(i=2, k=2, s=2), 5, view="stack", values=True, theme="dark"
    ),
    "stack_process": golden(Transposed(i=2, k=2, s=2), 3, view="stack", process=True),
    "stamp": golden(Transposed(i=2, k=3, p=1, s=2), 2, view="stamp", values=True),
    "stamp_cropped_dark": golden(Transposed(i=2, k=3, p=1, s=2), -1, view="stamp", theme="dark"),
    "overlap": golden(Transposed(i=2, k=3, p=1, s=2), -1, view="overlap"),
    "both_dark": golden(Transposed(i=2, k=2, p=0, s=1), 3, view="both", theme="dark"),
    "matrix": golden(Standard(i=3, k=2), 2, view="matrix"),
    "matrix_values_dark": golden(
        Transposed(i=2, k=2, p=0, s=1), 4, view="matrix", values=True, theme="dark"
    ),
    "channels": golden(Standard(i=4, p=1, s=2, in_channels=3, out_channels=2), 5),
    "channels_values_dark": golden(
        Standard(i=3, k=2, in_channels=4, out_channels=4, groups=2), 9, values=True, theme="dark"
    ),
    "channels_pool": golden(Pool(i=2, k=2, in_channels=3), 1),
    "channels_many": golden(Standard(i=3, k=2, in_channels=64, out_channels=64), 5),
    "channels_stamp": golden(
        Transposed(i=2, k=2, p=0, s=1, in_channels=2, out_channels=2), 6, view="stamp", values=True
    ),
    "separable_dark": golden(Separable(i=3, k=2, in_channels=2), 9, theme="dark"),
    "volume": golden(Standard(i=4, p=1, s=2, in_channels=3, out_channels=2), 5, view="stack"),
    "volume_values_dark": golden(
        Standard(i=3, k=2, in_channels=4, out_channels=4, groups=2),
        9,
        view="stack",
        values=True,
        theme="dark",
    ),
    "field": golden(
        Network([Standard(k=3, d=2, p=1), Pool(k=2), Transposed(k=2, s=2, p=0)], i=8),
        2,
        view="field",
    ),
    "field_causal_dark": golden(
        Network([Standard(k=2, d=d, p="causal", ndim=1) for d in (1, 2, 4)], i=8),
        6,
        view="field",
        theme="dark",
    ),
    "size": golden(Standard(i=3, k=2), 1, size=(480, 300)),
    "width": golden(Standard(i=3, k=2), 1, width=320, theme="dark"),
}


@cache
def drawn(name: str) -> Picture:
    """Return a picture as it is drawn now, (height, width, 3)."""
    wanted = GOLDEN[name]
    picture = wanted.animation()
    assert picture.layout.pixels.per_pt == 1 or {"size", "width"} & {*wanted.options}
    renderer = picture.renderer
    canvas = np.zeros(renderer.size[::-1], np.uint8)
    number = wanted.frame % len(picture)
    for at, patch in enumerate(renderer.patches()):
        height, width = patch.indexes.shape
        canvas[patch.top : patch.top + height, patch.left : patch.left + width] = patch.indexes
        if at == number:
            break
    return renderer.palette[canvas]


def path(name: str) -> Path:
    return FOLDER / f"{name}.png"


def kept(name: str) -> Picture:
    """Return a picture as it was looked at."""
    with Image.open(path(name)) as image:
        return np.asarray(image.convert("RGB"))


def is_exact(name: str) -> bool:
    """Return whether what sets letters and draws lines is what it was then."""
    with Image.open(path(name)) as image:
        return bool(image.info.get(_DRAWN_WITH) == _libraries())


def _libraries() -> str:
    return f"matplotlib {mpl.__version__}, FreeType {ft2font.__freetype_version__}"


def _write(name: str) -> None:
    """Write a file whose palette has no more than the colours that are there."""
    picture = drawn(name)
    colours, indexes = np.unique(picture.reshape(-1, 3), axis=0, return_inverse=True)
    image = Image.fromarray(indexes.reshape(picture.shape[:2]).astype(np.uint8), "P")
    image.putpalette(colours.tobytes())
    words = PngInfo()
    words.add_text(_DRAWN_WITH, _libraries())
    image.save(path(name), optimize=True, pnginfo=words)


def main(names: list[str]) -> None:
    """Make the files of some pictures, or of all, and take away those of none."""
    if unknown := {*names} - {*GOLDEN}:
        sys.exit(f"no such pictures: {', '.join(sorted(unknown))}; there are {', '.join(GOLDEN)}")
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        if old.stem not in GOLDEN:
            old.unlink()
            print(f"{old.name}: taken away")
    for name in names or GOLDEN:
        is_new = not path(name).exists()
        if is_new or not np.array_equal(kept(name), drawn(name)) or not is_exact(name):
            _write(name)
            print(f"{path(name).name}: {'new' if is_new else 'changed'}")
    total = sum(file.stat().st_size for file in FOLDER.glob("*.png"))
    print(f"{len(GOLDEN)} pictures, {total // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
