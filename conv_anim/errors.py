"""The one exception that means «what you asked for cannot be made»."""


class InputError(ValueError):
    """A value that the user gave is not acceptable.

    Its text is one sentence that gives the values, the rule and the way out; the command
    line prints it as it is.
    """


def reason(error: Exception) -> str:
    """Return in short what an exception of others says, in one line; its name if it is silent."""
    text = " ".join(str(error).split())[:100]
    return "".join(mark if mark.isprintable() else "?" for mark in text) or type(error).__name__
