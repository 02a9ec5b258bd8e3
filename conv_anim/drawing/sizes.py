"""The sizes that pictures have in common, in pixels."""

MIN_WIDTH_PX = 320
MAX_WIDTH_PX = 4000
"""The widest canvas that can be asked for, and the narrowest."""
MIN_CAPTION_PX = 96
MARGIN_PX = 32
MIN_CELL_PX = 3
MAX_CELL_PX = 48
PREFERRED_CELL_PX = 20
"""Cells get no smaller than this to keep the canvas narrow, only to fit it."""
PREFERRED_WIDTH_PX = 300
"""How wide both grids and what is between them get when cells needn't be small for it."""
PREFERRED_NUMBERS_PX = 420
"""The same when cells have numbers in them."""
PREFERRED_STACK_PX = 390
"""The same in perspective."""
PREFERRED_STRIP_PX = 780
"""The same for grids of a single row, which are small files however wide they are."""
SWATCH_PX = 18
TITLE_PX = 22
TEXT_PX = 15
FORMULA_PX = 18
MIN_TEXT_PX = 9
MIN_NUMBER_PX = 7
PREFERRED_NUMBER_PX = 9
PREFERRED_CORNER_PX = 8
MAX_NUMBER_PX = 18
