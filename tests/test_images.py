"""Pictures as numbers: of all kinds of pixels, and within a limit of memory."""

import struct
import warnings
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from conv_anim import Standard, animate
from conv_anim.core import arrays
from conv_anim.errors import InputError
from conv_anim.request import requested
from tests.support.limits import check_refused_in_limits, run_limited

pytestmark = pytest.mark.usefixtures("folder")


def read(name: str) -> list[list[float]]:
    return [list(row) for row in arrays.read(name, "input").rows]


def tiff(
    pixels: NDArray[np.generic], order: Literal["<", ">"], size: tuple[int, int] | None = None
) -> bytes:
    """Return a TIFF with these pixels, of one number each, in a byte *order*, «<» or «>».

    With a *size*, it says to be made of tiles of that size.
    """
    data = pixels.astype(pixels.dtype.newbyteorder(order)).tobytes()
    format_of_numbers = {"u": 1, "i": 2, "f": 3}[pixels.dtype.kind]
    height, width = pixels.shape
    tags = [(256, width), (257, height), (258, pixels.dtype.itemsize * 8), (259, 1), (262, 1)]
    tags += [(277, 1), (339, format_of_numbers)]
    start = 8 + 2 + 12 * (len(tags) + (4 if size else 3)) + 4
    if size:
        tags += [(322, size[0]), (323, size[1]), (324, start), (325, len(data))]
    else:
        tags += [(273, start), (278, height), (279, len(data))]
    entries = [struct.pack(f"{order}HHII", tag, 4, 1, number) for tag, number in sorted(tags)]
    head = b"II*\0" if order == "<" else b"MM\0*"
    count = struct.pack(f"{order}IH", 8, len(tags))
    return head + count + b"".join(entries) + bytes(4) + data


@pytest.mark.parametrize("order", [pytest.param("<", id="little"), pytest.param(">", id="big")])
@pytest.mark.parametrize(
    ("kind", "numbers", "lightness"),
    [
        pytest.param("u1", [0, 254, 255], [0, 254, 255], id="8 bits"),
        pytest.param("u2", [0, 65534, 65535], [0, 255, 255], id="16 bits, rounded"),
        pytest.param("u2", [128, 129, 32768], [0, 1, 128], id="16 bits, rounded at halves"),
        pytest.param("i2", [0, 50, 100], [0, 128, 255], id="16 bits with a sign"),
        pytest.param("i4", [0, 40, 100], [0, 102, 255], id="32 bits, small"),
        pytest.param("i4", [0, 10**9, 2 * 10**9], [0, 128, 255], id="32 bits, large"),
        pytest.param("f4", [0, 0.5, 1], [0, 128, 255], id="floating, up to 1"),
        pytest.param("f4", [0, 0.25, 0.5], [0, 64, 128], id="floating, darker"),
        pytest.param("f4", [0, 100, 200], [0, 128, 255], id="floating, more"),
    ],
)
def test_pixels_of_any_depth(
    order: Literal["<", ">"], kind: str, numbers: list[float], lightness: list[float]
) -> None:
    Path("x.tif").write_bytes(tiff(np.array([numbers], kind), order))
    assert read("x.tif") == [lightness]


def test_pixels_of_32_bits_without_a_sign() -> None:
    Path("x.tif").write_bytes(tiff(np.array([[0, 2**31, 2**32 - 1]], np.uint32), "<"))
    assert read("x.tif") == [[0, 128, 255]]


def test_16_bits_of_other_formats_are_rounded_too() -> None:
    Image.fromarray(np.array([[0, 65534, 65535]], np.uint16)).save("x.png")
    assert read("x.png") == [[0, 255, 255]]
    Path("x.pgm").write_bytes(b"P5 3 1 65535\n" + struct.pack(">3H", 0, 65534, 257))
    assert read("x.pgm") == [[0, 255, 1]]


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        pytest.param(np.array([[-1.5, 2]], "f4"), "has pixels from -1.5 to 2, and a picture's "
                     "begin at 0, which is black: save its numbers as NPY or CSV", id="floating"),
        pytest.param(np.array([[-3, 2]], "i4"), "has pixels from -3 to 2, and", id="whole"),
        pytest.param(np.array([[-3, 2]], "i2"), "has pixels from -3 to 2, and", id="16 bits"),
        pytest.param(np.array([[np.nan, 2]], "f4"), "has pixels that are no finite", id="nan"),
        pytest.param(np.array([[np.inf, 2]], "f4"), "has pixels that are no finite", id="inf"),
        pytest.param(np.array([[1, 2]], "f8"), "is a TIFF that is damaged, or has a kind of pixels "
                     "that is not read: save it as PNG", id="double"),
    ],
)  # fmt: skip
def test_pixels_that_have_no_lightness(numbers: NDArray[np.generic], sentence: str) -> None:
    Path("x.tif").write_bytes(tiff(numbers, "<"))
    with pytest.raises(InputError) as caught:
        read("x.tif")
    assert str(caught.value).startswith(f"input 'x.tif' {sentence}")


def test_pictures_in_bands_are_as_whole_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    Image.fromarray(random.integers(0, 256, (30, 20, 4), np.uint8)).save("x.png")
    Image.fromarray(random.random((30, 20), np.float32)).save("x.tif")
    whole = read("x.png"), read("x.tif")
    monkeypatch.setattr("conv_anim.core.images._BAND_PIXELS", 70)
    assert (read("x.png"), read("x.tif")) == whole


@pytest.mark.parametrize("kind", ["png", "jpg", "tif", "webp"])
def test_pictures_of_many_formats_are_upright(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    image = Image.new("RGB", (32, 16), "white")
    image.paste("black", (16, 0, 32, 16))
    image.save(f"x.{kind}", exif=exif, quality=100)
    upright = np.array(read(f"x.{kind}"))
    assert upright.shape == (32, 16)
    assert np.round(upright / 255).tolist() == [[1] * 16] * 16 + [[0] * 16] * 16


def test_what_is_damaged_besides_the_pixels_is_passed_over() -> None:
    Image.new("L", (4, 2), 7).save("x.png", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert read("x.png") == [[7] * 4] * 2


def test_a_jpeg_is_made_smaller_while_it_is_decoded() -> None:
    image = Image.new("RGB", (640, 480), "black")
    image.paste("white", (0, 0, 320, 480))
    image.save("x.jpg", quality=100)
    numbers = arrays.read("x.jpg", "input", (3, 4))
    assert np.abs(np.array(numbers.rows) - [255, 255, 0, 0]).max() <= 1
    with pytest.raises(InputError, match=r"480×640 pixels, fewer than i='500x4': lower i"):
        arrays.read("x.jpg", "input", (500, 4))


@pytest.mark.parametrize("name", ["x.png", "y.tif", "folder/z.jpg"])
def test_a_path_is_scaled_as_its_text_is(name: str) -> None:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    Image.linear_gradient("L").save(path)
    layer = Standard(i=8, k=3)
    by_text, by_path = (animate(layer, input=given, kernel="ones") for given in (name, path))
    assert by_path == by_text
    assert by_path.options.arguments == by_text.options.arguments
    assert by_path.default_name == by_text.default_name
    assert animate(layer, kernel=path) == animate(layer, kernel=name)
    for given in (name, path):
        animation = requested("standard", {"i": 8}, None, {"input": given})
        assert animation.options.input == by_text.options.input


def test_a_path_that_leads_nowhere_is_answered_as_its_text_is() -> None:
    said = []
    for given in ("none.png", Path("none.png")):
        with pytest.raises(InputError) as caught:
            animate(Standard(), input=given)
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert said[0].startswith("input is 'none.png': give random, ones")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("x.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", id="EPS"),
        pytest.param("x.png", b"SIMPLE  =                    T".ljust(80) + b"END", id="FITS"),
        pytest.param("x.jpg", b"DDS " + struct.pack("<I", 124) + bytes(120), id="DDS"),
        pytest.param("x.pdf", b"%PDF-1.4\n", id="PDF"),
        pytest.param("x.psd", b"8BPS\0\1" + bytes(20), id="PSD"),
        pytest.param("x.ico", b"\0\0\1\0\1\0" + bytes(16), id="ICO"),
    ],
)
def test_other_formats_are_not_opened(
    name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("PIL.Image.init", never)  # which loads all formats
    Path(name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(name)
    assert str(caught.value) == (
        f"input '{name}' is no file that can be read: give a CSV file (.csv, .tsv, .txt), an NPY "
        f"file (.npy) or a picture (PNG, JPEG, GIF, BMP, TIFF, WebP or PPM)"
    )


def test_nothing_is_said_of_damage_that_does_no_harm() -> None:
    image = Image.new("L", (4, 2), 7)
    image.save("x.jpg", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x0e\0\x02\0\0\xff\xff\0\0\xff\xff")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(read("x.jpg")) == 2
        too_many_samples = bytearray(tiff(np.array([[1, 2]], np.uint8), "<"))
        at = too_many_samples.index(struct.pack("<HHI", 277, 4, 1))
        too_many_samples[at + 8] = 99
        Path("x.tif").write_bytes(too_many_samples)
        with pytest.raises(InputError, match="is a TIFF that is damaged"):
            read("x.tif")


def compressed_tiff(width: int, height: int, side: int) -> bytes:
    """Return the head of a compressed TIFF in tiles of *side* × *side*."""
    data = tiff(np.zeros((1, 1), np.uint8), "<", (side, side))
    for tag, number in ((256, width), (257, height), (259, 8)):
        at = data.index(struct.pack("<HHI", tag, 4, 1)) + 8
        data = data[:at] + struct.pack("<I", number) + data[at + 4 :]
    return data


def vp8x(width: int, height: int) -> bytes:
    """Return the head of a WebP that says how large its canvas is."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + bytes(4) + sides
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def print_jpeg() -> bytes:
    return saved(Image.new("CMYK", (4000, 4000)), "JPEG")


def progressive_jpeg() -> bytes:
    return saved(Image.new("RGB", (4000, 4000)), "JPEG", progressive=True)


def scans_apart() -> bytes:
    """Return a JPEG that says in its first scan to have one of its three layers alone."""
    data = bytearray(saved(Image.new("RGB", (4000, 4000)), "JPEG"))
    data[data.index(b"\xff\xda") + 4] = 1
    return bytes(data)


def lossless_webp() -> bytes:
    return saved(Image.new("RGB", (4990, 4990)), "WEBP", lossless=True, method=0)


def lossy_webp() -> bytes:
    return saved(Image.new("RGB", (2600, 2000)), "WEBP", method=0)


def large_png() -> bytes:
    return saved(Image.new("L", (5000, 5000)), "PNG", compress_level=1)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(lossless_webp, "has 24,900,100 pixels, and the limit is 5,000,000 for WebP: "
                     "scale it down first", id="lossless WebP"),
        pytest.param(lossy_webp, "has 5,200,000 pixels, and the limit is 5,0", id="lossy WebP"),
        pytest.param(lambda: vp8x(9000, 8000), "has 72,000,000 pixels, and", id="WebP's canvas"),
        pytest.param(print_jpeg, "has 16,000,000 pixels, and the limit is 13,000,000 for a JPEG "
                     "that is progressive or for print", id="JPEG for print"),
        pytest.param(progressive_jpeg, "has 16,000,000 pixels, and", id="progressive JPEG"),
        pytest.param(scans_apart, "has 16,000,000 pixels, and", id="JPEG in several scans"),
        pytest.param(large_png, "has 25,000,000 pixels, and the limit is 15,000,000", id="PNG"),
        pytest.param(lambda: compressed_tiff(9000, 9000, 16), "has 81,000,000 pixels", id="TIFF"),
        pytest.param(lambda: compressed_tiff(16, 16, 16384), "has 268,435,456 pixels, and the "
                     "limit is 8,000,000 for TIFF", id="TIFF's tile"),
    ],
)  # fmt: skip
def test_pictures_of_too_many_pixels_are_not_decoded(
    make: Callable[[], bytes], sentence: str, folder: Path
) -> None:
    (folder / "x").write_bytes(make())
    with pytest.raises(InputError) as caught:
        arrays.read("x", "input", (4, 4))
    assert str(caught.value).startswith(f"input 'x' {sentence}")


def test_a_picture_of_very_many_pixels_is_scaled_down_only() -> None:
    Image.new("L", (1001, 1000)).save("x.png")
    with pytest.raises(InputError) as caught:
        read("x.png")
    assert str(caught.value) == (
        "input 'x.png' has 1,001,000 pixels, and without i the limit is 1,000,000: give i, "
        "to which it is scaled down"
    )
    assert arrays.read("x.png", "input", (1, 2)).rows == ((0, 0),)


def test_a_webp_is_refused_in_little_memory(folder: Path) -> None:
    (folder / "x.webp").write_bytes(lossless_webp())
    sentence = "--input 'x.webp' has 24,900,100 pixels, and the limit is 5,000,000 for WebP"
    for size in ([], ["--i", "4"]):
        check_refused_in_limits(["standard", "--input", "x.webp", *size], sentence, folder)


def text_bomb() -> bytes:
    """Return a PNG with many long texts."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    text = zlib.compress(b" " * 1_000_000)
    texts = b"".join(chunk(b"zTXt", b"%d\0\0" % number + text) for number in range(100))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + texts


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(print_jpeg, "16,000,000 pixels", id="JPEG for print"),
        pytest.param(lambda: compressed_tiff(16, 16, 16384), "268,435,456 pixels", id="TIFF"),
        pytest.param(text_bomb, "cannot be read (Too much memory used", id="texts"),
    ],
)
def test_pictures_are_refused_in_little_memory(
    make: Callable[[], bytes], sentence: str, folder: Path
) -> None:
    (folder / "x").write_bytes(make())
    check_refused_in_limits(["standard", "--input", "x", "--i", "8"], sentence, folder)


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"format": "JPEG"}, id="JPEG"),
        pytest.param({"format": "JPEG", "progressive": True}, id="progressive JPEG"),
        pytest.param({"format": "PNG", "compress_level": 1}, id="PNG"),
    ],
)
def test_12_megapixels_are_read_in_little_memory(options: dict[str, Any], folder: Path) -> None:
    image = Image.linear_gradient("L").resize((4032, 3024)).convert("RGB")
    image.save(folder / "photo", **options)
    done = run_limited(
        ["standard", "--input", "photo", "--i", "12", "--shade", "-o", "x.gif"], folder
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "x.gif").exists()
