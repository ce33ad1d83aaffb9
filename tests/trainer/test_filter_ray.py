"""Two Ray nodes scan, and one of them is killed in the middle: nothing is lost or doubled."""

from __future__ import annotations

import io
import logging
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.models.registry import load_embedder
from trainer.filter.classifiers import Line
from trainer.filter.features import width
from trainer.filter.light import save_light
from trainer.filter.scanning import Job, Outcome, scan_here
from trainer.filter.scanning_plan import Shard
from trainer.filter.scanning_ray import RayRunner
from trainer.filter.scanning_run import ScanSettings, run_scan
from trainer.filter.scorer import ScorerSpec
from trainer.progress import Reporter

SILENT = Reporter(stream=io.StringIO())
SHARDS = 30  # enough that the other node has begun long before the first is through

pytestmark = [
    # Ray 2.60 warns of the names of its own settings when it reads them.
    pytest.mark.filterwarnings("ignore:`use_.*` is deprecated:DeprecationWarning"),
    pytest.mark.slow,
]


@pytest.fixture
def two_nodes(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A head and another node, one processor each, without dashboard and usage statistics."""
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    from ray.cluster_utils import Cluster

    logging.getLogger("ray").setLevel(logging.ERROR)
    cluster = Cluster(
        initialize_head=True,
        head_node_args={
            "num_cpus": 1,
            "include_dashboard": False,
            # The loss of a node is noticed in seconds rather than in a quarter of a minute.
            "_system_config": {
                "health_check_initial_delay_ms": 1000,
                "health_check_period_ms": 1000,
                "health_check_failure_threshold": 3,
            },
        },
    )
    cluster.add_node(num_cpus=1)
    yield cluster
    cluster.shutdown()


def shard(path: Path, seed: int) -> None:
    r = np.random.default_rng(seed)
    with tarfile.open(path, "w") as tar:
        for number in range(16):
            pixels = r.integers(0, 255, (4, 4, 3), dtype=np.uint8)
            image = Image.fromarray(pixels).resize((224, 224), Image.Resampling.NEAREST)
            image.save(content := io.BytesIO(), "PNG")
            member = tarfile.TarInfo(f"{seed:02d}{number:02d}.png")
            member.size = len(content.getvalue())
            tar.addfile(member, io.BytesIO(content.getvalue()))
        broken = tarfile.TarInfo(f"{seed:02d}broken.png")
        tar.addfile(broken, io.BytesIO())


def results(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((out / "shards").iterdir())}


def test_a_killed_node_changes_nothing(
    two_nodes: object, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from ray.cluster_utils import Cluster

    assert isinstance(two_nodes, Cluster)
    for seed in range(SHARDS):
        shard(tmp_path / f"{seed:05d}.tar", seed)
    embedder = load_embedder(threads=1)
    weight = np.random.default_rng(0).normal(size=width(embedder)).astype(np.float32)
    save_light(
        tmp_path / "filter", Line(weight, 0.0), embedder, keep_rate=0.5, threshold=0.5, details={}
    )
    spec = ScorerSpec.read(tmp_path / "filter")
    alone = ScanSettings(str(tmp_path), tmp_path / "alone", threshold=0.2)
    expected = run_scan(spec, alone, scan_here, SILENT)

    (victim,) = two_nodes.worker_nodes
    seen: list[Outcome] = []
    with RayRunner(two_nodes.address) as runner:

        def run(job: Job, shards: list[Shard]) -> Iterator[Outcome]:
            for outcome in runner(job, shards):
                seen.append(outcome)
                if outcome.node == victim.node_id and two_nodes.worker_nodes:
                    # It is at work on its next shard by now; nothing is said to it before.
                    two_nodes.remove_node(victim, allow_graceful=False)
                yield outcome

        together = ScanSettings(str(tmp_path), tmp_path / "together", threshold=0.2)
        summary = run_scan(spec, together, run, SILENT)
    capfd.readouterr()  # Ray tells of the lost node at length

    assert not two_nodes.worker_nodes, "the other node scanned nothing before the end"
    assert len({outcome.node for outcome in seen}) == 2
    assert sorted(outcome.shard for outcome in seen) == [f"{n:05d}" for n in range(SHARDS)]
    assert summary == expected
    assert summary["found"] == SHARDS * 17
    assert summary["dropped"]["unreadable"] == SHARDS
    assert results(tmp_path / "together") == results(tmp_path / "alone")
    kept = [(tmp_path / out / "kept.jsonl").read_bytes() for out in ("alone", "together")]
    assert kept[0] == kept[1]
