"""Verbs on verdicts and boards; changes run one after another, in the order of the calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.operations.captions import image_of
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import Board, BoardPicture, PairVerdict


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two images of the library with their verdict, which may be none yet."""

    a: int
    b: int
    verdict: PairVerdict | None


@dataclass(frozen=True, slots=True)
class BoardsState:
    """All boards, by name, and the one that pictures were put on last."""

    boards: list[Board]
    last: Board | None


@dataclass(frozen=True, slots=True)
class BoardState:
    """What one board shows."""

    board_id: int
    pictures: list[BoardPicture]


def verdicts_of(jobs: JobRunner, engine: Engine, image_id: int) -> Job:
    """Read the verdicts on all pairs with an image; succeeds with ``{other: verdict}``."""
    return jobs.start(lambda task: engine.judgements.verdicts_of(image_id), lane=Lane.JUDGE)


def judged_pair(jobs: JobRunner, engine: Engine, a: Question, b: Question) -> Job:
    """Read the verdict on two pictures; succeeds with a `JudgedPair`, or None if they are none.

    They are a pair if both are in the library and they differ.
    """

    def work(task: Task) -> JudgedPair | None:
        first, second = image_of(engine, a), image_of(engine, b)
        if first is None or second is None or first == second:
            return None
        return JudgedPair(first, second, engine.judgements.verdict(first, second))

    return jobs.start(work, lane=Lane.JUDGE)


def judge(jobs: JobRunner, engine: Engine, pair: JudgedPair) -> Job:
    """Judge a pair, or take that back; succeeds with the verdict that it had before."""
    return jobs.start(
        lambda task: engine.judgements.set_verdict(pair.a, pair.b, pair.verdict), lane=Lane.JUDGE
    )


def read_boards(jobs: JobRunner, engine: Engine) -> Job:
    """Read the boards; succeeds with a `BoardsState`."""
    return jobs.start(
        lambda task: BoardsState(engine.judgements.boards(), engine.judgements.last_board),
        lane=Lane.JUDGE,
    )


def read_board(jobs: JobRunner, engine: Engine, board_id: int) -> Job:
    """Read what a board shows; succeeds with a `BoardState`."""
    return jobs.start(
        lambda task: BoardState(board_id, engine.judgements.pictures(board_id)), lane=Lane.JUDGE
    )


def create_board(jobs: JobRunner, engine: Engine, name: str, image_ids: Sequence[int]) -> Job:
    """Make a board; succeeds with the `BoardChange`."""
    return jobs.start(lambda task: engine.judgements.create_board(name, image_ids), lane=Lane.JUDGE)


def rename_board(jobs: JobRunner, engine: Engine, board_id: int, name: str) -> Job:
    """Give a board another name; succeeds with the `BoardChange`."""
    return jobs.start(lambda task: engine.judgements.rename_board(board_id, name), lane=Lane.JUDGE)


def delete_board(jobs: JobRunner, engine: Engine, board_id: int) -> Job:
    """Forget a board; succeeds with the `BoardChange`."""
    return jobs.start(lambda task: engine.judgements.delete_board(board_id), lane=Lane.JUDGE)


def add_to_board(jobs: JobRunner, engine: Engine, board_id: int, image_ids: Sequence[int]) -> Job:
    """Put images on a board; succeeds with the `BoardChange`."""
    return jobs.start(lambda task: engine.judgements.add(board_id, image_ids), lane=Lane.JUDGE)


def remove_from_board(
    jobs: JobRunner, engine: Engine, board_id: int, image_ids: Sequence[int]
) -> Job:
    """Take images off a board; succeeds with the `BoardChange`."""
    return jobs.start(lambda task: engine.judgements.remove(board_id, image_ids), lane=Lane.JUDGE)


def restore_board(jobs: JobRunner, engine: Engine, board_id: int, state: Board | None) -> Job:
    """Make a board what it was before or after a change; succeeds with None."""
    return jobs.start(lambda task: engine.judgements.restore(board_id, state), lane=Lane.JUDGE)


def export_groups(jobs: JobRunner, engine: Engine, out: Path) -> Job:
    """Write boards and good analogies as groups; succeeds with the `GroupsReport`."""
    return jobs.start(lambda task: engine.judgements.export_groups(out), lane=Lane.JUDGE)
