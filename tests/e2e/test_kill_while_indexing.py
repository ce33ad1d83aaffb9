from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "engine"))

from tiny_embedder import ATTRIBUTE, RELATIONAL, TinyEmbedder, draw_picture  # noqa: E402

from engine.imaging import decode  # noqa: E402
from engine.store import Store  # noqa: E402

KILLS = 6
DISTINCT, COPIES, BROKEN, UNSUPPORTED = 300, 30, 5, 2
FILES = DISTINCT + COPIES + BROKEN


def fill(folder: Path) -> None:
    for number in range(DISTINCT):
        draw_picture(folder / f"{number % 7}" / f"{number:03}.png", seed=number)
    for number in range(COPIES):
        original = folder / f"{number % 7}" / f"{number:03}.png"
        shutil.copyfile(original, folder / f"copy {number}.png")
    for number in range(BROKEN):
        (folder / f"broken {number}.png").write_bytes(b"broken %d" % number)
    for number in range(UNSUPPORTED):
        (folder / f"{number}.xcf").touch()


def start(library: Path, folder: Path, log: Path) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "engine")])
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("indexing_victim.py")), library, folder, log],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )


def batches(log: Path) -> list[int]:
    return [int(line) for line in log.read_text().split()]


def kill_after(process: subprocess.Popen[str], log: Path, more: int, extra_s: float) -> None:
    """Kill -9 once so many more batches were embedded, and a moment later."""
    goal = len(batches(log)) + more
    while len(batches(log)) < goal and process.poll() is None:
        time.sleep(0.002)
    time.sleep(extra_s)
    assert process.poll() is None, "it was done before it could be killed"
    process.kill()
    process.communicate()


def test_a_kill_at_any_instant_loses_a_batch_at_most_and_repeats_nothing(tmp_path: Path) -> None:
    library, folder, log = tmp_path / "library", tmp_path / "pictures", tmp_path / "log"
    fill(folder)
    log.touch()
    when = random.Random(7)
    in_flight = 2 * TinyEmbedder.batch_size  # one that is committed and one that is embedded
    committed = 0
    for kill in range(KILLS):
        more = 0 if kill == 2 else when.randrange(2, 6)  # once before the first batch
        kill_after(start(library, folder, log), log, more, when.uniform(0, 0.05))
        with closing(Store.open(library)) as store:
            assert store.problems() == []
            images = store.counts().images
            assert images >= committed, "what was committed stays"
            committed = images
            for fingerprint in (RELATIONAL, ATTRIBUTE):
                ids, _ = store.all_vectors(fingerprint)
                assert len(ids) == images, "an image and its two vectors come together"
        assert sum(batches(log)) - committed <= (kill + 1) * in_flight
    lost = sum(batches(log)) - committed
    assert 0 < committed < DISTINCT

    process = start(library, folder, log)
    found, indexed, reused, failed, skipped = json.loads(process.communicate()[0])
    assert process.returncode == 0
    assert indexed == DISTINCT - committed, "only what was not committed is embedded"
    assert sum(batches(log)) == DISTINCT + lost
    assert (failed, skipped) == (BROKEN, UNSUPPORTED)
    assert found == indexed + reused + failed + skipped == FILES + UNSUPPORTED

    with closing(Store.open(library)) as store:
        assert store.problems() == []
        counts = store.counts()
        assert (counts.indexed, counts.failed, counts.images) == (
            DISTINCT + COPIES,
            BROKEN,
            DISTINCT,
        )
        embedder = TinyEmbedder()
        for number in range(0, DISTINCT, 10):
            path = folder / f"{number % 7}" / f"{number:03}.png"
            image_id = store.image_at(path)
            assert image_id is not None
            prepared = embedder.prepare(decode(path, min_side=embedder.min_side))
            np.testing.assert_allclose(
                store.vectors(RELATIONAL, [image_id]),
                embedder.embed([prepared]).relational,
                atol=1e-5,
            )
