"""The styles of cells in a picture: of each kind, and in colours of values of each shade."""

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
from matplotlib.colors import to_hex, to_rgb

from conv_anim.drawing.colours import each
from conv_anim.drawing.styles import COLOUR_MAP, SHADED, SIGNED_COLOUR_MAP, CellStyle, Theme
from conv_anim.scene.scene import SHADES, Scene
from conv_anim.scene.states import State

_BLACK, _WHITE = "#000000", "#ffffff"

Key = tuple[int, int]
"""The number of a state, and a shade or −1 for the plain colour."""


def cell_styles(scene: Scene, theme: Theme) -> dict[Key, CellStyle]:
    """Return the style of every kind of cell in a scene, in every shade that it can have."""
    states = [mark.state for mark in scene.legend]
    styles: dict[Key, CellStyle] = {(int(state), -1): theme.styles[state] for state in states}
    if any(grid.levels is not None for grid in scene.grids.values()):
        for state in (mark.state for mark in scene.legend if mark.is_shaded):
            # The largest is one of the kernel's cells, and stands out from them.
            outline = theme.inks["ink"] if state is State.MARKED else theme.outline
            for level, face in enumerate(shade_colours(is_signed=scene.is_signed)):
                styles[int(state), level] = CellStyle(
                    face, ink_on(face), *SHADED[state], outline=outline
                )
    return styles


def sample(styles: Mapping[Key, CellStyle], state: State) -> CellStyle:
    """Return the style of a kind of cell in the legend; in a colour from the middle if shaded."""
    return styles.get((int(state), SHADES * 2 // 3)) or styles[int(state), -1]


def shade_colours(*, is_signed: bool) -> list[str]:
    """Return the colour of each shade, of the lowest value first."""
    colours = mpl.colormaps[SIGNED_COLOUR_MAP if is_signed else COLOUR_MAP]
    return [to_hex(colours(x)) for x in np.linspace(0, 1, SHADES)]


def ink_on(face: str) -> str:
    """Return black or white, whichever has more contrast on a face (WCAG 2.2)."""
    return each(_ink_on, face)


def _ink_on(face: str) -> str:
    parts = np.array(to_rgb(face))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return _BLACK if (luminance + 0.05) ** 2 > 0.05 * 1.05 else _WHITE
