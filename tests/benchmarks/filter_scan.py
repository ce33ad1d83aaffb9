"""How fast a light filter scans, against decoding alone and the model alone, in one run.

    python tests/benchmarks/filter_scan.py --filter DIR [--pictures 400] [--threads 2] [--repeats 3]

The pictures are made on the spot, JPEG of 1024 by 768 pixels that cost what photographs cost, in
one WebDataset shard. Each part is timed in turn, several times, and the fastest counts, since other
work on the machine can only slow a part down; beside it stands the processor time of that run.
Decoding alone is done by as many threads as the scan has, up to what the model is given.
"""

from __future__ import annotations

import argparse
import io
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from photo_like import picture

from trainer.data.collection import open_collection
from trainer.filter.pictures import prepared_batches
from trainer.filter.scanning import Job, scan_shard
from trainer.filter.scanning_plan import Shard
from trainer.filter.scorer import ScorerSpec


def write_shard(path: Path, count: int) -> None:
    with tarfile.open(path, "w") as tar:
        for number in range(count):
            picture(number, 1024, 768).save(content := io.BytesIO(), "JPEG", quality=92)
            member = tarfile.TarInfo(f"{number:05d}.jpg")
            member.size = content.tell()
            content.seek(0)
            tar.addfile(member, content)


def fastest(part: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Seconds of the fastest of several runs, and processor seconds of that run."""
    times = []
    for _ in range(repeats):
        began, busy = time.perf_counter(), time.process_time()
        part()
        times.append((time.perf_counter() - began, time.process_time() - busy))
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--filter", type=Path, required=True)
    parser.add_argument("--pictures", type=int, default=400)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    spec = ScorerSpec.read(arguments.filter)
    scorer = spec.load(threads=arguments.threads)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "00000.tar"
        write_shard(path, arguments.pictures)
        records = open_collection(path).records
        batches = [b.pictures for b in prepared_batches(records, scorer, threads=2)]

        def decode() -> None:
            for _ in prepared_batches(records, scorer, threads=arguments.threads):
                pass

        def score() -> None:
            for batch in batches:
                scorer.score(batch)

        def scan() -> None:
            job = Job(spec, Path(folder), 0.5, arguments.threads)
            outcome = scan_shard(job, Shard("bench", "bench", path))
            assert outcome.counts.found == arguments.pictures
            job.result("bench").unlink()

        parts = {"decode alone": decode, "model alone": score, "scan": scan}
        seconds = {name: fastest(part, arguments.repeats) for name, part in parts.items()}
    count = arguments.pictures
    for name, (spent, busy) in seconds.items():
        print(
            f"{name}: {count / spent:.1f} images/s, {1000 * busy / count:.1f} ms of processor each"
        )
    (decoding, _), (scoring, _), (both, _) = seconds.values()
    print(f"scan: {both / (decoding + scoring):.2f} times decoding and model one after the other")
    print(f"scan: {both / decoding:.2f} times decoding alone")


if __name__ == "__main__":
    main()
