"""The one exception that means «what you asked for cannot be made»."""

import re
from collections.abc import Callable, Sequence

Spelling = Callable[[str, str | None], str]
"""How a front end writes a parameter, by its name in Python, alone or with a value's text."""

# A parameter in a sentence: ‹op›, or with a value ‹op=1›.
_PARAMETER = re.compile("‹([a-z][a-z0-9_]*)(?:=([^‹›]*))?›")
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?|True|False|None|\(\)")


class InputError(ValueError):
    """A value that the user gave is not acceptable.

    Its text is one sentence that gives the values, the rule and the way out. Parameters stand in
    it as ‹op› or ‹op=1›, by their names in Python; whoever prints it spells them as they are
    written there, and ``str`` as Python does: op, op=1.
    """

    def __str__(self) -> str:
        return self.spelled(in_python)

    def spelled(self, spelling: Spelling) -> str:
        """Return the sentence with parameters as a front end writes them."""
        return spelled(str(self.args[0]), spelling)


def spelled(text: str, spelling: Spelling) -> str:
    """Return a text with the parameters in it as a front end writes them."""
    return _PARAMETER.sub(lambda found: spelling(found[1], found[2]), text)


def in_python(name: str, value: str | None) -> str:
    """Return a parameter as an argument of a call."""
    return name if value is None else f"{name}={literal(value)}"


def literal(value: str) -> str:
    """Return a value's text as programs write it: in quotes, but for numbers and True."""
    return value if _PLAIN.fullmatch(value) else repr(value)


def reason(error: Exception) -> str:
    """Return in short what an exception of others says, in one line; its name if it is silent."""
    return one_line(" ".join(str(error).split())[:100]) or type(error).__name__


def one_line(text: str) -> str:
    """Return *text* with ? for every letter that cannot be printed, line breaks too."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence offers them: «a, b or c»."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 2 else words)
