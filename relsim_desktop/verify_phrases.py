"""What is said to a person who verifies groups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from relsim_desktop.translation import QT_TRANSLATE_NOOP, number, tr

if TYPE_CHECKING:
    from engine.judging.groups import Group
    from relsim_desktop.presenters.decisions import Decision, Decisions

NO_CAPTION = QT_TRANSLATE_NOOP("", "There is no caption yet")
EMPTY = QT_TRANSLATE_NOOP(
    "", "An empty caption cannot be accepted: press E to write one, or R to reject the group"
)
EMPTY_WHILE_WRITING = QT_TRANSLATE_NOOP(
    "", "An empty caption cannot be accepted: write one, or press Escape"
)
TOO_FEW_IMAGES = QT_TRANSLATE_NOOP(
    "", "A group needs two pictures at least: press R to reject it instead"
)
NO_PICTURE_CHOSEN = QT_TRANSLATE_NOOP(
    "", "Choose the picture to take out first: press its number, or Tab"
)
NOTHING_UNSEEN = QT_TRANSLATE_NOOP("", "Every group is decided")
NOTHING_TO_UNDO = QT_TRANSLATE_NOOP("", "There is nothing to undo")
NOTHING_TO_REDO = QT_TRANSLATE_NOOP("", "There is nothing to redo")

SOURCES: Final = {
    "proposed": QT_TRANSLATE_NOOP("", "Proposed by a program"),
    "seed": QT_TRANSLATE_NOOP("", "Seed group"),
    "board": QT_TRANSLATE_NOOP("", "From a board"),
    "verdicts": QT_TRANSLATE_NOOP("", "From verdicts on pairs"),
}
VERDICTS: Final = {
    "unseen": QT_TRANSLATE_NOOP("", "Not decided"),
    "accepted": QT_TRANSLATE_NOOP("", "Accepted"),
    "rejected": QT_TRANSLATE_NOOP("", "Rejected"),
}
_DONE: Final = {
    "unseen": QT_TRANSLATE_NOOP("", "unseen"),
    "accepted": QT_TRANSLATE_NOOP("", "accepted"),
    "rejected": QT_TRANSLATE_NOOP("", "rejected"),
}


def again(concern: str, key: str) -> str:
    """A concern about a caption, and how to accept it nevertheless."""
    said = tr("{concern}. {key} once more accepts it as it is")
    return said.replace("{key}", key).replace("{concern}", concern)


def place(decisions: Decisions) -> str:
    """``Group 12 of 532``; behind the last group only how many there are."""
    if decisions.current is None:
        return tr("%n group(s)", "", len(decisions))
    said = tr("Group {number} of {all}")
    return said.format(number=number(decisions.at + 1), all=number(len(decisions)))


def tally(decisions: Decisions) -> str:
    """``9 accepted, 2 rejected, 521 to go``."""
    return tr("{accepted} accepted, {rejected} rejected, {unseen} to go").format(
        accepted=number(decisions.count("accepted")),
        rejected=number(decisions.count("rejected")),
        unseen=number(decisions.count("unseen")),
    )


def end(decisions: Decisions) -> tuple[str, str]:
    """What is said behind the last group: a title and a hint."""
    unseen = decisions.count("unseen")
    if not len(decisions):
        return tr("There are no groups in this file"), tr("Whatever wrote it has found none.")
    if unseen:
        return (
            tr("This is the end, and %n group(s) is/are not decided yet", "", unseen),
            tr("Press U to go to the next of them, or P to go back."),
        )
    hint = tr(
        "{accepted} accepted, {rejected} rejected; all of it is in the file. Press P to go back."
    ).format(
        accepted=number(decisions.count("accepted")), rejected=number(decisions.count("rejected"))
    )
    return tr("All %n group(s) are decided", "", len(decisions)), hint


def taken_back(decision: Decision) -> str:
    """What an undo has undone."""
    said = tr("Undone: group {number} was {change}")
    return said.format(number=number(decision.at + 1), change=_change(decision))


def made_again(decision: Decision) -> str:
    """What a redo has done."""
    said = tr("Done again: group {number} is {change}")
    return said.format(number=number(decision.at + 1), change=_change(decision))


def _change(decision: Decision) -> str:
    before, after = decision.before, decision.after
    if before.images != after.images:
        return tr("short of a picture")
    verdict = tr(_DONE[after.verdict])
    if before.caption != after.caption:
        return tr("edited and {verdict}").format(verdict=verdict)
    return verdict


def dropped(group: Group, at: int) -> str:
    """A picture has left its group."""
    return tr("Took out {name}; Ctrl+Z brings it back").replace("{name}", group.images[at].name)


def changed_elsewhere(path: Path) -> str:
    """The file holds something else than what was read from it."""
    return tr("Not saved: {name} was changed by another program").replace("{name}", path.name)


def not_saved(why: str) -> str:
    """Writing has failed."""
    return tr("Not saved: {why}").replace("{why}", why)


def edited_from(original: str) -> str:
    """What a caption was before a person changed it."""
    return tr("Before: {caption}").replace("{caption}", original or tr("no caption"))
