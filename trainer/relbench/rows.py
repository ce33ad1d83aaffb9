"""The rows of the benchmark: vectors of all pictures, from models and from floors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

import numpy as np
from PIL import Image

from engine.models.chosen import ChosenModels, ModelRequest
from engine.types import Embedder, Float32
from trainer.evaluation.loading import find_chosen, load_embedder
from trainer.progress import Reporter
from trainer.relbench.floors import FLOORS

RELATIONAL, ATTRIBUTE, FLOOR, REFERENCE = "relational", "attribute", "floor", "reference"
_BATCH = 32
_FLOOR_SIDE = 224  # of floors where no small model says how large pictures have to be


@dataclass(frozen=True, slots=True)
class Row:
    """Vectors of all pictures of a part, in their order.

    Attributes:
        name: For people, unique.
        kind: `RELATIONAL`, `ATTRIBUTE`, `FLOOR`, or `REFERENCE`.
        vectors: float32 ``[n, d]``, rows of norm 1.
    """

    name: str
    kind: str
    vectors: Float32

    @property
    def speaks(self) -> bool:
        """Whether captions lie in the same space."""
        return self.kind in (RELATIONAL, REFERENCE)


class Pictures(Protocol):
    """Pictures that can be gone through again, the same each time."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def __call__(self, min_side: int) -> Iterator[Image.Image]:
        """All of them in their order, upright and RGB, the shorter side not below `min_side`.

        A picture that is smaller by itself stays as it is.
        """
        ...


def compute_rows(
    pictures: Pictures, requests: Sequence[ModelRequest], reporter: Reporter, phase: str
) -> tuple[list[Row], list[dict[str, Any]]]:
    """Embed the pictures with every model and every floor.

    Small models and floors see each picture in one pass, each large model in a pass of its own, so
    that only one is in memory.

    Args:
        pictures: What to embed.
        requests: The models; one or more.
        reporter: Gets the progress.
        phase: What to call it.

    Returns:
        Rows, those of models first and in their order; and what the models are: ``id``, ``name``
        (as in the rows' names), ``relational`` and ``attribute`` (fingerprints or None).

    Raises:
        ModelError: If a model is not there, or cannot be loaded.
    """
    chosen = [find_chosen(request) for request in requests]
    names = _names(chosen)
    small = [number for number, one in enumerate(chosen) if one.relsim is None]
    large = [number for number, one in enumerate(chosen) if one.relsim is not None]
    models: dict[int, _Measured] = {}
    floors: list[Row] = []
    for passed, numbers in enumerate([small, *([number] for number in large)]):
        first = passed == 0
        measured = [_Measured(names[number], load_embedder(chosen[number])) for number in numbers]
        try:
            found = _pass(pictures, measured, reporter, phase, with_floors=first)
        finally:
            for one in measured:
                one.embedder.close()
        floors = found if first else floors
        models |= dict(zip(numbers, measured, strict=True))
    ordered = [models[number] for number in range(len(chosen))]
    rows = [row for one in ordered for row in one.rows()]
    return rows + floors, [one.document() for one in ordered]


class _Measured:
    """A model and the vectors that it has given so far."""

    def __init__(self, name: str, embedder: Embedder) -> None:
        self.name, self.embedder = name, embedder
        self._fingerprints = (embedder.fingerprint, embedder.attribute_fingerprint)
        self._relational: list[Float32] = []
        self._attribute: list[Float32] = []

    def add(self, batch: Sequence[Image.Image]) -> None:
        """Embed some more pictures."""
        size = self.embedder.batch_size
        prepared = [self.embedder.prepare(picture) for picture in batch]
        for start in range(0, len(prepared), size):
            vectors = self.embedder.embed(prepared[start : start + size])
            self._relational.append(vectors.relational)
            if vectors.attribute is not None:
                self._attribute.append(vectors.attribute)

    def rows(self) -> list[Row]:
        """One or two."""
        rows = [Row(f"{self.name} relational", RELATIONAL, np.concatenate(self._relational))]
        if self._attribute:
            row = Row(f"{self.name} attribute", ATTRIBUTE, np.concatenate(self._attribute))
            rows.append(row)
        return rows

    def document(self) -> dict[str, Any]:
        """What it is."""
        relational, attribute = self._fingerprints
        return {
            "id": relational.model,
            "name": self.name,
            "relational": relational.key,
            "attribute": None if attribute is None else attribute.key,
        }


def _names(chosen: Sequence[ChosenModels]) -> list[str]:
    """Ids of models; those that several share get a number."""
    ids = [one.small.id if one.relsim is None else one.relsim.id for one in chosen]
    seen: dict[str, int] = {}
    names = []
    for model_id in ids:
        seen[model_id] = seen.get(model_id, 0) + 1
        unique = ids.count(model_id) == 1
        names.append(model_id if unique else f"{model_id} ({seen[model_id]})")
    return names


def _pass(
    pictures: Pictures,
    measured: Sequence[_Measured],
    reporter: Reporter,
    phase: str,
    *,
    with_floors: bool,
) -> list[Row]:
    """Go through all pictures once; the rows of floors, if asked for."""
    if not measured and not with_floors:
        return []
    parts: dict[str, list[Float32]] = {name: [] for name in FLOORS} if with_floors else {}
    min_side = max((one.embedder.min_side for one in measured), default=_FLOOR_SIDE)
    title = f"{phase} ({', '.join(one.name for one in measured) or 'floors'})"
    done = 0
    for batch in _batches(pictures(min_side)):
        for one in measured:
            one.add(batch)
        for name, vectors in parts.items():
            vectors += [FLOORS[name](picture) for picture in batch]
        done += len(batch)
        reporter.step(title, done, len(pictures))
    return [Row(name, FLOOR, np.stack(vectors)) for name, vectors in parts.items()]


def _batches(pictures: Iterator[Image.Image]) -> Iterator[list[Image.Image]]:
    """Batches, of which the next one is made while the last one is computed with."""

    def following() -> list[Image.Image]:
        return list(islice(pictures, _BATCH))

    with ThreadPoolExecutor(1) as worker:
        waiting = worker.submit(following)
        while batch := waiting.result():
            waiting = worker.submit(following)
            yield batch
