"""The frames of a drawing: what differs from one to the next, made one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conv_anim.drawing import drawing
from conv_anim.drawing.drawing import Cells, Glide, Item, Places
from conv_anim.scene.playback import Player
from conv_anim.scene.scene import Move

if TYPE_CHECKING:
    from conv_anim.drawing.compose import Composer


@dataclass(frozen=True, eq=False)
class ComposedFrames:
    """The frames, made one at a time."""

    composer: "Composer"

    def __len__(self) -> int:
        return len(self.composer.scene.frames)

    def __iter__(self) -> Iterator[drawing.Frame]:
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
