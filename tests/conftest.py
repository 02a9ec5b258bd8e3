"""What all tests have in common."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.support.examples import USUAL
from tests.support.firefox import Firefox, running

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Tests begin some hundred processes, which need not all compile the package again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The same examples every time, however slow the machine.
settings.register_profile(
    "conv-anim", deadline=None, derandomize=True, database=None, max_examples=USUAL
)
settings.load_profile("conv-anim")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium, if there is one and something to drive it with."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no browser test: Playwright is not installed"
    )
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with playwright.sync_playwright() as driver:
        own = Path(driver.chromium.executable_path)  # where Playwright would have put one
        if path is None and not own.exists():
            pytest.skip("no browser test: there is no Chromium")
        chromium = driver.chromium.launch(
            executable_path=path or own, args=["--no-sandbox", "--disable-gpu", "--disable-sync"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Start Firefox, if there is one, and Playwright says that browsers are to be tested."""
    pytest.importorskip("playwright", reason="no browser test: Playwright is not installed")
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("no browser test: there is no Firefox")
    with running(path, tmp_path_factory.mktemp("firefox")) as window:
        yield window
