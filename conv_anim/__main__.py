"""Run the command line: ``conv-anim``, or ``python -m conv_anim``."""


def main() -> None:
    """Run the command line; from the first import on, a signal is met at any moment."""
    try:
        from conv_anim import signals

        signals.meet()
    except KeyboardInterrupt:  # before that
        raise SystemExit(130) from None
    from conv_anim import ours

    ours.claim()
    from conv_anim import console

    console.prepare()
    from conv_anim.cli import cli

    try:
        cli(prog_name="conv-anim")
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    except OSError as error:  # what was to be printed could not be
        console.complain(error.strerror or str(error))
        status = 1
    console.flush()
    # Python would take its time to tidy up, and let signals through meanwhile.
    signals.leave(status)


if __name__ == "__main__":
    main()
