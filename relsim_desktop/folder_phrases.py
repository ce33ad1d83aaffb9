"""Folders and the library's health in words for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop import phrases
from relsim_desktop.translation import number, tr

if TYPE_CHECKING:
    from engine.library.watching import WatchState
    from engine.store.folders import FolderState
    from relsim_desktop.operations.folders import RulesCheck


def name(path: Path) -> str:
    """What a folder is called: its name, or the whole path of a drive."""
    return path.name or str(path)


def removed(state: FolderState) -> str:
    """What was done, and that it can be undone."""
    text = tr("Removed {folder} from the library; its files are untouched. Ctrl+Z brings it back")
    return text.replace("{folder}", name(state.folder.path))


def removal(state: FolderState) -> str:
    """As it reads after "Undo"."""
    return tr("removing {folder}").replace("{folder}", name(state.folder.path))


def forgotten(state: FolderState) -> str:
    """A removal that cannot be undone any more."""
    text = tr("{folder} has been forgotten meanwhile, and is not there to be added again")
    return text.replace("{folder}", name(state.folder.path))


def relocated(place: Path) -> str:
    """What was done."""
    return tr("Its pictures are found in {folder} now").replace("{folder}", str(place))


def relocation(state: FolderState) -> str:
    """As it reads after "Undo"."""
    return tr("moving {folder}").replace("{folder}", name(state.folder.path))


def change_of_rules() -> str:
    """As it reads after "Undo"."""
    return tr("changing what is left out")


def numbers(state: FolderState) -> str:
    """``4,310 pictures found · 4,280 indexed · 20 failed · 3.2 GB``; zeros are left out."""
    parts = [tr("%n picture(s) found", "", state.found)]
    for count, text in (
        (state.indexed, tr("{n} indexed")),
        (state.pending, tr("{n} waiting")),
        (state.failed, tr("{n} failed")),
        (state.offline, tr("{n} offline")),
        (state.skipped, tr("{n} skipped")),
    ):
        if count:
            parts.append(text.replace("{n}", number(count)))
    parts.append(phrases.size(state.size))
    return " · ".join(parts)


def standing(state: FolderState, watch: WatchState | None) -> str:
    """Whether a folder is there, and how it is watched."""
    if not state.folder.online:
        return tr("Offline: not there now. Nothing is lost; it is noticed when it comes back")
    if not state.watched:
        return tr("There, not watched: look for changes yourself")
    if watch is None or watch.mode == "away":
        return tr("There")
    if watch.mode == "told":
        return tr("There, watched: changes are noticed at once")
    text = tr("There, looked through every minute: {reason}")
    return text.replace("{reason}", watch.reason)


def vanished(state: FolderState) -> str:
    """That a folder has lost many files at once."""
    return tr(
        "%n picture(s) disappeared from here at once. Nothing is forgotten: they come back with"
        " their files. Is a drive missing? Has a part of the folder moved? Then add the folder"
        " that it is in now.",
        "",
        state.vanished,
    )


def check_of_rules(check: RulesCheck) -> str:
    """``Hides 312 of 4,310 pictures``, or which line is wrong."""
    if check.preview is None:
        lines = [
            tr("Line {line}: “{text}” is not a pattern")
            .replace("{line}", number(error.line))
            .replace("{text}", error.text)
            for error in check.errors
        ]
        return "\n".join(lines[:5])
    text = tr("Hides {hidden} of {of} pictures")
    return text.replace("{hidden}", number(check.preview.hidden)).replace(
        "{of}", number(check.preview.of)
    )
