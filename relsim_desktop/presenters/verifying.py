"""Verifying the groups of a file: each decision is made here and is on disk at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Signal

from relsim_desktop import verify_phrases
from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import groups as operations
from relsim_desktop.operations.groups import SaveOutcome
from relsim_desktop.presenters.decisions import Decisions, repeated
from relsim_desktop.presenters.leaks import concern
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.judging.groups import Group, GroupsFile


class Verifying(QObject):
    """Holds an open file and what a person decides about its groups.

    A save writes the groups as they are when it begins; decisions meanwhile become one more save.
    """

    changed = Signal()
    """Another group is shown, or the group that is shown is another now."""

    said = Signal(str)
    """A line for the person; empty when the last one is out of date."""

    opening = Signal(object)
    """The path of a file that is being read."""

    opened = Signal()
    """A file was read."""

    refused = Signal(object)
    """The `Trouble` with a file that was to be opened; what was open before stays."""

    conflicted = Signal()
    """Another program has changed the file: decisions wait for `write_over` or `read_again`."""

    kept = Signal()
    """What is on disk, or the trouble with it, has changed: see `is_saved` and `trouble`."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._file: GroupsFile | None = None
        self._decisions = Decisions(())
        self._reading: Job | None = None
        self._saving: Job | None = None
        self._is_behind = False  # decisions came while a save was under way
        self._is_conflicting = False
        self._trouble: Trouble | None = None
        self._warned: tuple[str, str] | None = None

    # --- what there is ----------------------------------------------------------------------------

    @property
    def path(self) -> Path | None:
        """The file, once it is open."""
        return self._file.path if self._file is not None else None

    @property
    def decisions(self) -> Decisions:
        """The groups, and where the person is."""
        return self._decisions

    @property
    def is_saved(self) -> bool:
        """Whether every decision is on disk."""
        return self._saving is None and self._trouble is None

    @property
    def trouble(self) -> Trouble | None:
        """Why decisions are not on disk; None while they are, or are about to be."""
        return self._trouble

    @property
    def is_conflicting(self) -> bool:
        """Whether the trouble is that another program has changed the file."""
        return self._is_conflicting

    # --- the file ---------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Read a file; it takes the place of one that is open, unless that cannot be saved."""
        if not self.finish():
            assert self._trouble is not None
            self.refused.emit(self._trouble)
            return
        if self._reading is not None:
            self._reading.cancel()
        job = self._reading = operations.read_groups(self._jobs, path)
        job.succeeded.connect(self._on_read)
        job.failed.connect(self._on_refused)
        self.opening.emit(path)

    def save_again(self) -> None:
        """Try again what has failed."""
        self._save()

    def write_over(self) -> None:
        """Let one's own decisions win over what another program has written."""
        self._save(over=True)

    def read_again(self) -> None:
        """Take what another program has written.

        One's own decisions that are not on disk yet are repeated on the groups that only oneself
        has changed; nothing can be undone afterwards.
        """
        if self._file is not None:
            job = operations.read_groups(self._jobs, self._file.path)
            job.succeeded.connect(self._on_read_again)
            job.failed.connect(self._on_unsaved)

    def finish(self) -> bool:
        """Wait until everything is on disk, which takes a moment; whether it is."""
        while self._saving is not None:
            loop = QEventLoop()
            self._saving.finished.connect(loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return self._trouble is None

    # --- deciding ---------------------------------------------------------------------------------

    def accept(self) -> bool:
        """Accept the group and go on; a caption that is not anonymous is accepted the second time.

        Returns:
            Whether it was accepted.
        """
        group = self._decisions.current
        if group is None:
            return False
        if not group.caption.strip():
            self.said.emit(tr(verify_phrases.EMPTY))
            return False
        if self._has_to_warn(group, group.caption, "A"):
            return False
        self._decide(replace(group, verdict="accepted"))
        return True

    def accept_as(self, caption: str) -> bool:
        """As `accept`, with another caption."""
        group = self._decisions.current
        if group is None:
            return False
        text = " ".join(caption.split())
        if not text:
            self.said.emit(tr(verify_phrases.EMPTY_WHILE_WRITING))
            return False
        if self._has_to_warn(group, text, tr("Enter")):
            return False
        self._decide(_reworded(group, text))
        return True

    def reject(self) -> None:
        """Reject the group and go on."""
        group = self._decisions.current
        if group is not None:
            self._decide(replace(group, verdict="rejected"))

    def take_out(self, at: int) -> bool:
        """Take a picture out of the group, unless too few would be left; whether it is out."""
        from engine.judging.groups import MIN_IMAGES

        group = self._decisions.current
        if group is None:
            return False
        if len(group.images) <= MIN_IMAGES:
            self.said.emit(tr(verify_phrases.TOO_FEW_IMAGES))
            return False
        images = group.images[:at] + group.images[at + 1 :]
        self._decisions.change(replace(group, images=images))
        self._on_decided(verify_phrases.dropped(group, at))
        return True

    def undo(self) -> None:
        """Take the last decision back and show its group."""
        decision = self._decisions.undo()
        if decision is None:
            self.said.emit(tr(verify_phrases.NOTHING_TO_UNDO))
        else:
            self._on_decided(verify_phrases.taken_back(decision))

    def redo(self) -> None:
        """Make the decision that was undone last again, and show its group."""
        decision = self._decisions.redo()
        if decision is None:
            self.said.emit(tr(verify_phrases.NOTHING_TO_REDO))
        else:
            self._on_decided(verify_phrases.made_again(decision))

    # --- moving -----------------------------------------------------------------------------------

    def move(self, step: int) -> None:
        """Show another group, so many places on or back."""
        self._decisions.move(step)
        self._on_moved()

    def seek_unseen(self) -> None:
        """Show the next group that is not decided."""
        if self._decisions.seek_unseen():
            self._on_moved()
        else:
            self._decisions.move(len(self._decisions))
            self._on_moved(tr(verify_phrases.NOTHING_UNSEEN))

    # --- inside -----------------------------------------------------------------------------------

    def _has_to_warn(self, group: Group, caption: str, key: str) -> bool:
        """Say what is wrong with a caption, the first time that it is to be accepted."""
        found = concern(caption)
        if not found or self._warned == (group.id, caption):
            return False
        self._warned = (group.id, caption)
        self.said.emit(verify_phrases.again(found, key))
        return True

    def _decide(self, after: Group) -> None:
        before = self._decisions.current
        self._decisions.change(after)
        self._decisions.move(1)
        if after == before:
            self._on_moved()
        else:
            self._on_decided("")

    def _on_decided(self, line: str) -> None:
        self._on_moved(line)
        if not self._is_conflicting:
            self._save()

    def _on_moved(self, line: str = "") -> None:
        self._warned = None
        self.changed.emit()
        self.said.emit(line)

    def _save(self, *, over: bool = False) -> None:
        if self._file is None:
            return
        if self._saving is not None:
            self._is_behind = True
            return
        self._is_behind = False
        self._trouble, self._is_conflicting = None, False
        job = self._saving = operations.save_groups(
            self._jobs, self._file, self._decisions.groups, over=over
        )
        job.succeeded.connect(self._on_saved)
        job.failed.connect(self._on_unsaved)
        job.cancelled.connect(self._on_save_cancelled)
        self.kept.emit()

    def _on_saved(self, outcome: SaveOutcome) -> None:
        self._saving = None
        if outcome is SaveOutcome.CHANGED:
            self._is_conflicting = True
            assert self._file is not None
            self._trouble = Trouble(verify_phrases.changed_elsewhere(self._file.path))
            self.conflicted.emit()
        elif self._is_behind:
            self._save()
            return
        self.kept.emit()

    def _on_unsaved(self, trouble: Trouble) -> None:
        self._saving = None
        self._trouble = replace(trouble, text=verify_phrases.not_saved(trouble.text))
        self.kept.emit()

    def _on_save_cancelled(self) -> None:
        """The program ends; `finish` has been called before."""
        self._saving = None

    def _on_read(self, file: GroupsFile) -> None:
        self._reading = None
        # Keys still decided about the file before, while this one was read.
        if not self.finish():
            assert self._trouble is not None
            self.refused.emit(self._trouble)
            return
        self._take(file, None)
        self.opened.emit()
        self._on_moved()

    def _on_refused(self, trouble: Trouble) -> None:
        self._reading = None
        self.refused.emit(trouble)

    def _on_read_again(self, file: GroupsFile) -> None:
        assert self._file is not None
        groups = repeated(file.groups, self._decisions.groups, self._file.groups)
        shown = self._decisions.current
        at = next((i for i, group in enumerate(groups) if shown and group.id == shown.id), None)
        has_more = groups != file.groups
        self._take(file, at, groups)
        self._on_moved()
        if has_more:
            self._save()

    def _take(
        self, file: GroupsFile, at: int | None, groups: Sequence[Group] | None = None
    ) -> None:
        self._file = file
        self._decisions = Decisions(file.groups if groups is None else groups, at)
        self._trouble, self._is_conflicting = None, False
        self.kept.emit()


def _reworded(group: Group, caption: str) -> Group:
    """The group, accepted with another caption."""
    from engine.models.anonymity import leaks

    first = group.caption if group.original is None else group.original
    return replace(
        group,
        caption=caption,
        original=None if caption == first else first,
        flags=leaks(caption),
        verdict="accepted",
    )
