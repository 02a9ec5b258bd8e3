"""What is inside finished GIFs, read with Pillow and, where that hides something, by block."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageSequence


def frames(gif: bytes) -> list[NDArray[np.uint8]]:
    """Return what is seen at each frame, as red, green and blue."""
    with Image.open(BytesIO(gif)) as image:
        return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(image)]


class Blocks:
    """What is inside a GIF: canvas, colour tables, loop, and delay and rectangle of each frame."""

    def __init__(self, data: bytes) -> None:
        assert data[:6] == b"GIF89a"
        assert data[-1:] == b";"
        self.size = (number(data, 6), number(data, 8))
        self.global_colours = 2 << (data[10] & 7) if data[10] & 0x80 else 0
        self.local_tables = 0
        self.loop: int | None = None
        self.delays_ms: list[int] = []
        self.rectangles: list[tuple[int, int]] = []
        at = 13 + 3 * self.global_colours
        while data[at : at + 1] != b";":
            if data[at : at + 2] == b"!\xf9":
                self.delays_ms.append(10 * number(data, at + 4))
                at += 8
            elif data[at : at + 2] == b"!\xff":
                assert data[at + 3 : at + 14] == b"NETSCAPE2.0"
                self.loop = number(data, at + 16)
                at += 19
            else:
                assert data[at : at + 1] == b","
                self.rectangles.append((number(data, at + 5), number(data, at + 7)))
                self.local_tables += bool(data[at + 9] & 0x80)
                at += 11
                while data[at]:
                    at += 1 + data[at]
                at += 1
        assert at == len(data) - 1


def number(data: bytes, at: int) -> int:
    """Return the number of two bytes at a place."""
    return int.from_bytes(data[at : at + 2], "little")
