"""What vectors find among test pictures whose relation and subject are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.estimates import Estimate, Float64, mean_estimates, share_estimates
from engine.types import Float32
from trainer.evaluation.ranking import average_precision, share_above
from trainer.relbench.retrieval import caption_ranks
from trainer.scenes import NONE

FIRST = 10
_SEED = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What each query found.

    Attributes:
        nearest: int64 ``[q, 10]``, places of the first ten, best first.
        same: float64 ``[q]``, 1 where the first shows the query's relation, else 0.
        found: float64 ``[q]``, 1 where one of the first ten does.
        precision: float64 ``[q]``, average precision.
        conflict: float64 ``[q]``, share of triplets where a picture of the same relation and
            another subject is nearer than one of the same subject and another relation.
        subject: float64 ``[q]``, 1 where the first shows the query's subject.
    """

    nearest: NDArray[np.int64]
    same: Float64
    found: Float64
    precision: Float64
    conflict: Float64
    subject: Float64


class TestSet:
    """Test pictures: those of relations ask, all are searched among.

    Args:
        relations: Of each picture; ``none`` for a distractor.
        subjects: Of each picture; empty for a distractor.
    """

    __test__ = False  # not a class of tests, whatever its name says to a collector

    def __init__(self, relations: list[str], subjects: list[str]) -> None:
        self.relations, self.subjects = np.array(relations), np.array(subjects)
        self.queries = np.flatnonzero(self.relations != NONE)
        self.clusters = self.relations[self.queries]
        # Equal scores keep the order of places, which must tell nothing.
        self._order = np.random.default_rng(_SEED).permutation(len(relations))

    def ask(self, vectors: Float32) -> Outcome:
        """Search for every query among all pictures but itself, which is left out by its place.

        Args:
            vectors: float32 ``[n, d]``, rows of norm 1.
        """
        rows = [self._ask(vectors, int(query)) for query in self.queries]
        nearest = np.stack([row[0] for row in rows])
        figures = np.array([row[1] for row in rows], np.float64).T
        return Outcome(nearest, *figures)

    def by_lot(self) -> dict[str, float]:
        """What an order drawn by lot reaches."""
        others = len(self.relations) - 1
        alike = np.array([(self.relations == name).sum() - 1 for name in self.clusters])
        there = np.array(
            [(self.subjects == name).sum() - 1 for name in self.subjects[self.queries]]
        )
        none = np.ones(len(alike))
        for place in range(min(FIRST, others)):
            none *= np.clip((others - alike - place) / (others - place), 0, 1)
        return {
            "relation": float((alike / others).mean()),
            "r10": float((1 - none).mean()),
            "map": float((alike / others).mean()),
            "conflict": 0.5,
            "subject": float((there / others).mean()),
        }

    def estimates(self, outcome: Outcome) -> dict[str, Estimate]:
        """Means with intervals; queries of one relation stand or fall together."""
        parts = (outcome.same, outcome.found, outcome.precision, outcome.conflict, outcome.subject)
        found = share_estimates(np.stack(parts), self.clusters)
        names = ("relation", "r10", "map", "conflict", "subject")
        return {"score": _times_ten(found[0]), **dict(zip(names, found, strict=True))}

    def captions(self, vectors: Float32, texts: Float32, owners: list[str]) -> dict[str, Estimate]:
        """Where a wording of each query's relation comes among those of all relations.

        Args:
            vectors: float32 ``[n, 384]``, in the text encoder's space.
            texts: float32 ``[m, 384]``, vectors of wordings.
            owners: Relation of each wording.

        Returns:
            ``caption_r1``, share whose nearest wording is one of its relation; ``caption_rank``,
            the mean place of the best one, where wordings of one's own do not count.
        """
        names, codes = np.unique(np.array(owners), return_inverse=True)
        right = np.searchsorted(names, self.clusters)
        ranks = caption_ranks(vectors[self.queries], texts, codes, right)
        (first,) = share_estimates((ranks <= 1).astype(np.float64)[None], self.clusters)
        (rank,) = mean_estimates(ranks[None].astype(np.float64), self.clusters)
        return {"caption_r1": first, "caption_rank": rank}

    def compare(self, tested: Outcome, other: Outcome) -> dict[str, Any]:
        """One method against another on the same queries.

        Returns:
            ``difference``, an estimate of the mean score's difference on 0..10; ``wins``,
            ``ties``, ``losses``, estimates of shares: only the tested method's first shows the
            relation, both or neither, only the other's; ``map`` and ``conflict``, estimates of the
            differences of these figures.
        """
        gap = tested.same - other.same
        further = (tested.precision - other.precision, tested.conflict - other.conflict)
        gaps = share_estimates(np.stack([gap, *further]), self.clusters, least=-1.0)
        won = np.stack([gap > 0, gap == 0, gap < 0]).astype(np.float64)
        shares = share_estimates(won, self.clusters)
        found = dict(zip(("wins", "ties", "losses"), shares, strict=True))
        found |= dict(zip(("difference", "map", "conflict"), gaps, strict=True))
        found["difference"] = _times_ten(found["difference"])
        return {name: part.document() for name, part in found.items()}

    def _ask(
        self, vectors: Float32, query: int
    ) -> tuple[NDArray[np.int64], tuple[float, float, float, float, float]]:
        scores = vectors @ vectors[query]
        mixed = self._order[self._order != query]
        order = mixed[np.argsort(-scores[mixed], kind="stable")]
        alike = self.relations == self.relations[query]
        own = self.subjects == self.subjects[query]
        hits = alike[order]
        places = np.arange(len(scores)) != query
        conflict = share_above(scores[alike & ~own & places], scores[own & ~alike & places])
        return order[:FIRST], (
            float(hits[0]),
            float(hits[:FIRST].any()),
            average_precision(hits),
            conflict,
            float(own[order[0]]),
        )


def _times_ten(share: Estimate) -> Estimate:
    """As the judge of the paper counts."""
    assert share.low is not None
    assert share.high is not None
    return Estimate(10 * share.value, 10 * share.low, 10 * share.high, share.n)
