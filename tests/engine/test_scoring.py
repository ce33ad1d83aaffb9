"""Pairs by every installed model, and many pictures with one another, on the real models."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import draw
from golden_files import golden
from made_up_models import BASE, RELATIONAL, made_up, write_folder
from PIL import Image

from engine.cli import main
from engine.comparing.score_tables import matrix_list, matrix_square, pair_table
from engine.comparing.scoring import Scoring
from engine.comparing.seriation import seriate
from engine.errors import DecodeError, QueryError
from engine.jobs import Cancelled, JobControl
from engine.models.chosen import ModelRequest
from engine.models.manager import ModelManager
from engine.service import Engine

MINI = "relsim-mini"


@pytest.fixture
def installed() -> ModelManager:
    manager = ModelManager()
    for model_id, name in ((BASE, "base"), (RELATIONAL, "relsim")):
        manager.import_folder(model_id, golden("relsim-tiny", name))
    return manager


def test_the_small_model_alone_scores_where_no_other_is_installed(
    engine: Engine, pictures: Path
) -> None:
    a, b = pictures / "ring-crimson.png", pictures / "grid-seagreen.png"
    (score,) = Scoring(engine).by_models(a, b)
    same = engine.score(a, b)
    assert (score.model, score.trouble) == (MINI, None)
    assert score.relational == pytest.approx(same.relational)
    assert score.attribute == pytest.approx(same.attribute)
    assert score.percentile == pytest.approx(same.percentile)


def test_each_installed_model_scores_as_if_it_were_chosen(
    installed: ModelManager, engine: Engine, pictures: Path
) -> None:
    a, b = pictures / "ring-crimson.png", pictures / "grid-seagreen.png"
    control = JobControl()
    small, large = Scoring(engine).by_models(a, b, control)
    assert (small.model, large.model) == (MINI, RELATIONAL)
    assert large.trouble is None
    assert large.attribute is None, "a large model gives no looks"
    assert large.percentile is None, "it has seen no pairs of this library"
    assert (control.progress.done, control.progress.total) == (2, 2)
    engine.use(ModelRequest(model=RELATIONAL))
    chosen = engine.score(a, b)
    assert chosen.model == RELATIONAL
    assert large.relational == pytest.approx(chosen.relational, abs=1e-5)
    again = list(Scoring(engine).by_models(a, b))
    assert [one.model for one in again] == [MINI, RELATIONAL]
    assert again[1].relational == pytest.approx(chosen.relational, abs=1e-6)


def test_a_model_that_fails_does_not_hide_the_others(
    tmp_path: Path, engine: Engine, pictures: Path
) -> None:
    manager = ModelManager()
    manager.import_folder(BASE, write_folder(tmp_path / "base", made_up(BASE)))
    manager.import_folder(RELATIONAL, write_folder(tmp_path / "relsim", made_up(RELATIONAL)))
    a, b = pictures / "ring-crimson.png", pictures / "grid-seagreen.png"
    small, large = Scoring(engine).by_models(a, b)
    assert small.trouble is None
    assert large.relational is None
    assert large.trouble


def test_a_picture_that_cannot_be_read_is_no_matter_of_models(
    engine: Engine, pictures: Path, tmp_path: Path
) -> None:
    with pytest.raises(DecodeError):
        list(Scoring(engine).by_models(pictures / "ring-crimson.png", tmp_path / "none.png"))


def test_scoring_is_cancelled_between_models(
    installed: ModelManager, engine: Engine, pictures: Path
) -> None:
    control = JobControl()
    scores = Scoring(engine).by_models(
        pictures / "ring-crimson.png", pictures / "grid-seagreen.png", control
    )
    assert next(scores).model == MINI
    control.cancel()
    with pytest.raises(Cancelled):
        next(scores)


def test_a_matrix_is_what_each_pair_scores(engine: Engine, pictures: Path, tmp_path: Path) -> None:
    engine.index([pictures])
    paths = sorted(pictures.iterdir())[:5]
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    with Image.open(paths[0]) as pixels:
        queries = [engine.store.image_at(paths[0]), *paths[1:], broken, pixels.convert("RGB")]
    control = JobControl()
    matrix = Scoring(engine).matrix(queries, control)
    assert matrix.queries == (*queries[:5], queries[6])
    assert matrix.positions == (0, 1, 2, 3, 4, 6)
    assert [failure.path for failure in matrix.failures] == [broken]
    assert control.progress.failed == 1
    assert matrix.model == MINI
    assert matrix.relational.shape == (6, 6)
    assert (matrix.relational == matrix.relational.T).all()
    assert (np.diag(matrix.relational) == 1).all()
    assert np.isnan(np.diag(matrix.percentile)).all()
    pair = engine.score(paths[1], paths[3])
    assert matrix.relational[1, 3] == pytest.approx(pair.relational, abs=1e-6)
    assert matrix.attribute[1, 3] == pytest.approx(pair.attribute, abs=1e-6)
    assert matrix.percentile[1, 3] == pytest.approx(pair.percentile, abs=0.1)
    assert matrix.descriptions[1].text == pair.descriptions[0].text
    assert matrix.relational[0, 5] == pytest.approx(1.0, abs=1e-3)


def test_a_matrix_is_of_one_model(installed: ModelManager, engine: Engine, pictures: Path) -> None:
    paths = sorted(pictures.iterdir())[:2]
    engine.use(ModelRequest(model=RELATIONAL))
    scoring = Scoring(engine)
    assert not scoring.is_prompt(paths)
    quick = scoring.matrix(paths, quick=True)
    assert quick.model == MINI
    assert scoring.matrix(paths).model == RELATIONAL
    assert scoring.is_prompt(paths), "it has looked"


def test_a_matrix_needs_two_pictures(engine: Engine, pictures: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="two pictures"):
        Scoring(engine).matrix([pictures / "ring-crimson.png", tmp_path / "none.png"])


def test_a_matrix_is_cancelled_between_pictures(engine: Engine, pictures: Path) -> None:
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        Scoring(engine).matrix(sorted(pictures.iterdir()), control)


def test_alike_pictures_come_to_stand_side_by_side() -> None:
    generator = np.random.default_rng(3)
    groups = np.repeat(np.arange(4), 5)
    centres = generator.standard_normal((4, 16))
    rows = centres[groups] + 0.3 * generator.standard_normal((20, 16))
    shuffled = generator.permutation(20)
    rows = rows[shuffled] / np.linalg.norm(rows[shuffled], axis=1, keepdims=True)
    similarity = (rows @ rows.T).astype(np.float32)
    order = seriate(similarity)
    assert sorted(order) == list(range(20))
    assert order == seriate(similarity)
    seen = groups[shuffled][order]
    assert np.count_nonzero(np.diff(seen)) == 3, "each group is one stretch"


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_few_or_equal_pictures_keep_an_order(n: int) -> None:
    assert sorted(seriate(np.ones((n, n), np.float32))) == list(range(n))


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8", "surrogateescape"))))


def test_tables_hold_what_was_scored(engine: Engine, pictures: Path) -> None:
    paths = sorted(pictures.iterdir())[:3]
    matrix = Scoring(engine).matrix(paths)
    names = ["one", "two, with a comma", "three\udcff"]
    order = [2, 0, 1]
    pairs = read(matrix_list(matrix, names, order))
    assert pairs[0] == ["a", "b", "relational", "attribute", "percentile", "model"]
    assert [row[:2] for row in pairs[1:]] == [
        [names[2], names[0]], [names[2], names[1]], [names[0], names[1]]
    ]  # fmt: skip
    assert float(pairs[1][2]) == pytest.approx(float(matrix.relational[2, 0]), abs=1e-6)
    square = read(matrix_square(matrix, names, order, "percentile"))
    assert square[0] == [f"percentile {MINI}", names[2], names[0], names[1]]
    assert [row[0] for row in square[1:]] == square[0][1:]
    assert square[1][1] == "", "a picture has no place beside itself"
    scores = list(Scoring(engine).by_models(paths[0], paths[1]))
    (_, row) = read(pair_table(names[:2], scores, matrix.descriptions[:2]))
    assert row[:3] == ["one", "two, with a comma", MINI]


def run(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> str:
    """Run a command; what it says."""
    assert main([str(argument) for argument in arguments]) == status
    said = capsys.readouterr()
    return said.err if status else said.out


def test_matrix_and_all_models_from_a_terminal(
    capsys: pytest.CaptureFixture[str], pictures: Path, tmp_path: Path
) -> None:
    paths = sorted(pictures.iterdir())[:4]
    table = tmp_path / "matrix.csv"
    document = json.loads(run(capsys, "matrix", *paths, paths[0], "--csv", table, "--json"))
    assert sorted(document["paths"]) == [str(path) for path in paths]
    assert document["model"] == MINI
    assert document["relational"][0][0] == 1
    assert document["percentile"][0][0] is None
    assert len(read(table.read_bytes())) == 7
    shown = run(capsys, "matrix", *paths, "--csv", table)
    assert f"6 pairs in {table}" in shown
    assert all(str(path) in shown for path in paths)
    (score,) = json.loads(run(capsys, "score", *paths[:2], "--all-models", "--json"))
    assert score["model"] == MINI
    assert score["trouble"] is None
    assert "not comparable" in run(capsys, "score", *paths[:2], "--all-models")
    assert "two pictures" in run(capsys, "matrix", paths[0], status=2)
    nowhere = tmp_path / "none" / "matrix.csv"
    assert "cannot be written" in run(capsys, "matrix", *paths, "--csv", nowhere, status=2)
    plain = json.loads(run(capsys, "score", *paths[:2], "--json"))
    assert set(plain) == {"relational", "attribute", "percentile", "descriptions"}


def test_scores_stay_numbers(engine: Engine, tmp_path: Path) -> None:
    """Two equal pictures, and an empty library that places nothing of its own."""
    for name in "ab":
        draw("ring", "crimson").save(tmp_path / f"{name}.png")
    (score,) = Scoring(engine).by_models(tmp_path / "a.png", tmp_path / "b.png")
    assert score.relational == pytest.approx(1.0, abs=1e-5)
    assert score.percentile is not None, "the model brings a reference along"
    assert not math.isnan(score.percentile)
