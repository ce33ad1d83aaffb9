"""All relations, one module a family; importing the package registers them in this order."""

from __future__ import annotations

from trainer.scenes.relations import (
    balance,
    containment,
    exception,
    flow,
    grouping,
    growth,
    hierarchy,
    hybrid,
    parts,
    repetition,
    scale,
    symmetry,
)

__all__ = [
    "balance",
    "containment",
    "exception",
    "flow",
    "grouping",
    "growth",
    "hierarchy",
    "hybrid",
    "parts",
    "repetition",
    "scale",
    "symmetry",
]
