"""Run the command line: ``conv-anim``, or ``python -m conv_anim``."""


def main() -> None:
    """Run the command line; from the first import on, a signal is met at any moment."""
    try:
        from conv_anim import signals

        signals.meet()
    except KeyboardInterrupt:  # before that
        raise SystemExit(130) from None
    import sys

    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # × in any encoding
    from conv_anim.cli import cli

    try:
        cli(prog_name="conv-anim")
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    except OSError as error:  # what was to be printed could not be
        print(f"Error: {error.strerror or error}", file=sys.stderr, flush=True)
        status = 1
    # Python would take its time to tidy up, and let signals through meanwhile.
    signals.leave(status)


if __name__ == "__main__":
    main()
