"""Triplets over the drawn scenes, in four conditions that hold by construction."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from trainer.relbench.annotations import CONDITIONS, Condition
from trainer.relbench.drawn import DRAWN_VERSION, DrawnPart, Item, Split
from trainer.relbench.triplets import Triplets
from trainer.scenes import NONE

_TRIES = 20
Fits = Callable[[Item, Item], bool]


def drawn_triplets(part: DrawnPart, split: Split) -> Triplets:
    """The triplets of a split, the same each time; a triplet occurs once.

    There are fewer than asked for only where the scenes do not make more.

    Returns:
        Triplets over ``part.items``, condition by condition.
    """
    count = part.plan.triplets if split == "subjects" else part.plan.fewer
    own = [place for place, item in enumerate(part.items) if item.split == split]
    places, conditions = [], []
    for condition in CONDITIONS:
        r = random.Random(f"relbench/{DRAWN_VERSION}/{split}/{condition}")
        some = [place for place in own if _takes_part(condition, part.items[place])]
        found = list(_Maker(part.items, some, condition, r).make(count))
        places += found
        conditions += [condition] * len(found)
    anchors = [part.items[anchor] for anchor, _, _ in places]
    return Triplets.of(
        places,
        conditions,
        [item.family for item in anchors],
        [f"{item.relation}/{item.concept}" for item in anchors],
    )


def _takes_part(condition: Condition, item: Item) -> bool:
    return (item.relation == NONE) == (condition == "look_only")


def is_positive(condition: Condition, anchor: Item, other: Item) -> bool:
    """Whether a scene other than the anchor may be its positive."""
    same_relation = other.relation == anchor.relation
    same_subject = other.concept == anchor.concept
    if condition == "look_only":
        return same_subject and other.style == anchor.style
    return (
        same_relation and same_subject == (condition == "agree") and _seconds_differ(anchor, other)
    )


def is_negative(condition: Condition, anchor: Item, other: Item) -> bool:
    """Whether a scene may be the anchor's negative."""
    same_subject = other.concept == anchor.concept
    if condition == "look_only":
        return not same_subject and other.style == anchor.style
    return (
        other.relation != anchor.relation
        and same_subject == (condition == "conflict")
        and _seconds_differ(anchor, other)
    )


def _seconds_differ(one: Item, other: Item) -> bool:
    assert one.second is not None
    assert other.second is not None
    return one.second.concept != other.second.concept


class _Maker:
    """Makes triplets of one condition.

    Args:
        items: All scenes.
        places: Of those that may be in a triplet.
        condition: Which.
        r: Source of randomness.
    """

    def __init__(
        self, items: Sequence[Item], places: Sequence[int], condition: Condition, r: random.Random
    ) -> None:
        self._items, self._places, self._condition, self._r = items, places, condition, r
        self._by_subject: dict[str, list[int]] = defaultdict(list)
        self._by_relation: dict[str, list[int]] = defaultdict(list)
        for place in places:
            self._by_subject[items[place].concept].append(place)
            self._by_relation[items[place].relation].append(place)

    def make(self, count: int) -> Iterator[tuple[int, int, int]]:
        """Up to `count` triplets; anchors go round all scenes that can be one."""
        anchors = [place for place in self._places if self._positives(place)]
        seen: set[tuple[int, int, int]] = set()
        turn = 0
        while anchors and len(seen) < count and turn < _TRIES * count:
            if turn % len(anchors) == 0:
                self._r.shuffle(anchors)
            made = self._triplet(anchors[turn % len(anchors)], harder=turn % 2 == 0)
            turn += 1
            if made is not None and made not in seen:
                seen.add(made)
                yield made

    def _triplet(self, anchor: int, *, harder: bool) -> tuple[int, int, int] | None:
        """One for an anchor by lot; None if luck, or the scenes, did not allow one."""
        positives = self._positives(anchor)
        if not positives:
            return None
        positive = self._r.choice(positives)
        negatives = self._negatives(anchor, harder=harder)
        for _ in range(_TRIES if negatives else 0):
            negative = self._r.choice(negatives)
            if self._fits(anchor, positive, negative):
                return anchor, positive, negative
        return None

    def _positives(self, anchor: int) -> list[int]:
        own = self._items[anchor]
        near = self._by_subject[own.concept]
        if self._condition in ("conflict", "logic_only"):
            near = self._by_relation[own.relation]
        return [
            place
            for place in near
            if place != anchor and is_positive(self._condition, own, self._items[place])
        ]

    def _negatives(self, anchor: int, *, harder: bool) -> list[int]:
        """Scenes to choose from; in conflicts, of the anchor's family if that has another."""
        if self._condition != "conflict":
            return list(self._places)
        own = self._items[anchor]
        other = [
            place
            for place in self._by_subject[own.concept]
            if self._items[place].relation != own.relation
        ]
        alike = [place for place in other if self._items[place].family == own.family]
        unlike = [place for place in other if self._items[place].family != own.family]
        return (alike or unlike) if harder else (unlike or alike)

    def _fits(self, anchor: int, positive: int, negative: int) -> bool:
        own, near, far = (self._items[place] for place in (anchor, positive, negative))
        if not is_negative(self._condition, own, far):
            return False
        if self._condition == "look_only":
            return True
        apart = near.concept != far.concept or self._condition == "agree"
        return apart and _seconds_differ(near, far)
