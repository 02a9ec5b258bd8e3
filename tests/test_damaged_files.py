"""Damaged files: numbers or one sentence, and not a word besides.

The environment's DAMAGED_FILES is how many are made of each whole one, DAMAGE_SEED which.
"""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.lib import format as npy
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from conv_anim.core import arrays
from conv_anim.core.parse import Pair
from conv_anim.core.rows import Rows
from conv_anim.errors import InputError
from tests.support.damage import damaged

GREY = Image.fromarray(np.arange(48, dtype=np.uint8).reshape(6, 8) * 5)
RED = Image.merge("RGB", (GREY, GREY.rotate(180), Image.new("L", GREY.size, 30)))
CLEAR = Image.merge("RGBA", (*RED.split(), GREY))
DEEP = Image.fromarray(np.arange(48, dtype=np.uint16).reshape(6, 8) * 1000)
TURNED = Image.Exif()
TURNED[0x0112] = 6
TURNED[0x010E] = "what there is to see"


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", "grey", zip=True)
    info.add_itxt("Author", "nobody", "en", "", zip=True)
    return info


def array(values: NDArray[np.generic], version: tuple[int, int] = (1, 0)) -> bytes:
    file = BytesIO()
    npy.write_array(file, values, version)
    return file.getvalue()


WHOLE: dict[str, bytes] = {
    "float.npy": array(np.arange(6.0).reshape(2, 3)),
    "columns.npy": array(np.asfortranarray(np.arange(6, dtype=">i2").reshape(2, 3)), (2, 0)),
    "bool.npy": array(np.array([True, False]), (3, 0)),
    "half.npy": array(np.array([[1, 2]], np.float16)),
    "long.npy": array(np.array([[1, 2]], np.longdouble)),
    "text.npy": array(np.array([["a"]])),
    "comma.csv": b"1,2.5\n-3,4e2\n",
    "semicolon.csv": b'\xef\xbb\xbf"1";"2.5"\r\n3;4\r\n',
    "tab.tsv": b"1\t2\n3\t4\n",
    "space.txt": b"1 2\n3 4\n",
    "printed.txt": b"tensor([[1., 2.],\n        [3., 4.]], dtype=torch.float64)",
    "grey.png": saved(GREY, "PNG", pnginfo=texts(), exif=TURNED, dpi=(72, 72)),
    "palette.png": saved(RED.quantize(16), "PNG", transparency=3, bits=4),
    "clear.png": saved(CLEAR, "PNG"),
    "deep.png": saved(DEEP, "PNG"),
    "frames.png": saved(RED, "PNG", save_all=True, append_images=[GREY.convert("RGB")]),
    "red.jpg": saved(RED, "JPEG", exif=TURNED, dpi=(72, 72), comment=b"red"),
    "progressive.jpg": saved(RED, "JPEG", progressive=True, icc_profile=b"0" * 200),
    "print.jpg": saved(RED.convert("CMYK"), "JPEG"),
    "several.mpo": saved(RED, "MPO", save_all=True, append_images=[RED]),
    "frames.gif": saved(
        RED.quantize(16), "GIF", save_all=True, append_images=[RED], transparency=1
    ),
    "red.bmp": saved(RED, "BMP"),
    "one.bmp": saved(GREY.convert("1"), "BMP"),
    "raw.tif": saved(RED, "TIFF", exif=TURNED),
    "deep.tif": saved(DEEP, "TIFF"),
    "float.tif": saved(DEEP.convert("F"), "TIFF", compression="tiff_lzw"),
    "whole.tif": saved(DEEP.convert("I"), "TIFF", compression="tiff_adobe_deflate"),
    "clear.tif": saved(CLEAR, "TIFF", compression="packbits"),
    "jpeg.tif": saved(RED, "TIFF", compression="jpeg"),
    "fax.tif": saved(GREY.convert("1"), "TIFF", compression="group4"),
    "frames.tif": saved(RED, "TIFF", save_all=True, append_images=[RED]),
    "lossy.webp": saved(CLEAR, "WEBP", exif=TURNED),
    "lossless.webp": saved(RED, "WEBP", lossless=True),
    "frames.webp": saved(RED, "WEBP", save_all=True, append_images=[RED.rotate(180)]),
    "red.ppm": saved(RED, "PPM"),
    "deep.pgm": b"P5 3 2 1000\n" + np.arange(6, dtype=">u2").tobytes(),
    "plain.pgm": b"P2\n# grey\n3 2 9\n0 1 2\n3 4 9\n",
    "one.pbm": saved(GREY.convert("1"), "PPM"),
    "float.pfm": saved(DEEP.convert("F"), "PPM"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_whole_files_are_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(WHOLE[name])
    if name == "text.npy":
        with pytest.raises(InputError, match="not of texts"):
            arrays.read(path, "input")
    else:
        assert arrays.read(path, "input").rows


def outcome(path: Path, size: Pair | None) -> Rows | str:
    """Return the numbers in a file, or what is said of it."""
    try:
        return arrays.read(path, "input", size).rows
    except InputError as error:
        return str(error)


@pytest.mark.parametrize("name", WHOLE)
def test_damaged_files_are_read_or_refused_in_one_sentence(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    for number, data in enumerate(damaged(WHOLE[name], name)):
        path.write_bytes(data)
        result = outcome(path, (2, 3) if number % 2 else None)
        if isinstance(result, str):
            assert result.startswith("input '")
            assert result.isprintable()
            assert len(result) < 400
        else:
            assert result
            assert np.isfinite(result).all()
    assert capfd.readouterr() == ("", "")
