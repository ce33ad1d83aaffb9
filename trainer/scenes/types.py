"""The values of the scene generator: relations, subjects, scenes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from PIL.Image import Image

if TYPE_CHECKING:
    from trainer.scenes.canvas import Canvas

NONE = "none"
"""Name and family of the scenes that show no clear relation."""


class SpriteLoader(Protocol):
    """Reads or draws a subject's picture."""

    def __call__(self, side: int) -> Image:
        """Return it as RGBA, cropped to what is visible, neither side above `side` pixels."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be put into a scene.

    Attributes:
        id: Stable across machines that have the source: ``source:path-or-kind``.
        name: What it shows, in the singular and without an article; as good as its source knows.
        source: ``shapes``, ``openmoji``, ``stamps`` or ``openclipart``.
        concept: What near-identical subjects have in common; splits keep a concept together.
        load: Reads or draws it; see `trainer.scenes.sprites.sprite` for the cached way.
    """

    id: str
    name: str
    source: str
    concept: str
    load: SpriteLoader = field(compare=False, repr=False)

    @property
    def bucket(self) -> float:
        """A number in 0..1 that depends on the concept alone; decides the split."""
        digest = hashlib.sha256(self.concept.encode()).digest()
        return int.from_bytes(digest[:6], "big") / float(1 << 48)


@dataclass(frozen=True, slots=True)
class Relation:
    """A logic that a scene can show, whatever its subjects are.

    Attributes:
        name: Stable identifier.
        family: Which kind of logic it is.
        captions: Anonymous wordings with slots such as ``{Subject}``; six or more.
        conventional: Templates with ``{a}`` and ``{b}`` for the subjects' names.
        draw: Draws the relation between ``canvas.a`` and ``canvas.b``.
        held_out: Never trained on; shows how far a model carries over to new relations.
        distractors: Whether stray marks leave the relation intact.
        by_colour: Whether the relation is lost without colour.
    """

    name: str
    family: str
    captions: tuple[str, ...]
    conventional: tuple[str, ...]
    draw: Callable[[Canvas], None] = field(repr=False)
    held_out: bool = False
    distractors: bool = True
    by_colour: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawn relation with its exact ground truth.

    Attributes:
        image: RGB, square.
        relation: Name of the relation, or ``none``.
        family: Family of the relation, or ``none``.
        subjects: Ids of the subjects in it; empty for a bare background.
        caption: One anonymous wording of the relation.
        conventional: One sentence that names the subjects.
    """

    image: Image
    relation: str
    family: str
    subjects: tuple[str, ...]
    caption: str
    conventional: str
