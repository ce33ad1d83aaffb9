"""The engine's answers as JSON documents; see the contracts of the command line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from engine.types import Description, IndexReport, Neighbor


def number(value: float, digits: int = 6) -> float | None:
    """JSON has no NaN; a sentence has no look to compare, and some models no pairs."""
    return None if math.isnan(value) else round(value, digits)


def described(description: Description) -> dict[str, Any]:
    """What is said of a picture, by whom, and how sure."""
    return {
        "description": description.text,
        "source": description.source,
        "confidence": round(description.confidence, 4),
    }


def rows(hits: Sequence[Neighbor]) -> list[dict[str, Any]]:
    """Hits, best first."""
    return [
        {
            "path": str(hit.path),
            "relational": number(hit.relational),
            "attribute": number(hit.attribute),
            "percentile": number(hit.percentile, 2),
            "description": hit.description.text,
            "copies": hit.copies,
            "model": hit.model,
        }
        for hit in hits
    ]


def reported(report: IndexReport) -> dict[str, Any]:
    """What indexing did."""
    return {
        "found": report.found,
        "indexed": report.indexed,
        "reused": report.reused,
        "failed": [{"path": str(f.path), "reason": f.reason} for f in report.failed],
        "skipped": report.skipped,
        "seconds": round(report.seconds, 3),
        "model": report.model,
    }
