"""The one exception that means «what you asked for cannot be made»."""


class InputError(ValueError):
    """A value that the user gave is not acceptable.

    Its text is one sentence that gives the values, the rule and the way out; the command
    line prints it as it is.
    """


def reason(error: Exception) -> str:
    """Return in short what an exception of others says, in one line; its name if it is silent."""
    return one_line(" ".join(str(error).split())[:100]) or type(error).__name__


def one_line(text: str) -> str:
    """Return *text* with ? for every letter that cannot be printed, line breaks too."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
