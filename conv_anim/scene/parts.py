"""The parts of a picture round its grids, any of which may be left out."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from conv_anim.scene.scene import EachFrame, Grid, Scene

PARTS = ("header", "captions", "formula", "legend", "sum", "counter")

_EMPTY: Mapping[str, Mapping[str, Any]] = {
    "header": {"title": "", "parameters": (), "notes": ()},
    "captions": {"captions": (), "plus": ""},
    "formula": {"formulas": ()},
    "legend": {"shows_legend": False},
    "sum": {"has_sums": False},
    "counter": {"longest_counter": ""},
}
"""What a scene has without a part."""
_EMPTY_IN_FRAMES: Mapping[str, Mapping[str, Any]] = {
    "header": {"note": None},
    "captions": {"caption": None},
    "sum": {"sum": None},
    "counter": {"counter": ""},
}
"""What its frames have."""


def with_parts(scene: Scene, parts: Collection[str]) -> Scene:
    """Return a scene with these of its *parts* alone.

    A colour bar is there with the captions, under which it is, or with the legend, which it
    belongs to.
    """
    left_out = [part for part in PARTS if part not in parts]
    if not left_out:
        return scene
    of_scene, of_frames = (
        {name: empty for part in left_out for name, empty in fields.get(part, {}).items()}
        for fields in (_EMPTY, _EMPTY_IN_FRAMES)
    )
    return replace(
        scene,
        **of_scene,
        grids={role: _grid(grid, parts) for role, grid in scene.grids.items()},
        frames=EachFrame(scene.frames, lambda frame: replace(frame, **of_frames)),
    )


def _grid(grid: Grid, parts: Collection[str]) -> Grid:
    """Return a grid with what there is under it."""
    if "captions" in parts:
        return grid
    return replace(grid, captions=(), heading=(), scale=grid.scale if "legend" in parts else None)
