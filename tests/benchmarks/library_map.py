"""Whether the groups of the map are right, and how long a map takes; prints one JSON document.

    python tests/benchmarks/library_map.py [--scenes N] [--unrelated N]    quality on drawn scenes
    python tests/benchmarks/library_map.py --library DIR                   time on a library

Scenes are drawn with the subjects that the bundled model was never trained on. Purity is the share
of grouped scenes that are of their group's most frequent relation; a group is named right where its
name words that relation. Scenes without a clear relation count as one relation more.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.mapping.maker import MapMaker
from engine.service import Engine
from trainer.contrastive.drawing import subjects_of
from trainer.scenes import SceneGenerator


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=1640)
    parser.add_argument("--unrelated", type=int, default=160)
    parser.add_argument("--library", type=Path, metavar="DIR")
    arguments = parser.parse_args()
    if arguments.library is not None:
        with Engine.open(arguments.library) as engine:
            print(json.dumps(_times(engine), indent=2))
        return
    with tempfile.TemporaryDirectory() as folder:
        pictures = Path(folder) / "pictures"
        pictures.mkdir()
        _draw(pictures, arguments.scenes, arguments.unrelated)
        with Engine.open(Path(folder) / "library") as engine:
            engine.index([pictures])
            print(json.dumps(_quality(engine) | _times(engine), indent=2))


def _draw(folder: Path, scenes: int, unrelated: int) -> None:
    """Files are named ``relation.number.png``."""
    generator = SceneGenerator(subjects_of("test"), size=224, seed=5)
    for number in range(scenes):
        scene = generator[number]
        scene.image.save(folder / f"{scene.relation}.{number}.png")
    for number in range(unrelated):
        scene = generator.draw_unrelated(number)
        scene.image.save(folder / f"{scene.relation}.{scenes + number}.png")


def _quality(engine: Engine) -> dict[str, Any]:
    made = MapMaker(engine).make()
    with engine.lend() as models:
        relations = models.bank.relations
    paths = engine.store.paths_of(engine.store.image_ids(engine.fingerprint).tolist())
    drawn = {image_id: path.name.split(".")[0] for image_id, path in paths.items()}
    best, right, confidence = 0, [], []
    table = Counter[tuple[str, int]]()
    for group in made.groups:
        kinds = Counter(drawn[image_id] for image_id in group.members.tolist())
        table.update({(kind, group.number): count for kind, count in kinds.items()})
        (kind, count), *_ = kinds.most_common(1)
        best += count
        if group.name.text is not None:
            right.append(relations.get(group.name.text) == kind)
            confidence.append(group.name.confidence)
    grouped = made.images - len(made.rest)
    return {
        "images": made.images,
        "relations": len(set(drawn.values())),
        "groups": len(made.groups),
        "in_groups": round(grouped / made.images, 3),
        "purity": round(best / grouped, 3),
        "nmi": round(_mutual_information(table), 3),
        "named": round(len(right) / len(made.groups), 3),
        "named_right": round(float(np.mean(right)), 3),
        "mean_confidence": round(float(np.mean(confidence)), 3),
    }


def _mutual_information(table: Counter[tuple[str, int]]) -> float:
    """Normalised by the geometric mean of both entropies, 0..1."""
    kinds = sorted({kind for kind, _ in table})
    joint = np.zeros((len(kinds), 1 + max(group for _, group in table)))
    for (kind, group), count in table.items():
        joint[kinds.index(kind), group] = count
    joint /= joint.sum()
    rows, columns = joint.sum(axis=1), joint.sum(axis=0)
    there = joint > 0
    mutual = (joint[there] * np.log(joint[there] / np.outer(rows, columns)[there])).sum()
    entropies = [-(p[p > 0] * np.log(p[p > 0])).sum() for p in (rows, columns)]
    return float(mutual / np.sqrt(entropies[0] * entropies[1]))


def _times(engine: Engine) -> dict[str, Any]:
    maker = MapMaker(engine)
    began = time.perf_counter()
    made = maker.make(anew=True)
    fresh = time.perf_counter()
    maker.make()
    return {
        "timed_images": made.images,
        "timed_groups": len(made.groups),
        "seconds": round(fresh - began, 2),
        "seconds_again": round(time.perf_counter() - fresh, 2),
    }


if __name__ == "__main__":
    main()
