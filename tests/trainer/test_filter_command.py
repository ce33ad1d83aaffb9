"""``relsim-train filter`` as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.models.registry import load_embedder
from trainer.cli import main
from trainer.filter.classifiers import Line
from trainer.filter.features import features, width
from trainer.filter.light import save_light


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(12):
        pixels = np.random.default_rng(number).integers(0, 255, (4, 4, 3), dtype=np.uint8)
        image = Image.fromarray(pixels).resize((48, 48), Image.Resampling.NEAREST)
        image.save(folder / f"{number:02d}.png")
    return folder


@pytest.fixture
def filter_folder(pictures: Path, tmp_path: Path) -> Path:
    """A filter that learned nothing and keeps half of the pictures."""
    embedder = load_embedder(threads=1)
    weight = np.random.default_rng(0).normal(size=width(embedder)).astype(np.float32)
    images = [Image.open(path).convert("RGB") for path in sorted(pictures.iterdir())]
    scores = features(embedder, [embedder.prepare(image) for image in images]) @ weight
    line = Line(weight, -float(np.median(scores)))
    save_light(tmp_path / "filter", line, embedder, keep_rate=0.5, threshold=0.5, details={})
    return tmp_path / "filter"


def scan(pictures: Path, filter_folder: Path, out: Path, *more: str) -> int:
    words = ["filter", "scan", str(pictures), "--filter", str(filter_folder), "--out", str(out)]
    return main([*words, "--threads", "1", *more])


def test_train_scan_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work, made = tmp_path / "run", tmp_path / "made"
    words = ["filter", "train", "--config", "filter-light.toml", "--run", str(work)]
    for change in ("scenes.pictures=60", "scenes.held_out=40", "scenes.workers=1"):
        words += ["--set", change]
    words += ["--set", "line.folds=2", "--set", "line.threads=1", "--out", str(made), "--json"]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["pictures"] == 40
    assert found["auc"] > 0.8

    assert scan(work / "held-out", made, tmp_path / "out", "--keep-rate", "0.5", "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["found"], summary["kept"]) == (40, 20)

    labels = tmp_path / "labels.jsonl"
    rows = []
    for line in map(json.loads, (work / "held-out" / "scenes.jsonl").read_text().splitlines()):
        rows.append({"key": line["file"], "label": line["label"], "annotator": "ann"})
        if line["file"] < "000020":
            rows.append({"key": line["file"], "label": line["label"], "annotator": "bob"})
    labels.write_text("\n".join(map(json.dumps, rows)))
    words = ["filter", "report", str(tmp_path / "out"), "--labels", str(labels)]
    assert main([*words, "--prior", "0.01", "--wanted", "1000", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["auc"] == pytest.approx(found["auc"], abs=1e-6)
    assert report["at_the_threshold_of_the_scan"]["rate"] == 0.5
    assert report["to_scan"] == 2000
    assert 0 < report["precision_to_expect"] <= report["at_the_threshold_of_the_scan"]["precision"]
    assert report["annotators"] == {"pictures": 20, "agreement": 1.0, "kappa": 1.0}
    assert report["filter_and_second"]["pictures"] == 20
    assert main(words) == 0
    assert "average precision: " in capsys.readouterr().out


def test_a_scan_tells_its_counts(
    pictures: Path, filter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scan(pictures, filter_folder, tmp_path / "out", "--shard-size", "5") == 0
    captured = capsys.readouterr()
    assert "found: 12\nkept: 6\ndropped:\n  below-threshold: 6\n" in captured.out
    assert "Scanning: 3 of 3" in captured.err
    assert scan(pictures, filter_folder, tmp_path / "out", "--json") == 2
    assert "scan into another folder" in capsys.readouterr().err  # its shards are others


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (["--address", "nowhere"], "A Ray address is HOST:PORT"),
        (["--address", "127.0.0.1:1"], "Nothing answers at 127.0.0.1:1"),
        (["--threads", "0"], "the threads must be 1 or more"),
    ],
)
def test_mistakes_are_one_line(
    pictures: Path,
    filter_folder: Path,
    tmp_path: Path,
    *,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    text: str,
) -> None:
    assert scan(pictures, filter_folder, tmp_path / "out", *more) == 2
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.startswith("relsim-train: ")
    assert text in error


def test_a_complete_scan_asks_no_cluster(
    pictures: Path, filter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scan(pictures, filter_folder, tmp_path / "out", "--json") == 0
    first = capsys.readouterr().out
    assert scan(pictures, filter_folder, tmp_path / "out", "--address", "no.host:1", "--json") == 0
    assert capsys.readouterr().out == first


def test_a_recipe_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.toml").write_text("recipe = 'heavy'\n")
    words = ["filter", "train", "--config", str(tmp_path / "a.toml"), "--out", str(tmp_path / "o")]
    assert main(words) == 2
    assert "recipe must be one of light, vlm, not 'heavy'" in capsys.readouterr().err


def test_a_report_of_no_scan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "labels.csv").write_text("key,label\na,yes\n")
    words = ["filter", "report", str(tmp_path), "--labels", str(tmp_path / "labels.csv")]
    assert main(words) == 2
    assert "holds no scan" in capsys.readouterr().err
