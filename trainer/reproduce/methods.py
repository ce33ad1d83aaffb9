"""Unit vectors of pictures by every method that is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from engine.imaging import decode
from engine.models.chosen import ModelRequest
from engine.types import Float32
from trainer.evaluation.loading import find_chosen, load_embedder
from trainer.relbench.floors import FLOORS
from trainer.reproduce.lists import read_truth
from trainer.reproduce.paper import Row
from trainer.reproduce.pretrained import tokens_of_pictures, vectors_of_pictures

_BATCH = 64
_SEES_ALL = 1 << 12  # pixels; no picture of a run is larger


class Pictures:
    """Pictures of files, decoded again for every method, so that few are in memory.

    Args:
        paths: One a picture.
        keys: Of the pictures, in the same order.
    """

    def __init__(self, paths: Sequence[Path], keys: Sequence[str]) -> None:
        self.paths, self.keys = tuple(paths), tuple(keys)

    def __len__(self) -> int:
        return len(self.paths)

    def batches(self, size: int = _BATCH, min_side: int = _SEES_ALL) -> Iterator[list[Image]]:
        """All pictures, upright and RGB, in their order."""
        for start in range(0, len(self.paths), size):
            some = self.paths[start : start + size]
            yield [decode(path, min_side=min_side) for path in some]


def vectors_of(row: Row, pictures: Pictures, folder: Path) -> Float32:
    """Vectors of a method.

    Args:
        row: Which.
        pictures: n of them.
        folder: Of the run.

    Returns:
        float32 ``[n, d]``, rows of norm 1; for those of `IN_TEXT_SPACE` d is 384, in the space of
        the text encoder.

    Raises:
        KnownError: If what it needs is not there.
    """
    where = folder / row.folder
    if row.source in FLOORS:
        floor = FLOORS[row.source]
        return np.stack([floor(image) for batch in pictures.batches() for image in batch])
    return _SOURCES[row.source](pictures, where)


IN_TEXT_SPACE = ("relsim", "pretrained", "tower", "small", "captions")
"""Sources whose vectors a caption's can be compared with."""


def _embedder(pictures: Pictures, request: ModelRequest, *, looks: bool) -> Float32:
    embedder = load_embedder(find_chosen(request))
    try:
        parts = []
        for batch in pictures.batches(embedder.batch_size, embedder.min_side):
            found = embedder.embed([embedder.prepare(image) for image in batch])
            part = found.attribute if looks else found.relational
            assert part is not None, "the small model gives attributes"
            parts.append(part)
        return np.concatenate(parts)
    finally:
        embedder.close()


def _relsim(pictures: Pictures, folder: Path) -> Float32:
    return _embedder(pictures, ModelRequest(model=str(folder)), looks=False)


def _small(pictures: Pictures, _: Path) -> Float32:
    return _embedder(pictures, ModelRequest(), looks=False)


def _small_attribute(pictures: Pictures, _: Path) -> Float32:
    return _embedder(pictures, ModelRequest(), looks=True)


def _pretrained(pictures: Pictures, folder: Path) -> Float32:
    return vectors_of_pictures(folder, folder.parent / "features" / "test", pictures.keys)


def _maps(pictures: Pictures, folder: Path) -> Float32:
    """The backbone's maps as they are, place beside place."""
    return _flat_rows(tokens_of_pictures(folder, pictures.keys))


def _arrangement(pictures: Pictures, folder: Path) -> Float32:
    """What a head is given, as it is."""
    import torch

    from trainer.arrangement import Arrangement

    tokens = torch.from_numpy(tokens_of_pictures(folder, pictures.keys).astype(np.float32))
    return _flat_rows(Arrangement()(tokens).numpy())


def _flat_rows(found: NDArray[Any]) -> Float32:
    flat = found.reshape(len(found), -1).astype(np.float32)
    rows: Float32 = flat / np.linalg.norm(flat, axis=1, keepdims=True)
    return rows


def _tower(pictures: Pictures, folder: Path) -> Float32:
    import torch

    from trainer.contrastive.vision_model import VisionModel

    model = VisionModel.load(folder)
    with torch.inference_mode():
        parts = [
            model([model.prepare(image) for image in batch]).numpy()
            for batch in pictures.batches(min_side=model.min_side)
        ]
    return np.concatenate(parts)


def _untrained(pictures: Pictures, folder: Path) -> Float32:
    import torch
    from torch.nn.functional import normalize

    from engine.models.crop import CropRules
    from engine.models.tower import load_tower

    rules, tower = CropRules.load(folder), load_tower(folder, "clip", "float32")
    parts = []
    with torch.inference_mode():
        for batch in pictures.batches(min_side=rules.min_side):
            pixels = rules.normalised([rules.cut(image) for image in batch], torch.device("cpu"))
            parts.append(normalize(tower(pixel_values=pixels).pooler_output, dim=-1).numpy())
    return np.concatenate(parts)


def _captions(pictures: Pictures, path: Path) -> Float32:
    from engine.models.text import TextEncoder

    said = read_truth(path)
    return TextEncoder().encode([said[key]["caption"] for key in pictures.keys])


_SOURCES: dict[str, Callable[[Pictures, Path], Float32]] = {
    "relsim": _relsim,
    "pretrained": _pretrained,
    "grouped": _pretrained,
    "maps": _maps,
    "arrangement": _arrangement,
    "small": _small,
    "small-attribute": _small_attribute,
    "tower": _tower,
    "untrained": _untrained,
    "captions": _captions,
}
