"""The facade with the small model and a golden large one on the same library."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import draw
from golden_engine import LARGE, QUERY, SMALL, Open, coverage, forbid_large
from golden_files import golden
from PIL import Image

from engine.jobs import Cancelled, JobControl
from engine.models.relsim_vl import RelsimEmbedder


class Watched(JobControl):
    """Keeps the phases in their order, and calls back at the first report of one."""

    def __init__(self, at: str = "", call: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.phases: list[str] = []
        self._at = at
        self._call = call

    def report(self, phase: str, *rest: object, **options: object) -> None:
        super().report(phase, *rest, **options)  # type: ignore[arg-type]
        if phase not in self.phases:
            self.phases.append(phase)
            if phase == self._at:
                self._call()


# Indexing


def test_two_passes_add_up_and_the_second_run_reuses_all(
    open_engine: Open, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    for name in (QUERY, "grid-crimson.png"):
        shutil.copy(pictures / name, folder)
    shutil.copy(folder / QUERY, folder / "copy.png")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    (folder / "painting.xcf").write_bytes(b"painting")
    engine = open_engine(empty=True)
    control = Watched()
    report = engine.index([folder], control=control)
    assert (report.found, report.indexed, report.reused, report.skipped) == (5, 2, 1, 1)
    assert [failure.path.name for failure in report.failed] == ["broken.png"]
    assert report.found == report.indexed + report.reused + len(report.failed) + report.skipped
    assert report.model == engine.model == "relsim"
    assert len(control.phases) > 2, "the second pass says what it is"
    assert coverage(engine) == {"relsim-mini": (2, 2), "relsim": (2, 2)}
    assert engine.health().problems == ()
    assert engine.health().model == "relsim"

    forbid_large(monkeypatch)
    again = engine.index([folder])
    assert (again.found, again.indexed, again.reused, again.skipped) == (5, 0, 3, 1)
    assert [failure.path.name for failure in again.failed] == ["broken.png"]


def test_stored_vectors_are_the_large_model_s(open_engine: Open, pictures: Path) -> None:
    engine = open_engine()
    paths = sorted(pictures.iterdir())
    vectors = engine.embed(paths)
    assert vectors.attribute is None
    ids = [engine.store.image_at(path) for path in paths]
    large = engine._models.large
    assert large is not None
    stored = large.vectors([image_id for image_id in ids if image_id is not None])
    assert np.abs(stored - vectors.relational).max() < 1e-5


def test_cancelling_in_the_second_pass_leaves_the_small_answer(
    open_engine: Open, pictures: Path
) -> None:
    engine = open_engine(empty=True)
    embedding: list[str] = []
    control = Watched()
    original = RelsimEmbedder.embed

    def cancel(embedder: RelsimEmbedder, prepared: list) -> object:  # type: ignore[type-arg]
        embedding.append("large")
        control.cancel()
        return original(embedder, prepared)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RelsimEmbedder, "embed", cancel)
        with pytest.raises(Cancelled):
            engine.index([pictures], control=control)
    assert embedding == ["large"]
    assert coverage(engine)["relsim-mini"] == (6, 6)
    quick = engine.neighbors(pictures / QUERY, quick=True)
    assert len(quick) == 5
    assert {hit.model for hit in quick} == {"relsim-mini"}


# Questions


def test_the_large_model_ranks_and_the_small_one_is_quick(
    open_engine: Open, pictures: Path
) -> None:
    engine = open_engine()
    hits = engine.neighbors(pictures / QUERY, 5)
    assert {hit.model for hit in hits} == {"relsim"}
    scores = [hit.relational for hit in hits]
    assert scores == sorted(scores, reverse=True)
    quick = engine.neighbors(pictures / QUERY, 5, quick=True)
    assert {hit.model for hit in quick} == {"relsim-mini"}
    assert {hit.path for hit in quick} == {hit.path for hit in hits}
    looks = {hit.path: hit.attribute for hit in quick}
    assert all(hit.attribute == pytest.approx(looks[hit.path], abs=1e-6) for hit in hits)
    engine.use(SMALL)
    assert engine.neighbors(pictures / QUERY, 5) == quick
    with Image.open(pictures / QUERY) as opened:
        assert engine.neighbors(opened, 5)[0].path == pictures / QUERY


def test_a_sentence_is_answered_by_the_model_that_ranks(open_engine: Open) -> None:
    engine = open_engine()
    hits = engine.search("{Objects} arranged in a circle", 4)
    assert {hit.model for hit in hits} == {"relsim"}
    engine.use(SMALL)
    assert {hit.model for hit in engine.search("{Objects} in a circle", 4)} == {"relsim-mini"}


def test_while_the_large_model_is_incomplete_it_ranks_what_it_knows(
    open_engine: Open, pictures: Path, tmp_path: Path
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    draw("ring", "seagreen").save(more / "ring-seagreen.png")
    draw("grid", "darkorange").save(more / "grid-darkorange.png")
    engine = open_engine(SMALL)
    engine.index([more])
    quick = engine.neighbors(pictures / QUERY, 20)
    engine.use(LARGE)
    assert coverage(engine) == {"relsim-mini": (8, 8), "relsim": (6, 8)}
    hits = engine.neighbors(pictures / QUERY, 20)
    places = [hit.path.parent == more for hit in hits]
    assert places == [hit.path.parent == more for hit in quick]
    assert [hit.model == "relsim-mini" for hit in hits] == places
    assert [hit for hit in hits if hit.model == "relsim-mini"] == [
        hit for hit in quick if hit.path.parent == more
    ]
    known = [hit.relational for hit in hits if hit.model == "relsim"]
    assert known == sorted(known, reverse=True)


def test_is_prompt_says_whether_the_large_model_must_run(
    open_engine: Open, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine()
    outside = tmp_path / "outside.png"
    draw("growth", "seagreen").save(outside)
    image_id = engine.store.image_at(pictures / QUERY)
    assert image_id is not None
    assert engine.is_prompt(image_id)
    assert engine.is_prompt(pictures / QUERY)
    assert not engine.is_prompt(outside)
    assert not engine.is_prompt(draw("growth", "seagreen"))
    assert engine.neighbors(outside, 3)[0].model == "relsim"
    forbid_large(monkeypatch)
    for prompt in (image_id, pictures / QUERY):
        engine.neighbors(prompt, 3)
    engine.neighbors(draw("grid", "seagreen"), 3, quick=True)
    assert engine.is_prompt(outside), "it has just been embedded"
    engine.use(SMALL)
    assert engine.is_prompt(outside)
    assert engine.is_prompt(draw("grid", "seagreen"))


def test_an_indexed_picture_that_the_large_model_has_not_seen_is_embedded(
    open_engine: Open, tmp_path: Path
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    draw("ring", "seagreen").save(more / "new.png")
    engine = open_engine(SMALL)
    engine.index([more])
    engine.use(LARGE)
    image_id = engine.store.image_at(more / "new.png")
    assert image_id is not None
    assert not engine.is_prompt(image_id)
    assert "relsim" in {hit.model for hit in engine.neighbors(image_id, 10)}


def test_a_score_says_whose_it_is(open_engine: Open, pictures: Path) -> None:
    engine = open_engine()
    a, b = pictures / QUERY, pictures / "grid-crimson.png"
    score, quick = engine.score(a, b), engine.score(a, b, quick=True)
    assert (score.model, quick.model) == ("relsim", "relsim-mini")
    assert score.attribute == pytest.approx(quick.attribute, abs=1e-6)
    assert 0 <= score.percentile <= 100
    hit = next(hit for hit in engine.neighbors(a, 5) if hit.path == b)
    assert score.relational == pytest.approx(hit.relational, abs=1e-6)
    assert score.percentile == pytest.approx(hit.percentile, abs=1e-6)
    first, second = engine.embed([a, b]).relational
    assert score.relational == pytest.approx(float(first @ second), abs=1e-5)


def test_without_pairs_a_large_score_has_no_percentile(open_engine: Open, pictures: Path) -> None:
    engine = open_engine(empty=True)
    score = engine.score(pictures / QUERY, pictures / "grid-crimson.png")
    assert np.isnan(score.percentile)
    assert -1 <= score.relational <= 1
    quick = engine.score(pictures / QUERY, pictures / "grid-crimson.png", quick=True)
    assert 0 <= quick.percentile <= 100


def test_golden_scores_through_the_facade(open_engine: Open) -> None:
    step = json.loads(golden("training_step.json").read_text())
    a, b = (np.asarray(step["embeddings"][step["order"].index(name)]) for name in ("mam2", "bo2"))
    engine = open_engine(empty=True)
    score = engine.score(*(golden("images", f"{name}.jpg") for name in ("mam2", "bo2")))
    assert score.relational == pytest.approx(float(a @ b), abs=1e-5)
