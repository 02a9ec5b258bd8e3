"""What is said of pooling."""

from typing import Any

from conv_anim.core.pool import Pool
from conv_anim.explain import costs
from conv_anim.explain.words import Words


class PoolWords(Words[Pool]):
    """What there is to say of a pooling layer."""

    @property
    def traits(self) -> dict[str, Any]:
        """The mode, how the size is rounded, what counts, and that there are no weights."""
        names = "mode", "ceil", "count_include_pad"
        return {**{name: getattr(self.layer, name) for name in names}, **costs.facts(self.layer)}

    @property
    def costs(self) -> list[str]:
        """What it does with several channels."""
        if not self.layer.has_channels:
            return []
        return [f"Each of the {self.layer.in_channels} channels is pooled by itself."]
