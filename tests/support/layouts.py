"""Where things are on a canvas."""

from conv_anim.drawing.fonts import measure
from conv_anim.drawing.layout import Layout
from conv_anim.drawing.placement import Rect
from conv_anim.drawing.sizes import SWATCH_PX


def boxes(layout: Layout) -> dict[str, Rect]:
    """Return everything on the canvas by name, text as it was measured."""
    things = {f"grid {role}": box for role, box in layout.grids.items()}
    for swatch in layout.swatches:
        things[f"swatch {swatch.state.name}"] = Rect(
            swatch.left, swatch.top, swatch.left + SWATCH_PX, swatch.top + SWATCH_PX
        )
    for number, text in enumerate([*layout.texts, layout.counter]):
        extent = measure(text.string, text.font)
        things[f"text {number} {text.string}"] = Rect(
            text.left,
            round(text.baseline - extent.ascent),
            round(text.left + extent.width),
            round(text.baseline + extent.descent),
        )
    things |= {f"links {number}": room for number, room in layout.link_rooms.items()}
    return things


def place(layout: Layout, grid: str, row: float, column: float) -> tuple[float, float]:
    """Return (x, y) of a point of a grid, in cells from its top left corner."""
    tile, box = layout.tile, layout.grids[grid]
    rows = (box.bottom - box.top) / tile.height
    return (
        box.left + column * tile.width + (rows - row) * tile.slant,
        box.top + row * tile.height,
    )
