"""What metrics share that compare pictures by unit vectors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

import numpy as np
from PIL.Image import Image

from engine.jobs import JobControl
from engine.metrics.interface import MetricSpec
from engine.types import Float32


class VectorMetric(ABC):
    """See `engine.metrics.interface.EmbeddingMetric`.

    Args:
        spec: What it is.
        fingerprint: Metric, weights and preparation.
        batch_size: Pictures of one forward pass.
    """

    def __init__(self, spec: MetricSpec, fingerprint: str, batch_size: int) -> None:
        self.spec = spec
        self.fingerprint = fingerprint
        self.batch_size = batch_size

    @abstractmethod
    def vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """Vectors of one batch of pictures, float32 ``[n, d]``, of any norm but zero."""

    def query_vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """The same for pictures that are asked about."""
        return self.vectors(images, control)

    @abstractmethod
    def close(self) -> None:
        """Let go of memory; the metric is not used afterwards."""

    def embed(self, images: Sequence[Image], control: JobControl | None = None) -> Float32:
        """See `engine.metrics.interface.EmbeddingMetric.embed`."""
        return self._all(self.vectors, images, control)

    def embed_queries(self, images: Sequence[Image], control: JobControl | None = None) -> Float32:
        """See `engine.metrics.interface.EmbeddingMetric.embed_queries`."""
        return self._all(self.query_vectors, images, control)

    def score(self, a: Image, b: Image, control: JobControl | None = None) -> float:
        """See `scores`."""
        return float(self.scores(a, [b], control)[0])

    def scores(
        self, query: Image, others: Sequence[Image], control: JobControl | None = None
    ) -> Float32:
        """Of one picture with each of n, float32 ``[n]``.

        The cosine in -1..1, or one minus it where the metric's low numbers are of close pictures.
        """
        if not others:
            return np.empty(0, np.float32)
        asked = self.embed_queries([query], control)[0]
        cosines = np.clip(self.embed(others, control) @ asked, -1.0, 1.0)
        scores: Float32 = cosines if self.spec.closer == "high" else np.float32(1) - cosines
        return scores

    def _all(
        self,
        vectors: Callable[[Sequence[Image], JobControl], Float32],
        images: Sequence[Image],
        control: JobControl | None,
    ) -> Float32:
        control = control or JobControl()
        parts = []
        for start in range(0, len(images), self.batch_size):
            control.checkpoint()
            if len(images) > self.batch_size:  # a pair is no progress worth a report
                control.report(self.spec.title, start, len(images))
            parts.append(unit_rows(vectors(images[start : start + self.batch_size], control)))
        if not parts:
            raise ValueError("there must be a picture to embed")
        return np.concatenate(parts)


def unit_rows(vectors: Float32) -> Float32:
    """Rows scaled to L2 norm 1 in double precision.

    Args:
        vectors: float32 ``[n, d]``.
    """
    wide = np.asarray(vectors, np.float64)
    unit: Float32 = (wide / np.linalg.norm(wide, axis=1, keepdims=True)).astype(np.float32)
    return unit
