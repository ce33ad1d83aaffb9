"""The filter on hand labels: drawn pictures stand for annotated ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from safetensors.numpy import load_file

from engine.errors import ModelError
from trainer.cli import main
from trainer.filter import measuring
from trainer.filter.classifiers import Kernel, fit_kernel, fit_line
from trainer.filter.scorer import ScorerSpec
from trainer.filter.statistics import WIDTH, statistics
from trainer.relbench import command
from trainer.relbench.annotations import Annotations, Picture, SecondOpinion

TRAINED, TESTED = ("grid", "row"), ("ring", "heap")


def drawn(number: int, relation: str) -> Image.Image:
    """Several discs for a relation, one for none; places, sizes and colours by chance."""
    lot = np.random.default_rng(number)
    image = Image.new("RGB", (96, 96), tuple(lot.integers(180, 256, 3).tolist()))
    colour = tuple(lot.integers(0, 120, 3).tolist())
    pen = ImageDraw.Draw(image)
    if relation == "none":
        left, top, side = (int(value) for value in lot.integers((8, 8, 30), (30, 30, 60)))
        pen.ellipse((left, top, left + side, top + side), fill=colour)
        return image
    for place in lot.permutation(16)[: lot.integers(4, 9)].tolist():
        x, y = 4 + place % 4 * 23, 4 + place // 4 * 23
        pen.ellipse((x, y, x + 17, y + 17), fill=colour)
    return image


def annotations() -> Annotations:
    pictures = {}
    for number in range(160):
        part = "train" if number < 100 else "test"
        names = TRAINED if part == "train" else TESTED
        related = number % 2 == 0 if part == "train" else number % 3 == 0
        one = Picture(
            id=f"{number:016x}",
            package="made-up-pictures",
            path=f"usr/share/{number}.png",
            sha256=f"{number:064x}",
            relation=names[number // 6 % 2] if related else "none",
            second=None,
            subject=f"thing {number % 7}",
            caption="Many {Subjects}" if related else None,
            part="train" if part == "train" else "test",
            kind="drawing" if number % 4 else "photo",
        )
        pictures[one.id] = one
    tested = [one for one in pictures.values() if one.part == "test"]
    looked = [SecondOpinion(one.id, one.relation, None) for one in tested[:18]]
    looked[0] = SecondOpinion(tested[0].id, "unclear", None)
    looked[1] = SecondOpinion(tested[1].id, "ring", None)  # the first one saw none
    return Annotations("7", {}, pictures, (), (), tuple(looked))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the pictures are, with a list of the training part and a filter that learned it."""
    folder, said = tmp_path_factory.mktemp("annotated"), annotations()
    for number, one in enumerate(said.pictures.values()):
        drawn(number, one.relation).save(folder / f"{one.id}.png")

    def located(one: Picture) -> Path | None:
        path = folder / f"{one.id}.png"
        return path if path.is_file() else None

    with pytest.MonkeyPatch.context() as patch:
        for module in (measuring, command):
            patch.setattr(module, "read_annotations", lambda: said)
            patch.setattr(module, "locate", located)
        source = folder / "train.jsonl"
        assert main(["relbench", "export", "--part", "train", "--out", str(source)]) == 0
        words = ["filter", "train", "--config", "filter-relbench", "--out", str(folder / "filter")]
        words += ["--set", f"source={str(source)!r}", "--set", "line.threads=1"]
        assert main([*words, "--set", "line.folds=2", "--set", "keep_rate=0.2"]) == 0
        yield folder


def measured(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    assert main(["filter", "measure", str(folder / "filter"), "--json", *more]) == 0
    figures: dict[str, Any] = json.loads(capsys.readouterr().out)
    return figures


def test_what_it_learned_of_some_relations_holds_for_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = measured(folder, capsys)
    assert (figures["pictures"], figures["positive"]) == (60, 20)
    found = figures["filter"]
    assert found["auc"]["value"] > 0.95  # 0.5 by chance
    assert found["accuracy"]["value"] > 0.85 > figures["floor"]["accuracy"]
    assert found["kappa"]["value"] > 0.7
    for name in ("accuracy", "kappa", "auc", "average_precision", "precision", "recall"):
        one = found[name]
        assert 0 <= one["low"] <= one["value"] <= one["high"] <= 1
    assert found["precision"]["low"] > 0.6
    assert found["keep_rate"] == 0.2
    assert found["recall"]["value"] <= 12 / 20
    assert set(figures["accuracy_by_kind"]) == {"drawing", "photo"}
    more = measured(folder, capsys, "--keep-rate", "0.5")["filter"]
    assert more["recall"]["value"] > found["recall"]["value"]


def test_people_and_the_frequent_answer_stand_beside_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = measured(folder, capsys)
    assert figures["floor"]["accuracy"] == pytest.approx(40 / 60)
    assert figures["floor"]["average_precision"] == pytest.approx(20 / 60)
    person = figures["ceilings"]["second_annotator"]
    assert person["accuracy"] == pytest.approx(16 / 17)  # the unclear one does not count
    assert 0 < person["kappa"] < 1
    assert figures["ceilings"]["paper"]["accuracy"] == 0.93
    assert figures["second_opinions"]["annotators"]["pictures"] == 17
    assert figures["second_opinions"]["filter_and_first"]["pictures"] == 60
    assert main(["filter", "measure", str(folder / "filter")]) == 0
    assert "second annotator:" in capsys.readouterr().out


def test_pictures_that_are_not_here_are_an_error_that_helps(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / f"{120:016x}.png"
    content = path.read_bytes()
    try:
        path.unlink()
        assert main(["filter", "measure", str(folder / "filter")]) == 2
        error = capsys.readouterr().err
        assert "1 of 60 test pictures" in error
        assert "relsim-train relbench fetch" in error
        path.write_bytes(b"no picture")
        assert main(["filter", "measure", str(folder / "filter")]) == 2
        assert f"{120:016x} cannot be read" in capsys.readouterr().err
    finally:
        path.write_bytes(content)


def test_a_kernel_is_kept_and_other_features_are_refused(folder: Path, tmp_path: Path) -> None:
    made = folder / "filter"
    content = json.loads((made / "filter.json").read_text())
    assert content["features"] == ["attribute", "statistics"]
    assert load_file(made / "weights.safetensors")["support"].shape[1] == 256 + WIDTH
    scorer = ScorerSpec.read(made).load(threads=1)
    prepared = [scorer.prepare(drawn(n, "none" if n % 2 else "ring")) for n in range(200, 212)]
    together = scorer.score(prepared)
    np.testing.assert_allclose(together[3:4], scorer.score(prepared[3:4]), atol=1e-5)
    assert together[::2].min() > together[1::2].mean()
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "weights.safetensors").write_bytes((made / "weights.safetensors").read_bytes())
    for names, match in (
        (["statistics", "attribute"], "not those it was saved with"),
        (["smell"], "cannot be read"),
    ):
        (copy / "filter.json").write_text(json.dumps(content | {"features": names}))
        with pytest.raises(ModelError, match=match):
            ScorerSpec.read(copy).load(threads=1)


def rings(count: int) -> tuple[Any, Any]:
    """Points whose class is how far out they are, beside a constant and a hundred of noise."""
    lot = np.random.default_rng(0)
    points = lot.normal(size=(count, 2))
    noise = 1000 * lot.normal(size=(count, 100))
    vectors = np.concatenate([points, np.ones((count, 1)), noise], axis=1).astype(np.float32)
    return vectors, (points**2).sum(axis=1) > 1.4


def test_a_kernel_tells_what_no_line_tells() -> None:
    vectors, labels = rings(600)
    seen, unseen = slice(0, 400), slice(400, 600)
    kernel = fit_kernel(
        vectors[seen], labels[seen],
        gamma=1.0, strength=1.0, folds=4, groups=range(400), widths=(3, 100),
    )  # fmt: skip
    line = fit_line(vectors[seen], labels[seen], strength=1.0, folds=4, groups=range(400))
    by_kernel, by_line = (
        np.mean((one.probability(vectors[unseen]) >= 0.5) == labels[unseen])
        for one in (kernel, line)
    )
    assert by_kernel > 0.8
    assert by_line < 0.65
    assert isinstance(kernel, Kernel)
    assert kernel.scale[2] == 0  # what never varied does not count where it does


def test_statistics_count_parts_and_holes() -> None:
    one, many = Image.new("RGB", (224, 224), "white"), Image.new("RGB", (224, 224), "white")
    ImageDraw.Draw(one).ellipse((40, 40, 180, 180), outline="black", width=20)
    for number in range(9):
        x, y = 20 + number % 3 * 70, 20 + number // 3 * 70
        ImageDraw.Draw(many).rectangle((x, y, x + 40, y + 40), fill="black")
    found = statistics([np.asarray(one), np.asarray(many)])
    assert found.shape == (2, WIDTH)
    assert found.dtype == np.float32
    parts = np.expm1(found[:, 3])  # those of some size, at the first threshold
    holes = np.expm1(found[:, 10])  # the ground itself is one
    np.testing.assert_allclose(parts, [1, 9], rtol=1e-5)
    np.testing.assert_allclose(holes, [2, 1], rtol=1e-5)
    np.testing.assert_allclose(found[1, -4:], 1, atol=0.2)  # a grid is its own mirror


def test_statistics_of_anything_are_numbers() -> None:
    flat = [np.full((224, 224, 3), value, np.uint8) for value in (0, 127, 255)]
    noise = np.random.default_rng(0).integers(0, 256, (224, 224, 3), np.uint8)
    assert np.isfinite(statistics([*flat, noise])).all()
    assert statistics([]).shape == (0, WIDTH)


def test_an_interval_counts_clusters_and_not_pictures() -> None:
    scores, labels = np.tile([0.9, 0.8, 0.2, 0.7], 10), np.tile([True, True, False, False], 10)
    measures: dict[str, measuring.Figure] = {
        "accuracy": lambda s, y: float(np.mean((s > 0.5) == y))
    }

    def interval(clusters: Any) -> tuple[float, float]:
        found = measuring.with_intervals(measures, scores, labels, clusters)["accuracy"]
        assert found["value"] == 0.75
        return found["low"], found["high"]

    alone = interval(np.arange(40))
    assert 0.55 < alone[0] < 0.75 < alone[1] < 0.95
    assert interval(np.arange(40) % 4)[0] < alone[0]  # what is told wrongly is one cluster of four
    assert interval(np.arange(40) // 20) == (0.75, 0.75)
