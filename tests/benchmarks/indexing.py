"""Measure indexing a folder end to end, and its two parts alone; prints one JSON document.

    python tests/benchmarks/indexing.py FOLDER... [--limit 1500] [--model ID|PATH]

`ratio` is the run's time over decoding alone plus the model alone, each with all cores to itself,
measured in the same process on the same pictures. The second run finds everything unchanged.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from decode_folder import peak_mb

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.errors import DecodeError
from engine.imaging import decode, load
from engine.library.pipeline import IndexingPipeline
from engine.library.scan import scan
from engine.model_thread import ModelThread
from engine.models.registry import find_model, load_embedder
from engine.store import Store
from engine.types import Embedder, IndexReport, UInt8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, help="take this many files, spread over the folders")
    parser.add_argument("--model")
    parser.add_argument("--readers", type=int, default=os.cpu_count())
    parser.add_argument("--parts", type=int, default=2000, help="files for the two parts alone")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        roots = arguments.folders
        if arguments.limit:
            roots = [_sample(roots, arguments.limit, Path(scratch) / "pictures")]
        for entry in scan(roots).entries:
            entry.path.read_bytes()  # all measurements find the files in memory
        print(json.dumps(_measure(roots, Path(scratch) / "library", arguments), indent=2))


def _sample(folders: Sequence[Path], limit: int, into: Path) -> Path:
    entries = scan(folders).entries
    into.mkdir()
    for number, entry in enumerate(islice(entries, 0, None, max(1, len(entries) // limit))):
        (into / f"{number:06}{entry.path.suffix}").symlink_to(entry.path)
    return into


def _measure(
    roots: Sequence[Path], library: Path, arguments: argparse.Namespace
) -> dict[str, object]:
    spec = find_model(arguments.model)
    models = ModelThread(lambda: load_embedder(spec.folder))
    embedder = models.run(lambda embedder: embedder)
    store = Store.open(library)

    def index() -> IndexReport:
        return IndexingPipeline(
            store,
            models,
            relational=embedder.fingerprint,
            attribute=embedder.attribute_fingerprint,
            readers=arguments.readers,
        ).run(roots)

    first = index()
    peak = peak_mb()
    second = index()
    paths = [entry.path for entry in scan(roots).entries]
    paths = paths[:: max(1, len(paths) // arguments.parts)]
    share = len(paths) / first.found
    decode_s, prepared = _decode_alone(paths, embedder, arguments.readers)
    model_s = models.run(lambda embedder: _embed_alone(prepared, embedder))
    model_s *= first.indexed / (len(prepared) / share)  # a sample meets fewer copies
    store.close()
    models.close()
    return {
        "found": first.found,
        "indexed": first.indexed,
        "reused": first.reused,
        "failed": len(first.failed),
        "skipped": first.skipped,
        "adds_up": first.found == first.indexed + first.reused + len(first.failed) + first.skipped,
        "seconds": round(first.seconds, 2),
        "files_per_s": round(first.found / first.seconds, 1),
        "images_per_s": round(first.indexed / first.seconds, 1),
        "peak_mb": round(peak),
        "decode_alone_s": round(decode_s / share, 2),
        "model_alone_s": round(model_s / share, 2),
        "ratio": round(first.seconds / ((decode_s + model_s) / share), 2),
        "second_run_s": round(second.seconds, 2),
        "second_run_indexed": second.indexed,
        "model": first.model,
        "cpus": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


def _decode_alone(
    paths: Sequence[Path], embedder: Embedder, readers: int
) -> tuple[float, list[UInt8]]:
    met: set[str] = set()

    def read(path: Path) -> UInt8 | None:
        try:
            content_id, source = load(path)
            if content_id in met:  # a run decodes no copies either
                return None
            met.add(content_id)
            return embedder.prepare(decode(source, min_side=embedder.min_side))
        except DecodeError:
            return None

    began = time.perf_counter()
    with ThreadPoolExecutor(readers) as pool:
        prepared = [pixels for pixels in pool.map(read, paths) if pixels is not None]
    return time.perf_counter() - began, prepared


def _embed_alone(prepared: Sequence[UInt8], embedder: Embedder) -> float:
    began = time.perf_counter()
    for start in range(0, len(prepared), embedder.batch_size):
        embedder.embed(prepared[start : start + embedder.batch_size])
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
