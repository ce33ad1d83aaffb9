"""The test: every test subject drawn in every relation, and scenes without a clear relation."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from engine.types import Embedder, Float32, UInt8
from trainer.contrastive.config import EvaluationConfig
from trainer.contrastive.drawing import subjects_of
from trainer.evaluation.ranking import Labels
from trainer.progress import Reporter
from trainer.scenes import RELATIONS, SceneGenerator, Subject

PHASE = "Embedding test scenes"
_RAW_SIDE = 16


@dataclass(frozen=True, slots=True)
class TestScenes:
    """What was drawn and what the model makes of it.

    Attributes:
        relation_names: In the order of their indices.
        relations: int ``[n]``, index of each scene's relation.
        subjects: int ``[n]``, index of its main subject.
        relational: float32 ``[n, 384]``.
        attribute: float32 ``[n, a]``.
        raw: float32 ``[n, 768]``, the picture at 16 by 16 pixels with its mean removed, norm 1.
        unrelated: float32 ``[u, 384]``, relational vectors of scenes without a clear relation.
    """

    __test__ = False  # not a class of tests, whatever its name says to a collector

    relation_names: tuple[str, ...]
    relations: Labels
    subjects: Labels
    relational: Float32
    attribute: Float32
    raw: Float32
    unrelated: Float32


def draw_test_scenes(
    embedder: Embedder, config: EvaluationConfig, reporter: Reporter
) -> TestScenes:
    """Draw and embed the test; the same for the same configuration and sources of subjects."""
    pool = subjects_of("test")
    generator = SceneGenerator(pool, size=224, seed=config.seed)
    chosen = random.Random(config.seed).sample(list(pool), min(config.subjects, len(pool)))
    names = tuple(RELATIONS)
    total = len(chosen) * len(names) + config.unrelated
    relational, attribute, raw = [], [], []
    pictures = _pictures(generator, pool, chosen, names, config.unrelated)
    for start in range(0, total, embedder.batch_size):
        count = min(embedder.batch_size, total - start)
        batch = [next(pictures) for _ in range(count)]
        vectors = embedder.embed([embedder.prepare(picture) for picture in batch])
        assert vectors.attribute is not None, "a model folder gives attributes"
        relational.append(vectors.relational)
        attribute.append(vectors.attribute)
        raw.append(np.stack([raw_pixels(picture) for picture in batch]))
        reporter.step(PHASE, start + count, total)
    related = total - config.unrelated
    return TestScenes(
        names,
        np.tile(np.arange(len(names)), len(chosen)),
        np.repeat(np.arange(len(chosen)), len(names)),
        np.concatenate(relational)[:related],
        np.concatenate(attribute)[:related],
        np.concatenate(raw)[:related],
        np.concatenate(relational)[related:],
    )


def _pictures(
    generator: SceneGenerator,
    pool: Sequence[Subject],
    chosen: Sequence[Subject],
    names: tuple[str, ...],
    unrelated: int,
) -> Iterator[Image.Image]:
    r = random.Random(generator.seed + 1)
    for subject in chosen:
        others = [other for other in pool if other.concept != subject.concept]
        for name in names:
            yield generator.draw(name, subject, r.choice(others), r.randrange(1 << 40)).image
    for number in range(unrelated):
        yield generator.draw_unrelated(number).image


def raw_pixels(picture: Image.Image) -> Float32:
    """An RGB picture at 16 by 16 pixels with its mean removed, float32 ``[768]`` of norm 1."""
    small: UInt8 = np.asarray(picture.resize((_RAW_SIDE, _RAW_SIDE), Image.Resampling.BOX))
    values = small.astype(np.float32).ravel()
    values -= values.mean()
    unit: Float32 = values / max(float(np.linalg.norm(values)), 1e-6)
    return unit
