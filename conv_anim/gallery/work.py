"""What a gallery's workers do: draw some pictures, each process by itself."""

from collections.abc import Sequence

from conv_anim.animation import Animation
from conv_anim.core.subject import Subject
from conv_anim.drawing import own_settings
from conv_anim.formats import registry as formats
from conv_anim.options import Options
from conv_anim.version import __version__


def preload() -> None:
    """Load what draws, ahead of time."""
    own_settings.load_matplotlib()
    from conv_anim.drawing import compose  # noqa: F401
    from conv_anim.render import raster  # noqa: F401

    _ = formats.DEFAULT.writer


def drawn(pictures: Sequence[tuple[Subject, Options, str]], version: str) -> list[bytes]:
    """Return the files of layers, each in a format; those of one picture are best together.

    Raises RuntimeError when the worker has another *version* of the package.
    """
    if version != __version__:
        raise RuntimeError(f"the worker has conv-anim {__version__}, and {version} is wanted")
    files: list[bytes] = []
    kept: Animation | None = None
    for layer, options, word in pictures:
        if kept is None or (kept.layer, kept.options) != (layer, options):
            kept = Animation(layer, options)
        files.append(kept.to_bytes(word))
    return files
