"""All figures of the benchmark, as one document that can be printed, stored, rendered or drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.estimates import Estimate, Float64, mean_estimates, median_estimates
from engine.types import Float32
from trainer.evaluation.ranking import Labels
from trainer.relbench.annotations import CONDITIONS
from trainer.relbench.retrieval import (
    CAPTIONS_FIRST,
    Flags,
    Search,
    best_wordings,
    caption_ranks,
    ranks_by_lot,
    searched,
    searched_by_lot,
)
from trainer.relbench.rows import Row
from trainer.relbench.triplets import Names, Triplets, outcomes

CHANCE, SECOND_ANNOTATOR = "chance", "second annotator"

Table = dict[str, dict[str, Any]]
"""Row, then column, to what `Estimate.document` gives."""


@dataclass(frozen=True, slots=True)
class Captions:
    """What pictures are to be named by.

    Attributes:
        vectors: float32 ``[m, d]``, rows of norm 1.
        owners: int64 ``[m]``, the relation of each, ascending from 0.
        right: int64 ``[q]``, the relation of each query of the search that goes with them.
        as_wordings: Whether the captions of a relation compete as one, by the best of them.
    """

    vectors: Float32
    owners: Labels
    right: Labels
    as_wordings: bool


def triplet_table(triplets: Triplets, rows: Sequence[Row]) -> Table:
    """Accuracy of every row in every condition, of chance, and of a second annotator if asked."""
    scored = _Scored(triplets, rows)
    everything = np.ones(len(triplets.places), bool)
    table = scored.by(triplets.conditions, CONDITIONS, everything)
    if triplets.blind is not None:
        asked = ~np.isnan(triplets.blind)
        table[SECOND_ANNOTATOR] = {
            name: mean_estimates(triplets.blind[None, some], triplets.clusters[some])[0].document()
            for name in CONDITIONS
            if (some := asked & (triplets.conditions == name)).any()
        }
    return table


def family_tables(triplets: Triplets, rows: Sequence[Row]) -> dict[str, Table]:
    """Condition -> row -> family -> accuracy, for the conditions in which there is a relation."""
    scored = _Scored(triplets, rows)
    return {
        condition: scored.by(triplets.families, sorted(set(triplets.families[some].tolist())), some)
        for condition in CONDITIONS
        if condition != "look_only" and (some := triplets.conditions == condition).any()
    }


def kind_tables(triplets: Triplets, rows: Sequence[Row]) -> dict[str, Table]:
    """Kind of the anchor -> row -> condition -> accuracy; empty if all are drawn."""
    if triplets.kinds is None:
        return {}
    scored = _Scored(triplets, rows)
    return {
        kind: scored.by(triplets.conditions, CONDITIONS, triplets.kinds == kind)
        for kind in sorted(set(triplets.kinds.tolist()))
    }


class _Scored:
    """The outcomes of all triplets in all rows, to be averaged over parts of them."""

    def __init__(self, triplets: Triplets, rows: Sequence[Row]) -> None:
        self._triplets, self._names = triplets, [row.name for row in rows]
        self._values = np.stack([outcomes(row.vectors, triplets.places) for row in rows])

    def by(self, labels: Names, names: Sequence[str], among: Flags) -> Table:
        """Means over the triplets of each label that is there."""
        table: Table = {name: {} for name in [*self._names, CHANCE]}
        for label in names:
            some = among & (labels == label)
            if not some.any():
                continue
            found = mean_estimates(self._values[:, some], self._triplets.clusters[some])
            for name, estimate in zip(self._names, found, strict=True):
                table[name][label] = estimate.document()
            table[CHANCE][label] = Estimate.known(0.5, int(some.sum())).document()
        return table


def search_table(search: Search, rows: Sequence[Row]) -> Table:
    """P@1, R@10 and mean average precision of every row, and of chance."""
    columns = ("p1", "r10", "map")
    n = len(search.queries)
    table: Table = {}
    for row in rows:
        found = mean_estimates(searched(row.vectors, search), search.clusters)
        table[row.name] = _documents(columns, found)
    by_lot = searched_by_lot(search).tolist()
    table[CHANCE] = _documents(columns, [Estimate.known(value, n) for value in by_lot])
    return table


def caption_table(captions: Captions, search: Search, rows: Sequence[Row]) -> Table:
    """Median rank, R@1 and R@5 of the right caption, for rows that share the captions' space."""
    columns = ("median_rank", "r1", "r5")
    table: Table = {}
    for row in rows:
        if row.speaks:
            ranks = _ranks(captions, row.vectors[search.queries])
            shares = np.stack([ranks <= 1, ranks <= CAPTIONS_FIRST]).astype(np.float64)
            found = median_estimates(ranks[None], search.clusters)
            found += mean_estimates(shares, search.clusters)
            table[row.name] = _documents(columns, found)
    counts = np.bincount(captions.owners)
    if captions.as_wordings:
        by_lot = ranks_by_lot(np.ones(len(captions.right), np.int64), len(counts))
    else:
        by_lot = ranks_by_lot(counts[captions.right], len(captions.owners))
    n = len(search.queries)
    table[CHANCE] = _documents(columns, [Estimate.known(value, n) for value in by_lot])
    return table


def _ranks(captions: Captions, vectors: Float32) -> Float64:
    if not captions.as_wordings:
        return caption_ranks(vectors, captions.vectors, captions.owners, captions.right)
    best = best_wordings(vectors, captions.vectors, captions.owners)
    own = np.take_along_axis(best, captions.right[:, None], axis=1)
    ranks: Float64 = (best >= own).sum(axis=1).astype(np.float64)
    return ranks


def _documents(columns: Sequence[str], estimates: Sequence[Estimate]) -> dict[str, Any]:
    return {name: one.document() for name, one in zip(columns, estimates, strict=True)}


def part_figures(
    triplets: Triplets, search: Search, captions: Captions, rows: Sequence[Row]
) -> dict[str, Any]:
    """All figures of one set of pictures.

    Returns:
        ``counts`` of triplets by condition; ``triplets``, ``families``, ``kinds`` as of the tables
        above; ``search`` with ``queries`` and ``database``, and its ``table``; ``captions`` with
        how many there are in ``captions``, and its ``table``.
    """
    relations = int(captions.owners[-1]) + 1
    return {
        "counts": {name: int((triplets.conditions == name).sum()) for name in CONDITIONS},
        "triplets": triplet_table(triplets, rows),
        "families": family_tables(triplets, rows),
        "kinds": kind_tables(triplets, rows),
        "search": {
            "queries": len(search.queries),
            "database": len(search.database),
            "table": search_table(search, rows),
        },
        "captions": {
            "captions": relations if captions.as_wordings else len(captions.owners),
            "table": caption_table(captions, search, rows),
        },
    }


def row_kinds(rows: Sequence[Row]) -> Mapping[str, str]:
    """What kind each row is, by name, in their order."""
    return {row.name: row.kind for row in rows}
