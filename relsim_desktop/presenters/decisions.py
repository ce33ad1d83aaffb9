"""What a person decides about groups, one after another, with all of it to be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.judging.groups import Group, Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """One change of one group; `at` is its place."""

    at: int
    before: Group
    after: Group


class Decisions:
    """Groups in their order, the place that a person is at, and the changes so far.

    Args:
        groups: The groups as they are now.
        at: The place to begin at; by default the first group that nobody has decided about.
    """

    def __init__(self, groups: Sequence[Group], at: int | None = None) -> None:
        self._groups = list(groups)
        self._done: list[Decision] = []
        self._undone: list[Decision] = []
        self._counts = Counter(group.verdict for group in groups)
        self._at = 0
        self._at = self._unseen_from(0) if at is None else min(at, len(groups))

    def __len__(self) -> int:
        return len(self._groups)

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups as they are now."""
        return tuple(self._groups)

    @property
    def at(self) -> int:
        """The place of the group that is shown; as many as there are groups: behind the last."""
        return self._at

    @property
    def current(self) -> Group | None:
        """The group that is shown; None behind the last."""
        return self.peek(0)

    @property
    def can_undo(self) -> bool:
        """Whether something was changed."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone, and nothing changed since."""
        return bool(self._undone)

    def count(self, verdict: Verdict) -> int:
        """How many groups have a verdict."""
        return self._counts[verdict]

    def peek(self, step: int) -> Group | None:
        """The group so many places from here, if there is one."""
        at = self._at + step
        return self._groups[at] if 0 <= at < len(self._groups) else None

    def move(self, step: int) -> None:
        """Go forward, or back where it is negative; the ends hold."""
        self._at = min(max(self._at + step, 0), len(self._groups))

    def seek_unseen(self) -> bool:
        """Go to the next group that nobody has decided about; from the last on to the first.

        Returns:
            Whether there is one.
        """
        if not self._counts["unseen"]:
            return False
        at = self._unseen_from(self._at + 1)
        self._at = at if at < len(self._groups) else self._unseen_from(0)
        return True

    def change(self, after: Group) -> None:
        """Put another state of the current group in its place; no change is no decision."""
        before = self.current
        assert before is not None
        if after != before:
            self._done.append(Decision(self._at, before, after))
            self._undone.clear()
            self._put(self._at, after)

    def undo(self) -> Decision | None:
        """Take the last decision back and go to its group."""
        if not self._done:
            return None
        decision = self._done.pop()
        self._undone.append(decision)
        self._at = decision.at
        self._put(decision.at, decision.before)
        return decision

    def redo(self) -> Decision | None:
        """Make the decision that was undone last again, and go to its group."""
        if not self._undone:
            return None
        decision = self._undone.pop()
        self._done.append(decision)
        self._at = decision.at
        self._put(decision.at, decision.after)
        return decision

    def _put(self, at: int, group: Group) -> None:
        self._counts[self._groups[at].verdict] -= 1
        self._counts[group.verdict] += 1
        self._groups[at] = group

    def _unseen_from(self, at: int) -> int:
        return next(
            (i for i in range(at, len(self._groups)) if self._groups[i].verdict == "unseen"),
            len(self._groups),
        )


def repeated(theirs: Sequence[Group], mine: Sequence[Group], base: Sequence[Group]) -> list[Group]:
    """Repeat one's own changes on what somebody else has made of the same groups meanwhile.

    Args:
        theirs: The groups as they are now elsewhere.
        mine: The groups as they are here.
        base: The groups as they were when both agreed.

    Returns:
        `theirs`, with one's own state of each group that only oneself has changed.
    """
    before = {group.id: group for group in base}
    changed = {group.id: group for group in mine if group != before.get(group.id)}
    return [
        changed[group.id] if group.id in changed and group == before.get(group.id) else group
        for group in theirs
    ]
