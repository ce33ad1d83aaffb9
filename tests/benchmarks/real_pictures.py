"""The proof on real pictures: index folders for real, kill it on the way, and add up.

    python tests/benchmarks/real_pictures.py FOLDER... --report docs/benchmarks/real-pictures.json

Runs ``relsim index`` as a user does, in processes of its own and a library of its own:

1. undisturbed: counts, images a second, peak memory, failures by reason; then a second run;
2. killed (SIGKILL) at three instants on the way and started again: what had been committed is still
   there, nothing is embedded twice, and the library ends up equal to the undisturbed one;
3. queries: latency of `Engine.neighbors` for indexed images, recall@10 of both kinds of index.
"""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from engine.library.health import recall_at
from engine.models.registry import find_model
from engine.search.exact_index import ExactIndex
from engine.search.index import HnswIndex
from engine.service import Engine
from engine.store import Store

KILL_AT = (0.2, 0.45, 0.7)  # share of the images after which the process is killed
QUERIES = 500


def start(folders: list[str], library: Path) -> subprocess.Popen[str]:
    """``relsim index`` in a process of its own."""
    command = [sys.executable, "-m", "engine.cli", "index", *folders]
    return subprocess.Popen(
        [*command, "--library", str(library), "--json"], stdout=subprocess.PIPE, text=True
    )


def index(folders: list[str], library: Path) -> dict[str, Any]:
    """Index to the end; the report, with the peak of the resident memory in bytes."""
    process = start(folders, library)
    watched = psutil.Process(process.pid)
    peak = 0
    while process.poll() is None:
        try:
            peak = max(peak, watched.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.05)
    assert process.stdout is not None
    report: dict[str, Any] = json.loads(process.stdout.read())
    assert process.wait() == 0
    return report | {"peak_bytes": peak}


def committed(library: Path) -> int:
    """Images whose vectors are in the database now, read as another program would."""
    path = library / "library.sqlite3"
    if not path.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5) as connection:
            return int(connection.execute("SELECT count(*) FROM images").fetchone()[0])
    except sqlite3.OperationalError:  # the schema is not there yet
        return 0


def sound(library: Path) -> bool:
    """SQLite's own verdict on the database."""
    with sqlite3.connect(library / "library.sqlite3") as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def disturbed(folders: list[str], library: Path, images: int) -> dict[str, Any]:
    """Kill the indexing at three instants, then let it finish."""
    kills = []
    for share in KILL_AT:
        process = start(folders, library)
        while process.poll() is None and committed(library) < share * images:
            time.sleep(0.02)
        process.kill()
        process.wait()
        kills.append({"committed": committed(library), "sound": sound(library)})
    last = index(folders, library)
    return {
        "kills": kills,
        "embedded_after_the_last_kill": committed(library) - kills[-1]["committed"],
        "images": committed(library),
        "last_run": {key: last[key] for key in ("found", "indexed", "reused", "skipped")},
        "last_run_failed": len(last["failed"]),
    }


def contents(library: Path) -> dict[str, bytes]:
    """Relational vector by content id."""
    with sqlite3.connect(library / "library.sqlite3") as connection:
        return dict(
            connection.execute(
                "SELECT content_id, vector FROM vectors JOIN images ON images.id = image_id"
                " WHERE length(vector) = 384 * 4"
            )
        )


def queries(library: Path) -> dict[str, Any]:
    """Latency of whole answers and recall of both kinds of index."""
    fingerprint = find_model().fingerprint("relational")
    store = Store.open(library)
    ids, vectors = store.all_vectors(fingerprint)
    store.close()
    chosen = np.random.default_rng(0).choice(len(ids), min(QUERIES, len(ids)), replace=False)
    exact = ExactIndex(ids, vectors)
    graph = HnswIndex(vectors.shape[1], len(ids))
    graph.add(ids, vectors)
    with Engine.open(library) as engine:
        engine.neighbors(int(ids[0]))
        seconds = []
        for image_id in ids[chosen].tolist():
            began = time.perf_counter()
            engine.neighbors(image_id)
            seconds.append(time.perf_counter() - began)
        kind = engine.health(recall=False).index
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    return {
        "images": len(ids),
        "index": kind,
        "neighbors_ms": {"p50": round(float(p50), 2), "p95": round(float(p95), 2)},
        "recall_at_10": {
            "exact": recall_at(exact, exact, vectors[chosen], 10),
            "hnsw": round(recall_at(graph, exact, vectors[chosen], 10), 4),
        },
    }


def main() -> None:
    """Run the three parts and print, or write, one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--report", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        calm, rough = Path(temporary, "calm"), Path(temporary, "rough")
        first = index(arguments.folders, calm)
        second = index(arguments.folders, calm)
        reasons = Counter(failure["reason"] for failure in first["failed"])
        outcome = {
            "machine": {"processor": platform.machine(), "cores": psutil.cpu_count()},
            "first_run": {
                **{key: first[key] for key in ("found", "indexed", "reused", "skipped", "seconds")},
                "failed": len(first["failed"]),
                "adds_up": first["found"]
                == first["indexed"] + first["reused"] + len(first["failed"]) + first["skipped"],
                "images_per_second": round(first["indexed"] / first["seconds"], 1),
                "files_per_second": round(first["found"] / first["seconds"], 1),
                "peak_megabytes": round(first["peak_bytes"] / 1e6),
            },
            "failures_by_reason": dict(reasons.most_common()),
            "second_run": {key: second[key] for key in ("indexed", "reused", "seconds")},
            "killed_three_times": disturbed(arguments.folders, rough, committed(calm)),
        }
        outcome["killed_three_times"]["equal_to_the_undisturbed"] = contents(calm) == contents(
            rough
        )
        outcome["queries"] = queries(calm)
    document = json.dumps(outcome, indent=1)
    if arguments.report:
        arguments.report.parent.mkdir(parents=True, exist_ok=True)
        arguments.report.write_text(document + "\n", encoding="utf-8")
    print(document)


if __name__ == "__main__":
    main()
