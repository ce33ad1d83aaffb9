"""Pictures with captions, checked and embedded before the first step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import KnownError
from engine.models.text import TextEncoder
from engine.types import Float32
from trainer.contrastive.relsim_config import SCENES, PairSettings
from trainer.data.checking import verify
from trainer.data.collection import open_collection
from trainer.data.records import Collection, Record, load_picture
from trainer.data.splitting import split
from trainer.progress import Reporter
from trainer.scenes.drawn import ScenePlan, draw_scenes_into


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pictures with a caption each.

    Attributes:
        records: The pictures.
        texts: Distinct captions.
        captions: float32 ``[m, 384]``, their vectors, rows of norm 1.
        own: int64 ``[n]``, the caption of each picture.
    """

    records: tuple[Record, ...]
    texts: tuple[str, ...]
    captions: Float32
    own: NDArray[np.int64]

    def vectors_of(self, rows: NDArray[np.int64]) -> Float32:
        """The caption vectors of these pictures, float32 ``[len(rows), 384]``."""
        vectors: Float32 = self.captions[self.own[rows]]
        return vectors

    @property
    def relations(self) -> list[str] | None:
        """Ground truth of drawn scenes; None for pictures that nobody knows it of."""
        known = [record.relation for record in self.records]
        return None if None in known else [str(name) for name in known]

    def picture(self, row: int, min_side: int) -> Image.Image:
        """A picture, upright RGB; KnownError if it can no longer be read."""
        return load_picture(self.records[row], min_side=min_side)


def read_pairs(
    settings: PairSettings, folder: Path, seed: int, reporter: Reporter
) -> tuple[Collection, Collection]:
    """The pictures to train on, and those held out; what cannot be used is dropped and counted.

    Args:
        settings: Where they are.
        folder: Of the run: scenes are drawn there, and what was dropped is listed there.
        seed: Of the split, and of scenes.
        reporter: Gets the progress.

    Raises:
        KnownError: If something is not there, nothing can be used, or captions are missing.
    """
    if settings.train == SCENES:
        return _draw(settings, folder, seed, reporter)
    needs = ("caption" if settings.captions == "anonymous" else "conventional",)
    train = open_collection(settings.train, images=settings.images, needs=needs)
    train = _checked(train, settings, folder / "readable", reporter)
    if settings.test is None:
        train, test = split(train, settings.test_share, seed, whole=("group",))
    else:
        test = open_collection(settings.test, images=settings.images, needs=needs)
        test = _checked(test, settings, folder / "readable-test", reporter)
    return train, test


def embed_captions(
    collection: Collection, settings: PairSettings, limit: int | None = None
) -> Pairs:
    """Embed every distinct caption once, with the frozen text encoder.

    Args:
        collection: From `read_pairs`.
        settings: Which captions.
        limit: Take the first so many records only.
    """
    records = collection.records[:limit]
    name = "caption" if settings.captions == "anonymous" else "conventional"
    captions = [str(getattr(record, name)) for record in records]
    texts = sorted(set(captions))
    place = {text: number for number, text in enumerate(texts)}
    own = np.array([place[caption] for caption in captions], dtype=np.int64)
    return Pairs(records, tuple(texts), TextEncoder().encode(texts), own)


def texts_of(collections: Sequence[Collection]) -> list[str]:
    """All captions, for the vocabulary of a base that is made on the spot."""
    records = (record for collection in collections for record in collection.records)
    texts = (text for record in records for text in (record.caption, record.conventional))
    return [text for text in texts if text]


def _checked(
    collection: Collection, settings: PairSettings, cache: Path, reporter: Reporter
) -> Collection:
    checked = verify(collection, cache=cache, workers=settings.workers, reporter=reporter)
    checked.drops.write(cache.with_suffix(".dropped.jsonl"))
    if checked.drops.total:
        reporter.note(f"{collection.name}: left out {checked.drops.summary()}")
    return checked


def _draw(
    settings: PairSettings, folder: Path, seed: int, reporter: Reporter
) -> tuple[Collection, Collection]:
    scenes, both = settings.scenes, []
    for name, count in (("train", scenes.train), ("test", scenes.test)):
        split_name: Any = name
        plan = ScenePlan(split_name, count, scenes.relations, scenes.side, seed)
        target = folder / "scenes" / name
        try:
            draw_scenes_into(target, plan, scenes.workers, reporter)
        except ValueError as error:
            raise KnownError(f"data.scenes: {error}") from error
        both.append(open_collection(target, needs=("caption", "conventional")))
    return both[0], both[1]
