"""Finished pictures can be read: contrast is measured in what is drawn, not in the theme's colours.

At two pixels a point letters have some pixels that are ink alone. WCAG 2.2 asks for 4.5 : 1 of text
and 3 : 1 of what else must be seen.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conv_anim import Pool, Standard, Transposed, animate
from conv_anim.animation import Animation
from conv_anim.core.subject import Subject
from conv_anim.drawing.drawing import Outline, Text
from conv_anim.drawing.fonts import measure
from conv_anim.drawing.plane import lies_over
from conv_anim.drawing.shown import Shown, shown
from conv_anim.drawing.theme import THEMES
from conv_anim.option_table.idle import where_idle
from conv_anim.views.registry import VIEWS
from tests.support.colours import contrast
from tests.support.frames import pixels
from tests.support.samples import NETWORK, SEPARABLE

CHANNELS: dict[str, Subject] = {
    "colours": Standard(i=4, k=2, in_channels=3, out_channels=2),
    "groups": Standard(i=3, k=2, in_channels=4, out_channels=2, groups=2),
}
LAYERS: dict[str, Subject] = {
    "separable": SEPARABLE,
    "network": NETWORK,
    "standard": Standard(i=7, k=2, s=3, p=(1, 0)),
    "transposed": Transposed(i=3, k=3, p=1, s=2, op=1),
    "pool": Pool(i=4, k=2),
}
WAYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "values": {"values": True},
    "shaded": {"shade": True, "values": True},
    "signed": {"shade": True, "values": True, "input": "ramp", "kernel": "-1 0; 0 1"},
}


def pictures() -> Iterator[Any]:
    for theme in THEMES:
        for view in VIEWS.values():
            for way, options in WAYS.items():
                kind = next(name for name in LAYERS if name in view.kinds)
                if any(where_idle(name, kind, view.name) for name in options):
                    continue
                if way != "signed" or view.name == "slide":
                    yield pytest.param(
                        (kind, view.name, theme, options), id=f"{view.name}-{way}-{theme}"
                    )


def of_channels() -> Iterator[Any]:
    for theme in THEMES:
        for view in ("slide", "stack"):
            for kind in CHANNELS:
                for way in ("plain", "values", "shaded"):
                    yield pytest.param(
                        (kind, view, theme, WAYS[way]), id=f"{view}-{kind}-{way}-{theme}"
                    )


@pytest.fixture(params=[*pictures(), *of_channels()])
def picture(request: pytest.FixtureRequest) -> Animation:
    kind, view, theme, options = request.param
    layer = (LAYERS | CHANNELS)[kind]
    step = VIEWS[view].n_steps(layer) // 2
    return animate(layer, view=view, theme=theme, scale=2, frames=(step, step), **options)


def test_what_is_written_can_be_read(picture: Animation) -> None:
    image, state = pixels(picture, 0), shown(picture.drawing, 0)
    scale = picture.drawing.px_per_pt
    texts = [*texts_of(state)]
    assert len(texts) > 3
    for text in texts:
        width, ascent, descent = measure(text.string, text.font)
        left, right = (round(x * scale) for x in (text.x, text.x + width))
        top, bottom = (round(y * scale) for y in (text.baseline - ascent, text.baseline + descent))
        assert best_contrast(image[top : bottom + 1, left : right + 1]) >= 4.5, text.string


def texts_of(state: Shown) -> Iterator[Text]:
    """Yield all texts of a picture, those beside cells and those in them."""
    yield from (item for item in state.items.values() if isinstance(item, Text) and item.string)
    for key, plane in state.drawing.planes.items():
        for at, look in state.cells(key):
            written = [(look.label, plane.label, plane.label_at)] if plane.label else []
            written += [(look.corner, plane.corner, plane.corner_at)] if plane.corner else []
            for string, font, place in written:
                if string and font:
                    x, y = place(string)
                    yield Text(string, font, at[0] + x, at[1] + y, "")


def best_contrast(area: NDArray[np.uint8]) -> float:
    """Return the contrast of the ground, the colour that most of it has, with what is on it."""
    colours = Counter("#" + bytes(pixel).hex() for pixel in area.reshape(-1, 3).tolist())
    (ground, _), *others = colours.most_common()
    return max((contrast(ground, colour) for colour, _ in others), default=1.0)


def test_outlines_stand_out_from_what_is_beside_them(picture: Animation) -> None:
    image, state = pixels(picture, 0), shown(picture.drawing, 0)
    scale = picture.drawing.px_per_pt
    planes = picture.drawing.planes
    in_front = {
        key
        for key, plane in planes.items()
        if not any(lies_over(other, plane) for other in planes.values())
    }
    outlines = [item for item in state.items.values() if isinstance(item, Outline)]
    outlines = [item for item in outlines if item.plane in in_front]  # others may be hidden
    assert outlines
    for item in outlines:
        plane, (row, column, rows, columns) = picture.drawing.planes[item.plane], item.box
        # Across its near side, where nothing leads away from it.
        x, y = (round(at * scale) for at in plane.point(row + rows, column + 0.4 * columns))
        reach = round((item.width / 2 + 4) * scale)
        across = ["#" + bytes(pixel).hex() for pixel in image[y - reach : y + reach, x].tolist()]
        first = last = min(
            (at for at, colour in enumerate(across) if colour == item.colour),
            key=lambda at: abs(at - reach),
        )
        while across[first - 1] == item.colour:
            first -= 1
        while across[last + 1] == item.colour:
            last += 1
        assert last - first + 1 >= item.width * scale / 2
        for beside in (across[first - 3 : first], across[last + 1 : last + 4]):
            assert max(contrast(item.colour, colour) for colour in beside) >= 3
