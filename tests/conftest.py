"""What all tests have in common."""

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples every time, however slow the machine.
settings.register_profile("conv-anim", deadline=None, derandomize=True, database=None)
settings.load_profile("conv-anim")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
