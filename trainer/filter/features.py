"""What a light filter looks at: vectors of the bundled model, and statistics of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from engine.types import Embedder, Float32, UInt8
from trainer.filter.statistics import WIDTH, statistics

Kind = Literal["relational", "attribute", "statistics"]

BOTH_VECTORS: tuple[Kind, ...] = ("relational", "attribute")


def features(
    embedder: Embedder, prepared: Sequence[UInt8], kinds: Sequence[Kind] = BOTH_VECTORS
) -> Float32:
    """Features of all kinds side by side, float32 ``[n, d]``.

    Args:
        embedder: Of the small kind; one pass gives both vectors.
        prepared: What its `prepare` made of ``n`` pictures.
        kinds: Which features, in this order.
    """
    vectors = embedder.embed(prepared)
    found: dict[Kind, Float32] = {"relational": vectors.relational}
    assert vectors.attribute is not None, "models of the small kind give attributes"
    found["attribute"] = vectors.attribute
    if "statistics" in kinds:
        found["statistics"] = statistics(prepared)
    return np.concatenate([found[kind] for kind in kinds], axis=1)


def widths(embedder: Embedder, kinds: Sequence[Kind] = BOTH_VECTORS) -> list[int]:
    """How many features there are of each kind."""
    attribute = embedder.attribute_fingerprint
    assert attribute is not None, "models of the small kind give attributes"
    known: dict[Kind, int] = {
        "relational": embedder.fingerprint.dimension,
        "attribute": attribute.dimension,
        "statistics": WIDTH,
    }
    return [known[kind] for kind in kinds]


def width(embedder: Embedder, kinds: Sequence[Kind] = BOTH_VECTORS) -> int:
    """How many features there are of a picture."""
    return sum(widths(embedder, kinds))
