"""What every metric is: a pair of pictures -> a number, in the metric's own direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from PIL.Image import Image

from engine.jobs import JobControl
from engine.types import Float32

Measures = Literal["relational", "attribute"]
"""Whether a metric is made to see what parts do to one another, or what things look like or are."""

Closer = Literal["high", "low"]
"""Which numbers are of pictures that are close: ``low`` for a distance."""


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """What is known of a metric before it is there.

    Attributes:
        id: For example ``clip-i``.
        title: For people, for example ``CLIP-I``.
        summary: One sentence on what it compares.
        measures: See `Measures`.
        closer: See `Closer`.
        range: Which numbers it gives, in words.
        source: What it is computed with: hub ids, packages.
        licence: Of the weights.
        extra: The optional extra of this package that it needs, or None.
        models: Ids in the catalogue of models of those that it usually runs on.
        paper: Mean score that the paper's judge gave to what it retrieved, 0..10 (method.md,
            "Evaluation"); None where the paper has none.
    """

    id: str
    title: str
    summary: str
    measures: Measures
    closer: Closer
    range: str
    source: str
    licence: str
    extra: str | None = None
    models: tuple[str, ...] = ()
    paper: float | None = None


class Metric(Protocol):
    """A metric with its weights in memory. Belongs to one thread. Deterministic on a processor.

    Pictures are upright and RGB, of any size; each metric prepares them as its model was trained.
    """

    @property
    def spec(self) -> MetricSpec:
        """What it is."""
        ...

    @property
    def fingerprint(self) -> str:
        """Metric, weights and preparation as one stable string: the key of what is cached."""
        ...

    def score(self, a: Image, b: Image, control: JobControl | None = None) -> float:
        """How close two pictures are, in the direction `MetricSpec.closer`.

        Args:
            a: A picture; the one that is captioned, for CLIP-T.
            b: Another.
            control: Cancel within one picture.

        Raises:
            Cancelled: If the control says so.
        """
        ...

    def scores(
        self, query: Image, others: Sequence[Image], control: JobControl | None = None
    ) -> Float32:
        """As `score`, of one picture with many.

        Args:
            query: A picture.
            others: n pictures.
            control: Progress in batches, and cancel within one.

        Returns:
            float32 ``[n]``, in the direction `MetricSpec.closer`.
        """
        ...

    def close(self) -> None:
        """Let go of memory; the metric is not used afterwards."""
        ...


@runtime_checkable
class EmbeddingMetric(Metric, Protocol):
    """A metric whose score is the dot product of unit vectors, so that retrieval is one product.

    Of DreamSim, whose low numbers are of close pictures, the score is one minus that product: for
    every metric of this kind the largest products are of the closest pictures.
    """

    def embed(self, images: Sequence[Image], control: JobControl | None = None) -> Float32:
        """Vectors of pictures as they lie in a database.

        Args:
            images: n pictures.
            control: Progress in pictures, and cancel within one batch.

        Returns:
            float32 ``[n, d]``, rows of L2 norm 1.
        """
        ...

    def embed_queries(self, images: Sequence[Image], control: JobControl | None = None) -> Float32:
        """Vectors of pictures that are asked about.

        They differ from `embed` for CLIP-T alone, which compares the text of a query's caption
        with the pictures of the database.

        Returns:
            float32 ``[n, d]``, rows of L2 norm 1.
        """
        ...
