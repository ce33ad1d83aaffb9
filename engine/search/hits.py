"""Ranked images as people see them: with a file, a description, and whose score it is."""

from __future__ import annotations

from engine.descriptions import Descriptions
from engine.model_set import ModelSet
from engine.search.answers import Ranked
from engine.store import Store
from engine.types import Neighbor


def neighbors_of(
    models: ModelSet, store: Store, descriptions: Descriptions, ranked: Ranked
) -> list[Neighbor]:
    """The hits, best first; one whose last file has just gone offline is left out."""
    ids = ranked.ids.tolist()
    paths = store.paths_of(ids)
    described = descriptions.of(models, ids, models.small.vectors(ids))
    return [
        Neighbor(
            image_id=image_id,
            path=paths[image_id],
            relational=float(ranked.relational[row]),
            attribute=float(ranked.attribute[row]),
            percentile=float(ranked.percentile[row]),
            description=described[row],
            copies=ranked.copies[row],
            model=models.searchers[int(ranked.by_large[row])].model,
        )
        for row, image_id in enumerate(ids)
        if image_id in paths
    ]
