"""Scans of every kind of source: nothing is lost, nothing is done twice, nothing is mixed up."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
import pytest
from PIL import Image
from pyarrow import parquet

from engine.errors import KnownError, ModelError
from engine.models.registry import load_embedder
from trainer.data.collection import open_collection
from trainer.filter.classifiers import Line
from trainer.filter.features import features, width
from trainer.filter.light import save_light
from trainer.filter.scanning import Job, Outcome, scan_here, scan_shard
from trainer.filter.scanning_plan import Shard, plan_shards, sample_shards
from trainer.filter.scanning_run import ScanSettings, read_scan, run_scan
from trainer.filter.scorer import ScorerSpec
from trainer.progress import Reporter

SILENT = Reporter(stream=io.StringIO())


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> ScorerSpec:
    """A light filter that learned nothing, but about half of the pictures score 0.5 or more."""
    embedder = load_embedder(threads=1)
    weight = np.random.default_rng(0).normal(size=width(embedder)).astype(np.float32)
    images = [Image.open(io.BytesIO(picture(number))).convert("RGB") for number in range(20)]
    scores = features(embedder, [embedder.prepare(image) for image in images]) @ weight
    folder = tmp_path_factory.mktemp("filter")
    line = Line(weight, -float(np.median(scores)))
    save_light(folder, line, embedder, keep_rate=0.5, threshold=0.5, details={})
    return ScorerSpec.read(folder)


def picture(number: int) -> bytes:
    pixels = np.random.default_rng(number).integers(0, 255, (4, 4, 3), dtype=np.uint8)
    image = Image.fromarray(pixels).resize((40, 40), Image.Resampling.NEAREST)
    image.save(content := io.BytesIO(), "PNG")
    return content.getvalue()


def folder_of(root: Path, count: int) -> Path:
    root.mkdir(parents=True)
    for number in range(count):
        (root / f"{number:03d}.png").write_bytes(picture(number))
    return root


def shard_of(path: Path, numbers: Sequence[int], torn: Sequence[int] = ()) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w") as tar:
        for number in numbers:
            content = b"torn" if number in torn else picture(number)
            member = tarfile.TarInfo(f"{number:03d}.png")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def settings(source: Path | str, out: Path, **changes: Any) -> ScanSettings:
    return ScanSettings(str(source), out, **{"shard_size": 4, **changes})


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def results(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((out / "shards").iterdir())}


class Counting:
    """Scans here, and remembers what; stops after some shards if told to."""

    def __init__(self, stop_after: int = 1000) -> None:
        self.scanned: list[str] = []
        self._stop_after = stop_after

    def __call__(self, job: Job, shards: Sequence[Shard]) -> Iterator[Outcome]:
        for outcome in scan_here(job, shards):
            self.scanned.append(outcome.shard)
            yield outcome
            if len(self.scanned) == self._stop_after:
                raise KeyboardInterrupt


def test_every_picture_of_a_folder_is_accounted_for(spec: ScorerSpec, tmp_path: Path) -> None:
    source = folder_of(tmp_path / "pictures", 10)
    (source / "broken.png").write_bytes(b"torn")
    (source / "drawing.eps").write_text("<svg/>")
    summary = run_scan(spec, settings(source, tmp_path / "out"), scan_here, SILENT)
    assert summary["found"] == 12
    assert summary["kept"] + sum(summary["dropped"].values()) == 12
    assert summary["dropped"]["unreadable"] == summary["dropped"]["unsupported"] == 1
    assert 0 < summary["kept"] < 10
    assert summary["threshold"] == 0.5
    assert summary["shards"] == 3
    assert summary == json.loads((tmp_path / "out" / "summary.json").read_text())
    scores = read_scan(tmp_path / "out").scores
    assert len(scores) == 10
    kept = open_collection(tmp_path / "out" / "kept.jsonl").records
    assert {r.key for r in kept} == {key for key, score in scores.items() if score >= 0.5}
    assert all(record.source == source / record.key for record in kept)


def test_scores_are_those_of_the_filter(spec: ScorerSpec, tmp_path: Path) -> None:
    source = folder_of(tmp_path / "pictures", 5)
    run_scan(spec, settings(source, tmp_path / "out"), scan_here, SILENT)
    scorer = spec.load(threads=1)
    images = [Image.open(path).convert("RGB") for path in sorted(source.iterdir())]
    expected = scorer.score([scorer.prepare(image) for image in images])
    found = read_scan(tmp_path / "out").scores
    np.testing.assert_allclose([found[f"{n:03d}.png"] for n in range(5)], expected, atol=2e-6)


def test_shards_are_scanned_one_by_one_and_not_unpacked(spec: ScorerSpec, tmp_path: Path) -> None:
    shards = tmp_path / "shards"
    shard_of(shards / "00000.tar", range(4), torn=[2])
    shard_of(shards / "00001.tar", range(4, 9))
    planned = plan_shards(str(shards), images=None, size=1)
    assert [(shard.name, shard.records) for shard in planned] == [("00000", ()), ("00001", ())]
    summary = run_scan(spec, settings(shards, tmp_path / "out"), scan_here, SILENT)
    assert (summary["found"], summary["shards"]) == (9, 2)
    assert summary["dropped"]["unreadable"] == 1
    kept = open_collection(tmp_path / "out" / "kept.jsonl", images=shards).records
    assert len(kept) == summary["kept"] > 0
    pattern = run_scan(
        spec, settings(shards / "{00000..00001}.tar", tmp_path / "same"), scan_here, SILENT
    )
    assert pattern["kept"] == summary["kept"]
    assert results(tmp_path / "same") == results(tmp_path / "out")


def test_one_shard_is_divided(spec: ScorerSpec, tmp_path: Path) -> None:
    path = shard_of(tmp_path / "all.tar", range(9))
    summary = run_scan(spec, settings(path, tmp_path / "out"), scan_here, SILENT)
    assert (summary["found"], summary["shards"]) == (9, 3)


def test_tables_with_pictures_inside(spec: ScorerSpec, tmp_path: Path) -> None:
    for name, numbers in (("a", range(3)), ("b", range(3, 7))):
        rows = {
            "key": [str(number) for number in numbers],
            "image": [{"bytes": picture(number)} for number in numbers],
        }
        parquet.write_table(pyarrow.table(rows), tmp_path / f"{name}.parquet")
    summary = run_scan(spec, settings(tmp_path, tmp_path / "out"), scan_here, SILENT)
    assert (summary["found"], summary["shards"]) == (7, 2)
    kept = [line for line in lines(tmp_path / "out" / "kept.jsonl") if "key" in line]
    assert kept
    assert all(line["table"].endswith(".parquet") for line in kept)


def test_tables_of_urls_are_refused_at_once(spec: ScorerSpec, tmp_path: Path) -> None:
    for name in ("a", "b"):
        table = pyarrow.table({"URL": [f"http://host/{name}"], "TEXT": ["a thing"]})
        parquet.write_table(table, tmp_path / f"{name}.parquet")
    with pytest.raises(KnownError, match="holds no pictures: fetch them"):
        run_scan(spec, settings(tmp_path, tmp_path / "out"), scan_here, SILENT)


def test_a_list_keeps_what_it_says_of_a_picture(spec: ScorerSpec, tmp_path: Path) -> None:
    folder_of(tmp_path / "pictures", 6)
    rows = [
        {"image_hash": f"{n:03d}", "url_link": f"http://host/{n}", "caption": "A {Subject}"}
        for n in range(7)
    ]
    path = tmp_path / "list.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    out = tmp_path / "out"
    summary = run_scan(
        spec, settings(path, out, images=tmp_path / "pictures", threshold=0.0), scan_here, SILENT
    )
    assert (summary["found"], summary["kept"], summary["dropped"]) == (7, 6, {"missing": 1})
    for record in open_collection(out / "kept.jsonl").records:
        assert record.caption == "A {Subject}"
        assert record.url == f"http://host/{int(record.key)}"


def test_an_interrupted_scan_does_only_what_is_missing(spec: ScorerSpec, tmp_path: Path) -> None:
    source = folder_of(tmp_path / "pictures", 18)
    whole = run_scan(spec, settings(source, tmp_path / "whole"), scan_here, SILENT)
    first, second, third = Counting(stop_after=2), Counting(), Counting()
    with pytest.raises(KeyboardInterrupt):
        run_scan(spec, settings(source, tmp_path / "out"), first, SILENT)
    left_by_a_kill = tmp_path / "out" / "shards" / "000003.jsonl.1234.partial"
    left_by_a_kill.write_text('{"format": "relsim-scan-sh')
    assert not (tmp_path / "out" / "kept.jsonl").exists()
    again = run_scan(spec, settings(source, tmp_path / "out"), second, SILENT)
    assert run_scan(spec, settings(source, tmp_path / "out"), third, SILENT) == again == whole
    assert first.scanned + second.scanned == [f"00000{n}" for n in range(5)]
    assert third.scanned == []
    assert results(tmp_path / "out") == results(tmp_path / "whole")


def test_a_keep_rate_finds_its_threshold_once(spec: ScorerSpec, tmp_path: Path) -> None:
    source = folder_of(tmp_path / "pictures", 20)
    out = tmp_path / "out"
    summary = run_scan(spec, settings(source, out, keep_rate=0.25), scan_here, SILENT)
    assert summary["kept"] == 5  # the sample was all of it
    counting = Counting()
    assert run_scan(spec, settings(source, out, keep_rate=0.25), counting, SILENT) == summary
    assert counting.scanned == []
    with pytest.raises(KnownError, match="another keep rate"):
        run_scan(spec, settings(source, out, keep_rate=0.5), scan_here, SILENT)


def test_a_sample_is_of_many_shards(tmp_path: Path) -> None:
    for number in range(4):
        start = 10 * number
        shard_of(tmp_path / f"{number}.tar", range(start, start + 10))
    shards = plan_shards(str(tmp_path), images=None, size=1)
    sample = sample_shards(shards, 12, seed=0, parts=5)
    keys = [record.key for shard in sample for record in shard.records]
    assert len(sample) == 5
    assert len(set(keys)) == 12
    assert [sum(key.startswith(f"{n}/") for key in keys) for n in range(4)] == [3, 3, 3, 3]
    assert sample == sample_shards(shards, 12, seed=0, parts=5)
    everything = sample_shards(shards, 1000, seed=1, parts=1)
    assert len(everything[0].records) == 40


@pytest.mark.parametrize(
    ("change", "match"),
    [({"threshold": 0.7}, "another threshold"), ({"source": "other"}, "another source")],
)
def test_a_folder_of_another_scan_is_refused(
    spec: ScorerSpec, tmp_path: Path, change: dict[str, Any], match: str
) -> None:
    for name in ("pictures", "other"):
        folder_of(tmp_path / name, 3)
    run_scan(spec, settings(tmp_path / "pictures", tmp_path / "out"), scan_here, SILENT)
    source = tmp_path / change.pop("source", "pictures")
    with pytest.raises(KnownError, match=match):
        run_scan(spec, settings(source, tmp_path / "out", **change), scan_here, SILENT)


def test_a_source_that_changed_is_refused(spec: ScorerSpec, tmp_path: Path) -> None:
    for number in range(2):
        shard_of(tmp_path / "in" / f"{number}.tar", [number])
    out = tmp_path / "out"
    before = run_scan(spec, settings(tmp_path / "in", out), scan_here, SILENT)
    shard_of(tmp_path / "in" / "2.tar", [2])  # a shard more is welcome
    counting = Counting()
    after = run_scan(spec, settings(tmp_path / "in", out), counting, SILENT)
    assert counting.scanned == ["2"]
    assert after["found"] == before["found"] + 1
    shard_of(tmp_path / "in" / "2.tar", [3, 4, 5])
    with pytest.raises(KnownError, match="2 has changed since it was scanned"):
        run_scan(spec, settings(tmp_path / "in", out), scan_here, SILENT)
    (tmp_path / "in" / "2.tar").unlink()
    with pytest.raises(KnownError, match="2 is no shard of the source any more"):
        run_scan(spec, settings(tmp_path / "in", out), scan_here, SILENT)


def test_results_of_another_filter_are_refused(spec: ScorerSpec, tmp_path: Path) -> None:
    source = folder_of(tmp_path / "pictures", 3)
    out = tmp_path / "out"
    run_scan(spec, settings(source, out), scan_here, SILENT)
    result = out / "shards" / "000000.jsonl"
    result.write_text(result.read_text().replace('"threshold": 0.5', '"threshold": 0.4'))
    with pytest.raises(KnownError, match="with another filter or threshold"):
        run_scan(spec, settings(source, out), scan_here, SILENT)
    result.write_text(result.read_text().replace('"version": 1', '"version": 9'))
    with pytest.raises(KnownError, match="of version 9"):
        run_scan(spec, settings(source, out), scan_here, SILENT)
    result.write_text("torn")
    with pytest.raises(KnownError, match="is damaged"):
        run_scan(spec, settings(source, out), scan_here, SILENT)


def test_a_shard_that_cannot_be_read_stops_no_other(spec: ScorerSpec, tmp_path: Path) -> None:
    shard_of(tmp_path / "in" / "0.tar", range(2))
    shard_of(tmp_path / "in" / "1.tar", range(2, 4))
    (tmp_path / "in" / "0.tar").write_bytes(b"\x1f\x8b no tar" * 100)
    with pytest.raises(KnownError, match=r"1 of 2 shards could not be scanned.*0\.tar"):
        run_scan(spec, settings(tmp_path / "in", tmp_path / "out"), scan_here, SILENT)
    assert [path.name for path in (tmp_path / "out" / "shards").iterdir()] == ["1.jsonl"]
    (tmp_path / "in" / "0.tar").unlink()
    shard_of(tmp_path / "in" / "0.tar", range(2))
    counting = Counting()
    summary = run_scan(spec, settings(tmp_path / "in", tmp_path / "out"), counting, SILENT)
    assert summary["found"] == 4
    assert counting.scanned == ["0"]


def test_a_node_without_the_results_says_so(spec: ScorerSpec, tmp_path: Path) -> None:
    outcome = scan_shard(Job(spec, tmp_path / "elsewhere", 0.5), Shard("a", "digest"))
    assert "all nodes must see the source and the results under the same paths" in outcome.error


def test_a_filter_that_changed_under_the_scan_is_refused(spec: ScorerSpec, tmp_path: Path) -> None:
    other = ScorerSpec(spec.folder, spec.kind, "light/other", 0.5, 0.5)
    source = folder_of(tmp_path / "pictures", 1)
    with pytest.raises(ModelError, match="another filter than the scan began with"):
        run_scan(other, settings(source, tmp_path / "out"), scan_here, SILENT)


def test_mistakes_are_told_together_before_anything_is_read(
    spec: ScorerSpec, tmp_path: Path
) -> None:
    wrong = settings("nowhere", tmp_path, threshold=2.0, keep_rate=0.0, shard_size=0)
    with pytest.raises(KnownError) as caught:
        run_scan(spec, wrong, scan_here, SILENT)
    for text in ("exclude each other", "lies in 0..1", "above 0", "shard size"):
        assert text in str(caught.value)
    with pytest.raises(KnownError, match=r"There is no .*nowhere"):
        run_scan(spec, settings(tmp_path / "nowhere", tmp_path / "out"), scan_here, SILENT)


def test_a_folder_without_a_scan(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="holds no scan"):
        read_scan(tmp_path)
