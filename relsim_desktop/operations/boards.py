"""Verbs on boards; changes run one after another, in the order of the calls.

A change succeeds with the tuple of `BoardChange` that it made, so that all of it can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner, Lane

if TYPE_CHECKING:
    from engine.judging.boards import Boards
    from engine.service import Engine
    from engine.types import Board, BoardChange, BoardPicture, Place


@dataclass(frozen=True, slots=True)
class BoardsState:
    """All boards, by name.

    Attributes:
        boards: The boards.
        last: The one that pictures were put on last.
        covers: For each board with a picture that is there now: the first such file.
    """

    boards: list[Board]
    last: Board | None
    covers: Mapping[int, Path]


@dataclass(frozen=True, slots=True)
class BoardState:
    """What one board shows."""

    board_id: int
    pictures: list[BoardPicture]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Files, as the library knows them.

    Attributes:
        image_ids: Of those that are in it.
        others: Those that are not.
    """

    image_ids: list[int]
    others: list[Path]


def read_boards(jobs: JobRunner, engine: Engine) -> Job:
    """Read the boards; succeeds with a `BoardsState`."""

    def work(task: object) -> BoardsState:
        boards = engine.judgements.boards()
        paths = engine.store.paths_of([i for board in boards for i in board.images[:_LOOKED_AT]])
        covers = {
            board.board_id: paths[image_id]
            for board in boards
            for image_id in reversed(board.images[:_LOOKED_AT])
            if image_id in paths
        }
        return BoardsState(boards, engine.judgements.last_board, covers)

    return jobs.start(work, lane=Lane.JUDGE)


_LOOKED_AT = 8  # pictures of a board, until one is there that can be its cover


def read_board(jobs: JobRunner, engine: Engine, board_id: int) -> Job:
    """Read what a board shows; succeeds with a `BoardState`."""
    return jobs.start(
        lambda task: BoardState(board_id, engine.judgements.pictures(board_id)), lane=Lane.JUDGE
    )


def change(
    jobs: JobRunner, engine: Engine, do: Callable[[Boards], BoardChange | tuple[BoardChange, ...]]
) -> Job:
    """Change boards; succeeds with the changes.

    Args:
        jobs: Runs the job.
        engine: The library.
        do: What is to be done, for example ``lambda boards: boards.remove(3, [7])``.
    """

    def work(task: object) -> tuple[BoardChange, ...]:
        done = do(engine.judgements)
        return done if isinstance(done, tuple) else (done,)

    return jobs.start(work, lane=Lane.JUDGE)


def merge(jobs: JobRunner, engine: Engine, source: int, target: int) -> Job:
    """Move everything of a board to another and forget it; succeeds with the changes."""

    def work(task: object) -> tuple[BoardChange, ...]:
        boards = engine.judgements
        changes = boards.move(source, target, boards.board(source).images)
        return (*changes, boards.delete_board(source))

    return jobs.start(work, lane=Lane.JUDGE)


def restore(jobs: JobRunner, engine: Engine, states: Sequence[tuple[int, Board | None]]) -> Job:
    """Make boards what they were before or after a change, in this order; succeeds with None."""

    def work(task: object) -> None:
        for board_id, state in states:
            engine.judgements.restore(board_id, state)

    return jobs.start(work, lane=Lane.JUDGE)


def look_up(jobs: JobRunner, engine: Engine, paths: Sequence[Path]) -> Job:
    """Find files in the library; succeeds with a `LookedUp`. A folder stands for what is in it."""

    def work(task: object) -> LookedUp:
        ids: list[int] = []
        others: list[Path] = []
        for path in paths:
            found = [engine.store.image_at(path)]
            if path.is_dir():
                files = engine.store.files()
                found = [file.image_id for file in files if path in file.path.parents]
            known = [image_id for image_id in found if image_id is not None]
            ids += known
            if not known:
                others.append(path)
        return LookedUp(list(dict.fromkeys(ids)), others)

    return jobs.start(work, lane=Lane.JUDGE)


PlaceMap = Mapping[int, "Place | None"]
"""Where images are put; None takes a place away."""
