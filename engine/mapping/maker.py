"""The map of a library: its images in groups by logic, each group named and placed.

Groups are clusters of the relational vectors of the model that ranks; names and looks are the small
model's. What is kept beside the library is a cache: it is brought up to date, and made anew once a
fifth of the library is not what it was, or whenever anything is odd.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import QueryError
from engine.jobs import JobControl
from engine.mapping import layout as map_layout
from engine.mapping.clusters import NONE, cluster, nearest
from engine.mapping.names import named
from engine.mapping.values import Grouping, LibraryMap, MapGroup, load_grouping, save_grouping
from engine.model_set import ModelSet
from engine.search.searcher import Searcher
from engine.service import Engine
from engine.types import Float32

Int64 = NDArray[np.int64]

COVER: Final = 6
"""Pictures on a group's cover, at most."""

_CHANGED: Final = 0.2
"""Share of a library that may come or go before its groups are made anew."""

_COVER_POOL: Final = 48
_BLOCK: Final = 16_384


class MapMaker:
    """Makes the map of an engine's library. Thread-safe.

    Args:
        engine: With the library and the models.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(self, control: JobControl | None = None, *, anew: bool = False) -> LibraryMap:
        """The map as the library is now; seconds, or a moment where it is known already.

        Args:
            control: Progress and cancel.
            anew: Make the groups anew, whatever is kept.

        Raises:
            Cancelled: If `control` was told to.
            QueryError: If the library is empty.
        """
        control = control or JobControl()
        with self._engine.lend() as models:
            searcher = models.small
            if models.large is not None and models.answers.is_complete():
                searcher = models.large
            control.report("Reading the library", 0, None)
            ids = self._engine.store.image_ids(searcher.fingerprint)
            if not len(ids):
                raise QueryError("The library is empty. Index a folder of pictures first.")
            grouping = self._grouping(models, searcher, ids, control, anew=anew)
            # What only the other model has seen is in no group, and still counts.
            unseen = np.setdiff1d(self._engine.store.image_ids(models.small.fingerprint), ids)
            return self._drawn(models, searcher, grouping, unseen, control)

    # What is kept

    def _grouping(
        self, models: ModelSet, searcher: Searcher, ids: Int64, control: JobControl, *, anew: bool
    ) -> Grouping:
        """Who is in which group: as it is kept, brought up to date, or made anew."""
        store = self._engine.store
        belongs_to = f"{store.setting('library_id')} {searcher.fingerprint.key}"
        name = f"map-{searcher.fingerprint.weights[:16]}-{searcher.fingerprint.preparation}.cache"
        path = self._engine.library_dir / "cache" / name
        kept = None if anew else load_grouping(path, belongs_to)
        if kept is not None and np.array_equal(kept.ids, ids):
            return kept
        if kept is not None:
            kept = self._followed(kept, searcher, ids, control)
        grouping = kept or self._made(models, searcher, ids, control)
        save_grouping(path, belongs_to, grouping)
        return grouping

    def _followed(
        self, kept: Grouping, searcher: Searcher, ids: Int64, control: JobControl
    ) -> Grouping | None:
        """What is kept, with images that came in the nearest group; None if too many changed."""
        there = np.isin(kept.ids, ids)
        new = np.setdiff1d(ids, kept.ids)
        joined = kept.joined + len(new)
        gone = kept.made_of + kept.joined - int(there.sum())  # since they were made, in all
        if max(joined, gone) > _CHANGED * kept.made_of:
            return None
        of = np.full(len(new), NONE, np.int64)
        if len(new) and len(kept.centres):
            labels, best = nearest(searcher.vectors(new.tolist()), kept.centres, control)
            of = np.where(best >= kept.floors[labels], labels, NONE)
        all_ids = np.concatenate([kept.ids[there], new])
        order = np.argsort(all_ids)
        return replace(
            kept,
            ids=all_ids[order],
            of=np.concatenate([kept.of[there], of])[order],
            joined=joined,
        )

    def _made(
        self, models: ModelSet, searcher: Searcher, ids: Int64, control: JobControl
    ) -> Grouping:
        """Groups from nothing, with names; groups that would have the same name are one."""
        vectors = self._vectors(searcher, ids, control)
        clusters = cluster(vectors, control)
        control.report("Naming the groups", 0, None)
        merged = named(self._engine.store, models, ids, clusters, vectors, control=control)
        return Grouping(
            ids=ids,
            of=merged.of,
            centres=merged.centres,
            floors=merged.floors,
            names=merged.names,
            made_of=len(ids),
            joined=0,
        )

    def _vectors(self, searcher: Searcher, ids: Int64, control: JobControl) -> Float32:
        parts = []
        for start in range(0, len(ids), _BLOCK):
            control.report("Reading the library", start, len(ids))
            control.checkpoint()
            parts.append(searcher.vectors(ids[start : start + _BLOCK].tolist()))
        return np.concatenate(parts)

    # What is drawn of it

    def _drawn(
        self,
        models: ModelSet,
        searcher: Searcher,
        grouping: Grouping,
        unseen: Int64,
        control: JobControl,
    ) -> LibraryMap:
        sizes = np.bincount(grouping.of[grouping.of >= 0], minlength=len(grouping.centres))
        shown = np.argsort(-sizes, kind="stable")
        shown = shown[sizes[shown] > 0]
        radius = map_layout.radii(sizes[shown])
        control.report("Drawing the map", 0, len(shown))
        middles = map_layout.bubbles(grouping.centres[shown], radius)
        groups = []
        for number, group in enumerate(shown.tolist()):
            control.report("Drawing the map", number, len(shown))
            control.checkpoint()
            members = grouping.ids[grouping.of == group]
            closeness = searcher.vectors(members.tolist()) @ grouping.centres[group]
            members = members[np.argsort(-closeness, kind="stable")]
            groups.append(
                MapGroup(
                    number=number,
                    name=grouping.names[group],
                    members=members,
                    cover=_cover(models, members),
                    centre=(float(middles[number, 0]), float(middles[number, 1])),
                    radius=float(radius[number]),
                    places=map_layout.members(len(members), float(radius[number])),
                )
            )
        rest = np.sort(np.concatenate([grouping.ids[grouping.of < 0], unseen]))
        return LibraryMap(searcher.model, tuple(groups), rest, grouping.joined)


def _cover(models: ModelSet, members: Int64) -> tuple[int, ...]:
    """Members near the centre that look different from one another, the nearest first."""
    pool = members[:_COVER_POOL]
    try:
        looks = models.looks(pool.tolist())
    except KeyError:  # after a change of the small model some have no look yet
        return tuple(pool[:COVER].tolist())
    chosen = [0]
    alike = looks @ looks[0]
    while len(chosen) < min(COVER, len(pool)):
        alike[chosen] = np.inf
        chosen.append(int(alike.argmin()))
        alike = np.maximum(alike, looks @ looks[chosen[-1]])
    return tuple(pool[chosen].tolist())
