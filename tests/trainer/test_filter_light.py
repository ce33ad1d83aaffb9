"""The light filter on drawn scenes: it learns, keeps what it learned, and refuses what it must."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file, save_file

from engine.errors import KnownError, ModelError
from engine.models.registry import load_embedder
from trainer.config import load_config
from trainer.filter.classifiers import Line, fit_line
from trainer.filter.light import LightScorer
from trainer.filter.light_training import LightConfig, train_light_filter
from trainer.filter.scorer import FILTER_FILE, ScorerSpec
from trainer.progress import Reporter

SILENT = Reporter(stream=io.StringIO())
SMALL = (
    "scenes.pictures=160",
    "scenes.held_out=80",
    "scenes.workers=1",
    "line.threads=1",
    "line.folds=3",
    "keep_rate=0.25",
)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scenes")


@pytest.fixture(scope="module")
def trained(work: Path) -> Path:
    """A filter that was trained on 160 scenes, and what it was measured on."""
    config = load_config(LightConfig, "filter-light.toml", SMALL)
    train_light_filter(config, work / "filter", work, SILENT)
    return work / "filter"


def figures(folder: Path) -> dict[str, float]:
    content: dict[str, float] = json.loads((folder / FILTER_FILE).read_text())["figures"]
    return content


def pictures(folder: Path) -> list[Image.Image]:
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("*.png"))[:6]]


def test_it_tells_relations_of_subjects_that_it_never_saw(trained: Path) -> None:
    found = figures(trained)
    assert found["pictures"] == 80
    assert found["accuracy"] > 0.85  # 0.5 by chance
    assert found["auc"] > 0.93
    assert found["precision"] > 0.9
    assert found["kept"] == 0.25
    assert found["calibration_error"] < 0.15


def test_a_saved_filter_scores_alike_anywhere(trained: Path, work: Path) -> None:
    spec = ScorerSpec.read(trained)
    scorer, again = LightScorer.load(trained, threads=1), spec.load(threads=1)
    prepared = [scorer.prepare(picture) for picture in pictures(work / "held-out")]
    scores = scorer.score(prepared)
    assert scores.dtype == np.float32
    assert scores.shape == (6,)
    assert (scores >= 0).all()
    assert (scores <= 1).all()
    np.testing.assert_array_equal(scores, again.score(prepared))
    np.testing.assert_allclose(scores[2:3], scorer.score(prepared[2:3]), atol=1e-5)
    assert scorer.key == again.key == spec.key
    assert spec.kind == "light"
    assert (spec.keep_rate, spec.threshold) == (0.25, figures(trained)["threshold"])


def copied(folder: Path, to: Path) -> Path:
    to.mkdir()
    for path in folder.iterdir():
        (to / path.name).write_bytes(path.read_bytes())
    return to


def test_other_weights_than_it_was_saved_with_are_refused(trained: Path, tmp_path: Path) -> None:
    copy = copied(trained, tmp_path / "copy")
    tensors = load_file(copy / "weights.safetensors")
    tensors["weight"][0] += 1
    save_file(tensors, copy / "weights.safetensors")
    with pytest.raises(ModelError, match="not those it was saved with"):
        LightScorer.load(copy, threads=1)
    (copy / "weights.safetensors").write_bytes(b"torn")
    with pytest.raises(ModelError, match="cannot be read"):
        LightScorer.load(copy, threads=1)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"version": 2}, "is of version 2"),
        ({"format": "other"}, "does not describe a filter"),
        ({"kind": "heavy"}, "of a kind unknown here: heavy"),
        ({"threshold": None}, "is damaged"),
    ],
)
def test_what_it_does_not_know_is_refused(
    trained: Path, tmp_path: Path, change: dict[str, object], match: str
) -> None:
    copy = copied(trained, tmp_path / "copy")
    content = json.loads((copy / FILTER_FILE).read_text())
    (copy / FILTER_FILE).write_text(json.dumps(content | change))
    with pytest.raises(ModelError, match=match):
        ScorerSpec.read(copy)


def test_a_folder_without_a_filter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is no filter"):
        ScorerSpec.read(tmp_path)


def test_a_run_that_was_interrupted_draws_only_what_is_missing(work: Path, trained: Path) -> None:
    config = load_config(LightConfig, "filter-light.toml", SMALL)
    first = work / "training" / "000000.png"
    before = first.stat().st_mtime_ns
    (work / "training" / "scenes.jsonl").unlink()
    (work / "training" / "000001.png").unlink()
    train_light_filter(config, work / "again", work, SILENT)
    assert first.stat().st_mtime_ns == before
    assert (work / "training" / "000001.png").is_file()
    assert figures(work / "again") == figures(trained)


def test_a_folder_of_other_scenes_is_refused(work: Path, trained: Path) -> None:
    config = load_config(LightConfig, "filter-light.toml", (*SMALL, "seed=1"))
    with pytest.raises(KnownError, match="holds something else"):
        train_light_filter(config, trained, work, SILENT)


def test_it_learns_from_labels_of_two_people(work: Path, trained: Path, tmp_path: Path) -> None:
    """Nothing is learned from disputed pictures, but they count when people are compared."""
    lines = [json.loads(x) for x in (work / "training" / "scenes.jsonl").read_text().splitlines()]
    rows = ["key,label,annotator"]
    rows += [f"{line['file']},{'yes' if line['label'] else 'no'},ann" for line in lines]
    rows += [f"{line['file']},{'yes' if line['label'] else 'no'},bob" for line in lines[10:80]]
    rows += [f"{line['file']},{'no' if line['label'] else 'yes'},bob" for line in lines[:10]]
    (tmp_path / "labels.csv").write_text("\n".join(rows))
    changes = (
        f"source='{work / 'training'}'",
        f"labels='{tmp_path / 'labels.csv'}'",
        "held_out=0.3",
        *SMALL,
    )
    config = load_config(LightConfig, "filter-light.toml", changes)
    found = train_light_filter(config, tmp_path / "filter", tmp_path, SILENT)
    assert found["annotators"]["pictures"] == 80
    assert found["annotators"]["agreement"] == 70 / 80
    assert found["annotators"]["kappa"] == pytest.approx(0.75)
    disputed = found["held_out"]["disputed"]
    assert disputed + found["trained_on"]["disputed"] == 10
    assert found["filter_and_first"]["pictures"] == found["pictures"] + disputed
    assert 0.5 < found["filter_and_second"]["agreement"] < 1


def test_one_unreadable_picture_is_counted(work: Path, trained: Path, tmp_path: Path) -> None:
    folder = copied_scenes(work / "training", tmp_path / "scenes", 80)
    (folder / "000003.png").write_bytes(b"no picture")
    config = load_config(
        LightConfig, "filter-light.toml", (f"source='{folder}'", *SMALL, "line.folds=2")
    )
    found = train_light_filter(config, tmp_path / "filter", tmp_path, SILENT)
    parts = [found["trained_on"], found["held_out"]]
    assert sum(part["unreadable"] for part in parts) == 1
    assert sum(part["pictures"] for part in parts) == 79


def copied_scenes(folder: Path, to: Path, count: int, label: str | None = None) -> Path:
    to.mkdir()
    lines = []
    for line in map(json.loads, (folder / "scenes.jsonl").read_text().splitlines()[:count]):
        (to / line["file"]).write_bytes((folder / line["file"]).read_bytes())
        lines.append(json.dumps(line | ({"label": label} if label else {})))
    (to / "captions.jsonl").write_text("\n".join(lines) + "\n")
    return to


def test_labels_of_one_kind_are_refused(work: Path, trained: Path, tmp_path: Path) -> None:
    folder = copied_scenes(work / "training", tmp_path / "scenes", 10, "yes")
    config = load_config(LightConfig, "filter-light.toml", (f"source='{folder}'", *SMALL))
    with pytest.raises(KnownError, match=r"All 10 labelled .* are labelled 'yes'"):
        train_light_filter(config, tmp_path / "filter", tmp_path, SILENT)


def test_too_few_labels_for_calibration_are_refused(
    work: Path, trained: Path, tmp_path: Path
) -> None:
    folder = copied_scenes(work / "training", tmp_path / "scenes", 10)
    changes = (f"source='{folder}'", *SMALL, "line.folds=9", "held_out=0.3")
    config = load_config(LightConfig, "filter-light.toml", changes)
    with pytest.raises(KnownError, match=r"line\.folds = 9 needs as many"):
        train_light_filter(config, tmp_path / "filter", tmp_path, SILENT)


@pytest.mark.parametrize(
    ("changes", "texts"),
    [
        (("keep_rate=1.5", "held_out=0", "labels='x.csv'"), ("keep_", "held_", "need a source")),
        (("line.strength=0",), ("line.strength must be above 0",)),
        (("line.folds=1", "recipe='heavy'"), ("line.folds must be at least 2", "one of light")),
    ],
)
def test_mistakes_of_a_configuration_are_told_together(
    changes: tuple[str, ...], texts: tuple[str, ...]
) -> None:
    with pytest.raises(KnownError) as caught:
        load_config(LightConfig, "filter-light.toml", changes)
    for text in texts:
        assert text in str(caught.value)


def test_a_line_is_calibrated_on_what_it_did_not_see() -> None:
    """Labels that are chance cannot be told, and the probabilities say so."""
    r = np.random.default_rng(0)
    vectors = r.normal(size=(120, 100)).astype(np.float32)
    labels = np.arange(120) % 2 == 0
    line = fit_line(vectors, labels, strength=1.0, folds=5, groups=range(120))
    fresh = line.probability(r.normal(size=(500, 100)).astype(np.float32))
    assert np.abs(fresh - 0.5).mean() < 0.2


def test_probabilities_do_not_overflow() -> None:
    line = Line(np.ones(2, np.float32), 0.0)
    values = line.probability(np.array([[1e4, 0], [-1e4, 0], [0, 0]], np.float32))
    np.testing.assert_array_equal(values, np.array([1, 0, 0.5], np.float32))


def test_the_key_is_of_the_model_below_too(trained: Path) -> None:
    embedder = load_embedder(threads=1)
    tensors = load_file(trained / "weights.safetensors")
    scorer = LightScorer(Line(tensors["weight"], float(tensors["bias"][0])), embedder)
    assert scorer.key == ScorerSpec.read(trained).key
    assert scorer.batch_size == embedder.batch_size
    assert scorer.min_side == 224
