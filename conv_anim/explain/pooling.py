"""What is said of pooling."""

from typing import Any

from conv_anim.core.pool import Pool
from conv_anim.explain.words import Words


class PoolWords(Words[Pool]):
    """What there is to say of a pooling layer."""

    @property
    def traits(self) -> dict[str, Any]:
        """The mode, how the size is rounded, and what counts."""
        names = "mode", "ceil", "count_include_pad"
        return {name: getattr(self.layer, name) for name in names}
