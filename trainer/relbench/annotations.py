"""Pictures, groups and triplets of the real part, as they were annotated by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from engine.errors import KnownError
from resources import ROOT
from trainer.packages import find_file, sha256_of
from trainer.scenes.types import NONE

DIRECTORY = ROOT / "relbench"
FORMAT = 1

Part = Literal["train", "test"]
Condition = Literal["agree", "conflict", "logic_only", "look_only"]
CONDITIONS: tuple[Condition, ...] = ("agree", "conflict", "logic_only", "look_only")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a package, and what an annotator wrote down of it (docs/benchmark/codebook.md).

    Attributes:
        id: The first 16 digits of the hash.
        package: Of Debian; see `trainer.packages`.
        path: Below the root of the package.
        sha256: Of the file's content.
        relation: A key of the codebook, or ``none``.
        second: Another relation that is as clear.
        subject: What is shown, a plain noun.
        caption: The anonymous caption; None if there is no relation.
        part: Whether models may be trained on it.
        kind: A photograph, or anything else.
    """

    id: str
    package: str
    path: str
    sha256: str
    relation: str
    second: str | None
    subject: str
    caption: str | None
    part: Part
    kind: Literal["photo", "drawing"]


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures of different subjects that share one logic.

    Attributes:
        id: Relation and number.
        relation: Of all of them.
        family: Of the relation.
        part: Of all of them.
        caption: The anonymous caption that is true of all of them.
        pictures: Their ids, two to ten.
    """

    id: str
    relation: str
    family: str
    part: Part
    caption: str
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Triplet:
    """A reference with two others; the positive one is the right answer. All of the test part.

    Attributes:
        condition: ``agree``: the positive one shares logic and look. ``conflict``: it shares the
            logic, the negative one the look. ``logic_only``: it shares the logic, and neither the
            look. ``look_only``: it shares the look, and none shows a relation.
        anchor: Id of the reference.
        positive: Id of the right answer.
        negative: Id of the other.
        relation: Of the anchor.
        family: Of the relation; ``none`` where there is none.
        blind: Whether an annotator who saw the three for the first time answered rightly; None if
            nobody was asked.
    """

    condition: Condition
    anchor: str
    positive: str
    negative: str
    relation: str
    family: str
    blind: bool | None


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What a second annotator wrote down of a picture without knowing the first answer.

    Attributes:
        picture: Its id.
        relation: A key of the codebook, ``none`` or ``unclear``.
        second: Another relation that is as clear.
    """

    picture: str
    relation: str
    second: str | None


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything that was annotated.

    Attributes:
        version: Of the annotations; figures of different versions do not compare.
        families: Family of each relation of the codebook.
        pictures: By id.
        groups: Of both parts, disjoint by relation and by picture between them.
        triplets: Of the test part.
        second_pass: Of a random share of the pictures.
    """

    version: str
    families: dict[str, str]
    pictures: dict[str, Picture]
    groups: tuple[Group, ...]
    triplets: tuple[Triplet, ...]
    second_pass: tuple[SecondOpinion, ...]

    @property
    def named(self) -> frozenset[str]:
        """Ids of all pictures that groups, triplets and the second pass name."""
        grouped = (i for group in self.groups for i in group.pictures)
        in_triplets = (i for t in self.triplets for i in (t.anchor, t.positive, t.negative))
        return frozenset((*grouped, *in_triplets, *(one.picture for one in self.second_pass)))

    @property
    def asked(self) -> frozenset[str]:
        """Ids of the test pictures that groups and triplets ask about: never to be trained on."""
        grouped = (i for group in self.groups if group.part == "test" for i in group.pictures)
        named = (i for t in self.triplets for i in (t.anchor, t.positive, t.negative))
        related = (p.id for p in self.pictures.values() if p.part == "test" and p.relation != NONE)
        return frozenset((*grouped, *named, *related))


@lru_cache(maxsize=1)
def read_annotations(directory: Path = DIRECTORY) -> Annotations:
    """Read the annotations that ship with the program.

    Raises:
        KnownError: If they are missing, damaged, or of a newer format.
    """
    try:
        about = json.loads((directory / "about.json").read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            raise KnownError(
                f"The annotations in {directory} have format {about['format']}; this version reads"
                f" {FORMAT}"
            )
        pictures = [Picture(**line) for line in _lines(directory / "pictures.jsonl")]
        groups = [
            Group(**{**line, "pictures": tuple(line["pictures"])})
            for line in _lines(directory / "groups.jsonl")
        ]
        annotations = Annotations(
            version=str(about["version"]),
            families=dict(about["families"]),
            pictures={picture.id: picture for picture in pictures},
            groups=tuple(groups),
            triplets=tuple(Triplet(**line) for line in _lines(directory / "triplets.jsonl")),
            second_pass=tuple(
                SecondOpinion(**line) for line in _lines(directory / "second-pass.jsonl")
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError(f"The annotations in {directory} cannot be read: {error}") from error
    lacking = annotations.named - annotations.pictures.keys()
    if lacking:
        raise KnownError(
            f"The annotations in {directory} cannot be read: they name {min(lacking)}, which"
            " pictures.jsonl lacks"
        )
    return annotations


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def locate(picture: Picture) -> Path | None:
    """The picture's file on this machine; None if it is not there, or another picture is."""
    path = find_file(picture.package, picture.path)
    return path if path is not None and sha256_of(path) == picture.sha256 else None
