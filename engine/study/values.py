"""What a user study is made of.

The paper's study (section 5.2 and figure 8) shows a query with the first hits of two methods, A and
B, and asks which of them is relationally alike, or whether they are the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Choice: TypeAlias = Literal["first", "second", "same"]
"""What a person prefers: the hit of the method under test, that of the baseline, or neither."""

QUESTION = (
    "Which picture, A or B, shares the logic of the picture on top, no matter what it shows or"
    " what it looks like?"
)
"""What is asked unless somebody asks something else."""

LONGEST_NAME = 80
"""Characters of a person's name."""


@dataclass(frozen=True, slots=True)
class Method:
    """A way to find pictures.

    Attributes:
        id: For example ``relsim-mini``, ``attribute`` or ``clip-i``.
        title: Name for people.
    """

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One question: a picture, and what two methods found for it.

    Attributes:
        id: Unique in the study; says nothing of the methods.
        query: The picture.
        first: Id of the method under test.
        second: Id of the baseline.
        first_image: The first hit of the method under test.
        second_image: The first hit of the baseline; another picture.
    """

    id: str
    query: Path
    first: str
    second: str
    first_image: Path
    second_image: Path


@dataclass(frozen=True, slots=True)
class Study:
    """A user study.

    Attributes:
        id: Names the study, so that answers find back to it.
        title: Name for people.
        question: What is asked of each trial.
        created: When it was made, ISO 8601 with the time zone.
        seed: Of the queries that were drawn, and of the order in which each person sees the trials.
        methods: The method under test and the baselines.
        tested: Id of the method under test.
        trials: The questions.
        identical: How often each baseline found the same picture as the method under test, by id.
            These are no trials: there is nothing to choose.
    """

    id: str
    title: str
    question: str
    created: str
    seed: int
    methods: tuple[Method, ...]
    tested: str
    trials: tuple[Trial, ...]
    identical: Mapping[str, int]

    @property
    def baselines(self) -> tuple[Method, ...]:
        """The methods that the one under test is compared with, in their order."""
        return tuple(method for method in self.methods if method.id != self.tested)

    def title_of(self, method: str) -> str:
        """The name of a method for people."""
        return next((known.title for known in self.methods if known.id == method), method)


@dataclass(frozen=True, slots=True)
class Shown:
    """A trial as one person sees it; which method is on which side is random.

    Attributes:
        trial: The trial.
        left: Id of the method whose hit is A.
        right: Id of the method whose hit is B.
    """

    trial: Trial
    left: str
    right: str

    @property
    def left_image(self) -> Path:
        """Picture A."""
        is_first = self.left == self.trial.first
        return self.trial.first_image if is_first else self.trial.second_image

    @property
    def right_image(self) -> Path:
        """Picture B."""
        is_first = self.right == self.trial.first
        return self.trial.first_image if is_first else self.trial.second_image

    def choice(self, side: Literal["left", "right", "same"]) -> Choice:
        """What it means to choose a side."""
        if side == "same":
            return "same"
        chosen = self.left if side == "left" else self.right
        return "first" if chosen == self.trial.first else "second"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said of a trial.

    Attributes:
        trial: Its id.
        person: Who, as `person_name` writes it.
        choice: What they prefer.
        seconds: From seeing the trial to answering, 0.0 or more.
        at: When, ISO 8601 with the time zone.
    """

    trial: str
    person: str
    choice: Choice
    seconds: float
    at: str


def person_name(text: str) -> str:
    """A name as it is kept: one line without stray spaces, at most `LONGEST_NAME` characters.

    Returns:
        Empty if there is nothing to see in the text.
    """
    normal = unicodedata.normalize("NFC", text)
    printable = "".join(c if c.isprintable() else " " for c in normal)
    return " ".join(printable.split())[:LONGEST_NAME].strip()


def person_key(person: str) -> str:
    """The same for all spellings of a name that only differ in capitals and spaces."""
    return person_name(person).casefold()
