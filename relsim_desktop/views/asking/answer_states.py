"""Says what stands where the cards would be, and what a person can do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, Trouble
from relsim_desktop.operations.finding import WayOut
from relsim_desktop.presenters.inquiry import Inquiry
from relsim_desktop.translation import tr
from relsim_desktop.views.asking.answer_message import AnswerMessage

if TYPE_CHECKING:
    from engine.jobs import Progress

Ways = Mapping[str, Callable[[], object]]

_NO_WAYS: Final[Ways] = MappingProxyType({})
_MOST_WAYS = 3  # filters that are offered to be let go, besides all of them


class AnswerStates(QObject):
    """Fills the message of an inquiry."""

    said = Signal()
    """There is another message, which is to be seen now."""

    def __init__(self, message: AnswerMessage, inquiry: Inquiry) -> None:
        super().__init__(message)
        self._message = message
        self._inquiry = inquiry
        self._ways: list[Callable[[], object]] = []
        self._fetch: Job | None = None
        message.chosen.connect(lambda number: self._ways[number]())
        inquiry.asked.connect(self._on_asked)

    def say_nothing_asked(self) -> None:
        """Invite to ask."""
        self._say(
            "analogy",
            tr("Pick a picture to see its analogies"),
            tr(
                "Click one in the collection, drop one here from anywhere, or paste one. "
                "Or describe a relation in words above."
            ),
        )

    def say_waiting(self) -> None:
        """The answer takes its time."""
        self._say(
            "analogy",
            tr("Looking for analogies…"),
            tr("The first question waits for the model."),
        )

    def say_fetching(self, job: Job) -> None:
        """A picture comes from the network: say from where, how far it is, and let it stop."""
        self._fetch = job
        question = self._inquiry.question
        parts = question.parts if question is not None else ()
        links = "\n".join(part.what.link for part in parts if part.what.link)
        self._say("analogy", tr("Fetching the picture…"), links, {tr("Cancel"): job.cancel})
        self._message.show_share(None)
        job.progressed.connect(self._on_progress)
        job.cancelled.connect(self._on_fetch_cancelled)

    def say_failed(self, trouble: Trouble) -> None:
        """There is no answer."""
        question = self._inquiry.question
        is_link = question is not None and question.has_links
        ways: Ways = {tr("Fetch it again"): self._inquiry.fetch} if is_link else _NO_WAYS
        self._say("warning", tr("No answer to this one"), trouble.text, ways)

    def say_empty(self, ways: Sequence[WayOut] = ()) -> None:
        """Nothing was found; if that is for the filters, say which one, and let it go.

        Args:
            ways: Filters without which something would be found, as far as that is known.
        """
        question, inquiry = self._inquiry.question, self._inquiry
        if question is None or question.filters is None:
            hint = tr("They appear as soon as pictures are indexed.")
            self._say("analogy", tr("No neighbors yet"), hint)
            return
        outs: dict[str, Callable[[], object]] = {
            tr("Without “{filter}”: %n hit(s)", "", way.hits).format(filter=way.text): partial(
                inquiry.change, way.question
            )
            for way in ways[:_MOST_WAYS]
        }
        outs[tr("Clear all filters")] = partial(inquiry.change, replace(question, filters=None))
        is_score = inquiry.found is not None and inquiry.found.passing > 0
        if ways:
            hint = tr("One of these filters is too narrow.")
        elif is_score:
            hint = tr("Ask for a lower score, or for all of them.")
        else:
            hint = tr("The filters together let no picture through.")
        title = (
            tr("No picture that passes is related enough")
            if is_score
            else tr("No picture passes the filters")
        )
        self._say("filter", title, hint, outs)

    def _on_asked(self) -> None:
        self._fetch = None

    def _on_progress(self, progress: Progress) -> None:
        if self._fetch is not None and self._fetch.is_running:
            total = progress.total
            self._message.show_share(progress.done / total if total else None)

    def _on_fetch_cancelled(self) -> None:
        if self._fetch is not None and not self._fetch.is_running:  # else something newer is asked
            self._say(
                "analogy",
                tr("The picture was not fetched"),
                tr("Nothing was kept of it."),
                {tr("Fetch it again"): self._inquiry.fetch},
            )

    def _say(self, icon: str, title: str, hint: str, ways: Ways = _NO_WAYS) -> None:
        self._ways = list(ways.values())
        self._message.say(icon, title, hint, ways=list(ways))
        self.said.emit()
