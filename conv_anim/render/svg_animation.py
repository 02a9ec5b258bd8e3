"""The elements that animate an attribute of the one that they are in."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import floor

from conv_anim.render.svg_shapes import number
from conv_anim.render.svg_timeline import Stop

_EASED, _EVEN = ".333 0 .667 1", "0 0 1 1"
"""As ``eased`` in the drawing: 3t² − 2t³ is this cubic Bézier curve."""
_PARTS = 1_000_000
"""Times are written in so many parts of the whole."""


class Animator:
    """Writes animations that all take as long as the whole picture, and are played as often."""

    def __init__(self, duration_ms: int, plays: int) -> None:
        self._duration_ms = duration_ms
        # After the last play, everything stays as it is at its end.
        again = f'repeatCount="{plays or "indefinite"}"' + (' fill="freeze"' if plays else "")
        self._how = f'dur="{number(duration_ms / 1000)}s" {again}'
        self._shares: dict[float, str] = {}

    def jumps(self, attribute: str, story: Sequence[Stop[str]]) -> str:
        """Return what sets an attribute at each stop of a story; nothing if it has but one."""
        return self._jumps("animate", f'attributeName="{attribute}"', story)

    def reshapes(self, story: Sequence[Stop[str]]) -> str:
        """Return what makes a path another one, at once or on the way to the next stop."""
        return self._glides("animate", 'attributeName="d"', story)

    def moves(self, story: Sequence[Stop[str]]) -> str:
        """Return what moves something, at once or on the way to the next stop."""
        return self._glides("animateTransform", 'attributeName="transform" type="translate"', story)

    def _jumps(self, tag: str, what: str, story: Sequence[Stop[str]]) -> str:
        if len(story) < 2:
            return ""
        times = self._times(stop.ms for stop in story)
        values = ";".join(stop.value for stop in story)
        return f'<{tag} {what} calcMode="discrete" {self._how} values="{values}"{times}/>'

    def _glides(self, tag: str, what: str, story: Sequence[Stop[str]]) -> str:
        if not any(stop.glides for stop in story):
            return self._jumps(tag, what, story)
        keys, splines = [(0.0, story[0].value)], []
        for stop, following in pairwise(story):
            if not stop.glides:
                keys.append((following.ms, stop.value))
                splines.append(_EVEN)
            if stop.glides or stop.value != following.value:  # else it stays, to glide from there
                keys.append((following.ms, following.value))
                splines.append(_EASED if stop.glides else _EVEN)
        keys.append((self._duration_ms, story[-1].value))
        splines.append(_EVEN)
        times, values = self._times(ms for ms, _ in keys), ";".join(value for _, value in keys)
        return (
            f'<{tag} {what} calcMode="spline" {self._how} values="{values}"{times} '
            f'keySplines="{";".join(splines)}"/>'
        )

    def _times(self, times: Iterable[float]) -> str:
        """Return times as shares of the whole."""
        return f' keyTimes="{";".join(map(self._share, times))}"'

    def _share(self, ms: float) -> str:
        if ms not in self._shares:
            # Rounded down, so that a step is seen at its very start.
            whole = floor(ms / self._duration_ms * _PARTS + 1e-6)
            self._shares[ms] = number(whole / _PARTS, 6)
        return self._shares[ms]
