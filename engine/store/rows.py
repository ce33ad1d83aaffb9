"""Vectors and fingerprints as rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from engine.types import Fingerprint, Float32

# Ranking reads relational vectors exactly; attribute similarity is a matter of two digits.
_STORED: dict[str, np.dtype[np.floating[Any]]] = {
    "relational": np.dtype("<f4"),
    "attribute": np.dtype("<f2"),
}


def pack(vectors: Float32, fingerprint: Fingerprint) -> list[bytes]:
    """Vectors ``[n, d]`` as blobs.

    Raises:
        ValueError: If they are not of the fingerprint's dimension, or not finite.
    """
    if vectors.ndim != 2 or vectors.shape[1] != fingerprint.dimension:
        raise ValueError(f"vectors {vectors.shape} do not fit {fingerprint.key}")
    if not np.isfinite(vectors).all():
        raise ValueError(f"{fingerprint.model} returned a vector that is not finite")
    return [row.tobytes() for row in vectors.astype(_STORED[fingerprint.role])]


def unpack(blobs: Sequence[bytes], fingerprint: Fingerprint) -> Float32:
    """Blobs as float32 ``[n, d]``."""
    stored = np.frombuffer(b"".join(blobs), dtype=_STORED[fingerprint.role])
    return stored.reshape(len(blobs), fingerprint.dimension).astype(np.float32)


def fingerprint_id(connection: sqlite3.Connection, fingerprint: Fingerprint) -> int:
    """The row of a fingerprint; made if there is none."""
    connection.execute(
        "INSERT OR IGNORE INTO fingerprints (key, model, role, weights, preparation, dimension)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            fingerprint.key,
            fingerprint.model,
            fingerprint.role,
            fingerprint.weights,
            fingerprint.preparation,
            fingerprint.dimension,
        ),
    )
    row = connection.execute("SELECT id FROM fingerprints WHERE key = ?", (fingerprint.key,))
    return int(row.fetchone()[0])


def listed(ids: Iterable[int]) -> str:
    """Ids as the one parameter of ``IN (SELECT value FROM json_each(?))``."""
    return json.dumps([int(image_id) for image_id in ids])  # NumPy's integers are blobs to SQLite
