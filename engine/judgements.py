"""What a person judges and collects while browsing, and its way to the trainer as groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.descriptions import Descriptions
from engine.errors import QueryError
from engine.groups import MIN_IMAGES, Group, GroupSource, write_groups
from engine.judged_groups import GroupsReport, connected, counts, group_id, parts
from engine.models.anonymity import is_anonymous, leaks
from engine.store import Store
from engine.types import Board, BoardChange, BoardPicture, PairVerdict

_LAST_BOARD = "last_board"


class Judgements:
    """Verdicts on pairs, and boards. Thread-safe.

    Every change says what was before, so that it can be undone. A method raises `QueryError` if an
    image or a board is no longer in the library.

    Args:
        store: The library.
        descriptions: What is said of its images.
    """

    def __init__(self, store: Store, descriptions: Descriptions) -> None:
        self._store = store
        self._descriptions = descriptions

    # Verdicts

    def set_verdict(self, a: int, b: int, verdict: PairVerdict | None) -> PairVerdict | None:
        """Judge a pair of images, or take that back with None; returns what it was before.

        Raises:
            QueryError: If the two are the same picture.
        """
        if a == b:
            raise QueryError("A picture is not judged against itself")
        with _in_words():
            return self._store.set_verdict(a, b, verdict)

    def verdict(self, a: int, b: int) -> PairVerdict | None:
        """The verdict on a pair of images, or None."""
        return self._store.verdict(a, b)

    def verdicts_of(self, image_id: int) -> dict[int, PairVerdict]:
        """The verdicts on all pairs with an image, by the other image."""
        return self._store.verdicts_of(image_id)

    # Boards

    def boards(self) -> list[Board]:
        """All boards, by name."""
        return self._store.boards()

    def pictures(self, board_id: int) -> list[BoardPicture]:
        """What a board shows, in its order; nothing if there is no such board."""
        return self._store.board_pictures(board_id)

    @property
    def last_board(self) -> Board | None:
        """The board that images were put on last, if it is still there."""
        known = self._store.setting(_LAST_BOARD)
        return next((board for board in self.boards() if str(board.board_id) == known), None)

    def create_board(self, name: str, image_ids: Sequence[int] = ()) -> BoardChange:
        """Make a board; from now on it is the last one.

        Raises:
            QueryError: If the name is empty, or another board has it.
        """
        with _in_words(name):
            change = self._store.create_board(_tidy(name), image_ids)
        return self._remembered(change)

    def rename_board(self, board_id: int, name: str) -> BoardChange:
        """Give a board another name; raises as `create_board` does."""
        with _in_words(name):
            return self._store.rename_board(board_id, _tidy(name))

    def delete_board(self, board_id: int) -> BoardChange:
        """Forget a board; its pictures stay in the library."""
        with _in_words():
            return self._store.delete_board(board_id)

    def add(self, board_id: int, image_ids: Sequence[int]) -> BoardChange:
        """Put images at the end of a board, which is the last one from now on."""
        with _in_words():
            change = self._store.add_to_board(board_id, image_ids)
        return self._remembered(change)

    def remove(self, board_id: int, image_ids: Sequence[int]) -> BoardChange:
        """Take images off a board."""
        with _in_words():
            return self._store.remove_from_board(board_id, image_ids)

    def arrange(self, board_id: int, image_ids: Sequence[int]) -> BoardChange:
        """Say which images a board holds, in which order."""
        with _in_words():
            return self._store.set_board_images(board_id, image_ids)

    def restore(self, board_id: int, state: Board | None) -> None:
        """Undo a `BoardChange` with what was before it, or do it again with what was after."""
        with _in_words(state.name if state is not None else ""):
            self._store.restore_board(board_id, state)

    def _remembered(self, change: BoardChange) -> BoardChange:
        if change.after is not None:
            self._store.set_setting(_LAST_BOARD, str(change.after.board_id))
        return change

    # Groups

    def export_groups(self, out: Path) -> GroupsReport:
        """Write all boards and good analogies as groups; see `engine.groups`.

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


def _tidy(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise QueryError("Give the board a name")
    return words


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


@contextmanager
def _in_words(name: str = "") -> Iterator[None]:
    """Say for a person what the store refuses."""
    try:
        yield
    except KeyError:
        raise QueryError("That picture or board is no longer in the library") from None
    except ValueError:
        raise QueryError(f"There is a board “{name.strip()}” already: take another name") from None
