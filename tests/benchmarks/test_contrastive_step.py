"""The benchmark of the contrastive step, at the tiny shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from contrastive_step import disagreement, measure, table, ways
from golden_files import golden


@pytest.mark.slow
def test_both_sides_compute_the_same_step(tmp_path: Path) -> None:
    assert golden("relsim-tiny").is_dir()
    chosen = {
        name: way for name, way in ways(2).items() if name == "straight" or way == ("own", 2, True)
    }
    document = measure("tiny", "cpu", "float32", batch=4, chosen=chosen, rounds=1, scratch=tmp_path)
    assert document["ways"].keys() == chosen.keys()
    assert disagreement(document) < 1e-3
    for way in document["ways"].values():
        assert way["images_per_s"] > 0
        assert way["peak_rss"] >= way["loaded"]["peak_rss"] > 0
    lines = table(document).splitlines()
    assert len([line for line in lines if line.startswith(("| own", "| straight"))]) == 2
