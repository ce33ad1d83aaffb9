"""Features of the annotated real pictures on which descriptions and scores are calibrated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from engine.errors import KnownError
from engine.imaging import decode
from engine.types import Float32, UInt8
from trainer.contrastive.features import BATCH, FeatureCache
from trainer.export import INPUT_SIZE
from trainer.progress import Reporter
from trainer.relbench.annotations import Picture, locate, read_annotations

PHASE = "Reading real pictures"
_DECODERS = 2


def training_pictures() -> list[Picture]:
    """The pictures of the training part, in a stable order."""
    annotations = read_annotations()
    return [picture for picture in annotations.pictures.values() if picture.part == "train"]


def fill_real(
    cache: FeatureCache,
    pictures: Sequence[Picture],
    extract: Callable[[Sequence[UInt8]], Float32],
    reporter: Reporter,
) -> None:
    """Embed what is missing in `cache`, each picture as the program prepares it.

    Raises:
        KnownError: If a picture is not on this machine.
    """
    missing = cache.missing
    if not missing:
        return
    files = [_file(picture) for picture in pictures]
    with ThreadPoolExecutor(_DECODERS) as decoders:
        for chunk in missing:
            reporter.step(PHASE, chunk.start, len(pictures))
            tokens = [
                extract(list(decoders.map(_pixels, files[start : min(start + BATCH, chunk.stop)])))
                for start in range(chunk.start, chunk.stop, BATCH)
            ]
            relations = [pictures[number].relation for number in chunk]
            cache.store(chunk, np.concatenate(tokens), relations)
    reporter.step(PHASE, len(pictures), len(pictures))


def _file(picture: Picture) -> Path:
    path = locate(picture)
    if path is None:
        raise KnownError(
            f"{picture.package}: {picture.path} is not on this machine: 'relsim-train relbench"
            " fetch' gets the pictures on which descriptions are calibrated"
        )
    return path


def _pixels(path: Path) -> UInt8:
    """As `engine.models.mini.OnnxEmbedder.prepare` does."""
    size = (INPUT_SIZE, INPUT_SIZE)
    image = decode(path, min_side=INPUT_SIZE)
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0), np.uint8)
