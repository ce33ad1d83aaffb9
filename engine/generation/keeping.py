"""Keeping pictures that were made: in a folder of the library, and on a board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.generation.ranking import Candidate
from engine.jobs import JobControl
from engine.types import BoardChange, Query

if TYPE_CHECKING:
    from engine.service import Engine

FOLDER = "analogies"
"""Within the library's own folder, never in one of the user's."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of pictures that were kept.

    Attributes:
        board_id: The board they are on.
        image_ids: Their images, in the order given.
        paths: Their files, in the same order.
        change: What undoes putting them on the board; see `Boards.restore`. The files stay.
    """

    board_id: int
    image_ids: tuple[int, ...]
    paths: tuple[Path, ...]
    change: BoardChange


def keep(
    engine: Engine,
    candidates: Sequence[Candidate],
    *,
    prompt: str,
    reference: Query,
    board: str | int,
    control: JobControl,
) -> Kept:
    """Write pictures as PNG, take them into the library, and put them on a board.

    Prompt, generator and seed stand in the text of each PNG. To keep a picture twice makes no
    second file. A reference that the library knows goes on the board first.

    Args:
        engine: The library.
        candidates: One or more.
        prompt: What they were made from.
        reference: What they are analogies of.
        board: Id of a board, or the name of one, which is made if there is none.
        control: Progress and cancel; after cancel the files stay and are found when indexed.

    Raises:
        QueryError: If there is no such board, or nothing to keep.
        KnownError: If a file cannot be written, or another run holds the library.
        Cancelled: If `control` was told to.
    """
    raise NotImplementedError
