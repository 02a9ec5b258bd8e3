"""Numbers from text and files, and the sentence for each of them that is none."""

import pickle
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray
from PIL import Image

from conv_anim import Standard, animate
from conv_anim.cli.group import cli
from conv_anim.core import arrays
from conv_anim.request import requested

pytestmark = pytest.mark.usefixtures("folder")


def read(text: str) -> list[list[float]]:
    return [list(row) for row in arrays.read(text, "input").rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1 2; 3 4", [[1, 2], [3, 4]]),
        ("1,2;3,4;", [[1, 2], [3, 4]]),
        (" -1.5  .5e1 ;\n +2 3. \n", [[-1.5, 5], [2, 3]]),
        ("1 2\n3 4", [[1, 2], [3, 4]]),
        ("7", [[7]]),
    ],
)
def test_numbers_as_text(text: str, rows: list[list[float]]) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "1,2\n3,4\n"),
        ("b.CSV", "\ufeff1;2\r\n\r\n3;4"),
        ("c.tsv", "1\t2\n3\t4\n\n"),
        ("d.txt", "1 2\n3 4"),
        ("e f.csv", '"1", "2"\n"3", "4"\n'),
    ],
)
def test_numbers_in_text_files(name: str, text: str) -> None:
    Path(name).write_text(text, "utf-8")
    assert read(name) == [[1, 2], [3, 4]]
    assert arrays.read(name, "input").text == name


@pytest.mark.parametrize("kind", ["uint8", "int64", "float32", "bool"])
def test_numbers_in_npy_files(kind: str) -> None:
    array = np.array([[1, 0], [0, 1]], kind)
    np.save("x.npy", array)
    assert read("x.npy") == array.tolist()
    np.save("x.npy", np.array([1, 0, 1], kind))
    assert read("x.npy") == [[1, 0, 1]]


def test_numbers_from_arrays_and_their_text() -> None:
    numbers = arrays.read(np.array([[1, -0.1], [1e-9, 12345678]]), "kernel")
    assert numbers.rows == ((1, -0.1), (1e-9, 12345678))
    again = arrays.read(numbers.text, "kernel")
    assert again.rows == numbers.rows
    assert arrays.read(numbers, "kernel") is numbers


def picture(mode: str, size: tuple[int, int] = (4, 2)) -> Image.Image:
    """Return a picture whose left half is white and whose right half is black."""
    image = Image.new("L", size, 0)
    image.paste(255, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "LA"])
def test_images_of_any_kind(mode: str) -> None:
    name = "x.tiff" if mode == "CMYK" else "x.png"
    picture(mode).save(name)
    assert read(name) == [[255, 255, 0, 0]] * 2


def test_images_with_more_than_8_bits() -> None:
    Image.fromarray(np.array([[0, 65535]], np.uint16)).save("x.png")
    assert read("x.png") == [[0, 255]]


def test_what_is_transparent_is_white() -> None:
    Image.new("RGBA", (2, 1), (0, 0, 0, 0)).save("x.png")
    assert read("x.png") == [[255, 255]]


def test_images_are_upright() -> None:
    image = picture("L")
    exif = image.getexif()
    exif[0x0112] = 6  # to be turned clockwise
    image.save("x.jpg", exif=exif, quality=100)
    assert np.round(np.array(read("x.jpg")) / 255).tolist() == [[1, 1]] * 2 + [[0, 0]] * 2


def test_of_an_animation_the_first_picture_is_read() -> None:
    picture("L").save("x.gif", save_all=True, append_images=[Image.new("L", (4, 2), 9)])
    assert read("x.gif") == [[255, 255, 0, 0]] * 2


def test_images_are_scaled_down_without_being_stretched() -> None:
    picture("L", (400, 100)).save("x.png")  # the edge is in the middle, whatever is cut off
    assert arrays.read("x.png", "input", (2, 4)).rows == ((255, 255, 0, 0),) * 2
    assert arrays.read("x.png", "input", (4, 4)).rows == ((255, 255, 0, 0),) * 4


def test_a_kernels_picture_is_scaled_to_the_layer_in_a_text() -> None:
    picture("L", (40, 40)).save("x.png")
    given = {"kernel": "x.png"}
    animation = requested(None, {}, "nn.Conv2d(1, 1, (2, 4))", given)
    kernel = animation.options.kernel
    assert isinstance(kernel, arrays.Numbers)
    assert kernel.rows == ((255, 255, 0, 0),) * 2
    picture("L", (12, 12)).save("y.png")
    animation = requested(None, {}, "nn.Conv2d(1, 1, 9)", {"input": "y.png"})
    assert animation.layer.i == (12, 12)


def test_a_path_is_a_file() -> None:
    np.save("ones.npy", np.ones((2, 2)))
    assert arrays.read(Path("ones.npy"), "input") == arrays.read("ones.npy", "input")
    assert animate(Standard(i=2, k=1), input=Path("ones.npy"), kernel="ones").output.sum() == 4


def png(width: int, height: int) -> bytes:
    """Return the head of a PNG that says to be large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checksum

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (Path("unpickled"),)


FILES = {
    "empty.csv": (b"", "--input 'empty.csv' is empty: give at least one number"),
    "blank.csv": (b"\n \n", "--input 'blank.csv' is empty"),
    "word.csv": (b"a,b\n1,2\n", "--input 'word.csv' has 'a' in it, which is not a number"),
    "ragged.csv": (b"1,2\n3\n", "--input 'ragged.csv' has rows of 1 and of 2 numbers: make them"),
    "hole.csv": (b"1,,3\n4,,6\n", "--input 'hole.csv' has '' in it, which is not a number"),
    "comma.csv": (b"1,5;2,5\n", "--input 'comma.csv' has '1,5' in it, which is not a number"),
    "nan.csv": (b"1,nan\n", "--input 'nan.csv' has nan in it: give finite numbers alone"),
    "huge.csv": (b"1,1e999\n", "--input 'huge.csv' has inf in it: give finite numbers alone"),
    "latin.csv": (b"\xff\xfe\xe9", "--input 'latin.csv' is not text in UTF-8: save it as such"),
    "bytes.npy": (b"not numpy", "--input 'bytes.npy' is no NPY file with numbers"),
    "empty.npy": (b"", "--input 'empty.npy' is no NPY file with numbers"),
    "pickle.npy": (pickle.dumps(Evil()), "--input 'pickle.npy' is no NPY file with numbers"),
    "text.png": (b"no picture", "--input 'text.png' is no file that can be read: give a CSV"),
    "empty.png": (b"", "--input 'empty.png' is no file that can be read"),
    "cut.png": (png(30, 30), "--input 'cut.png' "),
    "50.png": (png(10_000, 5_000), "--input '50.png' has 50,000,000 pixels, and the limit is"),
    "bomb.png": (png(60_000, 60_000), "--input 'bomb.png' has far too many pixels, and the limit"),
    "noise": (b"\0\1\2", "--input 'noise' is no file that can be read"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_numbers(name: str) -> None:
    content, sentence = FILES[name]
    Path(name).write_bytes(content)
    before = sorted(Path().iterdir())
    result = CliRunner().invoke(cli, ["standard", "--input", name])
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith(f"Error: {sentence}")
    assert result.stderr.count("\n") == 1
    assert sorted(Path().iterdir()) == before


def test_npy_files_with_objects_are_never_unpickled() -> None:
    np.save("x.npy", np.array([[Evil()]], object), allow_pickle=True)
    result = CliRunner().invoke(cli, ["standard", "--input", "x.npy"])
    assert result.exit_code == 2
    assert "--input 'x.npy' is no NPY file with numbers: save an array of" in result.stderr
    assert not Path("unpickled").exists()


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        (np.zeros((2,) * 4), "input 'x.npy' has 4 dimensions: give one to three"),
        (np.zeros((0, 2)), "input 'x.npy' is empty"),
        (np.zeros((1001, 1000)), "input 'x.npy' has 1,001,000 numbers, and the limit is"),
        (np.array([[np.inf]]), "input 'x.npy' has inf in it: give finite numbers alone"),
        (
            np.array([[1j]]),
            "input 'x.npy' has values of type complex128: give an array of numbers that are",
        ),
        (
            np.array([["a"]]),
            "input 'x.npy' has values of type str32: give an array of numbers, not of texts",
        ),
    ],
    ids=["four dimensions", "empty", "large", "endless", "complex", "text"],
)
def test_npy_files_with_other_arrays(array: NDArray[np.generic], sentence: str) -> None:
    np.save("x.npy", array)
    with pytest.raises(ValueError, match="input") as caught:
        read("x.npy")
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("--input nonsense", "--input is 'nonsense': give random, ones, ramp, impulse, numbers"),
        ("--kernel nonsense.csv", "--kernel is 'nonsense.csv': give random, ones, box, "),
        ("--input 1_2;3_a", "--input has '1_2' in it, which is not a number"),
        ("--input 1_2;3", None),
        ("--input nan,1;1,1", "--input has nan in it: give finite numbers alone"),
        ("--input 1,2;3", "--input has rows of 1 and of 2 numbers: make them equally long"),
        ("--input ;", "--input is empty: give at least one number"),
        ("--input .", "--input '.' cannot be read: Is a directory"),
        ("--input 1,2;3,4 --i 3", "--input has 2×2 numbers and --i is 3×3: leave one of them out"),
        ("--input 1,2;3,4 --k 2 --kernel 1,2,3", "--kernel has 1×3 numbers and --k is 2×2"),
        ("--input 1,2;3,4 --1d", "--input has 2×2 numbers, and the layer one axis: give one row"),
        ("--input small.png --i 9", "--input 'small.png' has 2×4 pixels, fewer than --i 9x9: low"),
        ("--kernel sobel-x --k 2", "--kernel sobel-x has odd numbers of taps, at least 3 of them"),
        ("--pad-mode mirror", "--pad-mode is 'mirror': give zeros, reflect, replicate or circular"),
        ("--i 2 --p 2 --pad-mode reflect",
         "reflect padding copies at most 1 of 2 input cells along an axis, and --p is 2: lower"),
        ("--i 2 --p 3 --pad-mode circular", "circular padding copies at most 2 of 2 input cells"),
        ("--values --i 60", "--shade instead of --values or a smaller --i"),
        ("--input 1e308,1;1,1", "--input has 1e+308 in it: give numbers up to 1e+100"),
        ("--bias 1e300", "--bias is 1e300: give a number up to 1e+100"),
        ("--bias x", "--bias is 'x': give a finite number, such as --bias 0.5"),
    ],
)  # fmt: skip
def test_mistakes_on_the_command_line(arguments: str, sentence: str | None) -> None:
    picture("L").save("small.png")
    words = [word.replace("_", "" if sentence is None else "_") for word in arguments.split()]
    result = CliRunner().invoke(cli, ["standard", *words])
    assert result.exit_code == 2, result.output
    assert sentence is None or sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert [path.name for path in Path().iterdir()] == ["small.png"]


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_text_is_called_empty(text: str) -> None:
    result = CliRunner().invoke(cli, ["standard", "--input", text])
    assert result.exit_code == 2
    assert "--input is empty: give at least one number" in result.stderr
