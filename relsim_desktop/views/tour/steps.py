"""What the tour shows: the real widgets, and the real thing that a person does with each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from relsim_desktop.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from relsim_desktop.views.window.feature import Host

Target = Callable[["Host"], QWidget | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        name: Identifies it.
        title: A few words, English.
        text: What to do, and what it shows; English.
        target: The widget that it is about; None where there is none.
        done: The signals that tell that the person has done it.
        is_needed: Whether it has a place in this tour.
    """

    name: str
    title: str
    text: str
    target: Target
    done: Callable[[Host], list[SignalInstance]]
    is_needed: Callable[[Host], bool] = lambda host: True


def _is_empty(host: Host) -> bool:
    return host.workspace.collection.files.rowCount() == 0


STEPS: tuple[Step, ...] = (
    Step(
        "index",
        QT_TRANSLATE_NOOP("", "Start with pictures"),
        QT_TRANSLATE_NOOP(
            "",
            "Press “Try the sample collection”. Its pictures are read once and stay where "
            "they are; you can watch them light up.",
        ),
        lambda host: host.parts.empty.sample_button,
        lambda host: [host.workspace.indexing.succeeded],
        _is_empty,
    ),
    Step(
        "ask",
        QT_TRANSLATE_NOOP("", "Ask about a picture"),
        QT_TRANSLATE_NOOP(
            "",
            "Click a picture, or go to it with the arrow keys. At the right are its analogies: "
            "pictures that share its logic. The sentence above says which.",
        ),
        lambda host: host.parts.collection,
        lambda host: [host.workspace.inquiry.answered],
    ),
    Step(
        "surprise",
        QT_TRANSLATE_NOOP("", "Turn up the surprise"),
        QT_TRANSLATE_NOOP(
            "",
            "Move this slider to the right: what looks like your picture steps back, and what "
            "looks nothing like it comes forward.",
        ),
        lambda host: host.parts.analogies.surprise,
        lambda host: [host.parts.analogies.surprise.valueChanged],
    ),
    Step(
        "relation",
        QT_TRANSLATE_NOOP("", "Say which relation you mean"),
        QT_TRANSLATE_NOOP(
            "",
            "One picture holds several relations. Choose one here, and the answers follow it.",
        ),
        lambda host: host.parts.analogies.relations,
        lambda host: [host.parts.analogies.relations.chosen],
    ),
    Step(
        "judge",
        QT_TRANSLATE_NOOP("", "Judge what you see"),
        QT_TRANSLATE_NOOP(
            "",
            "Rest the mouse on a neighbor and press one of the marks; or go to it with the arrow "
            "keys and press 1 for a good analogy, 2 if it only looks alike, 3 if it is none. The "
            "program remembers, and learns from it.",
        ),
        lambda host: host.parts.analogies.view,
        lambda host: [host.workspace.verdicts.judged],
    ),
    Step(
        "board",
        QT_TRANSLATE_NOOP("", "Collect on a board"),
        QT_TRANSLATE_NOOP(
            "",
            "Press B on a picture to put it on a board. Boards are arranged, noted and exported; "
            "they open here.",
        ),
        lambda host: host.parts.boards_button,
        lambda host: [host.workspace.boards.said, host.verbs.boards.toggled],
    ),
    Step(
        "compare",
        QT_TRANSLATE_NOOP("", "Compare two pictures"),
        QT_TRANSLATE_NOOP(
            "",
            "Select two pictures with Ctrl+Click and press this button: it says how close they "
            "are in logic, and how alike they look.",
        ),
        lambda host: host.parts.compare_button,
        lambda host: [host.verbs.compare.toggled],
    ),
)
"""In order."""
