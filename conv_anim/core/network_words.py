"""What a network is called: in titles, in files' names, on the command line."""

from zlib import crc32

from conv_anim.core.layer import Layer
from conv_anim.core.layer_words import label, words
from conv_anim.core.parse import Pads, Pair

_MOST_LETTERS = 60
"""Of the layers, in a file's name."""
_MOST_NAMED = 6
"""Of how many layers the text for those who don't see a picture names each."""


class NetworkWords:
    """Words for a network, from its layers; every ``Network`` has them."""

    layers: tuple[Layer, ...]
    has_weights = False

    @property
    def slug(self) -> tuple[str, ...]:
        """The network as parts of a file name; of many layers, a checksum."""
        first = self.layers[0]
        dims = ("1d",) if first.ndim == 1 else ()
        parts = "_".join(_short(label(layer)) for layer in self.layers)
        if len(parts) > _MOST_LETTERS:
            checksum = crc32("_".join(map(words, self.layers)).encode())
            parts = f"{len(self.layers)}-layers-{checksum:08x}"
        return "network", *dims, f"i{first.written(first.i)}", parts

    @property
    def arguments(self) -> tuple[str, ...]:
        """The network as words of the command line."""
        first = self.layers[0]
        return "network", *map(words, self.layers), "--i", first.written(first.i)

    @property
    def heading(self) -> str:
        """What a picture is called."""
        return "Receptive field"

    @property
    def geometry_text(self) -> str:
        """The layers and the sizes as a phrase."""
        first, last = self.layers[0], self.layers[-1]
        named = f"{len(self.layers)} layers"
        if len(self.layers) <= _MOST_NAMED:
            named = ", ".join(map(label, self.layers))
        dims = " in 1-D" if first.ndim == 1 else ""
        return (
            f"{self.heading} of a network{dims}, {first.times(first.i)} input, {named}, "
            f"{last.times(last.output_size)} output"
        )

    def geometry_with(self, channels: str) -> str:
        """Return the same with a clause on its channels, if it isn't empty."""
        return f"{self.geometry_text}, {channels}" if channels else self.geometry_text

    def pair_text(self, channel: int, filter_: int) -> str:
        """Return nothing: what a cell sees is the same for all channels."""
        return ""

    def times(self, size: Pair) -> str:
        """Return a size as it is written in running text, «5×7»; in 1-D «7»."""
        return self.layers[0].times(size)

    def written(self, size: Pair | Pads) -> str:
        """Return a size as the user would give it, «5» or «5x7»."""
        return self.layers[0].written(size)


def _short(text: str) -> str:
    return text.replace("=", "").replace(":", "-").replace(" ", "-")
