"""Run the command line: ``conv-anim``, or ``python -m conv_anim``."""

import signal
import sys
from types import FrameType


def main() -> None:
    """Run the command line, from its first import on, so that a signal is met at any moment."""
    # So that a command that is told to end cleans up as an interrupted one does.
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), _end)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # × in any encoding
    try:
        from conv_anim.cli import cli

        cli(prog_name="conv-anim")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except OSError as error:  # what was to be printed could not be
        sys.exit(f"Error: {error.strerror or error}")


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
