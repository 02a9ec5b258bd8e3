"""What is said of convolutions, standard and transposed: channels, turning, the way back."""

from typing import Any, TypeVar

from conv_anim.core.channels import Channelled
from conv_anim.core.layer import minus
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.explain import costs
from conv_anim.explain.words import Words, before_and_after

AnyChannelled = TypeVar("AnyChannelled", bound=Channelled)


class ConvolutionWords(Words[AnyChannelled]):
    """What there is to say of a layer with channels."""

    turning = (
        "The kernel is not turned, as it is in a convolution of mathematics: layers "
        "cross-correlate, and call it convolution."
    )
    """What the word convolution means here."""

    @property
    def notes(self) -> list[str]:
        """What convolution means."""
        return [self.turning]

    @property
    def costs(self) -> list[str]:
        """What one of several channels has to do with the others, and what the layer costs."""
        return costs.words(self.layer)

    @property
    def traits(self) -> dict[str, Any]:
        """What is in the padding, the channels, and what the layer costs."""
        layer = self.layer
        found: dict[str, Any] = {"pad_mode": layer.padding_content} if layer.has_copies else {}
        return {**found, **costs.facts(layer)}


class StandardWords(ConvolutionWords[Standard]):
    """What there is to say of a standard layer."""

    @property
    def way_back(self) -> list[str]:
        """The transposed layer that leads back."""
        layer = self.layer
        rows, columns = (axis.remainder for axis in layer.axes)
        return [
            f"A transposed layer with the same sizes leads back to {layer.times(layer.i)} with "
            f"output padding {layer.shown((rows, columns))}."
        ]


class TransposedWords(ConvolutionWords[Transposed]):
    """What there is to say of a transposed layer, by zero insertion."""

    turning = (
        "Layers cross-correlate, and call it convolution: they don't turn the kernel. Only "
        "with zeros inserted is it turned, as in a convolution of mathematics."
    )

    @property
    def stages(self) -> list[str]:
        """Zeros are inserted, the rest is padded and cropped, the kernel slides by 1."""
        layer = self.layer
        stretched, padded = self.drawn("stretched_size"), self.drawn("padded_size")
        crops = any(sum(axis.cropped) for axis in layer.axes)
        pads = any(sum(axis.padding) for axis in layer.axes)
        third = []
        if pads or not crops:
            third.append(f"pad: {self.each(self.padding)}; {self.change(stretched, padded)}")
        if crops:
            cropped = self.change(padded, self.drawn("size"))
            third.append(f"crop: {self.each(self._cropping)}; {cropped}")
        third_text = ", then ".join(third)
        return [
            f"Work out z and p′, which is not p: {self.each(self._z_and_prime)}.",
            f"Insert z zeros between the cells; {self.change(layer.i, stretched)}.",
            f"{third_text[0].upper()}{third_text[1:]}.",
            f"Convolve with stride 1 and the kernel turned by 180°, which spans "
            f"{layer.times(self.drawn('span'))}: {self.each(self.output)}; {self.end}.",
        ]

    @property
    def notes(self) -> list[str]:
        """The output size in one formula, and those that other output paddings give, too."""
        uneven = any(before != after for before, after in self.layer.p)
        rule = f"s(i − 1) + K − {'(p₁ + p₂)' if uneven else '2p'} + op"
        return [
            f"At once: o = {rule} = {self.each(self._closed_form)}.",
            f"Within reach: {self.each(self._within_reach)}; for other sizes change k, p or s.",
            *super().notes,
        ]

    @property
    def way_back(self) -> list[str]:
        """The standard layer that leads back, if there is one."""
        layer = self.layer
        more = [layer.op[axis] // layer.s[axis] for axis in range(2)]
        if any(more):
            larger = layer.i[0] + more[0], layer.i[1] + more[1]
            return [
                f"A standard layer with the same sizes does not lead back: output padding of a "
                f"stride or more makes it {layer.times(larger)}."
            ]
        return [f"A standard layer with the same sizes leads back to {layer.times(layer.i)}."]

    def output(self, axis: int) -> str:
        """Return how the output size along an axis comes about."""
        drawn = self.layer.axes[axis]
        return f"o = {drawn.size} − {drawn.span} + 1 = {drawn.output_size}"

    def _cropping(self, axis: int) -> str:
        return before_and_after(self.layer.axes[axis].cropped)

    def _z_and_prime(self, axis: int) -> str:
        layer = self.layer
        before, after = (minus(cells) for cells in layer.p_prime[axis])
        prime = before if before == after else f"{before} before and {after} after"
        more = f", and op = {layer.op[axis]} more at the end" if layer.op[axis] else ""
        return f"z = s − 1 = {layer.s[axis] - 1}, p′ = {layer.p_prime_rule} = {prime}{more}"

    def _closed_form(self, axis: int) -> str:
        layer = self.layer
        i, s, op = layer.i[axis], layer.s[axis], layer.op[axis]
        before, after = layer.p[axis]
        less = f"2·{before}" if before == after else f"({before} + {after})"
        span = layer.axes[axis].span
        return f"{s}·({i} − 1) + {span} − {less} + {op} = {layer.output_size[axis]}"

    def _within_reach(self, axis: int) -> str:
        layer = self.layer
        sizes = layer.reachable[axis]
        op = sizes[0] - (layer.output_size[axis] - layer.op[axis])  # 0, if that leaves any cells
        if len(sizes) <= 4:
            return ", ".join(f"{size} with op = {op + more}" for more, size in enumerate(sizes))
        return f"{sizes[0]} to {sizes[-1]} with op = {op} to {op + len(sizes) - 1}"
