"""Files that are damaged at random, the same ones from the same seed."""

import os
import random
from collections.abc import Iterator

N_FILES = int(os.environ.get("DAMAGED_FILES", "40"))
"""How many are made of each whole one."""
SEED = int(os.environ.get("DAMAGE_SEED", "0"))

_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 2**31 - 1, 2**31, 2**32 - 1, 2**63)
_TEXTS = (
    b"-",
    b"(",
    b"[",
    b"{",
    b"'",
    b'"',
    b"\\",
    b",",
    b";",
    b"\n",
    b"9",
    b"e999",
    b"nan",
    b"\0",
)


def damaged(whole: bytes, name: str, count: int = N_FILES) -> Iterator[bytes]:
    """Give *count* damaged copies of a file; *name* tells its row of them from others."""
    draw = random.Random(f"{name} {SEED}")
    for _ in range(count):
        data = whole
        for _ in range(draw.choice((1, 1, 1, 2, 3, 8))):
            data = _once(data, draw)
        yield data


def _once(data: bytes, draw: random.Random) -> bytes:
    """Return a file with one place changed; heads more often than the rest."""
    at = draw.randrange(min(len(data), draw.choice((32, 256, 2**31))) + 1)
    length = draw.choice((1, 1, 2, 4, 8, draw.randrange(1, 100)))
    kind = draw.randrange(7)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + data[at + length :]
    if kind == 2:
        return data[: at + length] + data[at:]
    if kind == 3:
        return data[:at] + draw.choice(_TEXTS) * draw.choice((1, 1, 2, 9000)) + data[at:]
    if kind == 4:
        new = draw.choice(_NUMBERS).to_bytes(8, "little")[: draw.choice((1, 2, 4, 8))]
        new = new if draw.random() < 0.5 else new[::-1]
    elif kind == 5:
        new = draw.choice(_TEXTS) * length
    else:
        new = draw.randbytes(length)
    return data[:at] + new + data[at + len(new) :]
