"""Whether a library is sound: its counts add up, its index finds what an exact scan finds."""

from __future__ import annotations

from engine.exact_index import ExactIndex
from engine.index import Index
from engine.searcher import Searcher
from engine.store import Store
from engine.types import Float32, Health

_RECALL_FLOOR = 0.95


def check_health(store: Store, searcher: Searcher, *, recall: bool = True) -> Health:
    """Look at a library; reads all of its database.

    Args:
        store: The library.
        searcher: Whose index is checked.
        recall: Measure recall@10 on up to 100 images; takes a moment on a large library.
    """
    counts = store.counts()
    problems = store.problems()
    index = searcher.index()
    measured: float | None = None
    if recall and len(index):
        exact = ExactIndex(*store.all_vectors(searcher.fingerprint))
        ids = index.ids()
        asked = ids[:: max(1, len(ids) // 100)].tolist()
        measured = recall_at(index, exact, searcher.vectors(asked), k=10)
        if measured < _RECALL_FLOOR:
            problems.append(
                f"The index finds {measured:.1%} of the ten nearest. Delete "
                f"{store.directory / 'cache'}; it is rebuilt."
            )
    return Health(
        library=store.directory,
        files=counts.files,
        indexed=counts.indexed,
        failed=counts.failed,
        pending=counts.pending,
        offline=counts.offline,
        images=counts.images,
        model=searcher.model,
        database_bytes=store.bytes(),
        index=index.kind,
        recall_at_10=measured,
        problems=tuple(problems),
    )


def recall_at(index: Index, exact: ExactIndex, queries: Float32, k: int) -> float:
    """Share of the true k nearest that an index finds; a hit that ties with the k-th counts.

    Args:
        index: The index to judge.
        exact: The same vectors.
        queries: float32 ``[q, d]``, unit rows.
        k: Neighbors of each query.

    Returns:
        In 0..1.
    """
    found = due = 0
    for vector in queries:
        truth = exact.query(vector, k).scores
        if len(truth):
            found += int((index.query(vector, k).scores >= truth[-1] - 1e-6).sum())
            due += len(truth)
    return found / due if due else 1.0
