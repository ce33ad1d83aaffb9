"""Pictures and judgements for the tests of the judge."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL.Image import Image, new

from engine.jobs import JobControl
from engine.metrics.interface import MetricSpec
from engine.metrics.vectors import VectorMetric
from engine.types import Float32
from trainer.judge.ledger import Entry, Key
from trainer.judge.pictures import Database, Sources, open_database
from trainer.judge.protocol import Asked, Hit, Protocol, Retrieved
from trainer.progress import Reporter

JUDGE = "somebody-1"


def write_colours(folder: Path, colours: Mapping[str, tuple[int, int, int]]) -> Path:
    """A picture of one colour under each name."""
    folder.mkdir(parents=True)
    for name, colour in colours.items():
        new("RGB", (32, 24), colour).save(folder / f"{name}.png")
    return folder


def write_greys(folder: Path, count: int, first: int = 0) -> Path:
    """Pictures that get lighter with their number."""
    values = {f"{n:03d}": (5 * (first + n),) * 3 for n in range(count)}
    return write_colours(folder, values)


def database_of(tests: Path, distractors: Path | None = None) -> Database:
    """Read and verify."""
    sources = Sources(str(tests), None if distractors is None else str(distractors))
    return open_database(sources, Reporter.silent())


class ColourDistance:
    """How far the mean colours of two pictures are apart: a metric whose low numbers are close."""

    spec = MetricSpec(
        "colour", "Colour", "Mean colours.", "attribute", "low", "0 or more", "here", "free"
    )
    fingerprint = "colour-1"

    def __init__(self) -> None:
        self.asked = 0

    def score(self, a: Image, b: Image, control: JobControl | None = None) -> float:
        """One pair."""
        return float(self.scores(a, [b], control)[0])

    def scores(
        self, query: Image, others: Sequence[Image], control: JobControl | None = None
    ) -> Float32:
        """One with many."""
        self.asked += len(others)
        if control is not None:
            control.checkpoint()
        means = [np.asarray(image, np.float32).mean(axis=(0, 1)) for image in (query, *others)]
        distances: Float32 = np.linalg.norm(np.stack(means[1:]) - means[0], axis=1)
        return distances

    def close(self) -> None:
        """Nothing to let go of."""


class HueDistance(VectorMetric):
    """The angle between mean colours, as one minus a cosine."""

    def __init__(self) -> None:
        spec = MetricSpec("hue", "Hue", "Hues.", "attribute", "low", "0 to 1", "here", "free")
        super().__init__(spec, "hue-1", 2)

    def vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """Mean colours."""
        return np.stack([np.asarray(image, np.float32).mean(axis=(0, 1)) for image in images])

    def close(self) -> None:
        """Nothing to let go of."""


def content(name: str) -> str:
    """A made-up content id."""
    return hashlib.sha256(name.encode()).hexdigest()


def made_up_protocol(
    found: Mapping[str, Mapping[str, Sequence[str]]],
    *,
    judge: Asked | None = None,
    paper: Mapping[str, float] | None = None,
) -> Protocol:
    """A protocol of methods that found these names for these queries."""
    queries = tuple(content(query) for query in next(iter(found.values())))
    methods = tuple(
        Retrieved(
            method,
            method.upper(),
            "attribute" if method == "attribute" else "relational",
            f"{method}-weights",
            (paper or {}).get(method),
            {
                content(query): tuple(Hit(content(hit), 0.5) for hit in hits)
                for query, hits in hits_by_query.items()
            },
        )
        for method, hits_by_query in found.items()
    )
    depth = max(len(hits) for method in methods for hits in method.hits.values())
    database = {
        "collections": ["made up"],
        "pictures": 100,
        "tests": 60,
        "distractors": 40,
        "copies": 2,
        "dropped": {"unreadable": 3},
        "digest": "0" * 64,
    }
    asked = judge or Asked("endpoint", JUDGE, 2.0, 8.0)
    return Protocol(database, queries, 0, depth, methods, asked, "relsim-train judge run")


def entry(
    query: str, hit: str, score: float | None, tokens: tuple[int, int] | None = (100, 2)
) -> Entry:
    """What the judge said of a pair of names."""
    key = Key(JUDGE, content(query), content(hit))
    taken, given = tokens or (None, None)
    return Entry(key, score, str(score), {"id": "x"}, taken, given)


def random_scores(count: int, seed: int) -> list[float]:
    """Scores of a judge who likes some queries more than others."""
    r = random.Random(seed)
    return [float(min(10, max(0, round(r.gauss(6, 2))))) for _ in range(count)]
