"""Times the decoder on a folder of real pictures and prints one JSON document.

python tests/benchmarks/decode_folder.py FOLDER... [--threads 2] [--min-side 256]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.errors import DecodeError
from engine.imaging import decode, load
from engine.library.scan import scan


def peak_mb() -> float:
    """Peak resident memory of this process in MB."""
    memory = psutil.Process().memory_info()
    if hasattr(memory, "peak_wset"):
        return memory.peak_wset / 1e6
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--min-side", type=int, default=256)
    arguments = parser.parse_args()

    baseline = peak_mb()
    began = time.perf_counter()
    found = scan(arguments.folder)
    scanned = time.perf_counter() - began

    def attempt(path: Path) -> tuple[str, float]:
        began = time.perf_counter()
        try:
            decode(load(path)[1], min_side=arguments.min_side)
        except DecodeError as error:
            return str(error), time.perf_counter() - began
        return "", time.perf_counter() - began

    began = time.perf_counter()
    with ThreadPoolExecutor(arguments.threads) as pool:
        outcomes = list(pool.map(attempt, (entry.path for entry in found.entries)))
    seconds = time.perf_counter() - began

    slowest = max(range(len(outcomes)), key=lambda i: outcomes[i][1])
    print(
        json.dumps(
            {
                "files": len(found.entries),
                "skipped": len(found.skipped),
                "problems": len(found.problems),
                "decoded": sum(not reason for reason, _ in outcomes),
                "failed": dict(Counter(reason for reason, _ in outcomes if reason)),
                "threads": arguments.threads,
                "scan_seconds": round(scanned, 3),
                "seconds": round(seconds, 2),
                "images_per_second": round(len(outcomes) / seconds, 1),
                "slowest": [str(found.entries[slowest].path), round(outcomes[slowest][1], 2)],
                "megabytes": {"before": round(baseline), "peak": round(peak_mb())},
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
