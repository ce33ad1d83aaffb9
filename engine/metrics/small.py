"""The bundled small model, or one like it: its relational and its attribute vector as metrics."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Self

from PIL.Image import Image

from engine.jobs import JobControl
from engine.metrics.interface import MetricSpec
from engine.metrics.vectors import VectorMetric
from engine.models.mini import BATCH_SIZE, OnnxEmbedder
from engine.models.registry import find_model
from engine.types import Float32


class SmallModelMetric(VectorMetric):
    """One of the two vectors that a model folder gives.

    Args:
        spec: What it is.
        embedder: The model.
        role: Which of its vectors.
    """

    def __init__(
        self, spec: MetricSpec, embedder: OnnxEmbedder, role: Literal["relational", "attribute"]
    ) -> None:
        super().__init__(spec, embedder.spec.fingerprint(role).key, BATCH_SIZE)
        self._embedder = embedder
        self._role = role

    @classmethod
    def load(
        cls,
        spec: MetricSpec,
        folder: Path | None,
        role: Literal["relational", "attribute"],
    ) -> Self:
        """Load a model folder; None for the bundled model.

        Raises:
            ModelError: If there is no such model, or it is damaged.
        """
        return cls(spec, OnnxEmbedder.load(find_model(folder)), role)

    def vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """See `VectorMetric.vectors`."""
        both = self._embedder.embed([self._embedder.prepare(image) for image in images])
        chosen = both.relational if self._role == "relational" else both.attribute
        assert chosen is not None, "a model folder gives both"
        return chosen

    def close(self) -> None:
        """Drop the session, and the weights with it."""
        self._embedder.close()
