"""The bundled small model, or one like it: its relational and its attribute vector as metrics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from PIL.Image import Image

from engine.jobs import JobControl
from engine.metrics.interface import Measures, MetricSpec
from engine.metrics.sources import Sources
from engine.metrics.vectors import VectorMetric
from engine.models.mini import BATCH_SIZE, OnnxEmbedder
from engine.models.registry import find_model
from engine.models.spec import ModelSpec
from engine.types import Float32


class SmallModelMetric(VectorMetric):
    """One of the two vectors that a model folder gives.

    Args:
        spec: What it is.
        embedder: The model.
        role: Which of its vectors.
    """

    def __init__(self, spec: MetricSpec, embedder: OnnxEmbedder, role: Measures) -> None:
        super().__init__(spec, embedder.spec.fingerprint(role).key, BATCH_SIZE)
        self._embedder = embedder
        self._role = role

    @staticmethod
    def find(sources: Sources) -> ModelSpec:
        """The model folder: what is said, or the bundled model.

        Raises:
            ModelError: If it is missing, or its specification is damaged.
        """
        return find_model(sources.folder)

    @classmethod
    def load(cls, sources: Sources) -> Self:
        """Load it; `MetricSpec.measures` says which vector is meant.

        Raises:
            ModelError: If it is missing or damaged.
        """
        embedder = OnnxEmbedder.load(cls.find(sources))
        return cls(sources.spec, embedder, sources.spec.measures)

    def vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """See `VectorMetric.vectors`."""
        both = self._embedder.embed([self._embedder.prepare(image) for image in images])
        chosen = both.relational if self._role == "relational" else both.attribute
        assert chosen is not None, "a model folder gives both"
        return chosen

    def close(self) -> None:
        """Drop the session, and the weights with it."""
        self._embedder.close()
