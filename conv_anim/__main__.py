"""``python -m conv_anim`` is ``conv-anim``."""

from conv_anim.cli import main

main()
