"""Sorts vectors into groups of one direction, as many as the data hold; numpy alone.

Three steps. A sample is cut into many small pieces (spherical k-means; each picture is a piece of
its own in a small library). The pieces are joined, nearest first by the mean cosine over all pairs
(average linkage, exact because the mean cosine of two sets is the product of their mean vectors),
and the height at which groups are tightest and furthest apart is kept (silhouette). All pictures
then go to the nearest of these groups, or to none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.jobs import JobControl
from engine.types import Float32

Int64 = NDArray[np.int64]

NONE: int = -1
"""Stands for no group."""

_FEW = 200
_SAMPLE = 12_000
_PIECES = 1200
_ROUNDS = 8
_BLOCK = 8192
_CUTS = 40
_COHESION = 2 / 3
_ENOUGH = 2000
_HEARD = 10
_HEARD_SHARE = 0.05
_TYPICAL = 2.5
"""A picture that is further from its group's centre than this many deviations is unclear."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """Groups of vectors.

    Attributes:
        of: int64 ``[n]``, the group of each vector, `NONE` for those that are in no clear one.
        centres: float32 ``[k, d]``, unit rows.
        floors: float32 ``[k]``, the least cosine to its centre that a member of a group has.
    """

    of: Int64
    centres: Float32
    floors: Float32


def cluster(vectors: Float32, control: JobControl) -> Clusters:
    """Sort vectors into groups; the same for the same vectors.

    Args:
        vectors: float32 ``[n, d]``, unit rows; n may be 0.
        control: Progress and cancel.

    Raises:
        Cancelled: If `control` was told to.
    """
    n, d = vectors.shape
    if n < 4:
        return Clusters(
            np.full(n, NONE, np.int64), np.empty((0, d), np.float32), np.empty(0, np.float32)
        )
    generator = np.random.default_rng(n)
    sample = vectors
    if n > _SAMPLE:
        sample = vectors[np.sort(generator.choice(n, _SAMPLE, replace=False))]
    pieces = _pieces(sample, control)
    tight = cohesion(sample)
    labels = _joined(sample, pieces, tight, control)
    centres = _centres(sample, labels, int(labels.max()) + 1)
    for step in range(_ROUNDS // 2):  # pictures on a border find their side
        control.report("Sorting", step, _ROUNDS // 2)
        labels, _ = nearest(sample, centres, control)
        labels, centres = _renewed(sample, labels, centres)
    return _settled(vectors, centres, tight, control)


def least(count: int) -> int:
    """Pictures of the smallest group, in a library of so many."""
    return 2 if count < _FEW else 3


def cohesion(vectors: Float32) -> float:
    """The least mean cosine between members of a group, from how these vectors are spread.

    Two thirds of the way from any two pictures to a picture and its nearest: the cosines of two
    models, or of two libraries, have other spreads.

    Args:
        vectors: float32 ``[n, d]``, unit rows, n at least 2.
    """
    spaced = np.linspace(0, len(vectors) - 1, min(len(vectors), _ENOUGH)).astype(np.intp)
    some = vectors[spaced]
    cosines = some @ some.T
    n = len(some)
    anyhow = (float(cosines.sum()) - n) / (n * (n - 1))
    np.fill_diagonal(cosines, -np.inf)
    return anyhow + _COHESION * (float(np.median(cosines.max(axis=1))) - anyhow)


def nearest(vectors: Float32, centres: Float32, control: JobControl) -> tuple[Int64, Float32]:
    """The nearest centre of each vector int64 ``[n]``, and its cosine float32 ``[n]``."""
    labels = np.empty(len(vectors), np.int64)
    best = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), _BLOCK):
        control.checkpoint()
        rows = slice(start, start + _BLOCK)
        cosines = vectors[rows] @ centres.T
        labels[rows] = cosines.argmax(axis=1)
        best[rows] = cosines.max(axis=1)
    return labels, best


def _pieces(vectors: Float32, control: JobControl) -> Int64:
    """A fine partition int64 ``[n]``."""
    n = len(vectors)
    if n <= _PIECES:
        return np.arange(n)
    centres = vectors[np.linspace(0, n - 1, _PIECES).astype(np.intp)]
    labels = np.zeros(n, np.int64)
    for step in range(_ROUNDS):
        control.report("Looking for groups", step, _ROUNDS)
        labels, _ = nearest(vectors, centres, control)
        labels, centres = _renewed(vectors, labels, centres)
    return labels


def _renewed(vectors: Float32, labels: Int64, centres: Float32) -> tuple[Int64, Float32]:
    """The centres of what is in each group; empty ones are dropped."""
    used, labels = np.unique(labels, return_inverse=True)
    return labels, _centres(vectors, labels, len(used))


def _sums(vectors: Float32, labels: Int64, count: int) -> tuple[NDArray[np.float64], Int64]:
    """The sum of each group's vectors float64 ``[k, d]``, and how many they are."""
    order = np.argsort(labels, kind="stable")
    sizes = np.bincount(labels, minlength=count)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    return np.add.reduceat(vectors[order], starts, axis=0, dtype=np.float64), sizes


def _centres(vectors: Float32, labels: Int64, count: int) -> Float32:
    """Unit means float32 ``[k, d]`` of groups, none of which is empty."""
    sums, _ = _sums(vectors, labels, count)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(lengths, 1e-12), np.float32)


def _joined(vectors: Float32, pieces: Int64, tight: float, control: JobControl) -> Int64:
    """Join pieces up to the best height; labels int64 ``[n]`` of the vectors."""
    count = int(pieces.max()) + 1
    merges = _merges(*_sums(vectors, pieces, count), control)
    control.report("Choosing the number of groups", 0, None)
    most = min(count - 1, max(2, len(vectors) // least(len(vectors))))
    tried = sorted({int(k) for k in np.geomspace(2, most, _CUTS)})
    cuts = [_cut(count, merges, k)[pieces] for k in tried]
    scores = [_silhouette(vectors, labels, tight, control) for labels in cuts]
    return cuts[int(np.argmax(scores))]


def _merges(sums: NDArray[np.float64], sizes: Int64, control: JobControl) -> list[tuple[int, int]]:
    """Which piece took in which, nearest first; one fewer than there are pieces."""
    means = np.asarray(sums / sizes[:, None], np.float32)
    weights = sizes.astype(np.float32)
    alike = means @ means.T
    np.fill_diagonal(alike, -np.inf)
    best = alike.argmax(axis=1)
    score = alike.max(axis=1)
    merges = []
    for step in range(len(means) - 1):
        if step % 64 == 0:
            control.report("Joining what is alike", step, len(means))
            control.checkpoint()
        a = int(score.argmax())
        b = int(best[a])
        merges.append((a, b))
        both = weights[a] + weights[b]
        row = (weights[a] * alike[a] + weights[b] * alike[b]) / both
        row[[a, b]] = -np.inf
        weights[a] = both
        alike[a], alike[:, a] = row, row
        alike[b], alike[:, b] = -np.inf, -np.inf
        score[b] = -np.inf
        lost = np.flatnonzero((best == a) | (best == b))
        best[lost] = alike[lost].argmax(axis=1)
        score[lost] = alike[lost, best[lost]]
        nearer = row > score
        best[nearer], score[nearer] = a, row[nearer]
        best[a] = row.argmax()
        score[a] = row[best[a]]
    return merges


def _cut(count: int, merges: list[tuple[int, int]], groups: int) -> Int64:
    """Labels int64 ``[count]`` of the pieces once they are joined into so many groups."""
    parent = np.arange(count)
    for a, b in merges[: count - groups]:
        parent[b] = a
    while not np.array_equal(parent, parent[parent]):
        parent = parent[parent]
    return np.unique(parent, return_inverse=True)[1].astype(np.int64)


def _silhouette(vectors: Float32, labels: Int64, tight: float, control: JobControl) -> float:
    """How much nearer vectors are to their own group than to the next, -1..1.

    Pictures in no group, or in one that is too small or too loose, count as 0. A large group
    counts as if it were smaller: many libraries have one of pictures that show nothing in
    particular, and all else would not matter beside it.
    """
    control.checkpoint()
    sums, sizes = _sums(vectors, labels, int(labels.max()) + 1)
    large = np.flatnonzero((sizes >= least(len(vectors))) & (_mean_pair(sums, sizes) >= tight))
    if len(large) < 2:
        return -1.0
    inside = np.isin(labels, large)
    place = np.full(len(sizes), 0)
    place[large] = np.arange(len(large))
    mine = place[labels[inside]]
    seen = vectors[inside]
    sums, counts = _sums(seen, mine, len(large))
    means = np.asarray(sums / counts[:, None], np.float32)
    cosines = seen @ means.T
    rows = np.arange(len(seen))
    n = counts[mine].astype(np.float32)
    own = 1 - (cosines[rows, mine] * n - 1) / (n - 1)  # without itself
    cosines[rows, mine] = -np.inf
    other = 1 - cosines.max(axis=1)
    each = (other - own) / np.maximum(np.maximum(own, other), 1e-6)
    means_of = np.bincount(mine, each) / counts
    weights = np.minimum(counts, max(_HEARD, len(vectors) * _HEARD_SHARE))
    return float((means_of * weights).sum() / (weights.sum() + len(vectors) - len(seen)))


def _mean_pair(sums: NDArray[np.float64], sizes: Int64) -> NDArray[np.float64]:
    """Mean cosine between two different members of each group, float64 ``[k]``."""
    n = sizes.astype(np.float64)
    total = (sums**2).sum(axis=1) - n
    return np.asarray(total / np.maximum(n * (n - 1), 1.0))


def _settled(vectors: Float32, centres: Float32, tight: float, control: JobControl) -> Clusters:
    """Give every vector to its group, or to none; groups too small or too loose are dropped."""
    labels, best = nearest(vectors, centres, control)
    floors = np.full(len(centres), np.inf, np.float32)
    for group in range(len(centres)):
        cosines = best[labels == group]
        if len(cosines) >= least(len(vectors)):
            floors[group] = cosines.mean() - _TYPICAL * max(float(cosines.std()), 0.01)
    labels[best < floors[labels]] = NONE
    inside = labels >= 0
    kept = np.arange(0)
    if inside.any():
        used, mine = np.unique(labels[inside], return_inverse=True)
        sums, sizes = _sums(vectors[inside], mine, len(used))
        kept = used[(sizes >= least(len(vectors))) & (_mean_pair(sums, sizes) >= tight)]
    numbers = np.full(len(centres) + 1, NONE)
    numbers[kept] = np.arange(len(kept))
    return Clusters(numbers[labels], centres[kept], floors[kept])
