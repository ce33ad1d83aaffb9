"""Verdicts and boards in words for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from relsim_desktop import phrases
from relsim_desktop.translation import QT_TRANSLATE_NOOP, number, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.judging.judged_groups import GroupsReport, PictureCounts
    from engine.judging.judgements import JudgedPair
    from engine.types import Board, BoardChange, BoardPicture, PairVerdict

VERDICTS: Final[dict[PairVerdict, str]] = {
    "good": QT_TRANSLATE_NOOP("", "Good analogy"),
    "alike": QT_TRANSLATE_NOOP("", "Only looks alike"),
    "no": QT_TRANSLATE_NOOP("", "No analogy"),
}
"""In the order of their keys 1, 2 and 3."""

YOURS = QT_TRANSLATE_NOOP("", "Your verdict")
NO_PAIR = QT_TRANSLATE_NOOP(
    "", "Only two pictures of the library can be judged: add this one to it first"
)
NOT_INDEXED = QT_TRANSLATE_NOOP("", "Only pictures that are indexed can be put on a board")
NOTHING_CHOSEN = QT_TRANSLATE_NOOP("", "Pick a picture first")


def verdict_name(verdict: PairVerdict) -> str:
    """``Good analogy``."""
    return tr(VERDICTS[verdict])


def verdict_with_key(verdict: PairVerdict) -> str:
    """``Good analogy (1)``."""
    return f"{verdict_name(verdict)} ({list(VERDICTS).index(verdict) + 1})"


def verdict_step(verdict: PairVerdict | None) -> str:
    """A change of a verdict, as it reads after "Undo"."""
    return f"“{verdict_name(verdict)}”" if verdict is not None else tr("taking a verdict back")


def board_step(change: BoardChange) -> str:
    """A change of a board, as it reads after "Undo"."""
    before, after = change.before, change.after
    if before is None:
        return tr("new board")
    if after is None:
        return tr("deleting a board")
    if before.name != after.name:
        return tr("renaming a board")
    grew = len(after.images) - len(before.images)
    if grew:
        return tr("adding to a board") if grew > 0 else tr("removing from a board")
    if before.note != after.note or before.notes != after.notes:
        return tr("writing a note")
    return tr("arranging a board")


def boards_step(changes: Sequence[BoardChange]) -> str:
    """One change of a board, or several at once, as they read after "Undo"."""
    if len(changes) == 1:
        return board_step(changes[0])
    if any(change.after is None for change in changes):
        return tr("merging boards")
    return tr("moving to another board")


def boards_changed(changes: Sequence[BoardChange]) -> str:
    """What was done to one board or several, in one line; empty where it is plain to see."""
    if len(changes) == 1:
        return board_changed(changes[0])
    source, target = changes[0].before, changes[1].after
    assert source is not None, "pictures were moved from it"
    assert target is not None, "pictures were moved to it"
    if any(change.after is None for change in changes):
        said = tr("Merged “{source}” into “{target}”; Ctrl+Z undoes it")
    else:
        said = tr("Moved from “{source}” to “{target}”; Ctrl+Z undoes it")
    names = {"{source}": source.name, "{target}": target.name}
    for slot, name in names.items():
        said = said.replace(slot, board_name(name))
    return said


def pair_line(pair: JudgedPair) -> str:
    """Two judged pictures in one line, for screen readers."""
    names = f"{picture_line(pair.a)}, {picture_line(pair.b)}"
    return f"{verdict_name(pair.verdict)}: {names}"


def not_brought(count: int) -> str:
    """Files that could not be put on a board even after indexing."""
    return tr("%n file(s) could not be put on the board: not readable as pictures", "", count)


def offer_to_index(count: int) -> str:
    """Asks whether files are to be indexed, so that they can be put on a board."""
    return tr("%n of them is/are not in the library yet", "", count)


def board_changed(change: BoardChange) -> str:
    """What was done to a board, in one line."""
    before, after = change.before, change.after
    if before is None or after is None:
        return _came_or_went(before, after)
    grew, name = len(after.images) - len(before.images), board_name(after.name)
    if grew > 0:
        return tr("Put %n picture(s) on “{board}”", "", grew).replace("{board}", name)
    if grew < 0:
        said = tr("Took %n picture(s) off “{board}”; Ctrl+Z undoes it", "", -grew)
        return said.replace("{board}", name)
    if before.name != after.name:
        said = tr("Renamed “{before}” to “{after}”").replace("{after}", name)
        return said.replace("{before}", board_name(before.name))
    return "" if before != after else tr("“{board}” holds that already").replace("{board}", name)


def _came_or_went(before: Board | None, after: Board | None) -> str:
    if before is not None:
        said = tr("Deleted the board “{board}”; Ctrl+Z undoes it")
        return said.replace("{board}", board_name(before.name))
    assert after is not None, "a board was there before the change or after it"
    name = board_name(after.name)
    if not after.images:
        return tr("Made the board “{board}”").replace("{board}", name)
    said = tr("Put %n picture(s) on the new board “{board}”", "", len(after.images))
    return said.replace("{board}", name)


def board_name(name: str) -> str:
    """A board's name as it reads where slots are not painted: without their braces."""
    return "".join(text for text, _ in phrases.pieces(name))


def board_line(board: Board) -> str:
    """A board in a list, for screen readers: ``Rings, 12 pictures``."""
    return f"{board_name(board.name)}, {phrases.pictures(len(board.images))}"


def board_count(board: Board, away: int) -> str:
    """``14 pictures, 6 not there now``."""
    total = phrases.pictures(len(board.images))
    if not away:
        return total
    missing = tr("%n not there now", "", away)
    return f"{total}, {missing}"


def exported(report: GroupsReport, out: Path) -> tuple[str, str]:
    """What an export wrote, and what it left out: a title and a text."""
    lines = [str(out)]
    if report.boards:
        boards = tr("%n board(s)", "", report.boards)
        lines.append(_source(report.from_boards, boards, report.on_boards))
    if report.good:
        pairs = tr("%n good analogy/analogies", "", report.good)
        lines.append(_source(report.from_verdicts, pairs, report.in_verdicts))
    if report.left_out:
        names = ", ".join(f"“{board_name(name)}”" for name in report.left_out)
        said = tr("Left out, with fewer than two pictures that are there now: {names}.")
        lines.append(said.replace("{names}", names))
    return tr("Exported %n group(s)", "", report.groups), "\n\n".join(lines)


def _source(groups: int, of: str, pictures: PictureCounts) -> str:
    found, grouped = phrases.pictures(pictures.found), number(pictures.grouped)
    said = [tr("{pictures}: {number} in groups").format(pictures=found, number=grouped)]
    if pictures.offline:
        said.append(tr("%n not there now", "", pictures.offline))
    if pictures.alone:
        said.append(tr("%n left alone", "", pictures.alone))
    source = tr("%n group(s) from {source}", "", groups).replace("{source}", of)
    return f"{source}. {', '.join(said)}."


def picture_name(picture: BoardPicture) -> str:
    """The file name of a picture of a board, or why there is none."""
    return picture.path.name if picture.path is not None else tr("Not in the library now")


def picture_line(picture: BoardPicture) -> str:
    """A picture of a board in one line, for screen readers."""
    name = picture_name(picture)
    is_there = picture.is_online or picture.path is None
    return name if is_there else tr("{name}, not there now").replace("{name}", name)


def picture_in_full(picture: BoardPicture) -> str:
    """Where a picture of a board is, or why it is not there; and what was noted."""
    if picture.path is None:
        where = tr("Its folder has left the library; add the folder again to see it here")
    else:
        where = str(picture.path)
        if not picture.is_online:
            where += "\n" + tr("Not there now")
    return f"{where}\n\n{picture.note}" if picture.note else where
