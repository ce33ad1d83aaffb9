"""What a person asks about: pictures and sentences, weighed against each other, and the terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Self, TypeAlias

from PySide6.QtGui import QImage

from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.finding.filters import Filters

Order: TypeAlias = Literal["nearest", "farthest"]

WEIGHTS: Final = (0.5, 1.0, 2.0)
"""What a part may weigh; a negative weight pushes away from it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of a question.

    Attributes:
        what: A picture or a sentence, without parts and terms of its own.
        weight: In -2..2, not 0; a negative one pushes away from it.
    """

    what: Question
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """One thing, or several as a `composition`, and the terms under which it is asked.

    Of `path`, `pasted`, `link` and `text` exactly one is set. In a composition they are those of
    the leading part: the first picture that is asked for, or else the first such sentence.

    Attributes:
        path: A file, in the library or not.
        image_id: The library's image that `path` shows, where that is known; it saves a look-up.
        pasted: A picture without a file.
        text: A relation in words; may hold slots.
        name: What a picture without a file is called; empty if nobody named it.
        link: The address of a picture that is not here yet.
        composition: All parts where there are several, the leading one among them.
        relation: Which of the picture's relations is meant, in words; empty for all of them.
        filters: What the answers must hold; None for no condition.
        order: The least related first, or as ever the most.
    """

    path: Path | None = None
    image_id: int | None = None
    pasted: QImage | None = None
    text: str = ""
    name: str = ""
    link: str = ""
    composition: tuple[Part, ...] = ()
    relation: str = ""
    filters: Filters | None = None
    order: Order = "nearest"

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Self:
        """Ask about several things at once.

        Raises:
            ValueError: If every part is to be pushed away from.
        """
        parts = tuple(parts)
        wanted = [part.what for part in parts if part.weight > 0]
        if not wanted:
            raise ValueError("something must be asked for")
        leading = next((what for what in wanted if not what.is_text), wanted[0])
        composition = parts if len(parts) > 1 else ()
        return cls(
            leading.path,
            leading.image_id,
            leading.pasted,
            leading.text,
            leading.name,
            leading.link,
            composition,
        )

    @property
    def is_text(self) -> bool:
        """Whether only sentences are asked for, which have no look."""
        return bool(self.text)

    @property
    def is_composed(self) -> bool:
        """Whether there are several parts."""
        return bool(self.composition)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, in the order in which a person put them there."""
        return self.composition or (Part(self.bare),)

    @property
    def bare(self) -> Question:
        """The leading thing alone, without terms."""
        return Question(self.path, self.image_id, self.pasted, self.text, self.name, self.link)

    @property
    def pictures(self) -> tuple[Question, ...]:
        """The pictures that are asked for."""
        parts = self.parts
        return tuple(part.what for part in parts if part.weight > 0 and not part.what.is_text)

    @property
    def has_links(self) -> bool:
        """Whether a picture is not here yet."""
        return any(part.what.link for part in self.parts)

    @property
    def title(self) -> str:
        """A short name of it."""
        if self.composition:
            signed = [("+ " if p.weight > 0 else "− ") + p.what.title for p in self.composition]
            return " ".join(signed).removeprefix("+ ")
        if self.path is not None:
            return self.path.name
        if self.text:
            return f"“{self.text}”"
        return self.name or self.link or tr("Pasted picture")

    def is_same_as(self, other: Question | None) -> bool:
        """Whether both ask about the same things, under whatever terms."""
        if other is None or self.is_composed != other.is_composed:
            return False
        if self.composition:
            return len(self.composition) == len(other.composition) and all(
                mine.weight == theirs.weight and mine.what.is_same_as(theirs.what)
                for mine, theirs in zip(self.composition, other.composition, strict=True)
            )
        if self.pasted is not other.pasted:
            return False
        if self.path is None and self.image_id != other.image_id:
            return False
        return (self.path, self.text, self.link) == (other.path, other.text, other.link)

    def has_terms_of(self, other: Question | None) -> bool:
        """Whether both are asked under the same terms."""
        return other is not None and (self.relation, self.filters, self.order) == (
            other.relation,
            other.filters,
            other.order,
        )

    def under_terms_of(self, other: Question | None) -> Question:
        """The same under the filters and in the order of another; the relation was that one's."""
        if other is None or self.filters is not None or self.order != "nearest":
            return self
        return replace(self, filters=other.filters, order=other.order)

    def adding(self, what: Question, weight: float = 1.0) -> Question:
        """The same and more; what is in it already gets the new weight."""
        parts = list(self.parts)
        for part in what.parts:
            one = Part(part.what, part.weight * weight)
            kept = [at for at, old in enumerate(parts) if old.what.is_same_as(one.what)]
            if kept:
                parts[kept[0]] = one
            else:
                parts.append(one)
        return self._with(parts)

    def without(self, at: int) -> Question:
        """The same without a part; see `can_lose`."""
        parts = list(self.parts)
        del parts[at]
        return self._with(parts)

    def weighing(self, at: int, weight: float) -> Question:
        """The same with another weight of a part; see `can_lose` for a negative one."""
        parts = list(self.parts)
        parts[at] = Part(parts[at].what, weight)
        return self._with(parts)

    def can_lose(self, at: int) -> bool:
        """Whether something is still asked for without a part, or with it pushed away from."""
        return any(part.weight > 0 for other, part in enumerate(self.parts) if other != at)

    def _with(self, parts: list[Part]) -> Question:
        if not any(part.weight > 0 for part in parts):
            return self
        made = Question.of(parts)
        return replace(made, relation=self.relation, filters=self.filters, order=self.order)
