"""Depthwise separable convolutions: a filter for each channel, then a 1×1 layer that mixes them."""

from typing import TYPE_CHECKING, ClassVar, Self

from conv_anim.core.layer import Layer
from conv_anim.core.network import Network
from conv_anim.core.standard import Standard

if TYPE_CHECKING:
    from conv_anim.core.values import Array


class Separable(Network):
    """A depthwise layer, and a 1×1 layer after it.

    Parameters
    ----------
    i, k, p, s, d, ndim
        Of the depthwise layer, as ``Standard`` has them.
    in_channels
        How many channels it reads, each with a filter of its own.
    out_channels
        How many the 1×1 layer makes of them.

    Raises
    ------
    ValueError
        When a size is out of range, or the kernel has nothing to slide over.
    """

    layers: tuple[Standard, Standard]

    name: ClassVar[str] = "separable"
    noun: ClassVar[str] = "separable convolution"
    """What messages call it."""
    has_weights = True
    own_input: ClassVar[int] = 5
    own_channels: ClassVar[tuple[int, int]] = 3, 4
    """The default numbers of channels, of the input and of the output."""
    made_of: ClassVar[tuple[str, ...]] = (
        "i", "k", "p", "s", "d", "in_channels", "out_channels", "ndim",
    )  # fmt: skip
    """What it is made of, by the names of its arguments."""

    def __init__(
        self,
        i: object = None,
        k: object = 3,
        p: object = 0,
        s: object = 1,
        d: object = 1,
        *,
        in_channels: object = own_channels[0],
        out_channels: object = own_channels[1],
        ndim: object = 2,
    ) -> None:
        sizes = {"k": k, "p": p, "s": s, "d": d, "ndim": ndim}
        depthwise = Standard(**sizes, in_channels=in_channels, out_channels=in_channels,
                             groups=in_channels)  # fmt: skip
        mixing = Standard(k=1, ndim=ndim, in_channels=in_channels, out_channels=out_channels)
        super().__init__([depthwise, mixing], i)

    @property
    def depthwise(self) -> Standard:
        """The layer that reads each channel by itself."""
        return self.layers[0]

    @property
    def mixing(self) -> Standard:
        """The 1×1 layer."""
        return self.layers[1]

    @property
    def dense(self) -> Standard:
        """The one layer with the same sizes whose filters read all channels."""
        return self.depthwise.with_channels(self.depthwise.in_channels, self.mixing.out_channels, 1)

    def seen_along(self, axis: str) -> Self:
        """Return the same: all of it is drawn."""
        return self

    def single(self) -> Layer:
        """Return the depthwise layer, which reads the input."""
        return self.depthwise

    @property
    def in_turn(self) -> tuple[Layer, ...]:
        """Both layers: numbers go through one after the other."""
        return self.layers

    def with_bias(self) -> Self:
        """Return the same with a bias for each filter of the 1×1 layer."""
        return self._with((self.depthwise, self.mixing.with_bias()), self.axis)

    @property
    def heading(self) -> str:
        """What a picture is called."""
        return "Depthwise separable convolution"

    @property
    def slug(self) -> tuple[str, ...]:
        """It as parts of a file name."""
        return self.name, *self.dense.slug[1:]

    @property
    def arguments(self) -> tuple[str, ...]:
        """It as words of the command line."""
        return self.name, *self.dense.arguments[1:]

    @property
    def geometry_text(self) -> str:
        """The layers and the sizes as a phrase."""
        _, _, sizes = self.dense.geometry_text.partition(", ")
        return f"{self.heading}{' in 1-D' if self.ndim == 1 else ''}, {sizes}"

    @property
    def alt_text(self) -> str:
        """One phrase that says what a picture shows, for those who don't see it."""
        return f"{self.geometry_text}, depthwise and then 1×1"

    @property
    def costs(self) -> tuple[str, str]:
        """Weights and multiplications, each against those of the dense layer, as phrases."""
        parts = *self.layers, self.dense
        return (
            _compared("weights", *(layer.parameters for layer in parts)),
            _compared("multiplications", *(layer.multiplications for layer in parts)),
        )


def _compared(what: str, depthwise: int, mixing: int, dense: int) -> str:
    return (
        f"{what}: {depthwise:,} depthwise + {mixing:,} of 1×1 = {depthwise + mixing:,}; "
        f"one dense layer has {dense:,}"
    )


def dense_kernel(depthwise: "Array", mixing: "Array", n_channels: int) -> "Array":
    """Return the weights of the one layer that gives the same: w[o, c] = Σ_m mixing · depthwise.

    Parameters
    ----------
    depthwise
        (channels · m, 1, rows, columns): m filters for each channel.
    mixing
        (filters, channels · m, 1, 1).
    n_channels
        How many input channels there are.

    Returns
    -------
    (filters, channels, rows, columns).
    """
    products = mixing * depthwise[:, 0]
    n_filters, _, *size = products.shape
    dense: Array = products.reshape(n_filters, n_channels, -1, *size).sum(axis=2)
    return dense
