"""What each method finds first for a picture, among the pictures of the library.

Every picture of the library is compared, so that no index decides what a person sees. The query is
left out by its id, never by its rank (method.md, "Traps").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import DecodeError, ModelError, QueryError
from engine.imaging import decode, naming
from engine.jobs import JobControl
from engine.models.catalogue import card, catalogue
from engine.models.chosen import ModelRequest, choose
from engine.search.answers import Picture
from engine.study.values import Method
from engine.types import Fingerprint, Float32

if TYPE_CHECKING:
    from PIL.Image import Image

    from engine.metrics.interface import Metric
    from engine.model_set import ModelSet
    from engine.service import Engine

ATTRIBUTE = "attribute"
"""Id of the method that finds by looks: the small model's attribute vector."""

_OF_MODELS = frozenset({"relsim", "relsim-mini", ATTRIBUTE})
"""Metrics that are models' vectors, which the library has already."""

_COMPLETE = 0.99
"""Share of the library that a model must have embedded to be a method; see `Answers`."""

_CHUNK = 32  # pictures that a metric sees at once
_SIDE = 512  # pixels that their shorter side keeps: more than any metric looks at


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture that the methods are asked about.

    Attributes:
        path: Its file.
        image_id: The library's image, which is no hit for itself; None if it is not in the library.
    """

    path: Path
    image_id: int | None


def methods(engine: Engine) -> list[Method]:
    """The methods that can be asked about the library now; loads nothing.

    These are the relational vectors of each model that has embedded the library, the attribute
    vectors, and the metrics that are ready, which have to look at every picture first.
    """
    with engine.lend() as models:
        found = [
            Method(models.small.model, _title(models.small.model)),
            Method(ATTRIBUTE, "looks (attribute vector)"),
        ]
        of = len(engine.store.image_ids(models.small.fingerprint))
        for fingerprint in _large(engine, models):
            seen = len(engine.store.image_ids(fingerprint))
            if of and seen >= _COMPLETE * of:
                found.append(Method(fingerprint.model, _title(fingerprint.model)))
    from engine.metrics.catalogue import metric_states

    ready = [state.spec for state in metric_states(engine.manager) if state.is_ready]
    return found + [Method(one.id, one.title) for one in ready if one.id not in _OF_MODELS]


def candidates(engine: Engine, chosen: Sequence[str]) -> NDArray[np.int64]:
    """Images that can be asked about: those that each of the models among the methods knows.

    Returns:
        int64 ``[n]``, ascending.
    """
    with engine.lend() as models:
        ids = engine.store.image_ids(models.small.fingerprint)
        for fingerprint in _large(engine, models):
            if fingerprint.model in chosen:
                ids = np.intersect1d(ids, engine.store.image_ids(fingerprint), assume_unique=True)
    return ids


def first_hits(
    engine: Engine, method: str, asked: Sequence[Asked], control: JobControl
) -> list[int]:
    """The image that a method finds first for each picture.

    Args:
        engine: The library.
        method: Id of one of `methods`.
        asked: The pictures.
        control: Progress in pictures, and cancel.

    Returns:
        An image id for each; of equal scores the lowest id.

    Raises:
        QueryError: If there is no such method, the library has no other picture, or the method
            has not seen a picture that is asked about and cannot look at it now.
        ModelError: If a model or metric is needed and cannot be loaded.
        Cancelled: If the control says so.
    """
    with engine.lend() as models:
        if method == ATTRIBUTE:
            looks = [_picture(models, one, control).attribute for one in asked]
            return _nearest(_stored(engine, models, models.attribute), looks, asked, control)
        if method == models.small.model:
            vectors = [_picture(models, one, control).relational for one in asked]
            stored = _stored(engine, models, models.small.fingerprint)
            return _nearest(stored, vectors, asked, control)
        for fingerprint in _large(engine, models):
            if fingerprint.model == method:
                vectors = [_by_large(engine, models, fingerprint, one, control) for one in asked]
                return _nearest(_stored(engine, models, fingerprint), vectors, asked, control)
        database = engine.store.paths_of(engine.store.image_ids(models.small.fingerprint).tolist())
    return by_metric(engine, method, asked, database, control)


def _title(model: str) -> str:
    """A model's name for people; a checkpoint that the catalogue does not know has its id."""
    try:
        return card(model).title
    except ModelError:
        return model


def _large(engine: Engine, models: ModelSet) -> Iterator[Fingerprint]:
    """Of the large models that are here: the one that ranks, then others that the library knows.

    What a model that has embedded nothing would look like is not asked: it can take a while.
    """
    if models.large is not None:
        yield models.large.fingerprint
    used = {seen.model for seen in engine.store.coverage() if seen.images}
    for known in catalogue():
        if known.kind != "relational" or known.id not in used:
            continue
        if models.large is not None and models.large.model == known.id:
            continue
        status = engine.manager.status(known.id)
        if status.state == "installed" and not status.missing:
            found = choose(ModelRequest(model=known.id), engine.manager, engine.quantisation)
            assert found.relsim is not None, "it is a relsim checkpoint"
            yield found.relsim.fingerprint


def _picture(models: ModelSet, one: Asked, control: JobControl) -> Picture:
    control.checkpoint()
    return models.queries.picture(one.path if one.image_id is None else one.image_id, quick=True)


def _by_large(
    engine: Engine, models: ModelSet, fingerprint: Fingerprint, one: Asked, control: JobControl
) -> Float32:
    """A large model's vector of a query: the stored one, or that of the model that ranks."""
    control.checkpoint()
    if one.image_id is not None:
        try:
            vector: Float32 = engine.store.vectors(fingerprint, [one.image_id])[0]
        except KeyError:
            pass
        else:
            return vector
    if models.large is not None and models.large.fingerprint == fingerprint:
        query = one.path if one.image_id is None else one.image_id
        large = models.queries.picture(query, quick=False).large
        if large is not None:
            return large
    raise QueryError(
        f"{fingerprint.model} has not seen {one.path}: index the picture with that model first"
    )


def _stored(
    engine: Engine, models: ModelSet, fingerprint: Fingerprint
) -> tuple[NDArray[np.int64], Float32]:
    """Ids ``[n]``, ascending, and vectors ``[n, d]`` of the images that the small model knows."""
    ids, vectors = engine.store.all_vectors(fingerprint)
    seen = engine.store.image_ids(models.small.fingerprint)
    known = np.isin(ids, seen, assume_unique=True)
    return ids[known], vectors[known]


def _nearest(
    stored: tuple[NDArray[np.int64], Float32],
    queries: Sequence[Float32],
    asked: Sequence[Asked],
    control: JobControl,
) -> list[int]:
    """The nearest images by vectors ``[d]`` of the queries."""
    ids, vectors = stored
    best = _Best(asked)
    for position, query in enumerate(queries):
        control.checkpoint()
        control.report("Searching", position, len(asked))
        best.see(position, ids, vectors @ query)
    return best.ids()


class _Best:
    """The best image so far for each picture that is asked about."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._asked = asked
        self._ids = np.full(len(asked), -1, np.int64)
        self._scores = np.full(len(asked), -np.inf)

    def see(self, position: int, ids: NDArray[np.int64], scores: Float32) -> None:
        """Images with their scores, higher is closer, ids ascending from call to call."""
        myself = self._asked[position].image_id
        if myself is not None:
            scores = np.where(ids == myself, -np.inf, scores)
        if not len(ids):
            return
        first = int(np.argmax(scores))
        if scores[first] > self._scores[position]:
            self._ids[position], self._scores[position] = ids[first], scores[first]

    def ids(self) -> list[int]:
        """The answer.

        Raises:
            QueryError: If something has no other picture.
        """
        if np.any(self._ids < 0):
            raise QueryError("The library has too few pictures: index a folder first")
        found: list[int] = self._ids.tolist()
        return found


def by_metric(
    engine: Engine,
    name: str,
    asked: Sequence[Asked],
    database: dict[int, Path],
    control: JobControl,
) -> list[int]:
    """The same by a metric, which looks at each picture of the library once.

    Args:
        engine: The library.
        name: Id of a metric that is ready.
        asked: The pictures.
        database: The library's pictures by the ids of their images; what cannot be read any more
            is no hit.
        control: Progress in pictures of the library, and cancel.

    Raises:
        ModelError: If the metric cannot be loaded.
        DecodeError: If a picture that is asked about cannot be read.
        Cancelled: If the control says so.
    """
    from engine.metrics.catalogue import load_metric
    from engine.metrics.interface import EmbeddingMetric

    control.report("Loading", 0, None)
    metric = load_metric(name, engine.manager)
    best = _Best(asked)
    try:
        queries = [_decoded(one.path) for one in asked]
        vectors = None
        if isinstance(metric, EmbeddingMetric):
            vectors = metric.embed_queries(queries, _Quiet(control))
        failed = 0
        ids = sorted(database)
        for start in range(0, len(ids), _CHUNK):
            control.checkpoint()
            control.report("Looking", start, len(ids), failed)
            chunk: list[int] = []
            images: list[Image] = []
            for image_id in ids[start : start + _CHUNK]:
                try:
                    images.append(_decoded(database[image_id]))
                except DecodeError:  # gone since it was indexed: it is no hit
                    failed += 1
                else:
                    chunk.append(image_id)
            if chunk:
                found = _scores(metric, queries, vectors, images, _Quiet(control))
                for position, row in enumerate(found):
                    best.see(position, np.asarray(chunk), row)
    finally:
        metric.close()
    return best.ids()


def _scores(
    metric: Metric,
    queries: Sequence[Image],
    vectors: Float32 | None,
    images: Sequence[Image],
    control: JobControl,
) -> Float32:
    """How close each query is to each picture, higher is closer: float32 ``[m, n]``."""
    from engine.metrics.interface import EmbeddingMetric

    if vectors is not None and isinstance(metric, EmbeddingMetric):
        products: Float32 = vectors @ metric.embed(images, control).T
        return products
    rows = np.stack([metric.scores(query, images, control) for query in queries])
    return rows if metric.spec.closer == "high" else -rows


def _decoded(path: Path) -> Image:
    with naming(path):
        return decode(path, min_side=_SIDE)


class _Quiet(JobControl):
    """Passes cancel on; progress of a part would hide that of the whole."""

    def __init__(self, control: JobControl) -> None:
        super().__init__()
        self._control = control

    def checkpoint(self) -> None:
        self._control.checkpoint()

    @property
    def cancelled(self) -> bool:
        return self._control.cancelled
