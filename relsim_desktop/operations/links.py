"""Verbs that fetch what a person dragged or pasted as a link; nothing is fetched otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from engine.errors import DecodeError
from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.question import Part, Question
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from relsim_desktop.fetching import LinkError

_EDGE = 2048  # pixels; more than any model or view looks at


def fetch(jobs: JobRunner, question: Question) -> Job:
    """Fetch the pictures of a question that are links.

    Succeeds with the same `Question`, its links replaced by pictures. Reports progress in bytes,
    and a cancel takes effect at once, whatever the network does. Fails where a person does not want
    links to be fetched.
    """
    may_fetch = jobs.may_fetch

    def work(task: Task) -> Question:
        if not may_fetch:
            raise _forbidden()

        def here(what: Question) -> Question:
            return fetched(what, task) if what.link else what

        if not question.is_composed:
            picture = here(question.bare)
            return replace(question, pasted=picture.pasted, name=picture.name, link="")
        parts = [Part(here(part.what), part.weight) for part in question.composition]
        whole = Question.of(parts)
        return replace(
            whole, relation=question.relation, filters=question.filters, order=question.order
        )

    return jobs.start(work, lane=Lane.LINK, sampled=True)


def _forbidden() -> LinkError:
    from relsim_desktop.fetching import LinkError

    return LinkError(
        tr(
            "Links are not fetched: allow it in the settings, under “Privacy”, or save the picture "
            "from the browser and drop the file"
        )
    )


def fetched(link: Question, task: Task) -> Question:
    """The picture behind a link.

    Raises:
        LinkError: If it cannot be had, or is no picture.
        Cancelled: If the task is cancelled.
    """
    from relsim_desktop.fetching import LinkError, get_picture, name_of

    content = get_picture(link.link, task.control)
    name = name_of(link.link)
    try:
        image = _decoded(content)
    except DecodeError as error:
        said = tr("{name} is no picture that can be read: {why}")
        said = said.replace("{why}", str(error)).replace("{name}", name)
        raise LinkError(said) from error
    return Question(pasted=image, name=name)


def _decoded(content: bytes) -> QImage:
    from engine.imaging import decode  # brings numpy along

    picture = decode(content, min_side=_EDGE)
    picture.thumbnail((_EDGE, _EDGE))
    width, height = picture.size
    return QImage(picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
