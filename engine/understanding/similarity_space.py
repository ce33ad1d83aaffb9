"""The similarity space of a picture: the library by look on one axis, by logic on the other."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.descriptions import Descriptions
from engine.errors import KnownError
from engine.store import Store
from engine.types import Description, Float32
from engine.understanding.library_view import View

if TYPE_CHECKING:
    from engine.model_set import ModelSet

Int64: TypeAlias = NDArray[np.int64]

LIMIT = 600
"""Pictures that a space holds unless told otherwise."""

_BY_LOGIC = 0.45  # share of the limit that goes to what is near in logic
_BY_LOOK = 0.25  # and to what is near in look; the rest shows where all others lie


@dataclass(frozen=True, slots=True)
class Space:
    """Pictures of a library as seen from one; arrays have one row a picture.

    Attributes:
        ids: int64 ``[n]``, the nearest by logic first, then the nearest by look, then a sample.
        paths: One online file of each.
        descriptions: The anonymous caption of each.
        relational: float32 ``[n]``, cosines to the picture in question.
        attribute: float32 ``[n]``, likewise.
        relational_percentile: float64 ``[n]``, as `Neighbor.percentile`.
        attribute_percentile: float64 ``[n]``, the same of looks.
        logic_rank: int64 ``[n]``, place by logic in the whole library, from 1.
        look_rank: int64 ``[n]``, place by look.
        of: Images of the library that were placed.
        model: Id of the model whose scores `relational` are.
    """

    ids: Int64
    paths: tuple[Path, ...]
    descriptions: tuple[Description, ...]
    relational: Float32
    attribute: Float32
    relational_percentile: NDArray[np.float64]
    attribute_percentile: NDArray[np.float64]
    logic_rank: Int64
    look_rank: Int64
    of: int
    model: str

    def __len__(self) -> int:
        return len(self.ids)


def space_of(
    view: View, models: ModelSet, store: Store, descriptions: Descriptions, limit: int
) -> Space:
    """The space of a view; see `Explainer.space`."""
    rows = _interesting(view, limit)
    paths = store.paths_of(view.ids[rows].tolist())
    rows = np.array([row for row in rows if int(view.ids[row]) in paths], np.intp)
    ids = view.ids[rows]
    chosen = ids.tolist()
    return Space(
        ids,
        tuple(paths[image_id] for image_id in chosen),
        tuple(descriptions.of(models, chosen, models.small.vectors(chosen))),
        view.relational[rows],
        view.attribute[rows],
        view.relational_percentiles(view.relational[rows]),
        view.attribute_percentiles(view.attribute[rows]),
        _places(view, view.relational)[rows],
        _places(view, view.attribute)[rows],
        len(view.ids),
        view.searcher.model,
    )


COLUMNS = (
    "path",
    "relational",
    "relational_percentile",
    "logic_rank",
    "attribute",
    "attribute_percentile",
    "look_rank",
    "of",
    "model",
    "caption",
)
"""Of the table that `write_csv` writes."""


def write_csv(space: Space, rows: Sequence[int], path: Path) -> None:
    """Write pictures of a space as a table; a kill leaves the old file or none.

    Args:
        space: The space.
        rows: Which of its rows.
        path: The file; it is replaced.

    Raises:
        KnownError: If it cannot be written.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for row in rows:
                writer.writerow(
                    (
                        space.paths[row],
                        f"{space.relational[row]:.6f}",
                        f"{space.relational_percentile[row]:.3f}",
                        space.logic_rank[row],
                        f"{space.attribute[row]:.6f}",
                        f"{space.attribute_percentile[row]:.3f}",
                        space.look_rank[row],
                        space.of,
                        space.model,
                        space.descriptions[row].text or "",
                    )
                )
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise KnownError(f"{path} cannot be written ({reason}): choose another place") from error


def _interesting(view: View, limit: int) -> NDArray[np.intp]:
    """Rows of a view, each once."""
    if len(view.ids) <= limit:
        return view.best(view.relational, len(view.ids))
    near = view.best(view.relational, round(limit * _BY_LOGIC))
    alike = view.best(view.attribute, round(limit * (_BY_LOGIC + _BY_LOOK)))
    alike = alike[~np.isin(alike, near)][: round(limit * _BY_LOOK)]
    chosen = np.concatenate([near, alike])
    others = view.best(view.relational, len(view.ids))
    others = others[~np.isin(others, chosen)]
    spaced = np.linspace(0, len(others) - 1, limit - len(chosen)).astype(np.intp)
    return np.concatenate([chosen, others[np.unique(spaced)]])


def _places(view: View, scores: Float32) -> Int64:
    """The place of each row, from 1, best first."""
    places = np.empty(len(scores), np.int64)
    places[view.best(scores, len(scores))] = np.arange(1, len(scores) + 1)
    return places
