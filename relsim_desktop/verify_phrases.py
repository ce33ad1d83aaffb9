"""What is said to a person who verifies groups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from relsim_desktop import phrases

if TYPE_CHECKING:
    from engine.groups import Group
    from relsim_desktop.presenters.decisions import Decision, Decisions

NO_CAPTION = "There is no caption yet"
EMPTY = "An empty caption cannot be accepted: press E to write one, or R to reject the group"
EMPTY_WHILE_WRITING = "An empty caption cannot be accepted: write one, or press Escape"
TOO_FEW_IMAGES = "A group needs two pictures at least: press R to reject it instead"
NO_PICTURE_CHOSEN = "Choose the picture to take out first: press its number, or Tab"
NOTHING_UNSEEN = "Every group is decided"
NOTHING_TO_UNDO = "There is nothing to undo"
NOTHING_TO_REDO = "There is nothing to redo"

SOURCES: Final = {
    "proposed": "Proposed by a program",
    "seed": "Seed group",
    "board": "From a board",
    "verdicts": "From verdicts on pairs",
}
VERDICTS: Final = {"unseen": "Not decided", "accepted": "Accepted", "rejected": "Rejected"}


def again(concern: str, key: str) -> str:
    """A concern about a caption, and how to accept it nevertheless."""
    return f"{concern}. {key} once more accepts it as it is"


def place(decisions: Decisions) -> str:
    """``Group 12 of 532``; behind the last group only how many there are."""
    if decisions.current is None:
        return phrases.count(len(decisions), "group")
    return f"Group {decisions.at + 1:,} of {len(decisions):,}"


def tally(decisions: Decisions) -> str:
    """``9 accepted, 2 rejected, 521 to go``."""
    return (
        f"{decisions.count('accepted'):,} accepted, {decisions.count('rejected'):,} rejected, "
        f"{decisions.count('unseen'):,} to go"
    )


def end(decisions: Decisions) -> tuple[str, str]:
    """What is said behind the last group: a title and a hint."""
    unseen = decisions.count("unseen")
    if not len(decisions):
        return "There are no groups in this file", "Whatever wrote it has found none."
    if unseen:
        return (
            f"This is the end, and {phrases.count(unseen, 'group')} "
            f"{'is' if unseen == 1 else 'are'} not decided yet",
            "Press U to go to the next of them, or P to go back.",
        )
    accepted = decisions.count("accepted")
    return (
        f"All {phrases.count(len(decisions), 'group')} are decided"
        if len(decisions) > 1
        else "The group is decided",
        f"{accepted:,} accepted, {decisions.count('rejected'):,} rejected; all of it is in the "
        "file. Press P to go back.",
    )


def taken_back(decision: Decision) -> str:
    """What an undo has undone."""
    return f"Undone: group {decision.at + 1:,} was {_change(decision)}"


def made_again(decision: Decision) -> str:
    """What a redo has done."""
    return f"Done again: group {decision.at + 1:,} is {_change(decision)}"


def _change(decision: Decision) -> str:
    before, after = decision.before, decision.after
    if before.images != after.images:
        return "short of a picture"
    how = "edited and " if before.caption != after.caption else ""
    return how + after.verdict


def dropped(group: Group, at: int) -> str:
    """A picture has left its group."""
    return f"Took out {group.images[at].name}; Ctrl+Z brings it back"


def changed_elsewhere(path: Path) -> str:
    """The file holds something else than what was read from it."""
    return f"Not saved: {path.name} was changed by another program"


def not_saved(why: str) -> str:
    """Writing has failed."""
    return f"Not saved: {why}"


def edited_from(original: str) -> str:
    """What a caption was before a person changed it."""
    return f"Before: {original}" if original else "Before: no caption"
