"""Measure proposed groups on drawn scenes, where it is known what is right.

    python tests/benchmarks/group_proposals.py [--split test] [--scenes 2460] [--unrelated 1200]
    python tests/benchmarks/group_proposals.py --synthetic 100000      time and memory alone

Scenes of all relations with subjects that no model saw, and scenes without a relation among them,
are embedded with the bundled model. Compared are, with the same limits on size and on look: what
`propose_groups` finds; the same with other settings; clusters by HDBSCAN and by average linkage,
cut into groups; attribute vectors in place of relational ones; and groups drawn by chance. Prints
one JSON document. Of each:

- ``purity``: share of grouped pictures whose relation is the most frequent one of their group;
- ``whole``: share of groups of one relation alone; ``pairs``: share of pairs of one relation;
- ``subjects``: distinct subjects per picture of a group, on average;
- ``covered``: share of all pictures that show a relation that are in groups;
- ``none``: share of grouped pictures that show no relation.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.describe import CaptionBank
from engine.models.registry import find_model, load_embedder
from engine.search.ranking import PairDistribution
from engine.types import Float32
from trainer.captions.bank_captions import common
from trainer.captions.propose import ProposalSettings, propose_groups
from trainer.scenes import RELATIONS, SceneGenerator, load_subjects, split_subjects
from trainer.scenes.types import NONE

Groups = Sequence[Sequence[int]]
MOST = 10


@dataclass
class Truth:
    """What was drawn, and what the model makes of it."""

    relation: NDArray[np.str_]
    subject: NDArray[np.str_]
    relational: Float32
    attribute: Float32

    def taken(self, rows: NDArray[Any]) -> Truth:
        return Truth(
            self.relation[rows], self.subject[rows], self.relational[rows], self.attribute[rows]
        )


def draw(split: str, scenes: int, unrelated: int, seed: int) -> Truth:
    """Draw and embed; the scenes go round the relations, so that each comes as often."""
    subjects = split_subjects(load_subjects())[split]
    concept = {subject.id: subject.concept for subject in subjects}
    generator = SceneGenerator(subjects, size=224, seed=seed)
    embedder = load_embedder()

    def drawn() -> Iterator[Any]:
        yield from (generator[index] for index in range(scenes))
        yield from (generator.draw_unrelated(index) for index in range(unrelated))

    relations, mains, relational, attribute = [], [], [], []
    batch = []
    for number, scene in enumerate(drawn(), start=1):
        relations.append(scene.relation)
        mains.append(concept[scene.subjects[0]] if scene.subjects else "")
        batch.append(embedder.prepare(scene.image))
        if len(batch) == embedder.batch_size or number == scenes + unrelated:
            vectors = embedder.embed(batch)
            relational.append(vectors.relational)
            attribute.append(vectors.attribute)
            batch = []
    return Truth(
        np.array(relations), np.array(mains), np.concatenate(relational), np.concatenate(attribute)
    )


def judge(groups: Groups, truth: Truth, all_related: int) -> dict[str, float]:
    """See the head of this file."""
    same = pairs = most = whole = size = none = 0
    subjects = 0.0
    for group in groups:
        relations = truth.relation[list(group)]
        counts = Counter(name for name in relations.tolist() if name != NONE)
        top = max(counts.values(), default=0)
        most, whole, size = most + top, whole + (top == len(group)), size + len(group)
        none += int((relations == NONE).sum())
        subjects += len(set(truth.subject[list(group)].tolist())) / len(group)
        for a, b in combinations(relations.tolist(), 2):
            pairs, same = pairs + 1, same + (a == b != NONE)
    figures = {
        "purity": most / max(size, 1),
        "whole": whole / max(len(groups), 1),
        "pairs": same / max(pairs, 1),
        "subjects": subjects / max(len(groups), 1),
        "covered": (size - none) / all_related,
        "none": none / max(size, 1),
    }
    rounded = {name: round(value, 3) for name, value in figures.items()}
    return {"groups": len(groups), "size": round(size / max(len(groups), 1), 2), **rounded}


def ours(truth: Truth, settings: ProposalSettings | None = None, *, looks: bool = False) -> Groups:
    """By `propose_groups`; with `looks` by attribute vectors, and nothing looks too alike."""
    relational = truth.attribute if looks else truth.relational
    attribute = truth.attribute
    if looks:
        settings = ProposalSettings(alike=100.0)
    return [group.images for group in propose_groups(relational, attribute, settings).groups]


def clustered(truth: Truth, method: str, value: float) -> Groups:
    """Clusters of scikit-learn, cut into groups in which nothing looks alike."""
    from sklearn.cluster import HDBSCAN, AgglomerativeClustering

    if method == "hdbscan":
        model: Any = HDBSCAN(min_cluster_size=int(value), min_samples=1, copy=True)
    else:
        model = AgglomerativeClustering(
            None, distance_threshold=value, metric="cosine", linkage="average"
        )
    labels = model.fit_predict(truth.relational)
    pairs = PairDistribution.of(truth.relational, truth.attribute, pairs=1 << 16)
    ceiling = float(np.percentile(pairs.attribute, ProposalSettings().alike))
    out = []
    for label in sorted(set(labels.tolist()) - {-1}):
        left = np.flatnonzero(labels == label).tolist()
        centre = common(truth.relational[left])
        left.sort(key=lambda row: -float(truth.relational[row] @ centre))
        while len(left) > 1:
            group = [left[0]]
            for row in left[1:]:
                alike = truth.attribute[group] @ truth.attribute[row]
                if len(group) < MOST and alike.max() < ceiling:
                    group.append(row)
            left = [row for row in left if row not in group]
            if len(group) > 1:
                out.append(group)
    return out


def by_chance(truth: Truth, like: Groups, seed: int) -> Groups:
    """Random groups of the same sizes."""
    order = iter(np.random.default_rng(seed).permutation(len(truth.relation)).tolist())
    return [[next(order) for _ in group] for group in like]


def ranked(groups: Groups, truth: Truth) -> list[float]:
    """The share of pairs of one relation in each quarter of the groups, best quarter first."""
    step = -(-len(groups) // 4)
    parts = (groups[start : start + step] for start in range(0, len(groups), step))
    return [judge(part, truth, 1)["pairs"] for part in parts]


def by_surprise(groups: Groups, truth: Truth) -> Groups:
    """The groups in another order: by how far relational outranks attribute similarity."""
    pairs = PairDistribution.of(truth.relational, truth.attribute, pairs=1 << 16)

    def score(group: Sequence[int]) -> float:
        rows, upper = list(group), np.triu_indices(len(group), 1)
        related = (truth.relational[rows] @ truth.relational[rows].T)[upper]
        alike = (truth.attribute[rows] @ truth.attribute[rows].T)[upper]
        return float(pairs.surprise(related, alike, 1.0).mean())

    return sorted(groups, key=score, reverse=True)


def captions(groups: Groups, truth: Truth, bank: CaptionBank) -> dict[str, float]:
    """How often the bank finds a caption for a group of one relation, and how often a right one."""
    whole = [list(group) for group in groups if len(set(truth.relation[list(group)])) == 1]
    means = np.stack([common(truth.relational[group]) for group in whole])
    match = bank.match(means)
    clear = bank.confidence(match) >= bank.calibration.threshold
    named = np.array([bank.captions[index].relation for index in match.caption.tolist()])
    true = np.array([truth.relation[group[0]] for group in whole])
    held = np.array([RELATIONS[name].held_out if name in RELATIONS else False for name in true])
    right = named == true
    return {
        "groups": len(whole),
        "captioned": round(float(clear.mean()), 3),
        "right": round(float(right[clear].mean()), 3),
        "right_of_taught_relations": round(float(right[clear & ~held].mean()), 3),
        "right_of_held_out_relations": round(float(right[clear & held].mean()), 3),
    }


def compare(arguments: argparse.Namespace) -> dict[str, Any]:
    """All methods on the same pictures."""
    everything = draw(arguments.split, arguments.scenes, arguments.unrelated, arguments.seed)
    bank = CaptionBank.load(find_model())
    clear = bank.confidence(bank.match(everything.relational)) >= bank.calibration.threshold
    shows = everything.relation != NONE
    held = np.array([n != NONE and RELATIONS[n].held_out for n in everything.relation.tolist()])
    truth, related = everything.taken(np.flatnonzero(clear)), int(shows.sum())
    proposed = ours(truth)

    def row(groups: Groups, of: Truth = truth) -> dict[str, float]:
        return judge(groups, of, related)

    only_held = everything.taken(np.flatnonzero(held))
    return {
        "pictures": len(shows),
        "related": related,
        "clear": {
            "related": round(float(clear[shows & ~held].mean()), 3),
            "of held-out relations": round(float(clear[held].mean()), 3),
            "unrelated": round(float(clear[~shows].mean()), 3),
        },
        "propose_groups": row(proposed),
        "quarters": ranked(proposed, truth),
        "quarters by surprise": ranked(by_surprise(proposed, truth), truth),
        "related 98": row(ours(truth, ProposalSettings(related=98.0))),
        "related 99.5": row(ours(truth, ProposalSettings(related=99.5))),
        "alike 90": row(ours(truth, ProposalSettings(alike=90.0))),
        "alike 98": row(ours(truth, ProposalSettings(alike=98.0))),
        "alike 100": row(ours(truth, ProposalSettings(alike=100.0))),
        "neighbors 10": row(ours(truth, ProposalSettings(neighbors=10))),
        "neighbors 50": row(ours(truth, ProposalSettings(neighbors=50))),
        "unclear pictures too": row(ours(everything), everything),
        "hdbscan 2": row(clustered(truth, "hdbscan", 2)),
        "hdbscan 5": row(clustered(truth, "hdbscan", 5)),
        "average linkage 0.1": row(clustered(truth, "average", 0.1)),
        "average linkage 0.2": row(clustered(truth, "average", 0.2)),
        "attribute vectors": row(ours(truth, looks=True)),
        "chance": row(by_chance(truth, proposed, arguments.seed)),
        "held-out relations alone": judge(
            ours(only_held, ProposalSettings(related=90.0)), only_held, int(held.sum())
        ),
        "captions of the bank": captions(proposed, truth, bank),
    }


def synthetic(count: int) -> dict[str, Any]:
    """Time and memory for vectors of many small clusters."""
    random = np.random.default_rng(0)

    def near(dimension: int, of: NDArray[np.int64]) -> Float32:
        centres = random.standard_normal((int(of.max()) + 1, dimension), np.float32)
        rows = centres[of] + 0.4 * random.standard_normal((len(of), dimension), np.float32)
        unit: Float32 = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    relational = near(384, random.integers(0, count // 20, count))
    attribute = near(256, random.integers(0, count // 5, count))
    began = time.monotonic()
    found = propose_groups(relational, attribute)
    return {
        "pictures": count,
        "seconds": round(time.monotonic() - began, 1),
        "peak_gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "groups": len(found.groups),
        "grouped": found.grouped,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", default="test", choices=("validation", "test"))
    parser.add_argument("--scenes", type=int, default=2460)
    parser.add_argument("--unrelated", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--synthetic", type=int, metavar="N")
    arguments = parser.parse_args()
    document = synthetic(arguments.synthetic) if arguments.synthetic else compare(arguments)
    print(json.dumps(document, indent=1))


if __name__ == "__main__":
    main()
