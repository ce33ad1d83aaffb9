"""Measure steering and proposed relations on drawn scenes; prints one JSON document.

    python tests/benchmarks/steering.py DIR [--scenes 640] [--pairs 100]

`DIR` gets scenes whose relation is known, and a library of them. A question is a picture with two
scenes of different relations side by side. It is steered to one of them by a caption of the bank;
what counts is how many of the five best hits show that relation, and how many the other one. Then:
how often the relation of a scene is the first one that is proposed, or among six, and how sure the
program is of a relation that four scenes share, or that one of the four lacks.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.finding.finder import Ask, Finder, Part
from engine.service import Engine
from trainer.contrastive.drawing import TRAINED, subjects_of
from trainer.scenes import SceneGenerator

_SIDE = 224
_STEERING = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def main() -> None:
    """Draw what is missing, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("where", type=Path)
    parser.add_argument("--scenes", type=int, default=640)
    parser.add_argument("--pairs", type=int, default=100)
    arguments = parser.parse_args()
    folder = arguments.where.absolute() / "scenes"
    _draw(folder, arguments.scenes)
    with Engine.open(arguments.where.absolute() / "library") as engine:
        engine.index([folder])
        relation_of = {
            file.image_id: file.path.stem.split("-", 1)[1]
            for file in engine.store.files()
            if file.image_id is not None
        }
        chance = random.Random(0)
        report = {
            "scenes": len(relation_of),
            "relations": len(set(relation_of.values())),
            "pairs": arguments.pairs,
            "steering": _steer(engine, relation_of, arguments.pairs, chance),
            "proposed": _propose(engine, relation_of, chance),
            "shared": _share(engine, relation_of, chance),
            "cpus": os.cpu_count(),
        }
    print(json.dumps(report, indent=2))


def _draw(folder: Path, scenes: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    generator = SceneGenerator(subjects_of("test"), TRAINED, size=_SIDE, seed=7)
    for number in range(len(list(folder.iterdir())), scenes):
        scene = generator[number]
        scene.image.save(folder / f"{number:05}-{scene.relation}.png")


def _steer(
    engine: Engine, relation_of: dict[int, str], pairs: int, chance: random.Random
) -> dict[str, dict[str, float]]:
    finder = Finder(engine)
    with engine.lend() as models:
        captions: dict[str, list[str]] = {}
        for caption in models.bank.captions:
            captions.setdefault(caption.relation, []).append(caption.text)
    hits: dict[float, list[tuple[float, float]]] = {steering: [] for steering in _STEERING}
    for _ in range(pairs):
        two = _unlike(relation_of, chance)
        question = Part(_beside([engine.store.path_of(image_id) for image_id in two]))
        for meant, other in (two, two[::-1]):
            text = chance.choice(captions[relation_of[meant]])
            for steering in _STEERING:
                ask = Ask((question,), relation=text, steering=steering)
                found = [hit.image_id for hit in finder.find(ask, 7).neighbors]
                shown = [relation_of[each] for each in found if each not in two][:5]
                hits[steering].append(
                    (
                        shown.count(relation_of[meant]) / 5,
                        shown.count(relation_of[other]) / 5,
                    )
                )
    return {
        f"{steering:g}": {
            "meant_among_5": round(float(np.mean([meant for meant, _ in of])), 3),
            "other_among_5": round(float(np.mean([other for _, other in of])), 3),
        }
        for steering, of in hits.items()
    }


def _unlike(relation_of: dict[int, str], chance: random.Random) -> tuple[int, int]:
    while True:
        a, b = chance.sample(sorted(relation_of), 2)
        if relation_of[a] != relation_of[b]:
            return a, b


def _beside(paths: list[Path | None]) -> Image.Image:
    image = Image.new("RGB", (2 * _SIDE, _SIDE))
    for column, path in enumerate(paths):
        assert path is not None
        with Image.open(path) as scene:
            image.paste(scene.convert("RGB"), (column * _SIDE, 0))
    return image


def _propose(
    engine: Engine, relation_of: dict[int, str], chance: random.Random
) -> dict[str, float]:
    finder, places, shown = Finder(engine), [], []
    for image_id in chance.sample(sorted(relation_of), min(300, len(relation_of))):
        names = [each.name for each in finder.relations(image_id)]
        name = relation_of[image_id].replace("_", " ")
        places.append(names.index(name) if name in names else 99)
        shown.append(len(names))
    return {
        "first": round(float(np.mean(np.array(places) == 0)), 3),
        "among_6": round(float(np.mean(np.array(places) < 6)), 3),
        "proposed": round(float(np.mean(shown)), 2),
    }


def _share(engine: Engine, relation_of: dict[int, str], chance: random.Random) -> dict[str, float]:
    finder, found, sure, unsure = Finder(engine), [], [], []
    for relation in sorted(set(relation_of.values())):
        group = [image_id for image_id, name in relation_of.items() if name == relation]
        others = sorted(set(relation_of) - set(group))
        four = chance.sample(group, min(4, len(group)))
        shared = finder.shared(four, 1)
        found.append(bool(shared) and shared[0].name == relation.replace("_", " "))
        sure.append(shared[0].confidence if shared else 0.0)
        mixed = finder.shared([*four[:3], chance.choice(others)], 1)
        unsure.append(mixed[0].confidence if mixed else 0.0)
    return {
        "first": round(float(np.mean(found)), 3),
        "confidence": round(float(np.median(sure)), 3),
        "confidence_with_an_outsider": round(float(np.median(unsure)), 3),
        "sure_of_outsiders": round(float(np.mean(np.array(unsure) >= 0.5)), 3),
    }


if __name__ == "__main__":
    main()
