"""What a new analogy shall be: a reference picture, its idea, and what stands in the slots."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import generation, links
from relsim_desktop.operations.generation import Idea, Ideas
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.generation.filling import Filled
    from engine.service import Engine
    from engine.understanding.slots import Slot

_CHIPS: Final = 5
"""How many suggestions each slot has."""

_SEEDS: Final = 2**31


class Composition(QObject):
    """Becomes a prompt. Text is worked on in the GUI thread: it takes well under a millisecond."""

    referred = Signal()
    """Another reference, or what is known of it; see `reference`, `is_looking`, `trouble`."""

    rewritten = Signal()
    """Another idea with other slots; see `caption`, `slots`."""

    filled = Signal()
    """Something else stands in the slots; see `values`, `prompt`."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._reference: Question | None = None
        self._ideas: Ideas | None = None
        self._caption = ""
        self._slots: tuple[Slot, ...] = ()
        self._values: dict[int, str] = {}
        self._seed = 0
        self._words: str | None = None  # a person's prompt
        self._trouble: Trouble | None = None
        self._looking: Job | None = None
        self._coming: Job | None = None

    def attach(self, engine: Engine) -> None:
        """Work with a library; what was placed meanwhile is looked at now."""
        self._engine = engine
        if self._reference is not None:
            self._look()

    # --- reference --------------------------------------------------------------------------------

    @property
    def reference(self) -> Question | None:
        """The picture whose idea is taken."""
        return self._reference

    @property
    def is_coming(self) -> bool:
        """Whether the picture is a link and on its way."""
        return self._coming is not None

    @property
    def is_looking(self) -> bool:
        """Whether the idea of the picture is being found."""
        return self._looking is not None

    @property
    def trouble(self) -> Trouble | None:
        """Why there is no picture, or no idea of it."""
        return self._trouble

    @property
    def others(self) -> tuple[Idea, ...]:
        """What else the picture may be an example of."""
        return self._ideas.others if self._ideas is not None else ()

    @property
    def automatic(self) -> str:
        """The idea that was found in the picture; empty if none is clear."""
        return (self._ideas.description.text or "") if self._ideas is not None else ""

    def place(self, question: Question | None) -> None:
        """Take another picture, or none; sentences have no place here. A link is fetched first."""
        if question is not None:
            pictures = question.pictures
            question = pictures[0].bare if pictures else None
            if question is None:
                return
        for job in (self._coming, self._looking):
            if job is not None:
                job.cancel()
        self._coming = self._looking = self._ideas = self._trouble = None
        is_link = question is not None and bool(question.link)
        self._reference = None if is_link else question
        if question is not None and is_link:
            self._fetch(question)
        elif question is not None:
            self._look()
        self.write("")
        self.referred.emit()

    def _fetch(self, link: Question) -> None:
        job = self._coming = links.fetch(self._jobs, link)
        job.succeeded.connect(self.place)
        job.failed.connect(self._on_not_fetched)

    def _on_not_fetched(self, trouble: Trouble) -> None:
        self._coming = None
        self._trouble = trouble
        self.referred.emit()

    def _look(self) -> None:
        if self._engine is None or self._reference is None:
            return
        job = self._looking = generation.find_ideas(self._jobs, self._engine, self._reference)
        asked = self._reference
        job.succeeded.connect(lambda ideas: self._on_found(ideas, asked))
        job.failed.connect(lambda trouble: self._on_not_found(trouble, asked))

    def _on_found(self, ideas: Ideas, asked: Question) -> None:
        if asked is not self._reference:
            return
        self._looking = None
        self._ideas = ideas
        if not self._caption:  # somebody may have begun to write meanwhile
            self.write(self.automatic)
        self.referred.emit()

    def _on_not_found(self, trouble: Trouble, asked: Question) -> None:
        if asked is self._reference:
            self._looking = None
            self._trouble = trouble
            self.referred.emit()

    # --- idea and slots ---------------------------------------------------------------------------

    @property
    def caption(self) -> str:
        """The idea: an anonymous caption."""
        return self._caption

    @property
    def slots(self) -> tuple[Slot, ...]:
        """What is to be filled, in the order of the caption."""
        return self._slots

    @property
    def values(self) -> dict[int, str]:
        """What stands in the slots, by their places; not to be changed."""
        return self._values

    def write(self, caption: str) -> None:
        """Take another idea; slots that it shares with the one before stay filled."""
        from engine.understanding.slots import slots_of

        caption = " ".join(caption.split())
        if caption == self._caption:
            return
        stock: dict[str, list[str]] = {}
        for place, slot in enumerate(self._slots):
            stock.setdefault(slot.name.casefold(), []).append(self._values.get(place, ""))
        self._caption, self._slots = caption, slots_of(caption)
        self._values, self._words = {}, None
        for place, slot in enumerate(self._slots):
            left = stock.get(slot.name.casefold())
            if left and (value := left.pop(0)):
                self._values[place] = value
        self.rewritten.emit()
        self.filled.emit()

    def reset(self) -> None:
        """Take the idea that was found in the picture."""
        self.write(self.automatic)

    def fill(self, place: int, value: str) -> None:
        """Put something into a slot."""
        if value != self._values.get(place, ""):
            self._values[place] = value
            self._words = None
            self.filled.emit()

    def surprise(self) -> None:
        """Fill all slots by chance, each time otherwise, and suggest other things."""
        from engine.generation.filling import surprise_values

        if self._slots:
            self._seed, self._words = random.randrange(1, _SEEDS), None
            avoid = [value for value in self._values.values() if value]
            self._values = dict(surprise_values(self._caption, avoid=avoid, seed=self._seed))
            self.rewritten.emit()
            self.filled.emit()

    def suggestions(self, place: int) -> tuple[str, ...]:
        """What may stand in a slot."""
        from engine.generation.filling import suggestions

        return suggestions(self._slots[place], seed=self._seed, count=_CHIPS)

    # --- prompt -----------------------------------------------------------------------------------

    @property
    def prompt(self) -> str:
        """The idea with what stands in its slots, or what a person made of it."""
        if self._words is not None:
            return self._words
        made = self._made()
        return made.prompt if made is not None else ""

    @property
    def is_reworded(self) -> bool:
        """Whether the prompt is a person's; it is until a slot or the idea changes."""
        return self._words is not None

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the slots that are empty; none where the prompt is a person's."""
        made = self._made() if self._words is None else None
        return made.missing if made is not None else ()

    @property
    def is_complete(self) -> bool:
        """Whether there is a prompt, and no slot of it is empty."""
        return bool(self.prompt) and not self.missing

    def reword(self, prompt: str) -> None:
        """Take a person's prompt; none, or the same as before, lets the slots write it again."""
        prompt = " ".join(prompt.split())
        made = self._made()
        words = None if not prompt or (made is not None and prompt == made.prompt) else prompt
        if words != self._words:
            self._words = words
            self.filled.emit()

    def _made(self) -> Filled | None:
        from engine.generation.filling import fill

        return fill(self._caption, self._values) if self._caption else None
