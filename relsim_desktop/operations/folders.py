"""Verbs on the folders of the library, and on what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner, Lane, Task

if TYPE_CHECKING:
    from engine.library.exclusions import ExclusionPreview, Preview, RuleError
    from engine.service import Engine
    from engine.store.folders import FolderState

# Changes share the lane of judgements, in which one follows the other: an undo never overtakes.


@dataclass(frozen=True, slots=True)
class FoldersState:
    """The folders with their numbers, and the library's text of rules."""

    folders: list[FolderState]
    rules: str


@dataclass(frozen=True, slots=True)
class RulesCheck:
    """What a text of rules would do: it has errors, or hides so much."""

    errors: list[RuleError]
    preview: Preview | None


def read_folders(jobs: JobRunner, engine: Engine) -> Job:
    """Read folders and rules; succeeds with a `FoldersState`."""

    def work(task: Task) -> FoldersState:
        from engine.library.exclusions import library_rules

        return FoldersState(engine.store.folder_states(), library_rules(engine.store))

    return jobs.start(work, lane=Lane.QUERY)


def remove(jobs: JobRunner, engine: Engine, folder_id: int) -> Job:
    """Take a folder out of the library; `restore` undoes it. Succeeds with None."""

    def work(task: Task) -> None:
        from engine.library.folders import LibraryFolders

        LibraryFolders(engine).remove(folder_id)

    return jobs.start(work, lane=Lane.JUDGE)


def restore(jobs: JobRunner, engine: Engine, folder_id: int) -> Job:
    """Bring a removed folder back; succeeds with whether that was possible."""

    def work(task: Task) -> bool:
        from engine.library.folders import LibraryFolders

        return LibraryFolders(engine).restore(folder_id)

    return jobs.start(work, lane=Lane.JUDGE)


def relocate(jobs: JobRunner, engine: Engine, folder_id: int, place: Path) -> Job:
    """Note that a folder lies elsewhere now; succeeds with None."""

    def work(task: Task) -> None:
        from engine.library.folders import LibraryFolders

        LibraryFolders(engine).relocate(folder_id, place)

    return jobs.start(work, lane=Lane.JUDGE)


def set_watched(jobs: JobRunner, engine: Engine, folder_id: int, watched: bool) -> Job:
    """Let changes in a folder be noticed, or not; succeeds with None."""
    return jobs.start(lambda task: engine.store.set_watched(folder_id, watched), lane=Lane.JUDGE)


def dismiss_vanished(jobs: JobRunner, engine: Engine, folder_id: int) -> Job:
    """A person knows that files of a folder are gone; succeeds with None."""
    return jobs.start(lambda task: engine.store.dismiss_vanished(folder_id), lane=Lane.JUDGE)


def look(jobs: JobRunner, engine: Engine) -> Job:
    """Note which folders are there; succeeds with the paths of those that have come back."""

    def work(task: Task) -> list[Path]:
        from engine.library.folders import LibraryFolders

        return LibraryFolders(engine).look()

    return jobs.start(work, lane=Lane.JUDGE)


def preview_rules(jobs: JobRunner, engine: Engine, text: str, made: list[ExclusionPreview]) -> Job:
    """Count what a text of rules would hide; succeeds with a `RulesCheck`.

    Args:
        jobs: Runs the job.
        engine: The library.
        text: The rules.
        made: Empty at first; afterwards holds what later previews reuse.
    """

    def work(task: Task) -> RulesCheck:
        from engine.library.exclusions import ExclusionPreview, rule_errors

        errors = rule_errors(text)
        if errors:
            return RulesCheck(errors, None)
        if not made:
            made.append(ExclusionPreview(engine.store))
        return RulesCheck([], made[0].count(text, task.control))

    return jobs.start(work, lane=Lane.QUERY)


def set_rules(jobs: JobRunner, engine: Engine, text: str) -> Job:
    """Change the library's rules; succeeds with the text that held before."""

    def work(task: Task) -> str:
        from engine.library.exclusions import library_rules, set_library_rules

        before = library_rules(engine.store)
        set_library_rules(engine.store, text)
        return before

    return jobs.start(work, lane=Lane.JUDGE)
