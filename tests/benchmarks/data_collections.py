"""Makes the collections that docs/training/data.md measures `relsim-train data` on.

    python tests/benchmarks/data_collections.py OUT [--count 114881]

OUT gets ``images/`` (pictures of 104 x 96 pixels), ``captions.jsonl`` that lists them, ``shards/``
of twelve tars with the same, ``photos/`` (2,000 JPEGs of 1200 x 900) and ``urls.parquet`` (2
million rows, of which every tenth repeats one).
"""

from __future__ import annotations

import argparse
import io
import json
import tarfile
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from PIL import Image

SHARDS, PHOTOS, URLS = 12, 2_000, 2_000_000


def picture(number: int, width: int, height: int, kind: str) -> bytes:
    """A picture that no other number gives."""
    coarse = np.random.default_rng(number).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    file = io.BytesIO()
    smooth = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    smooth.save(file, kind)
    return file.getvalue()


def write_collections(out: Path, count: int, *, photos: int = PHOTOS, urls: int = URLS) -> None:
    """Write all of them."""
    import pyarrow
    from pyarrow import parquet

    for name in ("images", "shards", "photos"):
        (out / name).mkdir(parents=True)
    with ExitStack() as files:
        lines = files.enter_context((out / "captions.jsonl").open("w", encoding="utf-8"))
        paths = [out / "shards" / f"{n:05d}.tar" for n in range(SHARDS)]
        tars = [files.enter_context(tarfile.open(path, "w")) for path in paths]
        for number in range(count):
            key, content = f"{number:08d}", picture(number, 104, 96, "JPEG")
            said = {"caption": "A {Subject} among {Objects}", "url": f"http://host.test/{key}.jpg"}
            (out / "images" / f"{key}.jpg").write_bytes(content)
            lines.write(json.dumps({"image_hash": key, **said}) + "\n")
            for name, data in ((f"{key}.jpg", content), (f"{key}.json", json.dumps(said).encode())):
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tars[number * SHARDS // count].addfile(member, io.BytesIO(data))
    for number in range(photos):
        path = out / "photos" / f"{number:05d}.jpg"
        path.write_bytes(picture(number, 1200, 900, "JPEG"))
    rows = [f"http://host-{n % 997}.test/{n - n % 10 if n % 10 == 9 else n}" for n in range(urls)]
    parquet.write_table(pyarrow.table({"URL": rows}), out / "urls.parquet")


def main() -> None:
    """Write them where the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=114_881)
    arguments = parser.parse_args()
    write_collections(arguments.out, arguments.count)


if __name__ == "__main__":
    main()
