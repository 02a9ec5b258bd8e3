"""How many pixels a picture may have, so that decoding it takes some 100 MB at most."""

import re

from PIL import ImageFile, TiffImagePlugin, WebPImagePlugin

from conv_anim.errors import InputError

# These two are known by their modules, so that not all that Pillow can read is loaded.
TIFF = TiffImagePlugin.TiffImageFile.format
WEBP = WebPImagePlugin.WebPImageFile.format

_MOST = {TIFF: 8_000_000, WEBP: 5_000_000}
_MOST_ELSE = 15_000_000
_MOST_BY_ROWS = 50_000_000  # of a JPEG, made smaller row by row
_MOST_WHOLE = 13_000_000  # of one that is held whole before any row is decoded

_JPEG_SCAN = b"\xff\xda"
_JPEG_END = b"\xff\xd9"
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def check(image: ImageFile.ImageFile, data: bytes, label: str) -> None:
    """Raise InputError when decoding a picture, opened from *data*, would take too much memory."""
    count = image.width * image.height
    if image.format in ("JPEG", "MPO"):  # several in one file
        if image.mode != "CMYK" and _is_decoded_by_rows(data, len(image.getbands())):
            _check(count, _MOST_BY_ROWS, "JPEG", label)
        else:
            _check(count, _MOST_WHOLE, "a JPEG that is progressive or for print", label)
    else:
        if isinstance(image, TiffImagePlugin.TiffImageFile):  # a tile may be larger than all
            sides = TiffImagePlugin.TILEWIDTH, TiffImagePlugin.TILELENGTH
            width, height = (int(image.tag_v2.get(side, 0)) for side in sides)
            count = max(count, width * height)
        kind = str(image.format)
        _check(count, _MOST.get(kind, _MOST_ELSE), kind, label)


def check_webp(data: bytes, label: str) -> None:
    """Raise InputError when *data* is a WebP of too many pixels; opening one takes memory."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
    elif kind == b"VP8L":
        both = int.from_bytes(data[21:25], "little")
        width, height = 1 + both % 2**14, 1 + (both >> 14) % 2**14
    else:
        width, height = (int.from_bytes(data[at : at + 2], "little") % 2**14 for at in (26, 28))
    _check(width * height, _MOST[WEBP], "WebP", label)


def too_many(label: str, count: str, limit: int = _MOST_ELSE, kind: str = "") -> InputError:
    """Return the sentence for a picture of too many pixels."""
    what = f" for {kind}" if kind else ""
    return InputError(
        f"{label} has {count} pixels, and the limit is {limit:,}{what}: scale it down first"
    )


def _check(count: int, limit: int, kind: str, label: str) -> None:
    if count > limit:
        raise too_many(label, f"{count:,}", limit, kind)


def _is_decoded_by_rows(data: bytes, n_layers: int) -> bool:
    """Return whether a JPEG has all its *n_layers* in one scan, from top to bottom.

    A progressive one, and others with several scans, are held whole before any row is decoded.
    """
    at = 2
    while data[at : at + 1] == b"\xff" and data[at : at + 2] != _JPEG_SCAN:
        is_filling = data[at + 1 : at + 2] == b"\xff"
        at += 1 if is_filling else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    if data[at + 4 : at + 5] != bytes([n_layers]):
        return False
    after = _JPEG_MARKER.search(data, at + 2)
    return after is not None and after[0] == _JPEG_END
