"""Words as shells read them."""

import shlex


def quoted(word: str) -> str:
    """Return a word as shells read it, on one line whatever is in it: a file may have any name."""
    if word.isprintable():
        return shlex.quote(word)
    return "$'" + "".join(map(_escaped, word)) + "'"


def _escaped(letter: str) -> str:
    code = ord(letter)
    if letter in "'\\":
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that is no text
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x80 else f"\\U{code:08x}"
