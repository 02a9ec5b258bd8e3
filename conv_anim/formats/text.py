"""What formats of text have in common: how large their files may be."""

from conv_anim.errors import InputError
from conv_anim.formats.picture import Picture


class TooLargeError(InputError):
    """A file would be larger than it may be."""


_SMALLER = (
    "show fewer steps with ‹every› or ‹frames›, let nothing glide with ‹smooth=False›, write a GIF"
)
_SMALLER_STILL = "write a PNG"


def check_size(data: bytes, name: str, picture: Picture, *, is_still: bool = False) -> bytes:
    """Return the content of a file; raise TooLargeError when it has too many bytes."""
    if len(data) > picture.max_bytes:
        raise TooLargeError(
            f"the {name} would have {len(data):,} bytes, more than "
            f"‹max_bytes={picture.max_bytes}›: {_SMALLER_STILL if is_still else _SMALLER}, or "
            f"raise ‹max_bytes›"
        )
    return data
