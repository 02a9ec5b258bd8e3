"""What is seen in an animated SVG, in layers: what stays, what changes, what that is at last."""

from collections import defaultdict
from collections.abc import Iterator

from conv_anim.render.svg_shapes import HASH, element

_CHANGING, _LAST = f"m-{HASH}", f"s-{HASH}"
"""The classes of what changes, and of what is shown in its place where nothing is to move."""


class Layers:
    """The elements by their order: those of a higher one lie over the others."""

    def __init__(self) -> None:
        self._staying: dict[int, list[str]] = defaultdict(list)
        self._changing: dict[int, list[str]] = defaultdict(list)
        self._last: dict[int, list[str]] = defaultdict(list)

    def stay(self, order: int, text: str) -> None:
        """Add what never changes."""
        self._staying[order].append(text)

    def change(self, order: int, text: str, last: str) -> None:
        """Add what changes, and what is there in the last frame."""
        self._changing[order].append(text)
        self._last[order].append(last)

    @property
    def lines(self) -> Iterator[str]:
        """The elements, the lower first; of one order, what changes lies over what stays."""
        for order in sorted({*self._staying, *self._changing}):
            yield from filter(None, self._staying[order])
            if changing := "".join(self._changing[order]):
                yield element("g", f' class="{_CHANGING}"', changing)
            if last := "".join(self._last[order]):
                # Programs without style sheets show the first frame, not both.
                yield element("g", f' class="{_LAST}" display="none"', last)

    def rules(self, media: str) -> list[str]:
        """Return the rules for showing the last frame on some media."""
        if not any(self._changing.values()):
            return []
        return [f"@media {media}{{.{_CHANGING}{{display:none}}.{_LAST}{{display:inline}}}}"]
