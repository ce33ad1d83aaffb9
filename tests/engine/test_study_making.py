"""Studies of a real library: each method's first hit, without the query itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import draw
from golden_files import golden
from made_up_models import BASE, RELATIONAL
from PIL.Image import Image
from two_models import random_rows

from engine.errors import DecodeError, QueryError
from engine.imaging import content_id_of, decode
from engine.jobs import Cancelled, JobControl
from engine.metrics import catalogue
from engine.metrics.catalogue import METRICS, metric_spec
from engine.models.chosen import ModelRequest, choose
from engine.models.manager import ModelManager
from engine.service import Engine
from engine.store.intake import Batch, Embedded
from engine.study import retrieval
from engine.study.making import DEFAULT_TITLE, make_study, study_methods
from engine.study.retrieval import Asked, by_metric, first_hits
from engine.study.values import Method, Study
from engine.types import Float32, Vectors
from resources import ROOT

MINI = "relsim-mini"
SEVEN = Method(RELATIONAL, "relsim 7B")


def study_of(engine: Engine, **wishes: object) -> Study:
    usual = {
        "title": "",
        "queries": None,
        "count": 99,
        "seed": 1,
        "tested": MINI,
        "baselines": ["attribute"],
    }
    return make_study(engine, **(usual | wishes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def photographs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixteen pictures of the sample collection, whose logic and look differ."""
    folder = tmp_path_factory.mktemp("photographs")
    suffixes = (".jpg", ".png")
    chosen = [path for path in sorted((ROOT / "sample").iterdir()) if path.suffix in suffixes]
    for path in chosen[::3][:16]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def indexed(photographs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A library of them, which tests only read."""
    with Engine.open(tmp_path_factory.mktemp("library") / "it") as engine:
        engine.index([photographs])
        yield engine


@pytest.fixture
def known_by_large(photographs: Path, tmp_path: Path) -> Iterator[Engine]:
    """A library for which a large model is installed that has embedded it, with random vectors."""
    manager = ModelManager()
    for model_id, name in ((BASE, "base"), (RELATIONAL, "relsim")):
        manager.import_folder(model_id, golden("relsim-tiny", name))
    with Engine.open(tmp_path / "library") as engine:
        engine.index([photographs])
        found = choose(ModelRequest(model=RELATIONAL), manager, lambda relsim, writes: None).relsim
        assert found is not None
        engine.store.set_setting(f"quantisation {found.id} {found.weights[:16]}", "none")
        fingerprint = found.fingerprint
        with engine.store.intake() as intake:
            scan = [(file.path, file.size, file.mtime_ns) for file in engine.store.files()]
            intake.register([photographs], [], scan)
            files = intake.plan(fingerprint, None).to_read
            new = [Embedded(content_id_of(file.path), file.file_id) for file in files]
            vectors = Vectors(random_rows(len(new), fingerprint.dimension), None)
            intake.commit(Batch(new, vectors), fingerprint, None)
        yield engine


def test_each_trial_shows_what_each_method_finds_first(indexed: Engine) -> None:
    study = study_of(indexed)
    assert len(study.trials) + study.identical["attribute"] == 16
    assert len(study.trials) >= 4, "the methods differ"
    for trial in study.trials:
        query = indexed.store.image_at(trial.query)
        assert query is not None
        hits = indexed.neighbors(query, 15)
        assert trial.first_image == hits[0].path
        assert trial.second_image == max(hits, key=lambda hit: hit.attribute).path
        assert len({trial.query, trial.first_image, trial.second_image}) == 3
    assert (study.title, study.tested, study.seed) == (DEFAULT_TITLE, MINI, 1)
    assert [trial.id for trial in study.trials] == [
        f"t{number:04}" for number in range(1, len(study.trials) + 1)
    ]


def test_the_same_seed_asks_the_same(indexed: Engine) -> None:
    one, again, other = (study_of(indexed, count=8, seed=seed) for seed in (1, 1, 2))
    assert one.id != again.id
    assert replace(one, id="", created="") == replace(again, id="", created="")
    assert {trial.query for trial in one.trials} != {trial.query for trial in other.trials}
    assert len(one.trials) + one.identical["attribute"] == 8


def test_a_copy_of_the_query_is_no_hit_and_its_twin_is(
    engine: Engine, pictures: Path, tmp_path: Path
) -> None:
    """By id: a copy of the file is the query itself, another file that shows it is a hit."""
    query = pictures / "ring-crimson.png"
    shutil.copy(query, tmp_path / "copy.png")
    draw("ring", "crimson").save(pictures / "twin.bmp")
    engine.index([pictures])
    image_id = engine.store.image_at(query)
    twin = engine.store.image_at(pictures / "twin.bmp")
    for method in (MINI, "attribute"):
        asked = [Asked(query, image_id), Asked(pictures / "twin.bmp", twin)]
        assert first_hits(engine, method, asked, JobControl()) == [twin, image_id]
    for one in (tmp_path / "copy.png", query, image_id):
        with pytest.raises(QueryError, match="nothing to choose"):
            study_of(engine, queries=[one])


def test_pictures_are_asked_about_once_and_may_lie_outside(
    indexed: Engine, photographs: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.png"
    draw("growth", "purple").save(outside)
    inside = sorted(photographs.iterdir())
    study = study_of(indexed, queries=[outside, outside, *inside, *inside])
    assert len(study.trials) + study.identical["attribute"] == 17
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"")
    with pytest.raises(DecodeError, match="broken"):
        study_of(indexed, queries=[broken])
    with pytest.raises(QueryError, match="save the picture"):
        study_of(indexed, queries=[draw("ring", "crimson")])


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"tested": "other"}, "no method 'other' here; known: relsim-mini, attribute"),
        ({"baselines": []}, "Name a method"),
        ({"baselines": [MINI]}, "named twice"),
        ({"queries": []}, "no picture to ask about"),
    ],
)
def test_what_makes_no_study_is_said(
    indexed: Engine, wishes: dict[str, object], words: str
) -> None:
    with pytest.raises(QueryError, match=words):
        study_of(indexed, **wishes)


def test_libraries_with_nothing_to_choose_make_no_study(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no picture to ask about"):
        study_of(engine)
    few = tmp_path / "few"
    few.mkdir()
    draw("ring", "crimson").save(few / "one.png")
    engine.index([few])
    with pytest.raises(QueryError, match="too few"):
        study_of(engine)
    draw("grid", "seagreen").save(few / "two.png")
    engine.index([few])
    with pytest.raises(QueryError, match="nothing to choose"):
        study_of(engine)


def test_making_is_cancelled(indexed: Engine) -> None:
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        study_of(indexed, control=control)


def test_a_large_model_is_a_method_by_the_vectors_it_has_stored(
    indexed: Engine, known_by_large: Engine, tmp_path: Path
) -> None:
    assert SEVEN not in study_methods(indexed)
    engine = known_by_large
    assert SEVEN in study_methods(engine)
    study = study_of(engine, tested=RELATIONAL, baselines=[MINI, "attribute"])
    assert len(study.trials) + sum(study.identical.values()) == 32
    engine.use(ModelRequest(model=RELATIONAL))
    for trial in study.trials:
        query = engine.store.image_at(trial.query)
        assert query is not None
        assert trial.first_image == engine.neighbors(query, 1)[0].path
    assert study_of(engine, tested=RELATIONAL, baselines=[MINI, "attribute"]).trials == study.trials
    engine.use(ModelRequest())
    draw("growth", "purple").save(tmp_path / "outside.png")
    with pytest.raises(QueryError, match="has not seen"):
        study_of(engine, tested=RELATIONAL, queries=[tmp_path / "outside.png"])
    engine.index([tmp_path / "outside.png"])
    assert SEVEN not in study_methods(engine), "it knows 16 of 17"


def test_a_metric_finds_what_it_scores_highest(indexed: Engine, photographs: Path) -> None:
    """The bundled model as a metric looks at every picture and finds what its vectors find."""
    paths = sorted(photographs.iterdir())
    asked = [Asked(path, indexed.store.image_at(path)) for path in paths]
    database = {one.image_id: one.path for one in asked if one.image_id is not None}
    asked = asked[:8]
    database[max(database) + 1] = photographs / "gone.png"  # no hit, and no reason to stop
    control = JobControl()
    found = by_metric(indexed, MINI, asked, database, control)
    stored = first_hits(indexed, MINI, asked, JobControl())
    assert np.mean(np.equal(found, stored)) >= 0.9, "a picture is reduced a little otherwise"
    assert all(one.image_id != hit for one, hit in zip(asked, found, strict=True))
    control.cancel()
    with pytest.raises(Cancelled):
        by_metric(indexed, MINI, asked, database, control)


class ColourDistance:
    """A metric that knows pairs only, and whose low numbers are of close pictures."""

    spec = replace(metric_spec("lpips") or METRICS[0], id="colour", closer="low")
    fingerprint = "colour"

    def score(self, a: Image, b: Image, control: JobControl | None = None) -> float:
        one, other = (np.asarray(image.resize((1, 1)), float).ravel() for image in (a, b))
        return float(np.abs(one - other).sum())

    def scores(
        self, query: Image, others: Sequence[Image], control: JobControl | None = None
    ) -> Float32:
        return np.array([self.score(query, other) for other in others], np.float32)

    def close(self) -> None:
        pass


def test_a_distance_finds_what_is_closest(
    indexed: Engine, photographs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metric = ColourDistance()
    monkeypatch.setattr(catalogue, "load_metric", lambda name, manager: metric)
    monkeypatch.setattr(retrieval, "_CHUNK", 5)  # so that the best comes from any of several
    paths = sorted(photographs.iterdir())
    ids = [indexed.store.image_at(path) for path in paths]
    asked = [Asked(path, image_id) for path, image_id in zip(paths, ids, strict=True)]
    database = {image_id: path for image_id, path in zip(ids, paths, strict=True) if image_id}
    images = [decode(path, min_side=512) for path in paths]
    expected = []
    for place, image in enumerate(images):
        scores = metric.scores(image, images)
        scores[place] = np.inf
        expected.append(ids[int(np.argmin(scores))])
    assert by_metric(indexed, "colour", asked, database, JobControl()) == expected
