"""Commands that a shell begins: with limits, without streams, or deaf to a signal.

``subprocess`` could run code of ours between fork and exec, but libraries of other tests warn of
that.
"""

import sys

MODULE = (sys.executable, "-m", "conv_anim")


def after(preparation: str, *command: str) -> list[str]:
    """Return what runs a command when a line of the shell has prepared its process."""
    return ["sh", "-c", f'{preparation} && exec "$@"', "sh", *command]
