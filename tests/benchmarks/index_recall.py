"""Measure the graph against the exact scan; prints one JSON document.

    python tests/benchmarks/index_recall.py LIBRARY [--grow N]      the vectors of a library
    python tests/benchmarks/index_recall.py --synthetic N           clustered random vectors

`--grow` adds vectors between near neighbors of the library until there are N. A million vectors
(`--synthetic 1000000`) take about an hour to build on two cores, and 4 GB.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.library.health import recall_at
from engine.models.registry import find_model
from engine.search import index as settings
from engine.search.exact_index import ExactIndex, Int64
from engine.search.index import HnswIndex, Index
from engine.store import Store
from engine.types import Float32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", nargs="?", type=Path)
    parser.add_argument("--synthetic", type=int, metavar="N")
    parser.add_argument("--grow", type=int, metavar="N", default=0)
    parser.add_argument("--model")
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--links", type=int, default=settings.LINKS)
    parser.add_argument("--build-effort", type=int, default=settings.BUILD_EFFORT)
    parser.add_argument("--efforts", type=int, nargs="*", default=[settings.QUERY_EFFORT])
    arguments = parser.parse_args()
    settings.LINKS, settings.BUILD_EFFORT = arguments.links, arguments.build_effort
    generator = np.random.default_rng(0)
    if arguments.synthetic:
        vectors = _clustered(arguments.synthetic, generator)
    else:
        vectors = _library(arguments.library, arguments.model)
        vectors = _grown(vectors, arguments.grow, generator)
    queries = vectors[generator.choice(len(vectors), min(arguments.queries, len(vectors)), False)]
    print(json.dumps(_measure(vectors, queries, arguments.efforts), indent=2))


def _clustered(n: int, generator: np.random.Generator) -> Float32:
    """Clusters of uneven size and width in a 384-d space, a quarter of whose directions matter."""
    centres = generator.standard_normal((max(16, n // 200), 384)).astype(np.float32)
    centres *= np.linspace(1.6, 0.2, 384, dtype=np.float32) ** 2
    sizes = generator.pareto(1.2, len(centres)) + 0.2
    cluster = generator.choice(len(centres), n, p=sizes / sizes.sum())
    vectors = centres[cluster]
    width = generator.uniform(0.2, 0.9, len(centres)).astype(np.float32)
    for start in range(0, n, 50_000):
        part = slice(start, start + 50_000)
        noise = generator.standard_normal((len(vectors[part]), 384), np.float32)
        vectors[part] += width[cluster[part], None] * noise * np.linspace(1.2, 0.2, 384)
    return _unit(vectors)


def _library(folder: Path, model: str | None) -> Float32:
    store = Store.open(folder)
    try:
        return store.all_vectors(find_model(model).fingerprint("relational"))[1]
    finally:
        store.close()


def _grown(vectors: Float32, n: int, generator: np.random.Generator) -> Float32:
    exact = ExactIndex(np.arange(len(vectors)), vectors)
    near = np.array([exact.query(vector, 6).ids[1:] for vector in vectors])
    made = [vectors]
    for _ in range(max(0, n // len(vectors) - 1)):
        other = vectors[near[np.arange(len(vectors)), generator.integers(0, 5, len(vectors))]]
        share = generator.uniform(0.2, 0.8, (len(vectors), 1)).astype(np.float32)
        noise = generator.standard_normal(vectors.shape, np.float32) * np.float32(0.01)
        made.append(_unit(share * vectors + (1 - share) * other + noise))
    return np.concatenate(made)


def _unit(vectors: Float32) -> Float32:
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _measure(vectors: Float32, queries: Float32, efforts: list[int]) -> dict[str, object]:
    ids: Int64 = np.arange(len(vectors))
    exact = ExactIndex(ids, vectors)
    report: dict[str, object] = {
        "vectors": len(vectors),
        "dimension": vectors.shape[1],
        "links": settings.LINKS,
        "build_effort": settings.BUILD_EFFORT,
        "exact": _latency(exact, queries),
    }
    gc.collect()
    before = psutil.Process().memory_info().rss
    began = time.perf_counter()
    graph = HnswIndex(vectors.shape[1], len(vectors))
    for start in range(0, len(ids), 4096):
        graph.add(ids[start : start + 4096], vectors[start : start + 4096])
    report["build_s"] = round(time.perf_counter() - began, 1)
    report["resident_mb"] = round((psutil.Process().memory_info().rss - before) / 1e6)
    report["estimated_mb"] = round(graph.memory() / 1e6)
    report["graph"] = {}
    for effort in efforts:
        settings.QUERY_EFFORT = effort
        report["graph"][effort] = {
            "recall_at_10": round(recall_at(graph, exact, queries, 10), 4),
            "recall_at_100": round(recall_at(graph, exact, queries[:200], 100), 4),
            "finds_itself": round(recall_at(graph, exact, queries, 1), 4),
            **_latency(graph, queries),
        }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph"
        graph.save(path, "benchmark")
        report["file_mb"] = round(path.stat().st_size / 1e6)
        del graph
        began = time.perf_counter()
        loaded = HnswIndex.load(path, "benchmark", vectors.shape[1])
        report["load_s"] = round(time.perf_counter() - began, 2)
        assert loaded is not None
        assert len(loaded) == len(vectors)
    report["cpus"] = os.cpu_count()
    report["load"] = os.getloadavg()[0]
    return report


def _latency(index: Index, queries: Float32) -> dict[str, float]:
    times = []
    for vector in queries:
        began = time.perf_counter()
        index.query(vector, 24, {0})
        times.append(time.perf_counter() - began)
    milliseconds = 1000 * np.array(times)
    return {
        "p50_ms": round(float(np.percentile(milliseconds, 50)), 3),
        "p95_ms": round(float(np.percentile(milliseconds, 95)), 3),
    }


if __name__ == "__main__":
    main()
