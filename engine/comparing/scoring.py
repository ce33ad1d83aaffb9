"""Two pictures scored by every model that is installed, and many pictures with one another."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from engine.errors import DecodeError, ModelError, QueryError
from engine.imaging import decode, naming
from engine.jobs import JobControl
from engine.model_set import ModelSet
from engine.model_thread import ModelThread
from engine.models.catalogue import card, catalogue
from engine.models.chosen import ChosenModels, ModelRequest, choose
from engine.search.answers import Picture
from engine.search.queries import QueryResolver
from engine.search.searcher import Searcher
from engine.types import Description, Embedder, Failure, Float32, Query

if TYPE_CHECKING:
    from engine.comparing.metric_scores import MetricScore
    from engine.models.large import LargeModel
    from engine.service import Engine


@dataclass(frozen=True, slots=True)
class ModelScore:
    """What one model says of a pair. Numbers of two models are never compared or averaged.

    Attributes:
        model: Its id.
        relational: Cosine in -1..1; None if there was trouble.
        attribute: Cosine in -1..1; None for a large model, which gives no looks, or after trouble.
        percentile: Share in percent of the library's random pairs that this model finds less alike;
            None where it knows too few of them.
        seconds: What it took, loading included.
        trouble: Why there is no score, in one sentence.
    """

    model: str
    relational: float | None = None
    attribute: float | None = None
    percentile: float | None = None
    seconds: float = 0.0
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class ScoringModel:
    """A model that can be asked.

    Attributes:
        model: Its id.
        is_large: Whether it has to be loaded for the question, which takes a while.
        memory: Bytes that it needs at least; 0 where that is not known.
    """

    model: str
    is_large: bool
    memory: int


@dataclass(frozen=True, slots=True)
class ScoreMatrix:
    """Pictures, each scored with each by one model.

    Attributes:
        queries: Those n that could be read, in the order they were given.
        positions: Where each of them stood among all that were given.
        relational: float32 ``[n, n]``, cosines; symmetric, ones on the diagonal.
        attribute: float32 ``[n, n]``, the same of looks, which are always the small model's.
        percentile: float64 ``[n, n]``, as in `engine.types.Neighbor`; NaN on the diagonal.
        descriptions: The n captions.
        model: Id of the model whose scores `relational` are.
        failures: Pictures that could not be read, with the reason.
    """

    queries: tuple[Query, ...]
    positions: tuple[int, ...]
    relational: Float32
    attribute: Float32
    percentile: NDArray[np.float64]
    descriptions: tuple[Description, ...]
    model: str
    failures: tuple[Failure, ...] = ()


class Scoring:
    """Scores pairs with the models of an engine, and with those it has not chosen. Thread-safe.

    Nothing is stored: vectors of the library are read, others are made and forgotten.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def models(self) -> list[ScoringModel]:
        """What `by_models` asks: the small model, the large one that ranks, other installed ones.

        Reads the models folder; no weights.
        """
        with self._engine.lend() as models:
            found = [ScoringModel(models.small.model, False, 0)]
            large = [models.large.model] if models.large is not None else []
        large += [
            known.id
            for known in catalogue()
            if known.kind == "relational" and known.id not in large and self._is_there(known.id)
        ]
        return found + [ScoringModel(one, True, _memory(one)) for one in large]

    def by_models(
        self, a: Query, b: Query, control: JobControl | None = None
    ) -> Iterator[ModelScore]:
        """Score two pictures with each model of `models`, one after another.

        A model that fails has its trouble in its score, and the others go on. One that was not
        loaded for this library is unloaded again before the next.

        Args:
            a: A picture.
            b: Another.
            control: Progress in models, and cancel between them.

        Raises:
            DecodeError: If a file cannot be read.
            QueryError: If the library has no such image.
            Cancelled: If the control says so.
        """
        control = control or JobControl()
        asked = self.models()
        for done, one in enumerate(asked):
            control.checkpoint()
            control.report(one.model, done, len(asked))
            began = time.monotonic()
            try:
                score = self._by_large(one.model, a, b) if one.is_large else self._by_small(a, b)
            except (DecodeError, QueryError):
                raise
            except (ModelError, MemoryError, RuntimeError, OSError) as error:
                score = ModelScore(one.model, trouble=str(error) or type(error).__name__)
            yield replace(score, seconds=time.monotonic() - began)
        control.report("", len(asked), len(asked))

    def by_metrics(
        self,
        a: Query,
        b: Query,
        control: JobControl | None = None,
        *,
        folders: Mapping[str, Path] | None = None,
    ) -> Iterator[MetricScore]:
        """Score two pictures with each metric of `engine.metrics` that no model stands for.

        One that is not ready says why in its score; one that fails has its trouble there. Each is
        loaded when its turn comes, and let go of before the next.

        Args:
            a: A picture.
            b: Another.
            control: Progress in metrics; cancel within one picture, but not while a model is
                loaded.
            folders: Where weights lie, by the id of their metric.

        Raises:
            DecodeError: If a file cannot be read.
            QueryError: If the library has no such image, or it is offline.
            Cancelled: If the control says so.
        """
        from engine.comparing.metric_scores import min_side, score_by_metrics

        control = control or JobControl()
        pair = [self._pixels(query, min_side(folders)) for query in (a, b)]
        control.checkpoint()
        yield from score_by_metrics(pair[0], pair[1], self._engine.manager, folders, control)

    def is_prompt(self, queries: Sequence[Query]) -> bool:
        """Whether `matrix` needs no large model to run; files that cannot be read do not count."""
        for query in queries:
            try:
                if not self._engine.is_prompt(query):
                    return False
            except (DecodeError, QueryError):
                continue
        return True

    def matrix(
        self, queries: Sequence[Query], control: JobControl | None = None, *, quick: bool = False
    ) -> ScoreMatrix:
        """Score each picture with each.

        The model that ranks scores them, or the small one where the other cannot take one of the
        pictures (an offline one that it has not seen): one matrix is one model's.

        Args:
            queries: Two or more pictures.
            control: Progress in pictures, and cancel.
            quick: By the small model, whatever model was chosen.

        Raises:
            QueryError: If fewer than two can be read.
            ModelError: If a model is needed and cannot be loaded.
            Cancelled: If the control says so.
        """
        control = control or JobControl()
        read: list[tuple[int, Picture]] = []
        failures: list[Failure] = []
        with self._engine.lend() as models:
            for done, query in enumerate(queries):
                control.checkpoint()
                control.report("", done, len(queries), len(failures))
                try:
                    read.append((done, models.queries.picture(query, quick=quick)))
                except (DecodeError, QueryError) as error:
                    failures.append(Failure(self._path_of(query), str(error)))
            control.report("", len(queries), len(queries), len(failures))
            if len(read) < 2:
                raise QueryError(
                    "A matrix needs at least two pictures that can be read"
                    + (f": {failures[0].reason}" if failures else "")
                )
            return self._matrix_of(models, queries, read, tuple(failures))

    def _matrix_of(
        self,
        models: ModelSet,
        queries: Sequence[Query],
        read: Sequence[tuple[int, Picture]],
        failures: tuple[Failure, ...],
    ) -> ScoreMatrix:
        pictures = [picture for _, picture in read]
        small = np.stack([picture.relational for picture in pictures])
        vectors = [picture.large for picture in pictures if picture.large is not None]
        searcher, rows = models.small, small
        if models.large is not None and len(vectors) == len(pictures):
            searcher, rows = models.large, np.stack(vectors)
        relational = _cosines(rows)
        pairs = searcher.sample().pairs
        percentile = pairs.percentile(relational.ravel()).reshape(relational.shape)
        np.fill_diagonal(percentile, np.nan)
        ids = [-1 if picture.image_id is None else picture.image_id for picture in pictures]
        return ScoreMatrix(
            queries=tuple(queries[position] for position, _ in read),
            positions=tuple(position for position, _ in read),
            relational=relational,
            attribute=_cosines(np.stack([picture.attribute for picture in pictures])),
            percentile=percentile,
            descriptions=tuple(self._engine.descriptions.of(models, ids, small)),
            model=searcher.model,
            failures=failures,
        )

    def _by_small(self, a: Query, b: Query) -> ModelScore:
        with self._engine.lend() as models:
            first, second = (models.queries.picture(query, quick=True) for query in (a, b))
            relational = float(first.relational @ second.relational)
            attribute = float(first.attribute @ second.attribute)
            place = _percentile(models.small, relational)
            return ModelScore(models.small.model, relational, attribute, place)

    def _by_large(self, model: str, a: Query, b: Query) -> ModelScore:
        with self._engine.lend() as models, self._large(model, models) as (searcher, resolver):
            vectors = [resolver.picture(query, quick=False).large for query in (a, b)]
            if vectors[0] is None or vectors[1] is None:
                raise ModelError(
                    f"A picture is offline, and {model} has not seen it: bring its drive back"
                )
            relational = float(vectors[0] @ vectors[1])
            return ModelScore(model, relational, None, _percentile(searcher, relational))

    @contextmanager
    def _large(self, model: str, models: ModelSet) -> Iterator[tuple[Searcher, QueryResolver]]:
        """A large model's view of the library; it is loaded when it first has to look."""
        if models.large is not None and models.large.model == model:
            yield models.large, models.queries
            return
        engine = self._engine
        chosen = choose(ModelRequest(model=model), engine.manager, engine.quantisation)
        assert chosen.relsim is not None, "it is a relsim checkpoint"
        searcher = Searcher(
            engine.store,
            chosen.relsim.fingerprint,
            models.attribute,
            engine.library_dir / "cache",
        )
        thread = ModelThread(lambda: _load(chosen))
        try:
            yield (
                searcher,
                QueryResolver(
                    engine.store,
                    models.small,
                    models.looks,
                    models.small_embedder,
                    large=searcher,
                    large_embedder=thread.part(_embedder_of),
                ),
            )
        finally:
            thread.close()

    def _pixels(self, query: Query, min_side: int) -> Image:
        """A picture itself, its shorter side no smaller than that unless the file is."""
        if isinstance(query, Image):
            return query.convert("RGB")
        path = query if isinstance(query, Path) else self._engine.store.path_of(query)
        if path is None:
            raise QueryError("That picture is offline: bring its drive back")
        with naming(path):
            return decode(path.expanduser(), min_side=min_side)

    def _is_there(self, model: str) -> bool:
        status = self._engine.manager.status(model)
        return status.state == "installed" and not status.missing

    def _path_of(self, query: Query) -> Path:
        if isinstance(query, Path):
            return query
        path = self._engine.store.path_of(query) if isinstance(query, int) else None
        return path or Path()


def _load(chosen: ChosenModels) -> LargeModel:
    from engine.models.large import LargeModel  # brings torch, in the model's own thread

    return LargeModel.load(chosen.relsim, None, chosen.precisions, compiles=chosen.compiles)


def _embedder_of(model: LargeModel) -> Embedder:
    assert model.embedder is not None, "a relsim checkpoint was chosen"
    return model.embedder


def _memory(model: str) -> int:
    """Bytes that a large model needs at least."""
    try:
        return min(card(model).memory.values(), default=0)
    except ModelError:  # a checkpoint that the catalogue does not know
        return 0


def _cosines(rows: Float32) -> Float32:
    """Of unit rows float32 ``[n, d]``: float32 ``[n, n]``, exactly symmetric."""
    cosines: Float32 = np.clip(rows @ rows.T, -1.0, 1.0).astype(np.float32)
    cosines = (cosines + cosines.T) / np.float32(2)
    np.fill_diagonal(cosines, 1.0)
    return cosines


def _percentile(searcher: Searcher, relational: float) -> float | None:
    place = float(searcher.sample().pairs.percentile(np.asarray([relational], np.float32))[0])
    return None if math.isnan(place) else place
