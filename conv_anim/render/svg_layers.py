"""What is seen in an animated SVG, in layers: what stays, what changes, what that is at last."""

from collections import defaultdict
from collections.abc import Iterator

from conv_anim.render.svg_shapes import HASH, element

_CHOOSING, _CHANGING, _LAST = f"w{HASH}", f"m{HASH}", f"s{HASH}"
"""The classes of what has its last state in it, of what else changes, and of what is shown in
place of that where nothing is to move."""
_SEEN, _UNSEEN = f"v{HASH}", f"u{HASH}"


def state(number: int) -> str:
    """Return the class of what shows one of the definitions in it, from 1; 0 shows none."""
    return f"k{number}{HASH}"


class Layers:
    """The elements by their order: those of a higher one lie over the others."""

    def __init__(self) -> None:
        self._staying: dict[int, list[str]] = defaultdict(list)
        self._choosing: dict[int, list[str]] = defaultdict(list)
        self._changing: dict[int, list[str]] = defaultdict(list)
        self._last: dict[int, list[str]] = defaultdict(list)
        self._n_states = 0
        self._are_seen_at_times = False

    def stay(self, order: int, text: str) -> None:
        """Add what never changes."""
        self._staying[order].append(text)

    def choose(self, order: int, first: str, content: str, last: int, n_states: int) -> None:
        """Add what shows now this definition and now that: at first by its class, at last which."""
        self._n_states = max(self._n_states, n_states)
        text = element("g", f' class="{first}" data-last="{last}"', content)
        self._choosing[order].append(text)

    def change(self, order: int, text: str, last: str) -> None:
        """Add what changes in another way, and what is there in the last frame."""
        self._changing[order].append(text)
        self._last[order].append(last)

    def seen(self, there: bool) -> str:
        """Return the class of what is seen, or of what isn't; where it changes, it can do both."""
        self._are_seen_at_times = True
        return _SEEN if there else _UNSEEN

    @property
    def in_order(self) -> Iterator[tuple[int, str]]:
        """The elements by order, the lower first; of one, what changes lies over what stays."""
        for order in sorted({*self._staying, *self._choosing, *self._changing}):
            yield from ((order, text) for text in self._staying[order] if text)
            for found, attributes in (
                (self._choosing, f' class="{_CHOOSING}"'),
                (self._changing, f' class="{_CHANGING}"'),
                # Programs without style sheets show the first frame, not both.
                (self._last, f' class="{_LAST}" display="none"'),
            ):
                if content := "".join(found[order]):
                    yield order, element("g", attributes, content)

    def rules(self, media: str) -> list[str]:
        """Return the rules for what is to be chosen; on some media, for the last frame."""
        numbers = range(1, self._n_states)
        # At first, the first one shows: what knows no such rules is to show that.
        hidden = ",".join(f".{state(number)}>use" for number in (0, *numbers[1:]))
        chosen = [f"{hidden}{{display:none}}"] if numbers else []
        chosen += [f".{state(n)}>use:nth-of-type({n}){{display:inline}}" for n in numbers]
        last = [f".{_CHOOSING}>[data-last]>use{{display:none}}"] if numbers else []
        last += [
            f'.{_CHOOSING}>[data-last="{n}"]>use:nth-of-type({n}){{display:inline}}'
            for n in numbers
        ]
        if any(self._changing.values()):
            last += [f".{_CHANGING}{{display:none}}", f".{_LAST}{{display:inline}}"]
        if self._are_seen_at_times:
            # Classes, since a page that lets no styles in by others would not let this attribute
            # be animated in Firefox.
            chosen += [f".{_SEEN}{{visibility:visible}}", f".{_UNSEEN}{{visibility:hidden}}"]
        return [*chosen, f"@media {media}{{{''.join(last)}}}"] if last else []
