"""All figures of a model folder, as one document that can be printed, stored or rendered."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.describe import CaptionBank
from engine.models.mini import OnnxEmbedder
from engine.models.spec import ModelSpec
from engine.types import Float32
from trainer.contrastive.config import EvaluationConfig
from trainer.evaluation.ranking import chance, rank
from trainer.evaluation.reliability import named_right, reliability
from trainer.evaluation.scenes import TestScenes, draw_test_scenes
from trainer.progress import Reporter
from trainer.scenes import HELD_OUT, RELATIONS


def evaluate_model(folder: Path, config: EvaluationConfig, reporter: Reporter) -> dict[str, Any]:
    """Measure a model folder as it ships, through the engine's own embedder.

    Returns:
        ``model``: what was measured. ``test``: on what. ``ranking``: for ``trained`` and
        ``held_out`` relations, each among themselves and among all, the figures of `Ranking` for
        the relational head and the baselines. ``families`` and ``relations``: the relational
        head's figures of each. ``description``: reliability of the descriptions.

    Raises:
        ModelError: If the folder holds no model.
    """
    spec = ModelSpec.load(folder)
    embedder = OnnxEmbedder.load(spec)
    scenes = draw_test_scenes(embedder, config, reporter)
    held_out = np.array([name in HELD_OUT for name in scenes.relation_names])[scenes.relations]
    every = np.ones(len(scenes.relations), bool)
    return {
        "model": {
            "id": spec.id,
            "version": spec.version,
            "licence": spec.licence,
            "sources": list(spec.sources),
            "bytes": sum(path.stat().st_size for path in folder.iterdir()),
        },
        "test": {
            "seed": config.seed,
            "subjects": len(np.unique(scenes.subjects)),
            "scenes": len(scenes.relations),
            "unrelated": len(scenes.unrelated),
            "trained_relations": len(RELATIONS) - len(HELD_OUT),
            "held_out_relations": sorted(HELD_OUT),
            "machine": platform.machine(),
        },
        "ranking": {
            "trained among trained": _methods(scenes, ~held_out, ~held_out),
            "trained among all": _methods(scenes, every, ~held_out),
            "held out among held out": _methods(scenes, held_out, held_out),
            "held out among all": _methods(scenes, every, held_out),
        },
        "families": _by_family(scenes),
        "relations": _by_relation(scenes),
        "description": _descriptions(CaptionBank.load(spec), scenes, held_out),
    }


def _methods(
    scenes: TestScenes, database: NDArray[np.bool_], queries: NDArray[np.bool_]
) -> dict[str, dict[str, float]]:
    """Figures of each method for some queries in some database of scenes."""
    relations, subjects = scenes.relations[database], scenes.subjects[database]
    asked = queries[database]
    rows = {
        name: rank(vectors[database], relations, subjects, asked)
        for name, vectors in {
            "relational head": scenes.relational,
            "attribute (pooled backbone)": scenes.attribute,
            "raw pixels": scenes.raw,
        }.items()
    }
    rows["chance"] = chance(relations, subjects, asked)
    return {name: dataclasses.asdict(row) for name, row in rows.items()}


def _by_family(scenes: TestScenes) -> dict[str, dict[str, float]]:
    families = [RELATIONS[name].family for name in scenes.relation_names]
    return {
        family: _relational(scenes, [i for i, own in enumerate(families) if own == family])
        for family in dict.fromkeys(families)
    }


def _by_relation(scenes: TestScenes) -> dict[str, dict[str, float]]:
    return {name: _relational(scenes, [i]) for i, name in enumerate(scenes.relation_names)}


def _relational(scenes: TestScenes, relations: Sequence[int]) -> dict[str, float]:
    """The relational head's figures for queries in some relations, among all scenes."""
    queries = np.isin(scenes.relations, relations)
    return dataclasses.asdict(rank(scenes.relational, scenes.relations, scenes.subjects, queries))


def _descriptions(
    bank: CaptionBank, scenes: TestScenes, held_out: NDArray[np.bool_]
) -> dict[str, Any]:
    names = [scenes.relation_names[index] for index in scenes.relations]
    match = bank.match(scenes.relational)
    right = named_right(bank, match, names)
    confidence = bank.confidence(match)
    unrelated = bank.confidence(bank.match(scenes.unrelated))
    threshold = bank.calibration.threshold
    described = confidence >= threshold
    together = reliability(
        np.concatenate([confidence, unrelated]),
        np.concatenate([right, np.zeros(len(unrelated), bool)]),
    )
    return {
        "captions": len(bank.captions),
        "threshold": threshold,
        "trained": _described(right, described, ~held_out),
        "held_out": _described(right, described, held_out),
        "unrelated_without_description": _share(unrelated < threshold),
        "expected_calibration_error": together.expected_error,
        "bins": [list(part) for part in together.bins],
    }


def _described(
    right: NDArray[np.bool_], described: NDArray[np.bool_], of: NDArray[np.bool_]
) -> dict[str, float]:
    """How often the best caption is right, at all and where it is shown, and how often it is."""
    return {
        "best_caption_right": _share(right[of]),
        "described": _share(described[of]),
        "right_if_described": _share(right[of & described]),
    }


def _share(outcomes: NDArray[np.bool_] | Float32) -> float:
    return float(outcomes.mean()) if len(outcomes) else float("nan")
