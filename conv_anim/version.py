"""The version, apart from all else, so that any module may know it."""

__version__ = "0.1.0"
