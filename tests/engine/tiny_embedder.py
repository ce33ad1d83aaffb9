"""An embedder that is quick enough to embed hundreds of pictures in a test, and counts them.

It sees mean colours of a 4 x 4 grid through a fixed random projection: deterministic, and pictures
that differ get vectors that differ. Like a large model, it may give no attributes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from engine.types import Fingerprint, Float32, UInt8, Vectors


def fingerprint(role: str, *, weights: str = "0" * 64) -> Fingerprint:
    dimension = {"relational": 24, "attribute": 40}[role]
    return Fingerprint("tiny", role, weights, "squash4", dimension)  # type: ignore[arg-type]


RELATIONAL = fingerprint("relational")
ATTRIBUTE = fingerprint("attribute")


class TinyEmbedder:
    """Embeds in `seconds` a batch; `log` gets a line with the size of every batch."""

    batch_size = 8
    min_side = 4

    def __init__(
        self,
        *,
        weights: str = "0" * 64,
        attributes: bool = True,
        seconds: float = 0.0,
        log: Path | None = None,
    ) -> None:
        self.fingerprint = fingerprint("relational", weights=weights)
        self.attribute_fingerprint = (
            fingerprint("attribute", weights=weights) if attributes else None
        )
        self.embedded = 0
        self.closed = False
        self._seconds = seconds
        self._log = log
        generator = np.random.default_rng(int(weights[:8], 16))
        self._projections = [
            generator.standard_normal((48, f.dimension)).astype(np.float32)
            for f in (RELATIONAL, ATTRIBUTE)
        ]

    def prepare(self, image: Image.Image) -> UInt8:
        return np.asarray(image.resize((4, 4), Image.Resampling.BOX), dtype=np.uint8)

    def embed(self, prepared: Sequence[UInt8]) -> Vectors:
        assert not self.closed, "a closed model embeds nothing"
        time.sleep(self._seconds)
        pixels = np.stack(prepared).reshape(len(prepared), 48).astype(np.float32) - 127.5
        self.embedded += len(prepared)
        if self._log is not None:
            with self._log.open("a") as log:
                log.write(f"{len(prepared)}\n")
        relational, attribute = (_unit(pixels @ p) for p in self._projections)
        return Vectors(relational, None if self.attribute_fingerprint is None else attribute)

    def close(self) -> None:
        self.closed = True


def _unit(rows: Float32) -> Float32:
    unit: Float32 = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def draw_picture(path: Path, seed: int) -> Path:
    """Write a picture of 16 coloured fields that no other seed gives."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fields = np.random.default_rng(seed).integers(0, 256, (4, 4, 3), dtype=np.uint8)
    Image.fromarray(fields).resize((32, 32), Image.Resampling.NEAREST).save(path)
    return path
