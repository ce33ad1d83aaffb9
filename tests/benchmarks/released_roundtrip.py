"""Does the released package read a checkpoint of ours, and say the same as the engine?

    python tests/benchmarks/released_roundtrip.py

The golden tiny base, float32, with the query token as it is and learned; every golden picture at
448 pixels, and some files as they are. The package's environment is made where none is given.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

import numpy as np
from PIL import Image
from relsim_speed import ROOT, Worker, python_of, released_environment
from relsim_worker import Task

from engine.models.device import Placement, devices
from engine.models.large_spec import RelsimSpec
from engine.models.preparation import Preparation
from engine.models.qwen import QwenBase
from engine.models.relsim_vl import RelsimEmbedder

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "golden")]

FILES = ("bo2.jpg", "mam2.jpg")
"""Small ones: the package embeds them as they are."""


def compare(
    query: Literal["frozen", "trained"], python: Path, golden: Path, folder: Path
) -> dict[str, float]:
    """Largest differences between the package and the engine on one exported checkpoint."""
    from exported_golden import export

    folder.mkdir(parents=True)
    (folder / "base").symlink_to(golden / "relsim-tiny" / "base")
    export(folder / "relsim", query)
    paths = sorted((golden / "images").glob("*.jpg"))
    square = _engine(folder, "square448")
    pixels = np.stack([square.prepare(Image.open(path).convert("RGB")) for path in paths])
    np.save(folder / "pictures.npy", pixels)
    stored = str(folder / "pictures.npy")
    task = Task("tiny", str(folder), True, stored, str(golden), "cpu", "float32")
    few = [golden / "images" / name for name in FILES]
    with Worker(python, "released_relsim.py", task) as released:
        small = released.ask("pictures", numbers=list(range(len(paths))))["vectors"]
        whole = released.ask("files", paths=[str(path) for path in few])["vectors"]
    native = _engine(folder, "native")
    own = np.concatenate(
        [native.embed([native.prepare(Image.open(p).convert("RGB"))]).relational for p in few]
    )
    return {
        "448": float(np.abs(square.embed(list(pixels)).relational - np.array(small)).max()),
        "native": float(np.abs(own - np.array(whole)).max()),
    }


def _engine(folder: Path, preparation: Preparation) -> RelsimEmbedder:
    place = next(device for device in devices() if device.name == "cpu")
    base = QwenBase.load(folder / "base", Placement(place, "float32", "a test"), writes=False)
    spec = RelsimSpec("exported", folder / "relsim", folder / "base", preparation, None, "0" * 64)
    return RelsimEmbedder.load(spec, base)


def main() -> None:
    """Compare, and fail if anything differs by more than rounding."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--released-env", type=Path)
    parser.add_argument("--golden", type=Path, default=ROOT.parent / "shared" / "golden")
    arguments = parser.parse_args()
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as scratch:
        given: Path | None = arguments.released_env
        python = python_of(given) if given else released_environment(Path(scratch, "released"))
        queries: tuple[Literal["frozen", "trained"], ...] = ("frozen", "trained")
        for query in queries:
            found[query] = compare(query, python, arguments.golden, Path(scratch, query))
            for what, difference in found[query].items():
                print(f"{query} query token, {what}: largest difference {difference:.1e}")
    worst = max(difference for each in found.values() for difference in each.values())
    if not worst <= 1e-5:
        raise SystemExit(f"The released package reads something else: {worst:.1e}")


if __name__ == "__main__":
    main()
