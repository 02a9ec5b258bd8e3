"""The kinds of layers by their names: a new one has a file of its own, and its row here."""

from collections.abc import Mapping

from conv_anim.core.pool import Pool
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.core.upsample import Upsample

KINDS: Mapping[str, type[Standard] | type[Transposed] | type[Pool]] = {
    kind.name: kind for kind in (Standard, Transposed, Pool)
}
"""Those that are drawn by themselves."""

IN_NETWORKS: Mapping[str, type[Standard] | type[Transposed] | type[Pool] | type[Upsample]] = {
    **KINDS,
    Upsample.name: Upsample,
}
"""Those of which networks are made."""
