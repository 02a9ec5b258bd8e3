"""The theme that follows the page: every colour is both, the light theme's and the dark one's."""

from conv_anim.drawing.colours import paired
from conv_anim.drawing.dark import DARK
from conv_anim.drawing.light import LIGHT
from conv_anim.drawing.styles import CellStyle, Theme


def _both(light: CellStyle, dark: CellStyle) -> CellStyle:
    """Return a kind of cell in both; all but its colours is the same."""
    assert (light.edge, light.pattern) == (dark.edge, dark.pattern)
    face, ink = paired(light.face, dark.face), paired(light.ink, dark.ink)
    return CellStyle(face, ink, light.edge, light.pattern)


AUTO = Theme(
    name="auto",
    background=paired(LIGHT.background, DARK.background),
    inks={name: paired(ink, DARK.inks[name]) for name, ink in LIGHT.inks.items()},
    outline=paired(LIGHT.outline, DARK.outline),
    beam=paired(LIGHT.beam, DARK.beam),
    styles={state: _both(style, DARK.styles[state]) for state, style in LIGHT.styles.items()},
)
