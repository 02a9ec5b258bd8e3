"""Read a picture as numbers: its lightness, cell by cell."""

import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from conv_anim.errors import InputError
from conv_anim.parse import Pair

MAX_PIXELS = 25_000_000


def read(path: Path, option: str, size: Pair | None) -> list[list[float]]:
    """Return the lightness of every pixel, 0 to 255, after scaling down to *size* if it is given.

    What is more than the shape of *size* has room for is cut off at the edges; what is
    transparent is white. Of an animation the first picture is read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path) as image:
                _check_pixels(image, path, option)
                grey = _grey(image)
        except InputError:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise _too_many(path, option, "far too many") from error
        except UnidentifiedImageError as error:
            raise InputError(
                f"{option} {str(path)!r} is no file that can be read: give a CSV, an NPY or an "
                f"image file"
            ) from error
        except (SyntaxError, ValueError, EOFError) as error:  # what Pillow says of damage
            raise InputError(f"{option} {str(path)!r} is a damaged image: {error}") from error
    if size is not None:
        rows, columns = size
        if rows > grey.height or columns > grey.width:
            raise InputError(
                f"{option} {str(path)!r} has {grey.height}×{grey.width} pixels, fewer than --i "
                f"{rows}×{columns}: lower --i"
            )
        grey = ImageOps.fit(grey, (columns, rows), Image.Resampling.BOX)
    return [[float(value) for value in row] for row in np.asarray(grey)]


def _grey(image: Image.Image) -> Image.Image:
    """Return the picture upright, opaque and grey, 0 to 255."""
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith(("I", "F")):  # 16 bits or more a pixel
        values = np.asarray(image, np.float64)
        if not np.isfinite(values).all():
            raise InputError("an image has pixels that are no finite numbers: give another one")
        top = 65535.0 if image.mode.startswith("I") else max(float(values.max()), 1.0)
        return Image.fromarray(np.clip(values * (255 / top), 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        over = image.convert("RGBA")
        image = Image.new("RGBA", over.size, "white")
        image.alpha_composite(over)
    return image.convert("L")


def _check_pixels(image: Image.Image, path: Path, option: str) -> None:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise _too_many(path, option, f"{pixels:,}")


def _too_many(path: Path, option: str, pixels: str) -> InputError:
    return InputError(
        f"{option} {str(path)!r} has {pixels} pixels, and the limit is {MAX_PIXELS:,}: scale it "
        f"down first"
    )
