"""From a scene to where everything is placed, in points: cells first, then what belongs to them.

Texts are measured, so that nothing is clipped and nothing overlaps: lines are broken between
their pieces, and a piece that is still too wide is set smaller.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conv_anim.drawing import cell_size, columns, labelled, placement, volumes
from conv_anim.drawing.cell_size import Cell, Plan
from conv_anim.drawing.fonts import Font, measure, own_settings, shrunk
from conv_anim.drawing.plane import Point
from conv_anim.drawing.sizes import MARGIN_PT, WIDTH_PT, Pixels, Sizing
from conv_anim.drawing.text_flow import (
    FORMULA,
    FORMULA_GAP,
    HEADING,
    LETTERS,
    LETTERS_GAP,
    NOTE,
    PLAIN,
    PLAIN_GAP,
    TITLE,
    Bar,
    Rect,
    Swatch,
    TextFlow,
    Written,
    legend_width,
    width_of,
)
from conv_anim.scene.arrangement import Order
from conv_anim.scene.scene import Chunks, Scene

_PLACE = {
    Order.BESIDE: placement.row,
    Order.STACKED: placement.stack,
    Order.STRIPS: placement.strips,
    Order.COLUMNS: columns.place,
    Order.VOLUMES: volumes.place,
    Order.LABELLED: labelled.strips,
}
_SECTION_PT = 22
_NEAR_PX = 1.5
_MOST_PASSES = 4
_BESIDE_PT = 28
_LEAST_TITLE = 0.8
"""How far a title may be shrunk for the counter to stay beside it."""
_MIN_WIDTH_PT = 120
_SUM_PT = 440  # room for nine terms or so


@dataclass(frozen=True)
class Layout:
    """Where everything is placed on the canvas, in points."""

    width: float
    height: float
    pixels: Pixels
    """What points become."""
    size_px: tuple[int, int]
    """(width, height) of the canvas in pixels; it may be larger than the picture."""
    cell: Cell
    """How large each cell is, before its pixels are rounded."""
    grids: Mapping[str, Rect]
    """Where each grid is, by its role, and where what is left by that rounding goes."""
    texts: tuple[Written, ...]
    """Texts that no frame changes."""
    swatches: tuple[Swatch, ...]
    counter: Written
    """The counter at its longest; a shorter one ends at the same place."""
    bars: tuple[Bar, ...] = ()
    notes: tuple[tuple[Written, ...], ...] = ()
    """Texts of which one is shown at a time."""
    captions: tuple[Written, ...] = ()
    """Captions of which one is shown at a time."""
    sum: tuple[float, float, float] | None = None
    """Where sums begin and how wide they may get: left, baseline, width."""
    label: Font | None = None
    corner: Font | None = None
    labels: Mapping[str, Font] = field(default_factory=dict)
    """Those of grids whose numbers are larger, by their roles."""
    joint: Point | None = None
    """The middle of the sign that says what is added."""
    plus: Written | None = None
    """What is added besides, after the sign."""

    @property
    def smallest_words_px(self) -> float | None:
        """The size of the smallest font of what is written beside the grids, in pixels, if any."""
        texts = [*self.texts, *self.captions, *(text for note in self.notes for text in note)]
        sizes = [text.font.pt for text in (*texts, self.counter) if text.string]
        return min(sizes) * self.pixels.per_pt if sizes else None


def lay_out(scene: Scene, sizing: Sizing) -> Layout:
    """Place *scene* on a canvas that is as large as it wants, and then scaled as *sizing* says."""
    with own_settings:
        ways = scene.numbers_ways
        plan = cell_size.plan(scene.arrangement, ways[-1] if ways else None)
        width = _width(scene, plan)
        least_height = 1e-6  # so that a canvas of a given size gives at most this scale
        pixels = Pixels(sizing.px_per_pt(width, least_height))
        layout = _placed(scene, plan, width, sizing, pixels)
        for _ in range(_MOST_PASSES):  # the height follows from the pixels, and these from it
            if layout.pixels.per_pt >= pixels.per_pt:
                break
            pixels = layout.pixels
            layout = _placed(scene, plan, width, sizing, pixels)
    return layout


def _placed(scene: Scene, plan: Plan, width: float, sizing: Sizing, pixels: Pixels) -> Layout:
    """Place *scene* on a canvas of a given width, with what can be read in these pixels."""
    fonts = _number_fonts(scene, plan, pixels)
    larger = _larger_fonts(scene, plan) if fonts else {}
    if scene.arrangement.is_stacked:  # where rounded steps aside add up
        # Grids and outlines round them lie on whole pixels, which may be wide.
        near = max(plan.near, _NEAR_PX / pixels.per_pt)
        plan = plan._replace(cell=plan.cell.in_pixels(pixels), near=near)
    flow = TextFlow(width - 2 * MARGIN_PT)
    counter = _header(scene, flow)
    for line, font, gap in _parameters(scene):
        flow.line(line, font, gap)
    notes = flow.notes(scene.notes)
    if flow.texts or notes or scene.longest_counter:
        flow.skip(_SECTION_PT)
    placed = _PLACE[scene.arrangement.order](scene, plan, flow)
    sums = None
    if scene.has_sums:
        flow.skip(_SECTION_PT * 0.6)
        sums = flow.sum()
    _formulas_and_legend(scene, flow)
    height = flow.y + MARGIN_PT * 3 / 4
    return Layout(
        width=width,
        height=height,
        pixels=Pixels(sizing.px_per_pt(width, height)),
        size_px=sizing.canvas_px(width, height),
        cell=plan.cell,
        grids=placed.grids,
        texts=tuple(flow.texts),
        swatches=tuple(flow.swatches),
        counter=counter,
        bars=tuple(placed.bars),
        notes=notes,
        captions=tuple(placed.caption(caption, plan.cell) for caption in scene.captions),
        sum=sums,
        joint=placed.joint,
        plus=placed.plus,
        labels=larger,
        **fonts,
    )


def _parameters(scene: Scene) -> list[tuple[Chunks, Font, float]]:
    """Return the lines below the title, the letters and what else there is to say of them."""
    letters, *others = scene.parameters or ((),)
    return [(letters, LETTERS, LETTERS_GAP), *((line, PLAIN, PLAIN_GAP) for line in others)]


def _header(scene: Scene, flow: TextFlow) -> Written:
    """Write the title, and the counter at the right edge, or below it if there is no room."""
    counter = scene.longest_counter
    taken = measure(counter, LETTERS).width
    room = flow.inner - (taken + _BESIDE_PT if counter else 0)
    right = MARGIN_PT + flow.inner
    if not scene.title:
        baseline = flow.y + TITLE.pt * 0.95
        if counter:
            flow.y = baseline + TITLE.pt * 0.3
        return Written(counter, LETTERS, right - taken, baseline)
    title = shrunk(scene.title, TITLE, room)
    if title.pt >= _LEAST_TITLE * TITLE.pt:
        flow.line((scene.title,), title, 0)
        return Written(counter, LETTERS, right - taken, flow.texts[-1].baseline)
    flow.line((scene.title,), TITLE, 0)
    font = shrunk(counter, LETTERS, flow.inner)
    baseline = flow.y + font.pt
    flow.y = baseline + font.pt * 0.5
    return Written(counter, font, right - measure(counter, font).width, baseline)


def _formulas_and_legend(scene: Scene, flow: TextFlow) -> None:
    """Write the formulas, and the legend beside the last one if there is room for it."""
    legend = scene.legend if scene.shows_legend else ()
    if scene.formulas:
        flow.skip(_SECTION_PT * 0.6)
    for line in scene.formulas:
        flow.line(line, FORMULA, FORMULA_GAP)
    if not legend:
        return
    if scene.formulas and _legend_fits(scene.formulas[-1], scene, flow.inner):
        last = flow.texts[-1]
        flow.legend_beside(legend, last.baseline - last.font.pt * 0.3)
    else:
        flow.skip(_SECTION_PT * 0.4)
        flow.legend(legend)


def _legend_fits(formula: Chunks, scene: Scene, room: float) -> bool:
    """Return whether there is room for the legend beside a formula."""
    taken = width_of(formula, FORMULA, FORMULA_GAP)
    return taken + _BESIDE_PT + legend_width(scene.legend) <= room


def _number_fonts(scene: Scene, plan: Plan, pixels: Pixels) -> dict[str, Font]:
    """Return the fonts of the numbers in cells; none if they couldn't be read."""
    found = cell_size.readable_pt(plan.cell, scene.numbers_ways, pixels)
    if not found:
        return {}
    fonts = {"label": Font(found[0])}
    return fonts | {"corner": Font(found[1])} if found[1] else fonts


def _larger_fonts(scene: Scene, plan: Plan) -> dict[str, Font]:
    """Return the fonts of the numbers in grids whose labels are narrower than others'."""
    return {
        role: Font(cell_size.numbers_pt(plan.cell, grid.label_em, 0)[0])
        for role, grid in scene.grids.items()
        if grid.label_em
    }


def _width(scene: Scene, plan: Plan) -> float:
    """Return the canvas's width: as much as grids and texts want, texts up to the usual one."""
    if plan.width >= WIDTH_PT:
        return plan.width
    header = measure(scene.title, TITLE).width
    if scene.longest_counter:
        header += _BESIDE_PT + measure(scene.longest_counter, LETTERS).width
    wanted = [header]
    wanted += [width_of(*line) for line in _parameters(scene)]
    wanted += [width_of(line, NOTE, PLAIN_GAP) for line in scene.notes]
    wanted += [width_of(line, FORMULA, FORMULA_GAP) for line in scene.formulas]
    row = scene.arrangement.row
    wanted += [
        1.1 * measure(line, PLAIN).width * len(row)
        for role in row
        for line in scene.grids[role].captions
    ]
    headings = [grid.heading for grid in scene.grids.values() if grid.heading]
    wanted += [1.1 * width_of(line, HEADING, PLAIN_GAP) * len(headings) for line in headings]
    if scene.has_sums:
        wanted.append(_SUM_PT)
    return max(plan.width, _MIN_WIDTH_PT, min(WIDTH_PT, max(wanted) + 2 * MARGIN_PT))
