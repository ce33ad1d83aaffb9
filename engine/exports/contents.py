"""What a board says and shows, as every export needs it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.types import Description, Place

if TYPE_CHECKING:
    from engine.service import Engine

_NOT_KNOWN = "a picture that is not in the library now"


@dataclass(frozen=True, slots=True)
class BoardItem:
    """A picture of a board.

    Attributes:
        image_id: The image.
        path: The file that shows it, or showed it last; None once the library covers it no more.
        is_online: Whether the file is there now.
        note: What a person says of it on this board; may be empty.
        place: Where it lies on the canvas.
        caption: Its anonymous caption; empty where no relation is clear.
        relational: Mean cosine in -1..1 to the board's other pictures, how well it shares their
            logic; NaN where there is no vector or no other picture.
        percentile: Share in percent of the library's random pairs that are less alike; or NaN.
    """

    image_id: int
    path: Path | None
    is_online: bool
    note: str
    place: Place | None
    caption: str
    relational: float = math.nan
    percentile: float = math.nan

    @property
    def name(self) -> str:
        """The file's name, or what stands for it."""
        return self.path.name if self.path is not None else _NOT_KNOWN


@dataclass(frozen=True, slots=True)
class BoardContents:
    """A board with its pictures, in its order."""

    name: str
    note: str
    items: tuple[BoardItem, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A picture that an export could not take along.

    Attributes:
        name: Of the picture.
        reason: In words for people.
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote; ``pictures + len(missing)`` are on the board.

    Attributes:
        out: The file or folder.
        pictures: How many pictures are in it.
        missing: Those that only have a placeholder there.
    """

    out: Path
    pictures: int
    missing: tuple[Missing, ...]


NOT_THERE = "its file is not there now"
"""Why a picture is missing whose drive is away, or whose file is gone."""


def read_contents(engine: Engine, board_id: int) -> BoardContents:
    """Read a board with captions and scores.

    Raises:
        QueryError: If there is no such board.
        ModelError: If no text encoder or model is there to describe with.
    """
    board = engine.judgements.board(board_id)
    pictures = engine.judgements.pictures(board_id)
    ids = [picture.image_id for picture in pictures]
    captions = captions_of(engine, ids)
    scores = _scores(engine, ids)
    return BoardContents(
        board.name,
        board.note,
        tuple(
            BoardItem(
                picture.image_id,
                picture.path,
                picture.is_online,
                picture.note,
                picture.place,
                captions[picture.image_id].text or "",
                *scores.get(picture.image_id, (math.nan, math.nan)),
            )
            for picture in pictures
        ),
    )


def captions_of(engine: Engine, image_ids: Sequence[int]) -> dict[int, Description]:
    """The description of each image: a person's, a captioner's, else what the bank says of it."""
    none = Description(None, 0.0)  # of a picture that only a large model has embedded
    written = engine.store.captions(image_ids)
    with engine.lend() as models:
        known = set(engine.store.image_ids(models.small.fingerprint).tolist())
        seen = [image_id for image_id in image_ids if image_id in known]
        guessed = engine.descriptions.of(models, seen, models.small.vectors(seen)) if seen else []
    said = dict(zip(seen, guessed, strict=True)) | written
    return {image_id: said.get(image_id, none) for image_id in image_ids}


def _scores(engine: Engine, image_ids: Sequence[int]) -> dict[int, tuple[float, float]]:
    """How well each image shares the logic of the others: cosine and percentile."""
    with engine.lend() as models:
        searcher = models.ranking
        known = set(engine.store.image_ids(searcher.fingerprint).tolist())
        seen = [image_id for image_id in image_ids if image_id in known]
        if len(seen) < 2:
            return {}
        vectors = searcher.vectors(seen)
        means = (vectors @ vectors.sum(axis=0) - 1.0) / (len(seen) - 1)  # a row's own cosine is 1
        percentiles = searcher.sample().pairs.percentile(np.asarray(means))
    return {
        image_id: (float(mean), float(percentile))
        for image_id, mean, percentile in zip(seen, means, percentiles, strict=True)
    }
