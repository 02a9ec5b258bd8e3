"""Words of which one is to be given: found whatever their case, or else the closest is offered."""

from collections.abc import Iterable, Mapping, Sequence

from conv_anim.core.parse import shown
from conv_anim.errors import InputError, listed

MOST_LETTERS = 60
"""Of what may be a word that was mistyped; longer ones are no words."""


def choice(
    value: object, name: str, words: Sequence[str], aliases: Mapping[str, str] | None = None
) -> str:
    """Return the one of *words* that *value* is, in any case, or that it is an alias of.

    Raises InputError, which offers *words*, when there is none.
    """
    found = find(value, words, aliases)
    if found is None:
        raise InputError(f"‹{name}› is {shown(value)}: {offer(value, words)}")
    return found


def find(
    value: object, words: Iterable[str], aliases: Mapping[str, str] | None = None
) -> str | None:
    """Return the one of *words* that a value is, in any case, or that it is an alias of."""
    if not isinstance(value, str):
        return None
    given = value.lower()
    return {**(aliases or {}), **{word.lower(): word for word in words}}.get(given)


def offer(value: object, words: Sequence[str]) -> str:
    """Return the end of a complaint: what can be given instead, and what may be meant."""
    return f"give {listed(words)}{meant(value, words)}"


def meant(value: object, words: Iterable[str], sign: str = ";") -> str:
    """Return «; did you mean slide?» if one of *words* is close to a value, or else nothing."""
    found = closest(value, words)
    return f"{sign} did you mean {found}?" if found else ""


def closest(value: object, words: Iterable[str]) -> str | None:
    """Return the one of *words* that is most like a value, if any is like it."""
    if not isinstance(value, str) or len(value) > MOST_LETTERS:
        return None
    import difflib  # it takes a while to load, and mistakes are rare

    by_lower = {word.lower(): word for word in words}
    found = difflib.get_close_matches(value.lower(), by_lower, 1)
    return by_lower[found[0]] if found else None
