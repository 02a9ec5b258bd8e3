"""How often properties are tried: often enough for every day, or thoroughly."""

import os

from hypothesis import settings

THOROUGH = os.environ.get("TESTS") == "thorough"
USUAL = 100 if THOROUGH else 40
"""Of a property that says nothing else."""


def examples(count: int) -> settings:
    """Let a property be tried so often, and a third as often where time is short."""
    return settings(max_examples=count if THOROUGH else max(5, count // 3))
