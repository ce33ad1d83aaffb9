"""What a person judges and collects while browsing, and its way to the trainer as groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.descriptions import Descriptions
from engine.errors import QueryError
from engine.judging.boards import Boards, in_words
from engine.judging.groups import MIN_IMAGES, Group, GroupSource, write_groups
from engine.judging.judged_groups import GroupsReport, connected, counts, group_id, parts
from engine.models.anonymity import is_anonymous, leaks
from engine.store import Store
from engine.types import BoardPicture, PairVerdict


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two pictures with the verdict on them."""

    a: BoardPicture
    b: BoardPicture
    verdict: PairVerdict


class Judgements(Boards):
    """Verdicts on pairs, and boards. Thread-safe.

    Every change says what was before, so that it can be undone. A method raises `QueryError` if an
    image or a board is no longer in the library.

    Args:
        store: The library.
        descriptions: What is said of its images.
    """

    def __init__(self, store: Store, descriptions: Descriptions) -> None:
        super().__init__(store)
        self._descriptions = descriptions

    # Verdicts

    def set_verdict(self, a: int, b: int, verdict: PairVerdict | None) -> PairVerdict | None:
        """Judge a pair of images, or take that back with None; returns what it was before.

        Raises:
            QueryError: If the two are the same picture.
        """
        if a == b:
            raise QueryError("A picture is not judged against itself")
        with in_words():
            return self._store.set_verdict(a, b, verdict)

    def verdict(self, a: int, b: int) -> PairVerdict | None:
        """The verdict on a pair of images, or None."""
        return self._store.verdict(a, b)

    def verdicts_of(self, image_id: int) -> dict[int, PairVerdict]:
        """The verdicts on all pairs with an image, by the other image."""
        return self._store.verdicts_of(image_id)

    def judged(self) -> list[JudgedPair]:
        """All verdicts with the files that show the two pictures, the newest first."""
        verdicts = self._store.verdicts()[::-1]
        known = self._store.last_known(list({i for one in verdicts for i in (one.a, one.b)}))
        return [
            JudgedPair(_picture(one.a, known), _picture(one.b, known), one.verdict)
            for one in verdicts
        ]

    # Groups

    def export_groups(self, out: Path) -> GroupsReport:
        """Write all boards and good analogies as groups; see `engine.judging.groups`.

        A board of more than ten pictures becomes several groups of about equal size, in its
        order. Its caption is its name, if that is an anonymous caption, else what more than half
        of its pictures are described with, else none.

        Args:
            out: The groups file; one that is there is replaced.

        Raises:
            QueryError: If no group comes of them; then nothing is written.
            KnownError: If the file cannot be written.
        """
        groups, report = self.groups()
        if not groups:
            raise QueryError(_why_nothing(report))
        write_groups(out, groups)
        return report

    def groups(self) -> tuple[list[Group], GroupsReport]:
        """What `export_groups` writes, and what it leaves out."""
        boards, verdicts = self.boards(), self._store.verdicts()
        linked = connected(verdicts)
        sets = [_Set("board", board.images, board.name, board.board_id) for board in boards]
        sets += [_Set("verdicts", members) for members in linked]
        paths = self._store.paths_of(list({image for one in sets for image in one.images}))
        there = [[image for image in one.images if image in paths] for one in sets]
        shared = self._descriptions.shared_by([m if len(m) >= MIN_IMAGES else [] for m in there])
        library = self._store.setting("library_id") or ""
        made = [
            [
                Group(
                    id=group_id(one.source, library, one.key, *part),
                    images=tuple(paths[image] for image in part),
                    caption=caption,
                    source=one.source,
                    flags=leaks(caption),
                )
                for part in parts(images)
            ]
            for one, images, caption in zip(sets, there, map(_caption, sets, shared), strict=True)
        ]
        of_boards, of_verdicts = made[: len(boards)], made[len(boards) :]
        report = GroupsReport(
            boards=len(boards),
            left_out=tuple(
                board.name for board, groups in zip(boards, of_boards, strict=True) if not groups
            ),
            from_boards=sum(map(len, of_boards)),
            on_boards=counts((board.images for board in boards), paths.keys()),
            good=sum(one.verdict == "good" for one in verdicts),
            from_verdicts=sum(map(len, of_verdicts)),
            in_verdicts=counts(linked, paths.keys()),
        )
        return [group for groups in made for group in groups], report


@dataclass(frozen=True, slots=True)
class _Set:
    """Images that belong together, and the board that they are on, if it is one."""

    source: GroupSource
    images: Sequence[int]
    name: str = ""
    key: int = 0


def _caption(of: _Set, shared: str | None) -> str:
    return of.name if is_anonymous(of.name) else shared or ""


def _why_nothing(report: GroupsReport) -> str:
    if not report.boards and not report.good:
        return (
            "There is nothing to export yet: in Relsim Desktop, put pictures on a board, or judge "
            "pairs as good analogies"
        )
    offline = report.on_boards.offline + report.in_verdicts.offline
    return (
        "There is nothing to export: no board and no good analogy has two pictures that are there "
        f"now; {offline:,} are offline"
    )


def _picture(image_id: int, known: Mapping[int, tuple[Path, bool]]) -> BoardPicture:
    path, is_online = known.get(image_id, (None, False))
    return BoardPicture(image_id, path, is_online)
