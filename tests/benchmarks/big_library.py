"""Make a library of many pictures, for benchmarks: real files, made-up vectors.

    python tests/benchmarks/big_library.py DIR [--pictures 100000]

`DIR/pictures` gets hard links to the sample collection's pictures under 1,000 names a folder, so
that thumbnails are decoded from real files; `DIR/library` a library that has them all indexed, with
clustered random vectors under the bundled model's fingerprints, and the graph that searches them.
What is there already is kept.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.library.scan import scan
from engine.library.traits import COLOURS, Traits
from engine.models.registry import find_model
from engine.search.index import open_index
from engine.store import Batch, Embedded, Store
from engine.types import Float32, Vectors
from resources import ROOT

FORMATS = ("JPEG", "JPEG", "JPEG", "PNG", "RAW")
YEAR_NS = 365 * 86_400 * 1_000_000_000
_A_FOLDER = 1000
_BATCH = 2000


def make_big_library(where: Path, pictures: int = 100_000) -> tuple[Path, Path]:
    """Make it, unless it is there; returns the folder of pictures and that of the library."""
    folder, library = where / "pictures", where / "library"
    if not (where / "made").exists():
        _link(folder, pictures)
        _fill(library, folder)
        (where / "made").write_text(f"{pictures}\n", encoding="utf-8")
    return folder, library


def _link(folder: Path, pictures: int) -> None:
    sources = sorted(path for path in (ROOT / "sample").iterdir() if path.suffix != ".md")
    owned = [folder / f"source-{number}{path.suffix}" for number, path in enumerate(sources)]
    folder.mkdir(parents=True, exist_ok=True)
    for source, own in zip(sources, owned, strict=True):
        own.write_bytes(source.read_bytes())
    for number in range(pictures - len(owned)):
        source = owned[number % len(owned)]
        inside = folder / f"{number // _A_FOLDER:04}"
        inside.mkdir(exist_ok=True)
        os.link(source, inside / f"{number:06}{source.suffix}")


def _fill(library: Path, folder: Path) -> None:
    spec = find_model(None)
    relational, attribute = spec.fingerprint("relational"), spec.fingerprint("attribute")
    store = Store.open(library)
    generator = np.random.default_rng(0)
    centres = _unit(generator.standard_normal((400, relational.dimension), np.float32))
    looks = _unit(generator.standard_normal((900, attribute.dimension), np.float32))
    with store.intake() as intake:
        entries = scan([folder]).entries
        intake.register([folder], [], ((e.path, e.size, e.mtime_ns) for e in entries))
        files = intake.plan(relational, attribute).to_read
        for start in range(0, len(files), _BATCH):
            batch = files[start : start + _BATCH]
            images = [Embedded(f"made-up {file.file_id}", file.file_id) for file in batch]
            vectors = Vectors(
                _around(centres, len(batch), generator), _around(looks, len(batch), generator)
            )
            ids = intake.commit(Batch(images, vectors), relational, attribute)
            store.set_traits({image_id: _traits(generator) for image_id in ids})
    open_index(store, relational, library / "cache")
    store.close()


def _traits(generator: np.random.Generator) -> Traits:
    """A picture of one of five formats with two colours, taken within ten years."""
    shares = [0] * len(COLOURS)
    for colour in generator.choice(len(COLOURS), 2, replace=False):
        shares[colour] = 50
    return Traits(
        *((4000, 3000) if generator.random() < 0.7 else (3000, 4000)),
        FORMATS[int(generator.integers(len(FORMATS)))],
        int(generator.integers(30 * YEAR_NS, 40 * YEAR_NS)),
        tuple(shares),
    )


def _around(centres: Float32, n: int, generator: np.random.Generator) -> Float32:
    noise = _unit(generator.standard_normal((n, centres.shape[1]), np.float32))
    return _unit(centres[generator.integers(0, len(centres), n)] + 0.9 * noise)


def _unit(vectors: Float32) -> Float32:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def main() -> None:
    """Make it and say how long that took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("where", type=Path)
    parser.add_argument("--pictures", type=int, default=100_000)
    arguments = parser.parse_args()
    began = time.monotonic()
    make_big_library(arguments.where.absolute(), arguments.pictures)
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
