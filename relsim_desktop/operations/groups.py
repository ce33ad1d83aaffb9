"""Verbs on a file of groups: read it, save it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner, Lane, Task

if TYPE_CHECKING:
    from engine.judging.groups import Group, GroupsFile


class SaveOutcome(Enum):
    """What became of a save."""

    SAVED = "saved"
    CHANGED = "changed"
    """Nothing was written: the file holds something that another program put there."""


def read_groups(jobs: JobRunner, path: Path) -> Job:
    """Read a file that is to be changed; succeeds with its `GroupsFile`."""

    def work(task: Task) -> GroupsFile:
        from engine.judging.groups import GroupsFile
        from engine.models.anonymity import leaks

        file = GroupsFile.open(path)
        file.check_writable()
        leaks("")  # reads the word list here rather than in the GUI thread
        return file

    return jobs.start(work, lane=Lane.GROUPS)


def save_groups(
    jobs: JobRunner, file: GroupsFile, groups: Sequence[Group], *, over: bool = False
) -> Job:
    """Write groups to their file; succeeds with a `SaveOutcome`.

    Args:
        jobs: Runs the job; saves run one after another.
        file: Where they came from.
        groups: All of them; the sequence must not change meanwhile.
        over: Write even over what another program put there.
    """

    def work(task: Task) -> SaveOutcome:
        from engine.judging.groups import GroupsChangedError

        try:
            file.save(groups, over=over)
        except GroupsChangedError:
            return SaveOutcome.CHANGED
        return SaveOutcome.SAVED

    return jobs.start(work, lane=Lane.GROUPS)
