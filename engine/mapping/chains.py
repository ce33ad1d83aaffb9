"""Chains of analogies: from one picture to another through the library, or wherever it leads.

A chain between two pictures is a path whose weakest link is as strong as can be (the widest path),
among pictures near both ends and near what lies between them. A link never joins look-alikes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import QueryError
from engine.model_set import ModelSet
from engine.search.answers import Picture
from engine.search.ranking import NEAR_IDENTICAL
from engine.search.searcher import Searcher
from engine.service import Engine
from engine.types import Description, Float32, Query

MOST_STEPS: Final = 12
"""Links of the longest chain."""

_WAYPOINTS: Final = 9
_POOL: Final = 120  # nearest pictures of each waypoint that may be stations
_WALK_POOL: Final = 240
_WALK_CHOICE: Final = 4
_LOOK_ALIKE: Final = 0.99
"""Share of the library's random pairs that look less alike than look-alikes do."""


@dataclass(frozen=True, slots=True)
class Station:
    """A picture of a chain.

    Attributes:
        image_id: The library's image; None for an end from outside.
        path: One file that shows it; None for an end that is no file.
    """

    image_id: int | None
    path: Path | None


@dataclass(frozen=True, slots=True)
class Link:
    """What leads from one picture of a chain to the next.

    Attributes:
        relational: Cosine in -1..1 of the model that ranked.
        attribute: Cosine in -1..1: how alike the two look.
        percentile: As `Neighbor.percentile`.
        shared: The bank's caption that fits both; its text is None where none is clear.
    """

    relational: float
    attribute: float
    percentile: float
    shared: Description


@dataclass(frozen=True, slots=True)
class Chain:
    """Pictures, each near the one before it by logic; no picture comes twice.

    Attributes:
        stations: The pictures, at least one.
        links: One fewer: what joins each to the next.
        model: Id of the model that ranked.
    """

    stations: tuple[Station, ...]
    links: tuple[Link, ...]
    model: str

    @property
    def weakest(self) -> int | None:
        """The link with the lowest relational similarity; None if there is no link."""
        scores = [link.relational for link in self.links]
        return scores.index(min(scores)) if scores else None


@dataclass(frozen=True, slots=True)
class _Pool:
    """Pictures of which a chain is made.

    Attributes:
        ids: The image of each; None for an end from outside the library.
        ends: The paths of ends from outside.
        relational: float32 ``[n, d]``, of the model that ranks.
        small: float32 ``[n, 384]``, the small model's.
        looks: float32 ``[n, a]``.
    """

    ids: tuple[int | None, ...]
    ends: dict[int, Path | None]
    relational: Float32
    small: Float32
    looks: Float32


class Chains:
    """Finds chains in an engine's library. Thread-safe.

    Args:
        engine: With the library and the models.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def between(
        self, a: Query, b: Query, steps: int = 5, *, avoid: Collection[int] = frozenset()
    ) -> Chain:
        """The best chain from one picture to another.

        Its weakest link is as strong as it can be with so many steps; among chains of that
        strength it is the shortest, and of these the one with the strongest links altogether.

        Args:
            a: Where it starts.
            b: Where it ends.
            steps: Links at most, 1 to `MOST_STEPS`.
            avoid: Images that are no stations, for another way than the last.

        Raises:
            QueryError: If the two are the same or look alike and nothing leads round, or the
                library is empty.
            DecodeError: If a file cannot be read.
            ModelError: If a model is needed and cannot be loaded.
        """
        steps = min(max(steps, 1), MOST_STEPS)
        with self._engine.lend() as models:
            searcher, (first, last) = self._resolved(models, a, b)
            if first.image_id is not None and first.image_id == last.image_id:
                raise QueryError("A chain needs two different pictures: choose another end")
            pool = self._pool(models, searcher, (a, b), (first, last), avoid)
            weight = pool.relational @ pool.relational.T
            weight[pool.looks @ pool.looks.T >= _look_alike(searcher)] = -np.inf
            np.fill_diagonal(weight, -np.inf)
            path = _widest(weight, steps)
            if path is None:
                raise QueryError(
                    "These two look alike, and no picture leads from one to the other: choose"
                    " another end, or more steps"
                )
            return self._chain(models, searcher, pool, path)

    def walk(
        self, a: Query, steps: int = 6, *, surprise: float = 0.5, seed: int | None = None
    ) -> Chain:
        """Wander: each picture is near the one before by logic, and looks unlike it.

        Args:
            a: Where it starts.
            steps: Links at most; fewer where it comes to an end.
            surprise: 0.0 stays as near as can be; towards 1.0, looks matter as much as logic.
            seed: The same seed walks the same way; None walks another way each time.

        Raises:
            QueryError: If the library is empty, or has no such image.
            DecodeError: If the file cannot be read.
            ModelError: If a model is needed and cannot be loaded.
        """
        generator = np.random.default_rng(seed)
        with self._engine.lend() as models:
            searcher, (first,) = self._resolved(models, a)
            relational, looks = [_ranked_by(searcher, models, first)], [first.attribute]
            small, ids = [first.relational], [first.image_id]
            limit = _look_alike(searcher)
            pairs = searcher.sample().pairs
            for _ in range(min(max(steps, 1), MOST_STEPS)):
                been = frozenset(image_id for image_id in ids if image_id is not None)
                hits = searcher.nearest(relational[-1], _WALK_POOL, been)
                known = hits.ids[models.small.has(hits.ids)]
                scores = hits.scores[np.isin(hits.ids, known)]
                seen = models.looks(known.tolist())
                alike = (seen @ np.stack(looks).T).max(axis=1)  # unlike all that came before
                fits = np.flatnonzero(alike < limit)
                if not len(fits):
                    break
                keys = pairs.surprise(scores[fits], (seen @ looks[-1])[fits], surprise)
                best = fits[np.argsort(-keys, kind="stable")[:_WALK_CHOICE]]
                chosen = int(best[generator.integers(len(best))])
                image_id = int(known[chosen])
                ids.append(image_id)
                looks.append(seen[chosen])
                relational.append(searcher.vectors([image_id])[0])
                small.append(models.small.vectors([image_id])[0])
            pool = _Pool(
                tuple(ids),
                {0: _path(a)},
                np.stack(relational),
                np.stack(small),
                np.stack(looks),
            )
            return self._chain(models, searcher, pool, range(len(ids)))

    def _resolved(self, models: ModelSet, *queries: Query) -> tuple[Searcher, list[Picture]]:
        """The model that ranks, and what it makes of the queries.

        A large model ranks if it has seen the library and does not have to run for these.
        """
        large = models.large is not None and models.answers.is_complete()
        large = large and all(models.queries.is_prompt(query) for query in queries)
        pictures = [models.queries.picture(query, quick=not large) for query in queries]
        if large and models.large is not None and all(p.large is not None for p in pictures):
            return models.large, pictures
        return models.small, pictures

    def _pool(
        self,
        models: ModelSet,
        searcher: Searcher,
        queries: tuple[Query, Query],
        ends: tuple[Picture, Picture],
        avoid: Collection[int],
    ) -> _Pool:
        """Both ends, and the pictures near them and near what lies between them."""
        a, b = (_ranked_by(searcher, models, end) for end in ends)
        own = frozenset(end.image_id for end in ends if end.image_id is not None)
        ids: dict[int, None] = {}
        for share in np.linspace(0, 1, _WAYPOINTS):
            point = (1 - share) * a + share * b
            length = float(np.linalg.norm(point))
            if length > 1e-6:
                hits = searcher.nearest((point / length).astype(np.float32), _POOL, own)
                ids.update(dict.fromkeys(hits.ids.tolist()))
        stations = np.array([i for i in ids if i not in avoid], np.int64)
        stations = stations[models.small.has(stations)]
        found = stations.tolist()
        return _Pool(
            (ends[0].image_id, ends[1].image_id, *found),
            {0: _path(queries[0]), 1: _path(queries[1])},
            np.concatenate([a[None], b[None], searcher.vectors(found)]),
            np.concatenate([[e.relational for e in ends], models.small.vectors(found)]),
            np.concatenate([[e.attribute for e in ends], models.looks(found)]),
        )

    def _chain(
        self, models: ModelSet, searcher: Searcher, pool: _Pool, path: Sequence[int]
    ) -> Chain:
        rows = list(path)
        paths = self._engine.store.paths_of([i for row in rows if (i := pool.ids[row]) is not None])
        stations = []
        for row in rows:
            image_id = pool.ids[row]
            there = pool.ends.get(row) or (None if image_id is None else paths.get(image_id))
            stations.append(Station(image_id, there))
        one, two = rows[:-1], rows[1:]
        if not one:
            return Chain(tuple(stations), (), searcher.model)
        relational = np.einsum("nd,nd->n", pool.relational[one], pool.relational[two])
        attribute = np.einsum("nd,nd->n", pool.looks[one], pool.looks[two])
        percentile = searcher.sample().pairs.percentile(relational)
        # Not made unit vectors: the cosines of a mean are the means of both pictures' own.
        means = np.asarray((pool.small[one] + pool.small[two]) / 2, np.float32)
        shared = models.bank.describe(means)
        links = [
            Link(float(r), float(a), float(p), description)
            for r, a, p, description in zip(relational, attribute, percentile, shared, strict=True)
        ]
        return Chain(tuple(stations), tuple(links), searcher.model)


def _ranked_by(searcher: Searcher, models: ModelSet, picture: Picture) -> Float32:
    if searcher is models.small or picture.large is None:
        return picture.relational
    return picture.large


def _path(query: Query) -> Path | None:
    return query if isinstance(query, Path) else None


def _look_alike(searcher: Searcher) -> float:
    """The attribute cosine from which two pictures look alike, in this library."""
    looks = searcher.sample().pairs.attribute
    if len(looks) < 100:  # too few to say more than that two are one shot
        return NEAR_IDENTICAL
    return min(NEAR_IDENTICAL, float(np.quantile(looks, _LOOK_ALIKE)))


def _widest(weight: Float32, steps: int) -> list[int] | None:
    """The path from row 0 to row 1 whose least weight is greatest.

    Args:
        weight: float32 ``[n, n]``, symmetric; -inf where there is no link.
        steps: Links at most.

    Returns:
        Rows from 0 to 1; None if there is no path.
    """
    width = weight[0].copy()  # the greatest least weight to each row, in so many steps
    widths = [width]
    for _ in range(steps - 1):
        width = np.minimum(width[:, None], weight).max(axis=0)
        widths.append(width)
    best = max(float(w[1]) for w in widths)
    if best == -np.inf:
        return None
    length = next(i for i, w in enumerate(widths) if w[1] >= best) + 1
    # With the fewest links no row comes twice, so the sums may be taken one link at a time.
    allowed = np.where(weight >= best, weight, -np.inf)
    total, before = allowed[0].copy(), list[NDArray[np.intp]]()
    for _ in range(length - 1):
        sums = total[:, None] + allowed
        before.append(sums.argmax(axis=0))
        total = sums.max(axis=0)
    path = [1]
    for step in reversed(before):
        path.append(int(step[path[-1]]))
    return [0, *reversed(path)]
