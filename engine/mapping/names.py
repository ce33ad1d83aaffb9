"""Names for groups: the anonymous caption that most of a group's images share, or fits them best.

A name is a caption that more than half of the images were given by a person or a captioner, else
the bank's caption for the mean of their vectors, whose confidence is calibrated for single images
and so rather too low. Where none is clear, a group has no name, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.jobs import JobControl
from engine.judging.judged_groups import shared_caption
from engine.mapping.clusters import Clusters
from engine.model_set import ModelSet
from engine.store import Store
from engine.types import Description, Float32

Int64 = NDArray[np.int64]

_ENOUGH = 4000
"""Members that a group's mean is taken of, at most."""


@dataclass(frozen=True, slots=True)
class MergedNames:
    """Groups that all have different names, or none.

    Attributes:
        of: int64 ``[n]``, the group of each image, -1 for none.
        centres: float32 ``[k, d]``, unit rows.
        floors: float32 ``[k]``.
        names: k names.
    """

    of: Int64
    centres: Float32
    floors: Float32
    names: tuple[Description, ...]


def named(
    store: Store,
    models: ModelSet,
    ids: Int64,
    clusters: Clusters,
    vectors: Float32,
    *,
    control: JobControl,
) -> MergedNames:
    """Name groups, and join those that would have the same name.

    Args:
        store: With the captions that were written.
        models: The small one names.
        ids: int64 ``[n]``, ascending.
        clusters: Of these images.
        vectors: float32 ``[n, d]``, those that the groups were made of.
        control: Cancel.
    """
    described = []
    for group in range(len(clusters.centres)):
        control.checkpoint()
        described.append(_name(store, models, ids[clusters.of == group].tolist()))
    first: dict[str, int] = {}
    into = np.arange(len(described))
    for group, name in enumerate(described):
        if name.text is not None:
            meaning = models.bank.relations.get(name.text, name.text)
            into[group] = first.setdefault(meaning, group)
    kept, numbers = np.unique(into, return_inverse=True)
    of = np.where(clusters.of < 0, -1, np.append(numbers, -1)[clusters.of])
    centres, floors, names = [], [], []
    for number, group in enumerate(kept.tolist()):
        parts = np.flatnonzero(into == group)
        names.append(max((described[part] for part in parts), key=lambda d: d.confidence))
        if len(parts) == 1:
            centres.append(clusters.centres[group])
            floors.append(float(clusters.floors[group]))
            continue
        members = vectors[of == number]
        middle = members.mean(axis=0)
        centres.append(middle / max(float(np.linalg.norm(middle)), 1e-12))
        floors.append(float((members @ centres[-1]).min()))
    shape = (len(kept), vectors.shape[1])
    return MergedNames(
        of,
        np.asarray(centres, np.float32).reshape(shape),
        np.asarray(floors, np.float32),
        tuple(names),
    )


def _name(store: Store, models: ModelSet, members: list[int]) -> Description:
    written = store.captions(members)
    if 2 * len(written) > len(members):
        none = Description(None, 0.0)
        all_of_them = [written.get(member, none) for member in members]
        text = shared_caption(all_of_them, models.bank.relations)
        if text is not None:
            like = next(one for one in written.values() if one.text == text)
            share = sum(one.text == text for one in written.values()) / len(members)
            return Description(text, share, like.source, like.model)
    known = models.small.has(np.asarray(members, np.int64))
    some = [member for member, is_there in zip(members, known.tolist(), strict=True) if is_there]
    if not some:
        return Description(None, 0.0)
    mean = models.small.vectors(some[:: max(1, len(some) // _ENOUGH)]).mean(axis=0)
    # Not made a unit vector: its cosines are the means of the members' own.
    return models.bank.describe(mean[None])[0]
