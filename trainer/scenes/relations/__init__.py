"""All relations, one module a family; importing the package registers them in this order."""

from __future__ import annotations

from trainer.scenes.relations import (
    balance,
    connection,
    containment,
    exception,
    flow,
    force,
    grouping,
    growth,
    hierarchy,
    hybrid,
    landscape,
    light,
    motion,
    parts,
    repetition,
    scale,
    signs,
    streams,
    symmetry,
    vessels,
)

__all__ = [
    "balance",
    "connection",
    "containment",
    "exception",
    "flow",
    "force",
    "grouping",
    "growth",
    "hierarchy",
    "hybrid",
    "landscape",
    "light",
    "motion",
    "parts",
    "repetition",
    "scale",
    "signs",
    "streams",
    "symmetry",
    "vessels",
]
