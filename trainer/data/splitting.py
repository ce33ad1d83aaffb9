"""Splits a collection so that what belongs together stays together."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from engine.errors import KnownError
from trainer.data.drops import Drops
from trainer.data.records import Collection, Record

Whole = Literal["caption", "group", "relation"]
"""A field whose equal values must not be torn apart."""


def split(
    collection: Collection, share: float, seed: int, *, whole: Sequence[Whole] = ("group",)
) -> tuple[Collection, Collection]:
    """Hold out a share of the records.

    Which ones depends on keys, content and the seed, not on the order of records. Records of the
    same content (known once they are verified) are never torn apart, nor are those that share a
    value of a field in `whole`, also by way of others.

    Args:
        collection: At least two records.
        share: Of the records to hold out, between 0 and 1; met as nearly as whole parts allow, but
            neither part is ever empty.
        seed: Another seed, another choice.
        whole: Fields whose equal values stay together.

    Returns:
        The rest, for training, and what is held out; each in the order of `collection`.

    Raises:
        KnownError: If there are not two parts that can be told apart.
        ValueError: If the share is none.
    """
    if not 0 < share < 1:
        raise ValueError(f"a share lies between 0 and 1, not at {share}")
    parts = _parts(collection.records, whole)
    if len(parts) < 2:
        kept = f" if each {' and '.join(whole)} stays whole" if whole else ""
        raise KnownError(
            f"{collection.name} cannot be split{kept}: {len(collection.records):,} records are"
            f" {len(parts)} part; give more pictures, or a collection of its own for testing"
        )
    order = sorted(parts, key=lambda part: _rank(part, collection.records, seed))
    target, held = share * len(collection.records), set[int]()
    for part in order[:-1]:  # the last is for training, whatever the share
        if not held or abs(len(held) + len(part) - target) < abs(len(held) - target):
            held.update(part)
    rest = [r for i, r in enumerate(collection.records) if i not in held]
    out = [r for i, r in enumerate(collection.records) if i in held]
    return _of(collection, rest, "the rest"), _of(collection, out, "held out")


def _of(collection: Collection, records: list[Record], what: str) -> Collection:
    name = f"{collection.name} ({what})"
    return Collection(name, tuple(records), Drops(), len(records), collection.kind)


def _rank(part: list[int], records: Sequence[Record], seed: int) -> bytes:
    first = min(records[i].content or records[i].key for i in part)
    return hashlib.blake2b(f"{seed}:{first}".encode(errors="replace"), digest_size=16).digest()


def _parts(records: Sequence[Record], whole: Sequence[Whole]) -> list[list[int]]:
    """Indices of records that belong together, by union-find over their values."""
    leader = list(range(len(records)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for name in ("content", *whole):
        first: dict[str, int] = {}
        for index, record in enumerate(records):
            value = getattr(record, name)
            if value is not None:
                leader[find(index)] = find(first.setdefault(value, index))
    parts = defaultdict(list)
    for index in range(len(records)):
        parts[find(index)].append(index)
    return list(parts.values())
