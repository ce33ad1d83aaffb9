"""Whether a library is sound: its counts add up, its index finds what an exact scan finds."""

from __future__ import annotations

from engine.index import ExactIndex, recall_at
from engine.searcher import Searcher
from engine.store import Store
from engine.types import Health

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
