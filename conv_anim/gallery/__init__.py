"""Galleries: a spec becomes files, and pages to look at them."""

from pathlib import Path

BUILT_IN = Path(__file__).with_name("gallery.toml")
"""The spec of the gallery that comes with the package."""
