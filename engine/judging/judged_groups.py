"""How verdicts and boards become groups of images that share one logic.

Nothing is lost silently: each picture of a board or of a good analogy is in a group, or is counted
with the reason why it is in none.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.judging.groups import MAX_PROPOSED, MIN_IMAGES
from engine.types import Description, Judged


@dataclass(frozen=True, slots=True)
class PictureCounts:
    """What became of pictures. ``found == grouped + offline + alone``.

    Attributes:
        found: Pictures that were to be exported.
        grouped: Pictures that are in a group.
        offline: Pictures of which no file is there now.
        alone: Pictures without a second one that is there and belongs with them.
    """

    found: int
    grouped: int
    offline: int
    alone: int


@dataclass(frozen=True, slots=True)
class GroupsReport:
    """What an export wrote, and what it left out.

    Attributes:
        boards: Boards there are.
        left_out: Names of the boards with fewer than two pictures that are there now.
        from_boards: Groups that came of the others; a large board gives several.
        on_boards: The pictures of all boards; one on two boards counts twice.
        good: Good analogies there are.
        from_verdicts: Groups that came of them.
        in_verdicts: The pictures in good analogies.
    """

    boards: int
    left_out: tuple[str, ...]
    from_boards: int
    on_boards: PictureCounts
    good: int
    from_verdicts: int
    in_verdicts: PictureCounts

    @property
    def groups(self) -> int:
        """All groups."""
        return self.from_boards + self.from_verdicts


def parts(images: Sequence[int]) -> list[tuple[int, ...]]:
    """Cut images into as few groups as their size allows, about equal ones, in their order.

    Returns:
        Two to ten images each; nothing if there are fewer than two.
    """
    if len(images) < MIN_IMAGES:
        return []
    count = -(-len(images) // MAX_PROPOSED)
    bounds = [len(images) * part // count for part in range(count + 1)]
    return [tuple(images[bounds[part] : bounds[part + 1]]) for part in range(count)]


def connected(verdicts: Sequence[Judged]) -> list[list[int]]:
    """The images that good analogies connect, unless another verdict keeps them apart.

    Analogies are followed in their order; one that would bring two images together of which a
    person said that they only look alike, or that there is no analogy, is passed over.

    Returns:
        Sets of one or more images, each from its best connected image outwards; the first set
        holds the first analogy. Every image of a good analogy is in one of them.
    """
    good = [one for one in verdicts if one.verdict == "good"]
    near, apart = _pairs(good), _pairs(one for one in verdicts if one.verdict != "good")
    sets = {image: {image} for image in near}
    for one in good:
        small, large = sorted((sets[one.a], sets[one.b]), key=len)
        if small is not large and not any(large & apart.get(image, set()) for image in small):
            large |= small
            sets.update(dict.fromkeys(small, large))
    distinct = {id(members): members for members in sets.values()}
    return [list(_outwards(members, near)) for members in distinct.values()]


def shared_caption(descriptions: Iterable[Description], relations: Mapping[str, str]) -> str | None:
    """The caption that more than half of some pictures have, or None.

    Args:
        descriptions: One a picture.
        relations: Names of the relations that captions word; two wordings of one are one caption.
    """
    texts = [description.text for description in descriptions]
    wordings = [text for text in texts if text is not None]
    meanings = Counter(relations.get(text, text) for text in wordings)
    for meaning, count in meanings.most_common(1):
        if 2 * count > len(texts):
            same = Counter(text for text in wordings if relations.get(text, text) == meaning)
            return same.most_common(1)[0][0]
    return None


def group_id(source: str, *parts: object) -> str:
    """An id that is the same whenever the same is exported, and another in each library."""
    digest = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
    return f"{source}-{digest[:12]}"


def counts(sets: Iterable[Sequence[int]], online: Collection[int]) -> PictureCounts:
    """What becomes of sets of images of which only some are online."""
    found = grouped = offline = alone = 0
    for members in sets:
        there = sum(image in online for image in members)
        found += len(members)
        offline += len(members) - there
        if there < MIN_IMAGES:
            alone += there
        else:
            grouped += there
    return PictureCounts(found, grouped, offline, alone)


def _pairs(verdicts: Iterable[Judged]) -> dict[int, set[int]]:
    """For each image of some pairs: the others."""
    others: dict[int, set[int]] = {}
    for one in verdicts:
        others.setdefault(one.a, set()).add(one.b)
        others.setdefault(one.b, set()).add(one.a)
    return others


def _outwards(members: set[int], near: Mapping[int, set[int]]) -> Iterator[int]:
    """Breadth first, so that a large set is cut between images that lie far from each other."""
    start = min(members, key=lambda image: (-len(near[image] & members), image))
    seen, queue = {start}, deque([start])
    while queue:
        image = queue.popleft()
        yield image
        following = sorted((near[image] & members) - seen)
        seen.update(following)
        queue.extend(following)
