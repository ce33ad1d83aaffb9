"""How far the golden vectors drift when the large model computes in other numbers than bfloat16.

    python tests/benchmarks/golden_drift.py [--golden FOLDER]

The model is the tiny one of the golden values; `gpu_relsim.py` measures real widths.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from engine.models.device import PRECISIONS, Precision
from engine.models.large import LargeModel
from engine.models.large_spec import RelsimSpec
from engine.types import Float32

ROOT = Path(__file__).parents[2]


def vectors(golden: Path, precision: Precision) -> Float32:
    """Of the golden images in the order of their names, float32 ``[7, 384]``."""
    quantisation = precision if precision in ("int8", "int4") else None
    tiny = golden / "relsim-tiny"
    spec = RelsimSpec("tiny", tiny / "relsim", tiny / "base", "square448", quantisation, "0" * 64)
    model = LargeModel.load(spec, None, (precision,))
    assert model.embedder is not None
    prepared = []
    for path in sorted((golden / "images").iterdir()):
        with Image.open(path) as image:
            prepared.append(model.embedder.prepare(image.convert("RGB")))
    found = model.embedder.embed(prepared).relational
    model.close()
    return found


def main() -> None:
    """Print a line for each precision."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--golden", type=Path, default=ROOT.parent / "shared" / "golden")
    golden = parser.parse_args().golden
    truth = vectors(golden, "bfloat16")
    for precision in PRECISIONS:
        found = vectors(golden, precision)
        cosines = (found * truth).sum(axis=1)
        change = np.abs(found @ found.T - truth @ truth.T).max()
        print(
            f"{precision:9} cosine to bfloat16: least {cosines.min():.5f}, mean"
            f" {cosines.mean():.5f}; largest change of a score {change:.3f}"
        )


if __name__ == "__main__":
    main()
