"""The figures of a protocol: how alike a judge finds what each method found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from engine.estimates import mean_estimates
from trainer.judge.ledger import Entry, Key
from trainer.judge.protocol import Protocol, Retrieved

FORMAT: Final = "relsim-judge-figures"
VERSION: Final = 1
MILLION: Final = 1_000_000

Scores = Mapping[str, Sequence[float | None]]
"""By query, one a rank; None where there is no score."""


def judge_figures(protocol: Protocol, entries: Mapping[Key, Entry]) -> dict[str, Any]:
    """All figures, as one document.

    Means count scores, and say how many pairs have one: an answer that is no score is left out and
    counted, never guessed. Their 95 % intervals are of a bootstrap over queries.

    Args:
        protocol: What was asked for.
        entries: A ledger; those of other judges and pairs are passed over.

    Returns:
        ``judge``, ``database``, ``queries``, ``seed``, ``k``, ``command``; ``methods``, each with
        ``first`` (the mean of nearest hits: the paper's figure), ``all`` (of all ranks), ``ranks``
        (of each), ``less`` (how much more its nearest hits score than the first method's, over the
        queries where both have a score; None for the first), ``pairs``, ``judged``, ``coverage``
        (share of its pairs that are judged), ``unusable`` (answers that are no score) and
        ``unusable_share`` (of those judged); ``pairs``: the same counts over distinct pairs; and
        ``cost``: tokens and dollars that these pairs took.
    """
    scores = [_scores(protocol, method, entries) for method in protocol.methods]
    own = [_entry(protocol, pair, entries) for pair in protocol.pairs()]
    return {
        "format": FORMAT,
        "version": VERSION,
        "command": protocol.command,
        "judge": asdict(protocol.judge),
        "database": dict(protocol.database),
        "queries": len(protocol.queries),
        "seed": protocol.seed,
        "k": protocol.k,
        "methods": [
            _method(protocol, method, mine, scores[0] if number else None, entries)
            for number, (method, mine) in enumerate(zip(protocol.methods, scores, strict=True))
        ],
        "pairs": {"wanted": protocol.wanted, **_counts(own)},
        "cost": _cost(protocol, [entry for entry in own if entry is not None]),
    }


def _entry(protocol: Protocol, pair: tuple[str, str], entries: Mapping[Key, Entry]) -> Entry | None:
    return entries.get(Key(protocol.judge.id, *pair))


def _scores(protocol: Protocol, method: Retrieved, entries: Mapping[Key, Entry]) -> Scores:
    return {
        query: [
            None if entry is None else entry.score
            for entry in (
                _entry(protocol, (query, hit.content), entries)
                for hit in method.hits[query][: protocol.k]
            )
        ]
        for query in protocol.queries
    }


def _method(
    protocol: Protocol,
    method: Retrieved,
    scores: Scores,
    reference: Scores | None,
    entries: Mapping[Key, Entry],
) -> dict[str, Any]:
    own = [
        _entry(protocol, (query, hit.content), entries)
        for query in protocol.queries
        for hit in method.hits[query][: protocol.k]
    ]
    ranks = [_mean(_at(scores, rank)) for rank in range(protocol.k)]
    first = {query: found[:1] for query, found in scores.items()}
    return {
        "id": method.id,
        "title": method.title,
        "measures": method.measures,
        "fingerprint": method.fingerprint,
        "paper": method.paper,
        "first": ranks[0],
        "all": _mean(scores),
        "ranks": ranks,
        "less": None if reference is None else _mean(_less(first, reference)),
        **_counts(own),
    }


def _at(scores: Scores, rank: int) -> Scores:
    return {query: found[rank : rank + 1] for query, found in scores.items()}


def _less(scores: Scores, reference: Scores) -> Scores:
    """Differences of nearest hits, where both have a score."""
    return {
        query: [
            None if mine is None or other is None else mine - other
            for mine, other in zip(found[:1], reference[query][:1], strict=True)
        ]
        for query, found in scores.items()
    }


def _mean(scores: Scores) -> dict[str, Any] | None:
    """The mean of all scores with its interval, as `Estimate.document`; None without a score."""
    cases = [
        (query, score) for query, found in scores.items() for score in found if score is not None
    ]
    if not cases:
        return None
    queries, values = zip(*cases, strict=True)
    return mean_estimates(np.array([values], np.float64), np.array(queries))[0].document()


def _counts(entries: Sequence[Entry | None]) -> dict[str, Any]:
    judged = [entry for entry in entries if entry is not None]
    unusable = sum(entry.score is None for entry in judged)
    return {
        "pairs": len(entries),
        "judged": len(judged),
        "coverage": len(judged) / len(entries) if entries else 0.0,
        "unusable": unusable,
        "unusable_share": unusable / len(judged) if judged else 0.0,
    }


def _cost(protocol: Protocol, entries: Sequence[Entry]) -> dict[str, Any]:
    """What was paid: of ``untold`` answers it is not known, and dollars are then a lower bound."""
    told = [e for e in entries if e.tokens_in is not None and e.tokens_out is not None]
    tokens_in = sum(entry.tokens_in or 0 for entry in told)
    tokens_out = sum(entry.tokens_out or 0 for entry in told)
    price_in, price_out = protocol.judge.price_in, protocol.judge.price_out
    dollars: float | None = None
    if protocol.judge.kind != "endpoint":
        dollars = 0.0
    elif price_in is not None and price_out is not None:
        dollars = round((tokens_in * price_in + tokens_out * price_out) / MILLION, 6)
    return {
        "tokens_in": tokens_in,
        "tokens_out": tokens_out,
        "untold": len(entries) - len(told),
        "dollars": dollars,
    }
