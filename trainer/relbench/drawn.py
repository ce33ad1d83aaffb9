"""The drawn part: scenes whose logic is known exactly, the same for the same subjects and version.

It is generated on the spot and kept nowhere.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from PIL import Image

from engine.errors import KnownError
from trainer.relbench.retrieval import Search
from trainer.relbench.triplets import Names
from trainer.scenes import HELD_OUT, NONE, RELATIONS, SceneGenerator, Subject
from trainer.scenes.generator import HELD_OUT_STYLES

DRAWN_VERSION = "1"
"""Of what is drawn and asked; figures of two versions are not compared."""

Split = Literal["subjects", "styles", "families"]
SPLITS: tuple[Split, ...] = get_args(Split)

_SIDE = 224
_LEAST_SUBJECTS = 3  # an anchor, a positive and a negative that show different ones
_ALONE = 6  # as many subjects are shown alone for each one that is drawn in relations
_ALONE_TAKES = 3
_TWIN_EVERY = 4  # one subject in four is drawn twice in a relation


@dataclass(frozen=True, slots=True)
class DrawnPlan:
    """How much is drawn; figures are comparable at the defaults only.

    Attributes:
        subjects: Test subjects, each drawn in every relation of a split.
        unrelated: Scenes without a relation among which is searched.
        triplets: Of each condition of the split of subjects, at most.
        fewer: Of each condition of the other splits, at most.
        relations: Names of the relations that are drawn; all if empty.
    """

    subjects: int = 16
    unrelated: int = 300
    triplets: int = 2000
    fewer: int = 800
    relations: tuple[str, ...] = ()

    def of(self, split: Split) -> tuple[str, ...]:
        """The relations of a split; none if there are not two to tell apart."""
        chosen = self.relations or tuple(RELATIONS)
        own = tuple(name for name in chosen if (name in HELD_OUT) == (split == "families"))
        return own if len(own) > 1 else ()


@dataclass(frozen=True, slots=True)
class Item:
    """A scene that is to be drawn.

    Attributes:
        split: Its split; None for one that is only searched among.
        relation: Name, or ``none``.
        subject: Shown alone, or as the main one; None if whatever is drawn does not matter.
        second: In relations.
        style: None for the styles of training, by lot.
        take: 0 for the scene that is searched for and among, more for others of the same kind.
        seed: Decides the rest.
    """

    split: Split | None
    relation: str
    subject: Subject | None
    second: Subject | None
    style: str | None
    take: int
    seed: int

    @property
    def family(self) -> str:
        """Of its relation, or ``none``."""
        return RELATIONS[self.relation].family if self.relation != NONE else NONE

    @property
    def concept(self) -> str:
        """Of its subject; empty without one."""
        return self.subject.concept if self.subject is not None else ""


class DrawnPart:
    """All scenes of the drawn part; see `trainer.relbench.rows.Pictures`.

    Args:
        plan: How much.
        pool: Subjects that no model was trained on.

    Attributes:
        items: The scenes.
        digest: SHA-256 of all pixels, hexadecimal; empty until all were drawn. It is the same on
            two machines that measure the very same.
        sources: How many subjects each source has, by name.

    Raises:
        KnownError: If there are too few subjects, or no such relations.
    """

    def __init__(self, plan: DrawnPlan, pool: Sequence[Subject]) -> None:
        unknown = [name for name in plan.relations if name not in RELATIONS]
        if unknown:
            raise KnownError(f"Unknown relations: {', '.join(unknown)}")
        if not any(plan.of(split) for split in SPLITS):
            raise KnownError("The benchmark needs two relations or more of a split")
        if plan.subjects < _LEAST_SUBJECTS:
            raise KnownError(f"The benchmark needs {_LEAST_SUBJECTS} subjects or more")
        self.plan = plan
        self._pool = pool
        self.items = tuple(_items(plan, pool))
        self.digest = ""
        self.sources = dict(sorted(Counter(subject.source for subject in pool).items()))

    def __len__(self) -> int:
        """How many scenes there are."""
        return len(self.items)

    def __call__(self, min_side: int) -> Iterator[Image.Image]:
        """All scenes in their order, at their own size."""
        del min_side
        generator = SceneGenerator(self._pool, size=_SIDE, seed=_seed("unrelated"))
        digest = hashlib.sha256()
        for item in self.items:
            picture = _draw(item, generator)
            digest.update(picture.tobytes())
            yield picture
        self.digest = digest.hexdigest()

    @property
    def splits(self) -> tuple[Split, ...]:
        """The splits that have scenes."""
        return tuple(split for split in SPLITS if self.plan.of(split))

    def grid(self, split: Split) -> list[int]:
        """Places of the scenes of a split that search and are searched for."""
        return [
            place
            for place, item in enumerate(self.items)
            if item.split == split and item.relation != NONE and item.take == 0
        ]

    def search(self, split: Split) -> Search:
        """Every scene of a split looks for its relation among all scenes of training's styles.

        What shows the same subject in the same relation counts as neither hit nor miss.
        """
        queries = self.grid(split)
        database = [place for own in ("subjects", "families") for place in self.grid(own)]
        database += [place for place, item in enumerate(self.items) if item.split is None]
        asked, there = (self._names(places) for places in (queries, database))
        relevant = asked[0][:, None] == there[0][None, :]
        same = relevant & (asked[1][:, None] == there[1][None, :])
        return Search.of(np.array(queries), np.array(database), relevant, same, asked[0])

    def _names(self, places: Sequence[int]) -> tuple[Names, Names]:
        """Relations and concepts of scenes."""
        some = [self.items[place] for place in places]
        return (
            np.array([item.relation for item in some], np.str_),
            np.array([item.concept for item in some], np.str_),
        )


def _seed(what: str) -> int:
    """A number that depends on the version and a name alone."""
    digest = hashlib.sha256(f"relbench/{DRAWN_VERSION}/{what}".encode()).digest()
    return int.from_bytes(digest[:5], "big")


def _draw(item: Item, generator: SceneGenerator) -> Image.Image:
    if item.subject is None:
        return generator.draw_unrelated(item.seed).image
    if item.second is None:
        return generator.draw_alone(item.subject, item.seed, style=item.style).image
    return generator.draw(
        item.relation, item.subject, item.second, item.seed, style=item.style
    ).image


def _items(plan: DrawnPlan, pool: Sequence[Subject]) -> Iterator[Item]:
    """All scenes: of the splits in relations, of subjects alone, and unrelated ones."""
    ordered = _one_a_concept(pool)
    chosen = ordered[: plan.subjects]
    concepts = {subject.concept for subject in chosen}
    seconds = [subject for subject in pool if subject.concept not in concepts]
    if len(chosen) < plan.subjects or len({subject.concept for subject in seconds}) < 3:
        raise KnownError(
            f"There are test subjects of {len(ordered)} concepts, too few for {plan.subjects}:"
            " lower --subjects, or install more sources of them (docs/training/scenes.md)"
        )
    for split in SPLITS:
        names = plan.of(split)
        if names:
            yield from _related(split, names, chosen, seconds)
        if names and split != "families":  # without a relation there is nothing held out of it
            yield from _alone(split, ordered[: _ALONE * plan.subjects])
    for number in range(plan.unrelated):
        yield Item(None, NONE, None, None, None, 0, number)


def _one_a_concept(pool: Sequence[Subject]) -> list[Subject]:
    """One subject of each concept, in an order drawn by lot."""
    shuffled = sorted(pool, key=lambda subject: subject.id)
    random.Random(_seed("subjects")).shuffle(shuffled)
    first: dict[str, Subject] = {}
    for subject in shuffled:
        first.setdefault(subject.concept, subject)
    return list(first.values())


def _related(
    split: Split, names: Sequence[str], chosen: Sequence[Subject], seconds: Sequence[Subject]
) -> Iterator[Item]:
    """Every subject in every relation, and some twice: with another second subject."""
    r = random.Random(_seed(split))
    for row, subject in enumerate(chosen):
        for column, name in enumerate(names):
            twin = (row + column) % _TWIN_EVERY == 0
            for take, second in enumerate(r.sample(seconds, 2 if twin else 1)):
                style = r.choice(HELD_OUT_STYLES) if split == "styles" else None
                yield Item(split, name, subject, second, style, take, r.randrange(1 << 40))


def _alone(split: Split, subjects: Sequence[Subject]) -> Iterator[Item]:
    """Every subject alone, some times in the same style."""
    r = random.Random(_seed(f"{split}/alone"))
    for number, subject in enumerate(subjects):
        style = HELD_OUT_STYLES[number % len(HELD_OUT_STYLES)] if split == "styles" else "natural"
        for take in range(_ALONE_TAKES):
            yield Item(split, NONE, subject, None, style, take, r.randrange(1 << 40))
