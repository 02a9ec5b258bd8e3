"""What formats of text have in common: how large their files may be."""

from conv_anim.errors import InputError
from conv_anim.formats.picture import Picture


class TooLargeError(InputError):
    """A file would be larger than it may be."""


def check_size(data: bytes, name: str, picture: Picture) -> bytes:
    """Return the content of a file; raise TooLargeError when it has too many bytes."""
    if len(data) > picture.max_bytes:
        raise TooLargeError(
            f"the {name} would have {len(data):,} bytes, more than "
            f"‹max_bytes={picture.max_bytes}›: show fewer steps with ‹every› or ‹frames›, let "
            f"nothing glide with ‹smooth=False›, write a GIF, or raise ‹max_bytes›"
        )
    return data
