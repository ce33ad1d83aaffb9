"""Proposes groups of images that share a logic, by what a relational model makes of them.

The paper's 532 groups were put together by hand (section 3.2). Here a group grows from pairs that
are among each other's relationally nearest, unless they look alike: pictures of one thing teach
nothing about a relation. All limits are places among the random pairs of the same collection, since
cosines of two models, or of two collections, have different spreads.

A group is a clique: each two of its images are mutual neighbors, related enough, and not alike. The
nearest pairs are joined first, and what they make is joined as long as it stays a clique of at most
so many images (agglomerative clustering with complete linkage on a sparse graph). What was compared
with it, and by how much it was better, is in docs/training/groups.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

import hnswlib
import numpy as np
from numpy.typing import NDArray

from engine.jobs import JobControl
from engine.judging.groups import MAX_PROPOSED, MIN_IMAGES
from engine.search.index import BUILD_EFFORT, EXACT_UP_TO, LINKS, QUERY_EFFORT
from engine.search.ranking import NEAR_IDENTICAL, PairDistribution
from engine.types import Float32

Int64 = NDArray[np.int64]

_PAIRS = 1 << 16  # random pairs; which percentile is the 99th is known to 0.04 from so many
_BLOCK = 1024
_PHASE = "Comparing"
_PHASE_AGAIN = "Comparing without repeats"


@dataclass(frozen=True, slots=True)
class ProposalSettings:
    """What counts as a group.

    Attributes:
        least: Images of the smallest group.
        most: Images of the largest.
        neighbors: Each image of a group is among so many relationally nearest of each other one.
        related: Percentile of the random pairs' relational cosines that each pair reaches. 99 is
            right where two random pictures share a logic about once in a hundred; a collection of
            a few relations needs less.
        alike: Percentile of the random pairs' attribute cosines that no pair reaches.
        limit: Keep the best so many groups; None for all.
    """

    least: int = MIN_IMAGES
    most: int = MAX_PROPOSED
    neighbors: int = 20
    related: float = 99.0
    alike: float = 99.5
    limit: int | None = None

    def problems(self) -> Iterable[str]:
        """What is wrong with the values, in words."""
        if not MIN_IMAGES <= self.least <= self.most <= MAX_PROPOSED:
            yield f"sizes of groups must lie between {MIN_IMAGES} and {MAX_PROPOSED}, least first"
        if self.neighbors < 1:
            yield "neighbors must be at least 1"
        for name, value in (("related", self.related), ("alike", self.alike)):
            if not 0 <= value <= 100:
                yield f"{name} is a percentile: it must lie between 0 and 100"
        if self.limit is not None and self.limit < 1:
            yield "limit must be at least 1"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Images that may share a logic.

    Attributes:
        images: Rows of the vectors, the one most related to the others first.
        score: Mean relational cosine of its pairs: the higher, the surer that they share a logic.
            That they do not look alike is a condition, not a matter of degree; counting it in
            ranks worse (docs/training/groups.md).
        attribute: Mean attribute cosine of its pairs.
    """

    images: tuple[int, ...]
    score: float
    attribute: float


@dataclass(frozen=True, slots=True)
class Proposals:
    """What was found. ``images == grouped + repeats + alone``.

    Attributes:
        groups: Best first; no image is in two.
        images: Rows of the vectors.
        repeats: Images left out because they repeat another one, which was taken.
        alone: Images that fit into no group, or into none of those kept.
        related: Least relational cosine of a pair in a group.
        alike: Attribute cosine that no pair in a group reaches.
    """

    groups: tuple[Proposal, ...]
    images: int
    repeats: int
    alone: int
    related: float
    alike: float

    @property
    def grouped(self) -> int:
        """Images in groups."""
        return sum(len(group.images) for group in self.groups)


def propose_groups(
    relational: Float32,
    attribute: Float32,
    settings: ProposalSettings | None = None,
    control: JobControl | None = None,
) -> Proposals:
    """Find groups; the same for the same vectors.

    Costs some minutes and 0.8 GB for 100,000 images on two cores.

    Args:
        relational: float32 ``[n, d]``, unit rows, of pictures that show some relation: those that
            show none are all alike to a relational model, and would make the best groups.
        attribute: float32 ``[n, a]``, unit rows of the same pictures.
        settings: What counts as a group.
        control: Progress and cancel.

    Raises:
        Cancelled: If the control says so.
    """
    settings = settings or ProposalSettings()
    control = control or JobControl()
    count = len(relational)
    nearest, kept = _without_repeats(relational, attribute, settings.neighbors, control)
    if len(kept) < 2:
        return Proposals((), count, count - len(kept), len(kept), float("nan"), float("nan"))
    # Of what is left, since a long series would decide what random pairs are like.
    pairs = PairDistribution.of(relational[kept], attribute[kept], pairs=_PAIRS)
    floor = float(np.percentile(pairs.relational, settings.related))
    ceiling = min(float(np.percentile(pairs.attribute, settings.alike)), NEAR_IDENTICAL)
    links = _mutual(nearest)
    related = _cosines(relational[kept], links)
    fits = (related >= floor) & (_cosines(attribute[kept], links) < ceiling)
    cliques = _grow(links[fits], related[fits], len(kept), settings.most)
    found = [
        _judged(kept[clique], relational, attribute)
        for clique in cliques
        if len(clique) >= settings.least
    ]
    found.sort(key=lambda group: (-group.score, group.images))
    groups = tuple(found[: settings.limit])
    grouped = sum(len(group.images) for group in groups)
    return Proposals(groups, count, count - len(kept), len(kept) - grouped, floor, ceiling)


def _without_repeats(
    relational: Float32, attribute: Float32, neighbors: int, control: JobControl
) -> tuple[Int64, Int64]:
    """Leave all but the first of near-identical pictures out.

    A series of many shots of one thing fills the list of nearest of each of them, so that what is
    left is compared anew, until nothing repeats anything.

    Returns:
        Nearest of each kept image, as places among those kept, int64 ``[k, m]``; rows kept
        int64 ``[k]``, ascending.
    """
    kept: Int64 = np.arange(len(relational), dtype=np.int64)
    phase = _PHASE
    while len(kept) > 1:
        nearest = _nearest(relational[kept], neighbors, control, phase)
        rows = np.repeat(np.arange(len(kept)), nearest.shape[1])
        links = np.stack([rows, nearest.ravel()], axis=1)
        same = _cosines(attribute[kept], links) >= NEAR_IDENTICAL
        repeats: set[int] = set()
        for first, second in sorted((min(pair), max(pair)) for pair in links[same].tolist()):
            if first not in repeats:
                repeats.add(second)
        if not repeats:
            return nearest, kept
        kept = np.delete(kept, sorted(repeats))
        phase = _PHASE_AGAIN
    return np.empty((len(kept), 0), np.int64), kept


def _nearest(vectors: Float32, k: int, control: JobControl, phase: str) -> Int64:
    """The k nearest rows of each row, itself not among them, nearest first.

    Returns:
        int64 ``[n, min(k, n - 1)]``.
    """
    count = len(vectors)
    k = min(k, count - 1)
    graph = None if count <= EXACT_UP_TO else _graph(vectors, control)
    out = np.empty((count, k), np.int64)
    for start in range(0, count, _BLOCK):
        control.checkpoint()
        control.report(phase, start, count)
        rows = np.arange(start, min(start + _BLOCK, count))
        found = None if graph is None else _from_graph(graph, vectors[rows], k + 1)
        if found is None:
            found = _from_all(vectors, rows, k + 1)
        out[rows] = _ranked(vectors, rows, found)[:, :k]
    control.report(phase, count, count)
    return out


def _graph(vectors: Float32, control: JobControl) -> hnswlib.Index:
    graph = hnswlib.Index(space="ip", dim=vectors.shape[1])
    graph.init_index(len(vectors), M=LINKS, ef_construction=BUILD_EFFORT, random_seed=1)
    graph.set_ef(QUERY_EFFORT)
    for start in range(0, len(vectors), _BLOCK):
        control.checkpoint()
        control.report("Linking", start, len(vectors))
        # One thread: with more, the graph depends on which of them was faster.
        graph.add_items(vectors[start : start + _BLOCK], num_threads=1)
    return graph


def _from_graph(graph: hnswlib.Index, vectors: Float32, k: int) -> Int64 | None:
    """Nearest in no order, int64 ``[b, k]``; None where the walk does not find that many."""
    try:
        labels, _ = graph.knn_query(vectors, k=k)
    except RuntimeError:
        return None
    found: Int64 = labels.astype(np.int64)
    return found


def _from_all(vectors: Float32, rows: Int64, k: int) -> Int64:
    cosines = vectors[rows] @ vectors.T
    return np.argpartition(-cosines, k - 1, axis=1)[:, :k]


def _ranked(vectors: Float32, rows: Int64, found: Int64) -> Int64:
    """What was found of each row, nearest first and equals by number; the row itself comes last."""
    cosines = np.einsum("bd,bkd->bk", vectors[rows], vectors[found])
    cosines[found == rows[:, None]] = -2.0  # below every cosine
    order = np.lexsort((found, -cosines), axis=1)
    return np.take_along_axis(found, order, axis=1)


def _mutual(nearest: Int64) -> Int64:
    """Pairs that are among each other's nearest, int64 ``[p, 2]``, the lower row first."""
    count, k = nearest.shape
    rows = np.repeat(np.arange(count), k)
    others = nearest.ravel()
    mutual = np.isin(rows * count + others, others * count + rows) & (rows < others)
    return np.stack([rows[mutual], others[mutual]], axis=1)


def _cosines(vectors: Float32, links: Int64) -> Float32:
    """Of linked rows, float32 ``[p]``; in parts, since there are millions of links."""
    out = np.empty(len(links), np.float32)
    for start in range(0, len(links), 1 << 16):
        part = links[start : start + (1 << 16)]
        np.einsum(
            "pd,pd->p", vectors[part[:, 0]], vectors[part[:, 1]], out=out[start : start + len(part)]
        )
    return out


@dataclass(slots=True)
class _Forest:
    """Cliques that grow; every image begins as one.

    Attributes:
        members: Of each clique, by the number of one of them; empty once it was joined to another.
        clique: Of each image.
    """

    members: list[list[int]]
    clique: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, count: int) -> _Forest:
        return cls([[row] for row in range(count)], list(range(count)))

    def join(self, a: int, b: int) -> None:
        for row in self.members[b]:
            self.clique[row] = a
        self.members[a] += self.members[b]
        self.members[b] = []


def _grow(links: Int64, strength: Float32, count: int, most: int) -> Iterator[list[int]]:
    """Join along links, strongest first, whatever stays a clique of at most `most` images."""
    linked = set(map(tuple, links.tolist()))
    forest = _Forest.of(count)
    for first, second in links[np.lexsort((links[:, 1], links[:, 0], -strength))].tolist():
        a, b = forest.clique[first], forest.clique[second]
        one, other = forest.members[a], forest.members[b]
        if a == b or len(one) + len(other) > most:
            continue
        if all((min(pair), max(pair)) in linked for pair in product(one, other)):
            forest.join(a, b)
    return (members for members in forest.members if len(members) > 1)


def _judged(rows: Int64, relational: Float32, attribute: Float32) -> Proposal:
    images = np.sort(rows)
    related, alike = (vectors[images] @ vectors[images].T for vectors in (relational, attribute))
    upper = np.triu_indices(len(images), 1)
    central = np.lexsort((images, -related.sum(axis=1)))
    return Proposal(
        images=tuple(images[central].tolist()),
        score=float(related[upper].mean()),
        attribute=float(alike[upper].mean()),
    )
