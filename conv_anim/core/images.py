"""Read a picture as numbers: its lightness, or its colours in three planes, cell by cell."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps, TiffImagePlugin, UnidentifiedImageError

from conv_anim.core import pixels
from conv_anim.core.parse import Pair
from conv_anim.core.pixels import TIFF, WEBP
from conv_anim.core.rows import MAX_NUMBERS, Rows, checked
from conv_anim.errors import InputError

FORMATS = ("PNG", "JPEG", "GIF", "BMP", TIFF, WEBP, "PPM")
NAMED = "PNG, JPEG, GIF, BMP, TIFF, WebP or PPM"

MAX_BYTES = 40_000_000
_BAND_PIXELS = 1_000_000

_COLOURS = "RGB"
_COLOURED = ("RGB", "RGBA", "RGBa", "RGBX", "P", "PA", "CMYK", "YCbCr", "LAB", "HSV")
_NO_ALPHA = "the image's alpha plane is dropped"

_WHITE_16_BITS = 65535.0
_NUMBERS = tuple(map(float, range(256)))  # once each, however many pixels have them

logging.getLogger("PIL").addHandler(logging.NullHandler())  # not to standard error


def read(
    data: bytes, label: str, letter: str, size: Pair | None, *, in_colour: bool = False
) -> tuple[tuple[Rows, ...], tuple[str, ...]]:
    """Return the planes, 0 to 255, after scaling down to *size* if it is given, and remarks.

    There is one, the lightness of every pixel, or if it is to be *in_colour* and has colours,
    three: red, green and blue. What is more than the shape of *size* has room for is cut off at
    the edges; in one plane what is transparent is white, of three an alpha plane is dropped.
    White are 65535 in pixels of 16 bits, and of 32 bits, which have no white, their greatest
    number, but at least 1. Of an animation the first picture is read.

    Parameters
    ----------
    data
        What is in the file.
    label
        What a sentence calls the picture, such as ``‹input› 'x.png'``.
    letter
        The parameter that gives *size*.
    size
        (rows, columns).
    in_colour
        Whether colours are kept.

    Raises
    ------
    InputError
        When it is no picture, or one of too many pixels: its size is checked before all else.
    Exception
        Of any kind, when it is damaged.
    """
    planes, remarks = _decoded(data, label, letter, size, in_colour=in_colour)
    return tuple(checked(_rows(plane), label) for plane in planes), remarks


def _fitted(plane: Image.Image, label: str, letter: str, size: Pair | None) -> Image.Image:
    """Return a plane scaled down to *size*."""
    if size is None:
        return plane
    if size[0] > plane.height or size[1] > plane.width:
        raise InputError(
            f"{label} has {plane.height}×{plane.width} pixels, fewer than "
            f"‹{letter}={size[0]}x{size[1]}›: lower ‹{letter}›"
        )
    return ImageOps.fit(plane, (size[1], size[0]), Image.Resampling.BOX)


def _rows(plane: Image.Image) -> list[tuple[float, ...]]:
    pixel_values, width = plane.tobytes(), plane.width
    starts = range(0, len(pixel_values), width)
    return [tuple(map(_NUMBERS.__getitem__, pixel_values[at : at + width])) for at in starts]


def _decoded(
    data: bytes, label: str, letter: str, size: Pair | None, *, in_colour: bool
) -> tuple[list[Image.Image], tuple[str, ...]]:
    """Return the picture's planes, upright, 0 to 255 and of this *size*, and remarks.

    It is decoded smaller than it is in the file where that is possible, as with a JPEG.
    """
    pixels.check_webp(data, label)
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            pixels.check(image, data, label)
            in_colour = in_colour and image.mode in _COLOURED
            count = image.width * image.height * (len(_COLOURS) if in_colour else 1)
            if size is None and count > MAX_NUMBERS:
                what = "numbers" if in_colour else "pixels"
                raise InputError(
                    f"{label} has {count:,} {what}, and without ‹{letter}› "
                    f"the limit is {MAX_NUMBERS:,}: give ‹{letter}›, to which it is scaled down"
                )
            mode = _COLOURS if in_colour else "L"
            image.draft(mode, None if size is None else (max(size), max(size)))
            planes = _coloured(image) if in_colour else iter([_grey(image, label)])
            fitted = [_fitted(_upright(x, image), label, letter, size) for x in planes]
            drops_alpha = in_colour and image.has_transparency_data
            return fitted, (_NO_ALPHA,) if drops_alpha else ()
    except Image.DecompressionBombError as error:
        raise pixels.too_many(label, "far too many") from error
    except UnidentifiedImageError as error:
        if data.startswith((b"II*\0", b"MM\0*")):
            raise InputError(
                f"{label} is a TIFF that is damaged, or has a kind of pixels that is not read: "
                f"save it as PNG"
            ) from error
        raise InputError(
            f"{label} is no file that can be read: give a CSV file (.csv, .tsv, .txt), an NPY file "
            f"(.npy) or a picture ({NAMED})"
        ) from error


def _loaded(image: ImageFile.ImageFile) -> None:
    with _no_standard_error() if image.format == TIFF else nullcontext():
        image.load()


def _coloured(image: ImageFile.ImageFile) -> Iterator[Image.Image]:
    """Yield the picture's red, green and blue, without an alpha plane, made in bands, too."""
    _loaded(image)
    for channel in _COLOURS:
        plane = Image.new("L", image.size)
        for top, band in _bands(image):
            plane.paste(band.convert(_COLOURS).getchannel(channel), (0, top))
        yield plane


def _grey(image: ImageFile.ImageFile, label: str) -> Image.Image:
    """Return the picture opaque and grey, 0 to 255.

    It is made in bands, so that the numbers between take little memory.
    """
    _loaded(image)
    if image.mode == "L" and not image.has_transparency_data:
        return image
    is_deep = image.mode.startswith(("I", "F"))  # 16 bits or more a pixel
    white = _white(image, label) if is_deep else 255
    grey = Image.new("L", image.size)
    for top, band in _bands(image):
        if is_deep:
            values = np.rint(_numbers(band, image) * 255 / white).astype(np.uint8)
            grey.paste(Image.fromarray(values), (0, top))
        else:
            grey.paste(_opaque(band).convert("L"), (0, top))
    return grey


@contextmanager
def _no_standard_error() -> Iterator[None]:
    """Send to nowhere what is written to the process's standard error, past Python.

    This is where libtiff complains of a damaged file, and Pillow does not keep it from doing so.
    """
    try:
        kept = os.dup(2)
    except OSError:  # closed, so that nothing can be written
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _bands(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """Give (its first row, that part of the picture) from top to bottom."""
    rows = max(1, _BAND_PIXELS // image.width)
    for top in range(0, image.height, rows):
        yield top, image.crop((0, top, image.width, min(top + rows, image.height)))


def _white(image: ImageFile.ImageFile, label: str) -> float:
    """Return the number of white among pixels of 16 bits or more, of which black is 0."""
    bands = (_numbers(band, image) for _, band in _bands(image))
    ends = np.array([(numbers.min(), numbers.max()) for numbers in bands])
    low, high = float(ends.min()), float(ends.max())
    if not np.isfinite(ends).all():
        raise InputError(f"{label} has pixels that are no finite numbers: give another picture")
    if low < 0:
        raise InputError(
            f"{label} has pixels from {low:g} to {high:g}, and a picture's begin at 0, which is "
            f"black: save its numbers as NPY or CSV, and they are taken as they are"
        )
    has_32_bits = image.mode == "F" or (image.mode == "I" and image.format == TIFF)
    return max(high, 1.0) if has_32_bits else _WHITE_16_BITS


def _numbers(band: Image.Image, image: ImageFile.ImageFile) -> NDArray[np.float64]:
    """Return the pixels of a part of a picture whose pixels have 16 bits or more."""
    numbers = np.asarray(band)
    if image.mode == "I" and isinstance(image, TiffImagePlugin.TiffImageFile):
        is_unsigned = image.tag_v2.get(TiffImagePlugin.SAMPLEFORMAT, (1,)) == (1,)
        numbers = numbers.view(np.uint32) if is_unsigned else numbers
    return numbers.astype(np.float64)


def _opaque(image: Image.Image) -> Image.Image:
    """Return the picture on white."""
    if not image.has_transparency_data:
        return image
    over = image.convert("RGBA")
    under = Image.new("RGBA", over.size, "white")
    under.alpha_composite(over)
    return under


def _upright(made: Image.Image, image: Image.Image) -> Image.Image:
    """Return what was *made* of a picture turned as its file says; a TIFF has already been."""
    made.info = image.info
    with suppress(Exception):  # what is damaged here says nothing of the pixels
        return ImageOps.exif_transpose(made)
    return made
