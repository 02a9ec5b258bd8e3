"""The frames of a drawing: what differs from one to the next, made one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conv_anim.drawing import drawing, joints
from conv_anim.drawing.drawing import Cells, Glide, Item, Places, can_glide
from conv_anim.drawing.linking import link_key
from conv_anim.scene.playback import Player
from conv_anim.scene.scene import Frame, Move

if TYPE_CHECKING:
    from conv_anim.drawing.compose import Composer


@dataclass(frozen=True, eq=False)
class ComposedFrames:
    """The frames, made one at a time; smooth ones let links glide to where the next has them."""

    composer: "Composer"

    def __len__(self) -> int:
        return len(self.composer.scene.frames)

    def __iter__(self) -> Iterator[drawing.Frame]:
        if not self.composer.is_smooth:
            yield from self._frames()
            return
        shown: dict[str, Item] = {}
        frames = zip(self.composer.scene.frames, self._frames(), strict=True)
        seen, frame = next(frames)
        for next_seen, later in frames:
            shown |= {key: item for key, item in frame.items.items() if item is not None}
            moving = _that_glide(seen, next_seen)
            yield frame._replace(glides=(*frame.glides, *_to_next(shown, later.items, moving)))
            seen, frame = next_seen, later
        yield frame

    def _frames(self) -> Iterator[drawing.Frame]:
        composer = self.composer
        player = Player(composer.scene.grids)
        shown: dict[str, Item] = {}
        for frame in composer.scene.frames:
            cells = tuple(
                Cells(
                    box.grid,
                    box.row,
                    box.column,
                    composer.numbers(player.cells[box.grid].block(*box.area)),
                )
                for box in player.show(frame)
            )
            items = composer.overlay(frame)
            replaced: dict[str, Item | None] = {key: None for key in shown if key not in items}
            replaced |= {key: item for key, item in items.items() if shown.get(key) != item}
            shown = items
            places = tuple(Places(*move) for move in frame.moves)
            yield drawing.Frame(
                frame.duration_ms,
                cells,
                places,
                replaced,
                tuple(_glides(frame.moves, frame.glides)),
            )


def _glides(moves: tuple[Move, ...], glides: tuple[Move, ...]) -> Iterator[Glide]:
    """Yield how cells move from where they are in a frame."""
    starts = {move.grid: move for move in moves}
    for glide in glides:
        yield Glide(glide.grid, Places(*starts[glide.grid]), Places(*glide))


def _that_glide(frame: Frame, later: Frame) -> tuple[str, ...]:
    """Return how the keys begin of links that glide to where they are in the next frame."""
    both = enumerate(zip(frame.links, later.links, strict=False))
    keys = [link_key(number) for number, (link, moved) in both if link.can_glide_to(moved)]
    if frame.joint and later.joint and frame.joint.can_glide_to(later.joint):
        keys.append(joints.KEY)
    return tuple(keys)


def _to_next(
    shown: Mapping[str, Item], later: Mapping[str, Item | None], moving: tuple[str, ...]
) -> Iterator[Glide]:
    """Yield how items of links that are *moving* come to where they are in the next frame."""
    for key, item in later.items():
        before = shown.get(key) if key.startswith(moving) else None
        if item is not None and before is not None and can_glide(before, item):
            yield Glide(key, before, item)
