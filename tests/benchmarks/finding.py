"""Measure questions with and without filters on a large library; prints one JSON document.

    python tests/benchmarks/finding.py DIR [--pictures 100000] [--questions 40]

`DIR` gets the library of `big_library.py`, unless it is there. Each question is asked of another
picture. What it is compared with is the least that a scan can do: one product of
all vectors in memory with the query, and the 60 highest of it. Medians of one process, which takes
turns among the kinds of question so that a busy machine is as busy for all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from big_library import YEAR_NS, make_big_library

from engine.finding.filters import Filters
from engine.finding.finder import Ask, Finder, Part
from engine.service import Engine

_K = 60


def main() -> None:
    """Make what is missing, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("where", type=Path)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=40)
    arguments = parser.parse_args()
    _, library = make_big_library(arguments.where.absolute(), arguments.pictures)
    with Engine.open(library) as engine:
        print(json.dumps(_measure(engine, arguments.questions), indent=2))


def _measure(engine: Engine, questions: int) -> dict[str, object]:
    finder = Finder(engine)
    folder = engine.store.folders()[0].path
    with engine.lend() as models:
        ids, vectors = engine.store.all_vectors(models.small.fingerprint)
    chosen = np.random.default_rng(2).choice(ids, questions, replace=False).tolist()
    report: dict[str, object] = {"images": len(ids), "questions": questions, "hits": _K}
    report["first_s"] = {
        "open_index": _seconds(lambda: finder.find(Ask((Part(chosen[0]),)), _K)),
        "columns": _seconds(finder.facets),
        "vectors_in_a_line": _seconds(
            lambda: finder.find(Ask((Part(chosen[0]),), order="farthest"), _K)
        ),
    }
    filters = {
        "none": Filters(),
        "format": Filters(formats=("PNG",)),
        "colour": Filters(colours=("red",)),
        "two_colours": Filters(colours=("red", "teal")),
        "one_folder": Filters(folders=(folder / "0007",)),
        "a_year": Filters(after_ns=33 * YEAR_NS, before_ns=34 * YEAR_NS),
        "percentile_90": Filters(min_percentile=90.0),
        "all_at_once": Filters(
            folders=tuple(folder / f"{number:04}" for number in range(50)),
            after_ns=31 * YEAR_NS,
            formats=("JPEG", "PNG"),
            orientations=("landscape",),
            colours=("red",),
            min_percentile=50.0,
        ),
    }

    def asking(**wishes: object) -> Callable[[int], int]:
        return lambda query: finder.find(Ask((Part(query),), **wishes), _K).passing  # type: ignore[arg-type]

    kinds: dict[str, Callable[[int], object]] = {
        "numpy_scan": lambda query: _scan(ids, vectors, query),
        **{f"filter {name}": asking(filters=each) for name, each in filters.items()},
        "farthest": asking(order="farthest"),
        "surprise and collapse": asking(surprise=0.5, collapse=True),
        "the same with filters": asking(
            surprise=0.5, collapse=True, filters=filters["all_at_once"]
        ),
        "blend of three": lambda query: finder.find(
            Ask((Part(query), Part(chosen[1]), Part(chosen[2], -0.5))), _K
        ),
    }
    times: dict[str, list[float]] = {name: [] for name in kinds}
    for query in chosen:
        for name, ask in kinds.items():
            times[name].append(_seconds(lambda ask=ask, query=query: ask(query)))
    median = {name: 1000 * float(np.median(taken)) for name, taken in times.items()}
    report["questions_ms"] = {
        name: {
            "p50": round(median[name], 2),
            "p95": round(1000 * float(np.percentile(taken, 95)), 2),
            "to_scan": round(median[name] / median["numpy_scan"], 2),
        }
        for name, taken in times.items()
    }
    report["passing"] = {name: asking(filters=each)(chosen[0]) for name, each in filters.items()}
    report["cpus"], report["load"] = os.cpu_count(), round(os.getloadavg()[0], 2)
    return report


def _scan(ids: np.ndarray, vectors: np.ndarray, query: int) -> np.ndarray:
    scores = vectors @ vectors[np.searchsorted(ids, query)]
    best = np.argpartition(-scores, _K)[:_K]
    return ids[best[np.argsort(-scores[best])]]


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return round(time.perf_counter() - began, 6)


if __name__ == "__main__":
    main()
